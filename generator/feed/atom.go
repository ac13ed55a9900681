package feed

import (
	"net/url"
	"strings"

	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Atom draws the feed of a group: its newest dated articles, each with its
// lead. Undated articles are in no feed, because an entry must say when it was
// updated and a date is never invented.
//
// Readers guess a title's direction from its first letter, so a title that
// would mislead them begins with a mark; the content carries lang and dir.
func Atom(q page.Questions, s page.Spec) []byte {
	f := q.Frame(s.Language)
	home := "/" + string(s.Group) + "/"
	var cards []article.Card
	for _, id := range q.Newest(s.Group, max(1, f.FeedItems)) {
		if c, ok := q.Card(id); ok && c.Published.Set && !c.Draft {
			cards = append(cards, c)
		}
	}
	w := &writer{}
	w.WriteString(declaration)
	w.open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xml:lang", string(s.Language))
	w.WriteByte('\n')
	w.text("id", identity(f, home))
	w.text("title", page.PlainText(f.Title.S, f.Direction))
	w.text("subtitle", page.PlainText(f.Tagline.S, f.Direction))
	w.empty("link", "rel", "self", "type", "application/atom+xml", "href", f.Absolute(home+"feed.xml"))
	w.empty("link", "rel", "alternate", "type", "text/html", "hreflang", string(s.Language), "href", f.Absolute(home))
	for _, l := range f.Languages {
		if l.Language != s.Language {
			w.empty("link", "rel", "alternate", "type", "application/atom+xml", "hreflang", string(l.Language), "href", f.Absolute("/"+string(l.Language)+"/feed.xml"))
		}
	}
	w.text("updated", newest(cards))
	w.open("author")
	w.text("name", f.Publisher.S)
	w.close("author")
	w.text("rights", page.PlainText(f.Copyright.S, f.Direction))
	w.text("generator", "Mihbara")
	for _, c := range cards {
		entry(w, f, c)
	}
	w.close("feed")
	return w.Bytes()
}

func entry(w *writer, f *page.Frame, c article.Card) {
	w.open("entry", "xml:lang", string(c.Language))
	w.WriteByte('\n')
	w.text("id", identity(f, string(c.ID)))
	w.text("title", page.PlainText(c.Headline, f.Direction))
	w.empty("link", "rel", "alternate", "type", "text/html", "hreflang", string(c.Language), "href", f.Absolute(c.URL))
	w.text("published", moment(c.Published))
	w.text("updated", moment(c.Published))
	if c.Lead != "" {
		d := lang.TextDirection(c.Lead, c.Language, c.Direction)
		w.open("content", "type", "xhtml")
		w.open("div", "xmlns", "http://www.w3.org/1999/xhtml", "xml:lang", string(c.Language), "lang", string(c.Language), "dir", string(d))
		w.text("p", c.Lead)
		w.close("div")
		w.close("content")
	}
	w.close("entry")
}

// identity gives an IRI that survives a changed URL (RFC 4151): the site's host
// and the article's identity.
func identity(f *page.Frame, id string) string {
	host := "localhost"
	if u, err := url.Parse(f.BaseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "tag:" + host + ",2026:" + page.Escape(strings.TrimPrefix(id, "/"))
}

// newest gives the latest date of the cards; a feed without entries says the
// beginning of time, because it must say something and has no clock.
func newest(cards []article.Card) string {
	latest := article.Moment{Set: true}
	for i, c := range cards {
		if i == 0 || c.Published.Unix > latest.Unix {
			latest = c.Published
		}
	}
	return moment(latest)
}

// moment writes a date as Atom wants it, with a time; a day is its midnight.
func moment(m article.Moment) string {
	if m.DayOnly {
		return m.RFC3339() + "T00:00:00Z"
	}
	return m.RFC3339()
}
