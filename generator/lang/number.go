package lang

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// numbers is how a locale writes numbers.
type numbers struct {
	system             string // CLDR's name of the digits, "latn" if none is said
	zero               rune   // the digit 0
	signs              signs
	primary, secondary int // sizes of the groups, from the right
	minimum            int // digits that must stand before the first separator

	all map[string]signs // by system, those that CLDR has for the language
}

// signs are what a locale writes with one kind of digits. The minus and percent
// signs come with the marks that keep them on the side that readers expect.
type signs struct {
	decimal, group, minus string
	percent               string // {0} is the number
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
	n := numbers{all: map[string]signs{}, minimum: 1}
	for _, system := range DigitSystems() {
		if g := m[system+".group"]; g != "" {
			n.all[system] = signs{m[system+".decimal"], g, m[system+".minus"], m[system+".percent"]}
		}
	}
	n.use(or(m["digits"], "latn"))
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

// use takes the digits of a system and the signs that the language has with them,
// or else those of no language.
func (n *numbers) use(system string) {
	n.system, n.zero = system, digitZero(system)
	s, ok := n.all[system]
	if !ok && (system == "arab" || system == "arabext") {
		s = signs{"٫", "٬", "\u061c-", "{0}٪\u061c"}
	} else if !ok {
		s = signs{".", ",", "-", "{0}%"}
	}
	n.signs = s
}

// DigitSystems names the numbering systems of CLDR that a site may choose.
func DigitSystems() []string { return []string{"latn", "arab", "arabext", "deva", "beng"} }

func (l *Locale) withDigits(system string) *Locale {
	if !slices.Contains(DigitSystems(), system) {
		return l
	}
	c := *l
	c.numbers.use(system)
	return &c
}

// DigitSystem names the locale's digits as CLDR does: "latn", "arab" …
func (l *Locale) DigitSystem() string { return l.numbers.system }

// Digits writes the ASCII digits of s in the locale's default digits (CLDR
// 48.2: Arabic-Indic for ar-EG and ckb, extended for fa, ASCII for ar and he)
// and leaves all else as it is.
func (l *Locale) Digits(s string) string {
	if l.numbers.zero == '0' || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return string(l.numbers.appendDigits(make([]byte, 0, 2*len(s)+8), []byte(s)))
}

// appendDigits appends s with its ASCII digits in the locale's.
func (n *numbers) appendDigits(b, s []byte) []byte {
	if n.zero == '0' {
		return append(b, s...)
	}
	for _, c := range s {
		if c >= '0' && c <= '9' {
			b = utf8.AppendRune(b, n.zero+rune(c-'0'))
		} else {
			b = append(b, c)
		}
	}
	return b
}

// Integer writes n grouped and in the locale's digits, as CLDR 48.2 has it.
func (l *Locale) Integer(n int) string {
	var buf [24]byte
	return l.number(strconv.AppendInt(buf[:0], int64(n), 10))
}

// Decimal writes v with so many places after the separator, rounded half away
// from zero. What is no number is written as Go writes it.
func (l *Locale) Decimal(v float64, places int) string {
	scale := math.Pow10(places)
	return l.number(strconv.AppendFloat(nil, math.Round(v*scale)/scale, 'f', places, 64))
}

// Percent writes the share v, 1 for the whole, as so many of a hundred.
func (l *Locale) Percent(v float64, places int) string {
	s := l.Decimal(math.Abs(v)*100, places)
	s = strings.Replace(l.numbers.signs.percent, "{0}", s, 1)
	if v < 0 {
		s = l.numbers.signs.minus + s
	}
	return s
}

// number writes an ASCII number.
func (l *Locale) number(ascii []byte) string {
	n := &l.numbers
	b := make([]byte, 0, 3*len(ascii))
	if ascii[0] == '-' {
		b, ascii = append(b, n.signs.minus...), ascii[1:]
	}
	whole, fraction, parted := bytes.Cut(ascii, []byte("."))
	grouped := n.primary > 0 && len(whole) >= n.primary+n.minimum
	for i := range whole {
		if rest := len(whole) - i; grouped && i > 0 && (rest == n.primary || rest > n.primary && (rest-n.primary)%n.secondary == 0) {
			b = append(b, n.signs.group...)
		}
		b = n.appendDigits(b, whole[i:i+1])
	}
	if parted {
		b = n.appendDigits(append(b, n.signs.decimal...), fraction)
	}
	return string(b)
}
