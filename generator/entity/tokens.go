package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// A token is the smallest piece that an alias can begin or end with: a word of
// the text, or a part of one between apostrophes, hyphens or zero-width
// non-joiners.
type token struct {
	start, end int   // bytes in the text
	form       *form // what the piece says, shared by all its occurrences
	joined     bool  // only a joint (hyphen, apostrophe, ZWNJ) parts it from the token before
	joint      rune  // that joint
	near       bool  // only a space parts it from the token before
	gap        bool  // it may continue a name with the token before
	first      bool  // it begins a paragraph or a sentence
	quoted     bool  // a quotation mark stands before it
}

// A form is one way in which a piece is written.
type form struct {
	text     string
	light    string
	loose    string
	letters  int  // runes of the light key
	upper    bool // begins with a capital
	caps     bool // all letters are capitals
	cased    bool // begins with a letter of a script that has capitals
	function bool // a function word of the language
	readings []reading
}

// A reading is a form as prefixes and a word.
type reading struct {
	prefix       int // bytes
	weak         bool
	light, loose string
	letters      int
}

// A reader of one text: forms are made once for each way of writing.
type forms struct {
	language lang.Tag
	known    map[string]*form
}

func (f *forms) of(s string) *form {
	if known, ok := f.known[s]; ok {
		return known
	}
	n := newForm(s, f.language)
	n.function = lang.FunctionWord(s, f.language)
	for _, c := range lang.Clitics(s, f.language)[1:] {
		light, loose := lang.Keys(c.Word(), f.language)
		n.readings = append(n.readings, reading{c.Prefix, c.Weak, light, loose, utf8.RuneCountInString(light)})
	}
	f.known[s] = n
	return n
}

func newForm(s string, t lang.Tag) *form {
	light, loose := lang.Keys(s, t)
	n := &form{text: s, light: light, loose: loose, letters: utf8.RuneCountInString(light), caps: true}
	for i, r := range s {
		up, low := unicode.IsUpper(r), unicode.IsLower(r)
		if i == 0 {
			n.upper, n.cased = up, up || low
		}
		if low || unicode.IsDigit(r) || !up && unicode.IsLetter(r) {
			n.caps = false
		}
	}
	return n
}

// tokenise parts text into tokens.
func tokenise(text string, f *forms) []token {
	words := lang.Words(text)
	list := make([]token, 0, len(words)+8)
	end := 0
	for _, w := range words {
		for _, p := range lang.Parts(text[w.Start:w.End]) {
			tk := token{start: w.Start + p.Start, end: w.Start + p.End}
			tk.form = f.of(text[tk.start:tk.end])
			tk.describeGap(text[end:tk.start], list)
			list = append(list, tk)
			end = tk.end
		}
	}
	return list
}

// describeGap reads what stands between a token and the one before it.
func (tk *token) describeGap(gap string, before []token) {
	if len(before) == 0 {
		tk.first = true
		tk.quoted = strings.ContainsAny(gap, `"“«”„`)
		return
	}
	switch gap {
	case " ":
		tk.near, tk.gap = true, true
		return
	case "":
		tk.gap = true // Han characters
		return
	}
	last := before[len(before)-1].form
	r, n := utf8.DecodeRuneInString(gap)
	if n == len(gap) && isJoint(r) {
		tk.joined, tk.joint, tk.gap = true, r, true
		return
	}
	tk.gap = continues(gap, last)
	tk.near = tk.gap
	tk.first = strings.ContainsAny(gap, ".!?؟۔。!?\n:•…") && !tk.gap
	tk.quoted = strings.ContainsAny(gap, `"“«”„`)
}

func isJoint(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '-', '‐', '‑', 0x200C, 0x5BE:
		return true
	}
	return false
}

// continues says whether a name may go on over gap: spaces, one line break,
// the dot of an initial, the interpunct of foreign names in Chinese.
func continues(gap string, last *form) bool {
	breaks, dots := 0, 0
	for _, r := range gap {
		switch {
		case r == '\n':
			breaks++
		case r == '.':
			dots++
		case r == '·', r == '・', r == '‧', unicode.IsSpace(r), r == 0x200E, r == 0x200F, r == 0x200C, r == 0x640:
		default:
			return false
		}
	}
	return breaks <= 1 && (dots == 0 || dots == 1 && breaks == 0 && last.cased && initial(last))
}

// initial says whether a dot behind f is that of a shortened word and not of a
// sentence: one letter (George W.), an acronym (U.N. General Assembly), or St.
// and the like.
func initial(f *form) bool {
	return f.letters == 1 || dotted(f.text) || f.letters <= 3 && !f.caps && (isParticle(f.loose) || f.function)
}

// joinedEnd gives the last token of the run of joined tokens that holds i.
func joinedEnd(tokens []token, i int) int {
	for i+1 < len(tokens) && tokens[i+1].joined {
		i++
	}
	return i
}

// maxJoined bounds how many parts are tried as one word.
const maxJoined = 4
