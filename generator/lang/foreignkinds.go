package lang

import "strings"

// What a stretch of left-to-right text is in right-to-left text.
const (
	nothing        = iota
	plainNumber    // keeps the order of the text
	word           // is shown as it is written
	name           // is shown in the wrong order if it stands at an end of its phrase: C++, .NET, 7-Eleven
	rangeOfNumbers // where those are read from the left
	short          // an abbreviation with its full stop, which would leave it at the end of its phrase: Apple Inc.
	measure        // goes with a word before it, else an isolate of its own: 128 GB, UAX #9
	machineText    // a date, an address, a number with a sign: an isolate of its own
)

// judge says what the trimmed stretch [start, end) is.
func (f *intruders) judge(start, end int) int {
	if start >= end {
		return nothing
	}
	t := f.text[start:end]
	digits, letters, hyphens, spaces := 0, 0, 0, 0
	for _, r := range t {
		switch {
		case r < 0x80 && isASCIIDigit(byte(r)):
			digits++
		case r < 0x80 && isASCIILetter(byte(r)), r >= 0xC0 && strong(r) == LTR:
			letters++
		case r == '-':
			hyphens++
		case isGroupSpace(r):
			spaces++
		}
	}
	signed := !isASCIIDigit(t[0]) || !isASCIIDigit(t[len(t)-1])
	switch {
	case letters > 0:
		return judgeWord(t)
	case digits == 0:
		return nothing
	case spaces > 0 && !isASCIIDigit(t[len(t)-1]):
		return machineText // 25 %, 100 000 €
	case spaces > 0:
		return judgeGroups(t)
	case t[0] == '#' && isPlainNumber(t[1:]):
		return measure
	case t[0] == '0' && digits >= 7 && hyphens > 0: // 0300-1234567
		return machineText
	case isRange(t):
		if f.ranged {
			return rangeOfNumbers
		}
		return plainNumber
	case hyphens > 0, signed: // a date, an ISBN, a score with a sign, a phone number
		return machineText
	}
	return plainNumber
}

// judgeWord judges a stretch that holds letters.
func judgeWord(t string) int {
	first, last := t[0], t[len(t)-1]
	switch {
	case first == '@' || first == '#', // @name, #tag
		first == '+' || first == '-' || first == '$', // -5C, $12bn
		first == '/' || first == '~',                 // /usr/share, ~/bin
		first >= 0x80 && numberSign(t) > 0,           // €3m
		last == '/',                                  // example.org/a/
		strings.Contains(t, "://"), strings.HasPrefix(t, "www."), strings.IndexByte(t, '@') > 0,
		isASCIIDigit(first) && (last == '%' || strings.Contains(t, "°")): // 12C°, 37 °C
		return machineText
	case isASCIIDigit(first) && strings.IndexByte(t, ' ') > 0:
		if last == '.' { // 8 a.m.
			return machineText
		}
		return measure
	case last == '.':
		return short
	case last == '+' || last == '#' || last == '!' || first == '.', isASCIIDigit(first) && joinsDigits(t): // C++, C#, Yahoo!, .NET, 7-Eleven
		return name
	}
	return word
}

// joinsDigits says whether a symbol other than those of numbers parts the digits
// at the beginning of t from its first letter.
func joinsDigits(t string) bool {
	for i := range len(t) {
		switch c := t[i]; {
		case c == '-' || c == '/' || c == '&' || c == '+':
			return true
		case !isASCIIDigit(c) && c != '.' && c != ',' && c != ':':
			return false
		}
	}
	return false
}

// judgeGroups judges numbers with spaces between them: a phone number, or one
// number with its thousands apart. Others are numbers that happen to follow one
// another and keep the order of the text.
func judgeGroups(t string) int {
	digits, groups, n := 0, 0, 0
	thousands := true
	group := func() {
		if groups == 0 && n > 3 || groups > 0 && n != 3 {
			thousands = false
		}
		digits, groups, n = digits+n, groups+1, 0
	}
	for _, r := range t {
		if isGroupSpace(r) {
			group()
		} else if r < 0x80 && isASCIIDigit(byte(r)) {
			n++
		}
	}
	group()
	if thousands || digits >= 7 && (t[0] == '+' || t[0] == '(' || t[0] == '0') {
		return machineText
	}
	return nothing
}

// isRange tells whether t is number-number or time-time.
func isRange(t string) bool {
	from, to, ok := strings.Cut(t, "-")
	if !ok {
		from, to, ok = strings.Cut(t, "–")
	}
	return ok && (isPlainNumber(from) && isPlainNumber(to) || isTime(from) && isTime(to))
}

// isTime tells 9:30.
func isTime(t string) bool {
	hour, minute, ok := strings.Cut(t, ":")
	return ok && len(minute) == 2 && isPlainNumber(hour) && isPlainNumber(minute)
}

func isPlainNumber(t string) bool {
	for i := range len(t) {
		if c := t[i]; !isASCIIDigit(c) && c != '.' && c != ',' && c != '%' {
			return false
		}
	}
	return len(t) > 0
}
