package theme

import (
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/recogniser"
	"mihbara/generator/site"
	"mihbara/themes"
)

// A testSite answers page.Questions from maps, by looking at everything each
// time: the plainest implementation of what the questions mean.
type testSite struct {
	settings  site.Settings
	theme     *Theme
	articles  map[article.ID]*article.Article
	cards     map[article.ID]article.Card
	mentions  map[article.ID][]entity.Mention
	suggested map[article.ID][]recogniser.Suggestion
	entities  map[entity.ID]*entity.Entity
	tags      map[string]*entity.Entity // tags have labels as entities do
	links     map[article.ID]archive.Links
	targets   map[string]page.Target
	frames    map[lang.Tag]*page.Frame
	groups    map[archive.Group][]article.ID
	children  map[article.ID][]article.ID
	same      map[string][]article.ID // by translation key
	kinds     map[archive.Group][]string
	periods   map[archive.Group][]archive.Group // by whole group and length, sorted
}

func loadTheme(t testing.TB) *Theme {
	t.Helper()
	files, ok := themes.Files(themes.Default)
	if !ok {
		t.Fatal("the default theme is not embedded")
	}
	th, problems := Load("themes/broadsheet", files)
	for _, p := range problems {
		t.Error(p)
	}
	return th
}

// root is the folder that holds go.mod.
func root(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
}

// sampleSite reads the sample site of the repository.
func sampleSite(t testing.TB, th *Theme, change func(*site.Settings)) *testSite {
	t.Helper()
	dir := os.DirFS(root(t))
	files := map[string][]byte{}
	for _, top := range []string{"content", "seeds", "site.toml"} {
		fs.WalkDir(dir, top, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files[p], err = fs.ReadFile(dir, p)
			}
			return err
		})
	}
	if len(files) == 0 {
		t.Skip("no sample site beside this checkout")
	}
	return newSite(files, th, change)
}

func newSite(files map[string][]byte, th *Theme, change func(*site.Settings)) *testSite {
	s := &testSite{theme: th, articles: map[article.ID]*article.Article{}, cards: map[article.ID]article.Card{},
		mentions: map[article.ID][]entity.Mention{}, entities: map[entity.ID]*entity.Entity{}, tags: map[string]*entity.Entity{},
		links: map[article.ID]archive.Links{}, targets: map[string]page.Target{}, frames: map[lang.Tag]*page.Frame{},
		groups: map[archive.Group][]article.ID{}, children: map[article.ID][]article.ID{}, same: map[string][]article.ID{},
		kinds: map[archive.Group][]string{}, periods: map[archive.Group][]archive.Group{}}
	s.settings, _ = site.Parse("site.toml", files["site.toml"])
	if change != nil {
		change(&s.settings)
	}
	for _, e := range entity.Builtin() {
		s.entities[e.ID] = e
	}
	for _, p := range slices.Sorted(maps.Keys(files)) {
		switch ext := path.Ext(p); {
		case strings.HasPrefix(p, "content/entities/") && ext == ".md":
			if e, _ := entity.ParseEntity(p, files[p]); e != nil && !e.IsNote() {
				s.entities[e.ID] = e
			}
		case strings.HasPrefix(p, "content/tags/"):
			if e, _ := entity.ParseEntity(p, files[p]); e != nil {
				s.tags[strings.TrimSuffix(path.Base(p), ext)] = e
			}
		case ext == ".md" || ext == ".txt":
			src := article.Source{Path: p, Data: files[p]}
			for _, side := range []string{".yaml", ".toml"} {
				if f := strings.TrimSuffix(p, ext) + side; ext == ".txt" && files[f] != nil {
					src.SidecarPath, src.Sidecar = f, files[f]
				}
			}
			if a, _ := article.Parse(src, &s.settings); a != nil {
				s.articles[a.ID] = a
				s.cards[a.ID] = a.Card(&s.settings)
				s.targets[p] = page.Target{URL: s.cards[a.ID].URL}
			}
		case strings.HasPrefix(p, "content/") && ext != ".toml":
			u := page.SitePath(page.PlanFile(p).Path)
			s.targets[p] = page.Target{URL: u, Width: 1200, Height: 800}
			s.targets[u] = s.targets[p]
		}
	}
	s.index()
	return s
}

