package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	tatweel = 'ـ'
	zwnj    = '\u200c'
	zwj     = '\u200d'
)

// isBidiControl covers the marks, embeddings, overrides and isolates.
func isBidiControl(r rune) bool {
	return r == 0x200E || r == 0x200F || r == 0x061C || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// isZeroWidth covers what has no width and no place in plain words, and the
// two joiners, which have.
func isZeroWidth(r rune) bool {
	return r >= 0x200B && r <= 0x200D || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r == 0x00AD || r == 0x180E ||
		r >= 0x206A && r <= 0x206F || r >= 0xFFF9 && r <= 0xFFFB || r >= 0xE0000 && r <= 0xE007F
}

// isHaraka covers the vowel marks and points that Arabic, Hebrew and Syriac
// text may leave out.
func isHaraka(r rune) bool {
	return r >= 0x064B && r <= 0x065F || r == 0x0670 || r >= 0x0610 && r <= 0x061A || r >= 0x06D6 && r <= 0x06ED && !(r == 0x06DD || r == 0x06DE || r == 0x06E5 || r == 0x06E6 || r == 0x06E9) ||
		r >= 0x0591 && r <= 0x05C7 && r != 0x05BE && r != 0x05C0 && r != 0x05C3 && r != 0x05C6 || r >= 0x0730 && r <= 0x074A || r >= 0x08D3 && r <= 0x08FF && r != 0x08E2
}

// withoutIsolates takes isolates, embeddings and overrides out of s.
func withoutIsolates(s string) string {
	if !strings.Contains(s, "\xe2\x80") && !strings.Contains(s, "\xe2\x81") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isBidiControl(r) && r >= 0x202A {
			return -1
		}
		return r
	}, s)
}

// StripControls takes bidi controls, zero-width characters and C0 and C1
// controls out of s. Tab and line feed stay, line and paragraph separators
// and other line ends become line feeds. The joiners stay where they spell a word (between
// letters) or an emoji.
func StripControls(s string) string {
	if plain(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	var before rune
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == zwnj || r == zwj:
			after, _ := utf8.DecodeRuneInString(s[i:])
			if !joins(before) || !joins(after) {
				continue
			}
		case r == '\r':
			if strings.HasPrefix(s[i:], "\n") {
				continue
			}
			r = '\n'
		case r == 0x2028 || r == 0x2029 || r == 0x85 || r == '\v' || r == '\f':
			r = '\n'
		case r == '\t' || r == '\n':
		case r < 0x20 || r >= 0x7F && r < 0xA0 || isBidiControl(r) || isZeroWidth(r):
			continue
		case r == utf8.RuneError && size == 1:
			b = append(b, s[i-1])
			before = r
			continue
		}
		b = utf8.AppendRune(b, r)
		before = r
	}
	return string(b)
}

// plain says that s holds nothing to strip, which is the usual case.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0x20 && c != '\t' && c != '\n', c == 0x7F, c == 0xC2, c == 0xD8, c == 0xE1, c == 0xE2, c == 0xEF, c == 0xF3:
			// The first bytes of all that is stripped; most of them also
			// begin harmless characters.
			if r, size := utf8.DecodeRuneInString(s[i:]); !harmless(r) {
				return false
			} else {
				i += size - 1
			}
		}
	}
	return true
}

func harmless(r rune) bool {
	return !(r < 0x20 || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 || isBidiControl(r) || isZeroWidth(r))
}

// joins says whether a joiner beside r has a meaning.
func joins(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || r >= 0x2190 && r <= 0x2BFF || r >= 0x1F000 && r <= 0x1FAFF
}

// TextDirection gives the base direction of a block of plain text (RTL.md B2):
// that of the language declared for the block itself, if one is; else that
// of the majority of its words, URLs and numbers left out; else that of its
// first strong character; else what it inherits. In a right-to-left
// surrounding two words of five are enough to stay right to left, for news
// quotes foreign names. Pass "" as declared where only the page has a
// language.
func TextDirection(text string, declared Tag, inherited Direction) Direction {
	if declared != "" && ScriptOf(declared) != "Zyyy" {
		return DirectionOf(declared)
	}
	if inherited != "" && oneWay(text, inherited) {
		return inherited
	}
	c := countDirections(text)
	total := c.ltr + c.rtl
	switch {
	case total == 0:
		return firstStrong(text, inherited)
	case inherited == RTL && c.rtl*5 >= total*2:
		return RTL
	case c.rtl > c.ltr:
		return RTL
	case c.rtl < c.ltr:
		return LTR
	}
	return firstStrong(text, inherited)
}

