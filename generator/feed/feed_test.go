package feed

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
	"mihbara/generator/page"
)

// A fixed site of three articles; every question that is not answered here
// panics, which shows that feeds do not ask it.
type fixed struct {
	page.Questions
	frame page.Frame
}

var cards = map[article.ID]article.Card{
	"ar/a": {ID: "ar/a", Language: "ar", Direction: lang.RTL, Headline: "Google تفتح مكتبًا <في> تونس & صفاقس", Lead: "خبر أول\x01.", URL: "/ar/2023/05/04/خبر/",
		Published: article.Moment{Unix: 1683190200, Offset: 10800, Set: true}},
	"ar/b": {ID: "ar/b", Language: "ar", Direction: lang.RTL, Headline: "خبر ثان", URL: "/ar/2023/05/03/b/",
		Published: article.Moment{Unix: 1683072000, DayOnly: true, Set: true}},
	"seeds/c": {ID: "seeds/c", Language: "ar", Direction: lang.RTL, Headline: "بلا تاريخ", URL: "/ar/undated/c/", Undated: true},
	"en/a":    {ID: "en/a", Language: "en", Direction: lang.LTR, Headline: "Google in Tunis", URL: "/en/2023/05/04/a/", Published: article.Moment{Unix: 1683190200, Set: true}},
}

func (f *fixed) Frame(lang.Tag) *page.Frame { return &f.frame }
func (f *fixed) Card(id article.ID) (*article.Card, bool) {
	c, ok := cards[id]
	return &c, ok
}
func (f *fixed) Newest(g archive.Group, n int) []article.ID {
	if strings.HasSuffix(string(g), "undated") {
		return []article.ID{"seeds/c"}
	}
	return []article.ID{"ar/a", "ar/b", "seeds/c"}
}
func (f *fixed) Months(g archive.Group) []archive.MonthCount {
	if g == "ar" {
		return []archive.MonthCount{{Year: 2023, Month: 5, Count: 2}}
	}
	return nil
}
func (f *fixed) AtLeast(g archive.Group, n int) bool { return g == "ar/undated" }
func (f *fixed) Standing(lang.Tag) []article.ID      { return nil }
func (f *fixed) Translations(id article.ID) []article.ID {
	if id == "ar/a" {
		return []article.ID{"ar/a", "en/a"}
	}
	return []article.ID{id}
}

func newFixed() *fixed {
	return &fixed{frame: page.Frame{Language: "ar", Direction: lang.RTL, Default: "ar", Title: page.Text{S: "محبرة", Lang: "ar", Dir: lang.RTL},
		Publisher: page.Text{S: "محبرة", Lang: "ar"}, BaseURL: "https://example.org/archive", BasePath: "/archive", FeedItems: 30, SitemapMonths: true,
		Languages: []page.LanguageLink{{Language: "ar"}, {Language: "en"}}, Kinds: []archive.Kind{archive.ByTag}}}
}

func draw(t *testing.T, f *fixed, s page.Spec) string {
	t.Helper()
	file, err := Draw(nil, f, s)
	if err != nil {
		t.Fatal(err)
	}
	if s.Kind != page.KindRobots {
		d := xml.NewDecoder(bytes.NewReader(file.Data))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, file.Data)
			}
		}
	}
	return string(file.Data)
}

func TestAtom(t *testing.T) {
	got := draw(t, newFixed(), page.Spec{Kind: page.KindFeed, Language: "ar", Group: "ar"})
	for _, want := range []string{
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">`,
		`<link rel="self" type="application/atom+xml" href="https://example.org/archive/ar/feed.xml"/>`,
		"<title>\u200fGoogle تفتح مكتبًا &lt;في&gt; تونس &amp; صفاقس</title>",
		"<id>tag:example.org,2026:ar/a</id>",
		`href="https://example.org/archive/ar/2023/05/04/%D8%AE%D8%A8%D8%B1/"`,
		"<updated>2023-05-04T11:50:00+03:00</updated>",
		"<updated>2023-05-03T00:00:00Z</updated>",
		`<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" lang="ar" dir="rtl">`,
		"<p>خبر أول.</p>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "undated") {
		t.Error("an undated article is in the feed")
	}
}

