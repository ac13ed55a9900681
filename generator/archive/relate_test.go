package archive

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// shelf is a neighbourhood in memory: all articles in the order of their places.
type shelf []Place

func (s shelf) Before(list []Neighbour, topic Topic, t lang.Tag, sort string, n int) (longer []Neighbour, magnitude int) {
	var all []Neighbour
	for i, p := range s {
		if own := Sort(p.Card); own < sort && own >= "1" && (t == "" || p.Card.Language == t) && slices.Contains(p.Topics(), topic) {
			all = append(all, Neighbour{p.Card.ID, uint32(i), own, p.Card.Language})
		}
	}
	slices.SortFunc(all, func(a, b Neighbour) int { return strings.Compare(b.Sort, a.Sort) })
	return append(list, all[:min(n, len(all))]...), bits.Len(uint(len(all)))
}

func (s shelf) Earliest(Band, string) (Neighbour, Sketch, bool) { return Neighbour{}, nil, false }

func (s shelf) Sharing(list []Neighbour, _ Term, _, _ string, _ int) ([]Neighbour, int) {
	return list, 0
}

func (s shelf) Terms(article.ID) Terms { return nil }

func at(id article.ID, t lang.Tag, date string, tags string, names ...entity.ID) Place {
	c := article.Card{ID: id, Language: t}
	if day, err := time.Parse("2006-01-02", date); err == nil {
		c.Published = article.Moment{Unix: day.Unix(), DayOnly: true, Set: true}
	}
	return Place{Card: c, Tags: strings.Fields(tags), Entities: names}
}

func TestRelate(t *testing.T) {
	archive := shelf{
		at("blast", "en", "2020-08-04", "justice", "beirut-port", "beirut", "country-lb"),
		at("judge", "en", "2021-02-19", "justice", "beirut-port", "tarek-bitar", "country-lb"),
		at("gas", "en", "2021-03-01", "energy", "country-lb", "country-il", "beirut"),
		at("marfa", "ar", "2021-03-05", "justice", "beirut-port", "tarek-bitar"),
		at("later", "en", "2022-01-01", "justice", "beirut-port", "tarek-bitar"),
	}
	tests := []struct {
		name                string
		of                  Place
		related, notRelated []article.ID
		abroad              []article.ID
	}{
		{"earlier articles that share names are related", at("x", "en", "2021-04-01", "justice", "beirut-port", "tarek-bitar", "country-lb"),
			[]article.ID{"judge", "blast", "gas"}, []article.ID{"later"}, []article.ID{"marfa"}},
		{"countries relate as well", at("x", "en", "2021-04-01", "", "country-lb", "country-il", "hassan"),
			[]article.ID{"gas", "judge", "blast"}, nil, nil},
		{"what lies years back is related", at("x", "en", "2023-06-01", "justice", "beirut-port", "tarek-bitar"),
			[]article.ID{"later", "judge"}, nil, []article.ID{"marfa"}},
		{"an article about new things has nothing", at("x", "en", "2021-04-01", "moon", "apollo"), nil, []article.ID{"judge"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := Relate(archive, tt.of, nil, nil, Options{})
			for _, id := range tt.related {
				if !slices.Contains(l.Related, id) {
					t.Errorf("%q is not among the related %q", id, l.Related)
				}
			}
			for _, id := range tt.notRelated {
				if slices.Contains(l.Related, id) {
					t.Errorf("%q is among the related %q", id, l.Related)
				}
			}
			if !slices.Equal(l.Abroad, tt.abroad) {
				t.Errorf("abroad %q, want %q", l.Abroad, tt.abroad)
			}
		})
	}
}

// asked counts the questions about all languages, about texts and about terms.
type asked struct {
	shelf
	abroad, bands, terms int
}

func (a *asked) Sharing(list []Neighbour, _ Term, _, _ string, _ int) ([]Neighbour, int) {
	a.terms++
	return list, 0
}

func (a *asked) Before(list []Neighbour, topic Topic, t lang.Tag, sort string, n int) ([]Neighbour, int) {
	if t == "" {
		a.abroad++
	}
	return a.shelf.Before(list, topic, t, sort, n)
}

func (a *asked) Earliest(Band, string) (Neighbour, Sketch, bool) {
	a.bands++
	return Neighbour{}, nil, false
}

