package output

import (
	"bytes"
	"iter"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// A pathSet holds the paths that a build adds. They lie one after the other, a
// line each, and a table of offsets finds them: a path costs its bytes and about
// ten more, where a map of strings costs its bytes and fifty. A path that is
// taken out leaves its bytes behind.
type pathSet struct {
	text  []byte
	table []uint64 // offset + 1 and, above, a part of the hash; 0 is free, vacated was in use
	count int
	used  int // places of the table that are not free
}

const (
	vacated    = ^uint64(0)
	offsetBits = 40 // of an entry: a terabyte of paths
)

func tag(h uint64) uint64 { return h &^ (1<<offsetBits - 1) }

// at gives the path of an entry of the table.
func (s *pathSet) at(entry uint64) []byte {
	rest := s.text[entry&(1<<offsetBits-1)-1:]
	return rest[:bytes.IndexByte(rest, '\n')]
}

// find gives the place of p in the table, or -1.
func (s *pathSet) find(p string) int {
	if s.count == 0 {
		return -1
	}
	h, mask := xxhash.Sum64String(p), len(s.table)-1
	for i := int(h) & mask; s.table[i] != 0; i = (i + 1) & mask {
		if e := s.table[i]; e != vacated && tag(e) == tag(h) && string(s.at(e)) == p {
			return i
		}
	}
	return -1
}

func (s *pathSet) has(p string) bool { return s.find(p) >= 0 }

func (s *pathSet) add(p string) {
	if s.has(p) {
		return
	}
	if 4*(s.used+1) > 3*len(s.table) {
		s.grow()
	}
	s.place(xxhash.Sum64String(p), uint64(len(s.text))+1)
	s.count++
	s.text = append(append(s.text, p...), '\n')
}

func (s *pathSet) place(h, offset uint64) {
	mask := len(s.table) - 1
	i := int(h) & mask
	for s.table[i] != 0 {
		i = (i + 1) & mask
	}
	s.table[i] = tag(h) | offset
	s.used++
}

func (s *pathSet) grow() {
	old := s.table
	s.table, s.used = make([]uint64, max(64, 2*len(old))), 0
	if 2*s.count < len(old) { // most of it was vacated
		s.table = make([]uint64, max(64, len(old)))
	}
	for _, e := range old {
		if e != 0 && e != vacated {
			s.place(xxhash.Sum64(s.at(e)), e&(1<<offsetBits-1))
		}
	}
}

func (s *pathSet) remove(p string) {
	if i := s.find(p); i >= 0 {
		s.table[i] = vacated
		s.count--
	}
}

// all gives the paths in no order.
func (s *pathSet) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range s.table {
			if e != 0 && e != vacated && !yield(string(s.at(e))) {
				return
			}
		}
	}
}

// sorted gives the paths by byte, in memory that others do not change.
func (s *pathSet) sorted() [][]byte {
	list := make([][]byte, 0, s.count)
	for _, e := range s.table {
		if e != 0 && e != vacated {
			list = append(list, s.at(e))
		}
	}
	slices.SortFunc(list, bytes.Compare)
	return list
}
