package theme

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/site"
	"mihbara/themes"
)

// drawn is every page of the sample site by its output path.
func drawn(t *testing.T, change func(*site.Settings)) (*testSite, map[string]string) {
	t.Helper()
	th := loadTheme(t)
	s := sampleSite(t, th, change)
	q := remember(s)
	pages := map[string]string{}
	for _, c := range s.claims() {
		pages[c.Path] = ""
		if c.Spec.Kind.IsFeed() {
			continue
		}
		f, err := page.Draw(nil, q, th, c.Spec)
		if err != nil {
			t.Errorf("%s: %v", c.Path, err)
		}
		pages[c.Path] = string(f.Data)
	}
	for _, a := range th.Assets() {
		pages[page.PlanAsset(a).Path] = ""
	}
	pages["search/find.js"] = "" // another package draws it
	for _, target := range s.targets {
		if _, ok := pages[page.OutputPath(target.URL)]; !ok {
			pages[page.OutputPath(target.URL)] = ""
		}
	}
	return s, pages
}

var (
	tags     = regexp.MustCompile(`<([a-z0-9]+)((?:\s[^<>]*)?)>`)
	attrs    = regexp.MustCompile(`([a-z:-]+)="([^"]*)"`)
	opened   = regexp.MustCompile("[\u2066-\u2068]")
	titles   = regexp.MustCompile(`<title>([^<]*)</title>`)
	scripts  = regexp.MustCompile(`<script type="application/ld\+json">(.*?)</script>`)
	unescape = strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#34;", `"`, "&#43;", "+")
)

// TestPagesOfTheSampleSite draws every page and asserts what holds for all of
// them. With MIHBARA_PAGES=folder the pages are written there, to be looked at.
func TestPagesOfTheSampleSite(t *testing.T) {
	if testing.Short() {
		t.Skip("draws thousands of pages")
	}
	dir := os.Getenv("MIHBARA_PAGES")
	s, pages := drawn(t, func(s *site.Settings) {
		s.BaseURL, s.RelativeURLs = "https://example.org/archive", dir != ""
		if os.Getenv("MIHBARA_SPLIT") != "" { // long lists, to be looked at
			s.ListMax, s.ListFront, s.MonthMax = 5, 4, 2
		}
	})
	n := 0
	for p, html := range pages {
		if dir != "" && html != "" {
			write(t, filepath.Join(dir, p), html)
		}
		if path.Ext(p) != ".html" || html == "" {
			continue
		}
		if n++; dir == "" {
			checkPage(t, p, html, pages)
		}
		if t.Failed() && n > 50 {
			t.Fatal("and so on")
		}
	}
	t.Logf("%d pages", n)
	if dir == "" {
		return
	}
	th := loadTheme(t)
	for _, a := range th.Assets() {
		b, _ := th.Asset(a)
		write(t, filepath.Join(dir, "assets", a), string(b))
	}
	for source, target := range s.targets {
		if b, err := os.ReadFile(filepath.Join(root(t), source)); err == nil && filepath.Ext(source) != ".md" && filepath.Ext(source) != ".txt" {
			write(t, filepath.Join(dir, target.URL), string(b))
		}
	}
}

