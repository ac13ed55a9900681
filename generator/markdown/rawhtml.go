package markdown

import (
	"bytes"
	"slices"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// The ways of treating raw HTML.
const (
	htmlSanitise = "sanitise"
	htmlTrusted  = "trusted"
)

// policy is what "sanitise" lets through: text structure, links, pictures and
// tables, with language and direction, without style and script.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.UGCPolicy()
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	p.AllowAttrs("lang").Globally()
	p.AllowElements("bdi", "bdo", "u", "kbd", "wbr", "small", "ins", "rp", "rt", "ruby")
	p.RequireNoFollowOnLinks(false)
	return p
})

const (
	droppedHTML   = "raw HTML is off: tags are left out, their text is kept"
	sanitisedHTML = "raw HTML that could do harm is left out"
)

// A tag is one raw tag, ready to be written.
type tag struct {
	name string
	end  bool
	void bool
	mark mark // what to write; empty where the tag is refused
}

// readTag judges one tag as it stands in the source. Comments and declarations
// have no name.
func (r *renderer) readTag(raw []byte, offset int) tag {
	z := html.NewTokenizer(bytes.NewReader(raw))
	kind := z.Next()
	if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
		t := tag{}
		if r.opts.HTML == htmlTrusted {
			t.mark.html = string(raw)
		}
		return t
	}
	token := z.Token()
	t := tag{name: token.Data, end: kind == html.EndTagToken, void: isVoid(token.Data)}
	switch r.opts.HTML {
	case htmlTrusted:
		t.mark.html = string(raw)
		if hasControl(raw) && !t.end {
			t.mark.html = r.serialise(token, nil) // attributes without controls
		}
		r.pickReference(&t, token, offset)
		r.setCode(&t, token, offset+len(raw))
	case htmlSanitise:
		if t.end {
			t.mark.html = "</" + t.name + ">"
			break
		}
		clean := policy().SanitizeBytes(raw)
		z := html.NewTokenizer(bytes.NewReader(clean))
		if k := z.Next(); k != html.StartTagToken && k != html.SelfClosingTagToken {
			r.warn(offset, sanitisedHTML, "write it in Markdown, or set html = \"trusted\" if the archive's writers are trusted")
			break
		}
		token = z.Token()
		t.mark.html = r.serialise(token, nil)
		r.pickReference(&t, token, offset)
		r.setCode(&t, token, offset+len(raw))
	default:
		r.warn(offset, droppedHTML, "write it in Markdown, or set html = \"sanitise\" in site.toml")
	}
	return t
}

// setCode gives a start tag of code the direction that code of Markdown has:
// left to right, or that of its own letters where it holds right-to-left ones.
// What the writer says counts more, and in pre the block's direction holds.
func (r *renderer) setCode(t *tag, token html.Token, end int) {
	const far = 512 // bytes of code that are looked at
	dir := "ltr"
	switch t.name {
	case "pre":
	case "code", "kbd", "samp":
		if r.inPre() {
			return
		}
		rest := r.src.text[min(end, len(r.src.text)):]
		rest = rest[:min(far, len(rest))]
		if i := bytes.Index(rest, []byte("</")); i >= 0 && hasRTL(rest[:i]) {
			dir = "auto"
		}
	default:
		return
	}
	said := func(a html.Attribute) bool { return a.Key == "dir" }
	if t.end || slices.ContainsFunc(token.Attr, said) {
		return
	}
	n := len("<") + len(t.name)
	t.mark.html = t.mark.html[:n] + attribute("dir", dir) + t.mark.html[n:]
}

// hasControl tells whether s holds an embedding, an override or an isolate.
func hasControl(s []byte) bool {
	return bytes.IndexByte(s, 0xE2) >= 0 && bytes.ContainsFunc(s, isControl)
}

func isControl(ch rune) bool { return ch >= 0x202A && ch <= 0x202E || ch >= 0x2066 && ch <= 0x2069 }

// pickReference takes the destination out of a start tag, so that it can be
// rewritten like those of Markdown.
func (r *renderer) pickReference(t *tag, token html.Token, offset int) {
	if t.end {
		return
	}
	for i, a := range token.Attr {
		isLink := a.Key == "href" && (t.name == "a" || t.name == "area")
		isFile := a.Key == "src" && (t.name == "img" || t.name == "video" || t.name == "audio" || t.name == "source" || t.name == "track")
		if !isLink && !isFile {
			continue
		}
		kind := Link
		if isFile {
			kind = Image
		}
		t.mark.ref = Ref{Kind: kind, Dest: a.Val, Pos: r.src.pos(offset)}
		t.mark.attr = attribute(a.Key, a.Val)
		rest := token
		rest.Attr = append(append([]html.Attribute(nil), token.Attr[:i]...), token.Attr[i+1:]...)
		whole := r.serialise(rest, nil)
		t.mark.html, t.mark.tail = "<"+t.name, whole[1+len(t.name):]
		return
	}
}

// serialise writes a start tag.
func (r *renderer) serialise(token html.Token, b []byte) string {
	b = append(append(b, '<'), token.Data...)
	for _, a := range token.Attr {
		if a.Key == "id" && r.opts.HTML == htmlSanitise {
			a.Val = r.ids.heading(a.Val, a.Val)
		}
		b = append(b, attribute(a.Key, a.Val)...)
	}
	return string(append(b, '>'))
}

// isVoid tells whether an element has no end tag.
func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// isPhrasing tells whether an element may stand within a paragraph.
func isPhrasing(name string) bool {
	switch name {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
		"mark", "q", "ruby", "rp", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return true
	}
	return false
}

// rawInline puts a tag within a paragraph into the flow.
func (r *renderer) rawInline(f *flow, n *ast.RawHTML) {
	var raw []byte
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		raw = append(raw, r.src.written(s)...)
	}
	offset := max(0, n.Pos())
	if n.Segments.Len() > 0 {
		offset = n.Segments.At(0).Start
	}
	t := r.readTag(raw, offset)
	if t.name == "br" && r.opts.HTML != htmlTrusted {
		f.breakLine()
		return
	}
	switch {
	case r.opts.HTML == htmlTrusted:
		if t.name != "" && !t.void {
			t.mark.deaf = deafness(t.name, 1)
			if t.end {
				t.mark.deaf = -t.mark.deaf
				f.shutRaw(trustedTag)
			}
		}
		f.mark(t.mark)
		if t.name != "" && !t.void && !t.end && len(f.open) < maxDepth {
			f.push(trustedTag) // an isolate in it ends with it
		}
	case t.mark.html == "" || !isPhrasing(t.name):
	case t.end:
		f.shutRaw(t.name)
	case t.void:
		f.mark(t.mark)
	case t.name == "a" && f.links > 0, len(f.open) >= maxDepth:
	default:
		t.mark.deaf = deafness(t.name, 1)
		f.mark(t.mark)
		f.push(t.name)
	}
}

// shutRaw closes the raw element name and what is open inside it; an end tag
// without its start within the same element of Markdown is dropped.
func (f *flow) shutRaw(name string) {
	for i := len(f.open) - 1; i >= 0 && !isOwn(f.open[i]); i-- {
		if f.open[i] == name {
			for len(f.open) > i {
				f.shut()
			}
			return
		}
	}
}