func (f *fixed) Label(archive.Kind, string, lang.Tag) (*page.Label, bool) {
	return &page.Label{Name: page.Text{S: "سوريا", Lang: "ar"}, Note: page.Text{S: "بلد", Lang: "ar"}}, true
}
func (f *fixed) Languages(archive.Kind, string) []lang.Tag { return []lang.Tag{"ar", "en", "sd"} }

// TestWhatRunsAgainstATitleIsIsolated: readers show titles as plain text, and
// guess their direction from the first letter.
func TestWhatRunsAgainstATitleIsIsolated(t *testing.T) {
	q := changing{newFixed(), map[article.ID]article.Card{}}
	for id, c := range cards {
		switch id {
		case "ar/a":
			c.Headline, c.Lead = "حرارة -5 وC++", "التاريخ 2017-08-28 كان"
		case "ar/b":
			c.Headline, c.Lead, c.Turned.Headline, c.Turned.Lead = "Who won?", "They did.", true, true
		}
		q.other[id] = c
	}
	file, err := Draw(nil, q, page.Spec{Kind: page.KindFeed, Language: "ar", Group: "ar"})
	if err != nil {
		t.Fatal(err)
	}
	got := string(file.Data)
	for _, want := range []string{
		"<title>حرارة \u2066-5\u2069 و\u2066C++\u2069</title>", "<p>التاريخ \u20662017-08-28\u2069 كان</p>",
		"<title>\u200f\u2066Who won?\u2069</title>", `<div xmlns="http://www.w3.org/1999/xhtml" dir="ltr"><p>They did.</p>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

func TestAGroupsFeedStandsBesideItsPage(t *testing.T) {
	got := draw(t, newFixed(), page.Spec{Kind: page.KindFeed, Language: "ar", Group: "ar/tags/syria"})
	for _, want := range []string{
		"<id>tag:example.org,2026:ar/tags/syria/</id>", "سوريا", "<subtitle>بلد</subtitle>",
		`<link rel="self" type="application/atom+xml" href="https://example.org/archive/ar/tags/syria/feed.xml"/>`,
		`<link rel="alternate" type="text/html" hreflang="ar" href="https://example.org/archive/ar/tags/syria/"/>`,
		`<link rel="alternate" type="application/atom+xml" hreflang="en" href="https://example.org/archive/en/tags/syria/feed.xml"/>`,
		"<id>tag:example.org,2026:ar/a</id>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "/sd/") {
		t.Error("a language without lists has no feed to lead to")
	}
}

func TestALanguageCanHaveOneSitemap(t *testing.T) {
	f := newFixed()
	f.frame.SitemapMonths = false
	index := draw(t, f, page.Spec{Kind: page.KindSitemaps})
	if strings.Count(index, "<loc>") != 2 || !strings.Contains(index, "/ar/sitemap.xml") || !strings.Contains(index, "/en/sitemap.xml") {
		t.Errorf("the index is\n%s", index)
	}
	first := draw(t, f, page.Spec{Kind: page.KindSitemap, Language: "ar", Group: "ar", Key: "0"})
	for _, want := range []string{"/archive/ar/</loc>", "/archive/ar/tags/</loc>", "/ar/2023/05/03/b/</loc>", "/ar/undated/c/</loc>"} {
		if strings.Count(first, want) != 1 {
			t.Errorf("not once %s in\n%s", want, first)
		}
	}
	if strings.Index(first, "/ar/2023/05/03/b/") > strings.Index(first, "/ar/2023/05/04/") {
		t.Error("the oldest article is not the first")
	}
	if second := draw(t, f, page.Spec{Kind: page.KindSitemap, Language: "ar", Group: "ar", Key: "1"}); strings.Contains(second, "<loc>") {
		t.Errorf("the second holds what the first has:\n%s", second)
	}
}

func TestSitemaps(t *testing.T) {
	index := draw(t, newFixed(), page.Spec{Kind: page.KindSitemaps})
	for _, want := range []string{"/ar/sitemap-pages.xml", "/ar/sitemap-2023-05.xml", "/ar/sitemap-undated.xml", "/en/sitemap-pages.xml"} {
		if strings.Count(index, "https://example.org/archive"+want) != 1 {
			t.Errorf("not once %s in\n%s", want, index)
		}
	}
	month := draw(t, newFixed(), page.Spec{Kind: page.KindSitemap, Language: "ar", Group: "ar/2023/05"})
	for _, want := range []string{`hreflang="en" href="https://example.org/archive/en/2023/05/04/a/"`, `hreflang="x-default" href="https://example.org/archive/ar/`, "<lastmod>2023-05-03</lastmod>"} {
		if !strings.Contains(month, want) {
			t.Errorf("no %s in\n%s", want, month)
		}
	}
	pages := draw(t, newFixed(), page.Spec{Kind: page.KindSitemap, Language: "ar"})
	if !strings.Contains(pages, "https://example.org/archive/ar/tags/") {
		t.Errorf("no A–Z list in\n%s", pages)
	}
}

