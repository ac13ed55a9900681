package incremental

import (
	"cmp"
	"sync"
	"sync/atomic"
)

// A vault keeps pieces of bytes in chunks that the garbage collector need not
// look into, and gives a piece back by its spot for as long as its chunk is kept.
// Chunks are let go whole. What still uses the bytes of one that was let go may
// go on.
type vault struct {
	largest int // how large chunks become; largestChunk if 0; tests make it small
	mu      sync.Mutex
	// chunks are by number; nil is one that was let go. The first is none, so
	// that no piece has the spot 0.
	chunks atomic.Pointer[[][]byte]
}

// at returns what begins at a spot with all that follows it in its chunk, nil if
// that was let go.
func (v *vault) at(s spot) []byte {
	if c := (*v.chunks.Load())[s>>32]; c != nil {
		return c[s&(1<<32-1):]
	}
	return nil
}

// open adds a chunk.
func (v *vault) open(size int) (number uint32, chunk []byte) {
	v.mu.Lock()
	defer v.mu.Unlock()
	list := [][]byte{nil}
	if old := v.chunks.Load(); old != nil {
		list = *old
	}
	chunk = make([]byte, size)
	list = append(list, chunk)
	v.chunks.Store(&list)
	return uint32(len(list) - 1), chunk
}

// letGo lets a chunk go and returns its size. No function may run.
func (v *vault) letGo(number uint32) int {
	chunk := &(*v.chunks.Load())[number]
	size := len(*chunk)
	*chunk = nil
	return size
}

// A pen puts pieces into a vault, in chunks of its own. Each goroutine has one.
type pen struct {
	vault  *vault
	number uint32
	chunk  []byte
	used   int
	opened int
	full   []uint32 // chunks that nothing more is put into
}

// add keeps a copy of b.
func (p *pen) add(b []byte) spot {
	if len(p.chunk)-p.used < len(b) {
		p.end()
		p.number, p.chunk = p.vault.open(max(min(smallestChunk<<min(p.opened, 6), cmp.Or(p.vault.largest, largestChunk)), len(b)))
		p.opened++
	}
	at := spot(p.number)<<32 | spot(p.used)
	p.used += copy(p.chunk[p.used:], b)
	return at
}

// end closes the chunk that is being filled.
func (p *pen) end() {
	if p.chunk != nil {
		p.full = append(p.full, p.number)
	}
	p.chunk, p.used = nil, 0
}

// take returns the chunks that nothing more is put into, once.
func (p *pen) take() []uint32 {
	list := p.full
	p.full = nil
	return list
}
