package lint

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"mihbara/generator/lang"
)

// A page is one file, read.
type page struct {
	name  string
	data  []byte
	root  *node   // holds all; its name is ""
	html  *node   // nil where the file has none
	nodes []*node // all, in the order of the file
	feed  *feed   // nil if the file is none
	lines []line  // what stands on a line of its own, in the order of the file
	site  *site   // of a style sheet: what it must serve, nil if that is not known
}

// A node is an element, or a text with the name "#text".
type node struct {
	name     string
	attrs    []html.Attribute
	text     string         // of a text: with references resolved
	exact    bool           // of a text: the file holds just these bytes
	offset   int            // of the tag, or of the text
	dir      lang.Direction // "" until somebody asks
	parent   *node
	children []*node
}

const textNode = "#text"

// read makes a tree of a file. The tree is that of the tags as they stand: what
// a browser would move out of a table stays where it is, for no rule asks.
func read(name string, data []byte) *page {
	p := &page{name: name, data: data, root: &node{}}
	b := builder{page: p, open: p.root}
	z := html.NewTokenizer(bytes.NewReader(data))
	for offset := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		at, raw := offset, string(z.Raw())
		offset += len(raw)
		switch kind {
		case html.TextToken:
			b.text(z.Token().Data, raw, at)
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			b.start(t, at, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(string(name))
		}
	}
	p.layOut()
	return p
}

// readStyleSheet makes a page of a style sheet: of a style element alone.
func readStyleSheet(name string, data []byte) *page {
	p := &page{name: name, data: data, root: &node{}}
	b := builder{page: p, open: p.root}
	b.start(html.Token{Data: "style"}, 0, false)
	b.text(string(data), string(data), 0)
	return p
}

// A builder puts the tree together.
type builder struct {
	page *page
	open *node // the innermost open element
	deep int   // how many are open
}

// deepest is how deep elements nest before they are laid side by side. Nobody's
// pages do, and rules look at all that is around a text.
const deepest = 120

func (b *builder) add(n *node) {
	n.parent = b.open
	b.open.children = append(b.open.children, n)
	b.page.nodes = append(b.page.nodes, n)
}

func (b *builder) text(text, raw string, at int) {
	if text != "" {
		b.add(&node{name: textNode, text: text, exact: text == raw, offset: at})
	}
}

func (b *builder) start(t html.Token, at int, closed bool) {
	b.imply(t.Data)
	n := &node{name: t.Data, attrs: t.Attr, offset: at}
	b.add(n)
	if n.name == "html" && b.page.html == nil {
		b.page.html = n
	}
	if !voids[n.name] && !(closed && n.foreign()) && b.deep < deepest {
		b.open = n
		b.deep++
	}
}

func (b *builder) end(name string) {
	for n := b.open; n.parent != nil; n = n.parent {
		if n.name == name {
			for b.open != n {
				b.close()
			}
			b.close()
			return
		}
	}
}

func (b *builder) close() { b.open, b.deep = b.open.parent, b.deep-1 }

// imply closes what a start tag ends without saying so: a paragraph before a
// block, an item before the next.
func (b *builder) imply(name string) {
	list := endedBy[name]
	for b.open.parent != nil && (slices.Contains(list, b.open.name) || b.open.name == "p" && blocks[name]) {
		b.close()
	}
}

// endedBy names the open elements that a start tag ends, besides a paragraph,
// which every block ends.
var endedBy = map[string][]string{
	"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"}, "body": {"head"},
	"tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
	"thead": {"thead", "tbody", "tr", "td", "th"}, "tbody": {"thead", "tbody", "tr", "td", "th"}, "tfoot": {"tbody", "tr", "td", "th"},
}

