// Package record writes plain values as bytes and reads them again: what the
// aspects of an article are kept as, of which an archive keeps millions. It
// takes numbers, texts and lists one after another and gives no names to them,
// so that a type's AppendBinary and UnmarshalBinary must agree on the order.
//
// The same values give the same bytes. Numbers are varints (seven bits a byte,
// the least first; signed ones in zigzag), a hash is eight bytes, a text is its
// length and its bytes, a list or a map its length plus one, 0 being nil. A
// [Reader] takes any bytes: it never panics, never makes more than its input
// accounts for, and says at its end whether they were a record.
package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"unsafe"
)

// ErrBroken says that bytes are not a record of the kind that was to be read.
var ErrBroken = errors.New("not a record")

// AppendInt appends a number of either sign.
func AppendInt[N ~int | ~int64](b []byte, n N) []byte { return binary.AppendVarint(b, int64(n)) }

// AppendUint appends a number.
func AppendUint(b []byte, n uint64) []byte { return binary.AppendUvarint(b, n) }

// AppendHash appends a number of which all 64 bits count, as eight bytes, the
// least first: as a varint it would take ten.
func AppendHash(b []byte, h uint64) []byte { return binary.LittleEndian.AppendUint64(b, h) }

// AppendString appends a text.
func AppendString[S ~string](b []byte, s S) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// AppendLen appends the length of a list whose items follow; nil is not empty.
func AppendLen[T any](b []byte, list []T) []byte {
	if list == nil {
		return append(b, 0)
	}
	return binary.AppendUvarint(b, uint64(len(list))+1)
}

// AppendStrings appends a list of texts.
func AppendStrings[S ~string](b []byte, list []S) []byte {
	b = AppendLen(b, list)
	for _, s := range list {
		b = AppendString(b, s)
	}
	return b
}

// AppendFlags appends up to 64 answers, yes or no.
func AppendFlags(b []byte, flags ...bool) []byte {
	n := uint64(0)
	for i, f := range flags {
		if f {
			n |= 1 << i
		}
	}
	return binary.AppendUvarint(b, n)
}

// The kinds of a value of any type.
const (
	kindNil = iota
	kindFalse
	kindTrue
	kindInt
	kindFloat
	kindString
	kindList
	kindMap
)

// deepest is how far values of any type may stand inside one another.
const deepest = 100

// AppendAny appends nil, a bool, int64, float64, string, []any or map[string]any.
func AppendAny(b []byte, v any) ([]byte, error) { return appendAny(b, v, deepest) }

func appendAny(b []byte, v any, room int) ([]byte, error) {
	if room == 0 {
		return b, errors.New("values stand inside one another too deep")
	}
	var err error
	switch v := v.(type) {
	case nil:
		return append(b, kindNil), nil
	case bool:
		if v {
			return append(b, kindTrue), nil
		}
		return append(b, kindFalse), nil
	case int64:
		return AppendInt(append(b, kindInt), v), nil
	case float64:
		return AppendHash(append(b, kindFloat), math.Float64bits(v)), nil
	case string:
		return AppendString(append(b, kindString), v), nil
	case []any:
		b = AppendLen(append(b, kindList), v)
		for _, x := range v {
			if b, err = appendAny(b, x, room-1); err != nil {
				return b, err
			}
		}
		return b, nil
	case map[string]any:
		return appendMap(append(b, kindMap), v, room-1)
	}
	return b, fmt.Errorf("a value of type %T cannot be kept", v)
}

// AppendMap appends a map of such values, by its keys.
func AppendMap(b []byte, m map[string]any) ([]byte, error) { return appendMap(b, m, deepest) }

func appendMap(b []byte, m map[string]any, room int) ([]byte, error) {
	if m == nil {
		return append(b, 0), nil
	}
	b = binary.AppendUvarint(b, uint64(len(m))+1)
	var err error
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if b, err = appendAny(AppendString(b, key), m[key], room); err != nil {
			return b, fmt.Errorf("%s: %w", key, err)
		}
	}
	return b, nil
}

// A Reader reads what was appended, in the same order. After the first thing
// that is none it reads zero values.
type Reader struct {
	rest   string
	broken bool
}

// NewReader gives a reader of a copy of data, of which all texts are parts.
func NewReader(data []byte) *Reader { return &Reader{rest: string(data)} }

// Share gives a reader of data itself, which must not change as long as anything
// that was read is used.
func Share(data []byte) *Reader {
	return &Reader{rest: unsafe.String(unsafe.SliceData(data), len(data))}
}

