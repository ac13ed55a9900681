package preview

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestBursts(t *testing.T) {
	type event struct {
		at   int // milliseconds
		path string
	}
	tests := []struct {
		name   string
		events []event
		work   int // milliseconds that a batch takes
		want   []string
	}{
		{"one event is handed on after the quiet time", []event{{0, "a"}}, 0, []string{"8: a"}},
		{"a burst is one batch, sorted, each path once", []event{{0, "b"}, {3, "a"}, {6, "b"}}, 0, []string{"14: a b"}},
		{"two bursts are two batches", []event{{0, "a"}, {50, "b"}}, 0, []string{"8: a", "58: b"}},
		{"what happens during the work is the next batch", []event{{0, "a"}, {20, "b"}, {60, "c"}}, 100, []string{"8: a", "116: b c"}},
		{"a burst without end is cut", func() (all []event) {
			for i := range 30 {
				all = append(all, event{i * 5, "a"})
			}
			return all
		}(), 0, []string{"80: a", "153: a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				start := time.Now()
				var got []string
				b := newBatcher(8*time.Millisecond, 80*time.Millisecond, func(paths []string) {
					got = append(got, fmt.Sprintf("%d: %s", time.Since(start).Milliseconds(), strings.Join(paths, " ")))
					time.Sleep(time.Duration(test.work) * time.Millisecond)
				})
				done := make(chan struct{})
				go func() { b.run(ctx); close(done) }()
				for _, e := range test.events {
					time.Sleep(time.Duration(e.at)*time.Millisecond - time.Since(start))
					b.add(e.path)
				}
				time.Sleep(time.Second)
				cancel()
				<-done
				if !slices.Equal(got, test.want) {
					t.Errorf("%q, want %q", got, test.want)
				}
			})
		})
	}
}

// A watched tree collects what a watch reports.
type watched struct {
	t       *testing.T
	dir     string
	mu      sync.Mutex
	seen    map[string]bool
	notices []string
	some    chan struct{}
}

func startWatch(t *testing.T, roots []string, o WatchOptions, open func() (notifier, error), prepare func(dir string)) *watched {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	prepare(dir)
	w := &watched{t: t, dir: dir, seen: map[string]bool{}, some: make(chan struct{}, 1000)}
	var full []string
	for _, r := range roots {
		full = append(full, filepath.Join(dir, filepath.FromSlash(r)))
	}
	ready := make(chan struct{})
	o.Ready = func() { close(ready) }
	o.Notice = func(text string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.notices = append(w.notices, text)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- watch(ctx, full, o, func(paths []string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			if !slices.IsSorted(paths) {
				t.Error("not sorted", paths)
			}
			for _, p := range paths {
				name, _ := filepath.Rel(dir, p)
				w.seen[filepath.ToSlash(name)] = true
			}
			w.some <- struct{}{}
		}, open)
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(5 * time.Second):
			t.Error("the watch did not stop")
		}
	})
	select {
	case <-ready:
	case <-time.After(5 * time.Second):
		t.Fatal("never ready")
	}
	return w
}

// expect waits until all paths were reported since the last call.
func (w *watched) expect(paths ...string) {
	w.t.Helper()
	deadline := time.After(5 * time.Second)
	for {
		w.mu.Lock()
		missing := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return w.seen[p] })
		if len(missing) == 0 {
			clear(w.seen)
			w.mu.Unlock()
			return
		}
		w.mu.Unlock()
		select {
		case <-w.some:
		case <-deadline:
			w.t.Fatalf("not reported: %v", missing)
		}
	}
}

func (w *watched) write(path, text string) {
	w.t.Helper()
	full := filepath.Join(w.dir, filepath.FromSlash(path))
	if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o777), os.WriteFile(full, []byte(text), 0o666)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *watched) rename(from, to string) {
	w.t.Helper()
	if err := os.Rename(filepath.Join(w.dir, from), filepath.Join(w.dir, to)); err != nil {
		w.t.Fatal(err)
	}
}

// A shortNotifier runs out of watches.
type shortNotifier struct {
	notifier
	left *int
}

func (n shortNotifier) Add(folder string) error {
	if *n.left--; *n.left < 0 {
		return fmt.Errorf("watching: %w", syscall.ENOSPC)
	}
	return n.notifier.Add(folder)
}