// index puts the articles into their groups, newest first.
func (s *testSite) index() {
	lexicon := entity.NewLexicon(slices.SortedFunc(maps.Values(s.entities), func(a, b *entity.Entity) int { return cmp.Compare(a.ID, b.ID) }))
	ids := slices.SortedFunc(maps.Keys(s.articles), func(a, b article.ID) int {
		x, y := s.cards[a], s.cards[b]
		switch {
		case x.Undated != y.Undated && x.Undated:
			return 1
		case x.Undated != y.Undated:
			return -1
		}
		return cmp.Or(cmp.Compare(y.Published.Unix, x.Published.Unix), cmp.Compare(a, b))
	})
	for _, id := range ids {
		a := s.articles[id]
		s.mentions[id], _ = entity.Annotate(a.Body.Text, a.Language, lexicon, a.Entities)
		if a.Type == article.TypePage {
			continue
		}
		groups := []archive.Group{archive.GroupOf(a.Language, archive.ByLanguage, "")}
		for _, m := range s.Memberships(id) {
			groups = append(groups, archive.GroupOf(a.Language, m.Kind, m.Key))
		}
		for _, m := range s.mentions[id] {
			groups = append(groups, archive.GroupOf(a.Language, archive.ByEntity, string(m.Entity)))
		}
		slices.Sort(groups)
		for _, g := range slices.Compact(groups) {
			s.groups[g] = append(s.groups[g], id)
			if !a.Published.Set {
				s.groups[g.Undated()] = append(s.groups[g.Undated()], id)
				continue
			}
			d := a.Published.Civil()
			for n := 1; n <= 3; n++ {
				p := g.Within([]int{d.Year, d.Month, d.Day}[:n]...)
				s.groups[p] = append(s.groups[p], id)
			}
		}
	}
	// Stories and related articles in the simplest way: by a shared tag.
	for _, id := range ids {
		var l archive.Links
		for _, m := range s.Memberships(id) {
			if m.Kind != archive.ByTag {
				continue
			}
			for _, o := range s.groups[archive.GroupOf(s.articles[id].Language, m.Kind, m.Key)] {
				older := s.cards[o].Published.Unix < s.cards[id].Published.Unix
				if o != id && !slices.Contains(l.Related, o) {
					l.Related = append(l.Related, o)
				}
				if older && l.Parent == "" && !s.cards[o].Undated {
					l.Parent = o
				}
			}
			for _, t := range s.settings.Languages {
				for _, o := range s.groups[archive.GroupOf(t, m.Kind, m.Key)] {
					if t != s.articles[id].Language && len(l.Abroad) < 4 && !slices.Contains(l.Abroad, o) {
						l.Abroad = append(l.Abroad, o)
					}
				}
			}
		}
		s.links[id] = l
		if l.Parent != "" {
			s.children[l.Parent] = append(s.children[l.Parent], id)
		}
	}
	for _, t := range s.settings.Languages {
		for _, id := range slices.Sorted(maps.Keys(s.articles)) {
			if a := s.articles[id]; a.Language == t {
				s.same[a.TranslationKey] = append(s.same[a.TranslationKey], id)
			}
		}
	}
	for _, g := range slices.Sorted(maps.Keys(s.groups)) {
		p := g.Parts()
		switch {
		case p.Undated:
		case len(p.Period) > 0:
			s.periods[length(g)] = append(s.periods[length(g)], g)
		default:
			all := archive.GroupOf(p.Language, p.Kind, "")
			s.kinds[all] = append(s.kinds[all], p.Key)
		}
	}
}

// length names the periods of one length of a group.
func length(g archive.Group) archive.Group {
	p := g.Parts()
	return p.Whole().Within(make([]int, len(p.Period))...)
}

func (s *testSite) Frame(t lang.Tag) *page.Frame {
	if f := s.frames[t]; f != nil {
		return f
	}
	f := page.FrameOf(&s.settings, t)
	if have := s.frames[f.Language]; have != nil {
		s.frames[t] = have
		return have
	}
	f.Menu = page.MenuOf(&s.settings, f.Language, func(p string) (page.Text, string, bool) {
		for id, a := range s.articles {
			if a.TranslationKey == p && a.Language == f.Language {
				return page.TextIn(a.Headline, a.Language), s.cards[id].URL, true
			}
		}
		return page.Text{}, "", false
	})
	for _, k := range archive.Kinds {
		if len(s.Initials(f.Language, k)) > 0 {
			f.Kinds = append(f.Kinds, k)
		}
	}
	s.frames[t], s.frames[f.Language] = f, f
	return f
}

