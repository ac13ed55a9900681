package lang

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// shown gives text as a line of a right-to-left or left-to-right page shows it,
// read from the left.
func shown(text string, base Direction) string {
	runes := []rune(text)
	var b strings.Builder
	for _, i := range VisualOrder(Levels(text, base)) {
		b.WriteRune(runes[i])
	}
	return b.String()
}

// TestWhatIsShown has the rows that RTL.md measured in a browser.
func TestWhatIsShown(t *testing.T) {
	const lri, pdi = "\u2066", "\u2069"
	for _, c := range []struct{ name, in, want string }{
		{"a date in digits runs from the right after Arabic letters", "التاريخ 2017-08-28 كان", "ناك 28-08-2017 خيراتلا"},
		{"and from the left where it is isolated", "التاريخ " + lri + "2017-08-28" + pdi + " كان", "ناك " + pdi + "2017-08-28" + lri + " خيراتلا"},
		{"a telephone number is turned round", "هاتف +961 1 234 567 للتواصل", "لصاوتلل 567 234 1 961+ فتاه"},
		{"a sign goes to the wrong side", "درجة الحرارة -5 اليوم", "مويلا 5- ةرارحلا ةجرد"},
		{"so do those of names", "لغة C++ و C# هنا", "انه #C و ++C ةغل"},
		{"in Hebrew a date in digits is right", "בתאריך 2017-08-28", "2017-08-28 ךיראתב"},
		{"a range in Arabic reads from the right", "بين 10-12 يوما", "اموي 12-10 نيب"},
		{"brackets go with the text that they stand in", "قال (John Smith) أمس", "سمأ )John Smith( لاق"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown(c.in, RTL); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestParagraphsAreJudgedOneByOne(t *testing.T) {
	got := fmt.Sprint(Levels("a\u2029ا\u2029b!", ""))
	if want := fmt.Sprint([]Level{0, 0, 1, 1, 0, 0}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFirstStrong(t *testing.T) {
	for text, want := range map[string]Direction{
		"": "", "12:30 – 13:00": "", "١٢": "", "«BBC» عربي": LTR, "1. عربي BBC": RTL, "\u200fBBC": RTL, "\u2068عربي\u2069 BBC": RTL,
	} {
		if got := FirstStrong(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzLevels(f *testing.F) {
	f.Add("a (ب) \u2067c\u2069 \u202e12\u202c", "rtl")
	f.Add(strings.Repeat("\u2067(", 200)+"a", "")
	f.Add("\xff\u2068\u2029", "ltr")
	f.Fuzz(func(t *testing.T, s, base string) {
		levels := Levels(s, Direction(base))
		if len(levels) != utf8.RuneCountInString(s) {
			t.Fatalf("%d levels for %d characters", len(levels), utf8.RuneCountInString(s))
		}
		seen := map[int]bool{}
		for _, i := range VisualOrder(levels) {
			if seen[i] || levels[i] == NoLevel {
				t.Fatalf("%d is shown twice or not at all", i)
			}
			seen[i] = true
		}
		for i, l := range levels {
			if l < NoLevel || l > maxDepth+1 || l != NoLevel && !seen[i] {
				t.Fatalf("character %d at level %d", i, l)
			}
		}
	})
}

func BenchmarkLevels(b *testing.B) {
	s := strings.Repeat("قال (John Smith) إن 2017-08-28 كان يوما ", 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Levels(s, RTL)
	}
}

func ExampleVisualOrder() {
	text := []rune("يوم 2017-08-28")
	for _, i := range VisualOrder(Levels(string(text), RTL)) {
		fmt.Print(string(text[i]))
	}
	// Output: 28-08-2017 موي
}
