package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators keeps collators of one language for reuse: making one costs far
// more than a key, and one may not be used by two goroutines at once.
type collators struct {
	base     Tag
	script   int            // the script that comes before all others
	alphabet map[rune]uint8 // of languages that x/text has no order for, else nil
	pool     sync.Pool
}

// A sorter is a collator with the buffer that its keys are written to.
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func newCollators(t Tag, script string, alphabet []string) *collators {
	c := &collators{base: t.base(), script: writingOf(script)}
	for i, a := range alphabet {
		r, _ := utf8.DecodeRuneInString(a)
		if c.alphabet == nil {
			c.alphabet = map[rune]uint8{}
		}
		c.alphabet[r] = uint8(i)
	}
	c.pool.New = func() any {
		tag, err := language.Parse(string(t))
		if err != nil {
			tag = language.Und
		}
		return &sorter{collator: collate.New(tag)}
	}
	return c
}

// writingOf gives the index of a script in writings.
func writingOf(script string) int {
	switch script {
	case "Hans", "Hant":
		return han
	}
	for i, w := range writings {
		if w.script == script {
			return i
		}
	}
	return otherScript
}

// base gives the language subtag.
func (t Tag) base() Tag {
	s, _, _ := strings.Cut(string(t), "-")
	return Tag(s)
}

// SortKey gives a string that sorts bytewise as the language sorts s: first
// what begins with a digit or sign, then the language's own script, then
// others; within these by the collation of x/text (the Unicode Collation
// Algorithm with CLDR's changes for the language), and for Kurdish and Uyghur
// by the alphabet in data/<tag>/hand.txt. Tatweel, vowel marks and bidi
// controls do not count, nor does the Arabic article before a word, unless
// [Preferences] say otherwise; Arabic and
// Persian kaf and yeh are one letter each. Equal keys are possible: break ties
// by id. Safe for concurrent use.
func (l *Locale) SortKey(s string) string {
	c := l.collator
	s = l.sortForm(s)
	if c.alphabet != nil {
		return string(c.alphabetKey([]byte{c.rank(s)}, s))
	}
	w := c.pool.Get().(*sorter)
	w.buffer.Reset()
	key := w.collator.KeyFromString(&w.buffer, s)
	b := make([]byte, 0, 64)
	b = append(append(b, c.rank(s)), key...)
	c.pool.Put(w)
	return string(b)
}

// rank says which of the three parts of a list s belongs to.
func (c *collators) rank(s string) byte {
	for _, r := range s {
		if r < utf8.RuneSelf && !(r >= '0' && r <= '9') && scriptOfRune(r) == noScript {
			continue // quotes and brackets
		}
		switch w := scriptOfRune(r); {
		case w == c.script, w == kana && c.script == han, w == han && (c.script == kana || c.script == hangul):
			return '2'
		case w != noScript:
			return '3'
		case unicode.IsDigit(r):
			return '1'
		}
	}
	return '1'
}

// alphabetKey appends the place of each letter in the alphabet. Letters that
// are not in it count as their base letter, or come last.
func (c *collators) alphabetKey(key []byte, s string) []byte {
	for _, r := range s {
		r = unicode.ToLower(r)
		i, ok := c.alphabet[r]
		if !ok && unicode.IsLetter(r) {
			r = withoutAccent(r)
			i, ok = c.alphabet[unicode.ToLower(r)]
		}
		switch {
		case ok:
			key = append(key, 0x80+i)
		case unicode.IsLetter(r):
			key = utf8.AppendRune(append(key, 0xF8), r)
		case unicode.IsDigit(r):
			key = utf8.AppendRune(key, r)
		case unicode.IsSpace(r) || r == '-':
			key = append(key, ' ')
		}
	}
	return key
}

func (l *Locale) withArticle(counts bool) *Locale {
	if counts == l.article || l.collator.base != "ar" {
		return l
	}
	c := *l
	c.article = counts
	return &c
}

// sortForm gives s as it counts for sorting in the language.
func (l *Locale) sortForm(s string) string {
	if onlyASCII(s) {
		return s
	}
	var fold func(rune) rune
	switch l.collator.base {
	case "ar":
		if s = strings.Map(unsorted, s); !l.article {
			s = withoutArticle(s)
		}
		fold = arabicLetters
	case "fa":
		fold = persianLetters
	case "ur":
		fold = urduLetters
	case "ckb", "ps":
		fold = kafAndYeh
	default:
		return strings.Map(unsorted, s)
	}
	return strings.Map(func(r rune) rune {
		if r = unsorted(r); r < 0 {
			return r
		}
		return fold(r)
	}, s)
}

// unsorted takes away what does not count in sorting: vowel marks, tatweel,
// joiners and bidi controls.
func unsorted(r rune) rune {
	if isHaraka(r) || r == tatweel || isBidiControl(r) || isZeroWidth(r) {
		return -1
	}
	return r
}

// arabicLetters drops the hamza, which parts no words in a list: to x/text
// أ, إ and ا would be three letters.
func arabicLetters(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ئ':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ی', 'ى':
		return 'ي'
	case 'ة':
		return 'ت' // as CLDR orders it
	}
	return r
}

func persianLetters(r rune) rune {
	switch r {
	case 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ئ', 'ؤ':
		return 'ء'
	case 'ة', 'ۀ':
		return 'ه'
	}
	return kafAndYeh(r)
}

func urduLetters(r rune) rune {
	switch r {
	case 'ه', 'ة', 'ۂ', 'ۃ':
		return 'ہ'
	case 'ؤ':
		return 'و'
	}
	return persianLetters(r)
}

// kafAndYeh turns what is typed on Arabic keyboards into the letters that
// Persian and its neighbours have for it.
func kafAndYeh(r rune) rune {
	switch r {
	case 'ك':
		return 'ک'
	case 'ي', 'ى':
		return 'ی'
	}
	return r
}

// notArticle lists words that begin with alef and lam of their own.
var notArticle = []string{"الله", "اللهم", "التزام", "التماس", "التهاب", "التقاط", "التحاق", "التفاف", "التقاء", "التباس", "التواء", "الماس", "التفات", "التئام"}

// withoutArticle drops the article from the first word of s, and an opening
// quotation mark or bracket before it.
func withoutArticle(s string) string {
	t := strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	rest, ok := strings.CutPrefix(t, "ال")
	if !ok {
		return t
	}
	word := t
	if i := strings.IndexFunc(t, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = t[:i]
	}
	if slices.Contains(notArticle, word) || utf8.RuneCountInString(word) < 4 {
		return t
	}
	return rest
}
