package output

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Remove removes the file at path if it is ours, and the folders that it
// leaves empty, except those that stood before us. A path that is not ours is
// left alone without an error, so that removing twice is fine; so is an owned
// file that somebody else removed already.
func (f *Folder) Remove(path string) error {
	if !f.Owned(path) {
		return nil
	}
	_, err := f.removeAll([]string{path})
	return err
}

// Prune removes all owned files for which keep is false and gives their paths,
// sorted. What could not be removed stays owned and is named in the error.
func (f *Folder) Prune(keep func(path string) bool) (removed []string, err error) {
	var out []string
	for p := range f.Paths() {
		if !keep(p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return f.removeAll(out)
}

// removeAll removes owned files, then the folders that they leave empty, then
// their lines in the list: killed in between, they are still ours and the next
// build removes what is left.
func (f *Folder) removeAll(paths []string) (removed []string, err error) {
	f.mu.Lock()
	err = f.note("")
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	var problems []error
	folders := map[string]bool{}
	for _, path := range paths {
		if CheckPath(path) != nil { // somebody wrote into the list
			removed = append(removed, path)
			continue
		}
		if err := f.unlink(path); err != nil {
			problems = append(problems, fmt.Errorf("output %s: %w", path, err))
			continue
		}
		removed = append(removed, path)
		parent, _ := split(path)
		folders[parent] = true
	}
	f.clearAway(folders)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.disown(removed...); err != nil {
		problems = append(problems, err)
	}
	return removed, errors.Join(problems...)
}

// unlink removes the owned file itself. A folder that somebody put in its place
// is foreign and stays.
func (f *Folder) unlink(path string) error {
	f.tree.RLock()
	defer f.tree.RUnlock()
	parent, name := split(path)
	p, err := f.settled(parent)
	if p == nil || err != nil {
		return err
	}
	defer f.places.giveBack(p)
	info, err := p.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
		return nil
	}
	if err != nil {
		return err
	}
	f.step()
	if err := p.root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// clearAway removes the folders that are empty, deepest first, and those above
// them that become so. A folder that cannot be removed is not worth an error:
// it holds something of others, or will be tried again.
func (f *Folder) clearAway(folders map[string]bool) {
	var order []string
	for folder := range folders {
		for ; folder != "."; folder, _ = split(folder) {
			order = append(order, folder)
		}
	}
	slices.SortFunc(order, func(a, b string) int {
		if byDepth := strings.Count(b, "/") - strings.Count(a, "/"); byDepth != 0 {
			return byDepth
		}
		return strings.Compare(a, b)
	})
	stay := map[string]bool{} // a folder whose child stays stays too: not worth a call
	for _, folder := range slices.Compact(order) {
		parent, name := split(folder)
		if stay[folder] || !f.rmdir(folder, parent, name) {
			stay[parent] = true
		}
	}
}

func (f *Folder) rmdir(folder, parent, name string) bool {
	f.tree.Lock()
	defer f.tree.Unlock()
	f.mu.Lock()
	_, kept := f.list.kept[folder]
	f.mu.Unlock()
	if kept {
		return false
	}
	p, err := f.settled(parent)
	if p == nil || err != nil {
		return err == nil // not there: as good as removed
	}
	defer f.places.giveBack(p)
	info, err := p.root.Lstat(name)
	if err != nil || !info.IsDir() {
		return errors.Is(err, fs.ErrNotExist)
	}
	was := f.places.drop(folder)
	f.step()
	if err := p.root.Remove(name); err != nil {
		f.places.setOrigin(folder, was)
		return errors.Is(err, fs.ErrNotExist)
	}
	return true
}

// vacate removes what is ours in the folder that stands where a file must, and
// the folder. What is left then is foreign.
func (f *Folder) vacate(folder string) error {
	f.mu.Lock()
	below := f.list.below(folder)
	f.mu.Unlock()
	if len(below) > 0 {
		if _, err := f.removeAll(below); err != nil {
			return err
		}
	}
	f.tree.RLock()
	defer f.tree.RUnlock()
	if info, err := f.at(folder); err != nil {
		return err
	} else if info != nil && info.IsDir() {
		return &ForeignError{folder}
	}
	return nil
}
