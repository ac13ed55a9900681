package recogniser

import (
	"cmp"
	"slices"
)

// A vote is what a document says of a word: how often it was a name of each
// kind, and how often it was none.
type vote struct {
	key     uint64
	named   [kinds]int32
	plain   int32
	surname bool // of somebody who is called by a longer name
}

// kind gives the kind that the votes are for; false if the word is oftener no name.
func (v *vote) kind() (kind, bool) {
	best := person
	for k := range kind(kinds) {
		if v.named[k] > v.named[best] {
			best = k
		}
	}
	return best, v.named[best] > v.plain
}

// A ballot holds the votes of a document. The filter keeps those words out that
// have surely none.
type ballot struct {
	votes  []vote
	filter [4]uint64
}

func (b *ballot) reset() {
	b.votes = b.votes[:0]
	b.filter = [4]uint64{}
}

func (b *ballot) add(key uint64, k kind) *vote {
	v := b.of(key)
	if v == nil {
		b.votes = append(b.votes, vote{key: key})
		b.filter[key>>6&3] |= 1 << (key & 63)
		v = &b.votes[len(b.votes)-1]
	}
	v.named[k]++
	return v
}

func (b *ballot) of(key uint64) *vote {
	if b.filter[key>>6&3]&(1<<(key&63)) == 0 {
		return nil
	}
	for i := range b.votes {
		if b.votes[i].key == key {
			return &b.votes[i]
		}
	}
	return nil
}

// first gives the vote on the first of keys that has one.
func (b *ballot) first(keys []uint64) *vote {
	for _, key := range keys {
		if v := b.of(key); v != nil {
			return v
		}
	}
	return nil
}

// propagate looks for names that are sure in one place of the text in its other
// places: the surname of somebody who has a longer name, a name of one word, an
// acronym that stood in parentheses behind a name.
func (s *scratch) propagate() {
	if len(s.found) == 0 {
		return
	}
	s.acronyms()
	s.ballot.reset()
	for _, f := range s.found {
		if f.first == f.last || f.kind == person {
			v := s.ballot.add(s.tokens[f.last].word.keys[0], f.kind)
			v.surname = v.surname || f.first < f.last
		}
	}
	s.callByName()
	s.eachPlain(func(_ int, v *vote) { v.plain++ })
	known := len(s.found)
	s.eachPlain(func(i int, v *vote) {
		if k, ok := v.kind(); ok {
			s.found = append(s.found, found{int32(i), int32(i), k})
		}
	})
	if len(s.found) > known {
		s.order()
	}
}

// callByName takes names of one word that are somebody's surname in this text for
// persons.
func (s *scratch) callByName() {
	for i := range s.found {
		f := &s.found[i]
		if f.first != f.last || f.kind == person {
			continue
		}
		if v := s.ballot.of(s.tokens[f.first].word.keys[0]); v.surname {
			v.named[f.kind]--
			v.named[person]++
			f.kind = person
		}
	}
}

func (s *scratch) order() {
	slices.SortFunc(s.found, func(a, b found) int { return cmp.Compare(a.first, b.first) })
}

// eachPlain calls each with the words that stand in no name and have a vote.
func (s *scratch) eachPlain(each func(i int, v *vote)) {
	next := 0
	for i := range s.tokens {
		for next < len(s.found) && int(s.found[next].last) < i {
			next++
		}
		if next < len(s.found) && int(s.found[next].first) <= i {
			continue
		}
		w := s.tokens[i].word
		if v := s.ballot.first(w.keys); v != nil {
			each(i, v)
		}
	}
}

// acronyms takes a short word in parentheses behind an organisation for its
// acronym.
func (s *scratch) acronyms() {
	known := len(s.found)
	for n, f := range s.found[:known] {
		i := int(f.last) + 2
		if f.kind != organisation || f.first == f.last || i+1 >= len(s.tokens) {
			continue
		}
		if s.tokens[i-1].word.class != class(markOpen) || s.tokens[i+1].word.class != class(markClose) {
			continue
		}
		taken := n+1 < known && int(s.found[n+1].first) <= i
		if w := s.tokens[i].word; !taken && short(w) {
			s.found = append(s.found, found{int32(i), int32(i), organisation})
		}
	}
	if len(s.found) > known {
		s.order()
	}
}

// short says whether a word looks like an acronym: capitals, or at most six
// letters of a script that has none.
func short(w *word) bool {
	if w.class >= classCapital {
		return w.class == classShout+classCapital
	}
	switch w.class {
	case classShort, classWord, classLetter:
		return runesIn(w.text, 7) <= 6
	}
	return false
}