func write(t *testing.T, file, data string) {
	os.MkdirAll(filepath.Dir(file), 0o755)
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkPage asserts the rules of RTL.md that markup can show, and that every
// link of the page leads to something.
func checkPage(t *testing.T, p, html string, pages map[string]string) {
	t.Helper()
	ids, h1 := map[string]bool{}, 0
	alternates := map[string]int{}
	for _, m := range tags.FindAllStringSubmatch(scripts.ReplaceAllString(html, ""), -1) {
		a := map[string]string{}
		for _, x := range attrs.FindAllStringSubmatch(m[2], -1) {
			a[x[1]] = x[2]
		}
		switch m[1] {
		case "html":
			if a["lang"] == "" || a["dir"] == "" {
				t.Errorf("%s: <html> without lang or dir", p)
			}
		case "h1":
			h1++
		case "img":
			if _, ok := a["alt"]; !ok && !strings.Contains(m[2], "alt=") {
				t.Errorf("%s: picture without alt: %s", p, m[0])
			}
			if a["width"] == "" || a["height"] == "" {
				t.Errorf("%s: picture without size: %s", p, m[0])
			}
		case "link":
			if a["rel"] == "alternate" && a["hreflang"] != "" {
				alternates[a["hreflang"]]++
				if !strings.HasPrefix(a["href"], "https://") {
					t.Errorf("%s: relative alternate %s", p, a["href"])
				}
			}
		}
		if id := a["id"]; id != "" {
			if ids[id] {
				t.Errorf("%s: id %q twice", p, id)
			}
			ids[id] = true
		}
		if d, ok := a["dir"]; ok && d != "rtl" && d != "ltr" && d != "auto" {
			t.Errorf("%s: dir=%q", p, d)
		}
		for _, name := range []string{"href", "src"} {
			if u, ok := a[name]; ok && m[1] != "meta" {
				checkLink(t, p, unescape.Replace(u), m[0], pages)
			}
		}
	}
	if want := 1; h1 != want {
		t.Errorf("%s: %d h1", p, h1)
	}
	for code, n := range alternates {
		if n != 1 {
			t.Errorf("%s: hreflang %s %d times", p, code, n)
		}
	}
	if len(alternates) > 0 && alternates["x-default"] != 1 {
		t.Errorf("%s: no x-default", p)
	}
	if m := titles.FindStringSubmatch(html); m == nil || len(opened.FindAllString(m[1], -1)) != strings.Count(m[1], "\u2069") || strings.TrimSpace(m[1]) == "" {
		t.Errorf("%s: title %q", p, m)
	}
	for _, m := range scripts.FindAllStringSubmatch(html, -1) {
		var v map[string]any
		if err := json.Unmarshal([]byte(m[1]), &v); err != nil || strings.ContainsAny(m[1], "\u200e\u200f\u2068\u2069") {
			t.Errorf("%s: structured data: %v", p, err)
		}
	}
	if i := strings.Index(html, "ZgotmplZ"); i >= 0 {
		t.Errorf("%s: refused by html/template: …%s", p, html[max(0, i-80):i+20])
	}
}

// checkLink asserts that a link stays below the site's path and leads to a
// file that is planned.
func checkLink(t *testing.T, from, u, element string, pages map[string]string) {
	t.Helper()
	const base = "/archive/"
	switch {
	case strings.HasPrefix(u, "https://example.org"+base):
		u = strings.TrimPrefix(u, "https://example.org")
	case strings.HasPrefix(u, "#"), strings.HasPrefix(u, "mailto:"):
		return
	case strings.Contains(u, "://"):
		if strings.HasPrefix(element, "<img") || strings.HasPrefix(element, "<script") || strings.Contains(element, "stylesheet") {
			t.Errorf("%s asks another site: %s", from, element)
		}
		return
	}
	if !strings.HasPrefix(u, base) {
		t.Errorf("%s: %s leaves the site's path", from, element)
		return
	}
	u, _, _ = strings.Cut(u, "#")
	out := page.OutputPath(decode(strings.TrimPrefix(u, "/archive")))
	if _, ok := pages[out]; !ok {
		t.Errorf("%s: %s is a dead link (no %s)", from, element, out)
	}
}

func decode(s string) string {
	if p, err := url.PathUnescape(s); err == nil {
		return p
	}
	return s
}

// partial are the languages in which only the messages that are certain are
// written; readers see the others in English, marked as English.
var partial = []lang.Tag{"dv", "syr"}

func TestMessagesAreWhole(t *testing.T) {
	m := loadTheme(t).Messages()
	for _, tag := range lang.Known() {
		missing := m.Missing(tag)
		if some := slices.Contains(partial, tag); some != (len(missing) > 0) {
			t.Errorf("%s: missing %q, partial is %v", tag, missing, some)
		}
		if len(missing) == len(m[original]) {
			t.Errorf("%s has no messages", tag)
		}
	}
}

func TestMessagesAreWritten(t *testing.T) {
	m := loadTheme(t).Messages()
	hole := regexp.MustCompile(`\{[a-z]+\}`)
	for tag, messages := range m {
		if !slices.Contains(lang.Known(), tag) {
			t.Errorf("%s: messages in a language that is not known", tag)
		}
		for key, p := range messages {
			want := hole.FindAllString(m[original][key].Other, -1)
			for _, s := range []string{p.Zero, p.One, p.Two, p.Few, p.Many, p.Other} {
				for _, h := range hole.FindAllString(s, -1) {
					if !slices.Contains(want, h) {
						t.Errorf("%s: %s has %s, which English has not", tag, key, h)
					}
				}
				if s != strings.TrimSpace(s) || s != lang.Normal(s) {
					t.Errorf("%s: %s has white space at its ends or is not in NFC: %q", tag, key, s)
				}
				if bad := foreignMarks(lang.ScriptOf(tag)); bad != "" && strings.ContainsAny(hole.ReplaceAllString(s, ""), bad) {
					t.Errorf("%s: %s has a mark or letter of another script: %q", tag, key, s)
				}
			}
			for _, h := range want {
				if !strings.Contains(p.Other, h) {
					t.Errorf("%s: %s lacks %s", tag, key, h)
				}
			}
		}
	}
}

// foreignMarks are the letters and marks that have no place in a message in the
// script: typewriter quotes anywhere, Latin commas in Arabic, Latin colons in
// Chinese, Latin letters where others are written.
func foreignMarks(script string) string {
	const latin = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	switch script {
	case "Latn":
		return "'\""
	case "Arab", "Thaa", "Syrc":
		return latin + "'\",;?"
	case "Hans", "Hant", "Jpan":
		return latin + "'\",;?:.!()"
	}
	return latin + "'\""
}

func TestMessagesFallBackMarked(t *testing.T) {
	files, _ := themes.Files(themes.Default)
	files["messages/fa-AF.toml"] = []byte("home = \"خانه\"\n")
	th, _ := Load("themes/broadsheet", files)
	m := th.Messages()
	for key, want := range map[string]lang.Tag{"home": "fa-AF", "menu": "fa"} {
		if p, _ := m.Phrase("fa-AF", key); p.From != want {
			t.Errorf("%s comes from %q, want %q", key, p.From, want)
		}
	}
	if p, ok := m.Phrase("mr", "home"); !ok || p.From != "en" {
		t.Errorf("mr falls back to %q", p.From)
	}
	if _, ok := m.Phrase("mr", "nothing"); ok {
		t.Error("an unknown key has a text")
	}
	if got := m.Missing("mr"); len(got) != len(m["en"]) {
		t.Errorf("mr misses %d of %d", len(got), len(m["en"]))
	}
}

func TestMessageFilesAreChecked(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"a form that the language has is missing", "messages/ar.toml", "[articles]\none = \"x\"\nother = \"y\"\n", `x/messages/ar.toml:1:2: message "articles" lacks the plural form "zero"`},
		{"a form that no language has", "messages/en.toml", "[articles]\none = \"x\"\nother = \"y\"\nsome = \"z\"\n", `x/messages/en.toml:4:1: message "articles": "some" is no plural form`},
		{"a misspelt key", "messages/fr.toml", "hom = \"Accueil\"\n", `message "hom" is not in English (did you mean "home"?)`},
		{"a file that is no language", "messages/readme!.toml", "", "is none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string][]byte{"messages/en.toml": []byte("home = \"Home\"\n")}
			files[tt.file] = []byte(tt.text)
			_, problems := ParseMessages("x", files)
			for _, p := range problems {
				if strings.Contains(p.String(), tt.want) {
					return
				}
			}
			t.Errorf("no %q in %v", tt.want, problems)
		})
	}
}

