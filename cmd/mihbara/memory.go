package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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
	afterCollection(func() {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(percent)
		afterCollection(func() { spareMemory(percent) })
	})
}

// heapRoom is by how much a heap that is not small may grow between two
// collections. The runtime would let it grow by as much as is in use. But of a
// large heap here most is bytes without pointers, which are not looked through:
// a collection costs about the same at any size, and memory that is not needed
// is memory for nothing.
const heapRoom = 44 << 20

// spareMemory lets the heap grow by heapRoom, or by a quarter of what is in use
// where that is more.
func spareMemory(percent int) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	if metrics.Read(live); live[0].Value.Kind() == metrics.KindUint64 {
		share := heapRoom * 100 / max(live[0].Value.Uint64(), 1)
		debug.SetGCPercent(min(percent, max(int(share), percent/4)))
	}
	afterCollection(func() { spareMemory(percent) })
}

// afterCollection calls f after the next collection.
func afterCollection(f func()) {
	sentinel := new([16]byte) // what has no pointers and is smaller may never be collected
	runtime.AddCleanup(sentinel, func(f func()) { f() }, f)
}
