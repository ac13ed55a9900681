package lang

import (
	"fmt"
	"slices"
	"testing"
)

func TestClitics(t *testing.T) {
	tests := []struct {
		name string
		tag  Tag
		word string
		want []string
	}{
		{"and before an article", "ar", "والعراق", []string{"والعراق", "العراق"}},
		{"the article is never taken off", "ar", "الرئيسي", []string{"الرئيسي"}},
		{"a preposition swallows the alef of the article", "ar", "للعراق", []string{"للعراق", "العراق", "لعراق"}},
		{"and with a preposition before the article", "ar", "وبالعراق", []string{"وبالعراق", "بالعراق", "العراق"}},
		{"vowel signs belong to the prefix that carries them", "ar", "وَإيران", []string{"وَإيران", "إيران"}},
		{"one letter is no rest", "ar", "وب", []string{"وب"}},
		{"a Hebrew chain", "he", "ושבלבנון", []string{"ושבלבנון", "שבלבנון", "בלבנון", "לבנון"}},
		{"Hebrew prefixes in the wrong order are letters of the word", "he", "בשורה", []string{"בשורה", "שורה"}},
		{"Persian has none", "fa", "وایران", []string{"وایران"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range Clitics(test.word, test.tag) {
				got = append(got, c.Word())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func ExampleClitics() {
	for _, c := range Clitics("وللعراق", "ar") {
		fmt.Println(c.Prefix, c.Word())
	}
	// Output:
	// 0 وللعراق
	// 2 للعراق
	// 6 العراق
	// 4 لعراق
}
