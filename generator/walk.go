package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"mihbara/generator/diag"
	"mihbara/generator/incremental"
)

// found is one file that the scan saw. Lists of them are sorted by folder, then
// by name: so each folder's files stand together, and what a walk finds meets
// what was known without a search for every file.
type found struct {
	path  string
	index incremental.Index // "" for a file of no use
	stat  stat
}

// cut gives the folder and the last element of a path.
func cut(p string) (folder, name string) {
	i := strings.LastIndexByte(p, '/')
	return p[:max(i, 0)], p[i+1:]
}

// compareFound is the order of lists.
func compareFound(a, b string) int {
	if a == b {
		return 0
	}
	folderA, nameA := cut(a)
	folderB, nameB := cut(b)
	if by := strings.Compare(folderA, folderB); by != 0 {
		return by
	}
	return strings.Compare(nameA, nameB)
}

// lookUp finds a path in a list.
func lookUp(list []found, p string) (found, bool) {
	i, ok := slices.BinarySearchFunc(list, p, func(f found, p string) int { return compareFound(f.path, p) })
	if !ok {
		return found{}, false
	}
	return list[i], true
}

// inFolder gives the part of a list that stands in the folder itself.
func inFolder(list []found, folder string) []found {
	from, _ := slices.BinarySearchFunc(list, folder, func(f found, folder string) int {
		at, _ := cut(f.path)
		if at < folder {
			return -1
		}
		return 1
	})
	to, _ := slices.BinarySearchFunc(list[from:], folder, func(f found, folder string) int {
		at, _ := cut(f.path)
		if at <= folder {
			return -1
		}
		return 1
	})
	return list[from : from+to]
}

// A walker collects the files below the site's folder. Several hands walk at
// once; reading waits for the disk more than for a processor.
type walker struct {
	*sources
	before []found
	now    int64
	hands  *errgroup.Group
	ctx    context.Context

	buffers sync.Pool // of *[16 << 10]byte

	mu       sync.Mutex
	lists    [][]found // a folder's each, or a part of one
	problems []diag.Diagnostic
	changed  bool
}

const maxHands = 8

// lend gives the task to a hand that is free, or does it.
func (w *walker) lend(task func() error) error {
	if w.hands.TryGo(task) {
		return nil
	}
	return task()
}

// walk collects all files, in order.
func (w *walker) walk(tops ...string) ([]found, error) {
	w.hands, w.ctx = errgroup.WithContext(w.ctx)
	w.hands.SetLimit(maxHands)
	w.buffers.New = func() any { return new([16 << 10]byte) }
	var err error
	for _, top := range tops {
		if err = w.visit(top); err != nil {
			break
		}
	}
	if waited := w.hands.Wait(); err == nil {
		err = waited
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(w.lists, func(a, b []found) int { return compareFound(a[0].path, b[0].path) })
	return slices.Concat(w.lists...), nil
}

func (w *walker) visit(p string) error {
	info, err := w.root.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		dir, err := openFolder(w.root, p)
		if err != nil {
			return w.closedFolder(p, err)
		}
		return w.lend(func() error { return w.folder(dir, p) })
	}
	folder, name := cut(p)
	parent, err := openFolder(w.root, path.Join(".", folder))
	if err != nil {
		return err
	}
	defer parent.close()
	return w.stretch(parent, folder, []string{name})
}

// closedFolder says what it means that a folder cannot be opened.
func (w *walker) closedFolder(p string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist): // gone since its name was read
		return nil
	case errors.Is(err, fs.ErrPermission):
		w.tell(unreadable(p, err))
		return nil
	}
	return fmt.Errorf("%s: %w", p, err)
}

func (w *walker) tell(d diag.Diagnostic) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.problems = append(w.problems, d)
}

// maxStretch is how many files of a large folder one hand looks at.
const maxStretch = 256

// folder takes in an open folder and closes it.
func (w *walker) folder(dir *folder, p string) error {
	buffer := w.buffers.Get().(*[16 << 10]byte)
	names, err := dir.names(buffer[:])
	w.buffers.Put(buffer)
	if err != nil {
		dir.close()
		return w.closedFolder(p, err)
	}
	names = slices.DeleteFunc(names, hidden)
	slices.Sort(names)
	if len(names) <= maxStretch {
		defer dir.close()
		return w.stretch(dir, p, names)
	}
	var group sync.WaitGroup
	var errs [maxHands]error
	var next sync.Mutex
	work := func(hand int) {
		for errs[hand] == nil {
			next.Lock()
			part := names[:min(maxStretch, len(names))]
			names = names[len(part):]
			next.Unlock()
			if len(part) == 0 {
				return
			}
			errs[hand] = w.stretch(dir, p, part)
		}
	}
	for hand := 1; hand < maxHands; hand++ {
		group.Add(1)
		if !w.hands.TryGo(func() error { defer group.Done(); work(hand); return nil }) {
			group.Done()
			break
		}
	}
	work(0)
	group.Wait()
	dir.close()
	return errors.Join(errs[:]...)
}

