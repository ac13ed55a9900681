package lang

import (
	"math/bits"
	"sync"
)

// A greeting says what the frequent words of a script's languages mean to one
// of them. It lies in a table of some thirty kilobytes, which stays in the
// processor's cache where the table of all shapes does not: it is asked for the
// first words of every paragraph.
type greeting struct {
	slots []uint32 // of a word: 24 bits of its hash, and its points as a signed byte; 0 is empty
	mask  uint64
}

// A listedWord is a word that is frequent in the languages of its mask.
type listedWord struct {
	hash  uint64
	langs uint16
}

// newGreetings gives the greeting of each of n languages, made when it is first
// asked for.
func newGreetings(words map[string]uint16, n int) []func() *greeting {
	list := make([]listedWord, 0, len(words))
	for w, langs := range words {
		h := uint64(hashStart)
		for _, r := range w {
			h = hashNext(h, r)
		}
		list = append(list, listedWord{h, langs})
	}
	all := make([]func() *greeting, n)
	for i := range all {
		all[i] = sync.OnceValue(func() *greeting { return newGreeting(list, uint16(1)<<i) })
	}
	return all
}

func newGreeting(list []listedWord, own uint16) *greeting {
	size := 64
	for size < 2*len(list) {
		size *= 2
	}
	g := &greeting{make([]uint32, size), uint64(size - 1)}
	for _, w := range list {
		points := -wordWeight / 2
		if w.langs&own != 0 {
			points = wordWeight / bits.OnesCount16(w.langs)
		}
		i, tag := g.place(w.hash)
		for g.slots[i] != 0 {
			i = (i + 1) & g.mask
		}
		g.slots[i] = tag | uint32(uint8(int8(points)))
	}
	return g
}

// place gives where a hash would stand, and what marks it there.
func (g *greeting) place(hash uint64) (i uint64, tag uint32) {
	hash ^= hash >> 29
	return hash & g.mask, uint32(hash>>40)<<8 | 1<<31
}

// points tells what a word says: it is the language's own, more if few others
// have it, or others' (negative), or on no list (0).
func (g *greeting) points(hash uint64) int {
	i, tag := g.place(hash)
	for ; ; i = (i + 1) & g.mask {
		switch s := g.slots[i]; {
		case s == 0:
			return 0
		case s&^0xFF == tag:
			return int(int8(s))
		}
	}
}
