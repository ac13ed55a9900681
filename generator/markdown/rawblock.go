package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"mihbara/generator/lang"
)

// rawBlock draws a block of raw HTML.
func (r *renderer) rawBlock(n *ast.HTMLBlock) {
	var raw []byte
	offset := max(0, n.Pos())
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		raw = append(raw, r.src.written(s)...)
	}
	if n.HasClosure() {
		raw = append(raw, r.src.written(n.ClosureLine)...)
	} else if text := bytes.TrimRight(raw, " \t\n"); len(text) < len(raw) {
		// What is never closed ends where its list or quotation does, or the
		// document; the blank lines before that are nobody's.
		raw = append(text, '\n')
	}
	switch r.opts.HTML {
	case htmlTrusted, htmlSanitise:
		r.keptBlock(raw, offset)
	default:
		r.textOfBlock(raw, offset)
	}
}

// textOfBlock shows only the text of raw HTML, in paragraphs where its blocks
// were.
func (r *renderer) textOfBlock(raw []byte, offset int) {
	f := &flow{}
	flush := func() {
		f.closeAll()
		f.trim()
		if !f.empty() {
			r.separate("\n\n")
			r.leaf("<p", f, "</p>\n")
		}
		f.reset()
	}
	z := html.NewTokenizer(bytes.NewReader(raw))
	skip := ""
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		piece := z.Raw()
		switch kind {
		case html.TextToken:
			if skip == "" {
				r.addWords(f, html.UnescapeString(string(piece)), offset+at)
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			r.warn(offset+at, droppedHTML, "write it in Markdown, or set html = \"sanitise\" in site.toml")
			name, _ := z.TagName()
			tag := string(name)
			switch {
			case kind == html.StartTagToken && hidesText(tag):
				skip = tag
			case kind == html.EndTagToken && tag == skip:
				skip = ""
			case tag == "br":
				f.breakLine()
			case !isPhrasing(tag):
				flush()
			}
		}
		at += len(piece)
	}
	flush()
}

// hidesText tells whether the content of an element is not text for a reader.
func hidesText(name string) bool {
	switch name {
	case "script", "style", "template", "noscript", "iframe", "object", "title", "head", "noembed", "noframes", "xmp", "plaintext", "svg", "math":
		return true
	}
	return false
}

// addWords adds text of raw HTML, in which any white space is one space.
func (r *renderer) addWords(f *flow, s string, offset int) {
	for i, word := range strings.Fields(s) {
		if i > 0 || strings.TrimLeft(s[:1], " \t\n") == "" {
			f.soft = true
		}
		r.addPlain(f, []byte(word), offset)
	}
	if len(s) > 0 && strings.TrimLeft(s[len(s)-1:], " \t\n") == "" {
		f.soft = len(f.text) > 0
	}
}

// keptBlock writes raw HTML, sanitised or as it is, and notes the runs and
// references in it.
func (r *renderer) keptBlock(raw []byte, offset int) {
	trusted := r.opts.HTML == htmlTrusted
	z := html.NewTokenizer(bytes.NewReader(raw))
	skip := ""
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		piece := bytes.Clone(z.Raw())
		place := offset + at
		at += len(piece)
		if kind == html.TextToken {
			switch {
			case skip == "":
				r.rawText(piece, place)
			case trusted && (skip == "script" || skip == "style"):
				r.put(string(piece))
			case trusted: // shown, such as that of a drawing
				r.put(withoutControls(string(piece)))
			}
			continue
		}
		t := r.readTag(piece, place)
		if t.end && t.name == skip {
			skip = ""
			if !trusted {
				continue
			}
		}
		if skip != "" && !trusted {
			continue
		}
		if kind == html.StartTagToken && hidesText(t.name) {
			skip = t.name
		}
		r.rawTag(t, trusted)
	}
	if n := len(r.out); n > 0 && r.out[n-1] != '\n' {
		r.put("\n")
	}
}

// rawTag writes a tag of a block, keeping count of what is open.
func (r *renderer) rawTag(t tag, trusted bool) {
	if t.name != "" && !isPhrasing(t.name) {
		r.separate("\n\n")
	}
	switch {
	case trusted:
		if t.name != "" && !t.void {
			if t.mark.deaf = deafness(t.name, 1); t.end {
				t.mark.deaf = -min(t.mark.deaf, int8(min(r.deaf, 1)))
			}
			if t.name == "pre" {
				if r.pre++; t.end {
					r.pre = max(0, r.pre-2)
				}
			}
		}
		r.markup(&t.mark)
	case t.mark.html == "":
	case t.end:
		for i := len(r.tags) - 1; i >= r.floor; i-- {
			if r.tags[i] == t.name {
				r.closeTags(i)
				return
			}
		}
	case t.void:
		r.markup(&t.mark)
	case t.name == "a" && r.deaf > 0, len(r.tags) >= maxDepth:
	default:
		if t.name == "pre" {
			r.pre++
		}
		if !isPhrasing(t.name) {
			r.leavePhrasing()
		}
		t.mark.deaf = deafness(t.name, 1)
		r.markup(&t.mark)
		r.tags = append(r.tags, t.name)
	}
}

// rawText writes text of a raw block with its run.
func (r *renderer) rawText(piece []byte, offset int) {
	s := html.UnescapeString(string(piece))
	if r.inPre() {
		r.verbatim([]byte(s))
		return
	}
	s = lang.Normal(s) // a reference may have given a mark
	body := strings.TrimLeft(s, " \t\n\f")
	r.blank(s[:len(s)-len(body)])
	if body == "" {
		return
	}
	f := &flow{}
	for line := range strings.SplitAfterSeq(strings.TrimRight(body, " \t\n\f"), "\n") {
		r.addPlain(f, []byte(strings.Trim(line, " \t\n\f")), offset)
		f.soft = true
	}
	f.closeAll()
	r.emit(f, nil)
	r.words += countWords(f.text)
	r.blank(body[len(strings.TrimRight(body, " \t\n\f")):])
}

// blank writes white space between pieces of raw HTML, which is a space in the
// text too.
func (r *renderer) blank(s string) {
	if s == "" {
		return
	}
	r.put(s)
	r.separate(" ")
}

// inPre tells whether white space counts where we are in raw HTML.
func (r *renderer) inPre() bool { return r.pre > 0 }

// verbatim writes text of a raw pre element, controls left out, as a run.
func (r *renderer) verbatim(s []byte) {
	s = bytes.Map(func(ch rune) rune {
		if ch == '\n' || ch == '\t' || isPlain(ch) {
			return ch
		}
		return -1
	}, s)
	if len(s) > 0 {
		r.run(s)
	}
}

// closeTags closes raw elements down to n.
func (r *renderer) closeTags(n int) {
	for len(r.tags) > n {
		name := r.tags[len(r.tags)-1]
		r.tags = r.tags[:len(r.tags)-1]
		r.deaf += int(deafness(name, -1))
		if name == "pre" {
			r.pre--
		}
		r.put("</" + name + ">")
		if !isPhrasing(name) {
			r.put("\n")
			r.separate("\n\n")
		}
	}
}

// leavePhrasing closes raw elements that a block cannot stand in: a paragraph,
// a heading, phrases, a table between its cells.
func (r *renderer) leavePhrasing() {
	for len(r.tags) > r.floor {
		switch r.tags[len(r.tags)-1] {
		case "div", "section", "article", "aside", "details", "figure", "figcaption", "blockquote", "li", "td", "th", "dd", "center", "summary":
			return
		}
		r.closeTags(len(r.tags) - 1)
	}
}
