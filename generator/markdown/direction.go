package markdown

import (
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// direction gives the direction of the text of a block in its surroundings.
// Most blocks hold letters of one direction only; those need no counting.
func (r *renderer) direction(text string) lang.Direction {
	switch rtl, other := letters(text); {
	case !rtl && r.here.dir == lang.LTR:
		return lang.LTR
	case rtl && !other && r.here.dir == lang.RTL:
		return lang.RTL
	}
	return lang.TextDirection(text, lang.Und, r.here.dir)
}

// letters tells from the bytes of s whether it may hold letters of
// right-to-left scripts, and whether it may hold others.
func letters(s string) (rtl, other bool) {
	for i := range len(s) {
		c := s[i]
		switch {
		case c < 0x80:
			other = other || isLetter(c)
		case c < 0xC0: // inside a character
		case c >= 0xD6 && c <= 0xDF: // Hebrew to N'Ko
			rtl = true
		case c == 0xE2 || c == 0xC2: // punctuation, signs
		case c == 0xE0 || c >= 0xEF: // may be either
			return true, true
		default:
			other = true
		}
	}
	return rtl, other
}

// countWords counts the words of a text: what stands between spaces and holds
// a letter or a digit; in scripts without spaces each character. It is for
// telling lengths, and much cheaper than cutting the text into words.
func countWords(text []byte) int {
	n := 0
	in := false
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c <= ' ':
			in = false
			i++
			continue
		case c < 0x80:
			if !in && (isLetter(c) || isDigit(c)) {
				in = true
				n++
			}
			i++
			continue
		case c >= 0xD6 && c <= 0xDF && in:
			i += 2
			continue
		}
		ch, size := utf8.DecodeRune(text[i:])
		i += size
		switch {
		case isWide(ch):
			if unicode.IsLetter(ch) {
				n++
			}
			in = false
		case unicode.IsSpace(ch):
			in = false
		case !in && unicode.In(ch, unicode.L, unicode.N):
			in = true
			n++
		}
	}
	return n
}