func TestRelateAsksNothingAboutWhatIsLeftOut(t *testing.T) {
	archive := shelf{
		at("judge", "en", "2021-02-19", "justice", "beirut-port", "tarek-bitar", "country-lb"),
		at("marfa", "ar", "2021-03-05", "justice", "beirut-port", "tarek-bitar"),
	}
	of := at("x", "en", "2021-04-01", "justice", "beirut-port", "tarek-bitar", "country-lb")
	sketch := SketchOf(strings.Repeat("the court heard the judge of the port of Beirut again today and ", 9), "en")
	all, none := &asked{shelf: archive}, &asked{shelf: archive}
	terms := newTerms([]Term{entityTermOf("beirut-port"), entityTermOf("tarek-bitar"), entityTermOf("country-lb")})
	if l := Relate(all, of, sketch, terms, Options{}); len(l.Abroad) != 1 || all.abroad == 0 || all.bands == 0 || all.terms == 0 {
		t.Errorf("with everything: %+v after %d, %d and %d questions", l, all.abroad, all.bands, all.terms)
	}
	l := Relate(none, of, sketch, terms, Options{NoStories: true, NoDuplicates: true, NoAbroad: true})
	if l.Parent != "" || len(l.Abroad) != 0 || !slices.Contains(l.Related, "judge") {
		t.Errorf("with nothing but what is related: %+v", l)
	}
	if none.abroad+none.bands+none.terms != 0 {
		t.Errorf("asked %d questions abroad, %d about texts, %d about terms", none.abroad, none.bands, none.terms)
	}
}

func TestSpanFindsTheRowsOfAPeriod(t *testing.T) {
	in := func(g Group, c article.Card) bool {
		listed, from, to := g.Span()
		s := Sort(c)
		return slices.Contains(Place{Card: c, Tags: []string{"water"}}.Listed(), listed) && (from == "" || s >= from) && (to == "" || s < to)
	}
	may := at("a", "ar", "2023-05-14", "").Card
	undated := at("b", "ar", "", "").Card
	tests := []struct {
		group        Group
		may, undated bool
	}{
		{"ar", true, true},
		{"ar/2023", true, false},
		{"ar/2022", false, false},
		{"ar/2023/05", true, false},
		{"ar/2023/05/14", true, false},
		{"ar/2023/05/1", false, false},
		{"ar/2023/05/15", false, false},
		{"ar/undated", false, true},
		{"ar/tags/water", true, true},
		{"ar/tags/water/2023/05", true, false},
		{"ar/tags/water/2023/04", false, false},
		{"ar/tags/water/2023/05/14", true, false},
		{"ar/tags/water/undated", false, true},
		{"fa", false, false},
	}
	for _, tt := range tests {
		if got := in(tt.group, may); got != tt.may {
			t.Errorf("%s holds an article of 2023-05-14: %t", tt.group, got)
		}
		if got := in(tt.group, undated); got != tt.undated {
			t.Errorf("%s holds an undated article: %t", tt.group, got)
		}
	}
}

// postings are the neighbours of each topic, oldest first.
type postings map[Topic][]Neighbour

func (p postings) Before(list []Neighbour, topic Topic, _ lang.Tag, sort string, n int) ([]Neighbour, int) {
	all := p[topic]
	to, _ := slices.BinarySearchFunc(all, sort, func(n Neighbour, s string) int { return strings.Compare(n.Sort, s) })
	for i := to - 1; i >= max(0, to-n); i-- {
		list = append(list, all[i])
	}
	return list, bits.Len(uint(to))
}

func (p postings) Earliest(Band, string) (Neighbour, Sketch, bool) { return Neighbour{}, nil, false }

func (p postings) Sharing(list []Neighbour, _ Term, _, _ string, _ int) ([]Neighbour, int) {
	return list, 0
}

func (p postings) Terms(article.ID) Terms { return nil }

// BenchmarkRelate relates articles with three tags and eleven names each, as an
// archive of 10,000 has them.
func BenchmarkRelate(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	p := postings{}
	var places []Place
	for day := range 10_000 {
		var names []entity.ID
		for range 11 {
			names = append(names, entity.ID(fmt.Sprintf("name-%03d", int(300*r.Float64()*r.Float64()))))
		}
		tags := fmt.Sprintf("tag-%d tag-%d tag-%d", r.IntN(40), r.IntN(40), r.IntN(40))
		date := time.Date(2000, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		place := at(article.ID(fmt.Sprintf("report-%07d", r.IntN(1e7))), "en", date, tags, names...)
		places = append(places, place)
		for _, topic := range place.Topics() {
			p[topic] = append(p[topic], Neighbour{place.Card.ID, uint32(day), Sort(place.Card), "en"})
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Relate(p, places[i*7%len(places)], nil, nil, Options{NoAbroad: true})
	}
}
