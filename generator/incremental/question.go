package incremental

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// A question is about a value, a group or a day. Encoded it is only what it asks
// of them: its kind and its arguments; strings are preceded by their length as an
// unsigned varint, numbers are signed varints:
//
//	v aspect                is it what it was?
//	r from to limit reverse rows within a Range
//	b from to limit         the last rows before to, and how many there are in powers of two
//	n from to n             are there at least n rows between?
//	c from to width         counts by the first bytes of Sort
//	t unix                  has the clock reached the instant?
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
	b = append(b, q.kind)
	if q.kind == 't' {
		return binary.AppendVarint(b, q.n)
	}
	b = append(binary.AppendUvarint(b, uint64(len(q.text))), q.text...)
	if q.kind == 'v' {
		return b
	}
	b = append(binary.AppendUvarint(b, uint64(len(q.more))), q.more...)
	b = binary.AppendVarint(b, q.n)
	if q.kind == 'r' {
		b = append(b, 0)
		if q.reverse {
			b[len(b)-1] = 1
		}
	}
	return b
}

// decodeQuestion is the inverse of encode; ok is false for bytes that encode
// never wrote. Its texts share b.
func decodeQuestion(b []byte) (q question, ok bool) {
	ok = true
	str := func() string {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			ok, b = false, nil
			return ""
		}
		s := text(b[size : size+int(n)])
		b = b[size+int(n):]
		return s
	}
	num := func() int64 {
		n, size := binary.Varint(b)
		if size <= 0 {
			ok, b = false, nil
			return 0
		}
		b = b[size:]
		return n
	}
	if len(b) == 0 {
		return q, false
	}
	q.kind, b = b[0], b[1:]
	switch q.kind {
	case 'v':
		q.text = str()
	case 'r', 'b', 'n', 'c':
		q.text, q.more, q.n = str(), str(), num()
		if q.kind == 'r' && ok {
			ok = len(b) == 1
			q.reverse = ok && b[0] == 1
		}
	case 't':
		q.n = num()
	default:
		return q, false
	}
	return q, ok
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
	var b [96]byte
	return xxhash.Sum64(append(append(b[:0], kind, number), name...))
}

func touchOfDay(day int64) uint64 {
	return xxhash.Sum64(binary.AppendVarint([]byte{'t'}, day))
}

// groupHash is what filters hold of a group.
func groupHash(index uint8, group string) uint64 { return touchOf('f', index, group) }

// concerns tells whether a change of the group at the place sort, or after it,
// can alter the answer.
func (q *question) concerns(sort string) bool { return q.more == "" || q.more > sort }

// differs tells whether the answer about a group is another one for other rows.
func (q *question) differs(was, is *group) bool {
	switch q.kind {
	case 'r':
		r := Range{q.text, q.more, int(q.n), q.reverse}
		return !was.within(r).equal(is.within(r))
	case 'b':
		a, m := was.before(q.text, q.more, int(q.n))
		b, n := is.before(q.text, q.more, int(q.n))
		return m != n || !a.equal(b)
	case 'n':
		return (was.between(q.text, q.more).n >= int(q.n)) != (is.between(q.text, q.more).n >= int(q.n))
	case 'c':
		return !slices.Equal(was.between(q.text, q.more).counts(int(q.n)), is.between(q.text, q.more).counts(int(q.n)))
	}
	return true
}

// describe says a question in words, for Explain.
func (e *Engine) describe(q *question) string {
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
