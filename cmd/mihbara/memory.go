package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// smallHeap is how much memory may be taken before any of it is looked through
// for what is no longer used. The builds that people wait for, of one edit, need
// less.
const smallHeap = 64 << 20

// spareSmallHeaps puts the garbage collector off until the heap is no longer
// small. The runtime would begin at 4 MiB and go over a growing heap again and
// again, which took a quarter of the time of a build with nothing to do. Who
// sets GOGC or GOMEMLIMIT has it as the runtime documents it.
func spareSmallHeaps() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	percent := debug.SetGCPercent(-1)
	debug.SetMemoryLimit(smallHeap)
	first := new([16]byte) // collected by the first collection
	runtime.AddCleanup(first, func(percent int) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(percent)
	}, percent)
}
