package generator

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

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

// AtLeast answers [page.Questions].
func (q *answers) AtLeast(g archive.Group, n int) bool {
	group, from, to := g.Span()
	return q.asker.AtLeast(ixList, string(group), n, incremental.Range{From: from, To: to})
}

// Newest answers [page.Questions].
func (q *answers) Newest(g archive.Group, n int) []article.ID {
	group, from, to := g.Span()
	q.listed, q.next = q.listed[:0], 0
	q.asker.Each(ixList, string(group), incremental.Range{From: from, To: to, Limit: n, Reverse: true}, func(_, key string, _ []byte, by incremental.Giver) {
		q.listed = append(q.listed, listed{article.ID(key), by})
	})
	ids := make([]article.ID, len(q.listed))
	for i, l := range q.listed {
		ids[i] = l.id
	}
	return ids
}

// Neighbours answers [page.Questions]. It looks within the month first: a
// question about a whole language would be asked again for every article
// whenever one is added.
func (q *answers) Neighbours(g archive.Group, c *article.Card) (older, newer article.ID) {
	if !c.Published.Set {
		return "", ""
	}
	sort, d := archive.Sort(*c), c.Published.Civil()
	month, from, to := g.Within(d.Year, d.Month).Span()
	older = q.first(month, incremental.Range{From: from, To: sort, Limit: 1, Reverse: true})
	newer = q.first(month, incremental.Range{From: sort + "\x00", To: to, Limit: 1})
	dated, _ := archive.Bounds()
	if older == "" {
		older = q.first(g, incremental.Range{From: dated, To: sort, Limit: 1, Reverse: true})
	}
	if newer == "" {
		newer = q.first(g, incremental.Range{From: sort + "\x00", Limit: 1})
	}
	return older, newer
}

// Oldest answers [page.Questions].
func (q *answers) Oldest(g archive.Group) article.ID {
	dated, _ := archive.Bounds()
	group, from, to := g.Span()
	return q.first(group, incremental.Range{From: cmp.Or(from, dated), To: to, Limit: 1})
}

func (q *answers) first(listed archive.Group, r incremental.Range) (id article.ID) {
	q.asker.Each(ixList, string(listed), r, func(_, key string, _ []byte, _ incremental.Giver) { id = article.ID(key) })
	return id
}

// counts counts the dated articles of a group by the first bytes of their
// places.
func (q *answers) counts(g archive.Group, width int) []incremental.Count {
	group, from, to := g.Span()
	if from == "" {
		from, _ = archive.Bounds()
	}
	return q.asker.Counts(ixList, string(group), width, incremental.Range{From: from, To: to})
}

// Months answers [page.Questions].
func (q *answers) Months(g archive.Group) []archive.MonthCount {
	return months(q.counts(g, archive.MonthWidth))
}

