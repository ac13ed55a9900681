package entity

import (
	"sync"
	"sync/atomic"
)

// A plainSet keeps the words of which nothing need be known but that no alias
// begins with them: nine of ten words of a text. A form takes some 300 bytes and
// several visits to memory, a word of this set 40 and one, and one more the first
// time in a text: it keeps the hashes of the keys by which the word was looked up,
// which every text with it notes. Any number of goroutines may read it.
type plainSet struct {
	limit int // bytes; when there are more, all is let go
	mu    sync.Mutex
	table atomic.Pointer[plainTable]
}

// A plainTable is a hash table with linear probing that only grows. A word is known
// by its hash alone, see [tongue.hash]. Its reference is where its record is, from
// 1: how many hashes there are, and the hashes.
type plainTable struct {
	slots  []plainSlot // a power of two
	shift  int         // of a hash, to the number of its slot
	chunks *[plainChunks]atomic.Pointer[[plainChunk]uint64]
	used   int // slots; guarded by plainSet.mu
	end    int // of the records; guarded by plainSet.mu
}

// A plainSlot is written once, the hash after the reference; 0 is a free one.
type plainSlot struct{ hash, ref atomic.Uint64 }

const (
	plainChunk  = 1 << 13
	plainChunks = 512
	leastBits   = 6
)

func newPlainSet(limit int) *plainSet {
	v := &plainSet{limit: min(limit, 8*plainChunk*plainChunks)}
	v.table.Store(newPlainTable())
	return v
}

func newPlainTable() *plainTable {
	return &plainTable{slots: make([]plainSlot, 1<<leastBits), shift: 64 - leastBits, chunks: new([plainChunks]atomic.Pointer[[plainChunk]uint64])}
}

// find gives where the record of a word is, 0 if there is none.
func (t *plainTable) find(hash uint64) uint32 {
	mask := uint64(len(t.slots) - 1)
	for i := hash >> t.shift; ; i = (i + 1) & mask {
		switch t.slots[i].hash.Load() {
		case hash:
			return uint32(t.slots[i].ref.Load())
		case 0:
			return 0
		}
	}
}

// hashes gives the hashes of the keys by which the word at ref is looked up.
func (t *plainTable) hashes(ref uint32) []uint64 {
	at := int(ref - 1)
	r := t.chunks[at/plainChunk].Load()[at%plainChunk:]
	return r[1 : 1+r[0] : 1+r[0]]
}

// add keeps a word with its hashes.
func (v *plainSet) add(hash uint64, hashes []uint64) {
	size := 1 + len(hashes)
	if size > plainChunk {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	t := v.table.Load()
	if t.find(hash) != 0 {
		return
	}
	at := t.end
	if at%plainChunk+size > plainChunk {
		at += plainChunk - at%plainChunk
	}
	switch {
	case 8*(at+size)+16*len(t.slots) > v.limit:
		t, at = newPlainTable(), 0
		v.table.Store(t)
	case 4*t.used >= 3*len(t.slots):
		t = t.grown()
		v.table.Store(t)
	}
	t.put(hash, at, hashes)
	t.end = at + size
}

func (t *plainTable) put(hash uint64, at int, hashes []uint64) {
	chunk := &t.chunks[at/plainChunk]
	if chunk.Load() == nil {
		chunk.Store(new([plainChunk]uint64))
	}
	r := chunk.Load()[at%plainChunk:]
	r[0] = uint64(len(hashes))
	copy(r[1:], hashes)
	t.slot(hash, uint64(at+1))
}

// slot puts a reference into the first free slot.
func (t *plainTable) slot(hash, ref uint64) {
	mask := uint64(len(t.slots) - 1)
	i := hash >> t.shift
	for t.slots[i].hash.Load() != 0 {
		i = (i + 1) & mask
	}
	t.slots[i].ref.Store(ref)
	t.slots[i].hash.Store(hash)
	t.used++
}

func (t *plainTable) grown() *plainTable {
	g := &plainTable{slots: make([]plainSlot, 2*len(t.slots)), shift: t.shift - 1, chunks: t.chunks, end: t.end}
	for i := range t.slots {
		if s := &t.slots[i]; s.hash.Load() != 0 {
			g.slot(s.hash.Load(), s.ref.Load())
		}
	}
	return g
}

// A plainList is the different words of the set that stand in one text.
type plainList struct {
	slots []uint32 // references; a power of two, at most half full
	used  int
}

// reset empties the list and makes room for n words.
func (l *plainList) reset(n int) {
	size := 64
	for size < 2*n {
		size *= 2
	}
	if l.used = 0; size > cap(l.slots) {
		l.slots = make([]uint32, size)
		return
	}
	l.slots = l.slots[:size]
	clear(l.slots)
}

// add says whether a word is new to the list. One that has no room is said to
// be: it will be noted twice.
func (l *plainList) add(ref uint32) bool {
	if 2*l.used >= len(l.slots) {
		return true
	}
	mask := len(l.slots) - 1
	for i := int(ref*0x9E3779B1) & mask; ; i = (i + 1) & mask {
		switch l.slots[i] {
		case ref:
			return false
		case 0:
			l.slots[i] = ref
			l.used++
			return true
		}
	}
}
