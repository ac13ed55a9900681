package lint

import (
	"sort"
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// A line is the text that stands together: that of a block, or what stands
// between two blocks inside a third. It is as long as the window is wide.
// Isolates of markup are in the text as the characters that do the same.
type line struct {
	block  *node
	dir    lang.Direction
	text   string
	pieces []piece
	inline []inline
	place  []int // where each byte is shown; nil until somebody asks

	searched bool     // for tokens that are turned
	found    []turned // them
}

// A piece is a text of the file in a line.
type piece struct {
	at   int // in the line's text
	node *node
}

// An inline is an element in a line: the text [start, end), without the
// isolate that the element itself makes.
type inline struct {
	node       *node
	start, end int
}

// The characters that do what markup does, and what stands for a picture.
const (
	lri, rli, fsi, pdi = "\u2066", "\u2067", "\u2068", "\u2069"
	lro, rlo, pdf      = "\u202d", "\u202e", "\u202c"
	object             = "\ufffc"
)

// A layer puts lines together.
type layer struct {
	page *page
	now  line
	b    strings.Builder
	open []*node // the inline elements around what comes next
	from []int   // where they begin in the line
}

// layOut finds the lines of the page.
func (p *page) layOut() {
	l := layer{page: p}
	l.begin(p.root)
	l.children(p.root)
	l.flush()
}

// begin begins a line of a block.
func (l *layer) begin(block *node) {
	l.now = line{block: block, dir: block.direction()}
}

// flush ends the line. Inline elements that go on are closed here and opened in
// the next line.
func (l *layer) flush() {
	for i := len(l.open) - 1; i >= 0; i-- {
		l.leave(i)
	}
	l.now.text = l.b.String()
	l.b.Reset()
	if len(l.now.pieces) > 0 && strings.TrimSpace(l.now.text) != "" {
		l.page.lines = append(l.page.lines, l.now)
	}
	l.begin(l.now.block)
	for i, n := range l.open {
		l.from[i] = l.enter(n)
	}
}

// enter writes what n does at its beginning and gives where its text begins.
func (l *layer) enter(n *node) int {
	before, _ := n.marks()
	l.b.WriteString(before)
	return l.b.Len()
}

// leave writes what the open element i does at its end.
func (l *layer) leave(i int) {
	n := l.open[i]
	if l.from[i] < l.b.Len() {
		l.now.inline = append(l.now.inline, inline{n, l.from[i], l.b.Len()})
	}
	_, after := n.marks()
	l.b.WriteString(after)
}

// marks gives the characters that do what the direction of an inline element
// does.
func (n *node) marks() (before, after string) {
	d := n.said()
	if n.name == "bdo" {
		switch d {
		case "ltr":
			return lri + lro, pdf + pdi
		case "rtl":
			return rli + rlo, pdf + pdi
		}
	}
	switch d {
	case "ltr":
		return lri, pdi
	case "rtl":
		return rli, pdi
	case "auto":
		return fsi, pdi
	}
	return "", ""
}

func (l *layer) children(n *node) {
	for _, c := range n.children {
		l.node(c)
	}
}

func (l *layer) node(n *node) {
	switch {
	case n.name == textNode:
		l.text(n)
	case holds("script style template head noscript datalist", n.name):
	case n.name == "br":
		l.b.WriteString("\n")
	case holds("img input video audio canvas iframe object embed meter progress svg math", n.name):
		l.b.WriteString(object)
	case blocks[n.name] || n.name == "button":
		l.flush()
		outer, open, from := l.now.block, l.open, l.from
		l.open, l.from = nil, nil
		l.begin(n)
		l.children(n)
		l.flush()
		l.open, l.from = open, from
		l.begin(outer)
		for i, o := range l.open {
			l.from[i] = l.enter(o)
		}
	default:
		l.open, l.from = append(l.open, n), append(l.from, l.enter(n))
		l.children(n)
		last := len(l.open) - 1
		l.leave(last)
		l.open, l.from = l.open[:last], l.from[:last]
	}
}

// text adds a text; line ends in the file are spaces but in <pre>.
func (l *layer) text(n *node) {
	l.now.pieces = append(l.now.pieces, piece{l.b.Len(), n})
	if n.up("pre textarea") != nil {
		l.b.WriteString(n.text)
		return
	}
	for i := range len(n.text) {
		switch c := n.text[i]; c {
		case '\n', '\t', '\r', '\f':
			l.b.WriteByte(' ')
		default:
			l.b.WriteByte(c)
		}
	}
}

// offset gives the place in the file of byte i of the line.
func (l *line) offset(i int) int {
	k := sort.Search(len(l.pieces), func(k int) bool { return l.pieces[k].at > i }) - 1
	if k < 0 {
		k = 0
	}
	return l.pieces[k].node.inside(i - l.pieces[k].at)
}

// within gives the innermost element around byte i of the line that f likes,
// nil if none.
func (l *line) within(i int, f func(n *node) bool) *node {
	var best *inline
	for k := range l.inline {
		if e := &l.inline[k]; e.start <= i && i < e.end && f(e.node) && (best == nil || e.end-e.start < best.end-best.start) {
			best = e
		}
	}
	if best == nil {
		return nil
	}
	return best.node
}

// mixed says whether anything in the line may run from the right: whether its
// order is worth a look.
func (l *line) mixed() bool {
	return l.dir == lang.RTL || strings.Contains(l.text, rli) || firstWhere(l.text, isRTL) >= 0
}

// isRTL covers letters of right-to-left scripts.
func isRTL(r rune) bool {
	return r >= 0x590 && lang.FirstStrong(string(r)) == lang.RTL
}

// places gives for each byte of text where its character is shown, counted from
// the left; -1 for what is not shown.
func places(text string, dir lang.Direction) []int {
	levels := lang.Levels(text, dir)
	at := make([]int, len(levels)) // by character
	for i := range at {
		at[i] = -1
	}
	for place, i := range lang.VisualOrder(levels) {
		at[i] = place
	}
	list := make([]int, len(text)+1)
	k, i := 0, 0
	for i < len(text) {
		_, size := utf8.DecodeRuneInString(text[i:])
		for j := range size {
			list[i+j] = at[k]
		}
		i += size
		k++
	}
	list[len(text)] = -1
	return list
}

// upright says whether the characters of text[start:end] are shown one beside
// the other, in their order from the left. Isolates among them do not count.
func upright(place []int, text string, start, end int) bool {
	last := -1
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if at := place[i]; at >= 0 && !isControl(r) {
			if last >= 0 && at != last+1 {
				return false
			}
			last = at
		}
		i += size
	}
	return true
}

// isControl covers the characters that only direct others.
func isControl(r rune) bool {
	return r == 0x200E || r == 0x200F || r == 0x061C || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
