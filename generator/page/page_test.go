package page

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
)

// A few answers; every other question panics, which shows that it is not asked.
type few struct {
	Questions
	frame     *Frame
	counts    map[archive.Group]int
	always    map[string]bool
	coverage  []archive.MonthCount
	targets   map[string]Target
	cards     map[article.ID]article.Card
	articles  map[article.ID]*article.Article
	initials  []string
	languages []lang.Tag
	phrases   map[string]Phrase
}

func (f *few) Frame(lang.Tag) *Frame                     { return f.frame }
func (f *few) AtLeast(g archive.Group, n int) bool       { return f.counts[g] >= n }
func (f *few) Coverage(entity.ID) []archive.MonthCount   { return f.coverage }
func (f *few) Target(p string) (Target, bool)            { t, ok := f.targets[p]; return t, ok }
func (f *few) Card(id article.ID) (*article.Card, bool)  { c, ok := f.cards[id]; return &c, ok }
func (f *few) Initials(lang.Tag, archive.Kind) []string  { return f.initials }
func (f *few) Languages(archive.Kind, string) []lang.Tag { return f.languages }
func (f *few) Article(id article.ID) (*article.Article, bool) {
	a, ok := f.articles[id]
	return a, ok
}
func (f *few) Phrases(lang.Tag, Kind) *Phrasebook { return &Phrasebook{Phrases: f.phrases} }
func (f *few) Label(k archive.Kind, key string, t lang.Tag) (*Label, bool) {
	return &Label{Name: Text{S: key, Lang: t}, Always: f.always[key]}, true
}

func arabic() *Frame {
	return &Frame{Language: "ar", Direction: lang.RTL, Title: Text{"محبرة", "ar", lang.RTL}, Default: "ar", Feed: true,
		ListFront: 30, ListMax: 60, MonthMax: 200, Periods: "month", Days: true, Initials: true, Neutral: true, Coverage: true, SitemapMonths: true, Languages: []LanguageLink{{Language: "ar", URL: "/ar/"}, {Language: "en", URL: "/en/"}}}
}

func TestLinksWorkFromEveryPlace(t *testing.T) {
	root := &Frame{}
	below := &Frame{BaseURL: "https://example.org/archive", BasePath: "/archive"}
	files := &Frame{RelativeURLs: true, BasePath: "/archive"}
	tests := []struct {
		name     string
		frame    *Frame
		from, to string
		want     string
	}{
		{"a page at the root of a host", root, "/ar/", "/ar/tags/", "/ar/tags/"},
		{"Arabic letters are percent-encoded", root, "/", "/ar/تونس/", "/ar/%D8%AA%D9%88%D9%86%D8%B3/"},
		{"an escape that is there stays", root, "/", "/a%20b", "/a%20b"},
		{"a bare percent sign is encoded", root, "/", "/100%/", "/100%25/"},
		{"below a path every link has the path", below, "/ar/", "/ar/tags/", "/archive/ar/tags/"},
		{"another host is left alone", below, "/ar/", "https://example.com/x", "https://example.com/x"},
		{"a host without scheme is left alone", below, "/ar/", "//example.com/x", "//example.com/x"},
		{"relative to a sibling", files, "/ar/2023/05/04/x/", "/ar/2023/05/04/y/", "../y/index.html"},
		{"relative to the page itself", files, "/ar/x/", "/ar/x/", "index.html"},
		{"relative from the root", files, "/", "/ar/", "ar/index.html"},
		{"relative to the root", files, "/ar/", "/", "../index.html"},
		{"relative to an asset", files, "/ar/x/", "/assets/a.css", "../../assets/a.css"},
		{"relative from a file", files, "/404.html", "/ar/", "ar/index.html"},
		{"relative with a fragment", files, "/ar/x/", "/ar/y/#a", "../y/index.html#a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.frame.Link(tt.from, tt.to); got != tt.want {
				t.Errorf("Link(%q, %q) = %q, want %q", tt.from, tt.to, got, tt.want)
			}
		})
	}
	if got := below.Absolute("/ar/"); got != "https://example.org/archive/ar/" {
		t.Errorf("Absolute = %q", got)
	}
}

