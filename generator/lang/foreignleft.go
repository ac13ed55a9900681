package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What runs from the left in right-to-left text is looked at in stretches:
// words and numbers of ASCII and of other letters that go that way, without the
// spaces between them. With its own digits Arabic text is written in its own
// order; they end a stretch. Those of Persian are looked at where a sign stands
// beside them (foreignown.go).

// stretchBytes are those at which something may begin: a letter, a digit, a
// sign, or a mark that opens a quotation.
var stretchBytes = byteSet(func(c int) bool {
	return leftBytes[c] || c == 0xC2 || c == 0xE2 || c < 0x80 && strings.IndexByte("+-@#$(/.~\"[", byte(c)) >= 0
})

// leftInRight looks for what runs from the left in right-to-left text, from byte
// i on. Only where a letter or digit stands is there anything: a sign or mark
// before it is no further away than the last space.
func (f *intruders) leftInRight(i int) {
	s, stops := f.text, &leftStops
	if f.signed {
		stops = &leftBytes
	}
	for {
		from := i
		for {
			for i < len(s) && !stops[s[i]] {
				i++
			}
			if i == len(s) || s[i] != 0xE2 || f.ownSign(i) > 0 {
				break
			}
			i++
		}
		if i == len(s) {
			return
		}
		if end := f.yearAt(i); end > 0 {
			i = end
			continue
		}
		if size := f.ownSign(i); size > 0 {
			if end := f.ownDigits(i, size); end > 0 {
				i = end
				continue
			}
		}
		at := i
		if space := strings.LastIndexByte(s[from:i], ' '); space >= 0 {
			from += space + 1
		}
		for i = from; i <= at; {
			if !stretchBytes[s[i]] {
				i++
				continue
			}
			end := 0
			if !isASCIIDigit(s[i]) && !isASCIILetter(s[i]) {
				end = f.quoted(i, LTR)
			}
			if end == 0 {
				end = f.phrase(i)
			}
			i = max(end, i+1)
		}
	}
}

// yearAt gives the end of the number at i if it stands between spaces, as a
// year does, and nothing belongs to it: what most right-to-left texts hold of
// ASCII. 0 if a closer look is needed.
func (f *intruders) yearAt(i int) int {
	s := f.text
	if i > 0 && s[i-1] != ' ' {
		return 0
	}
	for i < len(s) && isASCIIDigit(s[i]) {
		i++
	}
	if i == len(s) {
		return i
	}
	if s[i] != ' ' {
		return 0
	}
	if i+1 == len(s) || s[i+1] >= 0xD6 && s[i+1] <= 0xDF {
		return i + 1
	}
	return 0
}

// A phrase is words that follow one another and are read together. Names with
// symbols at their ends must be isolated, and the words beside them with them,
// or they would part.
type phrase struct {
	start, end int
	words      int
	symbols    bool // between words
	listed     bool // a comma of the other direction parts it from its like
	short      bool // its last word is an abbreviation
	names      []Span
}

// phrase reads the phrase or number at i, adds what of it must be isolated, and
// gives where to go on.
func (f *intruders) phrase(i int) int {
	var room [4]Span
	p := phrase{start: i, end: i, names: room[:0]}
	joined := byte(0)
	for {
		stop := f.stretchEnd(i)
		start, end := f.trim(i, stop)
		k := f.judge(start, end)
		if k == rangeOfNumbers && joined == ' ' {
			k = plainNumber // Boeing 737-800
		}
		if k == plainNumber && joined != ' ' {
			k = nothing
		}
		if k == machineText && joined == '.' {
			k = name // Rs. 1,500/-
		}
		if k == machineText && joined == ' ' && f.namesNumber(p.start, p.end) {
			k = measure
		}
		switch k {
		case nothing:
			f.close(&p)
			return stop
		case machineText, rangeOfNumbers, measure:
			if k == measure && joined == ' ' {
				break
			}
			f.close(&p)
			f.add(start, end, LTR)
			return stop
		case word, name, short:
			if p.words++; p.words == 1 {
				p.start = start
			} else if joined == '&' {
				p.symbols = true
			}
			if k == name {
				p.names = append(p.names, Span{start, end, LTR})
			}
		}
		p.end, p.short = end, k == short
		i, joined = f.joint(end)
		if joined == ',' {
			p.listed = true
			f.close(&p)
			if !f.beginsWord(i) {
				return i
			}
			p, joined = phrase{start: i, end: i, listed: true, names: room[:0]}, 0
			continue
		}
		if joined == 0 {
			f.close(&p)
			return max(stop, end)
		}
	}
}

// close adds the phrase if it needs an isolate; if markup crosses it, its names
// one by one.
func (f *intruders) close(p *phrase) {
	if p.words == 0 || len(p.names) == 0 && !p.listed && !p.short && !(p.symbols && p.words > 1 && f.alone(p.start, p.end)) {
		return
	}
	if f.add(p.start, p.end, LTR) {
		return
	}
	for _, n := range p.names {
		f.add(n.Start, n.End, LTR)
	}
}