// changing is the fixed site with other cards and one article's text.
type changing struct {
	*fixed
	other map[article.ID]article.Card
}

func (c changing) Card(id article.ID) (*article.Card, bool) {
	if o, ok := c.other[id]; ok {
		return &o, true
	}
	return c.fixed.Card(id)
}

func (c changing) Article(id article.ID) (*article.Article, bool) {
	d, _ := markdown.Parse([]byte("Text & [more](/en/)."), markdown.Options{Language: "ar"})
	return &article.Article{ID: id, Language: "ar", Body: d}, id == "ar/a"
}

func (c changing) Target(p string) (page.Target, bool) { return page.Target{URL: p}, true }

func TestFeedsAndSitemapsFollowTheCard(t *testing.T) {
	q := changing{newFixed(), map[article.ID]article.Card{}}
	updated, hidden := cards["ar/b"], cards["en/a"]
	updated.Updated = article.Moment{Unix: 1683417600, DayOnly: true, Set: true}
	hidden.NoIndex = true
	q.other["ar/b"], q.other["en/a"] = updated, hidden
	month := string(Sitemap(nil, q, page.Spec{Kind: page.KindSitemap, Language: "ar", Group: "ar/2023/05"}))
	if !strings.Contains(month, "<lastmod>2023-05-07</lastmod>") {
		t.Errorf("an update is not the last change:\n%s", month)
	}
	if strings.Contains(month, "/en/2023/05/04/a/") {
		t.Errorf("a page that search engines should not keep is in a sitemap:\n%s", month)
	}
	atom := string(Atom(nil, q, page.Spec{Kind: page.KindFeed, Language: "ar", Group: "ar"}))
	if strings.Count(atom, "<updated>2023-05-07T00:00:00Z</updated>") != 2 {
		t.Errorf("not the update of the entry and of the feed:\n%s", atom)
	}
	q.frame.FeedFull = true
	atom = string(Atom(nil, q, page.Spec{Kind: page.KindFeed, Language: "ar", Group: "ar"}))
	if !strings.Contains(atom, `<content type="html">`) || !strings.Contains(atom, "https://example.org/archive/en/") || strings.Contains(atom, "Google تفتح مكتبًا</p>") {
		t.Errorf("the text is not whole:\n%s", atom)
	}
}

func TestASiteThatIsNotForThePublicIsClosed(t *testing.T) {
	if got := draw(t, newFixed(), page.Spec{Kind: page.KindRobots}); got != "User-agent: *\nAllow: /\nSitemap: https://example.org/archive/sitemap.xml\n" {
		t.Errorf("open: %q", got)
	}
	f := newFixed()
	f.frame.Staging = true
	if got := draw(t, f, page.Spec{Kind: page.KindRobots}); got != "User-agent: *\nDisallow: /\n" {
		t.Errorf("staging: %q", got)
	}
	if got := draw(t, f, page.Spec{Kind: page.KindSitemap, Language: "ar", Group: "ar/2023/05"}); strings.Contains(got, "<loc>") {
		t.Errorf("staging lists pages: %s", got)
	}
}

func TestOtherKindsAreRefused(t *testing.T) {
	if _, err := Draw(nil, newFixed(), page.Spec{Kind: page.KindArticle}); err == nil {
		t.Error("an article is no feed")
	}
}

func BenchmarkAtom(b *testing.B) {
	f := newFixed()
	spec := page.Spec{Kind: page.KindFeed, Language: "ar", Group: "ar"}
	room := Atom(nil, f, spec)
	b.SetBytes(int64(len(room)))
	b.ReportAllocs()
	for b.Loop() {
		room = Atom(room[:0], f, spec)
	}
}
