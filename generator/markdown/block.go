package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// A setting is the direction and language that a block inherits.
type setting struct {
	dir lang.Direction
	tag lang.Tag
}

// A room is memory that one document leaves to another.
type room struct {
	out, text []byte // HTML and text so far
	runs      []Run
	scratch   flow
	ahead     bytes.Buffer // text of a container, to find its direction
	spare     []lang.Span  // isolates of the block being written
	simples   []simpleBlock
}

// rooms are those that are free.
var rooms = sync.OnceValue(func() *sync.Pool { return &sync.Pool{New: func() any { return new(room) }} })

// A renderer draws one document.
type renderer struct {
	src  *source
	opts Options

	*room
	refs     []Ref
	headings []Heading
	words    int

	base  setting // of the article
	here  setting // of the block being drawn
	gap   string  // goes between the last text and the next
	deaf  int     // inside how many elements whose text must not be linked
	shift int     // added to the level of headings
	ids   ids

	inLabel bool     // a picture's description is being gathered: pictures in it are their descriptions
	tags    []string // raw block elements that are open
	pre     int      // inside how many raw pre elements
	floor   int      // of tags: those below belong to an outer container

	flows map[ast.Node]*flow // gathered ahead, to find the direction of a container

	lastTag    lang.Tag
	lastLocale *lang.Locale
}

func newRenderer(s *source, o Options) *renderer {
	tag := o.Language
	if tag == "" {
		tag = lang.Und
	}
	base := setting{lang.DirectionOf(tag), tag}
	r := &renderer{src: s, opts: o, base: base, here: base, room: rooms().Get().(*room), ids: ids{}}
	n := len(s.text)
	r.out = slices.Grow(r.out[:0], n+n/8+256)
	r.text = slices.Grow(r.text[:0], n+64)
	r.runs = r.runs[:0]
	return r
}

// document gives what was drawn, in memory of its size: a build keeps many.
// The renderer is then done.
func (r *renderer) document() Document {
	d := Document{HTML: string(r.out), Text: string(r.text), Runs: exact(r.runs), Refs: exact(r.refs), Headings: exact(r.headings), Words: r.words}
	const most = 1 << 20 // that is kept for the next document
	if cap(r.out) < most && cap(r.text) < most && cap(r.scratch.text) < most && cap(r.scratch.marks) < most>>8 {
		clear(r.scratch.marks[:cap(r.scratch.marks)])
		rooms().Put(r.room)
	}
	r.room = nil
	return d
}

// exact gives a copy of list without room to grow, nil where it is empty.
func exact[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	out := make([]T, len(list))
	copy(out, list)
	return out
}

// Parse turns a Markdown body into a document. src is the body without front
// matter; o.Line says where it begins in its file, so that diagnostics point
// into the file. Any input gives a document: what cannot be shown as meant is
// shown as text, and a diagnostic says so.
func Parse(src []byte, o Options) (Document, []diag.Diagnostic) {
	return parseAs(src, o, true)
}

// parseAs is Parse; unless simple, goldmark reads all of it.
func parseAs(src []byte, o Options, simple bool) (Document, []diag.Diagnostic) {
	s := newSource(src, o)
	s.asciiMarkers()
	s.addresses = mayHoldAddress(s.text)
	r := newRenderer(s, o)
	list, ok := s.simpleBlocks(r.simples[:0])
	if ok && simple {
		r.simples = list
		r.simple(list)
	} else {
		root := parse(s)
		r.shift = headingShift(topHeading(root), o.Headings)
		r.blocks(root)
	}
	return r.document(), s.diagnostics()
}

// Strip gives the plain text of a short piece of Markdown (a headline, a lead,
// a caption) on one line, without its markup.
func Strip(md string) string {
	if !strings.ContainsAny(md, "*_`[]<>\\&~#|{\n") {
		return strings.Join(strings.Fields(md), " ")
	}
	d, _ := Parse([]byte(md), Options{})
	return strings.Join(strings.Fields(d.Text), " ")
}

// blocks draws the children of a container. Raw elements that were opened among
// them are closed at its end.
func (r *renderer) blocks(n ast.Node) {
	floor := r.floor
	r.floor = len(r.tags)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.block(c)
	}
	r.closeTags(r.floor)
	r.floor = floor
}

