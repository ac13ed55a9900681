package archive

import (
	"encoding/binary"
	"math"
	"math/bits"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A Sketch is a MinHash of a text (Broder 1997) by one permutation (Li, Owen
// and Zhang 2012): the hashes of all runs of shingle words fall into sketchSize
// bins by their highest bits, and each place holds the least of its bin. The
// share of equal places estimates the share of equal runs of two texts. Nil for
// a text too short to tell.
type Sketch []uint16

const (
	sketchBits = 5
	sketchSize = 1 << sketchBits
	bandSize   = 4
	shingle    = 4
	// minWords is the length below which texts are alike by chance.
	minWords = 30
	// alike is how many places of two sketches agree at least in near-duplicates:
	// about half of all runs of words.
	alike = 16
)

// A Band is some places of a sketch with their numbers. Near-duplicates agree
// in at least one with near certainty: at half the places equal, one of eight
// bands of four is with 40 %, at four fifths with 98 %.
type Band uint64

// SketchOf sketches the text of an article in a language. Words are compared by
// their light keys, so that vowel marks, kashida and the variants of a letter do
// not matter.
func SketchOf(text string, t lang.Tag) Sketch {
	var buffer [512]lang.Word // enough for most articles
	return SketchOfWords(text, lang.AppendWords(buffer[:0], text), t)
}

// SketchOfWords is [SketchOf] for whoever has the words of the text already.
func SketchOfWords(text string, words []lang.Word, t lang.Tag) Sketch {
	if len(words) < minWords {
		return nil
	}
	var least [sketchSize]uint64
	for i := range least {
		least[i] = empty
	}
	var run [shingle]uint64 // hashes of the last words
	var room [64]byte       // enough for most words
	key := room[:0]
	for i, w := range words {
		key = lang.AppendLight(key[:0], text[w.Start:w.End], t)
		copy(run[:], run[1:])
		run[shingle-1] = hashOf(key)
		if i < shingle-1 {
			continue
		}
		h := mix(run[0] ^ bits.RotateLeft64(run[1], 13) ^ bits.RotateLeft64(run[2], 29) ^ bits.RotateLeft64(run[3], 47))
		bin := &least[h>>(64-sketchBits)]
		*bin = min(*bin, h&^1)
	}
	fill(&least)
	s := make(Sketch, sketchSize)
	for i, l := range least {
		s[i] = uint16(l >> 16)
	}
	return s
}

// empty stands in a bin that no run fell into: no run's hash, since these are
// even.
const empty = math.MaxUint64

// fill gives each empty bin what another one holds: the first that is not empty
// in an order which depends on the bin alone (Shrivastava 2017), so that texts
// whose bins are alike borrow alike.
func fill(least *[sketchSize]uint64) {
	found := *least
	for i := range least {
		for try := uint64(0); least[i] == empty; try++ {
			least[i] = found[mix(uint64(i+1)<<32|try)>>(64-sketchBits)]
		}
	}
}

// hashOf hashes the key of a word, eight bytes at a time; the same in every
// build, since sketches are stored.
func hashOf(key []byte) uint64 {
	h := uint64(len(key))
	for ; len(key) >= 8; key = key[8:] {
		h = mix(h ^ binary.LittleEndian.Uint64(key))
	}
	var rest [8]byte
	copy(rest[:], key)
	return mix(h ^ binary.LittleEndian.Uint64(rest[:]))
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Bands returns the bands of a sketch.
func (s Sketch) Bands() []Band {
	var out []Band
	for i := 0; i+bandSize <= len(s); i += bandSize {
		h := uint64(i)
		for _, v := range s[i : i+bandSize] {
			h = mix(h<<16 ^ h>>48 ^ uint64(v))
		}
		out = append(out, Band(h))
	}
	return out
}

// Bytes encodes a sketch, two little-endian bytes a place.
func (s Sketch) Bytes() []byte {
	if len(s) == 0 {
		return nil
	}
	b := make([]byte, 0, 2*len(s))
	for _, v := range s {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

// ParseSketch is the inverse of Bytes.
func ParseSketch(b []byte) Sketch {
	s := make(Sketch, len(b)/2)
	for i := range s {
		s[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return s
}

// Alike tells whether two sketches are those of near-duplicates.
func (s Sketch) Alike(t Sketch) bool {
	if len(s) != len(t) || len(s) == 0 {
		return false
	}
	same := 0
	for i := range s {
		if s[i] == t[i] {
			same++
		}
	}
	return same >= alike
}

// duplicate returns the earliest article of the same language whose text is
// nearly the same.
func duplicate(n Neighbourhood, s Sketch, p Place, sort string) article.ID {
	var first Neighbour
	for _, b := range s.Bands() {
		other, sketch, ok := n.Earliest(b, sort)
		if !ok || other.Language != p.Card.Language || !s.Alike(sketch) {
			continue
		}
		if first.ID == "" || other.Sort < first.Sort {
			first = other
		}
	}
	return first.ID
}