func ExampleFrame_Link() {
	f := &Frame{BasePath: "/archive"}
	fmt.Println(f.Link("/ar/", "/ar/tags/syria/"))
	// Output: /archive/ar/tags/syria/
}

func TestOutputPaths(t *testing.T) {
	for url, want := range map[string]string{
		"/": "index.html", "/ar/": "ar/index.html", "/ar/x": "ar/x/index.html", "/ar/feed.xml": "ar/feed.xml",
		"/../../etc/passwd": "etc/passwd/index.html", "old.html": "old.html", "/a.b/": "a.b/index.html",
	} {
		if got := OutputPath(url); got != want {
			t.Errorf("OutputPath(%q) = %q, want %q", url, got, want)
		}
	}
	for _, out := range []string{"index.html", "ar/index.html", "ar/feed.xml"} {
		if got := OutputPath(SitePath(out)); got != out {
			t.Errorf("SitePath does not undo OutputPath of %q: %q", out, got)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"/ar/تونس/", "/a b?c=d#e", "%", "%zz", "/\x00\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Escape(s)
		for i := range len(got) {
			if c := got[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>\^{|}`+"`", c) >= 0 {
				t.Fatalf("Escape(%q) = %q holds %q", s, got, c)
			}
		}
		if again := Escape(got); again != got {
			t.Fatalf("Escape is not stable: %q, then %q", got, again)
		}
	})
}

func TestTitlesDoNotMislead(t *testing.T) {
	tests := []struct {
		name string
		s    string
		d    lang.Direction
		want string
	}{
		{"Arabic on an Arabic page needs no mark", "تونس", lang.RTL, "تونس"},
		{"Latin first on an Arabic page", "Google أعلنت", lang.RTL, rlm + "Google أعلنت"},
		{"Arabic first on an English page", "تونس is open today", lang.LTR, lrm + "تونس is open today"},
		{"all of it English on an Arabic page", "Who won?", lang.RTL, rlm + "\u2066Who won?\u2069"},
		{"all of it Arabic on an English page", "من فاز؟", lang.LTR, lrm + "\u2067من فاز؟\u2069"},
		{"numbers with signs keep them", "حرارة -5 وC++", lang.RTL, "حرارة \u2066-5\u2069 و\u2066C++\u2069"},
		{"digits first do not count", "2023 تونس", lang.RTL, "2023 تونس"},
		{"no letter at all", "12:30", lang.RTL, "12:30"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := PlainText(tt.s, tt.d); got != tt.want {
				t.Errorf("PlainText = %q, want %q", got, tt.want)
			}
		})
	}
	got := Title(lang.RTL, "C++", "", "محبرة")
	if want := rlm + "\u2066C++\u2069 — \u2067محبرة\u2069"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	got = Title(lang.LTR, "يوم 2017-08-28", "Mihbara")
	if want := lrm + "\u2067يوم \u20662017-08-28\u2069\u2069 — \u2066Mihbara\u2069"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
}

