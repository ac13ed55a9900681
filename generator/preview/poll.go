package preview

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// A mark is what polling knows of a file: enough to see most changes. Inode
// numbers would show more but not on every system; a rename in place changes
// the time as well.
type mark struct {
	size   int64
	time   time.Time
	folder bool
}

// poll reports what differs from one look to the next, until ctx ends.
func (t *tree) poll(ctx context.Context, every time.Duration, report func(...string), ready func()) {
	known := t.look()
	ready()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		now := t.look()
		for path, m := range now {
			old, was := known[path]
			if !was || old.folder != m.folder || !m.folder && (old.size != m.size || !old.time.Equal(m.time)) {
				report(path)
			}
		}
		for path := range known {
			if _, is := now[path]; !is {
				report(path)
			}
		}
		known = now
	}
}

// look walks the roots.
func (t *tree) look() map[string]mark {
	found := map[string]mark{}
	for _, r := range t.roots {
		if info, err := os.Stat(r); err == nil {
			found[r] = mark{info.Size(), info.ModTime(), info.IsDir()}
			if info.IsDir() {
				t.lookInto(r, found)
			}
		}
	}
	return found
}

func (t *tree) lookInto(folder string, found map[string]mark) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		info, err := entry.Info()
		if err != nil || t.ignore(path) {
			continue
		}
		found[path] = mark{info.Size(), info.ModTime(), info.IsDir()}
		if info.IsDir() {
			t.lookInto(path, found)
		}
	}
}
