//go:build !linux && !darwin

package generator

import (
	"io/fs"
	"os"
)

// A folder is a folder of the sources, reached through the root of the site.
type folder struct{ root *os.Root }

// namesAreWhole is false because Windows may tell the short name of a file.
const namesAreWhole = false

func openFolder(root *os.Root, p string) (*folder, error) {
	below, err := root.OpenRoot(p)
	if err != nil {
		return nil, err
	}
	return &folder{below}, nil
}

func (d *folder) open(name string) (*folder, error) { return openFolder(d.root, name) }

func (d *folder) close() { d.root.Close() }

func (d *folder) names([]byte) ([]string, error) {
	dir, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	return dir.Readdirnames(-1)
}

func (d *folder) lstat(name string) (fs.FileMode, stat, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return 0, stat{}, err
	}
	return info.Mode().Type(), statOf(info), nil
}

func (d *folder) read(name string, _ int64) ([]byte, error) { return d.root.ReadFile(name) }

// tells says that a folder's times are not trusted to change with its names:
// there are systems whose folders have none.
func (d *folder) tells() bool { return false }
