package lang

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestLight(t *testing.T) {
	tests := []struct {
		name     string
		tag      Tag
		a, b     string
		same     bool
		sameLoos bool
	}{
		{"Latin case is folded", "en", "Iran", "IRAN", true, true},
		{"Latin accents are taken off", "fr", "Téhéran", "Teheran", true, true},
		{"a doubly accented letter loses both accents", "en", "Thuế", "Thue", true, true},
		{"the dots of an acronym do not count", "en", "U.S", "US", true, true},
		{"hyphen and apostrophe do not count", "en", "al-Qa’ida", "AlQaida", true, true},
		{"decomposed letters meet composed ones", "es", "Me\u0301xico", "México", true, true},
		{"the Turkish i's are one", "tr", "İRAN", "ıran", true, true},
		{"Arabic vowel signs and tatweel do not count", "ar", "إِيـــران", "إيران", true, true},
		{"presentation forms are letters", "ar", "\uFEE3\uFEBC\uFEAE", "مصر", true, true},
		{"the word ligatures stay words of their own", "ar", "ﷲ", "الله", false, false},
		{"bidi controls do not count", "ar", "\u200Fإيران\u200E", "إيران", true, true},
		{"the Persian keyboard's ya and kaf are Arabic's", "ar", "ایران کبری", "ايران كبري", true, true},
		{"alef maqsura stays apart in Arabic but not loosely", "ar", "على", "علي", false, true},
		{"alef maqsura is ya in Persian", "fa", "موسى", "موسی", true, true},
		{"hamza on alef is loose", "ar", "أحمد", "احمد", false, true},
		{"ta marbuta and ha are loose", "ar", "جدة", "جده", false, true},
		{"hamza on its seats is loose", "ar", "رئيسي", "رييسي", false, true},
		{"Urdu's ya barree stays distinct", "ur", "ے", "ی", false, false},
		{"Urdu's aspirated ha folds", "ur", "بھارت", "بہارت", true, true},
		{"Sindhi's kaf is kaf", "sd", "ڪتاب", "کتاب", true, true},
		{"Sorani's letter for the vowel is ha", "ckb", "هەولێر", "ههولێر", true, true},
		{"the zero-width non-joiner is nothing", "fa", "می\u200cشود", "میشود", true, true},
		{"Arabic and Persian digits are digits", "fa", "۱۴۰۲", "١٤٠٢", true, true},
		{"Hebrew points do not count", "he", "יִשְׂרָאֵל", "ישראל", true, true},
		{"gershayim keep an acronym apart", "he", "צה״ל", "צהל", false, true},
		{"gershayim are quotes", "he", "צה״ל", `צה"ל`, true, true},
		{"a dot behind a quotation mark behind a letter leaves no trace", "en", "Ltd\".", "Ltd", true, true},
		{"nor does one behind a hyphen", "en", "a-.", "a", true, true},
		{"what an apostrophe was written with decides nothing behind it", "he", "אʼ.", "א'.", true, true},
		{"Cyrillic yo is ye, short i is not i", "ru", "Королёв", "Королев", true, true},
		{"Cyrillic short i stays", "ru", "й", "и", false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if a, b := Light(test.a, test.tag), Light(test.b, test.tag); (a == b) != test.same {
				t.Errorf("light keys %q and %q: same is %v", a, b, a == b)
			}
			if a, b := Loose(test.a, test.tag), Loose(test.b, test.tag); (a == b) != test.sameLoos {
				t.Errorf("loose keys %q and %q: same is %v", a, b, a == b)
			}
		})
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Iran's", "إِيران", "ﷲ\uFEE3", "צה״ל", "می‌شود", "e\u0301\u0323", "\xff\xc3", "각", "ếỗ"} {
		f.Add(s, "ar")
		f.Add(s, "fa")
	}
	f.Fuzz(func(t *testing.T, s, tag string) {
		light := Light(s, Tag(tag))
		if utf8.ValidString(s) {
			if !utf8.ValidString(light) {
				t.Fatalf("Light(%q) is not UTF-8: %q", s, light)
			}
			if again := Light(norm.NFC.String(s), Tag(tag)); again != light {
				t.Fatalf("Light of NFC differs: %q %q", light, again)
			}
		}
		if again := Light(light, Tag(tag)); again != light && utf8.ValidString(s) {
			t.Fatalf("Light(%q) = %q, whose key is %q", s, light, again)
		}
		key, offsets := LightOffsets(s, Tag(tag))
		if len(offsets) != len(key)+1 || offsets[len(key)] != len(s) {
			t.Fatalf("LightOffsets(%q): %d offsets for %d bytes", s, len(offsets), len(key))
		}
		for i, o := range offsets {
			if o < 0 || o > len(s) || i > 0 && o < offsets[i-1] || utf8.ValidString(s) && o < len(s) && !utf8.RuneStart(s[o]) {
				t.Fatalf("LightOffsets(%q): bad offset %d", s, o)
			}
		}
		if a, b := Keys(s, Tag(tag)); a != light || b != Loose(s, Tag(tag)) {
			t.Fatalf("Keys(%q) = %q, %q", s, a, b)
		}
	})
}

func TestBehindTheLastFoldedNoCharacterChanges(t *testing.T) {
	for r := lastFolded() + 1; r <= unicode.MaxRune; r++ {
		s := string(r)
		for _, arabic := range []bool{false, true} {
			if key := string(appendAlone(nil, r, arabic)); key != s || looseOf(key) != s {
				t.Errorf("%U: light %q, loose %q", r, key, looseOf(key))
			}
		}
	}
}
