package lang

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func wordsOf(text string) []string {
	var list []string
	for _, w := range Words(text) {
		list = append(list, text[w.Start:w.End])
	}
	return list
}

func TestWords(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"punctuation is no word", "رئيسي ، الخميس .", []string{"رئيسي", "الخميس"}},
		{"a possessive stays with its word", "Iran's and don’t", []string{"Iran's", "and", "don’t"}},
		{"a hyphen parts words", "Saudi-led", []string{"Saudi", "led"}},
		{"French elisions are words", "l’Iran qu'il d'Israël aujourd'hui", []string{"l", "Iran", "qu", "il", "d", "Israël", "aujourd'hui"}},
		{"an elision without a rest is left alone", "l' 5", []string{"l", "5"}},
		{"zero-width non-joiners stay inside", "می\u200cشود", []string{"می\u200cشود"}},
		{"Hebrew acronyms are whole", `צה"ל וארה״ב ונאט“ו`, []string{`צה"ל`, "וארה״ב", "ונאט“ו"}},
		{"a Hebrew quotation is not an acronym", "„הרפובליקה“ של", []string{"הרפובליקה", "של"}},
		{"each Han character is a word", "中国 1,5", []string{"中", "国", "1,5"}},
		{"an acronym keeps its inner dots", "the U.S. in", []string{"the", "U.S", "in"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := wordsOf(test.text); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestParts(t *testing.T) {
	for in, want := range map[string]string{
		"Iran": "Iran", "Iran's": "Iran|s", "Türkiye’nin": "Türkiye|nin", "O'Brien": "O|Brien",
		"ایران\u200cها": "ایران|ها", `צה"ל`: `צה"ל`, "ג'ורג'": "ג'ורג'", "'": "", "": "",
	} {
		var got []string
		for _, w := range Parts(in) {
			got = append(got, in[w.Start:w.End])
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("Parts(%q) = %q, want %q", in, s, want)
		}
	}
}

func TestFunctionWord(t *testing.T) {
	for tag, word := range map[Tag]string{"ar": "إلى", "ar-EG": "في", "fa": "این", "ur": "میں", "he": "של", "ckb": "لە", "en": "The", "fr": "qu", "es": "él", "ru": "ещё", "tr": "için"} {
		if !FunctionWord(word, tag) {
			t.Errorf("%q is no function word of %s", word, tag)
		}
	}
	if FunctionWord("إيران", "ar") || FunctionWord("the", "zz") {
		t.Error("a name, or any word of an unknown language, is a function word")
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "Iran's U.S. l’eau", "می‌شود", "צה\"ל נאט“ו", "\xff\xe2\x80", "中国a", "a'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, w := range Words(s) {
			if w.Start < last || w.End <= w.Start || w.End > len(s) {
				t.Fatalf("Words(%q): %v after %d", s, w, last)
			}
			if utf8.ValidString(s) && !(utf8.RuneStart(s[w.Start]) && (w.End == len(s) || utf8.RuneStart(s[w.End]))) {
				t.Fatalf("Words(%q): %v is not on character boundaries", s, w)
			}
			last = w.End
			end := 0
			for _, p := range Parts(s[w.Start:w.End]) {
				if p.Start < end || p.End <= p.Start || p.End > w.End-w.Start {
					t.Fatalf("Parts(%q): %v", s[w.Start:w.End], p)
				}
				end = p.End
			}
			for _, tag := range []Tag{"ar", "he", "fa"} {
				for _, c := range Clitics(s[w.Start:w.End], tag) {
					if s[w.Start+c.Prefix:w.End] != c.Rest {
						t.Fatalf("Clitics(%q): %+v", s[w.Start:w.End], c)
					}
				}
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("وقال وزير الخارجية الإيراني إن بلاده تدعم اليمن. The minister's U.S. visit ended. ", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Words(text)
	}
}

func BenchmarkLight(b *testing.B) {
	word := "والإيرانيين"
	b.SetBytes(int64(len(word)))
	for b.Loop() {
		Light(word, "ar")
	}
}