func TestPhrasesTakeTheirPluralForm(t *testing.T) {
	p := Phrase{From: "ar", Zero: "صفر", One: "واحد", Two: "اثنان", Few: "{count} قليل", Many: "{count} كثير", Other: "{count} غير"}
	for n, want := range map[int]string{0: "صفر", 1: "واحد", 2: "اثنان", 3: "3 قليل", 11: "11 كثير", 100: "100 غير"} {
		if got := p.Text(n).S; got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestPlanOfGroups(t *testing.T) {
	q := &few{frame: arabic(), always: map[string]bool{"peace": true}, counts: map[archive.Group]int{
		"ar": 500, "ar/2023": 300, "ar/2023/05": 250, "ar/2023/05/04": 9, "ar/undated": 2,
		"ar/tags/syria": 300, "ar/tags/syria/2023": 300, "ar/tags/syria/2023/05": 250, "ar/tags/syria/2023/05/04": 9, "ar/tags/syria/undated": 1,
		"ar/tags/qatar": 1, "ar/tags/qatar/2023/05": 1, "ar/tags/qatar/2023/05/04": 1,
	}}
	tests := []struct {
		name  string
		group archive.Group
		want  []string
	}{
		{"a language has its front and its feed", "ar", []string{"ar/index.html", "ar/feed.xml"}},
		{"a year of a language", "ar/2023", []string{"ar/2023/index.html"}},
		{"a month of a language has a sitemap", "ar/2023/05", []string{"ar/2023/05/index.html", "ar/sitemap-2023-05.xml"}},
		{"a day of a language", "ar/2023/05/04", []string{"ar/2023/05/04/index.html"}},
		{"a day without articles", "ar/2023/05/05", nil},
		{"undated articles", "ar/undated", []string{"ar/undated/index.html", "ar/sitemap-undated.xml"}},
		{"a tag", "ar/tags/syria", []string{"ar/tags/syria/index.html"}},
		{"a tag has no years", "ar/tags/syria/2023", nil},
		{"a month of a tag", "ar/tags/syria/2023/05", []string{"ar/tags/syria/2023/05/index.html"}},
		{"a day of a month that is too long", "ar/tags/syria/2023/05/04", []string{"ar/tags/syria/2023/05/04/index.html"}},
		{"a month exists from its first article", "ar/tags/qatar/2023/05", []string{"ar/tags/qatar/2023/05/index.html"}},
		{"no day of a short month", "ar/tags/qatar/2023/05/04", nil},
		{"a tag without articles", "ar/tags/nothing", nil},
		{"a tag that always has a page", "ar/tags/peace", []string{"ar/tags/peace/index.html"}},
		{"a language that is not declared has no lists", "sd/tags/syria", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range PlanGroup(q, tt.group) {
				got = append(got, c.Path)
				if c.Spec.Group != tt.group {
					t.Errorf("the spec of %s is of group %q", c.Path, c.Spec.Group)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlansFollowTheSettings(t *testing.T) {
	groups := []archive.Group{"ar", "ar/undated", "ar/2023", "ar/2023/05", "ar/2023/05/04",
		"ar/tags/syria", "ar/tags/syria/undated", "ar/tags/syria/2023", "ar/tags/syria/2023/05", "ar/tags/syria/2023/05/04"}
	counts := map[archive.Group]int{}
	for _, g := range groups {
		counts[g] = SitemapArticles + 1
	}
	tests := []struct {
		name    string
		set     func(f *Frame)
		without []string // of the paths that everything has
		more    []string
	}{
		{"lists by month", func(f *Frame) {}, nil, nil},
		{"lists by year", func(f *Frame) { f.Periods = "year" },
			[]string{"ar/tags/syria/2023/05/index.html", "ar/tags/syria/2023/05/04/index.html"}, []string{"ar/tags/syria/2023/index.html"}},
		{"whole lists", func(f *Frame) { f.Periods = "none" },
			[]string{"ar/tags/syria/undated/index.html", "ar/tags/syria/2023/05/index.html", "ar/tags/syria/2023/05/04/index.html"}, nil},
		{"no days, which only a language has", func(f *Frame) { f.Days = false }, []string{"ar/2023/05/04/index.html"}, nil},
		{"feeds of tags", func(f *Frame) { f.FeedKinds = []archive.Kind{archive.ByTag} }, nil, []string{"ar/tags/syria/feed.xml"}},
		{"feeds of entities", func(f *Frame) { f.FeedKinds = []archive.Kind{archive.ByEntity} }, nil, nil},
		{"sitemaps of languages", func(f *Frame) { f.SitemapMonths = false },
			[]string{"ar/sitemap-undated.xml", "ar/sitemap-2023-05.xml"}, []string{"ar/sitemap.xml", "ar/sitemap-2.xml"}},
	}
	plan := func(set func(f *Frame)) (paths []string) {
		f := arabic()
		set(f)
		for _, g := range groups {
			for _, c := range PlanGroup(&few{frame: f, counts: counts}, g) {
				paths = append(paths, c.Path)
			}
		}
		slices.Sort(paths)
		return paths
	}
	all := plan(func(*Frame) {})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := append(slices.DeleteFunc(slices.Clone(all), func(p string) bool { return slices.Contains(tt.without, p) }), tt.more...)
			slices.Sort(want)
			if len(want) != len(all)-len(tt.without)+len(tt.more) {
				t.Errorf("not all of %q are planned by default", tt.without)
			}
			if got := plan(tt.set); !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestAnEntityHasThePagesThatTheSiteWants(t *testing.T) {
	q := &few{frame: arabic(), languages: []lang.Tag{"ar"}}
	paths := func() (got []string) {
		for _, c := range PlanEntity(q, "x") {
			got = append(got, c.Path)
		}
		return got
	}
	if got := paths(); !slices.Equal(got, []string{"entities/x/index.html", "entities/x/coverage.svg"}) {
		t.Errorf("got %q", got)
	}
	q.frame.Neutral = false
	if got := paths(); !slices.Equal(got, []string{"entities/x/coverage.svg"}) {
		t.Errorf("without its page in all languages: %q", got)
	}
	q.frame.Coverage = false
	if got := paths(); len(got) != 0 {
		t.Errorf("with nothing: %q", got)
	}
}

func TestPlanOfArticles(t *testing.T) {
	var got []string
	for _, x := range []struct {
		a   article.Article
		url string
	}{
		{article.Article{ID: "seeds/a", Path: "seeds/a.txt", Format: "text", Aliases: []string{"/old/a.html", "/ar/undated/a/"}}, "/ar/undated/a/"},
		{article.Article{ID: "ar/b", Path: "content/ar/pages/b.md", Format: "markdown", Type: "page", URL: "/ar/b/"}, "/ar/b/"},
		{article.Article{ID: "nowhere"}, ""},
	} {
		for _, c := range PlanArticle(&x.a, x.url, "ar") {
			got = append(got, fmt.Sprintf("%s %s %s %v", c.Path, c.Spec.Kind, c.Spec.Target, c.Explicit))
			if c.Spec.Article != x.a.ID || c.Spec.Language != "ar" && c.Spec.Kind != KindSource {
				t.Errorf("%s is %+v", c.Path, c.Spec)
			}
		}
	}
	want := []string{
		"ar/undated/a/index.html article  false",
		"ar/undated/a/source.txt source seeds/a.txt false",
		"old/a.html redirect /ar/undated/a/ true",
		"ar/b/index.html standing  true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestInitialsBecomePaths(t *testing.T) {
	q := &few{frame: arabic(), initials: []string{"ا", "س", "#"}}
	var got []string
	for _, c := range PlanInitials(q, "ar", archive.ByTag) {
		got = append(got, c.Path)
	}
	want := []string{"ar/tags/index.html", "ar/tags/a-z/ا/index.html", "ar/tags/a-z/س/index.html", "ar/tags/a-z/0-9/index.html"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	q.frame.Initials = false
	if c := PlanInitials(q, "ar", archive.ByTag); len(c) != 1 || c[0].Path != "ar/tags/index.html" {
		t.Errorf("without pages of initials: %+v", c)
	}
}

func TestFilesAndRedirectsKeepTheirPlace(t *testing.T) {
	for source, want := range map[string]string{"content/static/a/logo.svg": "a/logo.svg", "content/ar/2023/photo.jpg": "ar/2023/photo.jpg"} {
		if got := PlanFile(source).Path; got != want {
			t.Errorf("PlanFile(%q) = %q, want %q", source, got, want)
		}
	}
	if c := PlanRedirect(&few{frame: arabic()}, "/en/old/", "/en/new/"); c.Path != "en/old/index.html" || c.Spec.Target != "/en/new/" {
		t.Errorf("PlanRedirect = %+v", c)
	}
}

func TestFirstMentionIsLinkedOnce(t *testing.T) {
	doc, _ := markdown.Parse([]byte("## Raisi\n\n[Raisi](https://example.org/) met `Raisi`. Then Raisi & Assad met; Raisi left.\n"), markdown.Options{Language: "en"})
	var mentions []entity.Mention
	for from := 0; ; {
		i := strings.Index(doc.Text[from:], "Raisi")
		if i < 0 {
			break
		}
		mentions = append(mentions, entity.Mention{Start: from + i, End: from + i + 5, Entity: "raisi", Type: entity.Person})
		from += i + 5
	}
	if len(mentions) != 5 {
		t.Fatalf("%d mentions in %q", len(mentions), doc.Text)
	}
	v := &ArticleView{Base: Base{Path: "/en/x/", Frame: &Frame{BasePath: "/a", NameLinks: true}}}
	which := make([]int, len(mentions))
	list := []mentioned{{id: "raisi", known: true, label: &Label{Link: true}, url: "/en/entities/raisi/"}}
	got := doc.Apply(entityLinks(v, &doc, mentions, list, which), nil)
	if want := `<a class="entity" href="/a/en/entities/raisi/" data-entity="raisi">Raisi</a> &amp; Assad`; strings.Count(got, `class="entity"`) != 1 || !strings.Contains(got, want) {
		t.Errorf("got %s\nwant once %s", got, want)
	}
	list[0].label.Link, list[0].linked = false, false
	if got := doc.Apply(entityLinks(v, &doc, mentions, list, which), nil); strings.Contains(got, "entity") {
		t.Errorf("an entity that is not to be linked is: %s", got)
	}
	list[0].label.Link, v.Frame.NameLinks = true, false
	if got := entityLinks(v, &doc, mentions, list, which); got != nil || list[0].linked {
		t.Errorf("a site that links no names has %+v", got)
	}
}

// TestANameKeepsItsSymbol: the exclamation mark of Yahoo! is the name's, and
// Hebrew around it would draw it to the other side.
func TestANameKeepsItsSymbol(t *testing.T) {
	names := LooseNames(&entity.Entity{Labels: map[lang.Tag]string{"he": "Yahoo!", "ar": "ياهو", "en": "Yahoo!"}, Aliases: map[lang.Tag][]string{"en": {"Yahoo Inc.", "Yahoo"}}})
	if !slices.Equal(names, []string{"Yahoo Inc.", "Yahoo!"}) {
		t.Fatalf("%q", names)
	}
	const link = `<a class="entity" href="/he/entities/yahoo/" data-entity="yahoo"`
	links := regexp.MustCompile(`</?a\b[^>]*>`)
	for source, want := range map[string]string{
		"חברת Yahoo! הודיעה כי Yahoo! נפרצה": `חברת <bdi dir="ltr">` + link + `>Yahoo!</a></bdi> הודיעה כי <bdi dir="ltr">Yahoo!</bdi> נפרצה`,
		"חברת Yahoo הודיעה כי Yahoo! נפרצה":  "חברת " + link + `>Yahoo</a> הודיעה כי <bdi dir="ltr">Yahoo!</bdi> נפרצה`,
		"חברת Yahoo Inc. הודיעה":             `חברת <bdi dir="ltr">` + link + `>Yahoo Inc.</a></bdi> הודיעה`,
		"חברת Yahoo Inc, הודיעה":             "חברת " + link + `>Yahoo</a> Inc, הודיעה`,
		"הודיעה חברת Yahoo Inc.":             "הודיעה חברת " + link + `>Yahoo</a> Inc.`,
	} {
		doc, _ := markdown.Parse([]byte(source), markdown.Options{Language: "he"})
		var mentions []entity.Mention
		for from := 0; strings.Contains(doc.Text[from:], "Yahoo"); {
			i := from + strings.Index(doc.Text[from:], "Yahoo")
			from = i + len("Yahoo")
			mentions = append(mentions, entity.Mention{Start: i, End: from, Entity: "yahoo"})
		}
		list := []mentioned{{id: "yahoo", known: true, label: &Label{Link: true, Loose: names}, url: "/he/entities/yahoo/"}}
		v := &ArticleView{Base: Base{Path: "/he/x/", Frame: &Frame{}}, TextDirection: lang.RTL}
		plain := links.ReplaceAllString(want, "")
		if got := doc.Apply(entityLinks(v, &doc, mentions, list, make([]int, len(mentions))), nil); got != "<p>"+plain+"</p>\n" {
			t.Errorf("without links got  %swant <p>%s</p>", got, plain)
		}
		v.Frame.NameLinks = true
		if got := doc.Apply(entityLinks(v, &doc, mentions, list, make([]int, len(mentions))), nil); got != "<p>"+want+"</p>\n" {
			t.Errorf("got  %swant <p>%s</p>", got, want)
		}
	}
}

func TestReferencesInTheTextFindTheirFiles(t *testing.T) {
	q := &few{targets: map[string]Target{
		"content/ar/2023/map.png":  {URL: "/ar/2023/map.png", Width: 800, Height: 600},
		"content/ar/2023/other.md": {URL: "/ar/2023/05/04/other/"},
		"/logo.svg":                {URL: "/logo.svg", Width: 10, Height: 20},
	}}
	v := &ArticleView{Base: Base{Path: "/ar/x/", Frame: &Frame{BasePath: "/a"}}}
	tests := []struct {
		name string
		ref  markdown.Ref
		want string
	}{
		{"a picture beside the source", markdown.Ref{Kind: markdown.Image, Dest: "map.png"}, ` src="/a/ar/2023/map.png" width="800" height="600" loading="lazy" decoding="async"`},
		{"a picture that is not there is left", markdown.Ref{Kind: markdown.Image, Dest: "no.png"}, ` src="no.png" loading="lazy" decoding="async"`},
		{"a link to another source", markdown.Ref{Dest: "other.md#part"}, ` href="/a/ar/2023/05/04/other/#part"`},
		{"a path on the site", markdown.Ref{Dest: "/logo.svg"}, ` href="/a/logo.svg"`},
		{"a path that nobody knows", markdown.Ref{Dest: "/x/"}, ` href="/a/x/"`},
		{"another site", markdown.Ref{Dest: "https://example.org/?a=1&b=2"}, ` href="https://example.org/?a=1&amp;b=2"`},
		{"a fragment", markdown.Ref{Dest: "#fn-1"}, ` href="#fn-1"`},
		{"mail", markdown.Ref{Dest: "mailto:a@example.org"}, ` href="mailto:a@example.org"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := attribute(q, v.Frame, v.Path, "content/ar/2023/x.md", tt.ref); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCoverageIsCountedByYear(t *testing.T) {
	q := &few{frame: arabic()}
	v := &EntityView{Base: Base{Frame: q.frame, Locale: lang.For("ar"), Language: "ar"}}
	got := v.coverageYears([]archive.MonthCount{{Year: 2019, Month: 12, Count: 1}, {Year: 2023, Month: 2, Count: 3}, {Year: 2023, Month: 5, Count: 9}})
	name := func(year int) string {
		return q.frame.date(v.Locale, lang.Civil{Year: year, Month: 1, Day: 1}, lang.DateYear)
	}
	if len(got) != 2 || got[0].Name != name(2023) || got[0].Count != 12 || got[1].Name != name(2019) || got[1].Count != 1 {
		t.Errorf("got %+v", got)
	}
	if v.coverageYears(nil) != nil {
		t.Error("years without an article")
	}
}

func TestCoverageIsAPictureOfAnyLength(t *testing.T) {
	many := make([]archive.MonthCount, 0, 12*90)
	for y := 1935; y < 2025; y++ {
		for m := 1; m <= 12; m++ {
			many = append(many, archive.MonthCount{Year: y, Month: m, Count: y % 7})
		}
	}
	for _, counts := range [][]archive.MonthCount{nil, {{Year: 2023, Month: 5, Count: 3}}, many} {
		svg := Coverage(&few{coverage: counts}, Spec{Key: "x"})
		d := xml.NewDecoder(bytes.NewReader(svg))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%d months: %v in %s", len(counts), err, svg)
			}
		}
		if n := len(condense(counts)); n > 60 {
			t.Errorf("%d months make %d bars", len(counts), n)
		}
		if len(svg) > 4000 {
			t.Errorf("%d months take %d bytes", len(counts), len(svg))
		}
	}
	if got := condense([]archive.MonthCount{{Year: 2023, Month: 1, Count: 1}, {Year: 2023, Month: 4, Count: 2}}); !slices.Equal(got, []int{1, 0, 0, 2}) {
		t.Errorf("months between are empty bars: %v", got)
	}
}

func TestStructuredDataIsSafeInAScript(t *testing.T) {
	v := &ArticleView{Base: Base{Kind: KindArticle, Path: "/ar/x/", Frame: arabic()}}
	if js := v.JSONLD(); js != "" {
		t.Errorf("a page that has none: %s", js)
	}
	asked := 0
	v.data = func(w *jsonWriter) {
		asked++
		articleData(w, v, &article.Article{Headline: "</script>\u2068تونس\u2069 & <b>", Language: "ar"}, nil)
	}
	js := v.JSONLD()
	if again := v.JSONLD(); again != js || asked != 2 {
		t.Errorf("asked %d times: %s, then %s", asked, js, again)
	}
	if strings.ContainsAny(string(js), "<>") || strings.Contains(string(js), "\u2068") {
		t.Errorf("%s", js)
	}
	var back map[string]any
	if err := json.Unmarshal([]byte(js), &back); err != nil {
		t.Fatal(err)
	}
	if back["inLanguage"] != "ar" || back["@type"] != "NewsArticle" {
		t.Errorf("%v", back)
	}
}

// FuzzJSONStrings: strings are written as encoding/json writes them.
func FuzzJSONStrings(f *testing.F) {
	for _, s := range []string{"", "plain", "</script>", "a\"b\\c", "\x00\b\f\n\r\t\x1f\x7f", "تونس", "\u2028\u2029\u2027", "\xff\xfe", "a&b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Skip()
		}
		if got := AppendJSON(nil, s); string(got) != string(want) {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	})
}

func TestMomentsAreWrittenAsArticlesWriteThem(t *testing.T) {
	for _, m := range []article.Moment{{}, {Set: true}, {Unix: 1683237780, Offset: 10800, Set: true}, {Unix: 1683237780, Offset: -12600, Set: true},
		{Unix: -62135596800, Set: true}, {Unix: 1683158400, DayOnly: true, Set: true}, {Unix: 1683158400, Offset: 20700, DayOnly: true, Set: true}, {Unix: 253402300800, Set: true}} {
		if got, want := dayOf(&Frame{}, lang.For("en"), m).ISO, m.RFC3339(); got != want {
			t.Errorf("%+v: %s, want %s", m, got, want)
		}
		if m.Set && civil(m) != m.Civil() {
			t.Errorf("%+v: %v, want %v", m, civil(m), m.Civil())
		}
	}
}

func TestFactsAreWrittenInTheWordsOfThePage(t *testing.T) {
	b := &Base{Language: "ar", Direction: lang.RTL, Locale: lang.For("ar"), Kind: KindEntity}
	q := &few{phrases: map[string]Phrase{"fact-born": {From: "ar", Other: "الميلاد"}}}
	got := b.facts(q, &entity.Entity{Facts: []entity.Fact{{Key: "born", Value: "1960-12-14"}, {Key: "height", Value: "1.8 m"}, {Key: "born", Value: "1960-13-01"}}})
	if len(got) != 3 || got[0].Name.S != "الميلاد" || got[0].Value.S != lang.For("ar").Date(lang.Civil{Year: 1960, Month: 12, Day: 14}, lang.DateLong) {
		t.Fatalf("a date of birth: %+v", got)
	}
	if got[1].Name != (Text{"height", "und", lang.LTR}) || got[1].Value.S != "1.8 m" || got[2].Value.S != "1960-13-01" {
		t.Errorf("what is no date stays: %+v", got[1:])
	}
	for s, want := range map[string]string{"1945": "1945", "2020-08": "August 2020", "2020-8-4": "2020-8-4", "": "", "1945-": "1945-"} {
		if got, _ := factDate(lang.For("en"), s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestAlternatesHaveOneDefault(t *testing.T) {
	f := arabic()
	f.BaseURL = "https://example.org"
	b := Base{Frame: f, Languages: slices.Clone(f.Languages)}
	b.inLanguages([]version{{"en", "/en/x/"}, {"ar", "/ar/x/"}})
	want := []Alternate{{"en", "https://example.org/en/x/"}, {"ar", "https://example.org/ar/x/"}, {"x-default", "https://example.org/ar/x/"}}
	if !slices.Equal(b.Alternates, want) {
		t.Errorf("got %v", b.Alternates)
	}
	alone := Base{Frame: f}
	if alone.inLanguages([]version{{"ar", "/ar/x/"}}); alone.Alternates != nil {
		t.Errorf("a page without translations has alternates: %v", alone.Alternates)
	}
}

func TestDescriptionsOfLongTextsAreCutOnce(t *testing.T) {
	a := &article.Article{Body: markdown.Document{Text: strings.Repeat("تونس العاصمة ", 10000)}}
	if d := description(a); !utf8.ValidString(d) || utf8.RuneCountInString(d) > described+1 {
		t.Errorf("%q", d)
	}
}
