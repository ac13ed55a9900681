package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// listPatterns is how a locale joins items: {0} and {1} stand for the two
// sides.
type listPatterns struct {
	two, start, middle, end string
	comma                   string
	spelling                func(pattern, next string) string // nil where "and" never changes
}

// listsFor gives the patterns of m. The comma follows from the script, for
// CLDR does not say it where no "and" is wanted.
func listsFor(script string, m map[string]string) listPatterns {
	comma := ", "
	switch script {
	case "Arab", "Aran", "Syrc", "Thaa", "Nkoo", "Rohg", "Yezi":
		comma = "، "
	case "Hans", "Hant", "Hani", "Jpan", "Bopo":
		comma = "、"
	}
	plain := "{0}" + comma + "{1}"
	return listPatterns{
		two: or(m["list.two"], plain), start: or(m["list.start"], plain),
		middle: or(m["list.middle"], plain), end: or(m["list.end"], plain),
		comma: comma,
	}
}

// Comma gives the separator between the items of a list with the space that
// the language puts after it, ready for strings.Join: "، ", ", ", "、".
func (l *Locale) Comma() string { return l.lists.comma }

// List joins items as a sentence does, with "and" before the last (CLDR 48.2;
// Sorani by hand). No items give "".
func (l *Locale) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return join(l.lists.and(l.lists.two, items[1]), items[0], items[1])
	}
	last := len(items) - 1
	s := join(l.lists.start, items[0], items[1])
	for _, item := range items[2:last] {
		s = join(l.lists.middle, s, item)
	}
	return join(l.lists.and(l.lists.end, items[last]), s, items[last])
}

// and gives pattern as it is spelt before the item that comes next.
func (p *listPatterns) and(pattern, next string) string {
	if p.spelling == nil {
		return pattern
	}
	return p.spelling(pattern, next)
}

// spellings of "and" that depend on what follows, as ICU has them.
func spellingOf(t Tag) func(pattern, next string) string {
	switch t.base() {
	case "he":
		return hebrewAnd
	case "es":
		return spanishAnd
	}
	return nil
}

// hebrewAnd puts a hyphen between the vav and what is not Hebrew.
func hebrewAnd(pattern, next string) string {
	if r, _ := utf8.DecodeRuneInString(next); unicode.Is(unicode.Hebrew, r) {
		return pattern
	}
	return strings.Replace(pattern, "ו{1}", "ו-{1}", 1)
}

// spanishAnd writes e for y before the sound of i.
func spanishAnd(pattern, next string) string {
	s := strings.ToLower(next)
	if strings.HasPrefix(s, "i") || strings.HasPrefix(s, "í") ||
		strings.HasPrefix(s, "hi") && !strings.HasPrefix(s, "hia") && !strings.HasPrefix(s, "hie") {
		return strings.Replace(pattern, " y {1}", " e {1}", 1)
	}
	return pattern
}

// join fills a pattern that holds {0} before {1}, as all of ours do. It does
// not look into the items, which may hold braces themselves.
func join(pattern, a, b string) string {
	before, rest, _ := strings.Cut(pattern, "{0}")
	between, after, _ := strings.Cut(rest, "{1}")
	return before + a + between + b + after
}
