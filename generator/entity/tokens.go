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
	start, end int    // bytes in the text
	form       *form  // what the piece says, shared by all its occurrences; nil until asked for, see finder.form
	plain      uint32 // the piece in the matcher's set of plain words, 0 if it is not there
	joint      rune   // that parts it from the token before
	joined     bool   // only a joint (hyphen, apostrophe, ZWNJ) parts it from the token before
	near       bool   // only a space parts it from the token before
	gap        bool   // it may continue a name with the token before
	first      bool   // it begins a paragraph or a sentence
	quoted     bool   // a quotation mark stands before it
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

// A tokeniser is what parting a text into tokens needs to know.
type tokeniser struct {
	text  string
	given []lang.Word // the words of the text, nil if they are to be found
	words *vocabulary
	plain *plainTable // nil: every token gets a form
	of    *tongue
}

// form gives the form of a token.
func (r *tokeniser) form(tk *token) *form {
	if tk.form == nil {
		tk.form = r.words.of(r.text[tk.start:tk.end], r.of)
	}
	return tk.form
}

// tokenise parts a text into tokens, which are good until the next call.
func (s *scratch) tokenise(r *tokeniser) []token {
	spans := r.given
	if spans == nil {
		s.spans = lang.AppendWords(s.spans[:0], r.text)
		spans = s.spans
	}
	list := s.tokens[:0]
	for _, w := range spans {
		word := r.text[w.Start:w.End]
		if lang.HasOnePart(word) {
			list = r.append(list, w.Start, w.End)
			continue
		}
		s.parts = lang.AppendParts(s.parts[:0], word)
		for _, p := range s.parts {
			list = r.append(list, w.Start+p.Start, w.Start+p.End)
		}
	}
	return list
}

// append appends the token that stands from start to end.
func (r *tokeniser) append(list []token, start, end int) []token {
	n, last := len(list), 0
	if n > 0 {
		last = list[n-1].end
	}
	list = append(list, token{start: start, end: end})
	tk := &list[n]
	r.lookUp(tk)
	if n > 0 && last+1 == start && r.text[last] == ' ' { // nearly always
		tk.near, tk.gap = true, true
	} else {
		r.describeGap(tk, r.text[last:start], list[:n])
	}
	return list
}

// lookUp finds what is kept of a token. What is not waits until its keys were
// asked for, which may show that it needs no form.
func (r *tokeniser) lookUp(tk *token) {
	if r.plain == nil {
		r.form(tk)
		return
	}
	hash := r.of.hash(r.text[tk.start:tk.end])
	if tk.plain = r.plain.find(hash); tk.plain == 0 {
		tk.form = r.words.known(hash)
	}
}

// describeGap reads what stands between a token and the one before it.
func (r *tokeniser) describeGap(tk *token, gap string, before []token) {
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
	case "' ", "’ ": // Workers' Party
		last := before[len(before)-1]
		tk.gap = r.text[last.end-1] == 's'
		_, tk.quoted = marks(gap)
		return
	}
	c, n := utf8.DecodeRuneInString(gap)
	if n == len(gap) && isJoint(c) {
		tk.joined, tk.joint, tk.gap = true, c, true
		return
	}
	goes, dot := continues(gap)
	tk.gap = goes && (!dot || r.initial(&before[len(before)-1]))
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
		case '"', '“', '«', '”', '„', '»', '‹', '›':
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
// the interpunct of foreign names in Chinese, or a dot, if it is an initial's.
func continues(gap string) (goes, dot bool) {
	breaks, dots := 0, 0
	for _, r := range gap {
		switch {
		case r == '\n':
			breaks++
		case r == '.':
			dots++
		case r == '·', r == '・', r == '‧', unicode.IsSpace(r), r == 0x200E, r == 0x200F, r == 0x200C, r == 0x640:
		default:
			return false, false
		}
	}
	return breaks <= 1 && (dots == 0 || dots == 1 && breaks == 0), dots > 0
}

// initial says whether a dot behind a token is that of a shortened word and not
// of a sentence: one letter (George W.), an acronym (U.N. General Assembly), or
// St. and the like.
func (r *tokeniser) initial(tk *token) bool {
	if tk.form == nil {
		if _, cased, _ := capitals(r.text[tk.start:tk.end]); !cased {
			return false
		}
	}
	f := r.form(tk)
	return f.cased && (f.letters == 1 || dotted(f.text) || f.letters <= 3 && !f.caps && (f.particle || f.function))
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
