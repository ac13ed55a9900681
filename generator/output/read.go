package output

import (
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/cespare/xxhash/v2"
)

// Read gives the bytes of the file at path, ours or not. Only regular files
// are read. Errors wrap those of the system.
func (f *Folder) Read(path string) ([]byte, error) {
	file, err := f.reader(path)
	if err != nil {
		return nil, fmt.Errorf("output %s: %w", path, err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("output %s: %w", path, err)
	}
	return data, nil
}

// Hash gives the xxHash64 of the file at path as it is on disk, and false if
// there is none or it cannot be read.
func (f *Folder) Hash(path string) (uint64, bool) {
	file, err := f.reader(path)
	if err != nil {
		return 0, false
	}
	defer file.Close()
	digest := xxhash.New()
	if _, err := io.Copy(digest, file); err != nil {
		return 0, false
	}
	return digest.Sum64(), true
}

func (f *Folder) reader(path string) (*os.File, error) {
	f.tree.RLock()
	defer f.tree.RUnlock()
	if err := CheckPath(path); err != nil {
		return nil, err
	}
	info, err := f.root.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrInvalid}
	}
	return f.root.Open(path)
}
