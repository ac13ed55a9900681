package lang

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numbers is how a locale writes numbers.
type numbers struct {
	zero               rune // the locale's digit 0
	group              string
	primary, secondary int // sizes of the groups, from the right
	minimum            int // digits that must stand before the first separator
}

// digitZero maps CLDR's names of numbering systems to their digit 0.
func digitZero(system string) rune {
	switch system {
	case "arab":
		return '٠'
	case "arabext":
		return '۰'
	case "beng":
		return '০'
	case "deva":
		return '०'
	}
	return '0'
}

func newNumbers(m map[string]string) numbers {
	n := numbers{zero: digitZero(m["digits"]), group: m["group"], minimum: 1}
	first, second, ok := strings.Cut(m["grouping"], ";")
	n.primary, _ = strconv.Atoi(first)
	n.secondary = n.primary
	if ok {
		n.secondary, _ = strconv.Atoi(second)
	}
	if v, err := strconv.Atoi(m["grouping.minimum"]); err == nil {
		n.minimum = v
	}
	return n
}

// WithDigits gives the same locale with the digits of a CLDR numbering system
// ("latn", "arab", "arabext", "deva", "beng"), for sites that choose their own.
// Another name gives l itself.
func (l *Locale) WithDigits(system string) *Locale {
	switch system {
	case "latn", "arab", "arabext", "deva", "beng":
	default:
		return l
	}
	c := *l
	c.numbers.zero = digitZero(system)
	switch system {
	case "arab", "arabext":
		c.numbers.group = "٬"
	default:
		if l.numbers.group == "٬" {
			c.numbers.group = ","
		}
	}
	return &c
}

// Digits writes the ASCII digits of s in the locale's default digits (CLDR
// 48.2: Arabic-Indic for ar-EG and ckb, extended for fa, ASCII for ar and he)
// and leaves all else as it is.
func (l *Locale) Digits(s string) string {
	if l.numbers.zero == '0' || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return string(l.numbers.appendDigits(make([]byte, 0, 2*len(s)+8), s))
}

// appendDigits appends s with its ASCII digits in the locale's.
func (n *numbers) appendDigits(b []byte, s string) []byte {
	if n.zero == '0' {
		return append(b, s...)
	}
	for i := range len(s) {
		if c := s[i]; c >= '0' && c <= '9' {
			b = utf8.AppendRune(b, n.zero+rune(c-'0'))
		} else {
			b = append(b, c)
		}
	}
	return b
}

// Integer writes n grouped and in the locale's digits.
func (l *Locale) Integer(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	f := &l.numbers
	if f.primary == 0 || f.group == "" || len(s) < f.primary+f.minimum {
		return sign + l.Digits(s)
	}
	b := append(make([]byte, 0, 3*len(s)), sign...)
	for i := range len(s) {
		if rest := len(s) - i; i > 0 && (rest == f.primary || rest > f.primary && (rest-f.primary)%f.secondary == 0) {
			b = append(b, f.group...)
		}
		b = f.appendDigits(b, s[i:i+1])
	}
	return string(b)
}
