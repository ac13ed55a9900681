package page

import (
	"fmt"
	"sync"
	"testing"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

func TestAFrameRemembersWhatItWouldWorkOut(t *testing.T) {
	f := arabic()
	f.Remember()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 9000 { // more days than there are slots
				day := lang.Civil{Year: 1990 + i/360, Month: 1 + i/30%12, Day: 1 + i%28}
				l := lang.For([]lang.Tag{"ar", "fa"}[i%2])
				for _, style := range []lang.DateStyle{lang.DateLong, lang.DateMonth, lang.DateYear} {
					if got, want := f.date(l, day, style), l.Date(day, style); got != want {
						t.Errorf("date(%v) = %q, want %q", day, got, want)
						return
					}
				}
			}
		})
	}
	group.Wait()
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
				if got, want := GroupURL(t2, k, key), groupPath(archive.GroupOf(t2, k, key)); got != want {
					t.Errorf("GroupURL(%q, %q, %q) = %q, want %q", t2, k, key, got, want)
				}
			}
		}
	}
}

func TestPagesUseOneRoomAfterAnother(t *testing.T) {
	f := arabic()
	for range 3 {
		var pages [2]Base
		var texts [2]string
		var cards [2][]CardView
		for i := range pages {
			b := &pages[i]
			b.Frame = f
			w := b.json()
			w.open("", '{')
			w.text("a", fmt.Sprint(i))
			w.end()
			texts[i] = string(w.js())
			for range 3 {
				cards[i] = append(b.cardsFor(30), CardView{URL: fmt.Sprint(i)})
			}
		}
		for i := range pages {
			if want := fmt.Sprintf(`{"a":"%d"}`, i); texts[i] != want || cards[i][0].URL != fmt.Sprint(i) {
				t.Errorf("page %d: %s, %v", i, texts[i], cards[i])
			}
			for _, c := range cards[i][1:cap(cards[i])] {
				if c != (CardView{}) {
					t.Errorf("page %d has a card of another page: %v", i, c)
				}
			}
			pages[i].leave()
		}
	}
}

func TestMonthsForMachines(t *testing.T) {
	for _, c := range []lang.Civil{{Year: 2023, Month: 5}, {Year: 7, Month: 12}, {Year: 12345, Month: 1}, {Year: -4, Month: 1}} {
		if got, want := isoMonth(c), fmt.Sprintf("%04d-%02d", c.Year, c.Month); got != want {
			t.Errorf("isoMonth(%v) = %q, want %q", c, got, want)
		}
	}
}