func (s *testSite) Phrases(t lang.Tag, k page.Kind) *page.Phrasebook { return s.theme.Phrases(t, k) }

func (s *testSite) Target(p string) (page.Target, bool) { t, ok := s.targets[p]; return t, ok }

func (s *testSite) Article(id article.ID) (*article.Article, bool) {
	a, ok := s.articles[id]
	return a, ok
}

func (s *testSite) Card(id article.ID) (*article.Card, bool) {
	c, ok := s.cards[id]
	return &c, ok
}

func (s *testSite) Mentions(id article.ID) []entity.Mention { return s.mentions[id] }

func (s *testSite) Suggested(id article.ID) []recogniser.Suggestion { return s.suggested[id] }

func (s *testSite) Memberships(id article.ID) []page.Membership {
	a := s.articles[id]
	var list []page.Membership
	add := func(k archive.Kind, written string) {
		key := lang.Slug(written, s.settings.Slugs)
		l, _ := s.label(k, key, a.Language)
		if k == archive.ByAuthor || l.Name.S == key {
			l.Name = page.TextIn(written, a.Language)
		}
		list = append(list, page.Membership{Kind: k, Key: key, Label: l.Name})
	}
	if a.Section != "" {
		add(archive.BySection, a.Section)
	}
	for _, b := range a.Byline {
		add(archive.ByAuthor, b)
	}
	for _, t := range a.Tags {
		add(archive.ByTag, t)
	}
	return list
}

func (s *testSite) Links(id article.ID) archive.Links { return s.links[id] }

func (s *testSite) Ancestors(id article.ID, n int) []article.ID {
	var list []article.ID
	for p := s.links[id].Parent; p != "" && len(list) < n; p = s.links[p].Parent {
		list = append(list, p)
	}
	return list
}

func (s *testSite) Children(id article.ID) []article.ID {
	return s.children[id]
}

func (s *testSite) Translations(id article.ID) []article.ID {
	return s.same[s.articles[id].TranslationKey]
}

func (s *testSite) Future(id article.ID) bool { return s.articles[id].Published.Unix > 1900000000 }

func (s *testSite) AtLeast(g archive.Group, n int) bool { return len(s.groups[g]) >= n }

func (s *testSite) Newest(g archive.Group, n int) []article.ID {
	list := s.groups[g]
	if n > 0 && n < len(list) {
		list = list[:n]
	}
	return list
}

func (s *testSite) Neighbours(g archive.Group, of *article.Card) (older, newer article.ID) {
	list := s.groups[g]
	i := slices.Index(list, of.ID)
	if i < 0 || of.Undated {
		return "", ""
	}
	if i > 0 {
		newer = list[i-1]
	}
	if i+1 < len(list) && !s.cards[list[i+1]].Undated {
		older = list[i+1]
	}
	return older, newer
}

func (s *testSite) Months(g archive.Group) []archive.MonthCount { return s.months(s.groups[g]) }

func (s *testSite) months(ids []article.ID) []archive.MonthCount {
	count := map[[2]int]int{}
	for _, id := range ids {
		if d := s.cards[id].Published; d.Set {
			count[[2]int{d.Civil().Year, d.Civil().Month}]++
		}
	}
	var list []archive.MonthCount
	for _, k := range slices.SortedFunc(maps.Keys(count), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
		list = append(list, archive.MonthCount{Year: k[0], Month: k[1], Count: count[k]})
	}
	return list
}

func (s *testSite) Days(month archive.Group) []page.DayCount {
	var list []page.DayCount
	for d := 1; d <= 31; d++ {
		if n := len(s.groups[month.Within(d)]); n > 0 {
			list = append(list, page.DayCount{Day: d, Count: n})
		}
	}
	return list
}

func (s *testSite) Beside(p archive.Parts) (before, after []int) {
	var older, newer archive.Group
	g := p.Whole().Within(p.Period...)
	for _, o := range s.periods[length(g)] {
		if o < g {
			older = o
		}
		if o > g && newer == "" {
			newer = o
		}
	}
	if older != "" {
		before = older.Parts().Period
	}
	if newer != "" {
		after = newer.Parts().Period
	}
	return before, after
}

func (s *testSite) Languages(k archive.Kind, key string) []lang.Tag {
	var list []lang.Tag
	for _, t := range s.settings.Languages {
		if len(s.groups[archive.GroupOf(t, k, key)]) > 0 {
			list = append(list, t)
		}
	}
	return list
}

