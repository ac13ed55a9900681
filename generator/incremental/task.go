package incremental

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"strings"

	"mihbara/generator/record"
)

// A Task is one function for one key.
type Task struct{ Stratum, Key string }

func compareTasks(a, b Task) int {
	return cmp.Or(strings.Compare(a.Stratum, b.Stratum), strings.Compare(a.Key, b.Key))
}

// A taskRef is a task's stratum, in the upper six bits, and its number therein.
type taskRef uint32

const (
	refBits    = 26
	maxStrata  = 1<<(32-refBits) - 1
	maxNumbers = 1 << refBits
	// byInput stands for who gives the rows of inputs: no stratum has its number.
	byInput taskRef = 1<<32 - 1
)

func refOf(stratum uint8, number uint32) taskRef { return taskRef(uint32(stratum)<<refBits | number) }

func (r taskRef) stratum() uint8 { return uint8(r >> refBits) }
func (r taskRef) number() uint32 { return uint32(r) & (maxNumbers - 1) }

// A task is what is kept of one run of one function. It shares the bytes of its
// record, which is
//
//	flags: has a file · uvarint number · uvarint batch of what it asked
//	[hash of the file(8)] · uvarint number of parts · [offsets of the parts(4 each)] · parts
//
// with the offsets, from the first part on, only if there are more than fewParts.
// A part is one aspect of its value:
//
//	length of the name(1) · name · hash(8) · 1 if only the hash was kept, else 0 · length(4) · bytes
//
// Parts are sorted by name. The rows that it gave lie apart, for they are only
// wanted when it runs again.
type task struct {
	ref     taskRef
	asked   uint32 // the batch of askings that holds what it asked
	hasFile bool
	file    uint64 // XXH64 of its bytes
	count   int    // of parts
	offsets []byte
	parts   []byte
	extra   spot // where the rows that it gave lie, and its filter
	record  []byte
}

// fewParts is up to how many parts are looked at one after another.
const fewParts = 8

// A part is one aspect of a value, encoded, with its hash.
type part struct {
	name string
	hash uint64
	data []byte // nil where only the hash was kept
}

// partAt reads a part and says where the next one begins.
func partAt(b []byte) (p part, size int) {
	n := 1 + int(b[0])
	p.name = text(b[1:n])
	p.hash = binary.LittleEndian.Uint64(b[n:])
	remade := b[n+8] != 0
	length := int(binary.LittleEndian.Uint32(b[n+9:]))
	n += partHead
	if !remade {
		p.data = b[n : n+length : n+length]
	}
	return p, n + length
}

// partHead is how many bytes stand between a part's name and its value.
const partHead = 8 + 1 + 4

// appendPartHead appends all of a part but its bytes, which the caller appends.
// Their length is written by endPart.
func appendPartHead(b []byte, name string) []byte {
	b = append(append(b, byte(len(name))), name...)
	return append(b, make([]byte, partHead)...)
}

// endPart writes the head of a part whose value begins at from.
func endPart(b []byte, from int, hash uint64, remade bool) {
	head := b[from-partHead : from]
	binary.LittleEndian.PutUint64(head, hash)
	if remade {
		head[8] = 1
	}
	binary.LittleEndian.PutUint32(head[9:], uint32(len(b)-from))
}

// part returns an aspect; ok is false if there is none.
func (t *task) part(name string) (p part, ok bool) {
	if t.count > fewParts {
		return t.partAmong(name)
	}
	b := t.parts
	for range t.count {
		if int(b[0]) == len(name) && text(b[1:1+len(name)]) == name {
			p, _ = partAt(b)
			return p, true
		}
		n := 1 + int(b[0]) + partHead
		b = b[n+int(binary.LittleEndian.Uint32(b[n-4:])):]
	}
	return part{}, false
}

