package markdown

import (
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// direction gives the direction of the text of a block, of which all holds the
// kinds, in its surroundings. Most blocks hold letters of one direction only;
// those need no counting.
func (r *renderer) direction(text []byte, all byte) lang.Direction {
	switch {
	case all&rightToLeft == 0 && r.here.dir == lang.LTR:
		return lang.LTR
	case all&(rightToLeft|leftToRight) == rightToLeft && r.here.dir == lang.RTL:
		return lang.RTL
	}
	return lang.TextDirection(string(text), lang.Und, r.here.dir)
}

// countWords counts the words of a text: what stands between spaces and holds
// a letter or a digit; in scripts without spaces each character. It is for
// telling lengths, and much cheaper than cutting the text into words.
func countWords(text []byte) int {
	n := 0
	for i := 0; i < len(text); {
		begins := false
		switch c := text[i]; {
		case c < 0x80:
			begins = isLetter(c) || isDigit(c)
			i++
		case c >= 0xC3 && c <= 0xDF && i+1 < len(text): // two bytes, none of them a space
			begins = isWordRune(rune(c&0x1F)<<6 | rune(text[i+1]&0x3F))
			i += 2
		default:
			ch, size := utf8.DecodeRune(text[i:])
			i += size
			if isWide(ch) {
				if unicode.IsLetter(ch) {
					n++
				}
				continue
			}
			begins = isWordRune(ch)
		}
		if begins {
			n++
			i = wordEnd(text, i)
		}
	}
	return n
}

// wordEnd gives where the word ends that goes on at i: at a space or a wide
// character.
func wordEnd(text []byte, i int) int {
	for i < len(text) {
		c := text[i]
		if kinds[c]&endsWord == 0 {
			i++
			continue
		}
		if c <= ' ' {
			return i
		}
		ch, size := utf8.DecodeRune(text[i:])
		if isWide(ch) || unicode.IsSpace(ch) {
			return i
		}
		i += size
	}
	return i
}

// isWordRune tells letters and digits. Most letters of Arabic, Hebrew and
// Cyrillic text are known without a look into the tables.
func isWordRune(ch rune) bool {
	if ch >= 0x620 && ch <= 0x64A || ch >= 0x5D0 && ch <= 0x5EA || ch >= 0x671 && ch <= 0x6D3 || ch >= 0x400 && ch <= 0x481 {
		return true
	}
	return unicode.In(ch, unicode.L, unicode.N)
}
