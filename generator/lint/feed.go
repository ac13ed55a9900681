package lint

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var feedRules = []Rule{
	{"T6", "a feed says its language, its titles begin in the right direction and isolate what runs against them, and its texts say theirs", diag.Error, feedsSayTheirDirection},
}

// A field is one text of a feed: a title, or the text of an entry.
type field struct {
	title    bool
	language string // that holds for it, as it is written
	text     string // of a title, or HTML
	dir      string // of XHTML: the direction that its div says
	offset   int
}

// A feed is what an Atom or RSS file says that a reader will show.
type feed struct {
	language string
	fields   []field
}

func isFeed(p string) bool { return holds(".xml .atom .rss", strings.ToLower(path.Ext(p))) }

// readFeed reads a feed; any other XML gives a page without one.
func readFeed(name string, data []byte) *page {
	p := &page{name: name, data: data, root: &node{}}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var r feedReader
	for {
		at := int(d.InputOffset())
		t, err := d.Token()
		if err != nil {
			break // broken XML is for others to tell
		}
		switch t := t.(type) {
		case xml.StartElement:
			if !r.start(t, at) {
				return p
			}
		case xml.EndElement:
			r.end()
		case xml.CharData:
			r.text.Write(t)
		}
	}
	p.feed = r.feed
	return p
}

// A feedReader follows the elements of a feed.
type feedReader struct {
	feed      *feed
	open      []string
	languages []string // of the open elements
	field     *field   // being read
	depth     int      // of it
	text      strings.Builder
}

// start begins an element; false if the file is no feed.
func (r *feedReader) start(t xml.StartElement, at int) bool {
	name, language, dir := t.Name.Local, "", ""
	if n := len(r.languages); n > 0 {
		language = r.languages[n-1]
	}
	for _, a := range t.Attr {
		switch {
		case a.Name.Local == "lang" && (a.Name.Space == "xml" || a.Name.Space == "http://www.w3.org/XML/1998/namespace"):
			language = a.Value
		case a.Name.Local == "dir":
			dir = strings.ToLower(a.Value)
		}
	}
	if len(r.open) == 0 {
		if name != "feed" && name != "rss" {
			return false
		}
		r.feed = &feed{}
	}
	r.open, r.languages = append(r.open, name), append(r.languages, language)
	switch {
	case r.field != nil:
		if name == "div" && r.field.dir == "" {
			r.field.dir = dir
		}
	case len(r.open) == 1 && name == "feed":
		r.feed.language = language
	case holds("title content summary description encoded language", name) && len(r.open) > 1:
		r.field, r.depth = &field{title: name == "title", language: language, dir: dir, offset: at}, len(r.open)
		r.text.Reset()
	}
	return true
}

func (r *feedReader) end() {
	n := len(r.open)
	if n == 0 {
		return
	}
	name := r.open[n-1]
	if r.field != nil && n == r.depth {
		r.field.text = r.text.String()
		switch {
		case name == "language":
			r.feed.language = strings.TrimSpace(r.field.text)
		case r.open[n-2] == "item" || r.open[n-2] == "entry" || name == "title":
			r.feed.fields = append(r.feed.fields, *r.field)
		}
		r.field = nil
	}
	r.open, r.languages = r.open[:n-1], r.languages[:n-1]
}

func feedsSayTheirDirection(p *page, say say) {
	if p.feed == nil {
		return
	}
	if p.feed.language == "" {
		say(0, `write xml:lang on <feed>, or <language> in the channel of RSS`, "the feed does not say its language")
	}
	for _, f := range p.feed.fields {
		language := f.language
		if language == "" {
			language = p.feed.language
		}
		t, err := lang.ParseTag(language)
		if err != nil || lang.ScriptOf(t) == "Zyyy" {
			continue
		}
		want := lang.DirectionOf(t)
		if f.title {
			if d := lang.FirstStrong(f.text); d != "" && d != want {
				say(f.offset, "begin it with "+markOf(want), "readers take the direction of this title from its first letter, which turns it %s: %s", inWords(d), cut(f.text))
			} else if what := inPlainText(f.text, want); what != "" {
				say(f.offset, "put it between U+2066 and U+2069", "in this title, %s", what)
			}
			continue
		}
		if want == lang.RTL && f.dir == "" && firstWhere(f.text, isRTL) >= 0 && !saysDirection.MatchString(f.text) {
			say(f.offset, `put it in <div lang="`+string(t)+`" dir="rtl">`, "the text of this entry does not say that it runs %s: %s", inWords(want), cut(strings.TrimSpace(f.text)))
		}
	}
}

// saysDirection finds a text whose first element says its direction.
var saysDirection = regexp.MustCompile(`(?i)^\s*<[a-z]+[^>]*\sdir\s*=`)

// markOf names the mark of a direction.
func markOf(d lang.Direction) string {
	if d == lang.LTR {
		return "U+200E"
	}
	return "U+200F"
}
