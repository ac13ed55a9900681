package entity

import (
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

// capitals says whether s begins with a capital, whether it begins with a letter
// of a script that has them, and whether all its letters are capitals.
func capitals(s string) (upper, cased, caps bool) {
	caps = true
	for i, r := range s {
		if r >= 0x590 && r < 0x700 { // Hebrew and Arabic have none, but marks that are no letters
			if caps && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				caps = false
			}
			continue
		}
		up, low := unicode.IsUpper(r), unicode.IsLower(r)
		if i == 0 {
			upper, cased = up, up || low
		}
		if low || unicode.IsDigit(r) || !up && unicode.IsLetter(r) {
			caps = false
		}
	}
	return upper, cased, caps
}

// tokenise parts text into tokens, which are good until the next call.
func (s *scratch) tokenise(text string, v *vocabulary, t *tongue) []token {
	s.spans = lang.AppendWords(s.spans[:0], text)
	list := s.tokens[:0]
	end := 0
	for _, w := range s.spans {
		s.parts = lang.AppendParts(s.parts[:0], text[w.Start:w.End])
		for _, p := range s.parts {
			tk := token{start: w.Start + p.Start, end: w.Start + p.End}
			tk.form = v.of(text[tk.start:tk.end], t)
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
		_, tk.quoted = marks(gap)
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
	stop, quote := marks(gap)
	tk.first = stop && !tk.gap
	tk.quoted = quote
}

// marks says whether gap holds what ends a sentence, and whether it holds a
// quotation mark.
func marks(gap string) (stop, quote bool) {
	for _, r := range gap {
		switch r {
		case '.', '!', '?', '؟', '۔', '。', '\n', ':', '•', '…':
			stop = true
		case '"', '“', '«', '”', '„':
			quote = true
		}
	}
	return stop, quote
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
