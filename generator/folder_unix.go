//go:build linux || darwin

package generator

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// A folder is an open folder of the sources. What stands in it is reached from
// it by name, so that nothing leads out of the site, and a name costs one call of
// the system however deep the folder lies.
type folder struct{ fd int }

// namesAreWhole says that a watcher tells the names of files as folders have them.
const namesAreWhole = true

func openFolder(root *os.Root, p string) (*folder, error) {
	dir, err := root.Open(p)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	return (&folder{int(dir.Fd())}).open(".")
}

func (d *folder) open(name string) (*folder, error) {
	fd, err := d.at(name, unix.O_DIRECTORY)
	if err != nil {
		return nil, err
	}
	return &folder{fd}, nil
}

// at opens what stands in the folder, if it is no symbolic link. What became one,
// or no folder, since it was looked at counts as gone.
func (d *folder) at(name string, flags int) (int, error) {
	for {
		fd, err := unix.Openat(d.fd, name, flags|unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
		switch err {
		case nil:
			return fd, nil
		case unix.EINTR:
			continue
		case unix.ELOOP, unix.ENOTDIR:
			err = unix.ENOENT
		}
		return 0, &fs.PathError{Op: "open", Path: name, Err: err}
	}
}

func (d *folder) close() { unix.Close(d.fd) }

// names reads the names in the folder, in no order; buffer is for its use.
func (d *folder) names(buffer []byte) (names []string, err error) {
	for {
		n, err := unix.ReadDirent(d.fd, buffer)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, &fs.PathError{Op: "readdir", Path: ".", Err: err}
		}
		if n <= 0 {
			return names, nil
		}
		_, _, names = unix.ParseDirent(buffer[:n], -1, names)
	}
}

// lstat looks at what stands in the folder, or at a path below it.
func (d *folder) lstat(name string) (kind fs.FileMode, st stat, err error) {
	var s unix.Stat_t
	for {
		if err = unix.Fstatat(d.fd, name, &s, unix.AT_SYMLINK_NOFOLLOW); err != unix.EINTR {
			break
		}
	}
	if err != nil {
		return 0, stat{}, &fs.PathError{Op: "lstat", Path: name, Err: err}
	}
	switch s.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		kind = fs.ModeDir
	case unix.S_IFLNK:
		kind = fs.ModeSymlink
	default:
		kind = fs.ModeIrregular
	}
	return kind, stat{Size: s.Size, Mtime: s.Mtim.Nano(), Ctime: s.Ctim.Nano(), Inode: s.Ino}, nil
}

// read reads a file that had size bytes.
func (d *folder) read(name string, size int64) ([]byte, error) {
	fd, err := d.at(name, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	data := make([]byte, 0, size+1)
	for {
		n, err := unix.Read(fd, data[len(data):cap(data)])
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return nil, &fs.PathError{Op: "read", Path: name, Err: err}
		case n == 0:
			return data, nil
		}
		if data = data[:len(data)+n]; len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}