func (s *testSite) Label(k archive.Kind, key string, t lang.Tag) (*page.Label, bool) {
	l, ok := s.label(k, key, t)
	return &l, ok
}

func (s *testSite) label(k archive.Kind, key string, t lang.Tag) (page.Label, bool) {
	of := func(e *entity.Entity) (page.Label, bool) {
		if e == nil {
			return page.Label{}, false
		}
		name, in := e.Label(t)
		l := page.Label{Name: page.TextIn(name, in), Type: e.Type, Link: e.Link, Always: e.Always, SameAs: e.SameAs, Loose: page.LooseNames(e)}
		if n := e.Notes[t]; n != "" {
			l.Note = page.TextIn(n, t)
		}
		return l, true
	}
	switch k {
	case archive.ByEntity:
		return of(s.entities[entity.ID(key)])
	case archive.ByTag:
		if l, ok := of(s.tags[key]); ok {
			return l, true
		}
	case archive.BySection:
		if x, ok := s.settings.Section(key); ok {
			v, in := s.settings.In(x.Label, t)
			return page.Label{Name: page.TextIn(v, in)}, true
		}
	case archive.ByAuthor:
		for _, a := range s.articles {
			for _, b := range a.Byline {
				if lang.Slug(b, s.settings.Slugs) == key {
					return page.Label{Name: page.TextIn(b, a.Language)}, true
				}
			}
		}
	}
	return page.Label{Name: page.TextIn(key, t)}, true
}

// keys gives the keys of a kind's groups in a language.
func (s *testSite) keys(t lang.Tag, k archive.Kind) []string {
	return s.kinds[archive.GroupOf(t, k, "")]
}

func (s *testSite) Initials(t lang.Tag, k archive.Kind) []string {
	var list []string
	l := lang.For(t)
	for _, key := range s.keys(t, k) {
		name, _ := s.label(k, key, t)
		list = append(list, l.Initial(name.Name.S))
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(l.SortKey(a), l.SortKey(b)) })
	return slices.Compact(list)
}

// What a reader finds is no template's.
func (s *testSite) Findable(lang.Tag, string) []page.Findable { return nil }
func (s *testSite) FindsMany(lang.Tag, string, int) bool      { return false }
func (s *testSite) Shards(lang.Tag) []string                  { return nil }

func (s *testSite) Names(t lang.Tag, k archive.Kind, initial string, n int) []page.Named {
	var list []page.Named
	l := lang.For(t)
	for _, key := range s.keys(t, k) {
		if name, _ := s.label(k, key, t); l.Initial(name.Name.S) == initial {
			list = append(list, page.Named{Key: key, Name: name.Name, Note: name.Note})
		}
	}
	slices.SortFunc(list, func(a, b page.Named) int {
		return cmp.Or(cmp.Compare(l.SortKey(a.Name.S), l.SortKey(b.Name.S)), cmp.Compare(a.Key, b.Key))
	})
	if n > 0 && n < len(list) {
		list = list[:n]
	}
	return list
}

func (s *testSite) Standing(t lang.Tag) []article.ID {
	var list []article.ID
	for _, id := range slices.Sorted(maps.Keys(s.articles)) {
		if a := s.articles[id]; a.Type == article.TypePage && a.Language == t {
			list = append(list, id)
		}
	}
	return list
}

func (s *testSite) Entity(id entity.ID) (*entity.Entity, bool) {
	e, ok := s.entities[id]
	return e, ok
}

func (s *testSite) Counts(id entity.ID) []page.LanguageCount {
	var list []page.LanguageCount
	for _, t := range s.settings.Languages {
		if n := len(s.groups[archive.GroupOf(t, archive.ByEntity, string(id))]); n > 0 {
			list = append(list, page.LanguageCount{Language: t, Count: n})
		}
	}
	return list
}

func (s *testSite) Coverage(id entity.ID) []archive.MonthCount {
	var all []article.ID
	for _, t := range s.settings.Languages {
		all = append(all, s.groups[archive.GroupOf(t, archive.ByEntity, string(id))]...)
	}
	return s.months(all)
}

func (s *testSite) About(id article.ID) []entity.ID {
	var list []entity.ID
	for _, m := range s.mentions[id] {
		if !slices.Contains(list, m.Entity) {
			list = append(list, m.Entity)
		}
	}
	return list
}

