package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isolates finds what a right-to-left block would show in the wrong order and
// gives it as spans to be wrapped in <bdi dir="ltr">: numbers with signs or
// units, dates and phone numbers with hyphens, numbers grouped by spaces, web
// addresses, @names and #tags, and names that end in symbols (C++). The Unicode
// algorithm takes a digit after an Arabic letter for part of the Arabic text,
// so that 2017-08-28 is shown as 28-08-2017 and -5 as 5- (RTL.md N7–N12).
// A range (10-12) stays in Arabic, where it is read from the right; ranged
// isolates it in the languages that read it from the left.
//
// Only ASCII digits and letters are looked at: with its own digits Arabic text
// is written in its own order.
func (f *flow) isolates(spans []span, ranged bool) []span {
	if f.kinds&(kindsKnown|isForeign) == kindsKnown {
		return spans
	}
	mark, next := 0, 0
	for i := 0; i < len(f.text); {
		if kinds[f.text[i]]&isForeign == 0 {
			i++
			continue
		}
		if f.isExact(i, &next) {
			i = f.exact[next].end
			continue
		}
		end := foreignEnd(f.text, i)
		start, stop := foreign(f.text, i, end, ranged)
		if start < stop && f.uncrossed(start, stop, &mark) {
			spans = append(spans, span{start, stop})
		}
		i = max(end, i+1)
	}
	return spans
}

// uncrossed tells whether no markup stands inside [start, stop) and nothing in
// it is exact. Calls come in ascending order; *mark is where the last one was.
func (f *flow) uncrossed(start, stop int, mark *int) bool {
	for *mark < len(f.marks) && f.marks[*mark].at <= start {
		*mark++
	}
	if *mark > 0 && f.marks[*mark-1].at == start && strings.HasPrefix(f.marks[*mark-1].html, "<bdi") {
		return false // the writer isolated it
	}
	if *mark < len(f.marks) && f.marks[*mark].at < stop {
		return false
	}
	return true
}

// foreignEnd gives the end of the stretch of ASCII text that begins at i: words
// and numbers, with single spaces and hyphens between digit groups.
func foreignEnd(s []byte, i int) int {
	for i < len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			if size := currency(s[i:]); size > 0 {
				i += size
				continue
			}
			return i
		case c == ' ':
			// A space holds together only groups of digits, as in phone numbers.
			if i == 0 || i+1 >= len(s) || !(isDigit(s[i-1]) || s[i-1] == ')') || !(isDigit(s[i+1]) || s[i+1] == '(') {
				return i
			}
		case c < ' ' || c == '"' || c == '<' || c == '>' || c == '|' || c == '`':
			return i
		}
		i++
	}
	return i
}

