//go:build unix

package output

import (
	"io"
	"io/fs"
	"syscall"
)

// createFile creates a file and writes it with an open, a write and a close; an
// [os.File] would ask besides whether the file can be waited for. The path stands
// on the stage, where there is nobody to put a link.
func createFile(path string, data []byte) error {
	fd, err := again(func() (int, error) {
		return syscall.Open(path, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_EXCL|syscall.O_CLOEXEC|syscall.O_NOFOLLOW, 0o666)
	})
	if err != nil {
		return &fs.PathError{Op: "open", Path: path, Err: err}
	}
	for len(data) > 0 && err == nil {
		var n int
		n, err = again(func() (int, error) { return syscall.Write(fd, data) })
		if n == 0 && err == nil {
			err = io.ErrUnexpectedEOF
		}
		data = data[max(n, 0):]
	}
	if closing := syscall.Close(fd); err == nil && closing != syscall.EINTR {
		err = closing
	}
	if err != nil {
		syscall.Unlink(path)
		return &fs.PathError{Op: "write", Path: path, Err: err}
	}
	return nil
}

func makeFolder(path string) error {
	_, err := again(func() (int, error) { return 0, syscall.Mkdir(path, 0o777) })
	return err
}

// again calls a system call until no signal interrupts it.
func again(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != syscall.EINTR {
			return n, err
		}
	}
}
