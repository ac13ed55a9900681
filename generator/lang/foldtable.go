package lang

import (
	"bytes"
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

// FoldingTable makes the table, of all of Unicode. Few characters change, so that
// whether one is in NFC is asked of those alone.
func FoldingTable() Foldings {
	f := Foldings{map[rune]string{}, map[rune]string{}, map[rune]string{}}
	var one, light, arabic []byte
	for r := range lastFolded() + 1 {
		if r == '.' || !utf8.ValidRune(r) {
			continue
		}
		one = utf8.AppendRune(one[:0], r)
		light, arabic = appendAlone(light[:0], r, false), appendAlone(arabic[:0], r, true)
		changes, twofold, looser := !bytes.Equal(light, one), !bytes.Equal(arabic, light), loosens(string(one))
		if !changes && !twofold && !looser || !norm.NFC.IsNormal(one) {
			continue
		}
		if changes {
			f.Light[r] = string(light)
		}
		if twofold {
			f.Arabic[r] = string(arabic)
		}
		if s := string(one); looser && looseOf(s) != s {
			f.Loose[r] = looseOf(s)
		}
	}
	return f
}

// lastFolded gives the last character whose keys may be others than itself. What is
// not a letter with a case, and all that appendLetter names, stands in the first
// plane.
func lastFolded() rune {
	return max(0xFFFF, rune(unicode.CaseRanges[len(unicode.CaseRanges)-1].Hi))
}

// appendAlone appends the key of a character that stands behind a Hebrew letter,
// where the most is kept.
func appendAlone(out []byte, r rune, arabic bool) []byte {
	if presentation(r) {
		return appendLight(out, string(r), arabic)
	}
	return appendLetter(out, r, 'א', arabic)
}