// stretch looks at some files of a folder, whose names are sorted.
func (w *walker) stretch(dir *folder, p string, names []string) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	before := inFolder(w.before, p)
	if len(names) > 0 {
		before = from(before, names[0])
	}
	list := make([]found, 0, len(names))
	for _, name := range names {
		for len(before) > 0 && baseOf(before[0].path) < name {
			before = before[1:]
		}
		f := found{}
		if len(before) > 0 && baseOf(before[0].path) == name {
			f = before[0]
		}
		var err error
		if list, err = w.entry(list, dir, p, name, f); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.lists = append(w.lists, list)
	}
	return nil
}

func baseOf(p string) string {
	_, name := cut(p)
	return name
}

// from skips what stands before name in a folder's list.
func from(list []found, name string) []found {
	i, _ := slices.BinarySearchFunc(list, name, func(f found, name string) int { return strings.Compare(baseOf(f.path), name) })
	return list[i:]
}

// entry looks at one name. Known is what the scan before found there.
func (w *walker) entry(list []found, dir *folder, p, name string, known found) ([]found, error) {
	kind, now, err := dir.lstat(name)
	if errors.Is(err, fs.ErrNotExist) { // gone since the folder was read
		return list, nil
	}
	if err != nil {
		return list, fmt.Errorf("%s: %w", path.Join(p, name), err)
	}
	if kind.IsRegular() && known.path != "" && known.index != "" && known.stat.same(now) {
		return append(list, known), nil
	}
	full := known.path
	if full == "" {
		full = path.Join(p, name)
	}
	switch {
	case kind&fs.ModeSymlink != 0:
		return w.link(list, full, known)
	case kind.IsDir():
		below, err := dir.open(name)
		if err != nil {
			return list, w.closedFolder(full, err)
		}
		return list, w.lend(func() error { return w.folder(below, full) })
	case !kind.IsRegular():
		w.tell(diag.Warnf(diag.Position{File: full}, "is neither a file nor a folder and was left out"))
		return list, nil
	}
	return w.file(list, full, now, func() ([]byte, error) { return dir.read(name, now.Size) })
}

// link follows a symbolic link to a file inside the site.
func (w *walker) link(list []found, p string, known found) ([]found, error) {
	info, err := w.root.Stat(p)
	switch {
	case err != nil:
		w.tell(diag.Errorf(diag.Position{File: p}, "is a symbolic link that leads nowhere or out of the site's folder, and was refused").
			WithHint("put a copy of the file here"))
		return list, nil
	case info.IsDir():
		w.tell(diag.Errorf(diag.Position{File: p}, "is a symbolic link to a folder, and was refused").
			WithHint("move the folder here: a link could lead in a circle"))
		return list, nil
	}
	now := statOf(info)
	if known.path != "" && known.stat.same(now) {
		return append(list, known), nil
	}
	return w.file(list, p, now, func() ([]byte, error) { return w.root.ReadFile(p) })
}

// file takes in a file that is new or may have changed, and reads it.
func (w *walker) file(list []found, p string, now stat, read func() ([]byte, error)) ([]found, error) {
	f := found{path: p, index: indexOf(p), stat: now}
	if f.index == "" {
		w.tell(diag.Warnf(diag.Position{File: p}, "is not a raw article (.txt) and was left out").
			WithHint("raw articles end in .txt, their sidecars in .yaml or .toml; pictures belong into content/"))
		return list, nil
	}
	data, err := read()
	w.mu.Lock()
	w.changed = true
	w.mu.Unlock()
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.tell(unreadable(p, err))
		}
		return list, nil
	}
	f.stat.Hash = xxhash.Sum64(data)
	f.stat.Settled = max(f.stat.Mtime, f.stat.Ctime) < w.now-settleTime
	w.keep(p, data)
	return append(list, f), nil
}

// hidden files, and what editors leave beside a file while it is open, are
// nobody's content.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

// statOf gives what a file's numbers say of it; it hashes nothing.
func statOf(info os.FileInfo) stat {
	st := stat{Size: info.Size(), Mtime: info.ModTime().UnixNano()}
	st.Ctime, st.Inode = changeOf(info)
	return st
}

// same says whether a file with the numbers now still has the bytes that were
// hashed.
func (s stat) same(now stat) bool {
	return s.Settled && s.Size == now.Size && s.Mtime == now.Mtime && s.Ctime == now.Ctime && s.Inode == now.Inode
}
