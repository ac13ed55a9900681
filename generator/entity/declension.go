package entity

import (
	"strings"
	"unicode/utf8"
)

// Russian declines names, and a knowledge base holds the nominative alone. The
// endings below make the five other cases of a word by its last letters:
// enough for names of places and people, not for Russian at large. A wrong
// form only fails to be found.

// A declension says how words with an ending change: their forms in the
// genitive, dative, accusative, instrumental and prepositional.
type declension struct {
	ending string
	forms  [5]string
}

// declensions is tried from the top; the longest ending stands first.
var declensions = []declension{
	{"ская", [5]string{"ской", "ской", "скую", "ской", "ской"}},
	{"ский", [5]string{"ского", "скому", "ского", "ским", "ском"}},
	{"ные", [5]string{"ных", "ным", "ные", "ными", "ных"}},
	{"кие", [5]string{"ких", "ким", "кие", "кими", "ких"}},
	{"ная", [5]string{"ной", "ной", "ную", "ной", "ной"}},
	{"ное", [5]string{"ного", "ному", "ное", "ным", "ном"}},
	{"кое", [5]string{"кого", "кому", "кое", "ким", "ком"}},
	{"ный", [5]string{"ного", "ному", "ный", "ным", "ном"}},
	{"ия", [5]string{"ии", "ии", "ию", "ией", "ии"}},
	{"ка", [5]string{"ки", "ке", "ку", "кой", "ке"}},
	{"га", [5]string{"ги", "ге", "гу", "гой", "ге"}},
	{"ха", [5]string{"хи", "хе", "ху", "хой", "хе"}},
	{"ша", [5]string{"ши", "ше", "шу", "шей", "ше"}},
	{"ца", [5]string{"цы", "це", "цу", "цей", "це"}},
	{"ов", [5]string{"ова", "ову", "ова", "овым", "ове"}},
	{"ев", [5]string{"ева", "еву", "ева", "евым", "еве"}},
	{"ин", [5]string{"ина", "ину", "ина", "иным", "ине"}},
	{"ец", [5]string{"ца", "цу", "ца", "цом", "це"}},
	{"ты", [5]string{"тов", "там", "ты", "тами", "тах"}},
	{"а", [5]string{"ы", "е", "у", "ой", "е"}},
	{"я", [5]string{"и", "е", "ю", "ей", "е"}},
	{"й", [5]string{"я", "ю", "я", "ем", "е"}},
	{"ь", [5]string{"я", "ю", "ь", "ем", "е"}},
}

// declined gives the other cases of a name's tokens, all in the same case as
// Russian has it; none if nothing changes.
func declined(tokens []aliasToken) [][]aliasToken {
	var list [][]aliasToken
	for grammaticalCase := range 5 {
		changed := false
		var out []aliasToken
		for _, tk := range tokens {
			form := tk.light
			if !tk.caps { // США does not change
				form = decline(form, grammaticalCase)
			}
			changed = changed || form != tk.light
			out = append(out, aliasToken{light: form, loose: form, upper: tk.upper, caps: tk.caps, letters: utf8.RuneCountInString(form)})
		}
		if changed {
			list = append(list, out)
		}
	}
	return list
}

// decline gives the form of a lower-case word; short words, those in other
// scripts and those that end in other vowels do not change.
func decline(word string, grammaticalCase int) string {
	last, size := utf8.DecodeLastRuneInString(word)
	if last < 'а' || last > 'я' || utf8.RuneCountInString(word) < 3 {
		return word
	}
	for _, d := range declensions {
		if stem, ok := strings.CutSuffix(word, d.ending); ok {
			return stem + d.forms[grammaticalCase]
		}
	}
	switch last {
	case 'о', 'е', 'и', 'у', 'ы', 'э', 'ю', 'ъ':
		return word
	case 'ж', 'ш', 'ч', 'щ', 'ц':
		return word[:len(word)-size] + string(last) + [...]string{"а", "у", "а", "ем", "е"}[grammaticalCase]
	}
	return word + [...]string{"а", "у", "а", "ом", "е"}[grammaticalCase]
}