func months(counts []incremental.Count) []archive.MonthCount {
	out := make([]archive.MonthCount, 0, len(counts))
	for _, c := range counts {
		out = append(out, archive.MonthCount{Year: number(c.Prefix[1:5]), Month: number(c.Prefix[5:7]), Count: c.N})
	}
	return out
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// Days answers [page.Questions].
func (q *answers) Days(month archive.Group) []page.DayCount {
	var out []page.DayCount
	for _, c := range q.counts(month, archive.DayWidth) {
		out = append(out, page.DayCount{Day: number(c.Prefix[7:9]), Count: c.N})
	}
	return out
}

// Beside answers [page.Questions].
func (q *answers) Beside(p archive.Parts) (older, newer []int) {
	if len(p.Period) == 0 {
		return nil, nil
	}
	whole, period := string(p.Whole()), append(slices.Clone(p.Period), 0, 0)
	width := []int{archive.YearWidth, archive.MonthWidth, archive.DayWidth}[len(p.Period)-1]
	start := archive.Day(lang.Civil{Year: period[0], Month: period[1], Day: period[2]})[:width]
	dated, _ := archive.Bounds()
	at := func(r incremental.Range) []int {
		rows := q.asker.Rows(ixList, whole, r)
		if len(rows) == 0 {
			return nil
		}
		s := rows[0].Sort
		return []int{number(s[1:5]), number(s[5:7]), number(s[7:9])}[:len(p.Period)]
	}
	return at(incremental.Range{From: dated, To: start, Limit: 1, Reverse: true}), at(incremental.Range{From: start + "\xff", Limit: 1})
}

// Languages answers [page.Questions].
func (q *answers) Languages(k archive.Kind, key string) []lang.Tag {
	var out []lang.Tag
	for _, r := range q.asker.Rows(ixLanguages, string(k)+"/"+key, incremental.Range{}) {
		out = append(out, lang.Tag(r.Key))
	}
	return out
}

// Label answers [page.Questions].
func (q *answers) Label(k archive.Kind, key string, t lang.Tag) (*page.Label, bool) {
	if k == archive.ByEntity {
		return q.entityLabel(entity.ID(key), t)
	}
	if !q.plan {
		if l, ok := incremental.Get(q.asker, aspListed, string(archive.GroupOf(t, k, key))); ok {
			return l, true
		}
	}
	switch k {
	case archive.ByTag:
		if x, ok := incremental.Get(q.asker, aspTag, key); ok && len(x.Labels) > 0 {
			name, in := among(x.Labels, t)
			note, noteIn := among(x.Notes, t)
			return &page.Label{Name: textOf(name, in), Note: textOf(note, noteIn), Always: x.Always}, true
		}
	case archive.BySection:
		if l, ok := q.sectionLabel(key, t); ok {
			return l, true
		}
	case archive.ByAuthor:
		if l, ok := q.authorLabel(key, t); ok {
			return l, true
		}
	}
	return q.usedName(k, key, t)
}

func (q *answers) entityLabel(id entity.ID, t lang.Tag) (*page.Label, bool) {
	e, ok := incremental.Get(q.asker, aspLabel, string(id))
	if !ok {
		return nil, false
	}
	return q.site.labels.get(labelKey{e, t}, func() *page.Label { return labelOf(e, t) }), true
}

// A labelKey is what the label of an entity follows from.
type labelKey struct {
	of *entity.Entity
	in lang.Tag
}

func labelOf(e *entity.Entity, t lang.Tag) *page.Label {
	name, in := e.Label(t)
	note, noteIn := among(e.Notes, t)
	l := &page.Label{Name: textOf(name, in), Note: textOf(note, noteIn), Type: e.Type, Link: e.Link, Always: e.Always, Loose: page.LooseNames(e)}
	if e.Wikidata != "" {
		l.SameAs = append(l.SameAs, "https://www.wikidata.org/entity/"+e.Wikidata)
	}
	l.SameAs = append(l.SameAs, e.SameAs...)
	return l
}

func (q *answers) sectionLabel(key string, t lang.Tag) (*page.Label, bool) {
	list, _ := incremental.Get(q.asker, aspSections, configFile)
	for _, x := range list {
		if sectionID(x.Key) == key {
			name, in := textIn(x.Label, t)
			note, noteIn := textIn(x.Note, t)
			return &page.Label{Name: textOf(cmp.Or(name, key), in), Note: textOf(note, noteIn)}, true
		}
	}
	return nil, false
}

func (q *answers) authorLabel(key string, t lang.Tag) (*page.Label, bool) {
	list, _ := incremental.Get(q.asker, aspAuthors, configFile)
	for _, x := range list {
		if name, in := textIn(x.Label, t); x.Key == key && name != "" {
			note, noteIn := textIn(x.Note, t)
			return &page.Label{Name: textOf(name, in), Note: textOf(note, noteIn), SameAs: x.SameAs}, true
		}
	}
	return nil, false
}

// usedName gives the name by which the earliest article calls a group.
func (q *answers) usedName(k archive.Kind, key string, t lang.Tag) (*page.Label, bool) {
	rows := q.asker.Rows(ixName, string(archive.GroupOf(t, k, key)), incremental.Range{Limit: 1})
	if len(rows) == 0 {
		return nil, false
	}
	return &page.Label{Name: textOf(rows[0].Key, t), Type: entity.Type(rows[0].Payload)}, true
}

// among gives the text for a language, else a more general one's, English,
// Arabic, the first.
func among(texts map[lang.Tag]string, t lang.Tag) (string, lang.Tag) {
	if m, ok := lang.Match(t, slices.Sorted(maps.Keys(texts))); ok {
		return texts[m], m
	}
	for _, other := range []lang.Tag{"en", "ar"} {
		if s := texts[other]; s != "" {
			return s, other
		}
	}
	for _, other := range slices.Sorted(maps.Keys(texts)) {
		return texts[other], other
	}
	return "", t
}

// Initials answers [page.Questions].
func (q *answers) Initials(t lang.Tag, k archive.Kind) []string {
	var out []string
	for _, r := range q.asker.Rows(ixInitials, string(archive.GroupOf(t, k, "")), incremental.Range{}) {
		out = append(out, r.Key)
	}
	return out
}

// Names answers [page.Questions].
func (q *answers) Names(t lang.Tag, k archive.Kind, initial string, n int) []page.Named {
	var out []page.Named
	for _, r := range q.asker.Rows(ixNames, string(archive.GroupOf(t, k, ""))+"/"+initial, incremental.Range{Limit: n}) {
		if x, err := incremental.Decode[page.Named](r.Payload); err == nil {
			out = append(out, x)
		}
	}
	return out
}

// Standing answers [page.Questions].
func (q *answers) Standing(t lang.Tag) []article.ID {
	return keysOf(q.asker.Rows(ixStanding, string(t), incremental.Range{}))
}

// Entity answers [page.Questions].
func (q *answers) Entity(id entity.ID) (*entity.Entity, bool) {
	return incremental.Get(q.asker, aspEntity, string(id))
}

// Counts answers [page.Questions].
func (q *answers) Counts(id entity.ID) []page.LanguageCount {
	var out []page.LanguageCount
	for _, t := range q.Languages(archive.ByEntity, string(id)) {
		n := 0
		for _, c := range q.asker.Counts(ixList, string(archive.GroupOf(t, archive.ByEntity, string(id))), 0, incremental.Range{}) {
			n += c.N
		}
		out = append(out, page.LanguageCount{Language: t, Count: n})
	}
	return out
}

// Coverage answers [page.Questions].
func (q *answers) Coverage(id entity.ID) []archive.MonthCount {
	dated, _ := archive.Bounds()
	return months(q.asker.Counts(ixMentioned, string(id), archive.MonthWidth, incremental.Range{From: dated}))
}

// companyOf is how many of the newest articles Company looks at, so that an
// entity of a hundred thousand articles asks no more than one of sixty.
const companyOf = 60

// tallies are free to count with.
var tallies = sync.OnceValue(func() *sync.Pool {
	return &sync.Pool{New: func() any { return &tally{counts: make(map[entity.ID]int, 256)} }}
})

// A tally counts with whom an entity appears.
type tally struct {
	counts map[entity.ID]int
	lists  [][]entity.ID // of the articles counted
}

func (t *tally) leave() {
	clear(t.counts)
	clear(t.lists)
	t.lists = t.lists[:0]
	tallies().Put(t)
}

// Company answers [page.Questions].
func (q *answers) Company(g archive.Group, n int) page.Company {
	self := entity.ID(g.Parts().Key)
	t := tallies().Get().(*tally)
	defer t.leave()
	for _, id := range q.Newest(g, companyOf) {
		list, _ := getListed(q, aspEntities, id)
		t.lists = append(t.lists, list)
		for _, e := range list {
			if e != self {
				t.counts[e]++
			}
		}
	}
	// The few that are wanted are kept in order; sorting all of them would cost
	// more than asking.
	best := make([]page.Companion, 0, n+1)
	for id, c := range t.counts {
		at, _ := slices.BinarySearchFunc(best, id, func(a page.Companion, b entity.ID) int {
			return cmp.Or(cmp.Compare(c, a.Count), cmp.Compare(a.ID, b))
		})
		if at < n {
			best = slices.Insert(best, at, page.Companion{ID: id, Count: c})
			best = best[:min(n, len(best))]
		}
	}
	return page.Company{List: best, Ties: t.ties(best)}
}

// ties counts how many articles the first companions share with each other.
func (t *tally) ties(best []page.Companion) (out []page.Tie) {
	n := min(len(best), page.NetworkOf)
	var shared [page.NetworkOf][page.NetworkOf]int
	places := make([]int, 0, n)
	for _, list := range t.lists {
		places = places[:0]
		for i := range best[:n] {
			if slices.Contains(list, best[i].ID) {
				places = append(places, i)
			}
		}
		for i, a := range places {
			for _, b := range places[i+1:] {
				shared[a][b]++
			}
		}
	}
	for a := range n {
		for b := a + 1; b < n; b++ {
			if c := shared[a][b]; c > 0 {
				out = append(out, page.Tie{A: a, B: b, Count: c})
			}
		}
	}
	return out
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