func (s *testSite) Story(root article.ID, n int) []article.ID {
	list := []article.ID{root}
	for i := 0; i < len(list); i++ {
		list = append(list, s.children[list[i]]...)
	}
	slices.SortStableFunc(list, func(a, b article.ID) int {
		return cmp.Compare(archive.Sort(s.cards[a]), archive.Sort(s.cards[b]))
	})
	return list[:min(n, len(list))]
}

func (s *testSite) Oldest(g archive.Group) article.ID {
	for _, id := range slices.Backward(s.groups[g]) {
		if s.articles[id].Published.Set {
			return id
		}
	}
	return ""
}

func (s *testSite) Company(g archive.Group, n int) page.Company {
	count, pairs := map[entity.ID]int{}, map[[2]entity.ID]int{}
	for _, id := range s.groups[g] {
		about := slices.DeleteFunc(s.About(id), func(e entity.ID) bool { return string(e) == g.Parts().Key })
		for _, a := range about {
			count[a]++
			for _, b := range about {
				pairs[[2]entity.ID{a, b}]++
			}
		}
	}
	var c page.Company
	for _, id := range slices.SortedFunc(maps.Keys(count), func(a, b entity.ID) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	}) {
		c.List = append(c.List, page.Companion{ID: id, Count: count[id]})
	}
	c.List = c.List[:min(n, len(c.List))]
	for a := range c.List[:min(page.NetworkOf, len(c.List))] {
		for b := a + 1; b < min(page.NetworkOf, len(c.List)); b++ {
			if n := pairs[[2]entity.ID{c.List[a].ID, c.List[b].ID}]; n > 0 {
				c.Ties = append(c.Ties, page.Tie{A: a, B: b, Count: n})
			}
		}
	}
	return c
}

// plan gives the pages of an article, its own first.
func (s *testSite) plan(id article.ID) []page.Claim {
	a := s.articles[id]
	return page.PlanArticle(a, s.cards[id].URL, s.Frame(a.Language).Language)
}

// claims plans the whole site.
func (s *testSite) claims() []page.Claim {
	claims := page.PlanSite(s)
	for _, id := range slices.Sorted(maps.Keys(s.articles)) {
		claims = append(claims, s.plan(id)...)
	}
	for _, g := range slices.Sorted(maps.Keys(s.groups)) {
		claims = append(claims, page.PlanGroup(s, g)...)
	}
	for _, id := range slices.Sorted(maps.Keys(s.entities)) {
		claims = append(claims, page.PlanEntity(s, id)...)
	}
	for _, id := range slices.Sorted(maps.Keys(s.children)) {
		claims = append(claims, page.PlanStory(s, id)...)
	}
	for _, t := range s.settings.Languages {
		for _, k := range archive.Kinds {
			claims = append(claims, page.PlanInitials(s, t, k)...)
		}
	}
	return claims
}

// A remembering site answers the costly questions from memory, so that a
// benchmark measures drawing and not the test site's looking at everything.
type remembering struct {
	*testSite
	labels  map[labelKey]*page.Label
	members map[article.ID][]page.Membership
	shown   map[article.ID]*article.Card
	frames  map[lang.Tag]*page.Frame
}

type labelKey struct {
	kind     archive.Kind
	key      string
	language lang.Tag
}

func remember(s *testSite) *remembering {
	return &remembering{s, map[labelKey]*page.Label{}, map[article.ID][]page.Membership{}, map[article.ID]*article.Card{}, map[lang.Tag]*page.Frame{}}
}

func (r *remembering) Frame(t lang.Tag) *page.Frame {
	if r.frames[t] == nil {
		f := *r.testSite.Frame(t)
		f.Remember()
		r.frames[t] = &f
	}
	return r.frames[t]
}

func (r *remembering) Card(id article.ID) (*article.Card, bool) {
	if r.shown[id] == nil {
		c, ok := r.testSite.Card(id)
		if !ok {
			return nil, false
		}
		r.shown[id] = c
	}
	return r.shown[id], true
}

func (r *remembering) Memberships(id article.ID) []page.Membership {
	if _, ok := r.members[id]; !ok {
		r.members[id] = r.testSite.Memberships(id)
	}
	return r.members[id]
}

func (r *remembering) Label(k archive.Kind, key string, t lang.Tag) (*page.Label, bool) {
	name := labelKey{k, key, t}
	if l, ok := r.labels[name]; ok {
		return l, true
	}
	l, ok := r.testSite.Label(k, key, t)
	r.labels[name] = l
	return l, ok
}
