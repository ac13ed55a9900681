package generator

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/recogniser"
	"mihbara/generator/site"
)

// answers answers the questions of pages over the engine, which notes them.
type answers struct {
	site  *Site
	asker *incremental.Asker
	// plan is true while pages are planned: what depends on the plan is not yet
	// known, and no planner needs it.
	plan bool
	own  ownArticle
	// listed is what a list was made of last, and next the number of the article
	// of which the card is asked next: pages ask for cards in the order in which
	// they were given ids.
	listed []listed
	next   int
}

// A listed article is a row of a list.
type listed struct {
	id article.ID
	by incremental.Giver
}

// An ownArticle is what was answered of one article. A page asks several times
// for its own article; that it asked is noted the first time.
type ownArticle struct {
	id    article.ID
	path  string // of its source
	shown bool   // path was asked for, and the article is part of the site
	whole *article.Article
	place *place
}

// about gives what is known of an article; what was known of another one is
// forgotten.
func (q *answers) about(id article.ID) *ownArticle {
	if q.own.id != id {
		q.own = ownArticle{id: id}
	}
	return &q.own
}

// source gives the path of an article's source.
func (q *answers) source(id article.ID) (string, bool) {
	own := q.about(id)
	if !own.shown {
		own.path, own.shown = incremental.Get(q.asker, aspPath, string(id))
	}
	return own.path, own.shown
}

// placed gives where an article stands, nil if it is not part of the site.
func (q *answers) placed(id article.ID) *place {
	own := q.about(id)
	if own.place == nil {
		own.place, _ = incremental.Get(q.asker, aspPlace, string(id))
	}
	return own.place
}

func (s *Site) planning(a *incremental.Asker) *answers {
	return &answers{site: s, asker: a, plan: true}
}
func (s *Site) drawing(a *incremental.Asker) *answers { return &answers{site: s, asker: a} }

var _ page.Questions = (*answers)(nil)

// Frame answers [page.Questions].
func (q *answers) Frame(t lang.Tag) *page.Frame {
	f, ok := q.frame(t)
	if !ok {
		settings, _ := incremental.Get(q.asker, aspReading, configFile)
		t = settings.DefaultLanguage
		f, _ = q.frame(t)
	}
	return q.site.frame(f)
}

func (q *answers) frame(t lang.Tag) (*page.Frame, bool) {
	if !q.plan {
		return incremental.Get(q.asker, aspWhole(t), configFile)
	}
	saved, ok := incremental.Get(q.asker, aspFrame(t), configFile)
	if !ok {
		return nil, false
	}
	return &saved.Frame, true
}

// frame gives a frame that was asked with its locale, the same pointer for the
// same one.
func (s *Site) frame(asked *page.Frame) *page.Frame {
	if f, ok := s.frames.Load(asked); ok {
		return f.(*page.Frame)
	}
	f := *asked
	f.Locale = lang.For(f.Language).With(f.Prefers)
	f.Remember()
	known, _ := s.frames.LoadOrStore(asked, &f)
	return known.(*page.Frame)
}

// staging tells whether drafts or future articles are built.
func (q *answers) staging() bool {
	return q.option("drafts") || q.option("future")
}

func (q *answers) option(name string) bool {
	return q.asker.AtLeast(inOption, name, 1, incremental.Range{})
}

// standingPage finds a page by its translation key in a language.
func (q *answers) standingPage(key string, t lang.Tag) (*article.Card, bool) {
	rows, _ := shelved(q.asker, ixTranslation, key)
	for _, r := range rows {
		if c, ok := q.Card(article.ID(r.Key)); ok && c.Language == t {
			return c, true
		}
	}
	return nil, false
}

