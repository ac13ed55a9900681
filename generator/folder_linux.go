package generator

import "golang.org/x/sys/unix"

// tells says whether the folder stands on a file system of which it is known that
// a folder's times change with its names. Those that show other machines' files,
// or whatever a program makes up, may keep a folder's times as they were.
func (d *folder) tells() bool {
	var fs unix.Statfs_t
	if unix.Fstatfs(d.fd, &fs) != nil {
		return false
	}
	switch uint32(fs.Type) {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC, unix.TMPFS_MAGIC, unix.OVERLAYFS_SUPER_MAGIC, zfsMagic:
		return true
	}
	return false
}

const zfsMagic = 0x2fc12fc1