// holds says whether name is one of the words of list. It is asked for every
// element and much of what is around it.
func holds(list, name string) bool {
	for from := 0; name != ""; {
		i := strings.Index(list[from:], name)
		if i < 0 {
			return false
		}
		start := from + i
		end := start + len(name)
		if (start == 0 || list[start-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
		from = start + 1
	}
	return false
}

var voids = set("area base br col embed hr img input link meta param source track wbr")

// blocks are the elements whose text usually stands on lines of its own.
var blocks = set("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
	"h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol option optgroup p pre search section select summary table " +
	"tbody td textarea tfoot th thead title tr ul")

func set(list string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(list) {
		m[name] = true
	}
	return m
}

// foreign says whether n stands in a drawing or formula, where elements may
// close themselves.
func (n *node) foreign() bool { return n.up("svg") != nil || n.up("math") != nil }

// up gives the nearest of n and what holds it that has one of the names, nil if
// none.
func (n *node) up(names string) *node {
	for ; n != nil; n = n.parent {
		if n.name != "" && holds(names, n.name) {
			return n
		}
	}
	return nil
}

// attr gives the value of an attribute.
func (n *node) attr(key string) (value string, ok bool) {
	for _, a := range n.attrs {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// get gives the value of an attribute without white space around it, "" where
// there is none.
func (n *node) get(key string) string {
	v, _ := n.attr(key)
	return strings.TrimSpace(v)
}

// elements calls f for each element of those names.
func (p *page) elements(names string, f func(n *node)) {
	for _, n := range p.nodes {
		if n.name != textNode && (names == "" || holds(names, n.name)) {
			f(n)
		}
	}
}

// content gives all text in n.
func (n *node) content() string {
	if n.name == textNode {
		return n.text
	}
	var b strings.Builder
	for _, c := range n.children {
		b.WriteString(c.content())
	}
	return b.String()
}

// said gives the value of dir that n itself has: ltr, rtl, auto or "". A <bdi>
// without one has auto.
func (n *node) said() string {
	switch d := strings.ToLower(n.get("dir")); d {
	case "ltr", "rtl", "auto":
		return d
	}
	if n.name == "bdi" {
		return "auto"
	}
	return ""
}

// direction gives the direction of the text in n, as a browser finds it. What
// dir=auto looks at is looked at once. A root that does not say the direction of
// its right-to-left language is taken for what it should be: rules D1 and D4 tell
// that, and all others speak of the page that is meant.
func (n *node) direction() lang.Direction {
	if n.dir != "" {
		return n.dir
	}
	if n.name == "html" && n.said() != "rtl" {
		if t, err := lang.ParseTag(n.get("lang")); err == nil && lang.DirectionOf(t) == lang.RTL {
			n.dir = lang.RTL
			return n.dir
		}
	}
	switch n.said() {
	case "ltr":
		n.dir = lang.LTR
	case "rtl":
		n.dir = lang.RTL
	case "auto":
		n.dir = cmp.Or(lang.FirstStrong(n.autoText()), lang.LTR)
	default:
		n.dir = lang.LTR
		if n.parent != nil {
			n.dir = n.parent.direction()
		}
	}
	return n.dir
}

// autoText gives the text that dir=auto looks at.
func (n *node) autoText() string {
	var b strings.Builder
	for _, c := range n.children {
		switch {
		case c.name == textNode:
			b.WriteString(c.text)
		case c.said() == "" && !holds("script style textarea", c.name):
			b.WriteString(c.autoText())
		}
	}
	return b.String()
}

// language gives the language that holds for n, "" if none is said.
func (n *node) language() lang.Tag {
	for ; n != nil; n = n.parent {
		v, ok := n.attr("lang")
		if !ok {
			continue
		}
		if t, err := lang.ParseTag(v); err == nil {
			return t
		}
		return ""
	}
	return ""
}

// inside gives the offset in the file of byte i of a text.
func (n *node) inside(i int) int {
	if n.name == textNode && n.exact {
		return n.offset + min(max(i, 0), len(n.text))
	}
	return n.offset
}

// firstWhere gives the byte offset in s of the first character for which f
// holds, -1 if none.
func firstWhere(s string, f func(r rune) bool) int {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if f(r) {
			return i
		}
		i += size
	}
	return -1
}

// runeAt gives the character at byte i of s.
func runeAt(s string, i int) rune {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r
}
