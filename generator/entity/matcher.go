package entity

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"mihbara/generator/lang"
)

// A Matcher annotates many texts and keeps what it worked out of their words
// and what the lexicon answered. What it finds does not depend on what it kept.
// Any number of goroutines may use it.
type Matcher struct {
	words      *vocabulary
	plain      *plainSet // nil where nothing is noted
	hash       func(key string) uint64
	generation atomic.Uint64 // answers of another one are not used
	mu         sync.RWMutex
	tongues    map[lang.Tag]*tongue
	scratch    sync.Pool // of *scratch
}

// NewMatcher gives a matcher that keeps at most some size bytes of what it
// worked out: the words of 10,000 articles in six languages take some 16 MB. Of
// each key that the lexicon is asked for it keeps hash(key), for the note of
// [Matcher.Annotate]; with a nil hash nothing is noted.
func NewMatcher(size int, hash func(key string) uint64) *Matcher {
	m := &Matcher{words: newVocabulary(max(1, size/formShare)), hash: hash, tongues: map[lang.Tag]*tongue{}}
	if hash != nil {
		m.plain = newPlainSet(size / 2)
	}
	return m
}

// formShare is how many bytes there must be for each form: about 300, and half
// of all is for plain words.
const formShare = 600

// Renew forgets what the lexicon answered. It is to be called before the first
// Annotate with a lexicon that answers otherwise than the one before, and not
// while another Annotate is under way.
func (m *Matcher) Renew() {
	m.generation.Add(1)
	if m.plain != nil {
		m.plain.table.Store(newPlainTable())
	}
}

// A Passage is what [Matcher.Find] looks for names in.
type Passage struct {
	Body      string
	Words     []lang.Word // of Body, as [lang.Words] gives them; nil: they are found
	Language  lang.Tag
	Overrides []string // the article's own word, see [Annotate]
	Year      int      // in which it was published, 0 if that is not known
	// Undecided, unless nil, is called with each name that may be several
	// entities', which are in order of id, and that is not linked for that.
	Undecided func(name string, ids []ID)
}

// Annotate is [Annotate] for many texts; see [Matcher.Find].
func (m *Matcher) Annotate(text string, t lang.Tag, lex Lexicon, overrides []string, note func(hashes []uint64)) []Mention {
	return m.Find(&Passage{Body: text, Language: t, Overrides: overrides}, lex, note)
}

// Find gives the entities that a text mentions, as [Annotate] does. Until
// [Matcher.Renew], lex must give the same answer to a key in all calls; it is not
// asked again what it has answered before. Hence note, unless nil: for each
// different word of the text it is called with the hashes of all keys that the
// word is looked up by, asked now or before. A hash may come more than once; the
// slices must not be changed.
func (m *Matcher) Find(x *Passage, lex Lexicon, note func(hashes []uint64)) []Mention {
	f := m.finder(x, lex, note)
	defer m.release(f)
	mentions := f.annotate()
	if note != nil {
		for _, fm := range f.asked.list {
			note(f.answerOf(fm).hashes)
		}
	}
	return mentions
}

