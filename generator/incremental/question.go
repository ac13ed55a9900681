package incremental

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// A question, encoded. The first byte is its kind, then the number of the
// stratum or index, then its arguments; strings are preceded by their length as
// an unsigned varint, numbers are signed varints:
//
//	v stratum key aspect            one aspect of a value
//	r index group from to limit rev rows within a Range
//	b index group from to limit     the last rows before to, and how many there are in powers of two
//	n index group from to n         are there at least n rows between
//	c index group from to width     counts by the first bytes of Sort
//	t 0 unix                        has the clock reached the instant
//
// The kinds r, b, n and c are about a group, v about a value, t about a day: the
// touch of a question is the hash of what it is about.
type question struct {
	kind       byte
	number     uint8
	name       string // key or group
	text, more string // aspect; from and to
	n          int64
	reverse    bool
}

const secondsPerDay = 86400

func (q *question) encode(b []byte) []byte {
	str := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = append(b, q.kind, q.number)
	switch q.kind {
	case 'v':
		str(q.name)
		str(q.text)
	case 'r':
		str(q.name)
		str(q.text)
		str(q.more)
		b = binary.AppendVarint(b, q.n)
		if q.reverse {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	case 'b', 'n', 'c':
		str(q.name)
		str(q.text)
		str(q.more)
		b = binary.AppendVarint(b, q.n)
	case 't':
		b = binary.AppendVarint(b, q.n)
	}
	return b
}

// decodeQuestion is the inverse of encode; ok is false for bytes that encode
// never wrote.
func decodeQuestion(b []byte) (q question, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	q.kind, q.number = b[0], b[1]
	b = b[2:]
	str := func() string {
		n, size := binary.Uvarint(b)
		s := string(b[size : size+int(n)])
		b = b[size+int(n):]
		return s
	}
	num := func() int64 {
		n, size := binary.Varint(b)
		b = b[size:]
		return n
	}
	switch q.kind {
	case 'v':
		q.name, q.text = str(), str()
	case 'r':
		q.name, q.text, q.more, q.n = str(), str(), str(), num()
		q.reverse = b[0] == 1
	case 'b', 'n', 'c':
		q.name, q.text, q.more, q.n = str(), str(), str(), num()
	case 't':
		q.n = num()
	default:
		return q, false
	}
	return q, true
}

// touch is the hash of what the question is about.
func (q *question) touch() uint64 {
	switch q.kind {
	case 'v':
		return touchOf('v', q.number, q.name)
	case 't':
		return touchOfDay(q.n / secondsPerDay)
	}
	return touchOf('r', q.number, q.name)
}

func touchOf(kind byte, number uint8, name string) uint64 {
	var b [64]byte
	return xxhash.Sum64(append(append(b[:0], kind, number), name...))
}

func touchOfDay(day int64) uint64 {
	return xxhash.Sum64(binary.AppendVarint([]byte{'t'}, day))
}

// groupHash is what filters hold of a group.
func groupHash(index uint8, group string) uint64 { return touchOf('f', index, group) }

// hashRows versions an answer that is rows, in their order.
func hashRows(found selection) uint64 {
	h := uint64(len(found.rows))
	for i := range found.rows {
		h = bits.RotateLeft64(h, 17)*0x9e3779b97f4a7c15 ^ found.at(i).hash
	}
	return h
}

func hashCounts(counts []Count) uint64 {
	var d xxhash.Digest
	d.Reset()
	for _, c := range counts {
		fmt.Fprintf(&d, "%q%d,", c.Prefix, c.N)
	}
	return d.Sum64()
}

// answer asks the question and returns the hash of its answer.
func (e *Engine) answer(q *question) uint64 {
	switch q.kind {
	case 'v':
		v, ok := e.value(valueKey{q.number, q.name, q.text})
		if !ok {
			return 0
		}
		return v.hash
	case 't':
		return boolHash(e.clock >= q.n)
	}
	rows := e.group(place{q.number, q.name})
	switch q.kind {
	case 'r':
		return hashRows(selectRows(rows, Range{q.text, q.more, int(q.n), q.reverse}))
	case 'b':
		return hashBefore(before(rows, q.text, q.more, int(q.n)))
	case 'n':
		return boolHash(len(between(rows, q.text, q.more)) >= int(q.n))
	case 'c':
		return hashCounts(countPrefixes(between(rows, q.text, q.more), int(q.n)))
	}
	return 0
}

// before returns the last n rows between two places, last first, and the number
// of bits of how many there are.
func before(rows []entry, from, to string, n int) (selection, int) {
	rows = between(rows, from, to)
	return selectRows(rows, Range{Limit: n, Reverse: true}), bits.Len(uint(len(rows)))
}

func hashBefore(found selection, magnitude int) uint64 { return hashRows(found) + uint64(magnitude) }

func boolHash(b bool) uint64 {
	if b {
		return 1
	}
	return 2
}

// describe says a question in words, for Explain.
func (e *Engine) describe(q question) string {
	name := func() string { return string(e.indexes[q.number]) + " " + q.name }
	switch q.kind {
	case 'v':
		return fmt.Sprintf("%s of %s %s", q.text, e.strata[q.number].Name, q.name)
	case 'r':
		return fmt.Sprintf("rows of %s (from %q to %q, limit %d, reverse %t)", name(), q.text, q.more, q.n, q.reverse)
	case 'b':
		return fmt.Sprintf("the %d rows of %s before %q", q.n, name(), q.more)
	case 'n':
		return fmt.Sprintf("at least %d in %s%s", q.n, name(), q.span())
	case 'c':
		return "counts in " + name() + q.span()
	}
	return fmt.Sprintf("clock past %d", q.n)
}

func (q *question) span() string {
	if q.text == "" && q.more == "" {
		return ""
	}
	return fmt.Sprintf(" (from %q to %q)", q.text, q.more)
}

// bound is the place from which on a change of the group cannot alter the
// answer; "" if there is none.
func (q *question) bound() string {
	switch q.kind {
	case 'r', 'b', 'n', 'c':
		return q.more
	}
	return ""
}
