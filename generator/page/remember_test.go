package page

import (
	"fmt"
	"sync"
	"testing"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

func TestAFrameRemembersWhatItWouldWorkOut(t *testing.T) {
	q := &few{targets: map[string]Target{"content/a.jpg": {URL: "/a.jpg", Width: 3, Height: 2}}}
	plain, remembering := arabic(), arabic()
	remembering.Remember()
	var cards []*article.Card
	for i := range 200 { // more articles than ids, so that some share a slot
		c := &article.Card{ID: article.ID(fmt.Sprint("ar/", i%50)), Language: []lang.Tag{"ar", "en"}[i%2], Direction: lang.RTL, Headline: fmt.Sprint("خبر ", i),
			Published: article.Moment{Unix: int64(i) * 40_000_000, Set: i%7 > 0}}
		if i%5 == 0 {
			c.Image = "content/a.jpg"
		}
		cards = append(cards, c)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 3 {
				for _, c := range cards {
					for _, t2 := range []lang.Tag{"ar", "fa"} {
						var want, got CardView
						(&Base{Frame: plain}).show(&want, q, lang.For(t2), c)
						(&Base{Frame: remembering}).show(&got, q, lang.For(t2), c)
						if got != want {
							t.Errorf("in %s: %+v, want %+v", t2, got, want)
						}
					}
				}
			}
		})
	}
	group.Wait()
	for i := range 9000 { // more days than there are slots
		day := lang.Civil{Year: 1990 + i/360, Month: 1 + i/30%12, Day: 1 + i%28}
		for _, style := range []lang.DateStyle{lang.DateLong, lang.DateMonth, lang.DateYear} {
			if got, want := remembering.date(lang.For("ar"), day, style), lang.For("ar").Date(day, style); got != want {
				t.Fatalf("date(%v) = %q, want %q", day, got, want)
			}
		}
	}
}

func TestTheEntitiesOfALongTextAreFound(t *testing.T) {
	for _, n := range []int{0, 1, manyEntities, manyEntities + 1, 3 * manyEntities} {
		var mentions []entity.Mention
		for i := range 2 * n {
			mentions = append(mentions, entity.Mention{Entity: entity.ID(fmt.Sprint("e", i%n)), Type: entity.Place})
		}
		v := &ArticleView{Base: Base{Frame: arabic(), Language: "ar"}}
		list, which := v.entities(&few{}, mentions)
		if len(list) != n {
			t.Errorf("%d entities are %d", n, len(list))
		}
		for i, m := range mentions {
			if e := list[which[i]]; e.id != m.Entity || e.count != 2 || !e.known {
				t.Errorf("mention %d of %s is %+v", i, m.Entity, e)
			}
		}
	}
}

func TestGroupURLsAreThoseOfGroups(t *testing.T) {
	for _, key := range []string{"", "syria", "خبر", "a b", ".", "..", ".a", "a/b", "a/../b", "/a"} {
		for _, k := range []archive.Kind{archive.ByLanguage, archive.ByTag, archive.ByEntity} {
			for _, t2 := range []lang.Tag{"", "ar", "zh-Hans"} {
				if got, want := groupURL(t2, k, key), groupPath(archive.GroupOf(t2, k, key)); got != want {
					t.Errorf("groupURL(%q, %q, %q) = %q, want %q", t2, k, key, got, want)
				}
			}
		}
	}
}

func TestWritersOfStructuredDataShareNothing(t *testing.T) {
	f := arabic()
	write := func(s string) string {
		w := newJSON(f)
		w.open("", '{')
		w.text("a", s)
		w.end()
		return string(w.js())
	}
	one := write("one")
	if two := write("two"); one != `{"a":"one"}` || two != `{"a":"two"}` {
		t.Errorf("%s and %s", one, two)
	}
}

func TestMonthsForMachines(t *testing.T) {
	for _, c := range []lang.Civil{{Year: 2023, Month: 5}, {Year: 7, Month: 12}, {Year: 12345, Month: 1}, {Year: -4, Month: 1}} {
		if got, want := isoMonth(c), fmt.Sprintf("%04d-%02d", c.Year, c.Month); got != want {
			t.Errorf("isoMonth(%v) = %q, want %q", c, got, want)
		}
	}
}
