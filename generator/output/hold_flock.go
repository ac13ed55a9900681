//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"os"
	"syscall"
)

// canHold says whether the system has a lock that goes with its process. Without
// one nobody could tell a stage that was left from one in use, and there is none.
const canHold = true

// hold locks an open folder for as long as it is open, and says whether nobody
// else does.
func hold(dir *os.File) bool {
	return syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
