package feed

import (
	"net/url"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Atom draws the feed of a group: its newest dated articles, each with its
// lead, or its whole text where the site wants that. Undated articles are in no feed, because an entry must say when it was
// updated and a date is never invented.
//
// Readers guess a title's direction from its first letter, so a title that
// would mislead them begins with a mark; the content carries lang and dir.
//
// The feed is appended to dst.
func Atom(dst []byte, q page.Questions, s page.Spec) []byte {
	f := q.Frame(s.Language)
	home := "/" + string(s.Group) + "/"
	ids := q.Newest(s.Group, max(1, f.FeedItems))
	cards := make([]*article.Card, 0, len(ids))
	for _, id := range ids {
		if c, ok := q.Card(id); ok && c.Published.Set && !c.Draft {
			cards = append(cards, c)
		}
	}
	w := &writer{append(dst, declaration...)}
	w.open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xml:lang", string(s.Language))
	w.b = append(w.b, '\n')
	host := hostOf(f)
	w.text("id", identity(host, home))
	title, subtitle, others := about(q, f, s)
	w.text("title", title)
	w.text("subtitle", page.PlainText(subtitle, f.Direction))
	w.link("link", f, home+"feed.xml", "rel", "self", "type", "application/atom+xml")
	w.link("link", f, home, "rel", "alternate", "type", "text/html", "hreflang", string(s.Language))
	for _, o := range others {
		w.link("link", f, o.url, "rel", "alternate", "type", "application/atom+xml", "hreflang", string(o.language))
	}
	w.text("updated", newest(cards))
	w.open("author")
	w.text("name", f.Publisher.S)
	w.close("author")
	w.text("rights", page.PlainText(f.Copyright.S, f.Direction))
	w.text("generator", "Mihbara")
	for _, c := range cards {
		entry(q, w, f, host, c)
	}
	w.close("feed")
	return w.b
}

// about gives the title of a feed, what it holds in a line, and the feeds of the
// same group in other languages.
func about(q page.Questions, f *page.Frame, s page.Spec) (title, subtitle string, others []version) {
	p := s.Group.Parts()
	languages := make([]lang.Tag, 0, len(f.Languages))
	for _, l := range f.Languages {
		languages = append(languages, l.Language)
	}
	title, subtitle = page.PlainText(f.Title.S, f.Direction), f.Tagline.S
	if p.Kind != archive.ByLanguage {
		if l, ok := q.Label(p.Kind, p.Key, s.Language); ok {
			title, subtitle = page.Title(f.Direction, l.Name.S, f.Title.S), l.Note.S
		}
		having := q.Languages(p.Kind, p.Key)
		languages = slices.DeleteFunc(languages, func(t lang.Tag) bool { return !slices.Contains(having, t) })
	}
	for _, t := range languages {
		if t != s.Language {
			others = append(others, version{t, "/" + string(archive.GroupOf(t, p.Kind, p.Key)) + "/feed.xml"})
		}
	}
	return title, subtitle, others
}

func entry(q page.Questions, w *writer, f *page.Frame, host string, c *article.Card) {
	w.open("entry", "xml:lang", string(c.Language))
	w.b = append(w.b, '\n')
	w.text("id", identity(host, string(c.ID)))
	w.text("title", page.PlainText(c.Headline, f.Direction))
	w.link("link", f, c.URL, "rel", "alternate", "type", "text/html", "hreflang", string(c.Language))
	w.text("published", moment(c.Published))
	w.text("updated", moment(changed(c)))
	if a, ok := whole(q, f, c); ok {
		d := lang.DirectionOf(a.Language)
		w.text("content", `<div lang="`+string(a.Language)+`" dir="`+string(d)+`">`+page.FullText(q, f, a)+`</div>`, "type", "html")
	} else if c.Lead != "" {
		d, in := c.LeadDirection(), string(c.Language)
		if c.Turned.Lead {
			in = "" // words that run against their language are not in it
		}
		w.open("content", "type", "xhtml")
		w.open("div", "xmlns", "http://www.w3.org/1999/xhtml", "xml:lang", in, "lang", in, "dir", string(d))
		w.text("p", lang.IsolateForeign(c.Lead, d, c.Language))
		w.close("div")
		w.close("content")
	}
	w.close("entry")
}

// whole gives the article of an entry that shows its text.
func whole(q page.Questions, f *page.Frame, c *article.Card) (*article.Article, bool) {
	if !f.FeedFull {
		return nil, false
	}
	return q.Article(c.ID)
}

// changed is when an article last changed.
func changed(c *article.Card) article.Moment {
	if c.Updated.Set && c.Updated.Unix > c.Published.Unix {
		return c.Updated
	}
	return c.Published
}

// hostOf gives the site's host.
func hostOf(f *page.Frame) string {
	if u, err := url.Parse(f.BaseURL); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "localhost"
}

// identity gives an IRI that survives a changed URL (RFC 4151): the site's host
// and the article's identity.
func identity(host, id string) string {
	return "tag:" + host + ",2026:" + page.Escape(strings.TrimPrefix(id, "/"))
}

// newest gives the latest date of the cards; a feed without entries says the
// beginning of time, because it must say something and has no clock.
func newest(cards []*article.Card) string {
	latest := article.Moment{Set: true}
	for i, c := range cards {
		if m := changed(c); i == 0 || m.Unix > latest.Unix {
			latest = m
		}
	}
	return moment(latest)
}

// moment writes a date as Atom wants it, with a time; a day is its midnight.
func moment(m article.Moment) string {
	if m.DayOnly {
		return page.ISO(m) + "T00:00:00Z"
	}
	return page.ISO(m)
}
