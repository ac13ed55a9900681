package generator

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mihbara/themes"
)

// A testSite is a site in a temporary folder.
type testSite struct {
	t   testing.TB
	dir string
	now time.Time
	// fragile means that the store may turn out unusable.
	fragile bool
}

var testNow = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

func newTestSite(t testing.TB) *testSite {
	t.Helper()
	return &testSite{t: t, dir: t.TempDir(), now: testNow}
}

func (s *testSite) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *testSite) write(name, text string) {
	s.t.Helper()
	must(s.t, os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	must(s.t, os.WriteFile(s.path(name), []byte(text), 0o644))
}

func (s *testSite) read(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(s.path(name))
	must(s.t, err)
	return string(data)
}

// edit replaces the first old by new; the file must hold it.
func (s *testSite) edit(name, old, new string) {
	s.t.Helper()
	text := s.read(name)
	if !strings.Contains(text, old) {
		s.t.Fatalf("%s does not hold %q", name, old)
	}
	s.write(name, strings.Replace(text, old, new, 1))
}

func (s *testSite) remove(name string) { must(s.t, os.RemoveAll(s.path(name))) }

func (s *testSite) options(out string) Options {
	return Options{Source: s.dir, Out: filepath.Join(s.dir, out), Clock: time.Now, Now: s.now, Version: "test", Notice: s.notice}
}

// notice fails the test when a store is dropped that nobody damaged: the output
// would be right all the same, and everything be done twice.
func (s *testSite) notice(line string) {
	if strings.Contains(line, "dropped") && !s.fragile {
		s.t.Errorf("%s", line)
	}
}

func (s *testSite) build() Summary {
	s.t.Helper()
	return s.buildTo("public")
}

func (s *testSite) buildTo(out string) Summary {
	s.t.Helper()
	sum, err := Build(context.Background(), s.options(out))
	must(s.t, err)
	return sum
}

// checkLaw fails unless the output is what a clean build gives, and nothing
// else lies there.
func (s *testSite) checkLaw(out, when string) {
	s.t.Helper()
	list, _, err := Verify(context.Background(), s.options(out))
	must(s.t, err)
	for _, d := range list {
		s.t.Errorf("%s: %s %s (byte %d)", when, d.Path, d.Reason, d.Offset)
	}
	owned := map[string]bool{}
	for _, p := range s.owned(out) {
		owned[p] = true
	}
	for _, p := range s.files(out) {
		if !owned[p] && !strings.HasPrefix(filepath.Base(p), ".mihbara") {
			s.t.Errorf("%s: %s lies in the output and nobody owns it", when, p)
		}
	}
	if s.t.Failed() {
		s.t.FailNow()
	}
}

func (s *testSite) files(dir string) []string {
	var list []string
	must(s.t, filepath.WalkDir(s.path(dir), func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(s.path(dir), p)
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	}))
	return list
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// words of five languages, from which articles are put together.
var words = map[string][]string{
	"ar": strings.Fields("قال الوزير في بيان إن الحكومة ستدرس المشروع خلال الأسبوع المقبل بعد مشاورات مع البلديات والنقابات حول الميزانية والمياه والكهرباء"),
	"en": strings.Fields("the council said on Monday that it would study the plan next week after talks with towns and unions about water power and the budget"),
	"fa": strings.Fields("وزیر گفت که دولت این طرح را هفته آینده پس از گفتگو با شهرداری‌ها درباره بودجه و آب و برق بررسی می‌کند"),
	"fr": strings.Fields("le conseil a annoncé lundi que le projet serait étudié la semaine prochaine après des consultations avec les communes sur le budget et l’eau"),
	"he": strings.Fields("השר אמר בהודעה כי הממשלה תבחן את התוכנית בשבוע הבא לאחר התייעצות עם העיריות על התקציב המים והחשמל"),
}

var languages = []string{"ar", "en", "fa", "fr", "he"}

// names of three entities in those languages.
var names = map[string]map[string]string{
	"beirut":   {"ar": "بيروت", "en": "Beirut", "fa": "بیروت", "fr": "Beyrouth", "he": "ביירות"},
	"un":       {"ar": "الأمم المتحدة", "en": "United Nations", "fa": "سازمان ملل متحد", "fr": "Nations unies", "he": "האומות המאוחדות"},
	"guterres": {"ar": "أنطونيو غوتيريش", "en": "António Guterres", "fa": "آنتونیو گوترش", "fr": "António Guterres", "he": "אנטוניו גוטרש"},
	"nobody":   {"ar": "الرئيس محمود الحمداني", "en": "Margaret Holloway", "fa": "رضا کرمانی", "fr": "Camille Durand", "he": "משה כהן"}, // has no file
}

func (s *testSite) entity(id, kind string, aliases string) {
	text := "---\ntype: " + kind + "\nlabels:\n"
	for _, l := range languages {
		text += fmt.Sprintf("  %s: %q\n", l, names[id][l])
	}
	s.write("content/entities/"+id+".md", text+aliases+"---\n")
}

// sentence is some words of a language, with a name now and then.
func sentence(r *rand.Rand, l string) string {
	var out []string
	for range 12 + r.IntN(10) {
		out = append(out, words[l][r.IntN(len(words[l]))])
		if r.IntN(15) == 0 {
			out = append(out, names[[]string{"beirut", "un", "guterres", "nobody"}[r.IntN(4)]][l])
		}
	}
	return strings.Join(out, " ") + "."
}

func body(r *rand.Rand, l string) string {
	var out []string
	for range 2 + r.IntN(3) {
		out = append(out, sentence(r, l)+" "+sentence(r, l))
	}
	return strings.Join(out, "\n\n") + "\n"
}

// randomArticle is a whole Markdown file.
func randomArticle(r *rand.Rand, l string) string {
	var tags []string
	for _, t := range []string{"water", "budget", "energy", "towns"} {
		if r.IntN(3) == 0 {
			tags = append(tags, t)
		}
	}
	date := testNow.AddDate(0, 0, -r.IntN(700)).Format("2006-01-02")
	return fmt.Sprintf("---\ntitle: %q\ndate: %s\nsection: politics\nauthor: Desk %d\ntags: [%s]\n---\n\n%s",
		strings.TrimSuffix(sentence(r, l), "."), date, r.IntN(2), strings.Join(tags, ", "), body(r, l))
}

const testSettings = `title = "Test"
baseURL = "https://example.org/archive/"
languages = ["ar", "en", "fa", "fr", "he"]
tagline = "A first line"
[entities]
builtin = false
[lists]
front = 5
max = 8
month = 6
`

// populate writes a site of n articles in five languages.
func (s *testSite) populate(r *rand.Rand, n int) {
	s.write("site.toml", testSettings)
	s.entity("beirut", "place", "")
	s.entity("un", "organisation", "")
	s.entity("guterres", "person", "")
	s.write("content/tags/water.md", "---\nlabels: {ar: مياه, en: Water}\n---\n")
	s.write("content/static/robots-note.txt", "hello\n")
	s.write("content/en/pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
	for i := range n {
		l := languages[i%len(languages)]
		s.write(fmt.Sprintf("content/%s/a%03d.md", l, i/len(languages)), randomArticle(r, l))
	}
	s.write("seeds/one.txt", body(r, "ar"))
	s.write("seeds/two.txt", body(r, "he"))
}

// themeFile copies a file of the embedded theme into the site, so that it can be
// edited.
func (s *testSite) themeFile(name string) string {
	files, ok := themes.Files(themes.Default)
	if !ok || files[name] == nil {
		s.t.Fatalf("the theme has no %s", name)
	}
	p := "themes/" + themes.Default + "/" + name
	if _, err := os.Stat(s.path(p)); err != nil {
		s.write(p, string(files[name]))
	}
	return p
}

func (s *testSite) articles() []string {
	var list []string
	for _, l := range languages {
		matches, _ := filepath.Glob(s.path("content/" + l + "/*.md"))
		for _, m := range matches {
			rel, _ := filepath.Rel(s.dir, m)
			list = append(list, filepath.ToSlash(rel))
		}
	}
	slices.Sort(list)
	return list
}
