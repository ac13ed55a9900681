package lang

import (
	"hash/maphash"
	"strings"
)

// A WordMap keeps a number for each of many words. It is for what is worked out
// once for a word and not for each text that holds it: most words stand in the
// table itself, so that one is found by one visit to memory where a map of strings
// makes three, and the garbage collector has nothing to follow. The zero value is
// ready. One goroutine at a time may use it.
type WordMap struct {
	slots []wordSlot // with linear probing; a power of two
	used  int
	seed  maphash.Seed
	long  map[string]uint32 // words that no slot has room for
}

// A wordSlot is half a line of the processor's memory. It has room for 12 letters
// of Arabic or Cyrillic.
type wordSlot struct {
	number uint32
	tag    uint16 // of the hash, so that another word is seldom compared
	size   uint8  // of the word; 0: free
	text   [wordRoom]byte
}

const (
	wordRoom  = 25
	wordSlots = 1 << 10 // at first
)

// Len says how many words the map holds.
func (m *WordMap) Len() int { return m.used + len(m.long) }

// Find gives the number of a word; ok is false if it has none.
func (m *WordMap) Find(word string) (number uint32, ok bool) {
	if inSlot(word) {
		if len(m.slots) == 0 {
			return 0, false
		}
		slot, _ := m.slot(word)
		return slot.number, slot.size > 0
	}
	number, ok = m.long[word]
	return number, ok
}

// Set gives a word a number. It keeps no reference to the word's text.
func (m *WordMap) Set(word string, number uint32) {
	if !inSlot(word) {
		if m.long == nil {
			m.long = map[string]uint32{}
		}
		m.long[strings.Clone(word)] = number
		return
	}
	if 4*m.used >= 3*len(m.slots) {
		m.grow()
	}
	slot, tag := m.slot(word)
	if slot.size == 0 {
		m.used++
		slot.tag, slot.size = tag, uint8(len(word))
		copy(slot.text[:], word)
	}
	slot.number = number
}

func inSlot(word string) bool { return 0 < len(word) && len(word) <= wordRoom }

// slot gives the slot of a word, or the free one where it would stand, and the tag
// of its hash.
func (m *WordMap) slot(word string) (slot *wordSlot, tag uint16) {
	hash := maphash.String(m.seed, word)
	mask, tag := len(m.slots)-1, uint16(hash>>48)
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		slot = &m.slots[i]
		if slot.size == 0 || slot.tag == tag && string(slot.text[:min(slot.size, wordRoom)]) == word {
			return slot, tag
		}
	}
}

func (m *WordMap) grow() {
	old := m.slots
	if len(old) == 0 {
		m.seed = maphash.MakeSeed()
	}
	m.slots = make([]wordSlot, max(wordSlots, 2*len(old)))
	for i := range old {
		if s := &old[i]; s.size > 0 {
			to, _ := m.slot(string(s.text[:s.size]))
			*to = *s
		}
	}
}