// partAmong finds one of many aspects.
func (t *task) partAmong(name string) (p part, ok bool) {
	lo, hi := 0, t.count
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		p, _ = partAt(t.parts[binary.LittleEndian.Uint32(t.offsets[4*mid:]):])
		switch c := strings.Compare(p.name, name); {
		case c == 0:
			return p, true
		case c < 0:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return part{}, false
}

// eachPart calls f with the aspects, by name.
func (t *task) eachPart(f func(part)) {
	b := t.parts
	for range t.count {
		p, size := partAt(b)
		f(p)
		b = b[size:]
	}
}

// appendTaskHead appends a record up to its parts, and says where its offsets
// begin if it has any.
func appendTaskHead(b []byte, t *task, parts int) (_ []byte, offsets int) {
	b = record.AppendFlags(b, t.hasFile)
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(t.ref.number())), uint64(t.asked))
	if t.hasFile {
		b = record.AppendHash(b, t.file)
	}
	b = binary.AppendUvarint(b, uint64(parts))
	offsets = len(b)
	if parts > fewParts {
		b = append(b, make([]byte, 4*parts)...)
	}
	return b, offsets
}

// viewTask shows a record that is known to be one.
func viewTask(stratum uint8, b []byte) (t task) {
	t.record = b
	t.hasFile = b[0] == 1
	b = b[1:]
	number, n := binary.Uvarint(b)
	b = b[n:]
	asked, n := binary.Uvarint(b)
	b = b[n:]
	t.ref, t.asked = refOf(stratum, uint32(number)), uint32(asked)
	if t.hasFile {
		t.file = binary.LittleEndian.Uint64(b)
		b = b[8:]
	}
	count, n := binary.Uvarint(b)
	b = b[n:]
	if t.count = int(count); count > fewParts {
		t.offsets, b = b[:4*count], b[4*count:]
	}
	t.parts = b
	return t
}

// parseTask is viewTask for bytes that the store gave: the error is that they are
// no record.
func parseTask(stratum uint8, data []byte) (t task, err error) {
	r := record.Share(data)
	var hasFile bool
	r.Flags(&hasFile)
	number, asked := r.Uint(), r.Uint()
	if hasFile {
		r.Hash()
	}
	count := r.Uint()
	if r.Broken() != nil || number >= maxNumbers || asked > 1<<32-1 || count > uint64(len(data)) {
		return t, fmt.Errorf("task: %w", record.ErrBroken)
	}
	rest := data[len(data)-len(r.Rest()):]
	var offsets []byte
	if count > fewParts {
		if uint64(len(rest)) < 4*count {
			return t, fmt.Errorf("task: %w", record.ErrBroken)
		}
		offsets, rest = rest[:4*count], rest[4*count:]
	}
	at := 0
	for i := range int(count) {
		size := partSize(rest[at:])
		if size < 0 || offsets != nil && binary.LittleEndian.Uint32(offsets[4*i:]) != uint32(at) {
			return t, fmt.Errorf("part of a task: %w", record.ErrBroken)
		}
		at += size
	}
	if at != len(rest) {
		return t, fmt.Errorf("task: %w", record.ErrBroken)
	}
	return viewTask(stratum, data), nil
}

// partSize is how many bytes a part takes, -1 if there is none.
func partSize(b []byte) int {
	if len(b) < 1 || len(b) < 1+int(b[0])+partHead {
		return -1
	}
	n := 1 + int(b[0]) + partHead
	length := binary.LittleEndian.Uint32(b[n-4:])
	if remade := b[n-5]; remade > 1 || remade == 1 && length > 0 || uint64(length) > uint64(len(b)-n) {
		return -1
	}
	return n + int(length)
}

// changedParts lists the aspects of a value that are not what they were. A task
// that was or is not there has none.
func changedParts(was, is *task) (changed []string) {
	is.eachPart(func(p part) {
		if before, ok := was.part(p.name); !ok || before.hash != p.hash {
			changed = append(changed, p.name)
		}
	})
	was.eachPart(func(p part) {
		if _, ok := is.part(p.name); !ok {
			changed = append(changed, p.name)
		}
	})
	return changed
}