// with gives the default theme with some files changed.
func with(changes map[string]string) map[string][]byte {
	files, _ := themes.Files(themes.Default)
	own := map[string][]byte{}
	for name, text := range changes {
		own[name] = []byte(text)
	}
	return Merge(files, own)
}

func TestTemplatesAreChecked(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"a misspelt field", "templates/card.html", "<h3>\n{{.Headlne.S}}</h3>", `t/templates/card.html:2:10: CardView has no field "Headlne" (did you mean "Headline"?)`},
		{"a misspelt field below a field", "templates/card.html", "{{.Headline.Lng}}", `Text has no field "Lng" (did you mean "Lang"?)`},
		{"a field in a range", "templates/home.html", "{{range .Parts}}{{range .Cards}}{{.Titel}}{{end}}{{end}}", `CardView has no field "Titel"`},
		{"a field of a variable", "templates/home.html", "{{range $i, $p := .Parts}}{{$p.Headng}}{{end}}", `ListPart has no field "Headng" (did you mean "Heading"?)`},
		{"a field of the page", "templates/card.html", "{{$.Frame}}", `CardView has no field "Frame"`},
		{"a misspelt method", "templates/head.html", "{{.JSONDL}}", `t/templates/head.html:1:2: Base has no field "JSONDL" (did you mean "JSONLD"?)`},
		{"an unknown function", "templates/card.html", "{{dat .Date}}", `t/templates/card.html:1:2: unknown function "dat" (did you mean "date"?)`},
		{"an unknown template", "templates/home.html", `{{template "tap" .Page}}`, `unknown template "tap" (did you mean "top"?)`},
		{"an unknown part", "templates/home.html", `{{each "crd" .Parts}}`, `unknown template "crd" (did you mean "card"?)`},
		{"an argument of another type", "templates/card.html", `{{date .Headline}}`, `date takes Date here, not Text`},
		{"too few arguments", "templates/card.html", `{{date}}`, `date takes 1 arguments, not 0`},
		{"a range over what is no list", "templates/home.html", `{{range .Heading}}{{end}}`, `range over page.Text`},
		{"a template that does not parse", "templates/card.html", "<p>\n{{if .Undated}}", `t/templates/card.html:2: unexpected EOF`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := Load("t", with(map[string]string{tt.file: tt.text}))
			for _, p := range problems {
				if strings.HasPrefix(p.String(), "t/"+tt.file) && strings.Contains(p.String(), tt.want) {
					return
				}
			}
			t.Errorf("no %q in\n%v", tt.want, problems)
		})
	}
	files := with(nil)
	delete(files, "templates/list.html")
	if _, problems := Load("t", files); len(problems) != 1 || !strings.Contains(problems[0].String(), `no template "list.html"`) {
		t.Errorf("a missing template: %v", problems)
	}
}

