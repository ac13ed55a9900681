package check

import (
	"bytes"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A document is what a file says that concerns other files. Offsets count bytes
// of the file and are those of the tag.
type document struct {
	html       bool
	language   string // of the root element
	redirect   bool   // a page that only sends on
	noindex    bool
	canonical  string
	references []reference
	alternates []alternate
	ids        []mark
}

// A reference is a URL that stands in a file.
type reference struct {
	what    string // in words: "the link", "the picture"
	dest    string
	offset  int
	follows bool // a reader follows it, so that its fragment counts
}

// A mark is a text with its place.
type mark struct {
	text   string
	offset int
}

// An alternate names a translation.
type alternate struct {
	language, dest string
	offset         int
}

// readHTML reads a page. A tokenizer is enough: what a tree would add, namely
// which elements a browser moves, changes no reference.
func readHTML(data []byte) document {
	doc := document{html: true}
	z := html.NewTokenizer(bytes.NewReader(data))
	for offset := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return doc
		}
		at := offset
		offset += len(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		doc.element(&t, at)
		if t.DataAtom == atom.Script && value(&t, "type") == "application/ld+json" && z.Next() == html.TextToken {
			start := offset
			offset += len(z.Raw())
			doc.structured(z.Raw(), start)
		}
	}
}

func value(t *html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// inWords names the attributes that hold a URL, by element; "" stands for any.
var inWords = map[string]map[string]string{
	"a":      {"href": "the link"},
	"area":   {"href": "the link"},
	"img":    {"src": "the picture"},
	"source": {"src": "the source"},
	"video":  {"src": "the video", "poster": "the poster"},
	"audio":  {"src": "the recording"},
	"track":  {"src": "the track"},
	"embed":  {"src": "the embedded file"},
	"iframe": {"src": "the frame"},
	"script": {"src": "the script"},
	"object": {"data": "the object"},
	"form":   {"action": "the form"},
	"image":  {"href": "the picture", "xlink:href": "the picture"},
	"use":    {"href": "the symbol", "xlink:href": "the symbol"},
}

func (doc *document) element(t *html.Token, at int) {
	names := inWords[t.Data]
	for _, a := range t.Attr {
		switch {
		case a.Key == "id" || a.Key == "name" && t.DataAtom == atom.A && value(t, "id") != a.Val:
			doc.ids = append(doc.ids, mark{a.Val, at})
		case a.Key == "srcset":
			doc.srcset(a.Val, at)
		case a.Key == "style":
			doc.css([]byte(a.Val), func(int) int { return at })
		case names[a.Key] != "":
			doc.add(names[a.Key], a.Val, at, t.DataAtom == atom.A || t.DataAtom == atom.Area)
		}
	}
	switch t.DataAtom {
	case atom.Html:
		doc.language = value(t, "lang")
	case atom.Link:
		doc.link(t, at)
	case atom.Meta:
		doc.meta(t, at)
	}
}

func (doc *document) add(what, dest string, at int, follows bool) {
	doc.references = append(doc.references, reference{what, dest, at, follows})
}

func (doc *document) link(t *html.Token, at int) {
	rel, dest := strings.Fields(strings.ToLower(value(t, "rel"))), value(t, "href")
	for _, r := range rel {
		switch {
		case r == "preconnect" || r == "dns-prefetch":
			return // the root of a host, not a file
		case r == "canonical":
			doc.canonical = dest
		case r == "alternate" && value(t, "hreflang") != "" && value(t, "type") == "":
			doc.alternates = append(doc.alternates, alternate{value(t, "hreflang"), dest, at})
		}
	}
	doc.add("the "+strings.Join(rel, " ")+" link", dest, at, false)
}

func (doc *document) meta(t *html.Token, at int) {
	content := value(t, "content")
	switch {
	case strings.EqualFold(value(t, "http-equiv"), "refresh"):
		doc.redirect = true
		if _, dest, ok := strings.Cut(content, "="); ok {
			doc.add("the redirect", strings.Trim(dest, ` '"`), at, true)
		}
	case strings.EqualFold(value(t, "name"), "robots"):
		doc.noindex = strings.Contains(strings.ToLower(content), "noindex")
	}
	switch p := value(t, "property"); p {
	case "og:url", "og:image", "og:audio", "og:video":
		doc.add("the property "+p, content, at, false)
	}
}

// srcset splits "a.jpg 1x, b.jpg 2x". URLs with commas must be encoded there.
func (doc *document) srcset(list string, at int) {
	for part := range strings.SplitSeq(list, ",") {
		if f := strings.Fields(part); len(f) > 0 {
			doc.add("the picture", f[0], at, false)
		}
	}
}

// structured reads JSON-LD. Identifiers (@id) need not lead anywhere; what is
// called a URL must.
func (doc *document) structured(data []byte, at int) {
	var v any
	if json.Unmarshal(data, &v) != nil {
		return // the Nu checker and search engines say so better
	}
	doc.walk("", v, at)
}

func (doc *document) walk(key string, v any, at int) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			doc.walk(k, x, at)
		}
	case []any:
		for _, x := range v {
			doc.walk(key, x, at)
		}
	case string:
		switch key {
		case "url", "logo", "image", "contentUrl", "thumbnailUrl", "item", "mainEntityOfPage":
			doc.add("the structured data's "+key, v, at, false)
		}
	}
}
