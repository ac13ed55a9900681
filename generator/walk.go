package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"mihbara/generator/diag"
	"mihbara/generator/incremental"
)

// found is one file or folder that the scan saw. Lists of them are sorted by
// folder, then by name: so what stands in a folder stands together, and what a
// walk finds meets what was known without a search for every file.
type found struct {
	path  string
	index incremental.Index // isFolder for a folder, "" for a file of no use
	stat  stat              // of a folder without a hash
}

// isFolder takes the place of an index in what was found as a folder.
const isFolder incremental.Index = "folder"

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
	i, ok := locate(list, p)
	if !ok {
		return found{}, false
	}
	return list[i], true
}

// locate finds the place of a path in a list.
func locate(list []found, p string) (int, bool) {
	return slices.BinarySearchFunc(list, p, func(f found, p string) int { return compareFound(f.path, p) })
}

// A walker collects the files and folders below the site's folder. Several hands
// walk at once; reading waits for the disk more than for a processor.
//
// A folder whose numbers are those that it had when its names were read, and
// which was settled by then, still has these names: the system changes a
// folder's times with every name that comes, goes or is given to another file.
// So its names are not read again, and what they stand for is looked at by its
// path. All else is looked at name by name, from the open folder.
type walker struct {
	*sources
	before []found
	same   []bool // of before: still there, and as it was
	now    int64
	site   *folder
	hands  *errgroup.Group
	ctx    context.Context

	buffers sync.Pool // of *[16 << 10]byte

	mu       sync.Mutex
	lists    [][]found // what is new or was looked into; of a folder each, or of a part of one
	problems []diag.Diagnostic
	doubtful []string // folders in which something stands that is no found
}

const maxHands = 8

// lend gives the task to a hand that is free, or does it.
func (w *walker) lend(task func() error) error {
	if w.hands.TryGo(task) {
		return nil
	}
	return task()
}

// maxStretch is how many names of a large folder one hand looks at.
const maxStretch = 256

// share has hands that are free work on n things, a stretch at a time.
func (w *walker) share(n int, work func(from, to int) error) error {
	if n <= maxStretch {
		return work(0, n)
	}
	var group sync.WaitGroup
	var errs [maxHands]error
	var next atomic.Int64
	help := func(hand int) {
		for errs[hand] == nil {
			to := int(next.Add(maxStretch))
			if to-maxStretch >= n {
				return
			}
			errs[hand] = work(to-maxStretch, min(to, n))
		}
	}
	for hand := 1; hand < maxHands; hand++ {
		group.Add(1)
		if !w.hands.TryGo(func() error { defer group.Done(); help(hand); return nil }) {
			group.Done()
			break
		}
	}
	help(0)
	group.Wait()
	return errors.Join(errs[:]...)
}

// walk collects all files and folders, in order: what stands at the paths of
// only, and all else as it was; or whatever stands at the tops if only is nil. It
// gives before itself if nothing changed.
func (w *walker) walk(tops, only []string) ([]found, error) {
	site, err := openFolder(w.root, ".")
	if err != nil {
		return nil, err
	}
	defer site.close()
	w.site, w.same = site, make([]bool, len(w.before))
	w.hands, w.ctx = errgroup.WithContext(w.ctx)
	w.hands.SetLimit(maxHands)
	w.buffers.New = func() any { return new([16 << 10]byte) }
	if only == nil {
		for _, top := range tops {
			if err = w.visit(top); err != nil {
				break
			}
		}
	} else {
		err = w.visitAgain(only)
	}
	if waited := w.hands.Wait(); err == nil {
		err = waited
	}
	if err != nil {
		return nil, err
	}
	return w.gather(), nil
}

// gather puts together what was found.
func (w *walker) gather() []found {
	if len(w.lists) == 0 && len(w.doubtful) == 0 && !slices.Contains(w.same, false) {
		return w.before
	}
	slices.SortFunc(w.lists, func(a, b []found) int { return compareFound(a[0].path, b[0].path) })
	fresh := slices.Concat(w.lists...)
	list := make([]found, 0, len(w.before)+len(fresh))
	for i, f := range w.before {
		if !w.same[i] {
			continue
		}
		for len(fresh) > 0 && compareFound(fresh[0].path, f.path) < 0 {
			list, fresh = append(list, fresh[0]), fresh[1:]
		}
		list = append(list, f)
	}
	list = append(list, fresh...)
	for _, p := range w.doubtful {
		if i, ok := locate(list, p); ok {
			list[i].stat.Settled = false
		}
	}
	if slices.Equal(list, w.before) {
		return w.before
	}
	return list
}

