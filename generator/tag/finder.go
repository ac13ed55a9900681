package tag

import (
	"slices"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

// A Found is a concept with how often a text speaks of it.
type Found struct {
	*Concept
	Count int
}

// A Finder finds concepts in many texts and keeps what it worked out of their
// words. What it finds does not depend on what it kept. Any number of goroutines
// may use it; the zero value is ready.
type Finder struct{ known sync.Pool } // of *wordsKnown

// A wordsKnown is what one goroutine at a time knows of words, and its memory for
// one text.
type wordsKnown struct {
	languages map[lang.Tag]*wordForms // by base language
	text      string
	parts     []lang.Word // its words, parts of words apart
	forms     []uint32    // of the parts, numbers in wordForms.list
	spans     []lang.Word
	found     []Found
}

// wordForms are the forms of one language's words. Most words begin nothing, nor
// does one stand where something might go on: they have the first form, which is
// empty.
type wordForms struct {
	language lang.Tag
	lexicon  lexicon
	numbers  lang.WordMap // in list
	list     []wordForm
}

// A wordForm is what a word may begin, and the stems by which it may go on.
type wordForm struct {
	begins []entry
	stems  []string
}

// mostWords bounds what is kept of a language: some 60 bytes each.
const mostWords = 1 << 17

// Find gives the concepts that text, in the language t, speaks of, in their own
// order. Words are those of the text, as [lang.Words] gives them; nil words are
// found. Of a language without a lexicon nothing is found.
func (f *Finder) Find(text string, words []lang.Word, t lang.Tag) []Found {
	base, _, _ := strings.Cut(string(t), "-")
	lexicon := concepts().lexicons[lang.Tag(base)]
	if lexicon == nil {
		return nil
	}
	k, _ := f.known.Get().(*wordsKnown)
	if k == nil {
		k = &wordsKnown{languages: map[lang.Tag]*wordForms{}}
	}
	defer f.known.Put(k)
	if words == nil {
		k.spans = lang.AppendWords(k.spans[:0], text)
		words = k.spans
	}
	known := k.languages[lang.Tag(base)]
	if known == nil || known.numbers.Len() > mostWords {
		known = &wordForms{language: lang.Tag(base), lexicon: lexicon, list: make([]wordForm, 1)}
		k.languages[known.language] = known
	}
	k.read(text, words, known)
	return k.collect(known)
}

// read puts the words of a text into k.parts, and their forms into k.forms.
func (k *wordsKnown) read(text string, words []lang.Word, known *wordForms) {
	k.text, k.parts, k.forms = text, k.parts[:0], k.forms[:0]
	for _, w := range words {
		word := text[w.Start:w.End]
		if lang.HasOnePart(word) {
			k.parts = append(k.parts, w)
			k.forms = append(k.forms, known.beginning(word))
			continue
		}
		first := len(k.parts)
		k.parts = lang.AppendParts(k.parts, word)
		for i := range k.parts[first:] {
			p := &k.parts[first+i]
			p.Start, p.End = p.Start+w.Start, p.End+w.Start
			k.forms = append(k.forms, known.beginning(text[p.Start:p.End]))
		}
	}
}

// beginning gives the form of a word, the empty one if it begins nothing.
func (l *wordForms) beginning(word string) uint32 {
	number, ok := l.numbers.Find(word)
	if ok {
		return number
	}
	if f := l.form(word); f.begins != nil {
		return l.add(word, f)
	}
	l.numbers.Set(word, 0)
	return 0
}

// going gives the form of a word with its stems.
func (l *wordForms) going(word string) uint32 {
	if number, _ := l.numbers.Find(word); number > 0 {
		return number
	}
	return l.add(word, l.form(word))
}

func (l *wordForms) add(word string, f wordForm) uint32 {
	number := uint32(len(l.list))
	l.list = append(l.list, f)
	l.numbers.Set(word, number)
	return number
}

func (l *wordForms) form(word string) (f wordForm) {
	for _, c := range lang.Clitics(word, l.language) {
		if c.Weak {
			continue
		}
		stem := lang.Stem(c.Word(), l.language)
		f.stems = append(f.stems, stem)
		if f.begins == nil && !lang.FunctionWord(c.Word(), l.language) {
			f.begins = l.lexicon[stem]
		}
	}
	return f
}

// collect finds concepts in k.forms: at each place the longest word, of several
// concepts if they share it.
func (k *wordsKnown) collect(known *wordForms) []Found {
	k.found = k.found[:0]
	for i := 0; i < len(k.forms); i++ {
		length := 0
		for _, e := range known.list[k.forms[i]].begins {
			if n := 1 + len(e.rest); n >= length && k.goesOn(known, i+1, e.rest) {
				length = n
				k.found = append(k.found, Found{e.concept, 1})
			}
		}
		i += max(0, length-1)
	}
	slices.SortFunc(k.found, func(a, b Found) int { return a.number - b.number })
	out := make([]Found, 0, len(k.found))
	for _, f := range k.found {
		if n := len(out); n > 0 && out[n-1].Concept == f.Concept {
			out[n-1].Count++
			continue
		}
		out = append(out, f)
	}
	return out
}

// goesOn says whether the words from one on have these stems.
func (k *wordsKnown) goesOn(known *wordForms, from int, stems []string) bool {
	if from+len(stems) > len(k.forms) {
		return false
	}
	for i, s := range stems {
		form := &k.forms[from+i]
		if *form == 0 {
			p := k.parts[from+i]
			*form = known.going(k.text[p.Start:p.End])
		}
		if !slices.Contains(known.list[*form].stems, s) {
			return false
		}
	}
	return true
}
