package archive

import (
	"encoding/binary"
	"hash/fnv"
	"math"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A Sketch is a MinHash of a text (Broder 1997): for each of sketchSize hash
// functions the least hash of any run of shingle words. The share of equal
// places estimates the share of equal runs of two texts. Nil for a text too
// short to tell.
type Sketch []uint16

const (
	sketchSize = 32
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
	words := lang.Words(text)
	if len(words) < minWords {
		return nil
	}
	hashes := make([]uint64, len(words))
	for i, w := range words {
		h := fnv.New64a()
		h.Write([]byte(lang.Light(text[w.Start:w.End], t)))
		hashes[i] = h.Sum64()
	}
	var least [sketchSize]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for i := range len(hashes) - shingle + 1 {
		var h uint64
		for _, w := range hashes[i : i+shingle] {
			h = mix(h ^ w)
		}
		for j := range least {
			least[j] = min(least[j], mix(h+uint64(j)*0x9e3779b97f4a7c15))
		}
	}
	s := make(Sketch, sketchSize)
	for i, l := range least {
		s[i] = uint16(l >> 16)
	}
	return s
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
	var b []byte
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
