package lang

import (
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Most words hold only letters and digits that compose with nothing and whose
// keys are one character each: for these a table of the characters below U+0800
// is the whole of [Light].

// foldings gives the key of each such character, 0 for all others; one table
// for Arabic and one for the other languages.
var foldings = sync.OnceValue(func() *[2][0x800]uint16 {
	var tables [2][0x800]uint16
	for n := range tables {
		for r := range rune(0x800) {
			tables[n][r] = folding(r, n == 1)
		}
	}
	return &tables
})

// folding gives the key of r if it is one character whatever stands beside it.
func folding(r rune, arabic bool) uint16 {
	switch r {
	case '\'', '"', '.', '-', 0:
		return 0 // dropped, or dropped behind some letters only
	}
	s := string(r)
	if !norm.NFC.IsNormalString(s) || !norm.NFC.PropertiesString(s).BoundaryBefore() {
		return 0
	}
	key := appendLetter(nil, r, 0, arabic)
	k, n := utf8.DecodeRune(key)
	if n == 0 || n != len(key) || n > len(s) || k >= 0x800 {
		return 0
	}
	return uint16(k)
}

// foldingsOf gives the table of a language.
func foldingsOf(arabic bool) *[0x800]uint16 {
	if arabic {
		return &foldings()[1]
	}
	return &foldings()[0]
}

// simpleAt gives the character at s[i:], its length and its key; key is 0 if
// the tables do not know it.
func simpleAt(f *[0x800]uint16, s string, i int) (r, key uint16, size int) {
	b := s[i]
	if b < utf8.RuneSelf {
		return uint16(b), f[b], 1
	}
	if b < 0xC2 || b > 0xDF || i+1 >= len(s) || s[i+1]&0xC0 != 0x80 {
		return 0, 0, 1
	}
	r = uint16(b&0x1F)<<6 | uint16(s[i+1]&0x3F)
	return r, f[r], 2
}

// AppendLight appends the light key of s to out, see [Light].
func AppendLight(out []byte, s string, t Tag) []byte {
	arabic := isArabic(t)
	f := foldingsOf(arabic)
	from := len(out)
	out = slices.Grow(out, len(s)) // a character's key is no longer than it is here
	to, n := out[:from+len(s)], from
	for i := 0; i < len(s); {
		_, key, size := simpleAt(f, s, i)
		if key == 0 {
			return appendLight(out[:from], s, arabic)
		}
		if key < utf8.RuneSelf {
			to[n] = byte(key)
			n++
		} else {
			to[n], to[n+1] = 0xC0|byte(key>>6), 0x80|byte(key&0x3F)
			n += 2
		}
		i += size
	}
	return to[:n]
}

// isLight says that s is its own light key, by the tables alone; false says
// nothing.
func isLight(s string, arabic bool) bool {
	f := foldingsOf(arabic)
	for i := 0; i < len(s); {
		r, key, n := simpleAt(f, s, i)
		if key == 0 || key != r {
			return false
		}
		i += n
	}
	return true
}
