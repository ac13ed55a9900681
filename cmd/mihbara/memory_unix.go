//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// peakMemory gives the most bytes of memory that the process has held. Linux
// counts them in KiB, Apple's system in bytes.
func peakMemory() int64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
