package output

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A Folder is one output folder. All methods are safe for concurrent use,
// except that Begin and Complete must not run beside a Write or Remove.
type Folder struct {
	dir  string
	root *os.Root
	step func() // called before each change on disk; a test kills the process here

	temps   atomic.Uint64 // number of the last temporary file
	buffers sync.Pool     // of *[]byte, for comparing
	places  places

	// tree is held by whoever removes a folder, and shared by whoever works in
	// one, so that no folder goes between being found and being used.
	tree  sync.RWMutex
	stage *stage // where a first build writes, or nil; guarded by tree, as is root

	mu      sync.Mutex // guards what follows
	list    *list
	file    *os.File    // the list, open for appending; nil until something changes
	seen    fs.FileInfo // the list's file as we left it; nil if there is none
	size    int64       // of the list as far as we wrote it
	fresh   bool        // we made the folder and did not build in it yet
	begun   bool
	marked  bool              // "begin" stands in the list
	folds   bool              // the file system ignores letter case
	twins   map[string]string // folded path → owned path, where folds
	pending State             // of the build between Begin and Complete
	shared  bool              // another process wrote here since Begin
}

// Open opens the output folder dir, which is made if it does not exist, and
// reads its ownership list; a folder without one owns nothing. Nothing else is
// written before [Folder.Begin]. Errors wrap those of the system.
func Open(dir string) (*Folder, error) {
	f := &Folder{dir: dir, step: func() {}}
	if err := f.enter(); err != nil {
		return nil, err
	}
	return f, nil
}

// enter opens the folder and reads the list.
func (f *Folder) enter() (err error) {
	f.fresh = false
	if _, err := os.Stat(f.dir); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(f.dir, 0o777); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
		f.fresh = true
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	f.root = root
	f.places.reset(root, f.fresh)
	if err := f.read(); err != nil {
		root.Close()
		return err
	}
	return nil
}

// read takes in the list as it is on disk now.
func (f *Folder) read() (err error) {
	if f.list != nil {
		f.list.close()
	}
	if f.list, f.seen, err = readList(f.root); err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	f.size, f.twins, f.folds = 0, nil, false
	if f.seen != nil {
		f.size = f.seen.Size()
		f.folds = ignoresCase(f.root, listName)
	}
	return nil
}

// refresh reads the list again if it is another than we left, and opens the
// folder again if somebody removed or replaced it.
func (f *Folder) refresh() error {
	inside, err1 := f.root.Stat(".")
	outside, err2 := os.Stat(f.dir)
	if err1 != nil || err2 != nil || !os.SameFile(inside, outside) {
		f.places.close()
		f.root.Close()
		return f.enter()
	}
	now, err := f.root.Lstat(listName)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.seen == nil:
		return nil
	case err == nil && f.seen != nil && os.SameFile(now, f.seen) && now.Size() == f.seen.Size() && now.ModTime().Equal(f.seen.ModTime()):
		return nil
	}
	return f.read()
}

// readList reads the list and says what its file is; nil if there is none.
func readList(root *os.Root) (*list, fs.FileInfo, error) {
	info, err := root.Lstat(listName)
	if errors.Is(err, fs.ErrNotExist) {
		return newList(), nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, &fs.PathError{Op: "open", Path: listName, Err: fs.ErrInvalid}
	}
	file, err := root.Open(listName)
	if err != nil {
		return nil, nil, err
	}
	l, err := openList(file, info.Size())
	return l, info, err
}

// ignoresCase asks the file system by looking for what we wrote under another
// name.
func ignoresCase(root *os.Root, name string) bool {
	lower, err1 := root.Lstat(name)
	upper, err2 := root.Lstat(strings.ToUpper(name))
	return err1 == nil && err2 == nil && os.SameFile(lower, upper)
}

// State says which build wrote the folder last and whether it finished; the
// zero State means that nothing is known, and everything must be compared.
func (f *Folder) State() State {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.list.state
}

// Begin starts a build with the id of its store and a generation. The folder
// is marked unfinished durably before its first change, so a build that
// changes nothing writes nothing. What a killed build left half-written under
// temporary names is removed. The id must have no line feed in it.
func (f *Folder) Begin(id string, generation uint64) error {
	if strings.ContainsRune(id, '\n') {
		return fmt.Errorf("output: the id %q holds a line feed", id)
	}
	if err := f.publish(); err != nil { // of a build that did not complete
		return err
	}
	f.tree.Lock()
	defer f.tree.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file != nil { // a build that did not complete
		f.file.Close()
		f.file = nil
	}
	if err := f.refresh(); err != nil {
		return err
	}
	f.places.reset(f.root, f.fresh)
	f.fresh = false
	f.list.doubtful = false // the caller was told, by State
	f.pending = State{ID: id, Generation: generation}
	f.begun, f.marked, f.shared = true, false, false
	if f.size > 0 && !f.list.state.Complete {
		return f.sweep()
	}
	if f.stage = f.prepare(); f.stage != nil {
		f.root = f.stage.root
		f.places.reset(f.root, false)
		f.folds = ignoresCase(f.stage.live, f.stage.name)
	}
	return nil
}

// sweep removes temporary files, which stand beside the files that they were
// meant for: the whole folder is walked, but only after an interruption.
func (f *Folder) sweep() error {
	return fs.WalkDir(f.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.HasPrefix(p, stagePrefix) {
			f.shared = !f.discard(p) || f.shared
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || !strings.HasPrefix(path.Base(p), tempPrefix) {
			return nil // what cannot be read holds nothing of ours that matters
		}
		f.step()
		if err := f.root.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("output folder: %w", err)
		}
		return nil
	})
}

