package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"mihbara/generator/lang"
)

// headingShift tells how far headings must move so that none is above least,
// if the highest stands at top.
func headingShift(top, least int) int {
	if least <= 1 {
		return 0
	}
	return max(0, min(least, 6)-top)
}

// topHeading gives the level of the highest heading, 7 if there is none.
// Headings lie in few levels of containers; quotes and lists may hold some.
func topHeading(n ast.Node) int {
	top := 7
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			top = min(top, h.Level)
		} else if c.Type() == ast.TypeBlock && !isLeaf(c) {
			top = min(top, topHeading(c))
		}
	}
	return top
}

func (r *renderer) heading(n *ast.Heading) {
	f := r.flowOf(n)
	given := ""
	if id, ok := n.AttributeString("id"); ok {
		given = lang.StripControls(string(id.([]byte)))
	}
	r.headingOf(f, n.Level, given, n.Pos())
}

// headingOf draws the heading at an offset of the source, with the id that its
// author gave.
func (r *renderer) headingOf(f *flow, level int, given string, offset int) {
	level = min(6, level+r.shift)
	tag := "h" + strconv.Itoa(level)
	if f.empty() && given == "" {
		return
	}
	r.separate("\n\n")
	s, face := r.faceOfFlow(f)
	if r.opts.Typography {
		r.repair(f, s.tag)
	}
	text := strings.ReplaceAll(string(f.text), "\n", " ")
	id := r.ids.heading(given, text)
	r.headings = append(r.headings, Heading{Level: level, ID: id, Text: text, Pos: r.src.pos(offset)})
	r.put("<" + tag + attribute("id", id) + face + ">")
	r.deaf++
	r.within(s, func() {
		typography := r.opts.Typography
		r.opts.Typography = false // done
		r.finish(f)
		r.opts.Typography = typography
	})
	r.deaf--
	r.put("</" + tag + ">\n")
}

// ids are the ids given in a document so far, each with the number of headings
// that asked for it.
type ids map[string]int

// heading gives a new id for a heading: the one that the author gave, else one
// made of its text, else section; numbered where it is taken.
func (t ids) heading(given, text string) string {
	id := given
	if id == "" {
		id = lang.HeadingID(text)
	}
	if id == "" {
		id = "section"
	}
	if strings.HasPrefix(id, "fn-") || strings.HasPrefix(id, "fnref-") {
		id = "h-" + id // fn- belongs to footnotes
	}
	return t.take(id)
}

// take makes id unique.
func (t ids) take(id string) string {
	n := t[id]
	t[id] = n + 1
	if n == 0 {
		return id
	}
	for {
		n++
		numbered := id + "-" + strconv.Itoa(n)
		if t[numbered] == 0 {
			t[numbered] = 1
			t[id] = n
			return numbered
		}
	}
}
