package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// inline gathers the inline nodes below n in the flow.
func (r *renderer) inline(f *flow, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.inlineNode(f, c)
	}
}

func (r *renderer) inlineNode(f *flow, node ast.Node) {
	switch n := node.(type) {
	case *plainText:
		r.addText(f, r.src.written(n.line), n.line.Start)
		f.soft = f.soft || n.soft
	case *ast.Text:
		r.textNode(f, n)
	case *ast.String:
		r.addText(f, n.Value, n.Pos())
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		f.begin(mark{html: "<" + tag + ">"})
		r.inline(f, n)
		f.end("</"+tag+">", 0)
	case *east.Strikethrough:
		f.begin(mark{html: "<del>"})
		r.inline(f, n)
		f.end("</del>", 0)
	case *ast.CodeSpan:
		r.codeSpan(f, n)
	case *ast.Link:
		r.link(f, n)
	case *ast.Image:
		r.image(f, n)
	case *ast.AutoLink:
		r.autoLink(f, n)
	case *ast.RawHTML:
		r.rawInline(f, n)
	case *shortcode:
		r.shortcode(f, n)
	case *east.TaskCheckBox:
		checked := ""
		if n.IsChecked {
			checked = " checked"
		}
		f.html(`<input type="checkbox" disabled` + checked + `> `)
	case *east.FootnoteLink:
		r.noteLink(f, n)
	case *east.FootnoteBacklink:
		// An arrow that points up needs no mirroring, unlike ↩ (RTL.md B12). Its
		// role says what it is, in the reader's language; its name is the number
		// of the note, and that of the reference where there are several.
		f.shutRaws()
		name := strconv.Itoa(n.Index)
		if n.RefIndex > 0 {
			name += "." + strconv.Itoa(n.RefIndex+1)
		}
		f.html(` <a class="footnote-back" href="#` + noteRef(n.Index, n.RefIndex) + `" role="doc-backlink"` +
			attribute("aria-label", r.locale(r.here.tag).Digits(name)) + `>↑</a>`)
	default:
		r.inline(f, node)
	}
}

func (r *renderer) textNode(f *flow, n *ast.Text) {
	s := r.src.written(n.Segment)
	if n.IsRaw() {
		r.addCode(f, s, ' ')
	} else {
		r.quotedAddresses(f, s, n.Segment.Start)
	}
	switch {
	case n.HardLineBreak():
		f.breakLine()
	case n.SoftLineBreak():
		f.soft = true
	}
}

// codeSpan sets code left to right, unless it holds right-to-left letters, when
// its own text decides (RTL.md B8).
func (r *renderer) codeSpan(f *flow, n *ast.CodeSpan) {
	f.settle(0)
	start, first := len(f.text), len(f.marks)
	f.begin(mark{deaf: 1})
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			s := r.src.written(t.Segment)
			r.addCode(f, bytes.TrimSuffix(s, []byte("\n")), ' ')
			if bytes.HasSuffix(s, []byte("\n")) {
				f.text = append(f.text, ' ')
			}
		}
	}
	dir := "ltr"
	if hasRTL(f.text[start:]) {
		dir = "auto"
	}
	f.marks[first].html = `<code dir="` + dir + `">`
	f.end("</code>", -1)
	f.verbatim(start)
}

// verbatim marks the text since start as shown exactly, whatever of it is
// marked so already: an address may be the text of a link and linked itself.
func (f *flow) verbatim(start int) {
	for n := len(f.exact); n > 0 && f.exact[n-1].start >= start; n-- {
		f.exact = f.exact[:n-1]
	}
	if len(f.text) > start {
		f.exact = append(f.exact, span{start, len(f.text)})
	}
}

// hasRTL tells whether s holds a letter of a right-to-left script.
func hasRTL(s []byte) bool {
	for _, ch := range string(s) {
		if isRTL(ch) {
			return true
		}
	}
	return false
}

func isRTL(ch rune) bool {
	return ch >= 0x590 && ch <= 0x8FF && !(ch >= 0x660 && ch <= 0x669) && !(ch >= 0x6F0 && ch <= 0x6F9) && ch != 0x60C && ch != 0x61B && ch != 0x61F ||
		ch >= 0xFB1D && ch <= 0xFDFF || ch >= 0xFE70 && ch <= 0xFEFC ||
		ch >= 0x10800 && ch <= 0x10FFF || ch >= 0x1E800 && ch <= 0x1EFFF
}

// reference gives the attribute for a destination and its Ref; an address that
// could run a script is left out and told.
func (r *renderer) reference(name, dest string, kind RefKind, offset int) (string, Ref) {
	dest = strings.TrimSpace(dest) // browsers skip spaces before a scheme
	for i, s := range shortcodes {
		if strings.Contains(dest, s.open) {
			r.noteShortcode(i, offset)
			break
		}
	}
	escaped := util.URLEscape([]byte(dest), false)
	if html.IsDangerousURL(escaped) {
		r.warn(offset, "a link that could run a script is not linked", "link to a page or a file")
		return "", Ref{}
	}
	return attribute(name, string(escaped)), Ref{Kind: kind, Dest: dest, Pos: r.src.pos(offset)}
}

