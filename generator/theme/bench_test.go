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
	spec := page.PlanArticle(s, ordinary(s))[0].Spec
	q := remember(s)
	f, err := page.Draw(nil, q, th, spec)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(f.Data)))
	for b.Loop() {
		page.Draw(nil, q, th, spec)
	}
}

func BenchmarkRenderArticle(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := page.PlanArticle(s, ordinary(s))[0].Spec
	q := remember(s)
	v, err := page.ViewOf(q, spec)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := th.Render(nil, q, spec.Kind, v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkArticleView(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := page.PlanArticle(s, ordinary(s))[0].Spec
	q := remember(s)
	for b.Loop() {
		if _, err := page.ViewOf(q, spec); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkListPage draws the page of a tag or month with five cards.
func BenchmarkListPage(b *testing.B) {
	th := loadTheme(b)
	s := sampleSite(b, th, nil)
	spec := page.Spec{}
	for _, c := range s.claims() {
		if c.Spec.Kind == page.KindList && len(s.groups[c.Spec.Group]) == 5 && c.Spec.Group.Parts().Kind == archive.ByTag {
			spec = c.Spec
			break
		}
	}
	q := remember(s)
	f, err := page.Draw(nil, q, th, spec)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(f.Data)))
	for b.Loop() {
		page.Draw(nil, q, th, spec)
	}
}
