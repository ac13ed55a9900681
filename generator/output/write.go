package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Write makes the file at path hold data and says whether anything had to be
// written. The path is as [CheckPath] wants it. If the file holds these bytes
// already, it is left alone, with its time. Otherwise it is written beside and
// renamed, its folders are made, and its path is in the ownership list before
// the file appears.
//
// An owned file where a folder is needed, and owned files in a folder that
// stands where the file is needed, are removed first. What is foreign stays:
// the error is then a *[ForeignError], unless it is a file that holds data,
// which becomes ours. Other errors wrap the system's; nothing half-written is
// left under the path.
func (f *Folder) Write(path string, data []byte) (changed bool, err error) {
	changed, err = f.write(path, data, func(info fs.FileInfo, parent *os.Root, name string) (bool, error) {
		return f.equal(parent, name, data)
	})
	return changed, f.explain(path, err)
}

// WriteKnown is Write for a caller that remembers: hash is the xxHash64 of
// data, previous that of the bytes which the last complete build wrote at
// path. Then nothing is read: equal hashes and an equal size on disk mean that
// the file is right (one lstat), different hashes that it must be replaced.
// It is only right to call it while [Folder.State] was Complete at Begin and
// was the caller's own; a file that others changed without changing its size
// goes unnoticed, which is what `build --verify` is for.
func (f *Folder) WriteKnown(path string, data []byte, hash, previous uint64) (changed bool, err error) {
	f.places.vouch(path)
	changed, err = f.write(path, data, func(fs.FileInfo, *os.Root, string) (bool, error) {
		return hash == previous, nil
	})
	return changed, f.explain(path, err)
}

func (f *Folder) explain(path string, err error) error {
	if err == nil || errors.Is(err, ErrForeign) || errors.Is(err, ErrPath) {
		return err
	}
	return fmt.Errorf("output %s: %w", path, err)
}

// errFolder says that a folder stands where a file must.
var errFolder = errors.New("a folder stands there")

// write asks right, for a regular file of the right size, whether it holds
// data. It begins again after making room, and after others (not we: see tree)
// removed a folder under its hands.
func (f *Folder) write(path string, data []byte, right func(fs.FileInfo, *os.Root, string) (bool, error)) (changed bool, err error) {
	if err := CheckPath(path); err != nil {
		return false, err
	}
	if f.staged(path, data) {
		return true, nil
	}
	if twin := f.twin(path); twin != "" {
		if err := f.Remove(twin); err != nil {
			return false, err
		}
	}
	for range 4 {
		changed, err = f.try(path, data, right)
		switch {
		case errors.Is(err, errFolder):
			err = f.vacate(path)
		case errors.Is(err, fs.ErrNotExist):
			parent, _ := split(path)
			f.places.forget(parent)
			continue
		default:
			return changed, err
		}
		if err != nil {
			return false, err
		}
	}
	if err == nil { // somebody puts the folder back each time
		err = &ForeignError{path}
	}
	return false, err
}

func (f *Folder) try(path string, data []byte, right func(fs.FileInfo, *os.Root, string) (bool, error)) (bool, error) {
	f.tree.RLock()
	defer f.tree.RUnlock()
	var there bool
	var err error
	if f.places.vouched(path, ours) || f.Owned(path) {
		there, err = f.holds(path, data, right)
	} else {
		there, err = f.claim(path, data)
	}
	if there || err != nil {
		return false, err
	}
	return true, f.put(path, data)
}

// holds says whether the owned file at path needs no writing.
func (f *Folder) holds(path string, data []byte, right func(fs.FileInfo, *os.Root, string) (bool, error)) (bool, error) {
	parent, name := split(path)
	p, err := f.settled(parent)
	if p == nil || err != nil {
		return false, err
	}
	defer f.places.giveBack(p)
	info, err := p.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, err
	}
	same, err := right(info, p.root, name)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		return false, nil // what cannot be read is replaced
	}
	return same, err
}

// settled gives the folder if it exists as one, else nil; it makes nothing.
func (f *Folder) settled(folder string) (*place, error) {
	if p := f.places.take(folder); p != nil {
		return p, nil
	}
	info, err := f.at(folder)
	if info == nil || err != nil || !info.IsDir() {
		return nil, ignoreForeign(err)
	}
	return f.place(folder)
}

func ignoreForeign(err error) error {
	if errors.Is(err, ErrForeign) {
		return nil
	}
	return err
}