func (r *renderer) block(node ast.Node) {
	if node.Kind() != ast.KindHTMLBlock {
		r.leavePhrasing()
	}
	switch n := node.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		r.paragraph(n)
	case *ast.Heading:
		r.heading(n)
	case *ast.Blockquote:
		r.container(n, "blockquote", "")
	case *ast.List:
		r.list(n)
	case *ast.FencedCodeBlock:
		r.code(n.Lines(), string(n.Language(r.src.text)))
	case *ast.CodeBlock:
		r.code(n.Lines(), "")
	case *ast.ThematicBreak:
		r.put("<hr>\n")
	case *ast.HTMLBlock:
		r.rawBlock(n)
	case *east.Table:
		r.table(n)
	case *east.DefinitionList:
		r.definitions(n)
	case *east.FootnoteList:
		r.notes(n)
	case *ast.LinkReferenceDefinition:
	default:
		r.blocks(node)
	}
}

// flowOf gives the running text of a leaf block.
func (r *renderer) flowOf(n ast.Node) *flow {
	if f, ok := r.flows[n]; ok {
		delete(r.flows, n)
		return f
	}
	f := &r.scratch
	f.reset()
	r.gather(f, n)
	return f
}

func (r *renderer) gather(f *flow, n ast.Node) {
	r.inline(f, n)
	f.closeAll()
	f.trim()
}

// peekLimit is how many bytes of a block's text decide its direction: enough
// for any paragraph that a person wrote, and a bound for nested containers,
// each of which looks at the same text.
const peekLimit = 4096

// peek gives the plain text at the start of a container, gathering the flows of
// its blocks for when they are drawn.
func (r *renderer) peek(n ast.Node, b *bytes.Buffer) {
	for c := n.FirstChild(); c != nil && b.Len() < peekLimit; c = c.NextSibling() {
		if !isLeaf(c) {
			r.peek(c, b)
			continue
		}
		f, ok := r.flows[c]
		if !ok {
			f = &flow{}
			r.gather(f, c)
			if r.flows == nil {
				r.flows = map[ast.Node]*flow{}
			}
			r.flows[c] = f
		}
		b.Write(f.plain(peekLimit))
		b.WriteByte('\n')
	}
}

// isLeaf tells whether a block holds running text.
func isLeaf(n ast.Node) bool {
	switch n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *east.TableCell, *east.DefinitionTerm:
		return true
	}
	return false
}

// sureLength is how long a text must be before its language is named from its
// letters and words alone.
const sureLength = 30

// face gives the setting of a block with that text, whose bytes are of those
// kinds, and the attributes that it needs: none where it goes the way of its
// surroundings and is in their language; else dir, and lang where the language
// is sure.
func (r *renderer) face(text []byte, all byte) (setting, string) {
	dir := r.direction(text, all)
	if dir == r.here.dir {
		return r.tongue(text)
	}
	s := setting{dir, lang.Und}
	attrs := ""
	if r.base.dir == dir && r.here.tag != r.base.tag && r.base.tag != lang.Und {
		// Back to the article's direction: back to its language too, unless
		// another one is sure.
		s.tag = r.base.tag
		attrs = attribute("lang", string(s.tag))
	}
	if hasCharacters(text, sureLength) {
		if tag, sure := lang.Detect(string(text)); sure && lang.DirectionOf(tag) == dir {
			s.tag = tag
			attrs = attribute("lang", string(tag))
		}
	}
	return s, attrs + attribute("dir", string(dir))
}

// tongueLength is how many characters a text must have before it is said to be
// in another language that goes the same way as its surroundings. Shorter ones
// are names and titles as often as sentences.
const tongueLength = 60

// tongue is face for a block that goes the way of its surroundings: it has lang
// only where it surely is in another language than they are, as a French
// paragraph of an English article is.
func (r *renderer) tongue(text []byte) (setting, string) {
	if r.here.tag == lang.Und || !hasCharacters(text, tongueLength) {
		return r.here, ""
	}
	tag, ok := lang.OtherThan(text, r.here.tag)
	if !ok || lang.DirectionOf(tag) != r.here.dir {
		return r.here, ""
	}
	return setting{r.here.dir, tag}, attribute("lang", string(tag))
}

// hasCharacters tells whether text has at least n characters.
func hasCharacters(text []byte, n int) bool {
	if len(text) < n {
		return false
	}
	for _, c := range text {
		if utf8.RuneStart(c) {
			if n--; n == 0 {
				return true
			}
		}
	}
	return false
}

// faceOf is face for a container.
func (r *renderer) faceOf(n ast.Node) (setting, string) {
	r.ahead.Reset()
	r.peek(n, &r.ahead)
	return r.face(r.ahead.Bytes(), kindsOf(r.ahead.Bytes()))
}

