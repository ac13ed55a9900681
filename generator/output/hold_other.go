//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd

package output

import "os"

const canHold = false

func hold(*os.File) bool { return false }
