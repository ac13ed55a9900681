package markdown

import "mihbara/generator/lang"

// What a byte of a text may be a part of. The kinds of all bytes of a paragraph,
// found in one pass, say of most that there is nothing to look for in it.
const (
	leftToRight byte = 1 << iota // a letter of a script that goes that way
	rightToLeft
	isMark     // that markup within a paragraph begins or ends with
	isSpecial  // an escape, a reference, a control, an invisible character, or the first byte of one
	isForeign  // what flow.isolates looks for in right-to-left text
	endsWord   // a space, a wide character, or the first byte of one
	kindsKnown // of flow.kinds: no byte's
)

var kinds = func() (t [256]byte) {
	set := func(kind byte, chars ...byte) {
		for _, c := range chars {
			t[c] |= kind
		}
	}
	for i := range t {
		c := byte(i)
		switch {
		case c < 0x80:
			if isLetter(c) {
				t[c] |= leftToRight
			}
		case c < 0xC0: // inside a character
		case c >= 0xD6 && c <= 0xDF: // Hebrew to N'Ko
			t[c] |= rightToLeft
		case c == 0xE2 || c == 0xC2: // punctuation, signs
		case c == 0xE0 || c >= 0xEF: // may be either
			t[c] |= leftToRight | rightToLeft
		default:
			t[c] |= leftToRight
		}
		if c < ' ' {
			t[c] |= isSpecial
		}
		if lang.ForeignBytes(lang.RTL)[c] {
			t[c] |= isForeign
		}
		if c <= ' ' || c == 0xC2 || c >= 0xE0 {
			t[c] |= endsWord
		}
	}
	set(isMark, []byte("*_~[]<`{\\")...)
	set(isSpecial, '\\', '&', 0x7F, 0xC2, 0xE2, 0xEF, 0xF3)
	return t
}()

// kindsOf gives the kinds of all bytes of s.
func kindsOf(s []byte) (all byte) {
	for _, c := range s {
		all |= kinds[c]
	}
	return all
}
