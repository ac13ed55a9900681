package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// A stage is where the first build of a folder writes: a folder in the output
// folder that nobody but this user may enter and that no page's path can name.
// Nothing in it is visible, so its files are created plainly, an open, a write
// and a close each, and no record of the list goes before them. When all is
// written, the list is, once, and then the few folders at the top are moved to
// where they belong, each whole.
//
// A kill before that leaves a stage, and one in between a list that says
// unfinished and a stage; the next Begin removes it. Whether a stage belongs to a
// process that lives is told by a lock on it.
type stage struct {
	dir     string   // absolute
	name    string   // below the output folder
	live    *os.Root // the output folder
	root    *os.Root // the stage
	hold    *os.File // holds the lock
	nearby  []string // what stands in the output folder, all of it hidden
	mu      sync.Mutex
	folders map[uint64]struct{} // hashes of the paths of those that were made
}

const stagePrefix = tempPrefix + "stage-"

// maxNearby bounds what may stand in a folder for a first build.
const maxNearby = 64

// prepare begins a stage if the folder is as good as empty: without a list, and
// without anything but hidden files, such as .gitignore. It gives nil where
// there can be none; then pages are written in the usual way.
func (f *Folder) prepare() *stage {
	if f.seen != nil || !canHold {
		return nil
	}
	names, err := topNames(f.root, maxNearby+1)
	if err != nil || len(names) > maxNearby {
		return nil
	}
	s := &stage{live: f.root, folders: map[uint64]struct{}{}}
	var lists []string // begun by builds that were killed before any had its name
	for _, name := range names {
		if strings.HasPrefix(name, stagePrefix) {
			if !f.discard(name) {
				f.shared = true // somebody is at work there
				return nil
			}
			continue
		}
		if strings.HasPrefix(name, tempPrefix) {
			lists = append(lists, name)
			continue
		}
		if !strings.HasPrefix(name, ".") {
			return nil
		}
		s.nearby = append(s.nearby, name)
	}
	for _, name := range lists {
		f.step()
		if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if err := f.enterStage(s); err != nil {
		s.leave()
		return nil
	}
	return s
}

func topNames(root *os.Root, most int) ([]string, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(most)
	if len(names) > 0 || most > 0 && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if len(names) == 0 {
		return nil, nil
	}
	return names, err
}

func (f *Folder) enterStage(s *stage) (err error) {
	if s.dir, err = filepath.Abs(f.dir); err != nil {
		return err
	}
	s.name = stagePrefix + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatUint(f.temps.Add(1), 36)
	s.dir = filepath.Join(s.dir, s.name)
	f.step()
	if err := s.live.Mkdir(s.name, 0o700); err != nil {
		return err
	}
	if s.root, err = s.live.OpenRoot(s.name); err != nil {
		return err
	}
	if s.hold, err = s.root.Open("."); err != nil {
		return err
	}
	inside, err1 := s.hold.Stat()
	outside, err2 := os.Lstat(s.dir)
	if err1 != nil || err2 != nil || !os.SameFile(inside, outside) || !hold(s.hold) {
		return fs.ErrInvalid
	}
	return nil
}

// leave removes the stage with what is in it.
func (s *stage) leave() {
	if s.root != nil {
		s.root.Close()
		s.live.RemoveAll(s.name)
	}
	if s.hold != nil {
		s.hold.Close()
	}
}

// discard removes a stage that a killed build left, and says whether it is gone.
func (f *Folder) discard(name string) bool {
	dir, err := f.root.Open(name)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	defer dir.Close()
	if !hold(dir) {
		return false
	}
	f.step()
	return f.root.RemoveAll(name) == nil
}

// near says whether the path begins with a name that stands in the output
// folder already, in whatever case.
func (s *stage) near(path string) bool {
	top, _, _ := strings.Cut(path, "/")
	return slices.ContainsFunc(s.nearby, func(name string) bool { return fold(name) == fold(top) })
}

// staged writes a new file on the stage. It says false where that is not the
// whole story: no stage, a path that was written before, a file where a folder
// must stand, a full disk. The usual way, to which the stage is an output folder
// like any other, then does it or says what is wrong.
func (f *Folder) staged(path string, data []byte) bool {
	if f.stageOf(path) == nil {
		return false
	}
	f.tree.RLock()
	defer f.tree.RUnlock()
	s := f.stage
	if s == nil || !f.ownNew(path) {
		return false
	}
	if s.create(path, data, f.step) == nil {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list.remove(path)
	return false
}

// stageOf gives the stage that the path belongs on. A path that leads to what
// stood in the output folder before ends the stage.
func (f *Folder) stageOf(path string) *stage {
	f.tree.RLock()
	s := f.stage
	f.tree.RUnlock()
	if s != nil && s.near(path) {
		f.publish() // what fails shows when the list is written
		return nil
	}
	return s
}

// ownNew enters the path into the list if it is not there.
func (f *Folder) ownNew(path string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.list.owns(path) && f.own(path) == nil
}

// create writes a file that must not exist yet. What fails leaves no file.
func (s *stage) create(path string, data []byte, step func()) error {
	folder, _ := split(path)
	if err := s.mkdir(folder, step); err != nil {
		return err
	}
	step()
	err := createFile(s.dir+"/"+path, data)
	if errors.Is(err, fs.ErrNotExist) { // the folder was emptied, and went
		s.mu.Lock()
		clear(s.folders)
		s.mu.Unlock()
		if err = s.mkdir(folder, step); err == nil {
			err = createFile(s.dir+"/"+path, data)
		}
	}
	return err
}

// mkdir makes the folder and those above it, once. What stands there instead of
// a folder shows when a file is created in it.
func (s *stage) mkdir(folder string, step func()) error {
	if folder == "." {
		return nil
	}
	h := xxhash.Sum64String(folder)
	s.mu.Lock()
	_, made := s.folders[h]
	s.mu.Unlock()
	if made {
		return nil
	}
	parent, _ := split(folder)
	if err := s.mkdir(parent, step); err != nil {
		return err
	}
	step()
	if err := makeFolder(s.dir + "/" + folder); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	s.mu.Lock()
	s.folders[h] = struct{}{}
	s.mu.Unlock()
	return nil
}

// publish ends the stage: the list names all of it, then it is moved into the
// output folder. What others put in the way meanwhile is met in the usual way,
// file by file, and so is all of it if another process has written a list.
func (f *Folder) publish() error {
	f.tree.Lock()
	s := f.stage
	if s == nil {
		f.tree.Unlock()
		return nil
	}
	defer s.leave()
	f.stage, f.root = nil, s.live
	f.places.reset(f.root, false)
	inTheWay, err := f.move(s)
	f.tree.Unlock()
	if err != nil {
		return errors.Join(err, f.reread())
	}
	var problems []error
	for _, top := range inTheWay {
		problems = append(problems, f.copyOver(s, top))
	}
	return errors.Join(problems...)
}

// move writes the list and moves what nothing stands in the way of; it gives the
// names of the rest. Called with tree held.
func (f *Folder) move(s *stage) (inTheWay []string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.marked = false
	names, err := topNames(s.root, -1)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	slices.Sort(names)
	if _, err := s.live.Lstat(listName); err == nil {
		f.shared = true
		return names, f.read()
	}
	var free []string
	for _, name := range names {
		if _, err := s.live.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			free = append(free, name)
		} else {
			inTheWay = append(inTheWay, name)
			f.disownTop(name)
		}
	}
	if err := f.note(""); err != nil {
		return nil, err
	}
	for _, name := range free {
		f.step()
		if err := s.live.Rename(s.name+"/"+name, name); err != nil {
			return nil, fmt.Errorf("output folder: %w", err)
		}
	}
	return inTheWay, nil
}

// reread takes in what the list on disk says, after it could not be written or
// what it names could not be moved.
func (f *Folder) reread() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.leave()
	f.marked = false
	return f.read()
}

// disownTop takes a name and all below it out of the list, before it is written.
func (f *Folder) disownTop(name string) {
	for _, p := range append(f.list.below(name), name) {
		f.list.remove(p)
	}
}

// copyOver writes what stands on the stage below the name top in the usual way.
func (f *Folder) copyOver(s *stage, top string) error {
	var problems []error
	err := fs.WalkDir(s.root.FS(), top, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := s.root.ReadFile(p)
		if err == nil {
			_, err = f.Write(p, data)
		}
		problems = append(problems, err)
		return nil
	})
	return errors.Join(append(problems, err)...)
}