// currency gives the size of a currency or degree sign or a true minus at the
// start of s, which numbers take with them.
func currency(s []byte) int {
	switch {
	case len(s) >= 2 && s[0] == 0xC2:
		switch s[1] {
		case 0xA3, 0xA5, 0xB0, 0xB1: // £ ¥ ° ±
			return 2
		}
	case len(s) >= 3 && s[0] == 0xE2:
		switch {
		case s[1] == 0x82 && (s[2] == 0xAC || s[2] == 0xAA || s[2] == 0xB9 || s[2] == 0xBA || s[2] == 0xBD), // € ₪ ₹ ₺ ₽
			s[1] == 0x88 && s[2] == 0x92, s[1] == 0x80 && s[2] == 0x93: // − –
			return 3
		}
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// foreign judges the stretch [start, end) of s and gives the part of it to
// isolate, empty where none is needed.
func foreign(s []byte, start, end int, ranged bool) (int, int) {
	start, end = trimForeign(s, start, end)
	if start >= end {
		return 0, 0
	}
	t := s[start:end]
	digits, letters, hyphens, spaces := 0, 0, 0, 0
	for _, c := range t {
		switch {
		case isDigit(c):
			digits++
		case isLetter(c):
			letters++
		case c == '-':
			hyphens++
		case c == ' ':
			spaces++
		}
	}
	switch {
	case letters > 0:
		return namesAndAddresses(t, start, end)
	case digits == 0:
		return 0, 0
	case spaces > 0:
		return grouped(t, start, end)
	case isRange(t):
		if ranged {
			return start, end
		}
		return 0, 0
	case hyphens > 0:
		return start, end // a date, an ISBN, a score with a sign, a phone number
	}
	if isSigned(t) {
		return start, end
	}
	return 0, 0
}

// trimForeign leaves the punctuation of the sentence outside. A sign belongs to
// its number only if it stands free: after a letter a hyphen joins words. A
// currency or a true minus belongs to it also after a prefixed و.
func trimForeign(s []byte, start, end int) (int, int) {
	for start < end {
		c := s[start]
		free := c >= 0x80 || c == '$' || start == 0 || !attachedBefore(s[:start])
		if isDigit(c) || isLetter(c) || (c == '@' || c == '#' || c == '+' || c == '-' || c == '$' || c >= 0x80) && free && start+1 < end {
			break
		}
		if c == '(' && free && bytes.IndexByte(s[start:end], ')') > 0 && start+1 < end && isDigit(s[start+1]) && bytes.IndexByte(s[start:end], ' ') > 0 && s[end-1] != ')' {
			break // (01) 234 567
		}
		if c == '/' && free && start+1 < end && isLetter(s[start+1]) {
			break // a path
		}
		_, size := utf8.DecodeRune(s[start:])
		start += size
	}
	for start < end {
		c := s[end-1]
		if isDigit(c) || isLetter(c) || c == '%' || c == '/' && isLetter(s[start]) {
			break
		}
		if (c == '+' || c == '#') && end-2 >= start && (isLetter(s[end-2]) || s[end-2] == '+') || c == '$' && end-2 >= start && isDigit(s[end-2]) {
			break
		}
		if r, size := utf8.DecodeLastRune(s[start:end]); c >= 0x80 {
			if (r == '°' || unicode.Is(unicode.Sc, r)) && end-size > start {
				break
			}
			end -= size
			continue
		}
		end--
	}
	return start, end
}

// attachedBefore tells whether a letter or digit ends s.
func attachedBefore(s []byte) bool {
	r, _ := utf8.DecodeLastRune(s)
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// namesAndAddresses judges a stretch that holds letters.
func namesAndAddresses(t []byte, start, end int) (int, int) {
	last, first := t[len(t)-1], t[0]
	switch {
	case last == '+' || last == '#': // C++, C#
	case first == '@' || first == '#': // @name, #tag
	case first == '+' || first == '-' || first == '$' || first >= 0x80: // -5C, $12bn, €3m
	case first == '/': // /usr/share
	case bytes.Contains(t, []byte("://")) || bytes.HasPrefix(t, []byte("www.")) || bytes.IndexByte(t, '@') > 0:
	case isDigit(first) && (last == '%' || last >= 0x80): // 12C°
	default:
		return 0, 0
	}
	return start, end
}

// grouped judges numbers with spaces between them: a phone number, or one
// number with its thousands apart. Others are numbers that happen to follow one
// another and keep the order of the text.
func grouped(t []byte, start, end int) (int, int) {
	digits := 0
	thousands, groups := true, 0
	for group := range bytes.SplitSeq(t, []byte{' '}) {
		n := 0
		for _, c := range group {
			if isDigit(c) {
				n++
			}
		}
		if groups == 0 && n > 3 || groups > 0 && n != 3 {
			thousands = false
		}
		digits += n
		groups++
	}
	phone := digits >= 7 && (t[0] == '+' || t[0] == '(' || t[0] == '0')
	if phone || thousands {
		return start, end
	}
	return 0, 0
}

// isRange tells whether t is number-number.
func isRange(t []byte) bool {
	from, to, ok := bytes.Cut(t, []byte{'-'})
	if !ok {
		from, to, ok = bytes.Cut(t, []byte("–"))
	}
	return ok && isNumber(from) && isNumber(to)
}

func isNumber(t []byte) bool {
	for _, c := range t {
		if !isDigit(c) && c != '.' && c != ',' && c != '%' {
			return false
		}
	}
	return len(t) > 0
}

// isSigned tells whether a number has a sign, a currency or a unit beside it.
func isSigned(t []byte) bool {
	first, last := t[0], t[len(t)-1]
	return !isDigit(first) || !isDigit(last)
}