// faceOfFlow is face for running text.
func (r *renderer) faceOfFlow(f *flow) (setting, string) {
	text := f.plain(peekLimit)
	return r.face(text, f.kindsOf(text))
}

// within draws with another setting.
func (r *renderer) within(s setting, draw func()) {
	old := r.here
	r.here = s
	draw()
	r.here = old
}

// leaf draws an element with running text.
func (r *renderer) leaf(open string, f *flow, tail string) {
	s, attrs := r.faceOfFlow(f)
	r.put(open)
	r.put(attrs)
	r.put(">")
	r.within(s, func() { r.finish(f) })
	r.put(tail)
}

// finish repairs, isolates and writes a flow in the setting that is on.
func (r *renderer) finish(f *flow) {
	if r.opts.Typography {
		r.repair(f, r.here.tag)
	}
	r.spare = f.isolates(r.spare[:0], r.here)
	r.emit(f, r.spare)
	r.words += countWords(f.text)
}

func (r *renderer) paragraph(n ast.Node) {
	f := r.flowOf(n)
	if f.empty() {
		return
	}
	r.separate("\n\n")
	r.leaf("<p", f, "</p>\n")
}

// container draws a block that holds blocks.
func (r *renderer) container(n ast.Node, tag, attrs string) {
	s, face := r.faceOf(n)
	r.put("<" + tag + attrs + face + ">\n")
	r.within(s, func() { r.blocks(n) })
	r.put("</" + tag + ">\n")
}

func (r *renderer) list(n *ast.List) {
	s, face := r.faceOf(n)
	tag, attrs := "ul", ""
	if n.IsOrdered() {
		tag = "ol"
		if n.Start != 1 {
			attrs = attribute("start", strconv.Itoa(n.Start))
		}
		attrs += r.markers(n, s.tag)
	}
	r.put("<" + tag + attrs + face + ">\n")
	r.within(s, func() {
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			r.item(item, "li", "")
		}
	})
	r.put("</" + tag + ">\n")
}

// markers is the class of a list whose numbers are not 1, 2, 3: the name that CSS
// has for the digits it was written with, or else for those of the language.
func (r *renderer) markers(n ast.Node, in lang.Tag) string {
	if n != nil {
		if written, ok := r.src.markers[n.Pos()]; ok {
			return attribute("class", written)
		}
	}
	switch r.locale(in).DigitSystem() {
	case "arab":
		return attribute("class", arabicIndic)
	case "arabext":
		return attribute("class", persian)
	case "deva":
		return attribute("class", "devanagari")
	case "beng":
		return attribute("class", "bengali")
	}
	return ""
}

// item draws a list item, a definition or a footnote: tight text stands in it
// directly.
func (r *renderer) item(n ast.Node, tag, attrs string) {
	s, face := r.faceOf(n)
	r.put("<" + tag + attrs + face + ">")
	r.within(s, func() {
		floor := r.floor
		r.floor = len(r.tags)
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Kind() != ast.KindTextBlock {
				if c == n.FirstChild() {
					r.put("\n")
				}
				r.block(c)
				continue
			}
			r.leavePhrasing()
			f := r.flowOf(c)
			r.separate("\n\n")
			if c == n.FirstChild() {
				r.finish(f)
			} else if !f.empty() {
				r.leaf("<p", f, "</p>")
			}
			if c.NextSibling() != nil {
				r.put("\n")
			}
		}
		r.closeTags(r.floor)
		r.floor = floor
	})
	r.put("</" + tag + ">\n")
}

func (r *renderer) definitions(n *east.DefinitionList) {
	s, face := r.faceOf(n)
	r.put("<dl" + face + ">\n")
	r.within(s, func() {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Kind() == east.KindDefinitionTerm {
				r.separate("\n\n")
				r.leaf("<dt", r.flowOf(c), "</dt>\n")
			} else {
				r.item(c, "dd", "")
			}
		}
	})
	r.put("</dl>\n")
}

func (r *renderer) notes(n *east.FootnoteList) {
	r.put(`<div class="footnotes" role="doc-endnotes">` + "\n<hr>\n<ol" + r.markers(nil, r.here.tag) + ">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if note, ok := c.(*east.Footnote); ok {
			r.item(note, "li", attribute("id", "fn-"+strconv.Itoa(note.Index)))
		}
	}
	r.put("</ol>\n</div>\n")
}
