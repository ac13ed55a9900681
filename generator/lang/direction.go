package lang

import (
	"strings"
	"sync"
)

// A Direction is the base direction of a text, as the dir attribute writes it.
type Direction string

// The two directions.
const (
	LTR Direction = "ltr"
	RTL Direction = "rtl"
)

// DirectionOf gives the direction of the script that t is written in, after
// likely subtags: dv, ku-Arab and und-Hebr are right to left, ku and ar-Latn
// are not.
func DirectionOf(t Tag) Direction { return scriptDirection(ScriptOf(t)) }

// ScriptOf gives the ISO 15924 code of the script that t is written in: the
// one it names, else the likely one (CLDR 48.2), else "Latn". For und it is
// "Zyyy", not known.
func ScriptOf(t Tag) string {
	if i, ok := find(t); ok {
		return loaders[i]().Script
	}
	sub := strings.Split(string(t), "-")
	for _, s := range sub[1:] {
		if len(s) == 4 && s[0] >= 'A' && s[0] <= 'Z' {
			return s
		}
		if len(s) == 1 {
			break // an extension or private use begins
		}
	}
	if sub[0] == "und" || sub[0] == "" {
		return "Zyyy"
	}
	if i, ok := find(Tag(sub[0])); ok && len(sub) == 1 {
		return loaders[i]().Script
	}
	if len(sub) > 1 {
		if s, ok := scripts()[sub[0]+"-"+sub[1]]; ok {
			return s
		}
	}
	if s, ok := scripts()[sub[0]]; ok {
		return s
	}
	return "Latn"
}

// scriptDirection knows the scripts that Unicode 17 writes from right to left.
func scriptDirection(script string) Direction {
	switch script {
	case "Arab", "Aran", "Hebr", "Syrc", "Syre", "Syrj", "Syrn", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Mend", "Yezi", "Gara",
		"Armi", "Avst", "Chrs", "Cprt", "Elym", "Hatr", "Hung", "Khar", "Lydi", "Mani", "Merc", "Mero", "Narb", "Nbat", "Ougr", "Orkh",
		"Palm", "Phli", "Phlp", "Phnx", "Prti", "Sarb", "Sidt", "Sogd", "Sogo":
		return RTL
	}
	return LTR
}

// scripts maps languages, and languages in a region, to their likely script
// where that is not Latin or not the language's usual one.
var scripts = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	dataLines(dataFile(Und, "scripts.txt"), func(line string) {
		if tag, script, ok := strings.Cut(line, "\t"); ok {
			m[tag] = script
		}
	})
	return m
})