func (r *renderer) link(f *flow, n *ast.Link) {
	offset := max(n.Pos(), 0)
	attr, ref := r.reference("href", r.resolve(n.Destination, offset), Link, offset)
	m := mark{html: "<a", attr: attr, ref: ref, tail: r.title(n.Title, offset) + ">", deaf: 1}
	linked := f.beginLink(m)
	start := len(f.text)
	r.inline(f, n)
	if n, _ := address(f.text[start:]); n > 0 && n == len(f.text)-start {
		f.verbatim(start)
	}
	f.endLink(linked)
}

func (r *renderer) title(title []byte, offset int) string {
	if len(title) == 0 {
		return ""
	}
	return r.textAttribute("title", lang.Normal(r.resolve(title, offset)))
}

// image draws a picture. Its description is the text of its label.
func (r *renderer) image(f *flow, n *ast.Image) {
	offset := max(n.Pos(), 0)
	attr, ref := r.reference("src", r.resolve(n.Destination, offset), Image, offset)
	alt := r.label(n)
	if r.inLabel {
		r.addPlain(f, []byte(alt), offset)
		return
	}
	tail := r.description(alt) + r.title(n.Title, offset) + ">"
	if attr == "" {
		r.addPlain(f, []byte(alt), offset)
		return
	}
	if strings.TrimSpace(alt) == "" {
		r.warn(offset, "a picture has no description", "write what it shows between the brackets: ![…](…)")
	}
	f.mark(mark{html: "<img", attr: attr, ref: ref, tail: tail})
}

// label gives the text of inline nodes without their markup.
func (r *renderer) label(n ast.Node) string {
	f := &flow{}
	inner := r.inLabel
	r.inLabel = true
	r.inline(f, n)
	r.inLabel = inner
	f.closeAll()
	return strings.ReplaceAll(string(f.text), "\n", " ")
}

func (r *renderer) autoLink(f *flow, n *ast.AutoLink) {
	offset := max(n.Pos(), 0)
	label := n.Label(r.src.text)
	url := string(n.URL(r.src.text))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	attr, ref := r.reference("href", url, Link, offset)
	f.address(label, attr, ref)
}

// quotedAddresses adds text, linking the addresses that goldmark does not let
// autolinkParser see, because a quotation mark or comma outside ASCII stands
// before them: «https://…».
func (r *renderer) quotedAddresses(f *flow, s []byte, offset int) {
	if !r.src.addresses {
		r.addText(f, s, offset)
		return
	}
	if bytes.Contains(s, []byte("://")) || bytes.Contains(s, []byte("www.")) {
		r.linked(f, s, offset, r.addText, func(before rune) bool { return before >= 0x80 && endsAddress(before) && f.links == 0 })
		return
	}
	r.addText(f, s, offset)
}

// address puts a linked address into the flow. It is always read from the left.
func (f *flow) address(label []byte, attr string, ref Ref) {
	linked := f.beginLink(mark{html: "<a", attr: attr, ref: ref, tail: ` dir="ltr">`, deaf: 1})
	start := len(f.text)
	for _, ch := range string(label) {
		if isPlain(ch) {
			f.text = utf8.AppendRune(f.text, ch)
		}
	}
	f.endLink(linked)
	f.verbatim(start)
}

// shortcode shows a template call of another system as it is written: it is not
// text of the article, so it stands in no run.
func (r *renderer) shortcode(f *flow, n *shortcode) {
	call := n.source(r.src.text)
	f.html(`<code class="shortcode" dir="ltr">` + string(appendEscaped(nil, r.cleanCode(call))) + `</code>`)
	r.noteShortcode(n.kind, n.Pos())
}

// noteShortcode tells once a file and kind that there are template calls.
func (r *renderer) noteShortcode(kind, offset int) {
	message := shortcodes[kind].kind + " is shown as it is written"
	if !r.src.again(message) {
		r.src.once(diag.Notef(r.src.pos(offset), "%s", message).WithHint("replace it by Markdown"))
	}
}

// cleanCode drops controls from code that is shown without chips.
func (r *renderer) cleanCode(s []byte) []byte {
	return []byte(strings.Map(func(ch rune) rune {
		if isPlain(ch) {
			return ch
		}
		return -1
	}, string(s)))
}

// noteRef gives the id of the reference number ref (from 0) to a footnote.
func noteRef(index, ref int) string {
	id := "fnref-" + strconv.Itoa(index)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

func (r *renderer) noteLink(f *flow, n *east.FootnoteLink) {
	number := r.locale(r.here.tag).Digits(strconv.Itoa(n.Index))
	id := attribute("id", noteRef(n.Index, n.RefIndex))
	f.html("<sup" + id + ">")
	linked := f.beginLink(mark{html: `<a class="footnote-ref" href="#fn-` + strconv.Itoa(n.Index) + `" role="doc-noteref">`})
	f.html(number)
	if linked {
		f.end("</a>", 0)
	} else {
		f.end("", 0)
	}
	f.html("</sup>")
}