// alone says whether the phrase [start, end) stands among right-to-left words:
// what would be a part of something longer, parted by a comma or bracket, is
// left in it.
func (f *intruders) alone(start, end int) bool {
	for i := start; i > 0; {
		r, size := utf8.DecodeLastRuneInString(f.text[:i])
		i -= size
		if d := strong(r); d == LTR {
			return false
		} else if d == RTL || r == '\n' {
			break
		}
	}
	for _, r := range f.text[end:] {
		if d := strong(r); d == LTR {
			return false
		} else if d == RTL || r == '\n' {
			break
		}
	}
	return true
}

// joint looks at what stands behind the word that ends at i. It gives where the
// next word of the phrase begins and what joins it: a space, the full stop of an
// abbreviation, a symbol ('&') or a comma of right-to-left text (','), which
// parts two of a list; 0 if the phrase ends.
func (f *intruders) joint(i int) (next int, by byte) {
	s := f.text
	after := strings.TrimLeft(s[i:], " ")
	if strings.HasPrefix(after, "،") {
		next = len(s) - len(strings.TrimLeft(after[len("،"):], " "))
		if f.beginsWord(next) || next < len(s) && isASCIIDigit(s[next]) {
			return next, ','
		}
		return i, 0
	}
	if strings.HasPrefix(s[i:], ". ") && (f.beginsWord(i+2) && f.isAbbreviation(i) || i+2 < len(s) && isASCIIDigit(s[i+2]) && endsWithRupees(s[:i])) {
		return i + 2, '.'
	}
	if i+1 >= len(s) || s[i] != ' ' && s[i] != ':' {
		return i, 0
	}
	if s[i] == ' ' && (f.beginsWord(i+1) || isASCIIDigit(s[i+1]) || s[i+1] == '#' && i+2 < len(s) && isASCIIDigit(s[i+2])) {
		return i + 1, ' '
	}
	r, size := utf8.DecodeRuneInString(s[i+1:])
	next = i + 1 + size + 1
	if s[i] == ':' {
		r, next = ':', i+2
		if s[i+1] != ' ' {
			return i, 0
		}
	}
	if strings.ContainsRune("&+-–—/:", r) && next < len(s) && s[next-1] == ' ' && f.beginsWord(next) {
		return next, '&'
	}
	return i, 0
}

// isAbbreviation says whether a capital and no more than two letters end at i:
// P. Diddy, Dr. Who, St. Louis.
func (f *intruders) isAbbreviation(i int) bool {
	start := i
	for start > 0 && isASCIILetter(f.text[start-1]) {
		start--
	}
	return start < i && i-start <= 3 && f.text[start] <= 'Z'
}

// beginsWord says whether a letter that goes from left to right stands at i, or
// a full stop before one.
func (f *intruders) beginsWord(i int) bool {
	if i < len(f.text) && f.text[i] == '.' {
		i++
	}
	r, _ := utf8.DecodeRuneInString(f.text[min(i, len(f.text)):])
	return strong(r) == LTR
}

// stretchEnd gives the end of the stretch that begins at i: words and numbers,
// with single spaces and hyphens between groups of digits and before a unit.
func (f *intruders) stretchEnd(i int) int {
	s := f.text
	for i < len(s) {
		c := s[i]
		switch {
		case c >= 0x80:
			size := f.goesOn(i)
			if size == 0 {
				return i
			}
			i += size
			continue
		case c == ' ':
			if !f.spaceJoins(i, 1) {
				return i
			}
		case c < ' ' || c == '"' || c == '<' || c == '>' || c == '|' || c == '`':
			return i
		}
		i++
	}
	return i
}

// goesOn gives the size of the character at i, beyond ASCII, if it is part of a
// stretch: a letter, a sign that numbers take with them, an apostrophe within a
// word, a space between groups of digits.
func (f *intruders) goesOn(i int) int {
	s := f.text
	if size := numberSign(s[i:]); size > 0 {
		return size
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case strong(r) == LTR, r >= 0x300 && r <= 0x36F, isPower(r):
		return size
	case isMinute(r) && i > 0 && isASCIIDigit(s[i-1]):
		return size
	case r == '’' && i > 0 && isASCIILetter(s[i-1]) && i+size < len(s) && isASCIILetter(s[i+size]):
		return size
	case isGroupSpace(r) && f.spaceJoins(i, size):
		return size
	}
	return 0
}

// isPower covers the raised digits of m² and km³, which Unicode counts as numbers.
func isPower(r rune) bool { return r == '²' || r == '³' || r == '¹' }

// isMinute covers the marks of minutes and seconds in 33°53′20″N.
func isMinute(r rune) bool { return r == '′' || r == '″' }

// isGroupSpace covers the spaces that are written between groups of digits.
func isGroupSpace(r rune) bool { return r == ' ' || r == 0xA0 || r == 0x202F || r == 0x2009 }

