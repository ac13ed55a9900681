package entity

import (
	"slices"
	"testing"

	"mihbara/generator/lang"
)

func keysHeard(word string, t lang.Tag) []Sound { return AppendSounds(nil, word, t) }

func TestSpellingsOfANameMeet(t *testing.T) {
	tests := []struct {
		a string
		t lang.Tag
		b string
		u lang.Tag
	}{
		{"Zelensky", "en", "زيلينسكي", "ar"},
		{"Zelensky", "en", "Зеленский", "ru"},
		{"Raisi", "en", "رئيسي", "ar"},
		{"Macron", "fr", "מקרון", "he"},
		{"Svetlana", "en", "سفيتلانا", "ar"},
		{"Svetlana", "en", "سوتلانا", "fa"},
		{"Sturgeon", "en", "סטרג׳ן", "he"},
		{"Christodoulides", "en", "کریستودولیدیس", "fa"},
		{"Çavuşoğlu", "tr", "Чавушоглу", "ru"},
		{"Jens", "en", "جنز", "ur"},
		{"القذافي", "ar", "Gaddafi", "en"},
		{"Alexander", "en", "الکساندر", "fa"},
		{"Benoît", "fr", "بونوا", "ar"},
		{"Kavanaugh", "en", "كافانو", "ar"},
	}
	for _, x := range tests {
		a, b := keysHeard(x.a, x.t), keysHeard(x.b, x.u)
		if !slices.ContainsFunc(a, func(s Sound) bool { return slices.Contains(b, s) }) {
			t.Errorf("%s %x and %s %x do not meet", x.a, a, x.b, b)
		}
	}
	for _, x := range [][2]string{{"Macron", "Merkel"}, {"Lavrov", "Blinken"}} {
		a, b := keysHeard(x[0], "en"), keysHeard(x[1], "en")
		if slices.ContainsFunc(a, func(s Sound) bool { return slices.Contains(b, s) }) {
			t.Errorf("%s and %s meet", x[0], x[1])
		}
	}
}

// TestNamesOfTheWorldMeet holds the share of names, of those with three consonants
// or more, that meet in each pair of the languages of the built-in entities.
func TestNamesOfTheWorldMeet(t *testing.T) {
	tags := []lang.Tag{"ar", "en", "fa", "fr", "he", "ur"}
	for i, a := range tags {
		for _, b := range tags[:i] {
			n, met := 0, 0
			for _, e := range Builtin() {
				if e.Type == Person {
					pairsOfWords(e.Labels[a], e.Labels[b], func(x, y string) {
						k, l := keysHeard(x, a), keysHeard(y, b)
						if k[0].Len() < 3 && l[0].Len() < 3 {
							return
						}
						n++
						if slices.ContainsFunc(k, func(s Sound) bool { return slices.Contains(l, s) }) {
							met++
						}
					})
				}
			}
			if t.Logf("%s %s: %d of %d", b, a, met, n); met*100 < n*88 {
				t.Errorf("%s and %s: only %d of %d words of names meet", b, a, met, n)
			}
		}
	}
}

// pairsOfWords calls f with the words of two labels that have as many.
func pairsOfWords(a, b string, f func(x, y string)) {
	x, y := lang.Words(a), lang.Words(b)
	if len(x) != len(y) {
		return
	}
	for i := range x {
		f(a[x[i].Start:x[i].End], b[y[i].Start:y[i].End])
	}
}

func FuzzSounds(f *testing.F) {
	f.Add("Çavuşoğlu", "tr")
	f.Add("ז׳וזף", "he")
	f.Fuzz(func(t *testing.T, word, tag string) {
		for _, s := range AppendSounds(nil, word, lang.Tag(tag)) {
			if s.Len() > mostSounds {
				t.Errorf("%q: %x", word, s)
			}
		}
	})
}
