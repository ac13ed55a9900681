package generator

import "golang.org/x/sys/unix"

// tells says whether the folder stands on a file system of which it is known that
// a folder's times change with its names.
func (d *folder) tells() bool {
	var fs unix.Statfs_t
	return unix.Fstatfs(d.fd, &fs) == nil && unix.ByteSliceToString(fs.Fstypename[:]) == "apfs"
}
