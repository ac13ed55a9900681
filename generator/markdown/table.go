package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// table draws a table in a wrapper that can scroll, by keyboard too, and that keeps its place on
// the page where the table itself goes the other way (RTL.md B5). Columns run
// in the direction of the whole table; each cell has its own.
func (r *renderer) table(n *east.Table) {
	s, face := r.faceOf(n)
	r.put(`<div class="table" tabindex="0"><table` + face + ">\n")
	r.within(s, func() {
		body := false
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			tag := "td"
			switch {
			case row.Kind() == east.KindTableHeader:
				tag = "th"
				r.put("<thead>\n")
			case !body:
				body = true
				r.put("<tbody>\n")
			}
			r.row(row, tag)
			if tag == "th" {
				r.put("</thead>\n")
			}
		}
		if body {
			r.put("</tbody>\n")
		}
	})
	r.put("</table></div>\n")
	r.gap = ""
	r.separate("\n\n")
}

func (r *renderer) row(row ast.Node, tag string) {
	sep := "\n"
	if tag == "th" {
		sep = "\n\n"
	}
	r.put("<tr>\n")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		r.separate(sep)
		sep = "\t"
		open := "<" + tag
		if tag == "th" {
			open += ` scope="col"`
		}
		if cell, ok := c.(*east.TableCell); ok {
			open += alignment(cell.Alignment)
		}
		r.leaf(open, r.flowOf(c), "</"+tag+">\n")
	}
	r.put("</tr>\n")
}

// alignment gives the class for an alignment. Markdown says left and right; in
// a table that may run either way they mean start and end (RTL.md B6).
func alignment(a east.Alignment) string {
	switch a {
	case east.AlignLeft:
		return ` class="align-start"`
	case east.AlignRight:
		return ` class="align-end"`
	case east.AlignCenter:
		return ` class="align-center"`
	}
	return ""
}
