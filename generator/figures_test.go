package generator

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

func (s *testSite) stats() Figures {
	s.t.Helper()
	f, err := Stats(s.options("public"))
	must(s.t, err)
	return f
}

func (f *Figures) of(t *testing.T, change string) Reach {
	t.Helper()
	for _, r := range f.Reach {
		if r.Change == change {
			return r
		}
	}
	t.Fatalf("nothing is said of %s: %+v", change, f.Reach)
	return Reach{}
}

// TestReachIsWhatABuildDraws makes the changes that the figures speak of.
func TestReachIsWhatABuildDraws(t *testing.T) {
	s := fixedSite(t)
	s.themeFile("assets/broadsheet.css")
	s.themeFile("templates/article.html")
	s.build()
	f := s.stats()
	appended := func(p, text string) func() { return func() { s.write(p, s.read(p)+text) } }
	atEnd := func(p, text string) func() {
		return func() {
			old := s.read(p)
			i := strings.LastIndex(old, "{{end}}")
			s.write(p, old[:i]+text+old[i:])
		}
	}
	title := func(p string) func() {
		return func() {
			s.write(p, regexp.MustCompile(`(?m)^title: .*$`).ReplaceAllString(s.read(p), "title: Another"))
		}
	}
	type made struct {
		what string
		want Reached
		edit func()
	}
	var list []made
	text, headline := f.of(t, "the text of an article"), f.of(t, "the headline of an article")
	for _, r := range []Reached{text.Typical, text.Most} {
		if !strings.HasPrefix(r.Thing, "seeds/") { // the copy of a seed is another file, and its text its lead
			list = append(list, made{"text of " + r.Thing, r, appended(r.Thing, "\n\nAnd more.\n")})
		}
	}
	for _, r := range []Reached{headline.Typical, headline.Most} {
		if !strings.HasPrefix(r.Thing, "seeds/") {
			list = append(list, made{"headline of " + r.Thing, r, title(r.Thing)})
		}
	}
	list = append(list,
		made{"template", f.of(t, "the template article.html").Most, atEnd("themes/broadsheet/templates/article.html", "<p>end</p>")},
		made{"asset", f.of(t, "an asset, such as the style sheet").Most, appended("themes/broadsheet/assets/broadsheet.css", "\np{}\n")},
	)
	if len(list) < 5 {
		t.Fatalf("too few changes: %+v", f.Reach)
	}
	for _, m := range list {
		m.edit()
		sum := s.build()
		var got Reached
		for _, p := range sum.Rendered {
			if strings.HasSuffix(p, ".html") {
				got.Pages++
			} else {
				got.Files++
			}
		}
		if got.Thing = m.want.Thing; got != m.want {
			t.Errorf("%s: drew %+v, and %+v was said:\n  %s", m.what, got, m.want, strings.Join(sum.Rendered, "\n  "))
		}
	}
}

// TestANewArticleDrawsWhatItsLikeForesaw adds an article to groups of another one.
func TestANewArticleDrawsWhatItsLikeForesaw(t *testing.T) {
	s := fixedSite(t)
	s.remove("seeds") // what is related to an undated article is not foreseen
	s.build()
	var foreseen Reached
	before := map[string]bool{}
	must(t, withSite(s.options("public"), buildStore, func(site *Site) error {
		list, err := site.additions()
		for _, r := range list {
			if r.Thing == "content/en/flood.md" {
				foreseen = r
			}
		}
		for p := range site.engine.Files("render") {
			before[p] = true
		}
		return err
	}))
	s.write("content/en/zz.md", "---\ntitle: Newest\ndate: 2023-05-20\ntags: [water]\n---\n\nQuite another text names Beirut.\n")
	sum := s.build()
	got := Reached{Thing: "content/en/flood.md"}
	for _, p := range sum.Rendered {
		if before[p] {
			got.count(p)
		}
	}
	if got != foreseen || got.Pages < 5 {
		t.Errorf("drew %+v again, and %+v was foreseen:\n  %s", got, foreseen, strings.Join(sum.Rendered, "\n  "))
	}
}

