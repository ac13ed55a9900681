package recogniser

import (
	"slices"
	"sync"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A Name is a name that was recognised: where it stands, in bytes of the text,
// and what it is taken for.
type Name struct {
	Start, End int
	Type       entity.Type
}

// A Recogniser finds names in texts of one language and keeps what it worked
// out of their words. Any number of goroutines may use it.
type Recogniser struct {
	model   *Model
	words   *vocabulary
	leads   leads
	scratch sync.Pool // of *scratch
}

// wordsKept bounds the words that a recogniser keeps; each takes some 250 bytes.
const wordsKept = 1 << 17

// New gives a recogniser that uses a model.
func New(m *Model) *Recogniser {
	return &Recogniser{model: m, words: newVocabulary(m, wordsKept), leads: usualLeads}
}

// NewCautious is [New] for a joint model in a language that it saw no text of: a name
// must lead by more.
func NewCautious(m *Model) *Recogniser {
	r := New(m)
	r.leads = cautiousLeads
	return r
}

// A scratch is the memory that one text needs and the next can use again.
type scratch struct {
	spans  []lang.Word
	parts  []lang.Word
	tokens []token
	back   [][8]label
	labels []label
	found  []found
	ballot ballot
}

// largeScratch bounds what is kept, in tokens: one giant text is no measure.
const largeScratch = 1 << 16

// Names gives the names in text, in its order; they do not overlap.
func (r *Recogniser) Names(text string) []Name { return r.NamesOf(text, nil) }

// NamesOf is [Recogniser.Names] for whoever has the words of the text already,
// as [lang.Words] gives them; nil words are found.
func (r *Recogniser) NamesOf(text string, words []lang.Word) []Name {
	return r.sureNames(text, words, r.leads.found)
}

// leads are by how much a name must lead no name, see [scratch.lead], to be found and
// to be suggested to readers.
type leads struct{ found, suggested int }

// With less than 80 a name is wrong oftener than right; with 150 some 86 names in a
// hundred are right instead of 80 in Arabic, 73 instead of 67 in English, 74 instead of
// 63 in Hebrew, and a quarter of the names is lost, in Hebrew half. In a language that
// a joint model saw no text of, 140 and 200 do what those do in the others.
var (
	usualLeads    = leads{found: 80, suggested: 140}
	cautiousLeads = leads{found: 140, suggested: 200}
)

// sureNames gives the names that lead no name by so much, see [scratch.lead],
// and where else in the text they stand.
func (r *Recogniser) sureNames(text string, words []lang.Word, lead int) []Name {
	s, _ := r.scratch.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	if words == nil {
		s.spans = lang.AppendWords(s.spans[:0], text)
		words = s.spans
	}
	s.tokenise(text, words, r.words)
	r.model.label(s)
	s.find()
	if lead > 0 {
		s.found = slices.DeleteFunc(s.found, func(f found) bool { return s.lead(r.model, f) < lead || r.leads == cautiousLeads && s.guessed(f) })
	}
	s.propagate()
	names := s.names()
	if cap(s.tokens) <= largeScratch {
		r.scratch.Put(s)
	}
	return names
}

// A found is a name as tokens first to last.
type found struct {
	first, last int32
	kind        kind
}

// find reads the names off the labels.
func (s *scratch) find() {
	s.found = s.found[:0]
	for i := 0; i < len(s.labels); i++ {
		l := s.labels[i]
		if l == outside {
			continue
		}
		first, last := i, i
		for i+1 < len(s.labels) && s.labels[i+1] != outside && !s.labels[i+1].begins() {
			i++
			if s.tokens[i].word.text != "" {
				last = i
			}
		}
		if s.tokens[first].word.text != "" { // a mark begins no name
			s.found = append(s.found, found{int32(first), int32(last), l.kind()})
		}
	}
}

// lead gives by how much the labels of a name lead over no name, on the average
// of its tokens and without regard to their neighbours' labels.
func (s *scratch) lead(m *Model, f found) int {
	sum := 0
	for i := int(f.first); i <= int(f.last); i++ {
		e := m.sum(s.tokens, i)
		sum += e[s.labels[i]] - e[outside]
	}
	return sum / 8 / int(f.last-f.first+1)
}

// guessed says whether a name is a word that no list of names has, taken for a person:
// where the words around it say nothing it may as well be a town.
func (s *scratch) guessed(f found) bool {
	c := s.tokens[f.first].word.class % classCapital
	return f.first == f.last && f.kind == person && c != classGiven && c != classFamily
}

// names gives what was found as bytes of the text.
func (s *scratch) names() []Name {
	if len(s.found) == 0 {
		return nil
	}
	list := make([]Name, len(s.found))
	for i, f := range s.found {
		list[i] = Name{int(s.tokens[f.first].start), int(s.tokens[f.last].end), f.kind.Type()}
	}
	return list
}
