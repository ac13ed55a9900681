//go:build unix

package generator

import (
	"io/fs"
	"syscall"
)

// changeOf returns the time of the last change of a file's inode, in
// nanoseconds, and its number.
func changeOf(info fs.FileInfo) (ctime int64, inode uint64) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return changeTime(st), uint64(st.Ino)
	}
	return 0, 0
}
