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
	base Tag
	pool sync.Pool
}

// A sorter is a collator with the buffer that its keys are written to.
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func newCollators(t Tag) *collators {
	c := &collators{base: t.base()}
	c.pool.New = func() any {
		tag, err := language.Parse(string(t))
		if err != nil {
			tag = language.Und
		}
		return &sorter{collator: collate.New(tag)}
	}
	return c
}

// base gives the language subtag.
func (t Tag) base() Tag {
	s, _, _ := strings.Cut(string(t), "-")
	return Tag(s)
}

// SortKey gives a string that sorts bytewise as the language sorts s (the
// collation of x/text, which follows the Unicode Collation Algorithm). Tatweel,
// vowel marks and bidi controls do not count, nor does the Arabic article
// before a word; Arabic and Persian kaf and yeh are one letter each. Equal keys
// are possible: break ties by id. Safe for concurrent use.
func (l *Locale) SortKey(s string) string {
	s = sortForm(s, l.collator.base)
	w := l.collator.pool.Get().(*sorter)
	w.buffer.Reset()
	key := string(w.collator.KeyFromString(&w.buffer, s))
	l.collator.pool.Put(w)
	return key
}

// sortForm gives s as it counts for sorting in a language.
func sortForm(s string, base Tag) string {
	if onlyASCII(s) {
		return s
	}
	var fold func(rune) rune
	switch base {
	case "ar":
		s = withoutArticle(strings.Map(unsorted, s))
		fold = arabicLetters
	case "fa", "ur", "ckb", "ps":
		fold = persianLetters
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

func arabicLetters(r rune) rune {
	switch r {
	case 'ک':
		return 'ك'
	case 'ی':
		return 'ي'
	}
	return r
}

func persianLetters(r rune) rune {
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
