package recogniser

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// A token is a word of the text, a part of one between joints, or a mark: what
// stands between two words if it is more than space.
type token struct {
	start, end int32 // bytes of the text
	word       *word
}

// A mark is a kind of punctuation. Marks are tokens, since they part names and
// tell of them: a comma, an opening parenthesis.
type mark uint8

const (
	noMark mark = iota // space
	markComma
	markDash
	markOther
	markClose
	markOpen
	markQuote
	markDot
	markBreak // the end of a sentence or of a line
	marks
)

// markOf gives the strongest mark of what stands between two words: of
// `." (` the end of the sentence counts.
func markOf(gap string) mark {
	m := noMark
	for _, r := range gap {
		m = max(m, markOfRune(r))
	}
	return m
}

func markOfRune(r rune) mark {
	switch r {
	case ' ', 0x200C, 0x200D, 0x200E, 0x200F, 0x640, 0xAD:
		return noMark
	case '\n', '!', '?', '؟', '۔', '。', ';', '؛', ':', '…', '•', '|':
		return markBreak
	case '.':
		return markDot
	case '"', '“', '”', '„', '«', '»', '‟', '″', '״', '‹', '›':
		return markQuote
	case '(', '[', '{':
		return markOpen
	case ')', ']', '}':
		return markClose
	case ',', '،', '、', '٬':
		return markComma
	case '-', '–', '—', '‐', '‑', 0x5BE, '/':
		return markDash
	case '\'', '’', '‘', '`':
		return noMark
	}
	if unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
		return noMark
	}
	return markOther
}

// tokenise parts a text into tokens. The words are those of [lang.Words]. It
// begins and ends with a break.
func (s *scratch) tokenise(text string, words []lang.Word, v *vocabulary) {
	list := append(s.tokens[:0], token{word: v.mark(markBreak)})
	last := 0
	for _, w := range words {
		list = appendGap(list, text, last, w.Start, v)
		last = w.End
		written := text[w.Start:w.End]
		if lang.HasOnePart(written) {
			list = append(list, token{int32(w.Start), int32(w.End), v.of(written)})
			continue
		}
		s.parts = lang.AppendParts(s.parts[:0], written)
		for _, p := range s.parts {
			list = append(list, token{int32(w.Start + p.Start), int32(w.Start + p.End), v.of(written[p.Start:p.End])})
		}
	}
	list = append(list, token{int32(last), int32(len(text)), v.mark(markBreak)})
	s.tokens = list
}

// appendGap appends the mark that stands between two words, if there is one.
func appendGap(list []token, text string, from, to int, v *vocabulary) []token {
	if to-from == 1 && text[from] == ' ' || from == 0 {
		return list
	}
	m := markOf(text[from:to])
	if m == noMark {
		return list
	}
	if m == markDot && !shortened(list[len(list)-1].word) {
		m = markBreak
	}
	return append(list, token{int32(from), int32(to), v.mark(m)})
}

// shortened says whether a dot behind w is that of a shortened word: an initial,
// Mr., St., د.
func shortened(w *word) bool {
	switch {
	case w.class%classCapital == classTitle, w.class%classCapital == classLetter:
		return true
	case w.class < classCapital:
		return false
	}
	return runesIn(w.text, 4) <= 3 || strings.IndexByte(w.text, '.') > 0
}

// runesIn counts the runes of s, at most limit.
func runesIn(s string, limit int) int {
	n := 0
	for i := 0; i < len(s) && n < limit; n++ {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return n
}