// note appends records to the list, after marking the folder unfinished if it
// is not yet. Called with mu held, before the change that the records announce.
func (f *Folder) note(records string) error {
	if !f.begun {
		return errors.New("output: a change outside Begin and Complete")
	}
	if f.stage != nil { // the list is written when all else is
		f.list.state, f.marked = f.pending, true
		return nil
	}
	if f.marked {
		return f.append(records)
	}
	state := f.list.state
	f.list.state = f.pending
	if err := f.open(); err != nil {
		f.list.state = state
		return err
	}
	f.marked = true
	return f.append(records)
}

// open readies the list for appending and writes "begin" durably.
func (f *Folder) open() error {
	if f.size == 0 || f.list.damaged {
		if err := f.rewrite(); err != nil {
			return err
		}
		f.folds = ignoresCase(f.root, listName)
		return f.reach()
	}
	if err := f.reach(); err != nil {
		return err
	}
	if err := f.append(stateRecord(f.pending)); err != nil {
		return err
	}
	return f.sync()
}

func (f *Folder) sync() error {
	if err := f.file.Sync(); err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	return nil
}

// reach opens the list for appending.
func (f *Folder) reach() (err error) {
	if f.file == nil {
		f.step()
		if f.file, err = f.root.OpenFile(listName, os.O_WRONLY|os.O_APPEND, 0); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	return nil
}

// append writes records in one go. After a write that failed half-way (a full
// disk) the list ends in a torn line and is written anew first.
func (f *Folder) append(records string) error {
	if records == "" {
		return nil
	}
	if f.list.damaged {
		if err := f.rewrite(); err != nil {
			return err
		}
		if err := f.reach(); err != nil {
			return err
		}
	}
	f.step()
	n, err := f.file.WriteString(records)
	f.size += int64(n)
	f.list.appended += n
	if err != nil {
		f.list.damaged = n > 0
		return fmt.Errorf("output folder: %w", err)
	}
	return nil
}

// rewrite writes the whole list anew, beside and renamed, and syncs it.
func (f *Folder) rewrite() error {
	f.list.settle()
	text := f.list.text()
	f.leave()
	if err := f.replace(f.root, listName, text, true); err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	f.size = int64(len(text))
	f.list.damaged, f.list.appended = false, 0
	if dir, err := f.root.Open("."); err == nil {
		dir.Sync() // where the system can sync a folder at all
		dir.Close()
	}
	return nil
}

// Complete says that all is written: the folder is in the state that the build
// planned. If another process wrote
// the folder meanwhile, its paths are taken over and the folder stays marked
// as unfinished, so that the next build compares everything.
func (f *Folder) Complete() error {
	if err := f.publish(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.begun {
		return errors.New("output: Complete without Begin")
	}
	f.places.close()
	done := f.pending
	done.Complete = true
	if !f.marked && f.list.state == done {
		f.begun = false
		return nil
	}
	err := f.note("")
	if err != nil {
		return err
	}
	if err = f.merge(); err == nil && !f.shared && !f.list.doubtful {
		f.list.state = done
		err = f.finish(done)
	}
	if err != nil {
		f.list.state = f.pending
		return err
	}
	f.begun = false
	f.leave()
	return nil
}

// leave closes the list and remembers it as we left it.
func (f *Folder) leave() {
	if f.file != nil {
		f.file.Close()
		f.file = nil
	}
	f.seen, _ = f.root.Lstat(listName)
}

// finish writes "done", in a new list where the records have become many. The
// record alone is not synced: lost with the power, it makes the next build
// compare everything.
func (f *Folder) finish(done State) error {
	if f.list.appended > 4096+f.list.size/4 {
		return f.rewrite()
	}
	return f.append(stateRecord(done))
}

// merge takes over what another process wrote into the list, if there was one.
func (f *Folder) merge() error {
	ours, err := f.file.Stat()
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	theirs, err := f.root.Lstat(listName)
	if err == nil && os.SameFile(ours, theirs) && theirs.Size() == f.size {
		return nil
	}
	other, _, err := readList(f.root)
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	for p := range other.paths() {
		if _, gone := f.list.gone[p]; !gone {
			f.list.add(p)
		}
	}
	for k := range other.kept {
		f.list.kept[k] = struct{}{}
	}
	f.twins, f.shared = nil, true
	return f.rewrite()
}

// Close lets go of the folder. What a first build wrote that did not complete
// is moved to where it belongs, unfinished as it is; nothing else is written.
func (f *Folder) Close() error {
	err := f.publish()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.places.close()
	f.list.close()
	f.leave()
	return errors.Join(err, f.root.Close())
}

// Owned says whether the list names the path.
func (f *Folder) Owned(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.list.owns(path)
}

// Paths gives all owned paths, sorted by byte, as they are when iteration
// begins; files may be written and removed meanwhile.
func (f *Folder) Paths() iter.Seq[string] {
	return func(yield func(string) bool) {
		f.mu.Lock()
		paths := f.list.paths()
		f.mu.Unlock()
		paths(yield)
	}
}

// temp gives a name for a temporary file that no other goroutine and no other
// living process uses.
func (f *Folder) temp() string {
	return tempPrefix + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatUint(f.temps.Add(1), 36)
}

// replace writes data under another name in folder and renames it to name.
func (f *Folder) replace(folder *os.Root, name string, data []byte, sync bool) error {
	temp := f.temp()
	f.step()
	file, err := folder.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	for ; errors.Is(err, fs.ErrExist); file, err = folder.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) {
		temp = f.temp() // left by a killed process that had our number
	}
	if err != nil {
		return err
	}
	f.step()
	_, err = file.Write(data)
	if err == nil && sync {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		f.step()
		err = folder.Rename(temp, name)
	}
	if err != nil {
		folder.Remove(temp)
	}
	return err
}