// one is a site of a single article.
func one(th *Theme) *testSite {
	return newSite(map[string][]byte{
		"site.toml":       []byte("languages = [\"ar\", \"en\"]\nbaseURL = \"https://example.org\"\n[title]\nar = \"محبرة\"\nen = \"Mihbara\"\n"),
		"content/en/a.md": []byte("---\ntitle: \"A <day> & 'more\"\ndate: 2023-05-04\nauthor: Layla\ntags: [one]\n---\n\nText of the day.\n"),
		"content/ar/b.md": []byte("---\ntitle: يوم\ndate: 2023-05-04\n---\n\nنص اليوم.\n"),
	}, th, nil)
}

func TestErrorsNameTheTemplateAndThePage(t *testing.T) {
	th, _ := Load("t", with(map[string]string{"templates/colophon.html": "\n{{index .Entities 99}}"}))
	s := one(th)
	_, err := page.Draw(nil, s, th, s.plan("en/a")[0].Spec)
	if err == nil || !strings.HasPrefix(err.Error(), "t/templates/colophon.html:2:") || !strings.Contains(err.Error(), "(while drawing /en/2023/05/04/a/)") {
		t.Errorf("got %v", err)
	}
	th, _ = Load("t", with(map[string]string{"templates/article.html": "{{if}}"}))
	_, err = page.Draw(nil, s, th, s.plan("en/a")[0].Spec)
	if err == nil || !strings.HasPrefix(err.Error(), "t/templates/article.html:1") {
		t.Errorf("a template that does not parse: %v", err)
	}
	th, _ = Load("t", with(map[string]string{"templates/article.html": `<a href="{{if .Draft}}x{{else}}">{{end}}`}))
	if _, err = page.Draw(nil, s, th, s.plan("en/a")[0].Spec); err == nil {
		t.Error("a template that cannot be escaped is drawn")
	}
}

func TestNumbersAreThoseOfThePage(t *testing.T) {
	th, _ := Load("t", with(map[string]string{"templates/colophon.html": "<p>{{number 1234}} {{decimal 1234.56 1}} {{percent 0.255 1}} {{relative -1 `day`}}, {{relative 3 `hour`}}</p>"}))
	s := one(th)
	f, err := page.Draw(nil, s, th, s.plan("en/a")[0].Spec)
	if err != nil {
		t.Fatal(err)
	}
	if want := "<p>1,234 1,234.6 25.5% yesterday, in 3 hours</p>"; !strings.Contains(string(f.Data), want) {
		t.Errorf("no %s in\n%s", want, f.Data)
	}
}

func TestVersionsFollowTheTemplatesThatAreUsed(t *testing.T) {
	version := func(changes map[string]string) *Theme {
		th, problems := Load("t", with(changes))
		for _, p := range problems {
			t.Error(p)
		}
		return th
	}
	files, _ := themes.Files(themes.Default)
	before := version(nil)
	after := version(map[string]string{"templates/entity-item.html": string(files["templates/entity-item.html"]) + "<hr>"})
	for _, k := range page.Templates {
		changed := before.Version(k) != after.Version(k)
		if want := k == page.KindArticle; changed != want {
			t.Errorf("%s changed: %v", k, changed)
		}
	}
	after = version(map[string]string{"templates/card.html": string(files["templates/card.html"]) + "{{/* nothing */}}\n   "})
	if before.Version(page.KindList) == after.Version(page.KindList) {
		// Only a comment and spaces: the same bytes would come out, give or take a newline.
		t.Log("a comment does not count")
	}
}

