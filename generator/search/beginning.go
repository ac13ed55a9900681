package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
)

const (
	// separators stand between words, whatever the language. Quotation marks are
	// not among them: between Hebrew letters they are part of a word.
	separators = " \t\n\r\u00a0\u2002\u2003\u2009\u202f\u3000,;:!?¿¡()[]{}/\\|«»‹›،؛؟۔、。，（）《》「」…—"
	// joiners stand between the parts of one: a reader types the whole word, as
	// al-Assad, or a part of it.
	joiners = "-‐‑–·・.'’\u200c"
)

// Beginnings gives the letters under which the forms of a name are filed for the
// readers of a language: the first one, and the first two, of the loose key of each
// word and part of a word, without the Arabic article. They are ordered, none twice.
func Beginnings(t lang.Tag, forms ...string) []string {
	var list []string
	for _, form := range forms {
		for token := range strings.FieldsFuncSeq(form, among(separators)) {
			list = appendBeginnings(list, lang.Loose(token, t))
			for part := range strings.FieldsFuncSeq(token, among(joiners)) {
				list = appendBeginnings(list, lang.Loose(part, t))
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func among(set string) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(set, r) }
}

func appendBeginnings(list []string, key string) []string {
	key = withoutArticle(key)
	_, first := utf8.DecodeRuneInString(key)
	if first == 0 {
		return list
	}
	list = append(list, key[:first])
	if _, second := utf8.DecodeRuneInString(key[first:]); second > 0 {
		list = append(list, key[:first+second])
	}
	return list
}

// withoutArticle takes the Arabic article off a loose key of which a beginning is
// left. Names that only look as if they had it (الهام) lose it as well, here as in
// the browser.
func withoutArticle(key string) string {
	if rest, ok := strings.CutPrefix(key, "ال"); ok && utf8.RuneCountInString(rest) >= 2 {
		return rest
	}
	return key
}
