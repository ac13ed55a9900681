package lang

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text is the same", "The plain text", "The plain text"},
		{"Arabic is the same", "وصل الوفد إلى العاصمة", "وصل الوفد إلى العاصمة"},
		{"an accent typed apart", "cafe\u0301", "café"},
		{"a hamza typed apart", "ا\u0654ن", "أن"},
		{"vowel marks in the order of keyboards", "محم\u0651\u064Eد", "محم\u064E\u0651د"},
		{"positional forms are letters", "ﺑﻴﺮﻭﺕ ﻻ ﭘﮋ", "بيروت لا پژ"},
		{"a mark in its positional form stands on its letter", "ﻣﹰ", "م\u064B"},
		{"a hamza on a positional form", "ﺍ\u0654ن", "أن"},
		{"words that are one sign stay", "ﷲ ﷺ ﷼ ﷽ ﴾١﴿", "ﷲ ﷺ ﷼ ﷽ ﴾١﴿"},
		{"ligatures of Latin stay", "ﬁn", "ﬁn"},
		{"Ohm is omega", "5 \u2126", "5 Ω"},
		{"Korean typed in parts", "\u1112\u1161\u11ab", "한"},
		{"a nukta", "\u0958", "\u0915\u093c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Normal(c.in); got != c.want {
				t.Errorf("got %+q, want %+q", got, c.want)
			}
			if got := Normal(c.want); got != c.want {
				t.Errorf("not stable: %+q became %+q", c.want, got)
			}
		})
	}
}

// TestOnlyLettersBecomeLetters holds every character against the rule of
// ENTITIES.md: NFKC, on these ranges only.
func TestOnlyLettersBecomeLetters(t *testing.T) {
	n := 0
	for r := range rune(0x110000) {
		got := Letters(r)
		in := r >= 0xFB50 && r <= 0xFDEF || r >= 0xFE70 && r <= 0xFEFC
		if want := norm.NFKC.String(string(r)); !in && got != "" || in && got != strings.TrimPrefix(want, " ") && want != string(r) {
			t.Errorf("%U is %+q", r, got)
		}
		if got != "" {
			n++
		}
	}
	t.Logf("%d positional forms", n)
	if n < 600 {
		t.Error("too few")
	}
}

// TestNoCharacterIsTakenForSettledThatIsNot holds each character, and each pair
// with a few others, against the package that knows.
func TestNoCharacterIsTakenForSettledThatIsNot(t *testing.T) {
	known := 0
	for r := range rune(0x110000) {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		s := string(r)
		if settled([]byte(s)) {
			known++
		}
		for _, before := range []string{"", "a", "نص طويل ", "e\u0301", "ا", "ي\u064B", "م\u0651", "ㄱ", "\u1100", "か", "क", "α"} {
			if s := before + s; settled([]byte(s)) && !norm.NFC.IsNormalString(s) {
				t.Errorf("%+q is not in NFC", s)
			}
		}
	}
	t.Logf("%d characters are known to be settled", known)
}

func TestComposeTellsWhereTextShrank(t *testing.T) {
	out, list := Compose([]byte("ab e\u0301 c\u0327\u0301 d"))
	if string(out) != "ab é ḉ d" || len(list) != 2 || list[0] != (Shrink{5, 1}) || list[1] != (Shrink{9, 3}) {
		t.Errorf("%q %v", out, list)
	}
	same := []byte("déjà")
	if out, list := Compose(same); &out[0] != &same[0] || list != nil {
		t.Error("text in NFC was copied")
	}
}

func FuzzNormal(f *testing.F) {
	f.Add("cafe\u0301 ﻻ \u0651\u064E \xff")
	f.Add("\xe8\u0651\u064E \xf0\x9f\x98\u0651\u064E")
	f.Fuzz(func(t *testing.T, s string) {
		if settled([]byte(s)) && !norm.NFC.IsNormalString(s) {
			t.Error("settled, but not in NFC")
		}
		n := Normal(s)
		if Normal(n) != n {
			t.Errorf("not stable: %+q, %+q", n, Normal(n))
		}
		out, list := Compose([]byte(s))
		if string(out) != norm.NFC.String(s) {
			t.Errorf("%+q, wanted %+q", out, norm.NFC.String(s))
		}
		at := 0
		for _, x := range list {
			if x.At < at || x.At > len(out) {
				t.Error("a place outside the text")
			}
			at = x.At
		}
	})
}

func BenchmarkNormal(b *testing.B) {
	for name, s := range map[string]string{
		"ar": "وصل الوفد إلى العاصمة بعد منتصف الليل لإجراء محادثات", "en": "The delegation reached the capital after midnight for talks",
		"fr": "La délégation est arrivée à la capitale après minuit",
	} {
		s := strings.Repeat(s+". ", 40)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Normal(s)
			}
		})
	}
}
