package main

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// collapse is the advice MADV_COLLAPSE of Linux 6.1, which package syscall does not
// know: to put small pages together now.
const collapse = 25

// useHugePages lets the heap lie in huge pages from the first collection on, where
// the system gives them to those who ask, as most do. A build of thousands of
// articles looks at places all over a heap of hundreds of megabytes; with pages of
// 4 KiB the processor spends up to a seventh of the time on finding where they are.
// Small builds end before the first collection. In a process that stays the system
// would fill up what the runtime has given back; what is returned ends it.
func useHugePages() (stop func()) {
	size := hugePage()
	if size == 0 {
		return func() {}
	}
	h := &heapPages{size: size, mark: new([16]byte)}
	var stopped atomic.Bool
	var again func()
	again = func() {
		if !stopped.Load() {
			h.advise()
			afterCollection(again)
		}
	}
	afterCollection(again)
	return func() { stopped.Store(true) }
}

// hugePage gives the size of a huge page in bytes, 0 if there are none.
func hugePage() uintptr {
	data, err := os.ReadFile("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")
	if err != nil {
		return 0
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(data)), 10, 32)
	if err != nil || n&(n-1) != 0 {
		return 0
	}
	return uintptr(n)
}

// A heapPages asks for huge pages. The runtime gives the system's advice up with
// each piece by which the heap grows, so that it has to be asked again.
type heapPages struct {
	size uintptr   // of a huge page
	mark *[16]byte // lies in the heap
	end  uintptr   // of what was put together already
}

// advise asks for huge pages for all of the heap, and puts the small ones together
// by which it has grown; not those of before, of which the runtime has given some
// back since. Where the system refuses, for it has no such pages left or does not
// know the request, all goes on as it was.
func (h *heapPages) advise() {
	for _, r := range h.ranges() {
		syscall.Syscall(syscall.SYS_MADVISE, r.from, r.to-r.from, syscall.MADV_HUGEPAGE)
		from, to := (max(r.from, h.end)+h.size-1)&^(h.size-1), r.to&^(h.size-1)
		if from < to {
			syscall.Syscall(syscall.SYS_MADVISE, from, to-from, collapse)
			h.end = to
		}
	}
}

type memoryRange struct{ from, to uintptr }

// ranges lists the writable parts of the heap: of those that stand behind one
// another from the one on that holds the mark.
func (h *heapPages) ranges() (list []memoryRange) {
	f, err := os.Open("/proc/self/maps")
	if err != nil {
		return nil
	}
	defer f.Close()
	mark, last := uintptr(unsafe.Pointer(h.mark)), uintptr(0)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		r, rights, ok := readMap(lines.Text())
		switch {
		case !ok, last == 0 && (mark < r.from || r.to <= mark):
			continue
		case last != 0 && r.from != last:
			return list
		}
		if last = r.to; rights == "rw-p" {
			list = append(list, r)
		}
	}
	return list
}

// readMap reads a line of /proc/self/maps, such as
// "c000000000-c000400000 rw-p 00000000 00:00 0".
func readMap(line string) (r memoryRange, rights string, ok bool) {
	addresses, rest, _ := strings.Cut(line, " ")
	from, to, _ := strings.Cut(addresses, "-")
	a, err := strconv.ParseUint(from, 16, 64)
	b, err2 := strconv.ParseUint(to, 16, 64)
	rights, _, _ = strings.Cut(rest, " ")
	return memoryRange{uintptr(a), uintptr(b)}, rights, err == nil && err2 == nil
}
