package lang

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestSlugs(t *testing.T) {
	long := strings.Repeat("قرار ", 40)
	for _, c := range []struct{ name, in, want, ascii string }{
		{"words are joined", "Hello, World!", "hello-world", "hello-world"},
		{"Arabic keeps its letters", "وزير الخارجية يصل إلى بيروت", "وزير-الخارجية-يصل-إلى-بيروت", "wzyr-alkharjya-ysl-ila-byrwt"},
		{"vowel marks and tatweel go", "مُحَمَّد ـــ تـــطويل", "محمد-تطويل", "mhmd-ttwyl"},
		{"a joiner parts the word", "می‌شود", "می-شود", "my-shwd"},
		{"French elision parts, English contraction does not", "L'État, don't", "l-état-dont", "l-etat-dont"},
		{"Hebrew gershayim go", "צה\"ל וחו״ל", "צהל-וחול", "tshl-vhvl"},
		{"Turkish dotted capital", "İstanbul'da", "istanbulda", "istanbulda"},
		{"presentation forms are letters", "ﻻ ﺑﻴﺮﻭﺕ", "لا-بيروت", "la-byrwt"},
		{"accents come together", "e\u0301cole", "école", "ecole"},
		{"bidi controls leave nothing", "\u202eabc\u202c\u2066د\u2069", "abcد", "abcd"},
		{"Chinese stays and has no Latin spelling", "中国新闻", "中国新闻", ""},
		{"vowel signs stay", "हिन्दी समाचार", "हिन्दी-समाचार", "hindi-samachar"},
		{"Cyrillic", "Московская область", "московская-область", "moskovskaya-oblast"},
		{"digits of all kinds", "١٥ مايو 2023", "١٥-مايو-2023", "15-mayw-2023"},
		{"punctuation alone is nothing", "… — ؟!", "", ""},
		{"nothing is nothing", "", "", ""},
		{"a long text is cut at a word", long, strings.TrimSuffix(strings.Repeat("قرار-", 13), "-"), strings.TrimSuffix(strings.Repeat("qrar-", 24), "-")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Slug(c.in, SlugUnicode); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := Slug(c.in, SlugASCII); got != c.ascii {
				t.Errorf("in ASCII: got %q, want %q", got, c.ascii)
			}
		})
	}
}

