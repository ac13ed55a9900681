package generator

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"mihbara/generator/diag"
	"mihbara/generator/output"
)

// A sink receives the files that a build gives.
type sink interface {
	write(out string, data []byte, hash, previous uint64) error
	drop(out string) error
}

// nowhere is the sink of those who only look.
type nowhere struct{}

func (nowhere) write(string, []byte, uint64, uint64) error { return nil }
func (nowhere) drop(string) error                          { return nil }

// A folderSink writes into the output folder.
type folderSink struct {
	folder *output.Folder
	dir    string // where it is, for messages
	// trusted means that the folder is as the engine's last commit left it, so
	// that hashes tell what stands there.
	trusted bool

	mu       sync.Mutex
	written  []string
	removed  []string
	problems []diag.Diagnostic
}

func (f *folderSink) write(out string, data []byte, hash, previous uint64) (err error) {
	changed := false
	if f.trusted && previous != 0 {
		changed, err = f.folder.WriteKnown(out, data, hash, previous)
	} else {
		changed, err = f.folder.Write(out, data)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if changed {
		f.written = append(f.written, out)
	}
	if errors.Is(err, output.ErrForeign) || errors.Is(err, output.ErrPath) {
		f.problems = append(f.problems, diag.Errorf(diag.Position{File: out}, "cannot be written: %v", err).
			WithHint("move what stands there out of the output folder, or choose another address"))
		return nil
	}
	if err != nil {
		return fmt.Errorf("writing to %s: %w", f.dir, err)
	}
	return nil
}

func (f *folderSink) drop(out string) error {
	if !f.folder.Owned(out) {
		return nil
	}
	f.mu.Lock()
	f.removed = append(f.removed, out)
	f.mu.Unlock()
	return f.folder.Remove(out)
}

// A compareSink compares what a clean build gives with what stands in the
// output folder.
type compareSink struct {
	folder *output.Folder
	mu     sync.Mutex
	seen   map[string]bool
	differ []Difference
}

// A Difference is an output file that is not what a clean build gives.
type Difference struct {
	Path   string
	Reason string // in words
	Offset int    // of the first byte that differs; -1 if the file is missing or should not exist
}

func (c *compareSink) write(out string, data []byte, _, _ uint64) error {
	have, err := c.folder.Read(out)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[out] = true
	switch {
	case err != nil:
		c.differ = append(c.differ, Difference{out, "is missing", -1})
	case !bytes.Equal(have, data):
		n := 0
		for n < len(have) && n < len(data) && have[n] == data[n] {
			n++
		}
		c.differ = append(c.differ, Difference{out, "has other bytes", n})
	}
	return nil
}

func (c *compareSink) drop(string) error { return nil }

// differences lists what was found, files that should not exist included.
func (c *compareSink) differences() []Difference {
	for p := range c.folder.Paths() {
		if !c.seen[p] {
			c.differ = append(c.differ, Difference{p, "should not exist", -1})
		}
	}
	slices.SortFunc(c.differ, func(a, b Difference) int { return strings.Compare(a.Path, b.Path) })
	return c.differ
}

// rooms are where pages are drawn: bytes that were written give their room to
// the next page. Several goroutines may use them.
type rooms struct {
	mu   sync.Mutex
	free [][]byte
}

const (
	firstRoom = 16 << 10 // bytes; most pages have less
	largeRoom = 1 << 20  // what is larger is rare, and kept would only take memory
	manyRooms = 64
)

// take gives room for a page.
func (r *rooms) take() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.free); n > 0 {
		b := r.free[n-1]
		r.free = r.free[:n-1]
		return b
	}
	return make([]byte, 0, firstRoom)
}

// give takes back bytes that nobody uses any more.
func (r *rooms) give(b []byte) {
	if cap(b) < firstRoom || cap(b) > largeRoom {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.free) < manyRooms {
		r.free = append(r.free, b[:0])
	}
}