// A stepping clock goes on by a second whenever it is asked.
type stepping struct{ now time.Time }

func (c *stepping) time() time.Time { c.now = c.now.Add(time.Second); return c.now }

func TestFiguresAreThoseOfTheLastBuildThatDidSomething(t *testing.T) {
	s := newTestSite(t)
	s.write("content/en/a.md", "---\ntitle: A\ndate: 2024-01-01\n---\nText.\n")
	if _, err := Stats(s.options("public")); !errors.Is(err, ErrNoBuild) {
		t.Fatalf("without a build: %v", err)
	}
	build := func(memory int64) {
		o := s.options("public")
		o.Clock = (&stepping{now: time.Now()}).time
		o.Workers = 1 // the clock has no lock
		o.Memory = func() int64 { return memory }
		_, err := Build(context.Background(), o)
		must(t, err)
	}
	build(1 << 20)
	first := s.stats()
	if first.Peak != 1<<20 || first.Drawn == 0 || first.Drawn != first.Written || first.Workers != 1 || first.Idle != nil || !first.Built.Equal(s.now) {
		t.Errorf("the first build: %+v", first)
	}
	var took time.Duration
	ran := 0
	for _, stage := range first.Stages {
		took += stage.Took
		ran += stage.Ran
		if stage.Ran > 0 && stage.Busy < time.Duration(stage.Ran)*time.Second {
			t.Errorf("%s: %d functions took %s by a clock that goes on by a second", stage.Name, stage.Ran, stage.Busy)
		}
	}
	if took > first.Took || took < first.Took*9/10 || ran != first.Ran {
		t.Errorf("the stages took %s of %s, with %d of %d functions", took, first.Took, ran, first.Ran)
	}
	drawn := 0
	for _, k := range first.Kinds {
		drawn += k.Drawn
	}
	if drawn != first.Drawn || len(first.Read) != 1 || first.Read[0].Path != "content/en/a.md" || len(first.Draw) == 0 {
		t.Errorf("kinds %+v, slowest %+v, %+v", first.Kinds, first.Read, first.Draw)
	}
	s.now = s.now.Add(time.Hour)
	build(2 << 20)
	idle := s.stats()
	if idle.Idle == nil || !idle.Idle.Equal(s.now) || idle.Peak != first.Peak || idle.Took != first.Took {
		t.Errorf("after a build with nothing to do: %+v", idle)
	}
	s.edit("content/en/a.md", "Text.", "Other text.")
	build(3 << 20)
	if f := s.stats(); f.Idle != nil || f.Peak != 3<<20 || f.Drawn != 1 {
		t.Errorf("after an edit: %+v", f)
	}
	s.checkLaw("public", "with figures in the store")
}

func TestStatsOfAStoreThatIsHeld(t *testing.T) {
	s := fixedSite(t)
	want := s.stats()
	held, err := open(s.options("public"), buildStore)
	must(t, err)
	defer held.Close()
	if got := s.stats(); got.Took != want.Took || len(got.Reach) != len(want.Reach) {
		t.Errorf("%+v, not %+v", got, want)
	}
}

// A store whose files come and go while it is copied is copied again, until
// nothing does.
func TestSnapshotOfAStoreInMotion(t *testing.T) {
	dir := t.TempDir()
	file := func(i int) string { return filepath.Join(dir, strconv.Itoa(i)) }
	must(t, os.WriteFile(file(0), nil, 0o600))
	const together = 50
	for i := range together {
		must(t, os.WriteFile(file(i), nil, 0o600))
	}
	begun, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for i := range 500 {
			os.WriteFile(file(i+together), nil, 0o600)
			os.Remove(file(i))
			if i == together {
				close(begun)
			}
		}
	}()
	<-begun
	to, err := snapshot(dir)
	<-ended
	must(t, err)
	defer os.RemoveAll(to)
	files, err := os.ReadDir(to)
	must(t, err)
	if n := len(files); n != together && n != together+1 {
		t.Errorf("%d files, which were never there together", n)
	}
}
