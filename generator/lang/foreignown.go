package lang

import "strings"

// The digits of Persian, Urdu and Pashto (U+06F0 to U+06F9) have the class of
// European ones: in right-to-left text they stand in its order, and a hyphen
// between two groups of them turns the groups round. Within an isolate from the
// left they keep the order in which they are dialled. The digits of Arabic have
// a class that no isolate changes.

// isOwnDigit says whether a digit of Persian begins at i.
func (f *intruders) isOwnDigit(i int) bool {
	s := f.text
	return i >= 0 && i+1 < len(s) && s[i] == 0xDB && s[i+1] >= 0xB0 && s[i+1] <= 0xB9
}

// ownSign gives the size of the plus, hyphen, en dash or minus at i if a digit of
// Persian follows it, else 0.
func (f *intruders) ownSign(i int) int {
	if c := f.text[i]; c != '-' && c != '+' && c != 0xE2 {
		return 0
	}
	if size := signSize(f.text[i:]); size > 0 && f.isOwnDigit(i+size) {
		return size
	}
	return 0
}

func signSize(s string) int {
	switch {
	case s == "":
	case s[0] == '+' || s[0] == '-':
		return 1
	case strings.HasPrefix(s, "–"), strings.HasPrefix(s, "−"):
		return 3
	}
	return 0
}

// ownDigits looks at the sign at i: it adds the telephone number, date or range
// of Persian digits that it is part of, or the number whose minus it is, and
// gives the end of what it added, else 0.
func (f *intruders) ownDigits(i, size int) int {
	start := i
	if f.text[i] != '+' {
		start = f.ownStart(start)
	}
	if attachedBefore(f.text[:start]) {
		return 0
	}
	end := 0
	switch {
	case start < i || f.text[i] == '+':
		e, digits := f.ownGroups(start)
		if f.ranged && start < i || digits >= 7 && (start == i || strings.HasPrefix(f.text[start:], "۰")) {
			end = e
		}
	case f.signed:
		end = f.ownNumberEnd(i + size)
	}
	if end == 0 || !f.add(start, end, LTR) {
		return 0
	}
	return end
}

// ownStart gives where the number begins that ends at i, with its decimals or,
// if it is a time or date, its other parts.
func (f *intruders) ownStart(i int) int {
	for {
		size := f.partSize(i, -1)
		switch {
		case i-2 >= f.done && f.isOwnDigit(i-2):
			i -= 2
		case size > 0 && i-size-2 >= f.done && f.isOwnDigit(i-size-2) && f.isOwnDigit(i):
			i -= size
		default:
			return i
		}
	}
}

// partSize gives the size of what parts the digits of a time, a date or a number
// with decimals, if it stands before i (step -1) or at it, else 0.
func (f *intruders) partSize(i, step int) int {
	s := f.text[i:]
	if step < 0 {
		s = f.text[max(0, i-len("٫")):i]
		if len(s) > 0 && strings.IndexByte(":/.", s[len(s)-1]) >= 0 {
			return 1
		}
	}
	switch {
	case strings.HasPrefix(s, "٫"), strings.HasPrefix(s, "٬"):
		return len("٫")
	case step > 0 && s != "" && strings.IndexByte(":/.", s[0]) >= 0:
		return 1
	}
	return 0
}

// ownGroups gives the end of the groups of digits that begin at start, perhaps
// with a plus, and how many digits they hold. A space parts groups of a number
// with a plus only: others may follow one another.
func (f *intruders) ownGroups(start int) (end, digits int) {
	i, plus := start, f.text[start] == '+'
	if plus {
		i++
	}
	for f.isOwnDigit(i) {
		i += 2
		digits++
		end = i
		if size := signSize(f.text[i:]); size > 0 && f.isOwnDigit(i+size) {
			i += size
		} else if size := f.partSize(i, 1); size > 0 && f.isOwnDigit(i+size) {
			i += size
		} else if plus && f.isOwnDigit(i+1) && f.text[i] == ' ' {
			i++
		}
	}
	return end, digits
}

// ownNumberEnd gives the end of the number of Persian digits at i, with its
// decimals and percent sign.
func (f *intruders) ownNumberEnd(i int) int {
	for {
		switch rest := f.text[i:]; {
		case f.isOwnDigit(i):
			i += 2
		case (strings.HasPrefix(rest, "٫") || strings.HasPrefix(rest, "٬")) && f.isOwnDigit(i+2):
			i += 2
		case strings.HasPrefix(rest, "٪"):
			return i + len("٪")
		default:
			return i
		}
	}
}
