package recogniser

import (
	"strings"
	"sync"
	"sync/atomic"
)

// A vector holds a score for each label, in eight lanes of 16 bits: label l in
// bits 16·(l mod 4) of half l/4. Lanes are raised by lift, so that a sum of up to
// seven vectors is a sum of words without a borrow between lanes.
type vector [2]uint64

const (
	lift      = 4096
	laneLimit = lift - 1
)

// newVector packs scores, cut to what a lane holds.
func newVector(scores *[labels]int32) vector {
	var v vector
	for l, s := range scores {
		s = max(-laneLimit, min(laneLimit, s))
		v[l/4] |= uint64(s+lift) << (16 * (l % 4))
	}
	return v
}

// A word is a way in which a token is written, with all that the model says of
// it. It does not change.
type word struct {
	text  string
	hash  uint64
	roles [roles]vector
	class class
	keys  []uint64 // what it may be in a list of names: itself, and without prefixes
}

// A role is a place that a word has from where a label is sought.
type role uint8

const (
	itself role = iota
	before
	after
	twoBefore
	twoAfter
	roles = 5
)

// A vocabulary keeps words, so that each is spelled out once and not once a
// token. Readers need no lock: a slot is written once, and a table that is full
// gives way to another one. What is kept does not show in any result.
type vocabulary struct {
	model *Model
	limit int
	marks [marks]*word
	mu    sync.Mutex
	table atomic.Pointer[wordTable]
}

type wordTable struct {
	slots []atomic.Pointer[word] // a power of two
	used  int                    // guarded by vocabulary.mu
}

const leastSlots = 1 << 10

func newVocabulary(m *Model, limit int) *vocabulary {
	v := &vocabulary{model: m, limit: limit}
	v.table.Store(&wordTable{slots: make([]atomic.Pointer[word], leastSlots)})
	for i := range v.marks {
		v.marks[i] = m.word("", 0, spellMark(mark(i)))
	}
	return v
}

func (v *vocabulary) mark(m mark) *word { return v.marks[m] }

// of gives the word that is written s.
func (v *vocabulary) of(s string) *word {
	hash := hashWord(s)
	if w := v.table.Load().find(hash, s); w != nil {
		return w
	}
	s = strings.Clone(s) // it must not hold the text
	return v.add(v.model.word(s, hash, v.model.speller.spell(s)))
}

func (t *wordTable) find(hash uint64, s string) *word {
	mask := uint64(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		w := t.slots[i].Load()
		if w == nil || w.hash == hash && w.text == s {
			return w
		}
	}
}

// add keeps w, unless another goroutine was quicker: then its word is given.
func (v *vocabulary) add(w *word) *word {
	v.mu.Lock()
	defer v.mu.Unlock()
	t := v.table.Load()
	if known := t.find(w.hash, w.text); known != nil {
		return known
	}
	switch {
	case t.used >= v.limit:
		t = &wordTable{slots: make([]atomic.Pointer[word], leastSlots)}
	case 2*t.used >= len(t.slots):
		t = t.grown()
	}
	t.put(w)
	v.table.Store(t)
	return w
}

func (t *wordTable) put(w *word) {
	mask := uint64(len(t.slots) - 1)
	i := w.hash & mask
	for t.slots[i].Load() != nil {
		i = (i + 1) & mask
	}
	t.slots[i].Store(w)
	t.used++
}

func (t *wordTable) grown() *wordTable {
	g := &wordTable{slots: make([]atomic.Pointer[word], 2*len(t.slots))}
	for i := range t.slots {
		if w := t.slots[i].Load(); w != nil {
			g.put(w)
		}
	}
	return g
}
