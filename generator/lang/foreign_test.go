package lang

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// withBraces gives text with its isolates as brackets.
func withBraces(text string, d Direction, t Tag) string {
	var b []byte
	var open []Span
	spans := AppendForeign(nil, text, d, t, nil)
	for i := range len(text) + 1 {
		for n := len(open); n > 0 && open[n-1].End <= i; n-- {
			if open[n-1].Dir == RTL {
				b = append(b, '}')
			} else {
				b = append(b, ']')
			}
			open = open[:n-1]
		}
		for len(spans) > 0 && spans[0].Start == i {
			if spans[0].Dir == RTL {
				b = append(b, '{')
			} else {
				b = append(b, '[')
			}
			open, spans = append(open, spans[0]), spans[1:]
		}
		if i < len(text) {
			b = append(b, text[i])
		}
	}
	return string(b)
}

// TestForeign holds what must be isolated against testdata/foreign.txt: a text,
// the same with its isolates, and what a reader then sees, from the left.
func TestForeign(t *testing.T) {
	data, err := os.ReadFile("testdata/foreign.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, part := range strings.Split(string(data), "\n=== ")[1:] {
		lines := strings.Split(strings.TrimRight(part, "\n"), "\n")
		title, tag, _ := strings.Cut(strings.TrimSuffix(lines[0], "]"), " [")
		if len(lines) != 4 {
			t.Fatalf("%s has %d lines", title, len(lines))
		}
		n++
		t.Run(title, func(t *testing.T) {
			in, marked, seen := lines[1], lines[2], lines[3]
			d := DirectionOf(Tag(tag))
			if got := withBraces(in, d, Tag(tag)); got != marked {
				t.Errorf("isolates\ngot  %s\nwant %s", got, marked)
			}
			if got := without(shown(IsolateForeign(in, d, Tag(tag)), d)); got != seen {
				t.Errorf("is shown as\ngot  %s\nwant %s", got, seen)
			}
		})
	}
	t.Logf("%d texts", n)
}

// without takes the isolates out of what is shown.
func without(s string) string { return strings.NewReplacer(lri, "", rli, "", pdi, "").Replace(s) }

// TestPureTextIsLeftAlone: what runs one way holds nothing to isolate, in any
// script.
func TestPureTextIsLeftAlone(t *testing.T) {
	for text, d := range map[string]Direction{
		"وزير الخارجية يصل إلى بيروت، ويلتقي نظيره": RTL, "שר החוץ יגיע לביירות": RTL, "وزیر امور خارجه می‌گوید: «نه»": RTL,
		"التاريخ ٢٠١٧-٠٨-٢٨ ونسبة ٢٥٪": RTL, "في عام 2017 وفي 12.5 و1,200": RTL, "كوفيد COVID-19 وطائرة F-16": RTL,
		"It was -5 on 2017-08-28 (C++).": LTR, "Élections à Tunis – «non»": LTR, "Выборы": LTR, "中国新闻": LTR, "हिन्दी समाचार": LTR, "The word كتاب means book": LTR,
	} {
		if spans := AppendForeign(nil, text, d, "", nil); len(spans) > 0 {
			t.Errorf("%q: %v", text, spans)
		}
	}
}

// only lets nothing be wrapped that holds one byte.
type only byte

func (o only) Wraps(int, int) bool { return false }

type before int

func (b before) Wraps(_, end int) bool { return end <= int(b) }

func TestNothingIsIsolatedAcrossMarkup(t *testing.T) {
	const text = "كتاب Visual C++ Builder و-5"
	if got := AppendForeign(nil, text, RTL, "ar", only(0)); len(got) > 0 {
		t.Errorf("%v", got)
	}
	// Markup within the phrase leaves the name in it.
	got := AppendForeign(nil, text, RTL, "ar", before(strings.Index(text, " Builder")))
	if len(got) != 1 || text[got[0].Start:got[0].End] != "C++" {
		t.Errorf("%v", got)
	}
}

func FuzzForeign(f *testing.F) {
	for _, s := range []string{"لغة C++ Builder، Go و-5 °C", "\xff(+961 1 234) «a!» “ب?”", "The أ, ب (ج 12", ". .a $ €", "“Yes” Foo! „No“", "a، b، 3", "0 \xc2", "+۰۲۱-۱۲ ۳۴−۵٪", "8 a.m. و Dell Inc. و Yahoo! ب", "5 µm #9 33°5′"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range []Direction{LTR, RTL} {
			end, outer := 0, Span{}
			for _, x := range AppendForeign(nil, s, d, "fa", nil) {
				inside := x.End <= outer.End
				if x.Start >= x.End || x.End > len(s) || x.Start < end && !inside || inside && x.Start < outer.Start || x.Dir == d && !inside {
					t.Fatalf("%q: %v", s, x)
				}
				if !utf8.RuneStart(s[x.Start]) && utf8.ValidString(s) {
					t.Fatalf("%q: %v begins inside a character", s, x)
				}
				if !inside {
					end, outer = x.End, x
				} else if d == LTR {
					outer.Start = x.End // those inside follow one another
				}
			}
			if got := without(IsolateForeign(s, d, "")); got != without(s) {
				t.Fatalf("%q becomes %q", s, got)
			}
		}
	})
}

func BenchmarkForeign(b *testing.B) {
	for name, text := range map[string]string{
		"pure": "وزير الخارجية يصل إلى بيروت ويلتقي نظيره في القصر الجمهوري", "digits": "وزير الخارجية يصل إلى بيروت عام 2017 ويلتقي 12 من نظرائه في القصر",
		"mixed": "وزير الخارجية يصل في 2017-08-28 إلى بيروت ويستعمل C++ و-5 °C", "english": "The foreign minister arrives in Beirut, and meets 12 of his peers",
	} {
		d := TextDirection(text, "", RTL)
		b.Run(name, func(b *testing.B) {
			var room [8]Span
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				AppendForeign(room[:0], text, d, "ar", nil)
			}
		})
	}
}

// TestOneWayTextIsJudgedAsLongAsItsLetters: the quick answer of TextDirection is
// that of counting.
func TestTheQuickDirectionIsThatOfTheLetters(t *testing.T) {
	for r := rune(1); r < 0x20000; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		for _, d := range []Direction{LTR, RTL} {
			if s := string(r); oneWay(s, d) && strong(r) != "" && strong(r) != d {
				t.Fatalf("%U is a letter that goes %s, and passes in text that goes %s", r, strong(r), d)
			}
		}
	}
}
