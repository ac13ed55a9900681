package lang

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Foldings is what [Light] and [Loose] do to a character, as a table, for code
// that is not Go's: a reader's browser makes the keys of what is typed by the same
// table as the build makes those of names.
//
// Light holds the characters whose light key is another text ("" for those that
// leave no trace), Arabic those for which Arabic has another one, Loose what a
// character of a light key becomes in the loose one. The text is in NFC before it
// is looked up. Three things are no table: an apostrophe or a quotation mark
// leaves a trace behind a Hebrew letter only (in the loose key not even there), a
// dot leaves none behind a letter.
type Foldings struct {
	Light, Arabic, Loose map[rune]string
}

// FoldingTable makes the table, of all of Unicode.
func FoldingTable() Foldings {
	f := Foldings{map[rune]string{}, map[rune]string{}, map[rune]string{}}
	for r := range rune(unicode.MaxRune + 1) {
		s := string(r)
		if r == '.' || !utf8.ValidRune(r) || !norm.NFC.IsNormalString(s) {
			continue
		}
		light, arabic := lightAlone(r, false), lightAlone(r, true)
		if light != s {
			f.Light[r] = light
		}
		if arabic != light {
			f.Arabic[r] = arabic
		}
		if loose := looseOf(s); loose != s {
			f.Loose[r] = loose
		}
	}
	return f
}

// lightAlone gives the key of a character that stands behind a Hebrew letter,
// where the most is kept.
func lightAlone(r rune, arabic bool) string {
	if presentation(r) {
		return string(appendLight(nil, string(r), arabic))
	}
	return string(appendLetter(nil, r, 'א', arabic))
}
