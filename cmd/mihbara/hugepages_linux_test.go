package main

import (
	"os"
	"strings"
	"testing"
)

// TestTheHeapAsksForHugePages looks in /proc at the advice that the system has for
// the memory around an object, before and after.
func TestTheHeapAsksForHugePages(t *testing.T) {
	size := hugePage()
	if size == 0 {
		t.Skip("this system has no huge pages")
	}
	large := make([]byte, 32<<20) // the heap is no longer that of a small test
	for i := range large {
		large[i] = 1
	}
	h := &heapPages{size: size, mark: new([16]byte)}
	list := h.ranges()
	if len(list) == 0 {
		t.Fatal("the heap was not found")
	}
	h.advise()
	data, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	within, advised := false, false
	for line := range strings.Lines(string(data)) {
		if r, _, ok := readMap(line); ok {
			within = r == list[0]
		}
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && within {
			advised = advised || strings.Contains(flags, " hg")
		}
	}
	if !advised {
		t.Errorf("no advice on %x to %x:\n%s", list[0].from, list[0].to, data)
	}
	if large[len(large)-1] != 1 {
		t.Error("memory was lost")
	}
}
