package lang

import "sync"

// The segmenter of UAX #29 looks every character up in a trie, spaces too. Most
// words of an article are a run of letters between a space and a space or full
// stop, in scripts whose characters take one or two bytes: for these the rules
// say no more than "the run is a word" (WB5, WB8–WB10, and WB999 before a space),
// and the functions here find them by their bytes. All else is left to the
// segmenter; a test holds the two against each other.

// Classes of the characters below U+0800 and of ASCII.
const (
	charOther  = iota
	charLetter // ALetter, Hebrew_Letter or Numeric: a run of them is never parted
	charMark   // Extend inside a run of letters
	charPoint  // ASCII punctuation that begins no word and, before a space, ends one
	charSpace  // the space
	charBreak  // line feed: a break on both sides, whatever stands there
)

// wordClasses gives the class of each character that the quick way knows.
var wordClasses = sync.OnceValue(func() *[0x800]uint8 {
	var c [0x800]uint8
	set := func(from, to rune, class uint8) {
		for r := from; r <= to; r++ {
			c[r] = class
		}
	}
	for _, r := range "!\"#$%&()*+,-./:;<=>?@[\\]^`{|}~" { // without ' and _, which join
		c[r] = charPoint
	}
	c[' '], c['\n'] = charSpace, charBreak
	set('0', '9', charLetter)
	set('A', 'Z', charLetter)
	set('a', 'z', charLetter)
	set(0xC0, 0x24F, charLetter) // Latin
	c[0xD7], c[0xF7] = charOther, charOther
	set(0x400, 0x481, charLetter) // Cyrillic
	set(0x48A, 0x52F, charLetter)
	set(0x5D0, 0x5EA, charLetter) // Hebrew
	set(0x591, 0x5BD, charMark)
	set(0x620, 0x64A, charLetter) // Arabic, with its digits
	set(0x64B, 0x65F, charMark)
	set(0x660, 0x669, charLetter)
	set(0x670, 0x670, charMark)
	set(0x671, 0x6D3, charLetter)
	set(0x6F0, 0x6F9, charLetter)
	return &c
})

// classAt gives the class of the character at s[i:] and its length; the joiner
// of Persian (ZWNJ) is a mark, everything else of three bytes is charOther.
func classAt(c *[0x800]uint8, s string, i int) (class uint8, size int) {
	b := s[i]
	switch {
	case b < 0x80:
		return c[b], 1
	case b >= 0xC2 && b <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		return c[rune(b&0x1F)<<6|rune(s[i+1]&0x3F)], 2
	case b == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] == 0x8C:
		return charMark, 3
	}
	return charOther, 1
}

// quickSegment gives the end of what begins at the boundary i of s, and whether
// it is a word; 0 if the segmenter must say.
func quickSegment(c *[0x800]uint8, s string, i int) (end int, word bool) {
	class, n := classAt(c, s, i)
	switch class {
	case charBreak:
		return i + n, false
	case charSpace, charPoint:
		if i+n == len(s) {
			return i + n, false
		}
		next, _ := classAt(c, s, i+n)
		if next == charLetter || next == charBreak || next == charPoint || next == charSpace && class == charPoint {
			return i + n, false
		}
		return 0, false
	case charLetter:
		return quickWord(c, s, i+n), true
	}
	return 0, false
}

// quickWord gives the end of the word of which s[:i] holds the first letter, 0
// if the segmenter must say. It does what classAt does without the call.
func quickWord(c *[0x800]uint8, s string, i int) int {
	for i < len(s) {
		b := s[i]
		if b < 0x80 {
			switch c[b] {
			case charLetter:
				i++
				continue
			case charSpace, charBreak:
				return i
			case charPoint:
				if i+1 == len(s) || s[i+1] == ' ' || s[i+1] == '\n' {
					return i // neither a letter nor a digit follows, so nothing is joined
				}
			}
			return 0
		}
		if b <= 0xDF {
			if b < 0xC2 || i+1 >= len(s) || s[i+1]&0xC0 != 0x80 {
				return 0
			}
			if class := c[uint(b&0x1F)<<6|uint(s[i+1]&0x3F)]; class != charLetter && class != charMark {
				return 0
			}
			i += 2
			continue
		}
		if class, n := classAt(c, s, i); class == charMark {
			i += n
			continue
		}
		return 0
	}
	return i
}