func TestWatch(t *testing.T) {
	short := func() (notifier, error) {
		n, err := openNotifier()
		left := 3
		return shortNotifier{n, &left}, err
	}
	tests := []struct {
		name    string
		open    func() (notifier, error)
		options WatchOptions
		notices int
	}{
		{"notified by the system", openNotifier, WatchOptions{}, 0},
		{"polling because it was asked for", openNotifier, WatchOptions{Polling: true, Poll: 10 * time.Millisecond}, 0},
		{"polling because watches ran out", short, WatchOptions{Poll: 10 * time.Millisecond}, 1},
		{"polling because there are no watches", func() (notifier, error) { return nil, syscall.EMFILE }, WatchOptions{Poll: 10 * time.Millisecond}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.options.Ignore = func(p string) bool { return strings.HasSuffix(p, ".swp") || filepath.Base(p) == "public" }
			w := startWatch(t, []string{"content", "seeds", "site.toml"}, test.options, test.open, func(dir string) {
				os.MkdirAll(filepath.Join(dir, "content", "ar", "2023"), 0o777)
				os.WriteFile(filepath.Join(dir, "content", "ar", "2023", "a.md"), []byte("1"), 0o666)
				os.WriteFile(filepath.Join(dir, "site.toml"), []byte("1"), 0o666)
			})
			w.write("content/ar/2023/a.md", "an edit")
			w.expect("content/ar/2023/a.md")

			w.write("content/ar/2023/.a.md.new", "an editor that saves by renaming")
			w.rename("content/ar/2023/.a.md.new", "content/ar/2023/a.md")
			w.expect("content/ar/2023/a.md")

			w.write("site.toml.new", "a file that is a root, saved by renaming")
			w.rename("site.toml.new", "site.toml")
			w.expect("site.toml")

			w.write("content/he/2024/05/b.md", "folders made at once with a file in them")
			w.expect("content/he/2024/05/b.md")
			w.write("content/he/2024/05/b.md", "and edited after")
			w.expect("content/he/2024/05/b.md")

			w.write("seeds/deep/s.txt", "a root that appears later")
			w.expect("seeds/deep/s.txt")
			w.write("seeds/deep/s.txt", "and is edited")
			w.expect("seeds/deep/s.txt")

			w.write("elsewhere/x/c.md", "a folder that is moved in")
			w.rename("elsewhere", "content/fa")
			w.expect("content/fa/x/c.md")
			w.write("content/fa/x/d.md", "and gets a file")
			w.expect("content/fa/x/d.md")

			if err := os.RemoveAll(filepath.Join(w.dir, "content", "fa")); err != nil {
				t.Fatal(err)
			}
			w.expect("content/fa")

			if err := os.RemoveAll(filepath.Join(w.dir, "seeds")); err != nil {
				t.Fatal(err)
			}
			w.expect("seeds")
			w.write("seeds/again.txt", "a root that comes back")
			w.expect("seeds/again.txt")

			w.write("content/public/x.html", "what is ignored")
			w.write("content/ar/.a.md.swp", "what is ignored")
			w.write("other/y.md", "what is outside")
			w.write("content/last.md", "")
			time.Sleep(30 * time.Millisecond)
			w.mu.Lock()
			for _, p := range []string{"content/public/x.html", "content/public", "content/ar/.a.md.swp", "other", "other/y.md"} {
				if w.seen[p] {
					t.Errorf("%s was reported", p)
				}
			}
			if len(w.notices) != test.notices {
				t.Errorf("notices: %q", w.notices)
			}
			w.mu.Unlock()
			w.expect("content/last.md")
		})
	}
}

// A brokenNotifier lost events.
type brokenNotifier struct {
	notifier
	events chan fsnotify.Event
	errs   chan error
}

func (n brokenNotifier) channels() (<-chan fsnotify.Event, <-chan error) { return n.events, n.errs }

func TestLostEventsMeanThatAnythingMayHaveChanged(t *testing.T) {
	errs := make(chan error, 1)
	open := func() (notifier, error) {
		n, err := openNotifier()
		return brokenNotifier{n, make(chan fsnotify.Event), errs}, err
	}
	w := startWatch(t, []string{"content"}, WatchOptions{}, open, func(dir string) { os.Mkdir(filepath.Join(dir, "content"), 0o777) })
	errs <- fsnotify.ErrEventOverflow
	w.expect("content")
}
