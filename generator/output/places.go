package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// A place is one folder below the output folder, open. Opening each page's
// path from the root again would cost an open and a close per level; so
// folders are opened one below the other, each through the [os.Root] above it,
// and the ones in use stay open.
type place struct {
	root    *os.Root
	users   int
	used    uint64 // when last, in the order of uses
	dropped bool   // close it when the last user is done
}

// origin says how a folder came to be there.
type origin uint8

const (
	unseen origin = iota
	found         // it was there
	made          // we made it in this build: nothing is in it that we do not know
)

// vouched says what the caller knows of a path, so that it need not be looked up
// in the list.
type vouched uint8

const (
	nothing vouched = iota
	ours            // the file is
	holder          // a folder with something of ours in it
)

// maxPlaces bounds the folders that are kept open at a time.
const maxPlaces = 128

// places remembers the folders of one build. What it knows is dropped at the
// next Begin, since others may change the tree between builds.
type places struct {
	mu      sync.Mutex
	open    map[string]*place
	origins map[string]origin
	uses    uint64
	known   map[string]vouched
	making  [16]sync.Mutex // one folder is looked at or made by one goroutine at a time
}

// lock gives the lock for looking at a folder and making it. Two folders may
// share one, so nobody takes a second while holding it.
func (s *places) lock(folder string) *sync.Mutex {
	return &s.making[xxhash.Sum64String(folder)%uint64(len(s.making))]
}

func (s *places) reset(root *os.Root, fresh bool) {
	s.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = map[string]*place{".": {root: root, users: 1}}
	s.origins = map[string]origin{".": found}
	s.known = map[string]vouched{}
	if fresh {
		s.origins["."] = made
	}
}

// close closes all folders but the output folder itself.
func (s *places) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, p := range s.open {
		if name != "." {
			p.root.Close() // waits for nobody: an operation under way keeps it open
			delete(s.open, name)
		}
	}
}

// vouch remembers that the file is ours, and that its folders hold what is ours.
func (s *places) vouch(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil { // outside Begin and Complete
		return
	}
	s.known[path] = ours
	for folder, _ := split(path); folder != "." && s.known[folder] == nothing; folder, _ = split(folder) {
		s.known[folder] = holder
	}
}

func (s *places) vouched(path string, as vouched) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[path] == as
}

// recant forgets that a file is ours.
func (s *places) recant(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, path)
}

func (s *places) origin(folder string) origin {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.origins[folder]
}

func (s *places) setOrigin(folder string, o origin) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.origins[folder] = o
}

// take gives the open folder, or nil. Whoever takes it gives it back.
func (s *places) take(folder string) *place {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.open[folder]
	if p != nil {
		s.uses++
		p.users++
		p.used = s.uses
	}
	return p
}

// put keeps root as the open folder, unless another goroutine was faster, and
// takes it.
func (s *places) put(folder string, root *os.Root) *place {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uses++
	p := s.open[folder]
	if p == nil {
		p = &place{root: root}
		s.open[folder] = p
	} else {
		root.Close()
	}
	p.users++
	p.used = s.uses
	if len(s.open) > maxPlaces {
		s.trim()
	}
	return p
}

// trim closes the idle half that was used longest ago.
func (s *places) trim() {
	var idle []string
	for name, p := range s.open {
		if p.users == 0 {
			idle = append(idle, name)
		}
	}
	slices.SortFunc(idle, func(a, b string) int { return int(int64(s.open[a].used) - int64(s.open[b].used)) })
	for _, name := range idle[:(len(idle)+1)/2] {
		s.open[name].root.Close()
		delete(s.open, name)
	}
}

func (s *places) giveBack(p *place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.users--
	if p.dropped && p.users == 0 {
		p.root.Close()
	}
}

// drop closes the folder, so that it can be removed, and forgets it. It gives
// what was known of it.
func (s *places) drop(folder string) origin {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.origins[folder]
	delete(s.origins, folder)
	if p := s.open[folder]; p != nil {
		delete(s.open, folder)
		if p.dropped = true; p.users == 0 {
			p.root.Close()
		}
	}
	return was
}

// forget drops what is known of the folder and of those it stands in, after
// somebody else removed one of them.
func (s *places) forget(folder string) {
	for ; folder != "."; folder = path.Dir(folder) {
		s.drop(folder)
	}
	s.setOrigin(".", found)
}

// place gives the folder, open, making it and those above it where missing. An
// owned file that stands where a folder must stand is removed; a foreign one
// is a *[ForeignError]. The caller gives the place back.
func (f *Folder) place(folder string) (*place, error) {
	if p := f.places.take(folder); p != nil {
		return p, nil
	}
	parent, name := split(folder)
	above, err := f.place(parent)
	if err != nil {
		return nil, err
	}
	defer f.places.giveBack(above)
	if err := f.stand(above.root, folder, name); err != nil {
		return nil, err
	}
	root, err := above.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return f.places.put(folder, root), nil
}

// stand makes sure that folder exists and is a folder.
func (f *Folder) stand(above *os.Root, folder, name string) error {
	lock := f.places.lock(folder)
	lock.Lock()
	defer lock.Unlock()
	if f.places.origin(folder) != unseen {
		return nil
	}
	for range 4 { // others may be at work here too
		seen := f.places.origin(path.Dir(folder)) != made
		if seen {
			there, err := f.look(above, folder, name)
			if there || err != nil {
				return err
			}
		}
		f.step()
		err := above.Mkdir(name, 0o777)
		switch {
		case err == nil:
			f.places.setOrigin(folder, made)
			return f.ours(folder)
		case !errors.Is(err, fs.ErrExist):
			return err
		case !seen:
			f.places.setOrigin(path.Dir(folder), found) // somebody works in what we made
		}
	}
	return &ForeignError{folder}
}

// look says whether folder is there as a folder. An owned file in its place is
// removed.
func (f *Folder) look(above *os.Root, folder, name string) (bool, error) {
	info, err := above.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	case info.IsDir():
		f.places.setOrigin(folder, found)
		return true, f.theirs(folder)
	case !f.Owned(folder):
		return false, &ForeignError{folder}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.note(""); err != nil {
		return false, err
	}
	f.step()
	if err := above.Remove(name); err != nil {
		return false, err
	}
	return false, f.disown(folder)
}

// theirs notes that a folder stood before us, unless something in it is ours.
func (f *Folder) theirs(folder string) error {
	if f.places.vouched(folder, holder) {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stage != nil { // all of it is ours
		return nil
	}
	if _, known := f.list.kept[folder]; known || f.list.ownsBelow(folder) {
		return nil
	}
	f.list.kept[folder] = struct{}{}
	return f.note(record("folder", folder))
}

// ours forgets that a folder stood before us, now that we had to make it.
func (f *Folder) ours(folder string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, was := f.list.kept[folder]; !was {
		return nil
	}
	delete(f.list.kept, folder)
	return f.note(record("mine", folder))
}
