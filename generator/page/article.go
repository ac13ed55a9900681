package page

import (
	"cmp"
	"html/template"
	"path"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// How much an article page shows of others.
const (
	ancestorsShown = 8
	childrenShown  = 12
	relatedShown   = 6
)

// An ArticleView is one article's page, or a standing page.
type ArticleView struct {
	Base
	Headline Text
	Lead     Text // "" if the text has none of its own beyond its first paragraph
	Dateline Text
	Section  *Crumb
	Byline   []Crumb // authors; URL "" if an author has no page
	Source   Text    // the agency or site it was taken from, "" if ours
	Original string  // absolute URL of the original, "" if ours
	Date     Date
	Updated  Date
	Undated  bool
	Draft    bool
	Future   bool
	Drawn    bool     // the headline was drawn from the text
	Derived  []string // what was derived from the text: "headline", "lead", "date" …
	Picture  Picture
	Caption  Text // what the picture shows, "" if not said
	Credit   Text // whose picture it is, "" if not said

	// TextLanguage and TextDirection are those of the text, which may not be
	// those of the page around it.
	TextLanguage  lang.Tag
	TextDirection lang.Direction
	Foreign       bool // the text is in another language than the page
	LanguageName  Text // of TextLanguage, in its own words, if Foreign
	Body          template.HTML
	Words         int
	Contents      []Heading // the headings of a long text, empty for a short one
	Corrections   []Correction

	Entities     []EntityGroup // the sidebar
	Tags         []TagLink
	TagsDerived  bool // some of them were found in the text
	Translations []Translation
	Ancestors    []CardView // the story so far, oldest first
	Story        string     // site path of the page of the whole story, "" if the article is in none
	Children     []CardView // what came next, oldest first
	Duplicate    *CardView  // the earliest article with nearly the same text
	Related      []CardView
	Abroad       []CardView // related in other languages
	Older, Newer *CardView
	Citation     Citation
	SourceURL    string // site path of the untouched seed, "" if it is not published
	SHA256       string
	Params       map[string]any // front-matter keys that Mihbara does not know
}

// A TagLink is a tag of an article.
type TagLink struct {
	Crumb
	Derived bool // it was found in the text
}

// A Heading is a line of a table of contents.
type Heading struct {
	Level int
	ID    string
	Text  Text
}

// A Correction is what was put right, and when.
type Correction struct {
	Date Date
	Text Text
}

// A Translation is the same article in another language.
type Translation struct {
	Name     string // endonym
	Language lang.Tag
	Dir      lang.Direction
	Headline Text
	URL      string // site path
}

// An EntityGroup is a part of the sidebar: the entities of one type, those
// mentioned most first.
type EntityGroup struct {
	Type  entity.Type
	Items []EntityItem
}

// An EntityItem is a line of the sidebar.
type EntityItem struct {
	ID       entity.ID // "" for a name that no one has entered
	Label    Text
	Note     Text   // what it is in a line, "" if not known
	URL      string // site path of its page in the page's language
	Coverage string // site path of the picture of its coverage
	Count    int    // how often this article mentions it
	Found    bool   // no one has entered it
}

// A Citation is what a reader copies to cite the article.
type Citation struct {
	Author, Title, Site Text
	Date                Date
	URL                 string // absolute
}

func articleView(q Questions, s Spec) (*ArticleView, error) {
	a, ok := q.Article(s.Article)
	if !ok {
		return nil, notThere("article", s.Article)
	}
	card, ok := q.Card(s.Article)
	if !ok {
		return nil, notThere("article", s.Article)
	}
	v := &ArticleView{Base: newBase(q, s, card.URL)}
	l := v.Locale
	v.TextLanguage, v.TextDirection = a.Language, lang.DirectionOf(a.Language)
	v.Foreign = a.Language != v.Language
	if v.Foreign {
		o := lang.For(a.Language)
		v.LanguageName = Text{o.Name, a.Language, o.Direction}
	}
	v.Headline = Text{a.Headline, a.Language, card.HeadlineDirection()}
	v.Lead, v.Dateline = TextIn(a.Lead, a.Language), TextIn(a.Dateline, a.Language)
	v.Source = TextIn(a.Source, a.Language)
	v.Original = a.Canonical
	v.Date, v.Updated = dateOf(v.Frame, l, a.Published), dateOf(v.Frame, l, a.Updated)
	v.Undated, v.Draft = card.Undated, a.Draft
	v.Future = v.Frame.Staging && q.Future(a.ID)
	v.Derived, v.SHA256, v.Words, v.Params = a.Derived, a.SHA256, a.Body.Words, a.Params
	v.Drawn = slices.Contains(a.Derived, "headline")
	if slices.Contains(a.Derived, "lead") {
		v.Lead = Text{} // it is the text's own first paragraph, which follows
	}
	if a.Image != "" {
		v.Picture = picture(q, card.Image, TextIn(a.ImageAlt, a.Language))
		v.Caption = param(a, "image_caption", "caption", "imageCaption")
		v.Credit = param(a, "image_credit", "credit", "imageCredit")
	}
	if a.Format == "text" {
		v.SourceURL = path.Join(path.Dir(card.URL+"x"), "source.txt")
	}
	for _, h := range a.Body.Headings {
		v.Contents = append(v.Contents, Heading{h.Level, h.ID, TextIn(h.Text, a.Language)})
	}
	if len(v.Contents) < 3 {
		v.Contents = nil
	}
	for _, c := range a.Corrections {
		v.Corrections = append(v.Corrections, Correction{dateOf(v.Frame, l, c.Date), TextIn(c.Text, a.Language)})
	}
	v.memberships(q, a)
	mentions := q.Mentions(a.ID)
	entities, which := v.entities(q, mentions)
	v.sidebar(q, entities, v.suggested(q, a), a.Language)
	v.Body = template.HTML(body(q, v, a, entityLinks(v, &a.Body, mentions, entities, which)))
	v.Code = strings.Contains(a.Body.HTML, `class="code"`)
	v.translations(q, a, card)
	if s.Kind == KindArticle {
		v.others(q, a, card)
	}
	v.describe(a, card, entities)
	return v, nil
}

// described is how many characters of a text without a lead stand for it.
const described = 160

func description(a *article.Article) string {
	if a.Lead != "" {
		return a.Lead
	}
	// The cut needs no more of a long text than this, whatever its script.
	s := a.Body.PlainText()
	if len(s) > 8*described {
		s = strings.ToValidUTF8(s[:8*described], "")
	}
	return lang.Excerpt(s, described)
}

// param gives the text of the first of several front-matter keys that is there.
func param(a *article.Article, keys ...string) Text {
	for _, k := range keys {
		if s, ok := a.Params[k].(string); ok && s != "" {
			return TextIn(s, a.Language)
		}
	}
	return Text{}
}

// memberships fills in the section, the authors and the tags.
func (v *ArticleView) memberships(q Questions, a *article.Article) {
	lists := !v.Foreign || declared(v.Frame, a.Language)
	for _, m := range q.Memberships(a.ID) {
		c := Crumb{Text: m.Label}
		if lists {
			c.URL = GroupURL(a.Language, m.Kind, m.Key)
		}
		switch m.Kind {
		case archive.BySection:
			if v.Section == nil {
				v.Section = &c
			}
		case archive.ByAuthor:
			v.Byline = append(v.Byline, c)
		case archive.ByTag:
			v.Tags = append(v.Tags, TagLink{c, m.Derived})
			v.TagsDerived = v.TagsDerived || m.Derived
		}
	}
}

// A mentioned is an entity of the article with its label.
type mentioned struct {
	id     entity.ID
	typ    entity.Type
	label  *Label
	known  bool // it has a label
	url    string
	count  int
	linked bool // a mention of it leads to its page
}

// manyEntities is from how many entities on they are found through a map: an
// article has ten, of which one is found sooner by looking at each.
const manyEntities = 24

// entities asks for the entities of an article's mentions. They come in the
// order of their first mention; which says of each mention the place of its
// entity in the list.
func (v *ArticleView) entities(q Questions, mentions []entity.Mention) (list []mentioned, which []int) {
	r := v.work()
	which, list = slices.Grow(r.which[:0], len(mentions))[:len(mentions)], r.entities[:0]
	var index map[entity.ID]int
	for i := range mentions {
		m := &mentions[i]
		at := find(list, index, m.Entity)
		if at < 0 {
			at = len(list)
			list = append(list, mentioned{id: m.Entity, typ: m.Type})
			e := &list[at]
			if e.label, e.known = q.Label(archive.ByEntity, string(m.Entity), v.Language); e.known {
				e.typ, e.url = cmp.Or(e.label.Type, m.Type), v.entityURL(m.Entity)
			}
			if at >= manyEntities {
				index = indexed(index, list)
			}
		}
		list[at].count++
		which[i] = at
	}
	r.which, r.entities = which, list
	return list, which
}

// find gives the place of an entity in a list, -1 if it is not there. A long
// list has an index.
func find(list []mentioned, index map[entity.ID]int, id entity.ID) int {
	if index != nil {
		if at, ok := index[id]; ok {
			return at
		}
		return -1
	}
	for i := range list {
		if list[i].id == id {
			return i
		}
	}
	return -1
}

// indexed puts the last of a list into its index, or all of them if there is
// none.
func indexed(index map[entity.ID]int, list []mentioned) map[entity.ID]int {
	if index == nil {
		index = make(map[entity.ID]int, 2*len(list))
		for i := range list {
			index[list[i].id] = i
		}
	}
	index[list[len(list)-1].id] = len(list) - 1
	return index
}

// suggested asks for the names that no one has entered, as lines of the sidebar
// without an id and a page.
func (v *ArticleView) suggested(q Questions, a *article.Article) []recogniser.Suggestion {
	if !v.Frame.Recognised {
		return nil
	}
	return q.Suggested(a.ID)
}

// sidebar fills in the entities that have a label, by type, those mentioned most
// first; behind them the names that no one has entered, as they
// were written.
func (v *ArticleView) sidebar(q Questions, list []mentioned, more []recogniser.Suggestion, written lang.Tag) {
	r := v.work()
	items := slices.Grow(r.items[:0], len(list)+len(more))
	for _, t := range entityTypes {
		first := len(items)
		for i := range list {
			if m := &list[i]; m.known && m.typ == t {
				items = append(items, EntityItem{ID: m.id, Label: m.label.Name, Note: m.label.Note, URL: m.url,
					Coverage: coveragePath(v.Frame, m.id), Count: m.count})
			}
		}
		slices.SortStableFunc(items[first:], func(a, b EntityItem) int { return cmp.Compare(b.Count, a.Count) })
		for _, s := range more {
			if s.Type == t {
				items = append(items, EntityItem{Label: TextIn(s.Name, written), URL: v.namePage(q, s.Name), Count: s.Count, Found: true})
			}
		}
		if g := items[first:len(items):len(items)]; len(g) > 0 {
			v.Entities = append(v.Entities, EntityGroup{t, g})
		}
	}
	r.items = items
}

// namePage gives the page of a name that no one has entered, "" if it has none.
func (v *ArticleView) namePage(q Questions, name string) string {
	key := lang.Slug(name, v.Frame.Slugs)
	if v.Frame.NamePages == 0 || v.Foreign || key == "" {
		return ""
	}
	if g := archive.GroupOf(v.Language, archive.ByName, key); q.AtLeast(g, v.Frame.NamePages) {
		return groupPath(g)
	}
	return ""
}

// entityTypes are the types in the order of the sidebar.
var entityTypes = [...]entity.Type{"person", "organisation", "place", "event"}

// coveragePath is the path of the picture of an entity's coverage, "" on a site
// without them.
func coveragePath(f *Frame, id entity.ID) string {
	if !f.Coverage {
		return ""
	}
	return "/entities/" + string(id) + "/coverage.svg"
}

// entityURL is the entity's page in the page's language; the page in all
// languages, if there is one, where the text's language has no lists.
func (v *ArticleView) entityURL(id entity.ID) string {
	if v.Foreign {
		return neutralPath(v.Frame, id)
	}
	return GroupURL(v.Language, archive.ByEntity, string(id))
}

func (v *ArticleView) translations(q Questions, a *article.Article, card *article.Card) {
	var versions []version
	for _, id := range q.Translations(a.ID) {
		if id == a.ID {
			versions = append(versions, version{a.Language, card.URL})
			continue
		}
		c, ok := q.Card(id)
		if !ok || c.Language == a.Language {
			continue
		}
		versions = append(versions, version{c.Language, c.URL})
		o := lang.For(c.Language)
		v.Translations = append(v.Translations, Translation{Name: o.Name, Language: c.Language, Dir: o.Direction,
			Headline: Text{c.Headline, c.Language, c.HeadlineDirection()}, URL: c.URL})
	}
	if len(versions) == 0 {
		versions = []version{{a.Language, card.URL}}
	}
	v.inLanguages(versions)
}

// others fills in what the page shows of other articles: cards, nothing else.
func (v *ArticleView) others(q Questions, a *article.Article, card *article.Card) {
	l, links := v.Locale, q.Links(a.ID)
	first := a.ID
	if links.Parent != "" {
		up := append([]article.ID{links.Parent}, q.Ancestors(links.Parent, storyDepth-1)...)
		first = up[len(up)-1]
		up = up[:min(len(up), ancestorsShown)]
		slices.Reverse(up)
		v.Ancestors = v.cardViews(q, l, up)
	}
	next := q.Children(a.ID)
	if len(next) > 0 {
		v.Children = v.cardViews(q, l, next[:min(len(next), childrenShown)])
	}
	if links.Parent != "" || len(next) > 0 {
		v.Story = storyPath(v.Frame, first)
	}
	if links.Duplicate != "" {
		v.Duplicate = v.cardView(q, l, links.Duplicate)
	}
	v.Related = v.cardViews(q, l, links.Related[:min(len(links.Related), relatedShown)])
	v.Abroad = v.cardViews(q, l, links.Abroad[:min(len(links.Abroad), relatedShown)])
	if v.Undated {
		return
	}
	older, newer := q.Neighbours(archive.GroupOf(a.Language, archive.ByLanguage, ""), card)
	if older != "" {
		v.Older = v.cardView(q, l, older)
	}
	if newer != "" {
		v.Newer = v.cardView(q, l, newer)
	}
}

// describe fills in the title, what is shared, how to cite, and how the
// structured data is made.
func (v *ArticleView) describe(a *article.Article, card *article.Card, list []mentioned) {
	v.titled(a.Headline, description(a))
	v.NoIndex = v.NoIndex || a.NoIndex || a.Draft || v.Future
	if v.Kind == KindArticle {
		v.Social.Type = "article"
	}
	if v.Picture.URL != "" {
		v.Social.Image, v.Social.Alt = v.Frame.Absolute(v.Picture.URL), PlainText(v.Picture.Alt.S, v.Direction)
		v.Social.Width, v.Social.Height = v.Picture.Width, v.Picture.Height
	}
	v.Citation = Citation{Title: v.Headline, Site: v.Frame.Title, Date: v.Date, URL: v.Frame.Absolute(card.URL)}
	if len(v.Byline) > 0 {
		v.Citation.Author = v.Byline[0].Text
	}
	if a.Canonical != "" {
		v.Canonical = a.Canonical
	}
	v.data = func(w *jsonWriter) { articleData(w, v, a, list) }
}
