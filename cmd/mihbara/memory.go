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

// largeHeap is from which on memory is dearer than the time that it takes to
// look through it: most of a large heap has no pointers.
const largeHeap = 192 << 20

// spareMemory lets the heap grow by half of what is in use instead of by all of
// it, as long as that is much.
func spareMemory(percent int) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	if metrics.Read(live); live[0].Value.Kind() == metrics.KindUint64 && live[0].Value.Uint64() > largeHeap {
		debug.SetGCPercent(percent / 2)
	} else {
		debug.SetGCPercent(percent)
	}
	afterCollection(func() { spareMemory(percent) })
}

// afterCollection calls f after the next collection.
func afterCollection(f func()) {
	sentinel := new([16]byte) // what has no pointers and is smaller may never be collected
	runtime.AddCleanup(sentinel, func(f func()) { f() }, f)
}
