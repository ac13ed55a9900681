package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"
)

// Excerpt cuts s after a word so that it holds at most maxRunes characters
// (code points), the "…" that is added included. White space is made single.
// A text that is short enough comes back without "…"; a first word that is too
// long is cut between graphemes, so that no accent or emoji is torn.
func Excerpt(s string, maxRunes int) string {
	s = strings.Join(strings.Fields(head(s, maxRunes)), " ")
	if maxRunes <= 0 {
		return ""
	}
	if utf8.RuneCountInString(s) <= maxRunes {
		return s
	}
	room := maxRunes - 1
	cut, n := 0, 0
	w := words.FromString(s)
	for w.Next() {
		n += utf8.RuneCountInString(w.Value())
		if n > room {
			break
		}
		cut = w.End()
	}
	kept := strings.TrimRightFunc(s[:cut], dangling)
	if kept == "" {
		kept = cutGraphemes(s, room)
	}
	return kept + "…"
}

// head gives so much of s that an excerpt of it is the same as one of all of
// s: four bytes a character, and room for white space.
func head(s string, maxRunes int) string {
	limit := max(0, maxRunes)*8 + 256
	if len(s) <= limit {
		return s
	}
	for !utf8.RuneStart(s[limit]) {
		limit--
	}
	t := s[:limit]
	if utf8.RuneCountInString(strings.Join(strings.Fields(t), " ")) <= maxRunes {
		return s // almost all of it is white space
	}
	return t
}

// dangling is what should not stand before "…": space, punctuation that opens
// or goes on, but not what closes.
func dangling(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Ps, unicode.Pi, unicode.Pd) || strings.ContainsRune(",;:،؛.。、…", r)
}

func cutGraphemes(s string, room int) string {
	n, cut := 0, 0
	g := graphemes.FromString(s)
	for g.Next() {
		n += utf8.RuneCountInString(g.Value())
		if n > room {
			break
		}
		cut = g.End()
	}
	return s[:cut]
}