// spaceJoins says whether the space of that size at i stands between groups of
// digits, as in phone numbers, or between a number and its unit.
func (f *intruders) spaceJoins(i, size int) bool {
	s, next := f.text, i+size
	if i == 0 || next >= len(s) || !isASCIIDigit(s[i-1]) && s[i-1] != ')' {
		return false
	}
	if isASCIIDigit(s[next]) || isAreaCode(s[next:]) {
		return true
	}
	if s[i-1] == ')' {
		return false
	}
	sign := 0
	if s[next] == '%' {
		sign = 1
	} else if s[next] < 0x80 || strings.HasPrefix(s[next:], "µ") {
		sign = unitAt(s[next:])
	} else if r, _ := utf8.DecodeRuneInString(s[next:]); r == '°' || r >= 0x80 && unicode.Is(unicode.Sc, r) && !readFromRight(r) {
		sign = utf8.RuneLen(r)
	}
	return sign > 0 && (next+sign == len(s) || !isASCIIDigit(s[next+sign]))
}

// isAreaCode says whether s begins with digits in brackets, as a part of a
// telephone number stands in them: (01). Others hold words as well: (11:30 GMT).
func isAreaCode(s string) bool {
	if s[0] != '(' {
		return false
	}
	i := 1
	for i < len(s) && isASCIIDigit(s[i]) {
		i++
	}
	return i > 1 && i < len(s) && s[i] == ')'
}

// readFromRight covers the currency signs that stand behind their number, to its
// left: CLDR writes 100 ₪ so, and those of Arabic script.
func readFromRight(r rune) bool {
	return r == '₪' || r == '؋' || r == '﷼' || r >= 0x7FE && r <= 0x7FF
}

// numberSign gives the size of a currency or degree sign or a true minus at the
// start of s, which numbers take with them.
func numberSign(s string) int {
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

func isASCIIDigit(c byte) bool { return c >= '0' && c <= '9' }

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// trim leaves the punctuation of the sentence outside.
func (f *intruders) trim(start, end int) (int, int) {
	for start < end && !f.mayBegin(start, end) {
		_, size := utf8.DecodeRuneInString(f.text[start:])
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(f.text[start:end])
		if f.mayEnd(r, start, end-size) {
			break
		}
		end -= size
	}
	return start, end
}

// mayBegin says whether a stretch can begin with the character at i. A sign
// belongs to its number only if it stands free: after a letter a hyphen joins
// words. A currency or a true minus belongs to it also after a prefixed و.
func (f *intruders) mayBegin(i, end int) bool {
	s, c := f.text, f.text[i]
	if isASCIIDigit(c) || isASCIILetter(c) {
		return true
	}
	if i+1 >= end {
		return false
	}
	if c >= 0x80 || c == '$' {
		return true
	}
	if attachedBefore(s[:i]) && !(endsWithAnd(s[:i]) && strings.IndexByte("+-.~", c) >= 0) {
		return false
	}
	switch c {
	case '@', '#', '+', '-':
		return true
	case '/': // a path
		return isASCIILetter(s[i+1])
	case '~': // ~/bin
		return s[i+1] == '/'
	case '.': // .NET
		return isASCIILetter(s[i+1]) && i+2 < end && isASCIILetter(s[i+2]) && (i == 0 || s[i-1] == ' ' || s[i-1] == '(' || endsWithAnd(s[:i]))
	case '(': // (01) 234 567
		t := s[i:end]
		return isASCIIDigit(t[1]) && strings.IndexByte(t, ')') > 0 && strings.IndexByte(t, ' ') > 0 && t[len(t)-1] != ')'
	}
	return false
}

// endsWithAnd says whether s ends with the Arabic و that is written together with
// the word behind it, and with nothing else: in و-5 no hyphen joins words.
func endsWithAnd(s string) bool {
	before, ok := strings.CutSuffix(s, "و")
	return ok && !attachedBefore(before)
}

// mayEnd says whether a stretch that begins at start can end with r, at i.
func (f *intruders) mayEnd(r rune, start, i int) bool {
	s := f.text
	switch {
	case r < 0x80 && (isASCIIDigit(byte(r)) || isASCIILetter(byte(r))), r == '%':
		return true
	case r == '/':
		return isASCIILetter(s[start])
	case r == '-': // Rs. 1,500/-
		return i-1 > start && s[i-1] == '/' && isASCIIDigit(s[i-2])
	case r == '+', r == '#':
		return i > start && (isASCIILetter(s[i-1]) || s[i-1] == '+')
	case r == '.':
		return i > start && isASCIILetter(s[i-1]) && f.endsShort(start, i)
	case r == '!':
		return i > start && isASCIILetter(s[i-1]) && f.endsExclaimed(start, i)
	case r == '$':
		return i > start && isASCIIDigit(s[i-1])
	case r < 0x80:
		return false
	}
	return strong(r) == LTR || r >= 0x300 && r <= 0x36F || isPower(r) || i > start && (r == '°' || isMinute(r) || unicode.Is(unicode.Sc, r))
}

// attachedBefore tells whether a letter or digit ends s.
func attachedBefore(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}
