package entity

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
)

// A plainSet keeps the words of which nothing need be known but that no alias
// begins with them: nine of ten words of a text. A form takes some 300 bytes and
// several visits to memory, a word of this set 50 and two. It keeps the hashes
// of the keys by which each was looked up, since a text notes them each time.
// Any number of goroutines may read it.
type plainSet struct {
	limit int // bytes; when there are more, all is let go
	mu    sync.Mutex
	table atomic.Pointer[plainTable]
}

// A plainTable is a hash table with linear probing that only grows. A slot is
// 40 bits of a word's hash and 24 bits of where its record is, in units of 8
// bytes from 1; it is written once, after its record. A record is
//
//	number of the language  2 bytes, little-endian
//	length of the word      1 byte
//	number of hashes        1 byte
//	the hashes              8 bytes each, little-endian
//	the word
type plainTable struct {
	slots  []atomic.Uint64 // a power of two
	shift  int             // of a hash, to the number of its slot
	chunks *[plainChunks]atomic.Pointer[[plainChunk]byte]
	used   int // slots; guarded by plainSet.mu
	end    int // of the records; guarded by plainSet.mu
}

const (
	plainChunk  = 1 << 16
	plainChunks = 512
	plainUnit   = 8
	plainHead   = 4
	refBits     = 24
	leastBits   = 6
)

func newPlainSet(limit int) *plainSet {
	v := &plainSet{limit: min(limit, plainChunk*plainChunks)}
	v.table.Store(newPlainTable())
	return v
}

func newPlainTable() *plainTable {
	return &plainTable{slots: make([]atomic.Uint64, 1<<leastBits), shift: 64 - leastBits, chunks: new([plainChunks]atomic.Pointer[[plainChunk]byte])}
}

// find gives where the record of the word s of a language is, 0 if there is none.
func (t *plainTable) find(hash uint64, s string, language int) uint32 {
	mask := uint64(len(t.slots) - 1)
	for i := hash >> t.shift; ; i = (i + 1) & mask {
		slot := t.slots[i].Load()
		if slot == 0 {
			return 0
		}
		if (slot^hash)>>refBits != 0 {
			continue
		}
		ref := uint32(slot & (1<<refBits - 1))
		if r := t.record(ref); int(r[2]) == len(s) && int(binary.LittleEndian.Uint16(r)) == language && string(wordOf(r)) == s {
			return ref
		}
	}
}

func (t *plainTable) record(ref uint32) []byte {
	at := int(ref-1) * plainUnit
	return t.chunks[at/plainChunk].Load()[at%plainChunk:]
}

func wordOf(record []byte) []byte {
	return record[plainHead+8*int(record[3]):][:record[2]]
}

// appendHashes appends the hashes of the keys by which the word at ref is looked up.
func (t *plainTable) appendHashes(list []uint64, ref uint32) []uint64 {
	r := t.record(ref)
	for i := range int(r[3]) {
		list = append(list, binary.LittleEndian.Uint64(r[plainHead+8*i:]))
	}
	return list
}

// add keeps a word; long ones and those of the 65,537th language are not worth it.
func (v *plainSet) add(hash uint64, s string, language int, hashes []uint64) {
	if len(s) > 255 || len(hashes) > 255 || language > 0xFFFF {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	t := v.table.Load()
	if t.find(hash, s, language) != 0 {
		return
	}
	size := plainHead + 8*len(hashes) + len(s)
	at := (t.end + plainUnit - 1) &^ (plainUnit - 1)
	if at%plainChunk+size > plainChunk {
		at = (at + plainChunk - 1) &^ (plainChunk - 1)
	}
	switch {
	case at+size+8*len(t.slots) > v.limit:
		t, at = newPlainTable(), 0
		v.table.Store(t)
	case 4*t.used >= 3*len(t.slots):
		t = t.grown()
		v.table.Store(t)
	}
	t.put(hash, at, s, language, hashes)
	t.end = at + size
}

func (t *plainTable) put(hash uint64, at int, s string, language int, hashes []uint64) {
	chunk := &t.chunks[at/plainChunk]
	if chunk.Load() == nil {
		chunk.Store(new([plainChunk]byte))
	}
	r := chunk.Load()[at%plainChunk:]
	binary.LittleEndian.PutUint16(r, uint16(language))
	r[2], r[3] = byte(len(s)), byte(len(hashes))
	for i, h := range hashes {
		binary.LittleEndian.PutUint64(r[plainHead+8*i:], h)
	}
	copy(r[plainHead+8*len(hashes):], s)
	t.slot(hash, uint64(at/plainUnit+1))
}

// slot puts a reference into the first free slot.
func (t *plainTable) slot(hash, ref uint64) {
	mask := uint64(len(t.slots) - 1)
	i := hash >> t.shift
	for t.slots[i].Load() != 0 {
		i = (i + 1) & mask
	}
	t.slots[i].Store(hash&^(1<<refBits-1) | ref)
	t.used++
}

func (t *plainTable) grown() *plainTable {
	g := &plainTable{slots: make([]atomic.Uint64, 2*len(t.slots)), shift: t.shift - 1, chunks: t.chunks, end: t.end}
	for i := range t.slots {
		if slot := t.slots[i].Load(); slot != 0 {
			g.slot(slot, slot&(1<<refBits-1))
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
