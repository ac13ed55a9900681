package archive

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"

	"mihbara/generator/entity"
	"mihbara/generator/record"
	"mihbara/generator/tag"
)

// A Term is something that tells a story apart and is the same in every language:
// a number, an entity, a concept (see [tag.Concept]), or what a name sounds like
// (see [entity.Sound]). Two bits say which, six how much it weighs in quarters of a
// bit, 24 are a hash. What it weighs follows from the term alone.
type Term uint32

// AnyTerm stands for all terms: every article with terms holds it.
const AnyTerm Term = 0

// Kinds of terms.
const (
	numberTerm = iota
	entityTerm
	conceptTerm
	soundTerm
)

// Weights are in quarters of a bit: a term of which one text in 2^n that have
// nothing to do with each other would hold the same weighs n bits, less one and a
// quarter, so that what many texts hold weighs nothing.
const (
	bit         = 4
	heaviest    = 27 // no single term proves a story
	entityBits  = 4 * bit
	countryBits = bit + 2
)

func termOf(kind int, weight int, key uint64) Term {
	weight = max(0, min(weight, heaviest))
	return Term(kind)<<30 | Term(weight)<<24 | Term(mix(key)>>40)
}

func (t Term) kind() int   { return int(t >> 30) }
func (t Term) weight() int { return int(t >> 24 & 0x3F) }

// Group names the group of articles that hold the term.
func (t Term) Group() string {
	const digits = "0123456789abcdef"
	var b [8]byte
	for i := range b {
		b[i] = digits[t>>(28-4*i)&0xF]
	}
	return string(b[:])
}

// entityTermOf gives the term of an entity. A country joins what has little else in
// common.
func entityTermOf(id entity.ID) Term {
	weight := entityBits
	if Topic(string(ByEntity) + "/" + string(id)).broad() {
		weight = countryBits
	}
	return termOf(entityTerm, weight, hashOf([]byte(id)))
}

// conceptTermOf gives the term of a concept, 0 for one of which too many texts
// speak.
func conceptTermOf(c *tag.Concept) Term {
	weight := (c.Rarity-1)*bit - (bit + 1)
	if weight <= 0 {
		return 0
	}
	return termOf(conceptTerm, weight, hashOf([]byte(c.ID())))
}

// fewestSounds is how many consonants a name needs to tell anything.
const fewestSounds = 4

// soundWeights are those of names of 4, 5, 6 and more consonants.
var soundWeights = [...]int{14, 24, heaviest}

// The weights of terms are meant for texts that have so many sounds of words and so
// many other terms; in a longer text more stands by chance.
const (
	usualSounds = 16
	usualOthers = 40
)

// soundTermOf gives the term of a word's sound, 0 for one that is too short.
func soundTermOf(s entity.Sound) Term {
	n := s.Len() - fewestSounds
	if n < 0 {
		return 0
	}
	return termOf(soundTerm, soundWeights[min(n, len(soundWeights)-1)], uint64(s))
}

// numberTermOf gives the term of a number, 0 for one that stands in too many texts.
func numberTermOf(n number) Term {
	weight := n.weight()
	if weight <= 0 {
		return 0
	}
	return termOf(numberTerm, weight, n.hash())
}

// Terms are the terms of one article, ascending, each once.
type Terms []Term

// mostTerms bounds the terms of an article: a long one has hundreds of words.
const mostTerms = 256

// newTerms puts terms in order and leaves out those that are 0; of too many the
// heaviest stay.
func newTerms(list []Term) Terms {
	slices.Sort(list)
	list = slices.Compact(list)
	for len(list) > 0 && list[0] == 0 {
		list = list[1:]
	}
	if len(list) > mostTerms {
		slices.SortFunc(list, heavier)
		list = list[:mostTerms]
		slices.Sort(list)
	}
	return slices.Clone(list)
}

// heavier orders terms by weight, the heaviest first, then by their value, so that
// two texts choose the same ones of the same weight.
func heavier(a, b Term) int {
	return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a, b))
}

// termsIndexed is how many terms of an article lead to it. Twelve are enough for
// 995 in a thousand pairs of parallel articles to have one in common.
const termsIndexed = 12

// Leading gives the terms by which an article is found: its heaviest.
func (t Terms) Leading() []Term {
	list := slices.Clone(t)
	slices.SortFunc(list, heavier)
	return list[:min(len(list), termsIndexed)]
}

// sounds counts the terms that are sounds of words.
func (t Terms) sounds() int {
	at, _ := slices.BinarySearch(t, Term(soundTerm)<<30)
	return len(t) - at
}

// A crowd is what terms weigh less in a text that has more of them than usual.
type crowd struct{ sounds, others int }

// crowdOf gives the crowd of the longer of two texts.
func crowdOf(a, b Terms) crowd {
	sounds := max(a.sounds(), b.sounds(), usualSounds)
	others := max(len(a)-a.sounds(), len(b)-b.sounds(), usualOthers)
	return crowd{quarterLog(sounds) - quarterLog(usualSounds), quarterLog(others) - quarterLog(usualOthers)}
}

// quarterLog gives the binary logarithm of n in quarters, by whole numbers only.
func quarterLog(n int) int {
	whole := bits.Len(uint(n)) - 1
	quarter := 0
	for _, bound := range [...]int{1189, 1414, 1682} { // 1000 times 2^¼, 2^½, 2^¾
		if n*1000 >= bound<<whole {
			quarter++
		}
	}
	return whole*bit + quarter
}

// weightIn gives what a term weighs in a crowd.
func (t Term) weightIn(c crowd) int {
	if t.kind() == soundTerm {
		return max(0, t.weight()-c.sounds)
	}
	return max(0, t.weight()-c.others)
}

// AppendBinary appends four bytes a term, the lowest first.
func (t Terms) AppendBinary(b []byte) ([]byte, error) {
	b = slices.Grow(b, 4*len(t))
	for _, x := range t {
		b = binary.LittleEndian.AppendUint32(b, uint32(x))
	}
	return b, nil
}

// UnmarshalBinary reads what AppendBinary appended.
func (t *Terms) UnmarshalBinary(data []byte) error {
	*t = nil
	if len(data)%4 != 0 {
		return record.ErrBroken
	}
	if len(data) > 0 {
		*t = make(Terms, len(data)/4)
	}
	for i := range *t {
		(*t)[i] = Term(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return nil
}
