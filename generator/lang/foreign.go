package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Span is a part of a text that is read in another direction than the text
// around it, and would be shown in the wrong order there: bytes [Start, End) on
// character boundaries.
type Span struct {
	Start, End int
	Dir        Direction // of the isolate that it needs
}

// AppendForeign appends the spans of text that need an isolate in a block of the
// direction around, ascending and apart, as tight as they can be; t is the
// language of the text.
//
// In right-to-left text these are numbers with signs or units, dates and phone
// numbers, web addresses, @names and #tags, names with symbols at their ends
// (C++, Yahoo!, Apple Inc.) with the words beside them, and phrases of several
// words with symbols between: the Unicode algorithm takes a digit after an Arabic letter for part
// of the Arabic text, so that 2017-08-28 is shown as 28-08-2017 and -5 as 5-. In
// left-to-right text they are phrases that would draw a number behind them into
// their order; a span inside such a phrase follows it. In both, what stands in
// quotation marks or brackets and is all in the other direction keeps its own
// punctuation (RTL.md N3–N12).
//
// m is the markup that the text has, nil for none.
func AppendForeign(list []Span, text string, around Direction, t Tag, m Markup) []Span {
	f := intruders{text: text, markup: m, list: list}
	if around == RTL {
		f.ranged, f.signed = fromLeft(t)
		f.leftInRight(0)
	} else {
		f.rightInLeft()
	}
	return f.list
}

// Markup says what of a text can be wrapped.
type Markup interface {
	// Wraps says whether the bytes [start, end) can stand in an element of their
	// own: no markup begins or ends among them.
	Wraps(start, end int) bool
}

// ForeignBytes marks the bytes of which a text must hold one before
// [AppendForeign] finds anything in it: whoever looks at each byte anyway need
// not look again.
func ForeignBytes(around Direction) *[256]bool {
	if around == RTL {
		return &leftBytes
	}
	return &rightBytes
}

// leftBytes are ASCII letters and digits, the signs beside which a number of
// Persian digits may stand, and what begins a letter of another script that goes
// from left to right. leftStops leaves out the dashes, which begin with the same
// byte as joiners and quotation marks and matter in Persian only. rightBytes are
// what begins a letter of a script that goes from right to left, and perhaps
// others.
var (
	leftBytes = byteSet(func(c int) bool { return leftStops[c] || c == 0xE2 })
	leftStops = byteSet(func(c int) bool {
		return c == '+' || c == '-' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0xC3 && c <= 0xD5 || c >= 0xE3 && c <= 0xED
	})
	rightBytes = byteSet(func(c int) bool { return c >= 0xD6 && c <= 0xDF || c == 0xE0 || c == 0xEF || c == 0xF0 })
)

func byteSet(in func(c int) bool) (t [256]bool) {
	for c := range t {
		t[c] = in(c)
	}
	return t
}

// fromLeft tells whether a right-to-left language reads 10-12 from the left, as
// Arabic does not (RTL.md N11), and whether it writes the minus of a number to its
// left with digits of its own too: CLDR puts an LRM before it in Persian and
// Pashto, in Arabic an ALM, which brings it to the right.
func fromLeft(t Tag) (ranges, minus bool) {
	if len(t) > 2 && t[2] == '-' {
		t = t[:2]
	}
	switch t {
	case "fa":
		return true, true
	case "he", "yi":
		return true, false
	case "ps":
		return false, true
	}
	return false, false
}

// intruders is a search for what runs against its surroundings.
type intruders struct {
	text   string
	ranged bool // numbers with a hyphen between are read from the left
	signed bool // a minus stands to the left of Persian digits
	markup Markup
	list   []Span
	done   int // the end of the last span that is in no other
}

// add adds a span, unless it cannot be wrapped.
func (f *intruders) add(start, end int, d Direction) bool {
	if start >= end || f.markup != nil && !f.markup.Wraps(start, end) {
		return false
	}
	f.list, f.done = append(f.list, Span{start, end, d}), end
	return true
}

// quoted adds what stands between the quotation mark or bracket at i and its
// partner, if all of it runs in the direction d and begins or ends with
// something that would leave it: «Yahoo!», "What now?", (7 Days). It gives the
// end of the pair, 0 if it adds nothing.
func (f *intruders) quoted(i int, d Direction) int {
	open, size := utf8.DecodeRuneInString(f.text[i:])
	partner := partnerOf(open)
	if partner == 0 {
		return 0
	}
	start, mixed := i+size, false
	var first, last Direction
	for at, r := range f.text[start:] {
		end := start + at
		switch {
		case r == partner || open == '„' && r == '“' || open == '”' && r == '”':
			close := end + utf8.RuneLen(r)
			if open == '«' { // French has spaces inside
				start, end = inner(f.text, start, end)
			}
			whole := mixed || loose(f.text[start:end], d)
			if first != d || last != d && !f.mostlyRight(start, end, d) || !whole || !f.add(start, end, d) {
				return 0
			}
			return close
		case r == '\n' || r == open:
			return 0
		}
		s := strong(r)
		if s != "" {
			if last = s; first == "" {
				first = s
			}
		}
		if s != "" && s != d || isArabicComma(r) && d == LTR {
			// Within quotation marks names of the other direction may stand.
			if mixed = true; open == '(' || open == '[' {
				return 0
			}
		}
	}
	return 0
}

// mostlyRight says whether a phrase from the right in text from the left is one
// although it ends with a name of that text: "قصة رحلة إلى Paris". The other way
// round there is no telling: «Sky News عربية» is read from the right.
func (f *intruders) mostlyRight(start, end int, d Direction) bool {
	return d == RTL && TextDirection(f.text[start:end], "", LTR) == RTL
}

// inner gives s[start:end] without the spaces at its ends.
func inner(s string, start, end int) (from, to int) {
	t := strings.TrimLeftFunc(s[start:end], isGroupSpace)
	start = end - len(t)
	return start, start + len(strings.TrimRightFunc(t, isGroupSpace))
}

// partnerOf gives the mark that closes what open opens, 0 if it opens nothing.
func partnerOf(open rune) rune {
	switch open {
	case '"':
		return '"'
	case '“', '„':
		return '”'
	case '”':
		return '“'
	case '«':
		return '»'
	case '(':
		return ')'
	case '[':
		return ']'
	}
	return 0
}

// loose says whether the punctuation or numbers at an end of a phrase would leave
// it. What has spaces at an end is no phrase.
func loose(s string, d Direction) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if first == ' ' || last == ' ' {
		return false
	}
	return strong(first) != d || strong(last) != d && !unicode.Is(unicode.M, last) && !unicode.IsDigit(last)
}

// isArabicComma covers the marks that only right-to-left text has between its
// words, and that Unicode does not count as letters of it.
func isArabicComma(r rune) bool { return r == '،' || r == '٫' || r == '٬' }
