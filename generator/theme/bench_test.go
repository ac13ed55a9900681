package theme

import (
	"testing"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/page"
)

// ordinary is the article of the sample site with the middle number of
// mentions: what drawing one page costs.
func ordinary(s *testSite) article.ID {
	best := article.ID("")
	for id, m := range s.mentions {
		if a := s.articles[id]; a.Type == article.TypeArticle && len(m) >= 12 && len(m) <= 18 && (best == "" || id < best) {
			best = id
		}
	}
	return best
}

func BenchmarkArticlePage(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := s.plan(ordinary(s))[0].Spec
	q := remember(s)
	f, err := page.Draw(nil, q, th, spec)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(f.Data)))
	b.ReportAllocs()
	room := f.Data
	for b.Loop() {
		f, _ := page.Draw(room[:0], q, th, spec)
		room = f.Data
	}
}

func BenchmarkRenderArticle(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := s.plan(ordinary(s))[0].Spec
	q := remember(s)
	v, err := page.ViewOf(q, spec)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var room []byte
	for b.Loop() {
		if room, err = th.Render(room[:0], q, spec.Kind, v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkArticleView(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := s.plan(ordinary(s))[0].Spec
	q := remember(s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := page.ViewOf(q, spec); err != nil {
			b.Fatal(err)
		}
	}
}

// listOfFive is the page of a tag with five cards.
func listOfFive(s *testSite) page.Spec {
	for _, c := range s.claims() {
		if c.Spec.Kind == page.KindList && len(s.groups[c.Spec.Group]) == 5 && c.Spec.Group.Parts().Kind == archive.ByTag {
			return c.Spec
		}
	}
	return page.Spec{}
}

func BenchmarkListView(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec, q := listOfFive(s), remember(s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := page.ViewOf(q, spec); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListPage(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := listOfFive(s)
	q := remember(s)
	f, err := page.Draw(nil, q, th, spec)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(f.Data)))
	b.ReportAllocs()
	room := f.Data
	for b.Loop() {
		f, _ := page.Draw(room[:0], q, th, spec)
		room = f.Data
	}
}
