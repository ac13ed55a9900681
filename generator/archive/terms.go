package archive

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/tag"
)

// A TermReader reads the terms of many texts and keeps what it worked out of their
// words. What it reads does not depend on what it kept. Any number of goroutines may
// use it; the zero value is ready.
type TermReader struct {
	Concepts tag.Finder // finds them; others may use it too
	known    sync.Pool  // of *heardWords
}

// A heardWords is what one goroutine at a time knows of the sounds of words, and its
// memory for one text.
type heardWords struct {
	sounds map[lang.Tag]*sounds
	terms  []Term
	within map[string]bool // capitalised within a sentence
	first  []string        // capitalised at the start of one
}

// sounds are the terms of the words of one language, one after another. Most words
// have none or one.
type sounds struct {
	numbers lang.WordMap // in ends; 0 for words that have none
	ends    []int        // of the terms of a word, which begin where those before end
	terms   []Term
}

// mostHeard bounds what is kept of a language, in words.
const mostHeard = 1 << 17

// A Text is what terms are read from.
type Text struct {
	Headline string
	Body     string
	Words    []lang.Word // of Body, as [lang.Words] gives them
	Language lang.Tag
	Entities []entity.ID // that the article is about
}

// storyWords is how many words of an article are read: what happened stands in the
// first ones, and what follows is often of other events. The figures stand in
// cmd/stories/README.md.
const storyWords = 200

// Read gives the terms of an article.
func (r *TermReader) Read(x Text) Terms {
	x.Words = x.Words[:min(len(x.Words), storyWords)]
	h, _ := r.known.Get().(*heardWords)
	if h == nil {
		h = &heardWords{sounds: map[lang.Tag]*sounds{}, within: map[string]bool{}}
	}
	defer r.known.Put(h)
	h.terms = h.terms[:0]
	for _, id := range x.Entities {
		h.terms = append(h.terms, entityTermOf(id))
	}
	for _, c := range r.Concepts.Find(x.Body, x.Words, x.Language) {
		h.terms = append(h.terms, conceptTermOf(c.Concept))
	}
	v := newVoice(x.Language)
	v.sounds = h.soundsOf(x.Language)
	h.read(x.Headline, lang.Words(x.Headline), v)
	h.read(x.Body, x.Words, v)
	return newTerms(h.terms)
}

// A voice is how names are told in a language.
type voice struct {
	language lang.Tag
	base     string
	cased    bool // names begin with capitals
	han      bool // only Latin names can be heard
	spaced   bool // thousands may be parted by a plain space
	sounds   *sounds
}

func newVoice(t lang.Tag) voice {
	base, _, _ := strings.Cut(string(t), "-")
	v := voice{language: t, base: base}
	switch lang.ScriptOf(t) {
	case "Latn", "Cyrl", "Grek":
		v.cased = true
	case "Arab", "Hebr", "Syrc", "Thaa":
	default:
		v.han = true
	}
	switch base {
	case "fr", "ru", "uk", "pl", "cs", "sv":
		v.spaced = true
	}
	return v
}

// read adds the numbers and the sounds of names in a text. Where names have
// capitals, one at the start of a sentence counts if the word has it elsewhere too;
// where they have none, every word might be one.
func (h *heardWords) read(text string, words []lang.Word, v voice) {
	clear(h.within)
	h.first = h.first[:0]
	for i := 0; i < len(words); i++ {
		word := text[words[i].Start:words[i].End]
		if isDigit(word) {
			i += h.number(text, words[i:], v)
			continue
		}
		first, _ := utf8.DecodeRuneInString(word)
		latin := first < 0x250
		switch {
		case v.cased || latin:
			if !unicode.IsUpper(first) {
				continue
			}
			if v.cased && (i == 0 || ends(text[words[i-1].End:words[i].Start])) {
				h.first = append(h.first, word)
				continue
			}
			h.within[word] = true
			h.hear(word, v, latin)
		case !v.han:
			h.hear(word, v, false)
		}
	}
	for _, word := range h.first {
		if h.within[word] {
			h.hear(word, v, word[0] < utf8.RuneSelf)
		}
	}
}

// ends says whether a sentence ends in what stands between two words, or something
// begins that may be one.
func ends(between string) bool {
	return len(between) > 1 && strings.ContainsAny(between, ".!?\n:“\"«„”؟。—–")
}

// number adds the number that words begin with and tells how many words behind the
// first belong to it.
func (h *heardWords) number(text string, words []lang.Word, v voice) (more int) {
	at := func(i int) (word, before string) {
		if i >= len(words) {
			return "", ""
		}
		return text[words[i].Start:words[i].End], text[words[i-1].End:words[i].Start]
	}
	digits := text[words[0].Start:words[0].End]
	for utf8.RuneCountInString(digits) <= 3 || more > 0 {
		word, before := at(more + 1)
		if !joinsThousands(digits, word, before, v) {
			break
		}
		digits += word
		more++
	}
	n, unit, ok := numberIn(digits)
	if !ok {
		return more
	}
	if unit == "" {
		if word, before := at(more + 1); strings.TrimSpace(before) == "" {
			unit = word
		}
	}
	h.terms = append(h.terms, numberTermOf(n.times(multiplier(unit, v.base, v.language))))
	return more
}

// joinsThousands says whether a word of three digits goes on with the digits before
// it.
func joinsThousands(digits, word, before string, v voice) bool {
	if utf8.RuneCountInString(word) != 3 || before != "\u00a0" && before != "\u202f" && (before != " " || !v.spaced) {
		return false
	}
	n := utf8.RuneCountInString(digits)
	return n < mostDigits && onlyDigits(digits) && onlyDigits(word)
}

func onlyDigits(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
}

// hear adds the sounds of a word and of its parts.
func (h *heardWords) hear(word string, v voice, latin bool) {
	if latin && !v.cased {
		h.terms = append(h.terms, h.soundsOf("en").of(word, "en")...)
		return
	}
	h.terms = append(h.terms, v.sounds.of(word, v.language)...)
}

func (h *heardWords) soundsOf(t lang.Tag) *sounds {
	s := h.sounds[t]
	if s == nil || s.numbers.Len() > mostHeard {
		s = &sounds{ends: make([]int, 1)}
		h.sounds[t] = s
	}
	return s
}

// of gives the terms of a word in the language t.
func (s *sounds) of(word string, t lang.Tag) []Term {
	number, ok := s.numbers.Find(word)
	if !ok {
		if terms := soundTermsOf(word, t); len(terms) > 0 {
			s.terms, number = append(s.terms, terms...), uint32(len(s.ends))
			s.ends = append(s.ends, len(s.terms))
		}
		s.numbers.Set(word, number)
	}
	if number == 0 {
		return nil
	}
	return s.terms[s.ends[number-1]:s.ends[number]]
}

// soundTermsOf gives the terms of all ways to read a word. Function words have none.
func soundTermsOf(word string, t lang.Tag) (terms []Term) {
	var sounds []entity.Sound
	for _, p := range lang.Parts(word) {
		part := word[p.Start:p.End]
		if lang.FunctionWord(part, t) {
			continue
		}
		for _, c := range lang.Clitics(part, t) {
			sounds = entity.AppendSounds(sounds, c.Word(), t)
		}
	}
	for _, s := range sounds {
		if x := soundTermOf(s); x != 0 {
			terms = append(terms, x)
		}
	}
	return terms
}
