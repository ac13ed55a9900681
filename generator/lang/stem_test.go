package lang

import (
	"strings"
	"testing"
)

// Each line holds forms of one word, which must meet, and behind a bar words that
// must not meet them.
const stemForms = `
ar زلزال الزلزال والزلزال بالزلزال زلزالين | زلزلة
ar حكومة الحكومة حكومات للحكومة | حاكم
ar انتخابات الانتخابات انتخابي
fa زلزله زلزله‌ای | زلال
fa انتخابات انتخاباتی
fa شرکت شرکت‌ها شرکتی
ur زلزلہ زلزلے زلزلوں
ur حکومت حکومتوں | حکم
he ממשלה ממשלת ממשלות | מפלגה
he שוטר שוטרים שוטרת | שטר
en city cities | citizen
en house houses
en gas | gash
fr ministre ministres | ministère
fr guerre guerres
es elección elecciones | elector
ru землетрясение землетрясения землетрясением землетрясениями
ru выборы выборов выборах
tr deprem depremde depremin
ckb شار شارێک شارەکان شارەکە
kmr bajar bajarek bajarên bajaran
`

func TestFormsOfAWordMeet(t *testing.T) {
	for line := range strings.Lines(strings.TrimSpace(stemForms)) {
		one, others, _ := strings.Cut(line, "|")
		words := strings.Fields(one)
		tag, words := Tag(words[0]), words[1:]
		want := stemOfParts(words[0], tag)
		for _, w := range words[1:] {
			if got := stemOfParts(w, tag); got != want {
				t.Errorf("%s: %s gives %q, %s %q", tag, w, got, words[0], want)
			}
		}
		for _, w := range strings.Fields(others) {
			if stemOfParts(w, tag) == want {
				t.Errorf("%s: %s and %s meet", tag, w, words[0])
			}
		}
	}
}

// stemOfParts stems the first part of a word, the rest being what joiners set off.
func stemOfParts(w string, t Tag) string {
	p := Parts(w)[0]
	return Stem(w[p.Start:p.End], t)
}

func FuzzStem(f *testing.F) {
	f.Add("والزلازل", "ar")
	f.Add("s", "en")
	f.Fuzz(func(t *testing.T, word, tag string) {
		if s := Stem(word, Tag(tag)); len(s) > len(Loose(word, Tag(tag)))+1 {
			t.Errorf("%q gives the longer %q", word, s)
		}
	})
}