func (w *walker) visit(top string) error {
	info, err := w.root.Lstat(top) // not by its path alone: themes/ could be a link
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if i, ok := locate(w.before, top); ok && info.IsDir() && w.before[i].index == isFolder && w.before[i].stat.same(statOf(info)) {
		w.same[i] = true
		from, to := w.part(top, i)
		return w.lend(func() error { return w.known(top, from, to) })
	}
	above, name := cut(top)
	parent, err := openFolder(w.root, path.Join(".", above))
	if err != nil {
		return err
	}
	defer parent.close()
	return w.stretch(parent, above, []string{name})
}

// visitAgain looks at some paths, none of them within another, and takes all else
// to be as it was.
func (w *walker) visitAgain(paths []string) error {
	for i := range w.same {
		w.same[i] = true
	}
	for _, p := range paths {
		if i, ok := locate(w.before, p); ok {
			w.same[i] = false
		}
		from, _ := w.part(p, 0)
		for i, f := range w.before[from:] { // what is below, and what its siblings p-… hold
			if !strings.HasPrefix(f.path, p) {
				break
			}
			w.same[from+i] = w.same[from+i] && !within(f.path, p)
		}
	}
	for _, p := range paths {
		above, name := cut(p)
		dir, err := openFolder(w.root, path.Join(".", above))
		if err == nil {
			err = w.stretch(dir, above, []string{name})
			dir.close()
		} else {
			err = w.closedFolder(above, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// within says whether a path is another one or below it.
func within(p, folder string) bool {
	rest, ok := strings.CutPrefix(p, folder)
	return ok && (rest == "" || rest[0] == '/')
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

// doubt has the folder's names be read again by the next scan, which would not
// know of what was left out or went away meanwhile.
func (w *walker) doubt(p string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.doubtful = append(w.doubtful, p)
}

func (w *walker) add(list []found) {
	if len(list) > 0 {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.lists = append(w.lists, list)
	}
}

// part gives where in before stands what is in the folder itself. Nothing of it
// may stand before from.
func (w *walker) part(folder string, from int) (int, int) {
	from = w.first(from, func(at string) bool { return at >= folder })
	return from, w.first(from, func(at string) bool { return at > folder })
}

// first gives the first place from a place on whose folder has come so far,
// which is most often near.
func (w *walker) first(from int, reached func(folder string) bool) int {
	at := func(i int) bool {
		folder, _ := cut(w.before[i].path)
		return reached(folder)
	}
	low, step := from, 1
	for ; low+step <= len(w.before) && !at(low+step-1); step *= 2 {
		low += step
	}
	return low + sort.Search(min(step, len(w.before)-low), func(i int) bool { return at(low + i) })
}

// known looks at what stands in a folder whose names are known: those in before
// between two places.
func (w *walker) known(p string, from, to int) error {
	return w.share(to-from, func(a, b int) error { return w.knownStretch(p, from+a, from+b, to) })
}

// knownStretch looks at some of a known folder's names. Folders below stand in
// before from the place next on.
func (w *walker) knownStretch(p string, from, to, next int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	var dir *folder // opened where something must be looked into
	var list []found
	whole := true
	for i := from; i < to; i++ {
		f := &w.before[i]
		kind, now, err := w.site.lstat(f.path)
		if err == nil && (kind == 0 || kind.IsDir()) && kind.IsDir() == (f.index == isFolder) && f.stat.same(now) {
			w.same[i] = true
			if kind.IsDir() {
				if next, err = w.below(f.path, next); err != nil {
					return err
				}
			}
			continue
		}
		if dir == nil {
			if dir, err = openFolder(w.root, p); err != nil {
				w.doubt(p)
				return w.closedFolder(p, err)
			}
			defer dir.close()
		}
		n := len(list)
		if list, err = w.entry(list, dir, p, baseOf(f.path), i); err != nil {
			return err
		}
		whole = whole && (len(list) > n || w.same[i])
	}
	if !whole {
		w.doubt(p)
	}
	w.add(list)
	return nil
}

// below looks at what stands in a folder below a known one, whose names are
// known too. It gives the place in before after that. A folder of files is not
// worth a hand of its own.
func (w *walker) below(p string, from int) (next int, err error) {
	from, to := w.part(p, from)
	if slices.ContainsFunc(w.before[from:to], func(f found) bool { return f.index == isFolder }) {
		return to, w.lend(func() error { return w.known(p, from, to) })
	}
	return to, w.known(p, from, to)
}

// folder takes in an open folder and closes it.
func (w *walker) folder(dir *folder, p string) error {
	defer dir.close()
	buffer := w.buffers.Get().(*[16 << 10]byte)
	names, err := dir.names(buffer[:])
	w.buffers.Put(buffer)
	if err != nil {
		w.doubt(p)
		return w.closedFolder(p, err)
	}
	names = slices.DeleteFunc(names, hidden)
	slices.Sort(names)
	return w.share(len(names), func(from, to int) error { return w.stretch(dir, p, names[from:to]) })
}

// stretch looks at some names of an open folder, which are sorted.
func (w *walker) stretch(dir *folder, p string, names []string) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if len(names) == 0 {
		return nil
	}
	from, to := w.part(p, 0)
	from += sort.Search(to-from, func(i int) bool { return baseOf(w.before[from+i].path) >= names[0] })
	list := make([]found, 0, len(names))
	whole := true
	for _, name := range names {
		for from < to && baseOf(w.before[from].path) < name {
			from++
		}
		i := -1
		if from < to && baseOf(w.before[from].path) == name {
			i = from
		}
		n := len(list)
		var err error
		if list, err = w.entry(list, dir, p, name, i); err != nil {
			return err
		}
		whole = whole && (len(list) > n || i >= 0 && w.same[i])
	}
	if !whole {
		w.doubt(p)
	}
	w.add(list)
	return nil
}

func baseOf(p string) string {
	_, name := cut(p)
	return name
}

// entry looks at one name, which stands at the place i of before, or at -1. It
// adds to the list what is there, unless that is as it was.
func (w *walker) entry(list []found, dir *folder, p, name string, i int) ([]found, error) {
	kind, now, err := dir.lstat(name)
	if errors.Is(err, fs.ErrNotExist) { // gone since the folder was read
		return list, nil
	}
	if err != nil {
		return list, fmt.Errorf("%s: %w", path.Join(p, name), err)
	}
	known := found{path: path.Join(p, name)}
	if i >= 0 {
		known = w.before[i]
	}
	same := known.index != "" && known.stat.same(now)
	switch {
	case kind&fs.ModeSymlink != 0:
		return w.link(list, known, i)
	case kind.IsDir() && same && known.index == isFolder:
		w.same[i] = true
		_, err := w.below(known.path, 0)
		return list, err
	case kind.IsDir():
		return w.enter(list, dir, name, found{known.path, isFolder, now})
	case !kind.IsRegular():
		w.tell(diag.Warnf(diag.Position{File: known.path}, "is neither a file nor a folder and was left out"))
		return list, nil
	case same && known.index != isFolder:
		w.same[i] = true
		return list, nil
	}
	return w.file(list, known.path, now, func() ([]byte, error) { return dir.read(name, now.Size) })
}

// enter takes in a folder whose names are not known.
func (w *walker) enter(list []found, above *folder, name string, f found) ([]found, error) {
	dir, err := above.open(name)
	if err != nil {
		return list, w.closedFolder(f.path, err)
	}
	f.stat.Settled = w.settled(f.stat) && dir.tells()
	return append(list, f), w.lend(func() error { return w.folder(dir, f.path) })
}

// settled says whether a change from now on would show in a file's times.
func (w *walker) settled(s stat) bool { return max(s.Mtime, s.Ctime) < w.now-settleTime }

// link follows a symbolic link to a file inside the site.
func (w *walker) link(list []found, known found, i int) ([]found, error) {
	p := known.path
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
	if i >= 0 && known.index != isFolder && known.stat.same(now) {
		w.same[i] = true
		return list, nil
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
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.tell(unreadable(p, err))
		}
		return list, nil
	}
	f.stat.Hash = xxhash.Sum64(data)
	f.stat.Settled = w.settled(f.stat)
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