func TestHeadingIDsAreNeverEmpty(t *testing.T) {
	for in, want := range map[string]string{"مقدمة عامة": "مقدمة-عامة", "😀": "u1f600", "": "section", "?!": "u003f-u0021", " \u200f ": "section"} {
		if got := HeadingID(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestExcerptsEndAtAWord(t *testing.T) {
	for _, c := range []struct {
		name, in string
		max      int
		want     string
	}{
		{"a short text is whole", "نص قصير", 20, "نص قصير"},
		{"an exact fit is whole", "12345", 5, "12345"},
		{"white space becomes single", " a \n\n b ", 20, "a b"},
		{"cut before the word that does not fit", "one two three", 9, "one two…"},
		{"no comma before the ellipsis", "قال، إن الأمر", 6, "قال…"},
		{"a long word is cut between graphemes", "ééééé\u0301ééé", 6, "éééé…"},
		{"Chinese is cut between words", "中国新闻报道", 4, "中国新…"},
		{"a Persian word with a joiner is not torn", "او می‌شود گفت", 7, "او…"},
		{"a family is not torn", "👨‍👩‍👧 a", 4, "…"},
		{"no room", "abc", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Excerpt(c.in, c.max); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDirectionOfBlocks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		declared   Tag
		in         Direction
		want       Direction
	}{
		{"Arabic that begins with Latin letters, on an Arabic page", "CSS: مغامرة جديدة!", "", RTL, RTL},
		{"the same on an English page", "CSS: مغامرة جديدة!", "", LTR, RTL},
		{"English that begins with Arabic letters", `"من فضلك", right? This is an English sentence.`, "", RTL, LTR},
		{"the same on an English page", `"من فضلك", right? This is an English sentence.`, "", LTR, LTR},
		{"a brand first", "Google أعلنت عن هاتف", "", RTL, RTL},
		{"two words of five keep an Arabic page's direction", "iPhone Pro Max من أبل", "", RTL, RTL},
		{"but not an English one's", "iPhone Pro Max من أبل", "", LTR, LTR},
		{"numbers inherit", "12:30 – 13:00", "", RTL, RTL},
		{"numbers inherit left to right", "12:30 – 13:00", "", LTR, LTR},
		{"emoji inherit", "🎉🎉", "", RTL, RTL},
		{"Arabic digits inherit", "١٢:٣٠", "", LTR, LTR},
		{"nothing inherits", "", "", RTL, RTL},
		{"a block's own language decides", "BBC", "ar", LTR, RTL},
		{"and also against its letters", "مرحبا", "en", RTL, LTR},
		{"an unknown language does not decide", "مرحبا", "und", LTR, RTL},
		{"addresses do not count", "اقرأ https://example.com/a/b/c و user@example.com", "", LTR, RTL},
		{"an address alone is left to right", "https://example.com/", "", RTL, LTR},
		{"Hebrew", "שלום world", "", RTL, RTL},
		{"Chinese words count without spaces", "中国新闻报道 الآن", "", RTL, LTR},
		{"a joiner does not make two words", "می‌شود one two", "", LTR, LTR},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := TextDirection(c.text, c.declared, c.in); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDirectionOfNames(t *testing.T) {
	for _, c := range []struct {
		text string
		in   Direction
		want Direction
	}{
		{"C++", RTL, LTR}, {"Yahoo!", RTL, LTR}, {"What is new in C++?", RTL, LTR}, {"COP28", RTL, LTR},
		{"ارغون Human Rights Watch", RTL, RTL}, {"ארגון Human Rights Watch", RTL, RTL}, {"Google أعلنت عن هاتف", RTL, RTL},
		{"تونس", LTR, RTL}, {"BBC عربي", LTR, LTR}, {"Sky News عربية", RTL, RTL}, {"وكالة الأنباء Agency", LTR, RTL}, {"2017", RTL, RTL}, {"-5 °C", RTL, LTR}, {"", RTL, RTL},
	} {
		if got := WordsDirection(c.text, c.in); got != c.want {
			t.Errorf("%q in a language that goes %s: %s", c.text, c.in, got)
		}
	}
}

func TestIsolates(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "C++": "\u2066C++\u2069", "a\u2067b": "\u2066ab\u2069", "a\u202eb\u202c": "\u2066ab\u2069", "a\u200fb": "\u2066a\u200fb\u2069",
	} {
		if got := Isolate(in, LTR, ""); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got, want := Isolate("لغة C++", RTL, ""), "\u2067لغة \u2066C++\u2069\u2069"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestControlsAreStripped(t *testing.T) {
	for in, want := range map[string]string{
		"نص عادي": "نص عادي", "a\u202eb\u2066c\u200f": "abc", "می\u200cشود": "می\u200cشود", "\u200cمی \u200cشود\u200c": "می شود",
		"👨\u200d👩": "👨\u200d👩", "a\u200bb\ufeff": "ab", "a\x00b\x1b[0m": "ab[0m", "a\r\nb\rc\u2028d": "a\nb\nc\nd", "tab\there": "tab\there",
		"a\u0085b\u009fc\x7f": "a\nbc", "soft\u00adhyphen": "softhyphen", "ب\u061c٪": "ب٪", "\U000E0041x": "x", "\xff\xfeتالف": "\xff\xfeتالف",
	} {
		if got := StripControls(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestOrderOfWords(t *testing.T) {
	for tag, list := range map[Tag][]string{
		"ar":      {"أحمد", "الأخبار", "بيروت", "تونس", "الجزائر", "دمشق", "القدس", "ليبيا", "اليمن"},
		"fa":      {"آزادی", "ارتش", "بازار", "پاریس", "تهران", "چین", "زمان", "ژاپن", "کرمان", "گرگان", "لندن", "وزیر", "هرات", "یزد"},
		"tr":      {"cam", "çam", "dağ", "ılık", "ilk", "oda", "öd", "su", "şu", "ud", "üd"},
		"es":      {"nube", "ñandú", "ojo"},
		"en":      {"Äpfel", "apple", "banana", "Zebra"},
		"zh-Hans": {"北京", "上海", "中国"},
		"he":      {"אדם", "בית", "גן"},
	} {
		l := For(tag)
		for i := 1; i < len(list); i++ {
			if l.SortKey(list[i-1]) >= l.SortKey(list[i]) {
				t.Errorf("%s: %s does not come before %s", tag, list[i-1], list[i])
			}
		}
	}
}

func TestWhatDoesNotCountInSorting(t *testing.T) {
	for _, c := range []struct {
		tag  Tag
		a, b string
	}{
		{"ar", "محمد", "مُحَمَّد"}, {"ar", "محمد", "محـــمد"}, {"ar", "محمد", "\u200fمحمد\u202c"}, {"ar", "كتاب", "الكتاب"}, {"ar", "كتاب", "«الكتاب"},
		{"fa", "کتاب", "كتاب"}, {"fa", "یزد", "يزد"}, {"ar", "كريم", "کریم"},
	} {
		if l := For(c.tag); l.SortKey(c.a) != l.SortKey(c.b) {
			t.Errorf("%s: %q and %q have different keys", c.tag, c.a, c.b)
		}
	}
	if l := For("ar"); l.SortKey("الله") == l.SortKey("له") {
		t.Error("the article is cut from a word that has none")
	}
}

func TestInitials(t *testing.T) {
	for _, c := range []struct {
		tag      Tag
		in, want string
	}{
		{"ar", "أخبار", "ا"}, {"ar", "الإسكندرية", "ا"}, {"ar", "القاهرة", "ق"}, {"ar", "«الله»", "ا"}, {"ar", "آسيا", "ا"}, {"ar", "٣ أيام", "#"}, {"ar", "3M", "#"},
		{"ar", "BBC", "B"}, {"ar", "کرمان", "ك"}, {"fa", "آزادی", "آ"}, {"fa", "ارتش", "ا"}, {"fa", "كرمان", "ک"}, {"ur", "ٹوکیو", "ٹ"},
		{"ckb", "هەولێر", "ه"}, {"ckb", "ڕۆژ", "ڕ"}, {"ug", "ئۇيغۇر", "ئۇ"},
		{"en", "Élysée", "E"}, {"en", "“quoted”", "Q"}, {"en", "—", "#"}, {"en", "", "#"}, {"tr", "çelik", "Ç"}, {"tr", "ilk", "İ"}, {"tr", "ılık", "I"}, {"es", "ñandú", "Ñ"},
		{"ru", "Ёлка", "Е"}, {"ru", "й", "Й"}, {"el", "Άρης", "Α"}, {"he", "שלום", "ש"}, {"zh-Hans", "北京", "B"}, {"zh-Hans", "中国", "Z"}, {"zh-Hant", "北京", "漢"},
		{"ja", "さくら", "さ"}, {"ja", "がく", "か"}, {"ja", "日本", "漢"}, {"ko", "한국", "ㅎ"}, {"hi", "कमल", "क"}, {"kmr", "Şam", "Ş"}, {"sv", "Åland", "Å"}, {"pl", "Łódź", "Ł"},
	} {
		if got := For(c.tag).Initial(c.in); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.tag, c.in, got, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"وزير الخارجية", "e\u0301\u200c\u0301", "\xff\u202e", "İ'", "צה\"ל", "ﷺ½", strings.Repeat("é", 200), "\U0001F468\u200d"} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		for _, mode := range []SlugMode{SlugUnicode, SlugASCII} {
			slug := Slug(s, mode)
			switch {
			case len(slug) > slugBytes:
				t.Errorf("slug of %d bytes", len(slug))
			case !utf8.ValidString(slug) || !norm.NFC.IsNormalString(slug):
				t.Errorf("slug %q is not valid NFC", slug)
			case strings.ContainsAny(slug, "/\\ .%?#<>\"'&") || strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-"):
				t.Errorf("slug %q", slug)
			}
		}
		if HeadingID(s) == "" {
			t.Error("no heading id")
		}
		plain := StripControls(s)
		if again := StripControls(plain); again != plain {
			t.Errorf("%q strips to %q and then to %q", s, plain, again)
		}
		n %= 200
		if e := Excerpt(s, n); utf8.RuneCountInString(e) > max(0, n) {
			t.Errorf("excerpt of %d: %q", n, e)
		}
		for _, tag := range []Tag{"ar", "zh-Hans", "ja"} {
			l := For(tag)
			l.SortKey(s)
			if l.Initial(s) == "" {
				t.Error("no initial")
			}
		}
		for _, d := range []Direction{LTR, RTL} {
			s := Isolate(s, d, "")
			if open, shut := strings.Count(s, lri)+strings.Count(s, rli), strings.Count(s, pdi); open != shut {
				t.Errorf("%q opens %d isolates and closes %d", s, open, shut)
			}
		}
	})
}

func ExampleSlug() {
	fmt.Println(Slug("زيارة الوزير: يومان في بيروت!", SlugUnicode))
	fmt.Println(Slug("Élections à Tunis", SlugASCII))
	// Output:
	// زيارة-الوزير-يومان-في-بيروت
	// elections-a-tunis
}
