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
	var all byte
	for _, c := range s {
		all |= letterKinds[c]
	}
	return all&rightToLeft != 0, all&leftToRight != 0
}

// What letters a byte may belong to.
const leftToRight, rightToLeft = 1, 2

var letterKinds = func() (t [256]byte) {
	for c := range t {
		switch {
		case c < 0x80:
			if isLetter(byte(c)) {
				t[c] = leftToRight
			}
		case c < 0xC0: // inside a character
		case c >= 0xD6 && c <= 0xDF: // Hebrew to N'Ko
			t[c] = rightToLeft
		case c == 0xE2 || c == 0xC2: // punctuation, signs
		case c == 0xE0 || c >= 0xEF: // may be either
			t[c] = leftToRight | rightToLeft
		default:
			t[c] = leftToRight
		}
	}
	return t
}()

// countWords counts the words of a text: what stands between spaces and holds
// a letter or a digit; in scripts without spaces each character. It is for
// telling lengths, and much cheaper than cutting the text into words.
func countWords(text []byte) int {
	n := 0
	within := false // a word, which a space or a wide character ends
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c < 0x80:
			i++
			if c <= ' ' {
				within = false
			} else if !within && (isLetter(c) || isDigit(c)) {
				n, within = n+1, true
			}
		case c >= 0xC3 && c <= 0xDF: // two bytes, none of them a space
			i += 2
			if !within && i <= len(text) && isWordRune(rune(c&0x1F)<<6|rune(text[i-1]&0x3F)) {
				n, within = n+1, true
			}
		default:
			ch, size := utf8.DecodeRune(text[i:])
			i += size
			switch {
			case isWide(ch):
				if within = false; unicode.IsLetter(ch) {
					n++
				}
			case within:
				within = !unicode.IsSpace(ch)
			case isWordRune(ch):
				n, within = n+1, true
			}
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
