package page

import (
	"html/template"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A Base is what every page has. Views embed it.
type Base struct {
	Kind      Kind
	Path      string // the page's own path on the site: "/ar/2023/05/04/x/"
	Frame     *Frame
	Language  lang.Tag       // of the page's frame; the text may have another
	Direction lang.Direction // of the page's frame
	Locale    *lang.Locale

	Title       string      // for <title>: parts isolated, marked where its first letter would mislead
	Description string      // for <meta name=description>, "" if there is nothing to say
	Canonical   string      // absolute URL of this text, or of its original elsewhere
	Alternates  []Alternate // the same page in other languages, this one included; empty if it stands alone
	Languages   []LanguageLink
	Chosen      Text   // the name of the page's language, "" on a page that belongs to none
	Feed        string // site path of the language's feed, "" if it has none
	GroupFeed   string // site path of the feed of the page's own group, "" if it has none
	NoIndex     bool   // search engines should not keep it
	Social      Social
	Code        bool // the text holds highlighted code

	data func(*jsonWriter) // writes the structured data, nil if there is none
	room *room             // nil until it is needed
}

// Page gives the base of a view.
func (b *Base) Page() *Base { return b }

// JSONLD is the page's structured data, safe inside <script>; "" if it has none.
// It is worked out when a template asks: a theme may write other data, or none.
func (b *Base) JSONLD() template.JS {
	if b.data == nil {
		return ""
	}
	w := b.json()
	b.data(w)
	return w.js()
}

// An Alternate is the same page in another language, for hreflang.
type Alternate struct {
	Hreflang string // a language, or "x-default"
	URL      string // absolute
}

// Social is how a page looks when it is shared.
type Social struct {
	Type        string // "article", "website"
	Title       string
	Description string
	Image       string // absolute URL, "" if none
	Alt         string
	Width       int
	Height      int
}

// A Picture is an image with its size, so that a page does not jump.
type Picture struct {
	URL           string // site path, or absolute
	Alt           Text
	Width, Height int // 0 if not known
}

// A Crumb is a link with its text.
type Crumb struct {
	Text Text
	URL  string // site path; "" for the page itself
}

// newBase fills in what all pages of a language have.
func newBase(q Questions, s Spec, path string) Base {
	f := q.Frame(s.Language)
	b := Base{Kind: s.Kind, Path: path, Frame: f, Language: f.Language, Direction: f.Direction, Locale: f.Locale,
		Canonical: f.Absolute(path), NoIndex: f.NoIndex || f.Staging}
	if f.Feed {
		b.Feed = "/" + string(f.Language) + "/feed.xml"
	}
	if b.Locale == nil {
		b.Locale = lang.For(f.Language)
	}
	b.Languages = f.Languages // a page that leads elsewhere takes a copy
	for _, l := range f.Languages {
		if l.Language == f.Language {
			b.Chosen = l.Text()
		}
	}
	return b
}

// titled sets the title and what is shared of the page.
func (b *Base) titled(name, description string) {
	b.Title = Title(b.Direction, name, b.Frame.Title.S)
	b.shared(name, description)
}

// shared sets what is shared of the page.
func (b *Base) shared(name, description string) {
	b.Description = PlainText(description, b.Direction)
	b.Social = Social{Type: "website", Title: PlainText(name, b.Direction), Description: b.Description}
}

// inLanguages points the language menu at the same page in other languages and
// sets the alternates. urls holds site paths by language, this page's included;
// x-default is the site's default language if it has the page, else the first.
func (b *Base) inLanguages(versions []version) {
	b.Languages = slices.Clone(b.Languages)
	for i := range b.Languages {
		for _, v := range versions {
			if v.language == b.Languages[i].Language {
				b.Languages[i].URL, b.Languages[i].Exact = v.url, true
				break
			}
		}
	}
	if len(versions) < 2 {
		return
	}
	fallback, seen := versions[0].url, map[lang.Tag]bool{}
	for _, v := range versions {
		if seen[v.language] {
			continue
		}
		seen[v.language] = true
		if v.language == b.Frame.Default {
			fallback = v.url
		}
		b.Alternates = append(b.Alternates, Alternate{string(v.language), b.Frame.Absolute(v.url)})
	}
	b.Alternates = append(b.Alternates, Alternate{"x-default", b.Frame.Absolute(fallback)})
}

// A version is a page in one language.
type version struct {
	language lang.Tag
	url      string
}

// groupPath is the site path of a group's page.
func groupPath(g archive.Group) string { return "/" + string(g) + "/" }

// periodPath is the site path of the page of a group narrowed to a period.
func periodPath(g archive.Group, period ...int) string {
	var room [128]byte
	return string(append(g.AppendWithin(append(room[:0], '/'), period...), '/'))
}

// GroupURL gives the path on the site of a group that is not narrowed:
// "/ar/tags/health/". It is not percent-encoded.
func GroupURL(t lang.Tag, k archive.Kind, key string) string {
	if t == "" || k == archive.ByLanguage || key == "" || key[0] == '.' || strings.IndexByte(key, '/') >= 0 {
		return groupPath(archive.GroupOf(t, k, key))
	}
	return "/" + string(t) + "/" + string(k) + "/" + key + "/"
}

// A CardView is an article as another page shows it. It is comparable: the same
// card on a page of the same language is the same bytes.
type CardView struct {
	Headline Text
	Lead     Text
	URL      string // site path
	Date     Date
	Language Text    // the language's name for itself, where it is not the page's; "" otherwise
	Picture  Picture // URL "" if none
	Undated  bool
	Draft    bool
}

// cardView asks for an article's card and makes of it what a page in the
// locale's language shows; nil if the article is not part of the site.
func (b *Base) cardView(q Questions, l *lang.Locale, id article.ID) *CardView {
	c, ok := q.Card(id)
	if !ok {
		return nil
	}
	v := &b.cardsFor(1)[:1][0]
	b.show(v, q, l, c)
	return v
}

// show makes v the view of a card.
func (b *Base) show(v *CardView, q Questions, l *lang.Locale, c *article.Card) {
	v.of(b.Frame, l, c)
	if c.Image != "" {
		v.Picture = picture(q, c.Image, Text{Lang: c.Language, Dir: v.Headline.Dir})
	}
}

// of makes v the view of a card without its picture.
func (v *CardView) of(f *Frame, l *lang.Locale, c *article.Card) {
	*v = CardView{Headline: Text{c.Headline, c.Language, c.HeadlineDirection()}, Lead: Text{c.Lead, c.Language, c.LeadDirection()}, URL: c.URL,
		Date: dayOf(f, l, c.Published), Undated: c.Undated, Draft: c.Draft}
	if c.Language != l.Tag {
		v.Language = Text{S: lang.For(c.Language).Name, Lang: c.Language, Dir: c.Direction}
	}
}

// cardViews makes the cards of several articles, leaving out what is not there.
func (b *Base) cardViews(q Questions, l *lang.Locale, ids []article.ID) []CardView {
	list := b.cardsFor(len(ids))
	for _, id := range ids {
		if c, ok := q.Card(id); ok {
			list = list[:len(list)+1]
			b.show(&list[len(list)-1], q, l, c)
		}
	}
	return list
}

// picture finds a picture by its place (see [Questions.Target]) or takes an
// absolute URL as it is.
func picture(q Questions, place string, alt Text) Picture {
	p := Picture{URL: place, Alt: alt}
	if t, ok := q.Target(place); ok {
		p.URL, p.Width, p.Height = t.URL, t.Width, t.Height
	} else if external(place) && !absolute(place) {
		p.URL = "" // a source path at which there is nothing
	}
	return p
}
