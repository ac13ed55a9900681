package lang

import (
	"slices"
	"testing"
)

func TestParseTagReadsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]Tag{
		"ar": "ar", "AR": "ar", " ar ": "ar", "zh_cn": "zh-Hans", "zh_CN": "zh-Hans", "zh-cn": "zh-Hans", "zh": "zh-Hans", "zh_tw": "zh-Hant",
		"zh-HK": "zh-Hant", "zh-hans": "zh-Hans", "zh-Hant": "zh-Hant", "pt_br": "pt-BR", "iw": "he", "in": "id", "fa-IR": "fa-IR", "fa_af": "fa-AF",
		"fa-Arab": "fa", "ckb": "ckb", "ku": "ku", "kmr": "kmr", "und": "und", "UND": "und", "und-arab": "und-Arab", "ar-latn": "ar-Latn", "en-UK": "en-GB",
		"arb": "ar", "pes": "fa", "prs": "fa-AF", "ydd": "yi",
	} {
		if got, err := ParseTag(in); got != want || err != nil {
			t.Errorf("%q: got %s, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", " ", "english", "xx", "a", "ar/..", "العربية", "en--us", "-"} {
		if got, err := ParseTag(in); err == nil || got != Und {
			t.Errorf("%q: got %s and no error", in, got)
		}
	}
}

func TestParseTagGivesWhatItTakes(t *testing.T) {
	for _, k := range Known() {
		if got, err := ParseTag(string(k)); got != k || err != nil {
			t.Errorf("%s became %s, %v", k, got, err)
		}
	}
}

func TestDirectionFollowsTheScript(t *testing.T) {
	for tag, want := range map[Tag]Direction{
		"ar": RTL, "ar-EG": RTL, "fa-IR": RTL, "he": RTL, "yi": RTL, "dv": RTL, "syr": RTL, "ckb": RTL, "ug": RTL, "rhg": RTL, "bal": RTL, "nqo": RTL,
		"ku-Arab": RTL, "az-Arab": RTL, "ms-Arab": RTL, "und-Hebr": RTL, "und-Arab": RTL, "pa-PK": RTL, "uz-AF": RTL, "ar-XX": RTL, "ff-Adlm": RTL, "az-IR": RTL,
		"en": LTR, "ku": LTR, "kmr": LTR, "ar-Latn": LTR, "az": LTR, "und": LTR, "zh-Hans": LTR, "ps-Latn": LTR, "": LTR, "x-arab": LTR, "pa": LTR, "en-x-Arab": LTR,
	} {
		if got := DirectionOf(tag); got != want {
			t.Errorf("%s: got %s", tag, got)
		}
	}
}

func TestForDegrades(t *testing.T) {
	day := Civil{2023, 5, 5}
	for _, c := range []struct {
		name string
		tag  Tag
		date string
	}{
		{"a region without data takes its language", "fr-CH", "5 mai 2023"},
		{"a region of Arabic takes the Arabic of no country", "ar-KW", "5 مايو 2023"},
		{"another name of a language takes its data", "zh", "2023年5月5日"},
		{"another script does not take the Latin names", "az-Arab", "2023-05-05"},
		{"an unknown language has ISO dates", "xx", "2023-05-05"},
		{"a tag with an extension takes the rest", "ar-EG-u-nu-latn", "٥ مايو ٢٠٢٣"},
		{"the empty tag is no language", "", "2023-05-05"},
	} {
		l := For(c.tag)
		if got := l.Date(day, DateLong); got != c.date || l.Tag != c.tag {
			t.Errorf("%s: got %q, tag %s", c.name, got, l.Tag)
		}
	}
	if l := For("bal"); l.Name != "بلۆچی" || l.Direction != RTL || l.Comma() != "، " {
		t.Errorf("a language with a name only: %+v", l)
	}
}

func TestMatchFindsTheDeclaredLanguage(t *testing.T) {
	among := []Tag{"ar", "ku", "zh", "pt-BR", "en"}
	for tag, want := range map[Tag]Tag{"ar-EG": "ar", "kmr": "ku", "zh-Hans": "zh", "pt": "pt-BR", "en": "en", "zh-Hant": "", "ckb": "", "und": "", "ar-Latn": ""} {
		if got, ok := Match(tag, among); got != want || ok != (want != "") {
			t.Errorf("%s: got %s, %v", tag, got, ok)
		}
	}
}

func TestTerritoryNames(t *testing.T) {
	if got := TerritoryNames("HK", "en"); !slices.Equal(got, []string{"Hong Kong SAR China", "Hong Kong"}) {
		t.Errorf("Hong Kong: %q", got)
	}
	if got := TerritoryNames("LB", "ar-EG"); len(got) == 0 || got[0] != "لبنان" {
		t.Errorf("a region takes the names of its language: %q", got)
	}
	for _, c := range []struct {
		code string
		tag  Tag
	}{{"XX", "en"}, {"", "en"}, {"LB", "xx"}, {"lb", "en"}} {
		if got := TerritoryNames(c.code, c.tag); got != nil {
			t.Errorf("%s in %s: %q", c.code, c.tag, got)
		}
	}
	codes := Territories()
	if len(codes) != 250 || !slices.IsSorted(codes) || !slices.Contains(codes, "PS") || !slices.Contains(codes, "XK") || slices.Contains(codes, "EU") {
		t.Errorf("%d codes: %v", len(codes), codes)
	}
	for _, tag := range []Tag{"ar", "fa", "ur", "he", "en", "fr", "es", "ru", "tr", "zh-Hans"} {
		for _, code := range codes {
			if len(TerritoryNames(code, tag)) == 0 {
				t.Errorf("%s has no name in %s", code, tag)
			}
		}
	}
}

func FuzzParseTag(f *testing.F) {
	for _, s := range []string{"ar", "zh_cn", "x-a", "en-u-nu-latn", "i-klingon"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tag, err := ParseTag(s)
		if err != nil {
			return
		}
		l := For(tag)
		l.Date(Civil{2020, 2, 29}, DateFull)
		if again, err := ParseTag(string(tag)); again != tag || err != nil {
			t.Errorf("%q gave %s, which gave %s, %v", s, tag, again, err)
		}
	})
}
