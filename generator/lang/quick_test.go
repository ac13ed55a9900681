package lang

import (
	"slices"
	"testing"

	"github.com/clipperhouse/uax29/v2/words"
)

// slowWords is [Words] by the segmenter alone.
func slowWords(text string) []Word {
	var list []Word
	it := words.FromString(text)
	for it.Next() {
		w := Word{it.Start(), it.End()}
		if !hasLetter(text[w.Start:w.End]) {
			continue
		}
		if n := len(list); n > 0 && hebrewQuoteJoins(text, list[n-1], w) {
			list[n-1].End = w.End
			continue
		}
		list = appendElided(list, text, w)
	}
	return list
}

// samples are strings of every character below U+0800, and some above, between
// neighbours of every class.
func samples(yield func(string) bool) {
	around := []string{"", " ", "a", "1", "ب", "א", "é", ".", ",", "\"", "'", "_", "\n", "\r", "\u200c", "ِ", "’", "中", "  "}
	for r := range rune(0x830) {
		for _, before := range around {
			for _, after := range around {
				if !yield(before+string(r)+after) || r < 0x80 && !yield("ab"+before+string(r)+after+" א") {
					return
				}
			}
		}
	}
}

func TestTheQuickWayFindsTheWordsOfTheSegmenter(t *testing.T) {
	for s := range samples {
		if got, want := Words(s), slowWords(s); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, the segmenter says %v", s, got, want)
		}
	}
}

func TestTheQuickKeysAreTheFullOnes(t *testing.T) {
	for s := range samples {
		for _, tag := range []Tag{"ar", "fa"} {
			want := string(appendLight(nil, s, isArabic(tag)))
			if got := Light(s, tag); got != want {
				t.Fatalf("%q in %s: %q, in full %q", s, tag, got, want)
			}
			if got := string(AppendLight([]byte("x"), s, tag)); got != "x"+want {
				t.Fatalf("%q in %s appended: %q, in full %q", s, tag, got, want)
			}
		}
	}
}

func FuzzQuick(f *testing.F) {
	for _, s := range []string{"l’Iran, d'Israël", "צה\"ל נאט“ו", "ایران‌ها  و\t1,000.5", "a\u0301b_c \xff\xd8", "#️⃣ 🇮🇷🇮🇷 ـَّ", "أ\u0654ا\u0653"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Words(s), slowWords(s); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, the segmenter says %v", s, got, want)
		}
		for _, tag := range []Tag{"ar", "en"} {
			if got, want := Light(s, tag), string(appendLight(nil, s, isArabic(tag))); got != want {
				t.Fatalf("%q: %q, in full %q", s, got, want)
			}
		}
	})
}