// at gives what stands at path, or nil. Folders on the way are looked at once;
// a foreign file on the way is a *[ForeignError], an owned one counts as
// absent since it will have to go. In folders that we made in this build
// nothing stands that we do not know, so a clean build never looks.
func (f *Folder) at(path string) (fs.FileInfo, error) {
	parent := "."
	for i := 0; i <= len(path); i++ {
		if i < len(path) && path[i] != '/' {
			continue
		}
		folder := path[:i]
		if i < len(path) && f.places.origin(folder) != unseen {
			parent = folder
			continue
		}
		if f.places.origin(parent) == made && f.places.origin(folder) == unseen {
			return nil, nil
		}
		p, err := f.place(parent)
		if err != nil {
			return nil, err
		}
		_, name := split(folder)
		info, err := p.root.Lstat(name)
		f.places.giveBack(p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil
		case err != nil:
			return nil, err
		case i == len(path):
			return info, nil
		case !info.IsDir() && f.Owned(folder):
			return nil, nil
		case !info.IsDir():
			gone, err := f.gone(parent, folder)
			if err != nil || gone {
				return nil, err
			}
			return f.at(path)
		}
		parent = folder
	}
	return nil, nil
}

// gone looks again at a file that seemed foreign where a folder must be: between
// the look at it and the look into the list, another goroutine that makes the
// folder may have removed both the file and its line. The error is a
// *[ForeignError] if the file stands while nobody makes the folder; gone is false
// if there is a folder now.
func (f *Folder) gone(parent, folder string) (gone bool, err error) {
	p, err := f.place(parent)
	if err != nil {
		return false, err
	}
	defer f.places.giveBack(p)
	lock := f.places.lock(folder)
	lock.Lock()
	defer lock.Unlock()
	_, name := split(folder)
	info, err := p.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil || info.IsDir():
		return false, err
	case f.Owned(folder):
		return true, nil
	}
	return false, &ForeignError{folder}
}

// claim enters a path that is not ours yet into the list, after looking at what
// stands there. It says whether that is a file which holds data already.
func (f *Folder) claim(path string, data []byte) (there bool, err error) {
	info, err := f.at(path)
	if err != nil {
		return false, err
	}
	switch {
	case info == nil:
	case info.IsDir():
		return false, errFolder
	case !info.Mode().IsRegular() || info.Size() != int64(len(data)):
		return false, &ForeignError{path}
	default:
		parent, name := split(path)
		p, err := f.place(parent)
		if err != nil {
			return false, err
		}
		there, err = f.equal(p.root, name, data)
		f.places.giveBack(p)
		if err != nil || !there {
			return false, errors.Join(err, &ForeignError{path})
		}
	}
	if err := f.foresee(path); err != nil {
		return false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return there, f.own(path)
}

// foresee looks at the folders of path that stand already, so that the list
// knows which of them are foreign before we put anything in them.
func (f *Folder) foresee(path string) error {
	parent, _ := split(path)
	for f.places.origin(parent) == unseen {
		info, err := f.at(parent)
		if err != nil {
			return err
		}
		if info != nil && info.IsDir() {
			p, err := f.place(parent)
			if err != nil {
				return err
			}
			f.places.giveBack(p)
			return nil
		}
		parent, _ = split(parent)
	}
	return nil
}

// twin gives the owned path that the file system cannot tell from path, or "".
func (f *Folder) twin(path string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.folds {
		return ""
	}
	if f.twins == nil {
		f.twins = map[string]string{}
		for p := range f.list.paths() {
			f.twins[fold(p)] = p
		}
	}
	if twin := f.twins[fold(path)]; twin != path {
		return twin
	}
	return ""
}

// own and disown change the list on disk, then in memory; mu is held.
func (f *Folder) own(path string) error {
	if err := f.note(record("+", path)); err != nil {
		return err
	}
	f.list.add(path)
	if f.twins != nil {
		f.twins[fold(path)] = path
	}
	return nil
}

func (f *Folder) disown(paths ...string) error {
	var records bytes.Buffer
	for _, p := range paths {
		records.WriteString(record("-", p))
	}
	if err := f.note(records.String()); err != nil {
		return err
	}
	for _, p := range paths {
		f.list.remove(p)
		f.places.recant(p)
		if f.twins != nil && f.twins[fold(p)] == p {
			delete(f.twins, fold(p))
		}
	}
	return nil
}

// put writes the file at the owned path.
func (f *Folder) put(path string, data []byte) error {
	f.mu.Lock()
	err := f.note("")
	f.mu.Unlock()
	if err != nil {
		return err
	}
	parent, name := split(path)
	p, err := f.place(parent)
	if err != nil {
		return err
	}
	defer f.places.giveBack(p)
	err = f.replace(p.root, name, data, false)
	if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.EISDIR) {
		return errFolder
	}
	return err
}

// equal says whether the regular file name in folder holds exactly data.
func (f *Folder) equal(folder *os.Root, name string, data []byte) (bool, error) {
	file, err := folder.Open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	buffer, _ := f.buffers.Get().(*[]byte)
	if buffer == nil {
		b := make([]byte, 64<<10)
		buffer = &b
	}
	defer f.buffers.Put(buffer)
	for {
		n, err := file.Read(*buffer)
		if n > len(data) || !bytes.Equal((*buffer)[:n], data[:n]) {
			return false, nil
		}
		data = data[n:]
		if err == io.EOF {
			return len(data) == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}