// another answers with another book of phrases.
type another struct {
	*testSite
	change map[string]string
	books  map[page.Kind]*page.Phrasebook
}

func (c *another) Phrases(t lang.Tag, k page.Kind) *page.Phrasebook {
	b := c.testSite.Phrases(t, k)
	if len(c.change) == 0 {
		return b
	}
	if c.books[k] == nil {
		changed := maps.Clone(b.Phrases)
		for key, text := range c.change {
			changed[key] = page.Phrase{From: t, Other: text}
		}
		c.books[k] = &page.Phrasebook{Phrases: changed}
	}
	return c.books[k]
}

func TestAChangedMessageReachesPartsThatWereRemembered(t *testing.T) {
	th := loadTheme(t)
	q := &another{testSite: one(th), books: map[page.Kind]*page.Phrasebook{}}
	spec := q.plan("en/a")[0].Spec
	draw := func() string {
		f, err := page.Draw(nil, q, th, spec)
		if err != nil {
			t.Fatal(err)
		}
		return string(f.Data)
	}
	first := draw()
	if draw() != first {
		t.Error("the same page differs the second time")
	}
	q.change = map[string]string{"home": "Front page"}
	if !strings.Contains(draw(), "Front page") {
		t.Error("a changed message does not reach a part that was remembered")
	}
	q.change = nil
	if draw() != first {
		t.Error("changing a message back does not give the first page")
	}
}

func TestKeysAreThoseThatAPageCanShow(t *testing.T) {
	th := loadTheme(t)
	for _, tt := range []struct {
		name     string
		kind     page.Kind
		has, not []string
	}{
		{"an article's own and those of its header", page.KindArticle, []string{"cite", "menu", "mentions", "type-person", "type-event", "kind-tags"}, []string{"not-found", "coverage", "moved"}},
		{"a page in no language of its own asks only what it says", page.KindNotFound, []string{"home", "not-found"}, []string{"menu", "cite", "undated"}},
		{"a list's view says what its template does not", page.KindList, []string{"undated", "kind-authors", "coverage"}, []string{"cite", "moved"}},
	} {
		keys := th.Keys(tt.kind)
		for _, key := range tt.has {
			if !slices.Contains(keys, key) {
				t.Errorf("%s: %q is missing", tt.name, key)
			}
		}
		for _, key := range tt.not {
			if slices.Contains(keys, key) {
				t.Errorf("%s: %q is there", tt.name, key)
			}
		}
	}
	th, _ = Load("t", with(map[string]string{"templates/redirect.html": `{{t .Title}}`}))
	if keys := th.Keys(page.KindRedirect); len(keys) != len(th.Messages()["en"]) {
		t.Errorf("a key that cannot be known: %d of %d", len(keys), len(th.Messages()["en"]))
	}
	_, problems := Load("t", with(map[string]string{"templates/redirect.html": "\n{{t \"movd\"}}"}))
	if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), "t/templates/redirect.html:2:") || !strings.Contains(problems[0].String(), `"moved"`) {
		t.Errorf("a misspelt key: %v", problems)
	}
}

// TestProgramsWriteWhatTemplatesWrite draws pages of every kind both ways.
func TestProgramsWriteWhatTemplatesWrite(t *testing.T) {
	comparePrograms(t, loadTheme(t))
	th, problems := Load("t", with(map[string]string{
		"templates/redirect.html": `<!-- {{.Title}} <b> --><p>{{.Title}}</p>`,
		// Data of a theme's own, with a list.
		"templates/colophon.html": `<script type="application/ld+json">{"@type":"NewsArticle",` +
			`"about":[{{range $i, $group := .Entities}}{{range $k, $name := .Items}}{{if or $i $k}},{{end}}{{.Label.S}}{{end}}{{end}}],` +
			`"datePublished":{{.Date.ISO}},"headline":{{.Headline.S}},"inLanguage":{{.TextLanguage}},"wordCount":{{.Words}},"url":"{{.Frame.BaseURL}}{{.Path}}","draft":{{.Draft}}}</script>`}))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	comparePrograms(t, th)
}