func textIn(x site.Text, t lang.Tag) (string, lang.Tag) {
	for _, k := range []lang.Tag{t, ""} {
		if v := x[k]; v != "" {
			return v, cmp.Or(k, t)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(x)) {
		return x[k], k
	}
	return "", t
}

func textOf(s string, t lang.Tag) page.Text { return page.TextIn(s, t) }

// Phrases answers [page.Questions]: the language's, those of a more general
// one, English ones. What a language lacks, the theme has filled in.
func (q *answers) Phrases(t lang.Tag, k page.Kind) *page.Phrasebook {
	for tag := t; tag != ""; {
		if b, ok := incremental.Get(q.asker, aspLook(tag, k), themeKey); ok {
			return b
		}
		i := strings.LastIndexByte(string(tag), '-')
		if i < 0 {
			break
		}
		tag = tag[:i]
	}
	b, _ := incremental.Get(q.asker, aspLook(lastLanguage, k), themeKey)
	return b
}

// Target answers [page.Questions]. Texts are read in NFC; a file may have been
// named on a system that takes letters and accents apart.
func (q *answers) Target(place string) (page.Target, bool) {
	t, ok := q.target(place)
	if ok {
		return t, true
	}
	if apart := norm.NFD.String(place); apart != place {
		return q.target(apart)
	}
	return t, false
}

func (q *answers) target(place string) (page.Target, bool) {
	if strings.HasPrefix(place, "/") {
		return q.published(place)
	}
	if rows, _ := shelved(q.asker, ixWhere, place); len(rows) > 0 {
		return page.Target{URL: string(rows[0].Payload)}, true
	}
	if len(q.asker.Rows(inFile, place, incremental.Range{})) == 0 {
		return page.Target{}, false
	}
	return q.file(place), true
}

func (q *answers) published(p string) (page.Target, bool) {
	rows := q.asker.Rows(ixURL, page.OutputPath(p), incremental.Range{Limit: 1})
	if len(rows) == 0 {
		return page.Target{}, false
	}
	var spec page.Spec
	if err := spec.UnmarshalBinary(rows[0].Payload); err == nil && spec.Kind == page.KindFile && spec.Target != "" {
		t := q.file(spec.Target)
		t.URL = p
		return t, true
	}
	return page.Target{URL: p}, true
}

func (q *answers) file(source string) page.Target {
	z, _ := incremental.Get(q.asker, aspSize, source)
	return page.Target{URL: page.SitePath(page.PlanFile(source).Path), Width: z.Width, Height: z.Height}
}

// Article answers [page.Questions].
func (q *answers) Article(id article.ID) (*article.Article, bool) {
	if own := q.about(id); own.whole != nil {
		return own.whole, true
	}
	p, ok := q.source(id)
	if !ok {
		return nil, false
	}
	head, ok := incremental.Get(q.asker, aspHead, p)
	if !ok {
		return nil, false
	}
	body, ok := incremental.Get(q.asker, aspBody, p)
	if !ok {
		return nil, false
	}
	art := *head
	art.Body = *body
	q.own.whole = &art
	return &art, true
}

// Card answers [page.Questions].
func (q *answers) Card(id article.ID) (*article.Card, bool) {
	if q.own.whole != nil && q.own.id == id {
		// The page of the article asks for its place too, which holds the card.
		if p := q.placed(id); p != nil {
			return &p.Card, true
		}
	}
	return getListed(q, aspCard, id)
}

// getListed gets an aspect of an article, which may be the next one of a list.
func getListed[T any](q *answers, aspect incremental.Aspect[T], id article.ID) (T, bool) {
	if q.next < len(q.listed) && q.listed[q.next].id == id {
		q.next++
		return incremental.GetBy(q.asker, aspect, q.listed[q.next-1].by, string(id))
	}
	return incremental.Get(q.asker, aspect, string(id))
}

// Mentions answers [page.Questions].
func (q *answers) Mentions(id article.ID) []entity.Mention {
	p, ok := q.source(id)
	if !ok {
		return nil
	}
	m, _ := incremental.Get(q.asker, aspMentions, p)
	return m
}

// Suggested answers [page.Questions].
func (q *answers) Suggested(id article.ID) []recogniser.Suggestion {
	p, ok := q.source(id)
	if !ok {
		return nil
	}
	list, _ := incremental.Get(q.asker, aspSuggested, p)
	return list
}

// Memberships answers [page.Questions].
func (q *answers) Memberships(id article.ID) []page.Membership {
	p := q.placed(id)
	if p == nil {
		return nil
	}
	out := make([]page.Membership, 0, 1+len(p.Tags)+len(p.Authors))
	add := func(k archive.Kind, keys ...string) {
		for _, key := range keys {
			m := page.Membership{Kind: k, Key: key, Derived: k == archive.ByTag && slices.Contains(p.Derived, key)}
			if l, ok := q.Label(k, key, p.Card.Language); ok {
				m.Label = l.Name
			}
			out = append(out, m)
		}
	}
	if p.Section != "" {
		add(archive.BySection, p.Section)
	}
	add(archive.ByTag, p.Tags...)
	add(archive.ByAuthor, p.Authors...)
	return out
}

// Links answers [page.Questions].
func (q *answers) Links(id article.ID) archive.Links {
	l, _ := incremental.Get(q.asker, aspLinks, string(id))
	return l
}

// Ancestors answers [page.Questions].
func (q *answers) Ancestors(id article.ID, n int) []article.ID {
	var out []article.ID
	for len(out) < n {
		p, ok := incremental.Get(q.asker, aspParent, string(id))
		if !ok {
			break
		}
		id = article.ID(p)
		out = append(out, id)
	}
	return out
}

// Children answers [page.Questions].
func (q *answers) Children(id article.ID) []article.ID {
	return keysOf(q.asker.Rows(ixChild, string(id), incremental.Range{}))
}

// Story answers [page.Questions]. A child is later than its parent: of those that
// wait, the first is the next of all.
func (q *answers) Story(root article.ID, n int) []article.ID {
	var out []article.ID
	waiting := []incremental.Row{{Key: string(root)}}
	for len(waiting) > 0 && len(out) < n {
		next := waiting[0].Key
		out, waiting = append(out, article.ID(next)), waiting[1:]
		q.asker.Each(ixChild, next, incremental.Range{}, func(sort, key string, _ []byte, _ incremental.Giver) {
			row := incremental.Row{Sort: sort, Key: key}
			at, _ := slices.BinarySearchFunc(waiting, row, func(a, b incremental.Row) int { return cmp.Compare(a.Sort, b.Sort) })
			waiting = slices.Insert(waiting, at, row)
		})
	}
	return out
}

// About answers [page.Questions].
func (q *answers) About(id article.ID) []entity.ID {
	list, _ := incremental.Get(q.asker, aspEntities, string(id))
	return list
}

// Translations answers [page.Questions].
func (q *answers) Translations(id article.ID) []article.ID {
	c, ok := q.Card(id)
	if !ok {
		return nil
	}
	rows, _ := shelved(q.asker, ixTranslation, c.TranslationKey)
	return keysOf(rows)
}

// Future answers [page.Questions].
func (q *answers) Future(id article.ID) bool {
	if !q.option("future") {
		return false
	}
	c, ok := q.Card(id)
	return ok && c.Published.Set && !q.asker.Passed(c.Published.Unix)
}

// Standing answers [page.Questions].
func (q *answers) Standing(t lang.Tag) []article.ID {
	return keysOf(q.asker.Rows(ixStanding, string(t), incremental.Range{}))
}

func keysOf(rows []incremental.Row) []article.ID {
	out := make([]article.ID, len(rows))
	for i, r := range rows {
		out[i] = article.ID(r.Key)
	}
	return out
}

func unescape(s string) string {
	if p, err := url.PathUnescape(s); err == nil {
		return p
	}
	return s
}
