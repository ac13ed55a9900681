package entity

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// A tongue is a language of texts with what the matcher knows of it.
type tongue struct {
	tag     lang.Tag
	base    lang.Tag
	known   bool // we know the language
	cased   bool // its script has capitals
	context *context
	latin   *context // of words in Latin letters, where the language has others: they are taken for English, see headsOf
	seed    maphash.Seed
}

// hash gives the hash of a word in the language; never 0. Words are known by it: no
// two languages have one seed, and that two words of an archive of a hundred
// million have one hash of 63 bits is less likely than that a disk changes a byte
// unseen. To compare the words themselves, which lie all over the memory, took a
// third of the time of finding names.
func (t *tongue) hash(s string) uint64 { return maphash.String(t.seed, s) | 1 }

func newTongue(t lang.Tag) *tongue {
	n := plainTongue(t)
	n.context = contextOf(n.base)
	script, known := scripts()[n.base]
	n.known = known
	n.cased = !known || script == "Latn" || script == "Cyrl" || script == "Grek"
	if !n.cased {
		n.latin = contextOf("en")
	}
	return n
}

// plainTongue knows no words: it serves to make names and the word lists.
func plainTongue(t lang.Tag) *tongue {
	return &tongue{tag: t, base: base(t), context: &context{}, seed: maphash.MakeSeed()}
}

// A vocabulary keeps the forms that were made, of all languages, so that what a
// word says is worked out once and not once an article. What a form says does
// not depend on whether it was kept. Any number of goroutines may read it.
type vocabulary struct {
	limit int // forms; when there are more, all are let go
	mu    sync.Mutex
	table atomic.Pointer[formTable]
}

// A formTable is a hash table with linear probing that only grows: readers
// need no lock, since a slot is written once, its hash after its form.
type formTable struct {
	slots []formSlot // a power of two
	used  int        // guarded by vocabulary.mu
}

// A formSlot is free if its hash is 0.
type formSlot struct {
	hash atomic.Uint64
	form atomic.Pointer[form]
}

const leastSlots = 64

func newVocabulary(limit int) *vocabulary {
	v := &vocabulary{limit: limit}
	v.table.Store(newFormTable(leastSlots))
	return v
}

func newFormTable(size int) *formTable { return &formTable{slots: make([]formSlot, size)} }

// of gives the form of s in a language.
func (v *vocabulary) of(s string, t *tongue) *form {
	hash := t.hash(s)
	if f := v.known(hash); f != nil {
		return f
	}
	return v.add(newForm(strings.Clone(s), hash, t))
}

// known gives the form of a word if it is kept.
func (v *vocabulary) known(hash uint64) *form { return v.table.Load().find(hash) }

// add keeps f, unless another goroutine was quicker: then its form is given.
func (v *vocabulary) add(f *form) *form {
	v.mu.Lock()
	defer v.mu.Unlock()
	table := v.table.Load()
	if known := table.find(f.hash); known != nil {
		return known
	}
	switch {
	case table.used >= v.limit:
		table = newFormTable(leastSlots)
	case 4*table.used >= 3*len(table.slots):
		table = table.grown()
	}
	table.put(f)
	v.table.Store(table)
	return f
}

func (t *formTable) find(hash uint64) *form {
	mask := uint64(len(t.slots) - 1)
	for i := hash >> 1 & mask; ; i = (i + 1) & mask {
		switch t.slots[i].hash.Load() {
		case hash:
			return t.slots[i].form.Load()
		case 0:
			return nil
		}
	}
}

func (t *formTable) put(f *form) {
	mask := uint64(len(t.slots) - 1)
	i := f.hash >> 1 & mask
	for t.slots[i].hash.Load() != 0 {
		i = (i + 1) & mask
	}
	t.slots[i].form.Store(f)
	t.slots[i].hash.Store(f.hash)
	t.used++
}

func (t *formTable) grown() *formTable {
	g := newFormTable(2 * len(t.slots))
	for i := range t.slots {
		if f := t.slots[i].form.Load(); f != nil {
			g.put(f)
		}
	}
	return g
}

// A form is one way in which a piece of a text is written. It does not change,
// but for the answer.
type form struct {
	text     string
	light    string
	loose    string
	readings []reading
	tongue   *tongue
	hash     uint64                 // of text, for the vocabulary
	answer   atomic.Pointer[answer] // what the lexicon said last
	letters  int32                  // runes of the light key
	upper    bool                   // begins with a capital
	caps     bool                   // all letters are capitals
	cased    bool                   // begins with a letter of a script that has capitals
	function bool                   // a function word of the language
	trapped  bool                   // a phrase that only looks like a name may begin here
	// What the lists of words say of it, see context.
	title, head, tail, locative bool
	given, eponym, award, pact  bool // with or without prefixes
	particle, naming, work      bool
}

// A reading is a form as prefixes and a word.
type reading struct {
	light, loose string
	prefix       int32 // bytes
	letters      int32
	weak         bool
}

func newForm(s string, hash uint64, t *tongue) *form {
	f := spell(s, t.tag)
	f.tongue, f.hash = t, hash
	f.function = lang.FunctionKey(f.light, t.tag)
	for _, c := range lang.Clitics(s, t.tag)[1:] {
		light, loose := lang.Keys(c.Word(), t.tag)
		f.readings = append(f.readings, reading{light, loose, int32(c.Prefix), int32(utf8.RuneCountInString(light)), c.Weak})
	}
	c := t.context
	if f.cased && t.latin != nil {
		c = t.latin
	}
	f.title, f.head, f.tail, f.locative = c.titles[f.light], c.heads[f.light], c.tails[f.light], c.locatives[f.light]
	f.particle, f.naming = isParticle(f.loose), c.naming[f.light]
	f.award, f.pact, f.work = c.awards[f.light], c.pacts[f.light], c.works[f.light]
	f.trapped, f.given, f.eponym = len(c.traps[f.light]) > 0, c.given[f.light], c.eponyms[f.light]
	for _, r := range f.readings {
		f.trapped = f.trapped || len(c.traps[r.light]) > 0
		f.given = f.given || c.given[r.light]
		f.eponym = f.eponym || c.eponyms[r.light]
		f.award = f.award || c.awards[r.light]
		f.pact = f.pact || c.pacts[r.light]
		f.work = f.work || c.works[r.light]
	}
	return f
}

// spell gives what the letters of a form say, without prefixes and word lists.
func spell(s string, t lang.Tag) *form {
	light, loose := lang.Keys(s, t)
	f := &form{text: s, light: light, loose: loose, letters: int32(utf8.RuneCountInString(light))}
	f.upper, f.cased, f.caps = capitals(s)
	return f
}

// keys gives all keys under which a lexicon may know the form, each once.
func (f *form) keys() []string {
	var keys []string
	add := func(key string) {
		for _, k := range keys {
			if k == key {
				return
			}
		}
		if key != "" {
			keys = append(keys, key)
		}
	}
	add(f.light)
	add(f.loose)
	for i := range f.readings {
		add(f.readings[i].light)
		add(f.readings[i].loose)
	}
	return keys
}
