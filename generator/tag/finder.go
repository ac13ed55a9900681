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

// A wordsKnown is what one goroutine at a time knows of words, by base language.
// A form that begins nothing is there too: most do not.
type wordsKnown struct {
	words map[lang.Tag]map[string]wordForm
	count int
	spans []lang.Word
	parts []lang.Word
	forms []wordForm
	found []Found
}

// A wordForm is what a word may begin, and the stems by which it may go on.
type wordForm struct {
	begins []entry
	stems  []string
}

// mostWords bounds what is kept: about 100 bytes each.
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
	if k == nil || k.count > mostWords {
		k = &wordsKnown{words: map[lang.Tag]map[string]wordForm{}}
	}
	defer f.known.Put(k)
	if words == nil {
		k.spans = lang.AppendWords(k.spans[:0], text)
		words = k.spans
	}
	k.read(text, words, lang.Tag(base), lexicon)
	return k.collect()
}

// read puts the forms of the text's words into k.forms, parts of words apart.
func (k *wordsKnown) read(text string, words []lang.Word, t lang.Tag, l lexicon) {
	known := k.words[t]
	if known == nil {
		known = map[string]wordForm{}
		k.words[t] = known
	}
	k.forms = k.forms[:0]
	for _, w := range words {
		word := text[w.Start:w.End]
		if lang.HasOnePart(word) {
			k.forms = append(k.forms, k.form(known, word, t, l))
			continue
		}
		k.parts = lang.AppendParts(k.parts[:0], word)
		for _, p := range k.parts {
			k.forms = append(k.forms, k.form(known, word[p.Start:p.End], t, l))
		}
	}
}

func (k *wordsKnown) form(known map[string]wordForm, word string, t lang.Tag, l lexicon) wordForm {
	if f, ok := known[word]; ok {
		return f
	}
	var f wordForm
	for _, c := range lang.Clitics(word, t) {
		if c.Weak {
			continue
		}
		stem := lang.Stem(c.Word(), t)
		f.stems = append(f.stems, stem)
		if f.begins == nil && !lang.FunctionWord(c.Word(), t) {
			f.begins = l[stem]
		}
	}
	known[strings.Clone(word)] = f
	k.count++
	return f
}

// collect finds concepts in k.forms: at each place the longest word, of several
// concepts if they share it.
func (k *wordsKnown) collect() []Found {
	k.found = k.found[:0]
	for i := 0; i < len(k.forms); i++ {
		length := 0
		for _, e := range k.forms[i].begins {
			if n := 1 + len(e.rest); n >= length && k.goesOn(i+1, e.rest) {
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
func (k *wordsKnown) goesOn(from int, stems []string) bool {
	if from+len(stems) > len(k.forms) {
		return false
	}
	for i, s := range stems {
		if !slices.Contains(k.forms[from+i].stems, s) {
			return false
		}
	}
	return true
}
