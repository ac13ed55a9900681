package lang

import (
	"strings"
	"unicode/utf8"
)

// A Clitic is one way to read a written word as prefixes and a word. The word
// meant is Add + Rest; Rest is what remains of the written word after Prefix
// bytes. In للعراق the prefix is لل, the rest عراق and the added part ال.
type Clitic struct {
	Prefix int    // bytes of the written word that are prefix; 0 for the bare word
	Rest   string // the written word after the prefix
	Add    string // what the prefix swallowed: "ال" behind لل, else ""
	Weak   bool   // the prefix is rarely one (ك, ف, س): the rest must be sure otherwise
}

// Word gives the word meant.
func (c Clitic) Word() string { return c.Add + c.Rest }

// Clitics gives the readings of word in the language t, the bare word first,
// then the shortest prefix first. Which of them is right, a dictionary must
// say: وعد is a word, and so might be عد. The Arabic article is never taken
// off. Languages without prefixes give the bare word alone.
func Clitics(word string, t Tag) []Clitic {
	list := []Clitic{{Rest: word}}
	switch base(t) {
	case "ar":
		return arabicClitics(list, word)
	case "he":
		return hebrewClitics(list, word)
	}
	return list
}

// base gives the language subtag of t.
func base(t Tag) string {
	s, _, _ := strings.Cut(string(t), "-")
	return s
}

// arabicClitics reads (و ف)? (ب ل ك س)? and لل before a word of at least two
// letters.
func arabicClitics(list []Clitic, word string) []Clitic {
	conjunction := 0
	for range 2 {
		rest := word[conjunction:]
		if conjunction > 0 && twoLetters(rest) {
			list = append(list, Clitic{Prefix: conjunction, Rest: rest, Weak: strings.HasPrefix(word, "ف") && !strings.HasPrefix(rest, "ال")})
		}
		list = arabicPreposition(list, word, conjunction)
		if conjunction > 0 || !(strings.HasPrefix(word, "و") || strings.HasPrefix(word, "ف")) {
			break
		}
		conjunction = len("و")
		for conjunction < len(word) {
			r, n := utf8.DecodeRuneInString(word[conjunction:])
			if !ignorable(r) {
				break
			}
			conjunction += n // the conjunction's own vowel sign
		}
	}
	return list
}

func arabicPreposition(list []Clitic, word string, from int) []Clitic {
	r, n := utf8.DecodeRuneInString(word[from:])
	if r != 'ب' && r != 'ل' && r != 'ك' && r != 'س' {
		return list
	}
	at := from + n
	for at < len(word) {
		m, size := utf8.DecodeRuneInString(word[at:])
		if !ignorable(m) {
			break
		}
		at += size
	}
	rest := word[at:]
	if r == 'ل' && strings.HasPrefix(rest, "ل") && twoLetters(rest[len("ل"):]) {
		list = append(list, Clitic{Prefix: at + len("ل"), Rest: rest[len("ل"):], Add: "ال"})
	}
	if twoLetters(rest) {
		list = append(list, Clitic{Prefix: at, Rest: rest, Weak: r == 'س' || r == 'ك' && !strings.HasPrefix(rest, "ال")})
	}
	return list
}

// hebrewClitics reads up to three of ו ב ל כ מ ש ה before a word of at least
// two letters, in the order in which Hebrew puts them.
func hebrewClitics(list []Clitic, word string) []Clitic {
	at := 0
	rank := 0
	for range 3 {
		r, n := utf8.DecodeRuneInString(word[at:])
		k := hebrewRank(r)
		if k == 0 || k <= rank {
			break
		}
		rank = k
		at += n
		for at < len(word) {
			m, size := utf8.DecodeRuneInString(word[at:])
			if !ignorable(m) && m != '-' && m != 0x5BE && m != '"' {
				break
			}
			at += size
		}
		if !twoLetters(word[at:]) {
			break
		}
		list = append(list, Clitic{Prefix: at, Rest: word[at:]})
	}
	return list
}

// hebrewRank gives the place of a prefix letter in a chain, 0 for none: and,
// that, one of the prepositions, the article.
func hebrewRank(r rune) int {
	switch r {
	case 'ו':
		return 1
	case 'ש':
		return 2
	case 'מ', 'ב', 'ל', 'כ':
		return 3
	case 'ה':
		return 4
	}
	return 0
}

// twoLetters says whether s begins with at least two letters.
func twoLetters(s string) bool {
	n := 0
	for _, r := range s {
		if ignorable(r) {
			continue
		}
		if n++; n == 2 {
			return true
		}
	}
	return false
}