func comparePrograms(t *testing.T, th *Theme) {
	t.Helper()
	s := sampleSite(t, th, nil)
	q := remember(s)
	fast, slow := th.newSet(), th.newSet()
	n := map[page.Kind]int{}
	for _, c := range s.claims() {
		if !slices.Contains(page.Templates[:], c.Spec.Kind) || n[c.Spec.Kind] >= 60 {
			continue
		}
		n[c.Spec.Kind]++
		v, err := page.ViewOf(q, c.Spec)
		if err != nil {
			t.Fatal(err)
		}
		fast.begin(q, c.Spec.Kind, v.Page())
		drawn, ok := fast.fast(nil, string(c.Spec.Kind), v)
		if !ok {
			t.Errorf("%s is not compiled", c.Spec.Kind)
			continue
		}
		slow.begin(q, c.Spec.Kind, v.Page())
		slow.slow = true
		var out bytes.Buffer
		if err := slow.t.ExecuteTemplate(&out, string(c.Spec.Kind), v); err != nil {
			t.Fatal(err)
		}
		if a, b := string(drawn), out.String(); a != b {
			i := 0
			for i < len(a) && i < len(b) && a[i] == b[i] {
				i++
			}
			t.Fatalf("%s differs at %d:\nprogram  %.200s\ntemplate %.200s", c.Path, i, a[max(0, i-60):], b[max(0, i-60):])
		}
	}
}

func TestTextIsEscapedAndIsolated(t *testing.T) {
	th := loadTheme(t)
	s := one(th)
	f, err := page.Draw(nil, s, th, s.plan("en/a")[0].Spec)
	if err != nil {
		t.Fatal(err)
	}
	html := string(f.Data)
	for _, want := range []string{
		`<html lang="en" dir="ltr">`,
		"A &lt;day&gt; &amp; &#39;more</h1>",
		`<time datetime="2023-05-04" dir="ltr">`,
		`By <a href="/en/authors/layla/"><bdi dir="ltr">Layla</bdi></a>`,
		`<link rel="canonical" href="https://example.org/en/2023/05/04/a/">`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in\n%s", want, html)
		}
	}
	if strings.Contains(html, "<day>") {
		t.Error("a headline's markup comes through")
	}
}

// TestStylesheetHasNoSides: one stylesheet for both directions (RTL.md L1, D5).
func TestStylesheetHasNoSides(t *testing.T) {
	files, _ := themes.Files(themes.Default)
	css := string(files["assets/broadsheet.css"])
	for _, bad := range []string{
		`(?:margin|padding|border|inset)-(?:left|right)`, `(?m)[{;]\s*(?:left|right)\s*:`, `text-align:\s*(?:left|right)`, `(?:float|clear):\s*(?:left|right)`,
		`[{;]\s*direction\s*:`, `unicode-bidi:\s*[^i\s]`, `word-break:\s*break-all`, `\[dir=`, `text-transform`, `text-align:\s*justify`, `@import`, `url\(`,
	} {
		if m := regexp.MustCompile(bad).FindString(css); m != "" {
			t.Errorf("%q", m)
		}
	}
	// Long addresses in right-to-left text break anywhere, words nowhere (N7, Y9).
	if !regexp.MustCompile(`\.text:dir\(rtl\) a:dir\(ltr\)[^{}]*\{ overflow-wrap: anywhere`).MatchString(css) {
		t.Error("links that are addresses do not break")
	}
	if n := strings.Count(css, "{") - strings.Count(css, "}"); n != 0 {
		t.Errorf("%d braces are open", n)
	}
	for _, m := range regexp.MustCompile(`letter-spacing:\s*([^;}]+)`).FindAllStringSubmatch(css, -1) {
		if v := strings.TrimSpace(m[1]); v != "var(--wide)" && v != "0" {
			t.Errorf("letter-spacing: %s would tear Arabic apart", v)
		}
	}
}

func TestAssets(t *testing.T) {
	th := loadTheme(t)
	if got := th.Assets(); !slices.Contains(got, "broadsheet.css") || !slices.Contains(got, "chroma.css") {
		t.Errorf("assets: %q", got)
	}
	if css, ok := th.Asset("chroma.css"); !ok || !strings.Contains(string(css), ".code ") {
		t.Errorf("chroma.css: %.80s", css)
	}
	if _, ok := th.Asset("nothing"); ok {
		t.Error("an asset that is not there")
	}
}