// WordsDirection gives the direction of a name, headline or line written in a
// language of the direction d, which is d unless its words go the other way:
// C++ in an Arabic list and an English headline of an Arabic article are turned.
// One word of its own is enough for right-to-left text, which is full of foreign
// names ("ארגון Human Rights Watch", "Sky News عربية"); text from the left keeps
// its direction if it begins in it.
func WordsDirection(text string, d Direction) Direction {
	own := TextDirection(text, "", d)
	if own == d || d == LTR && firstStrong(text, d) == LTR || d == RTL && holdsStrong(text, RTL) {
		return d
	}
	return own
}

func holdsStrong(text string, d Direction) bool {
	for _, r := range text {
		if strong(r) == d {
			return true
		}
	}
	return false
}

// oneWay says, by the bytes of text, that surely no letter in it goes against d.
// Most texts are in the direction that they inherit.
func oneWay(text string, d Direction) bool {
	bytes := &rightBytes
	if d == RTL {
		bytes = &turningRight
	}
	for i := range len(text) {
		if bytes[text[i]] && turns(text[i:], d) {
			return false
		}
	}
	return true
}

// turningRight are the bytes that may begin a letter that goes from left to
// right, and so turn text that runs from the right.
var turningRight = byteSet(func(c int) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0xC2 && c <= 0xD6 || c >= 0xE0
})

// turns looks closer at the byte that begins s: punctuation and emoji share
// theirs with letters. It may say yes where all is well.
func turns(s string, d Direction) bool {
	if len(s) < 2 {
		return s[0] < 0x80
	}
	switch second := s[1]; s[0] {
	case 0xC2:
		return second == 0xAA || second == 0xB5 || second == 0xBA
	case 0xE2:
		return second != 0x80
	case 0xE0:
		return d == RTL || second >= 0xA0 && second <= 0xA3
	case 0xEF:
		return (second >= 0xAD && second <= 0xBB) != (d == RTL) || second == 0xAC
	case 0xF0:
		return second != 0x9F && (d == RTL || second == 0x90 || second == 0x9E)
	}
	return true
}

type directions struct{ ltr, rtl int }

// countDirections counts words: runs of letters of one direction. Characters
// of scripts without spaces count as a word for every two.
func countDirections(text string) directions {
	var c directions
	for field := range strings.FieldsSeq(text) {
		if isMachineText(field) {
			continue
		}
		var run Direction
		wide := 0
		for _, r := range field {
			d := strong(r)
			switch {
			case d == "" && (isZeroWidth(r) || unicode.IsMark(r) || r == '\'' || r == '’'):
				continue // inside a word
			case d == LTR && r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
				wide++
				run = ""
				continue
			case d == run:
				continue
			case d == RTL:
				c.rtl++
			case d == LTR:
				c.ltr++
			}
			run = d
		}
		c.ltr += (wide + 1) / 2
	}
	return c
}

// isMachineText finds addresses and handles, whose letters say nothing of the
// text around them.
func isMachineText(field string) bool {
	if strings.Contains(field, "://") || strings.HasPrefix(field, "www.") {
		return true
	}
	if i := strings.IndexByte(field, '@'); i >= 0 && i+1 < len(field) && field[i+1] < utf8.RuneSelf {
		return true
	}
	if !strings.ContainsAny(field, "./_\\") || !onlyASCII(field) {
		return false
	}
	core := strings.TrimRight(field, ".,;:!?)")
	return strings.ContainsAny(core, "/_\\") || strings.Contains(core, ".") && strings.ToLower(core) == core && !strings.HasPrefix(core, ".") && len(core) > 4
}

func onlyASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// strong gives the direction of a letter, "" for anything else.
func strong(r rune) Direction {
	switch {
	case r < 0x41:
		return ""
	case r < 0x590:
		if unicode.IsLetter(r) {
			return LTR
		}
		return ""
	case isPlainLetter(r):
		return RTL
	case r <= 0x8FF, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r < 0xFEFF, r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
		if unicode.IsLetter(r) {
			return RTL
		}
		return ""
	case unicode.IsLetter(r):
		return LTR
	}
	return ""
}

// isPlainLetter covers the letters of Arabic and Hebrew that most text is made
// of, which have no case; the general tables are slower by far.
func isPlainLetter(r rune) bool {
	return r >= 0x0620 && r <= 0x064A && r != tatweel || r >= 0x0671 && r <= 0x06D3 || r >= 0x05D0 && r <= 0x05EA
}

func firstStrong(text string, otherwise Direction) Direction {
	for _, r := range text {
		if d := strong(r); d != "" {
			return d
		}
	}
	return otherwise
}