// Rest reads all that is left, unless something before was broken.
func (r *Reader) Rest() string {
	s := r.rest
	r.rest = ""
	return s
}

// Err gives [ErrBroken] if anything read was not there, or something is left.
func (r *Reader) Err() error {
	if r.broken || r.rest != "" {
		return ErrBroken
	}
	return nil
}

// Broken gives [ErrBroken] if anything read was not there.
func (r *Reader) Broken() error {
	if r.broken {
		return ErrBroken
	}
	return nil
}

// Break says that what was read makes no sense.
func (r *Reader) Break() { r.broken, r.rest = true, "" }

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if r.rest == "" {
		r.Break()
		return 0
	}
	c := r.rest[0]
	r.rest = r.rest[1:]
	return c
}

// Uint reads a number. Of the ways to write one only the shortest counts.
func (r *Reader) Uint() uint64 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 {
		n := r.rest[0]
		r.rest = r.rest[1:]
		return uint64(n)
	}
	var n uint64
	for i := range min(len(r.rest), binary.MaxVarintLen64) {
		c := r.rest[i]
		n |= uint64(c&0x7F) << (7 * i)
		if c < 0x80 {
			if c == 0 || i == 9 && c > 1 {
				break
			}
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.Break()
	return 0
}

// Int64 reads a number of either sign.
func (r *Reader) Int64() int64 {
	n := r.Uint()
	return int64(n>>1) ^ -int64(n&1)
}

// Int reads a number of either sign that an int holds.
func (r *Reader) Int() int {
	n := r.Int64()
	if int64(int(n)) != n {
		r.Break()
		return 0
	}
	return int(n)
}

// Hash reads what [AppendHash] appended.
func (r *Reader) Hash() (h uint64) {
	if len(r.rest) < 8 {
		r.Break()
		return 0
	}
	for i := range 8 {
		h |= uint64(r.rest[i]) << (8 * i)
	}
	r.rest = r.rest[8:]
	return h
}

// String reads a text.
func (r *Reader) String() string {
	n := r.Uint()
	if n > uint64(len(r.rest)) {
		r.Break()
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// Len reads the length of a list and whether it is one, not nil. It is no longer
// than the bytes that are left, of which each item takes at least one.
func (r *Reader) Len() (n int, ok bool) {
	switch n := r.Uint(); {
	case n == 0:
		return 0, false
	case n-1 > uint64(len(r.rest)):
		r.Break()
		return 0, false
	default:
		return int(n - 1), true
	}
}

// Strings reads a list of texts.
func Strings[S ~string](r *Reader) []S {
	n, ok := r.Len()
	if !ok {
		return nil
	}
	list := make([]S, n)
	for i := range list {
		list[i] = S(r.String())
	}
	return list
}

// Flags reads what AppendFlags appended.
func (r *Reader) Flags(flags ...*bool) {
	n := r.Uint()
	for i, f := range flags {
		*f = n&(1<<i) != 0
	}
	if len(flags) < 64 && n>>len(flags) != 0 {
		r.Break()
	}
}

// Any reads what [AppendAny] appended.
func (r *Reader) Any() any { return r.value(deepest) }

func (r *Reader) value(room int) any {
	if room == 0 || r.rest == "" {
		r.Break()
		return nil
	}
	kind := r.rest[0]
	r.rest = r.rest[1:]
	switch kind {
	case kindNil:
		return nil
	case kindFalse, kindTrue:
		return kind == kindTrue
	case kindInt:
		return r.Int64()
	case kindFloat:
		return math.Float64frombits(r.Hash())
	case kindString:
		return r.String()
	case kindList:
		n, ok := r.Len()
		if !ok {
			return []any(nil)
		}
		list := make([]any, 0, min(n, 64)) // an item takes a byte and sixteen in memory
		for i := 0; i < n && !r.broken; i++ {
			list = append(list, r.value(room-1))
		}
		return list
	case kindMap:
		return r.entries(room - 1)
	}
	r.Break()
	return nil
}

// Map reads what [AppendMap] appended.
func (r *Reader) Map() map[string]any { return r.entries(deepest) }

func (r *Reader) entries(room int) map[string]any {
	n, ok := r.Len()
	if !ok {
		return nil
	}
	m := make(map[string]any, min(n, 64))
	before := ""
	for i := 0; i < n && !r.broken; i++ {
		key := r.String()
		if i > 0 && key <= before {
			r.Break() // keys come in order, each once
		}
		m[key], before = r.value(room), key
	}
	return m
}