func (m *Matcher) tongue(t lang.Tag) *tongue {
	m.mu.RLock()
	known := m.tongues[t]
	m.mu.RUnlock()
	if known != nil {
		return known
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tongues[t] == nil {
		m.tongues[t] = newTongue(t)
	}
	return m.tongues[t]
}

// A scratch is the memory that one text needs and the next can use again.
type scratch struct {
	spans      []lang.Word
	parts      []lang.Word
	tokens     []token
	candidates []candidate
	from       []int32 // token i has candidates[from[i]:from[i+1]]
	stops      []int32 // tokens where a name or a trap may begin, ascending
	asked      formSet
	passed     plainList
	best       []candidate
	chosen     []candidate
	full       places
}

// largeScratch bounds what is kept, in tokens: one giant text is no measure.
const largeScratch = 1 << 16

func (m *Matcher) finder(x *Passage, lex Lexicon, note func(hashes []uint64)) *finder {
	s, _ := m.scratch.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	f := &finder{scratch: s, matcher: m, tongue: m.tongue(x.Language), lexicon: lex, note: note, generation: m.generation.Load(),
		year: x.Year, undecided: x.Undecided}
	f.tokeniser = tokeniser{text: x.Body, given: x.Words, words: m.words, of: f.tongue}
	if m.plain != nil {
		f.plain = m.plain.table.Load()
	}
	for _, o := range x.Overrides {
		switch o = strings.TrimSpace(o); {
		case strings.HasPrefix(o, "-"):
			f.exclude = append(f.exclude, ID(o[1:]))
		default:
			f.prefer = append(f.prefer, ID(strings.TrimPrefix(o, "+")))
		}
	}
	s.tokens = s.tokenise(&f.tokeniser)
	return f
}

func (m *Matcher) release(f *finder) {
	s := f.scratch
	f.scratch = nil
	if cap(s.tokens) <= largeScratch {
		m.scratch.Put(s)
	}
}

// An answer is what a lexicon said to all keys of a form.
type answer struct {
	generation uint64
	hashes     []uint64 // of the keys
	heads      *heads   // nil, as for nearly all words: no alias begins so
}

// heads are the aliases that a form may begin. Half a country is called محمد,
// hence the map.
type heads struct {
	single []head            // those of one token
	second map[string][]head // the others by the loose key of their second token
}

// A head is an alias whose first token a form may be.
type head struct {
	alias       *Alias
	prefix      int32
	letters     int32
	weak, loose bool
}

// answerOf gives the aliases that a form may begin, by all its readings. It
// asks for every key, found or not: the answers are what a result depends on.
func (f *finder) answerOf(fm *form) *answer {
	a := fm.answer.Load()
	if a != nil && a.generation == f.generation {
		return a
	}
	var hashes []uint64
	if a != nil {
		hashes = a.hashes
	} else if f.matcher.hash != nil {
		keys := fm.keys()
		hashes = make([]uint64, len(keys))
		for i, key := range keys {
			hashes[i] = f.matcher.hash(key)
		}
	}
	a = &answer{f.generation, hashes, newHeads(f.headsOf(fm))}
	fm.answer.Store(a)
	return a
}

func newHeads(list []head) *heads {
	if len(list) == 0 {
		return nil
	}
	h := &heads{}
	for _, x := range list {
		if len(x.alias.Tokens) == 1 {
			h.single = append(h.single, x)
			continue
		}
		if h.second == nil {
			h.second = map[string][]head{}
		}
		second := x.alias.Loose[1]
		h.second[second] = append(h.second[second], x)
	}
	return h
}

func (f *finder) headsOf(fm *form) []head {
	t := f.base
	if fm.cased && !f.cased {
		t = "en" // CNN in a Hebrew text is what it is in English
	}
	list := f.appendHeads(nil, reading{light: fm.light, loose: fm.loose, letters: fm.letters}, t)
	for _, r := range fm.readings {
		list = f.appendHeads(list, r, t)
	}
	return list
}

func (f *finder) appendHeads(list []head, r reading, t lang.Tag) []head {
	for _, key := range []string{r.light, r.loose} {
		if key == "" {
			continue
		}
		aliases := f.lexicon.Starting(key)
		for i := range aliases {
			a := &aliases[i]
			if len(a.Tokens) == 0 || len(a.Loose) != len(a.Tokens) || !a.allowedIn(t, f.known) && !a.allowedIn(f.base, f.known) {
				continue
			}
			switch {
			case key == r.light && a.Tokens[0] == r.light:
				list = append(list, head{a, r.prefix, r.letters, r.weak, false})
			case key == r.loose && a.Loose[0] == r.loose && a.Tokens[0] != r.light:
				list = append(list, head{a, r.prefix, r.letters, r.weak, true})
			}
		}
		if r.light == r.loose {
			break
		}
	}
	return list
}

// A formSet holds the different forms of one text, in the order in which they
// came.
type formSet struct {
	slots []*form // a power of two, at most half full
	list  []*form
}

// reset empties the set and makes room for n forms.
func (s *formSet) reset(n int) {
	s.list = s.list[:0]
	size := 64
	for size < 2*n {
		size *= 2
	}
	if size > cap(s.slots) {
		s.slots = make([]*form, size)
		return
	}
	s.slots = s.slots[:size]
	clear(s.slots)
}

// find gives the form of a word if the set has it.
func (s *formSet) find(hash uint64) *form {
	mask := uint64(len(s.slots) - 1)
	for i := hash >> 1 & mask; ; i = (i + 1) & mask {
		if f := s.slots[i]; f == nil || f.hash == hash {
			return f
		}
	}
}

func (s *formSet) add(f *form) {
	if 2*len(s.list) >= len(s.slots) {
		list := slices.Clone(s.list)
		s.reset(2 * len(list)) // double
		for _, f := range list {
			s.add(f)
		}
	}
	mask := uint64(len(s.slots) - 1)
	for i := f.hash >> 1 & mask; ; i = (i + 1) & mask {
		switch s.slots[i] {
		case f:
			return
		case nil:
			s.slots[i] = f
			s.list = append(s.list, f)
			return
		}
	}
}
