package markdown

import (
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// direction gives the direction of the text of a block in its surroundings.
// Most blocks hold letters of one direction only; those need no counting.
func (r *renderer) direction(text []byte) lang.Direction {
	switch rtl, other := letters(text); {
	case !rtl && r.here.dir == lang.LTR:
		return lang.LTR
	case rtl && !other && r.here.dir == lang.RTL:
		return lang.RTL
	}
	return lang.TextDirection(string(text), lang.Und, r.here.dir)
}

// letters tells from the bytes of s whether it may hold letters of
// right-to-left scripts, and whether it may hold others.
func letters(s []byte) (rtl, other bool) {
	for _, c := range s {
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
		case c >= 0xC3 && c <= 0xDF: // two bytes, none of them a space
			if !in && i+1 < len(text) && isWordRune(rune(c&0x1F)<<6|rune(text[i+1]&0x3F)) {
				in = true
				n++
			}
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
		case !in && isWordRune(ch):
			in = true
			n++
		}
	}
	return n
}

// isWordRune tells letters and digits. Most letters of Arabic, Hebrew and
// Cyrillic text are known without a look into the tables.
func isWordRune(ch rune) bool {
	if ch >= 0x620 && ch <= 0x64A || ch >= 0x5D0 && ch <= 0x5EA || ch >= 0x671 && ch <= 0x6D3 || ch >= 0x400 && ch <= 0x481 {
		return true
	}
	return unicode.In(ch, unicode.L, unicode.N)
}
