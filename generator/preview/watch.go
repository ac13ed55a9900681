package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// WatchOptions say how to watch. The zero value works.
type WatchOptions struct {
	Debounce time.Duration          // quiet time that ends a burst; 0 is 8 ms
	Ignore   func(path string) bool // files and whole folders that do not count
	Poll     time.Duration          // how often to look where watching is impossible; 0 is 500 ms
	Polling  bool                   // look from the start, as on network drives that report nothing
	Ready    func()                 // called once everything is watched
	Notice   func(text string)      // one line for the person at the terminal
}

// Watch calls onBatch with the sorted paths at which something happened in the
// roots, until ctx ends, which is no error. Roots are files or folders, which
// are watched with all below them; they may appear later. Folders made or moved
// in later are watched too. Paths begin with a root as it was given; a root
// itself stands for anything below it. Symbolic links below the roots are not
// followed.
//
// One call of onBatch follows the other; what happens meanwhile is in the
// next. A burst ends after Debounce without an event, and in any case after
// ten times that. Where the system's watches run out or there are none, Watch
// says so through Notice and looks at all files again and again.
func Watch(ctx context.Context, roots []string, o WatchOptions, onBatch func(paths []string)) error {
	return watch(ctx, roots, o, onBatch, openNotifier)
}

// A notifier is what we need of fsnotify; tests have one that runs out.
type notifier interface {
	Add(folder string) error
	Close() error
	channels() (<-chan fsnotify.Event, <-chan error)
}

type fsNotifier struct{ *fsnotify.Watcher }

func (n fsNotifier) channels() (<-chan fsnotify.Event, <-chan error) { return n.Events, n.Errors }

func openNotifier() (notifier, error) {
	w, err := fsnotify.NewBufferedWatcher(256)
	if err != nil {
		return nil, err
	}
	return fsNotifier{w}, nil
}

func watch(ctx context.Context, roots []string, o WatchOptions, onBatch func([]string), open func() (notifier, error)) error {
	if o.Debounce <= 0 {
		o.Debounce = 8 * time.Millisecond
	}
	if o.Poll <= 0 {
		o.Poll = 500 * time.Millisecond
	}
	if o.Ignore == nil {
		o.Ignore = func(string) bool { return false }
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
	ready := func() {
		if o.Ready != nil {
			o.Ready()
			o.Ready = nil
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b := newBatcher(o.Debounce, 10*o.Debounce, onBatch)
	finished := make(chan struct{})
	go func() { defer close(finished); b.run(ctx) }()
	defer func() { cancel(); <-finished }()

	t := tree{roots: clean(roots), ignore: o.Ignore}
	if !o.Polling {
		err := t.listen(ctx, open, b.add, ready)
		if err == nil {
			return nil
		}
		o.Notice(fmt.Sprintf("files cannot be watched (%v); looking every %v instead", err, o.Poll))
		b.add(t.roots...) // something may have been missed
	}
	t.poll(ctx, o.Poll, b.add, ready)
	return nil
}

func clean(roots []string) []string {
	var out []string
	for _, r := range roots {
		out = append(out, filepath.Clean(r))
	}
	return out
}

// A tree is what is watched.
type tree struct {
	roots  []string
	ignore func(string) bool
}

// wants says whether path is a root or below one, and not ignored.
func (t *tree) wants(path string) bool {
	for _, r := range t.roots {
		if path == r || r == "." && !filepath.IsAbs(path) || strings.HasPrefix(path, r+string(filepath.Separator)) {
			return path == r || !t.ignore(path)
		}
	}
	return false
}

// leads says whether a root is below path, so that its appearing matters.
func (t *tree) leads(path string) bool {
	for _, r := range t.roots {
		if strings.HasPrefix(r, path+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// listen reports what the system notifies until ctx ends. An error means that
// it cannot go on watching.
func (t *tree) listen(ctx context.Context, open func() (notifier, error), report func(...string), ready func()) error {
	n, err := open()
	if err != nil {
		return err
	}
	defer n.Close()
	for _, r := range t.roots {
		if err := t.arm(n, r, func(...string) {}); err != nil {
			return err
		}
	}
	ready()
	events, problems := n.channels()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-events:
			if !ok {
				return errors.New("the watcher stopped")
			}
			if err := t.take(n, e, report); err != nil {
				return err
			}
		case err, ok := <-problems:
			if !ok {
				return errors.New("the watcher stopped")
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				report(t.roots...) // too much at once: anything may have changed
			} else {
				return err
			}
		}
	}
}

// take handles one event.
func (t *tree) take(n notifier, e fsnotify.Event, report func(...string)) error {
	path := filepath.Clean(e.Name)
	if e.Op == fsnotify.Chmod {
		return nil
	}
	wanted := t.wants(path)
	if wanted {
		report(path)
	}
	if !e.Has(fsnotify.Create) {
		return nil
	}
	if wanted {
		return t.add(n, path, report)
	}
	if t.leads(path) {
		for _, r := range t.roots {
			if strings.HasPrefix(r, path+string(filepath.Separator)) {
				if err := t.arm(n, r, report); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// arm watches a root and the folder that it stands in, for editors that save
// by renaming and for roots that come and go. Where that folder does not exist
// either, the nearest one above it is watched.
func (t *tree) arm(n notifier, root string, report func(...string)) error {
	above := filepath.Dir(root)
	for above != filepath.Dir(above) {
		if info, err := os.Stat(above); err == nil && info.IsDir() {
			break
		}
		above = filepath.Dir(above)
	}
	if above != root {
		if err := n.Add(above); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	if _, err := os.Stat(root); err == nil {
		report(root)
	}
	return t.add(n, root, report)
}

// add watches the folder and all below it, and reports what is in it: it may
// have been filled before it was watched. What is not a folder, or went away,
// or must not be read, is no error.
func (t *tree) add(n notifier, folder string, report func(...string)) error {
	info, err := os.Lstat(folder)
	for _, r := range t.roots {
		if folder == r {
			info, err = os.Stat(folder) // a root may be a link
		}
	}
	if err != nil || !info.IsDir() {
		return nil
	}
	if err := n.Add(folder); errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	} else if err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if t.ignore(path) {
			continue
		}
		report(path)
		if entry.IsDir() {
			if err := t.add(n, path, report); err != nil {
				return err
			}
		}
	}
	return nil
}
