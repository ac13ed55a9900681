package recogniser

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// Sorts of features. They are part of every feature's hash: a change here asks
// for new weights.
const (
	sortLight uint8 = iota
	sortLoose
	sortPrefix
	sortSuffix
	sortShape
	sortFlag
	sortLetters
	sortClass
	sortBare
	sortBarePrefix
	sortBareSuffix
	sortBareFlag
	sortClitic
	sortMark
	sortFlagSet
	sorts
)

// A speller knows which features the words of a language have.
type speller struct {
	tag   lang.Tag
	cased bool // the language's script has capitals
	names lexicon
	stems lexicon // of a joint model's language, else nil
}

func newSpeller(t lang.Tag) *speller {
	return &speller{tag: t, cased: lang.DirectionOf(t) == lang.LTR && !strings.HasPrefix(string(t), "zh"), names: lexiconOf(t)}
}

// A spelling is what a word says of itself and its neighbours.
type spelling struct {
	features [roles][]uint64 // hashes
	class    class
	keys     []uint64
}

// add adds a feature to a role. Roles have rows of their own.
func (s *spelling) add(r role, sort uint8, text string) {
	s.features[r] = append(s.features[r], hashFeature(uint8(r)*sorts+sort, text))
}

// spellMark gives the features of a mark.
func spellMark(m mark) *spelling {
	s := &spelling{class: class(m)}
	for r := range role(roles) {
		s.add(r, sortMark, string(rune('a'+m)))
	}
	return s
}

// spell gives the features of a word.
func (sp *speller) spell(text string) *spelling {
	light, loose := lang.Keys(text, sp.tag)
	a := look(text, sp.cased)
	if a.digits > 0 {
		light, loose = withoutDigits(light), withoutDigits(loose)
	}
	a.article = !sp.cased && len(loose) > 8 && loose[:4] == "ال"
	f := sp.flags(light, loose)
	s := &spelling{class: classOf(f, a), keys: []uint64{hashWord(loose)}}
	sp.spellItself(s, light, loose, f, a)
	sp.spellBare(s, text)
	sp.spellNear(s, light, loose, f)
	return s
}

func (sp *speller) flags(light, loose string) flags {
	f := sp.names[loose]
	if f == 0 && sp.stems != nil {
		f = sp.stem(loose)
	}
	if lang.FunctionKey(light, sp.tag) {
		f |= flagFunction
	}
	return f
}

func (sp *speller) spellItself(s *spelling, light, loose string, f flags, a *appearance) {
	s.add(itself, sortLight, light)
	if loose != light {
		s.add(itself, sortLoose, loose)
	}
	affixes(loose, func(n int, prefix, suffix string) {
		s.add(itself, sortPrefix, prefix)
		s.add(itself, sortSuffix, suffix)
	})
	s.add(itself, sortShape, a.shape)
	s.add(itself, sortLetters, string(rune('0'+min(a.letters, 12))))
	s.add(itself, sortClass, string(rune(s.class)))
	for bit := flags(1); bit != 0 && bit <= f; bit <<= 1 {
		if f&bit != 0 {
			s.add(itself, sortFlag, string(rune(bit)))
		}
	}
	if f != 0 {
		s.add(itself, sortFlagSet, string(rune(f)))
	}
}

// spellBare adds what the word says if its first letters are prefixes.
func (sp *speller) spellBare(s *spelling, text string) {
	readings := lang.Clitics(text, sp.tag)[1:]
	for _, c := range readings {
		light, loose := lang.Keys(c.Word(), sp.tag)
		s.keys = append(s.keys, hashWord(loose))
		s.add(itself, sortBare, loose)
		s.add(itself, sortClitic, text[:c.Prefix])
		if f := sp.flags(light, loose); f != 0 {
			s.add(itself, sortBareFlag, string(rune(f)))
		}
		affixes(loose, func(n int, prefix, _ string) {
			if n == 2 || n == 3 {
				s.add(itself, sortBarePrefix, prefix)
			}
		})
	}
}

// spellNear adds what a word says of its neighbours.
func (sp *speller) spellNear(s *spelling, light, loose string, f flags) {
	for _, r := range []role{before, after} {
		s.add(r, sortLight, light)
		s.add(r, sortClass, string(rune(s.class)))
		affixes(loose, func(n int, prefix, suffix string) {
			if n == 3 {
				s.add(r, sortSuffix, suffix)
				s.add(r, sortPrefix, prefix)
			}
		})
		if f != 0 {
			s.add(r, sortFlagSet, string(rune(f)))
		}
	}
	for _, r := range []role{twoBefore, twoAfter} {
		s.add(r, sortLight, light)
		s.add(r, sortClass, string(rune(s.class)))
	}
}

// longestAffix is in letters.
const longestAffix = 4

// affixes calls each with the first n and the last n letters of a word, for n
// from 1 on, as far as the word is longer.
func affixes(s string, each func(n int, prefix, suffix string)) {
	head, tail := 0, len(s)
	for n := 1; n <= longestAffix; n++ {
		_, size := utf8.DecodeRuneInString(s[head:])
		_, back := utf8.DecodeLastRuneInString(s[:tail])
		head, tail = head+size, tail-back
		if head >= len(s) {
			return
		}
		each(n, s[:head], s[tail:])
	}
}

// An appearance is how a word looks.
type appearance struct {
	letters, digits int // runes; digits are letters too
	upper, caps     bool
	foreign         bool // in another script than the text's
	article         bool // begins with the Arabic article
	shape           string
}

// look describes a word. Its shape has one sign a run: X for capitals, x for
// small letters, 0 for digits, a for letters without case.
func look(text string, cased bool) *appearance {
	a := &appearance{caps: true}
	var shape []byte
	for _, r := range text {
		c := byte('a')
		switch {
		case unicode.IsDigit(r):
			c = '0'
			a.digits++
		case unicode.IsUpper(r):
			c = 'X'
			a.upper = a.upper || a.letters == 0
		case unicode.IsLower(r):
			c = 'x'
		case !unicode.IsLetter(r):
			continue
		}
		a.caps = a.caps && c == 'X'
		a.foreign = a.foreign || !cased && (c == 'x' || c == 'X')
		a.letters++
		if n := len(shape); n == 0 || shape[n-1] != c {
			shape = append(shape, c)
		}
	}
	a.caps = a.caps && a.letters > 1
	if a.letters == 1 {
		shape = append(shape, '1')
	}
	a.shape = string(shape[:min(len(shape), 6)])
	return a
}

// withoutDigits writes 0 for each digit.
func withoutDigits(s string) string {
	b := []byte(s)
	for i, c := range b {
		if '0' <= c && c <= '9' {
			b[i] = '0'
		}
	}
	return string(b)
}

// baseOf gives the language of a tag: ar for ar-EG.
func baseOf(t lang.Tag) string {
	s, _, _ := strings.Cut(string(t), "-")
	return s
}
