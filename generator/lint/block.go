package lint

import (
	"regexp"
	"strings"
	"unicode"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var blockRules = []Rule{
	{"B1", "a block whose text runs the other way says its direction", diag.Error, blocksSayTheirDirection},
	{"B2", "direction is not left to the first letter where that misleads", diag.Error, autoDoesNotMislead},
	{"B3", "a list or table whose items all run the other way says so itself, so that its markers and columns move", diag.Warning, listsRunAsTheirItems},
	{"B4", "a quotation that runs the other way says so itself, so that its bar moves", diag.Warning, quotationsRunAsTheirText},
	{"B5", "a table of the other direction stands in an element of its own, so that it keeps its place", diag.Warning, tablesHaveTheirOwnPlace},
	{"B6", "table cells are aligned to start and end, not to left and right", diag.Warning, cellsHaveNoSides},
	{"B7", "preformatted code runs from left to right", diag.Error, codeRunsLeftToRight},
	{"B8", "inline code says its direction on a right-to-left page", diag.Error, inlineCodeSaysItsDirection},
	{"B10", "a block without letters inherits its direction", diag.Error, numbersInherit},
	{"B12", "the arrow of a footnote is one that may stand in either direction", diag.Warning, arrowsOfNotesStand},
}

// ownDirection is where rule B1 looks.
const ownDirection = "p h1 h2 h3 h4 h5 h6 li blockquote figcaption td th dt dd summary caption"

// plain gives the text of a line from which its direction is told: without
// isolates, code and addresses.
func (l *line) plain() string {
	hidden := make([]bool, len(l.text))
	for _, e := range l.inline {
		if e.node.said() != "" || holds("code kbd samp var tt", e.node.name) {
			for i := e.start; i < e.end; i++ {
				hidden[i] = true
			}
		}
	}
	var b strings.Builder
	for i, r := range l.text {
		switch {
		case isControl(r) || r == '\ufffc':
			b.WriteByte(' ')
		case !hidden[i]:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// texts calls f for each block of the names that likes with the text that it
// holds itself.
func (p *page) texts(names string, likes func(n *node) bool, f func(n *node, text string)) {
	for i := 0; i < len(p.lines); {
		block, first := p.lines[i].block, i
		for i < len(p.lines) && p.lines[i].block == block {
			i++
		}
		if block.name == "" || !holds(names, block.name) || !likes(block) {
			continue
		}
		var b strings.Builder
		for _, l := range p.lines[first:i] {
			b.WriteString(l.plain())
			b.WriteByte('\n')
		}
		f(block, b.String())
	}
}

// words counts the words of a text that hold a letter.
func words(text string) int {
	n := 0
	for _, w := range lang.Words(text) {
		if firstWhere(text[w.Start:w.End], unicode.IsLetter) >= 0 {
			n++
		}
	}
	return n
}

func blocksSayTheirDirection(p *page, say say) {
	p.texts(ownDirection, func(n *node) bool { return n.said() == "" }, func(n *node, text string) {
		in := n.direction()
		d := lang.TextDirection(text, "", in)
		// A single word or address is shown alike in both directions.
		if d == in || words(text) < 2 || !strings.Contains(strings.TrimSpace(text), " ") {
			return
		}
		say(n.offset, `write dir="`+string(d)+`" on it, and its lang`, "the text of <%s> runs %s, but the element inherits the other direction: %s", n.name, inWords(d), cut(text))
	})
}

// cut gives the beginning of a text, for a message.
func cut(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), 400)], "")
	return "“" + lang.Excerpt(lang.StripControls(text), 40) + "”"
}

func isAuto(n *node) bool { return n.said() == "auto" }

func autoDoesNotMislead(p *page, say say) {
	p.texts(ownDirection+" div", isAuto, func(n *node, text string) {
		in := lang.LTR
		if n.parent != nil {
			in = n.parent.direction()
		}
		first := n.direction()
		if d := lang.TextDirection(text, "", in); d != first && words(text) > 0 {
			say(n.offset, `write dir="`+string(d)+`"`, "dir=auto follows the first letter and turns %s %s", cut(text), inWords(first))
		}
	})
}

func listsRunAsTheirItems(p *page, say say) {
	p.elements("ul ol table", func(n *node) {
		want := lang.Direction("")
		if n.said() != "" || !n.allRunAgainst(n.direction(), &want) {
			return
		}
		say(n.offset, `write dir="`+string(want)+`" on it`, "all items of <%s> run %s, but it does not itself: its markers or columns stay on the other side", n.name, inWords(want))
	})
}

// allRunAgainst says whether n has two items or cells at least and all of them
// say the direction against in.
func (n *node) allRunAgainst(in lang.Direction, want *lang.Direction) bool {
	items := n.items()
	for _, c := range items {
		if d := c.said(); d != "ltr" && d != "rtl" || lang.Direction(d) == in || c.get("lang") != items[0].get("lang") {
			return false // names in several languages are no list in another one
		}
		*want = lang.Direction(c.said())
	}
	return len(items) > 1
}

// items gives the items of a list, the cells of a table.
func (n *node) items() []*node {
	var list []*node
	for _, c := range n.children {
		switch {
		case holds("li td th", c.name):
			list = append(list, c)
		case holds("thead tbody tfoot tr", c.name):
			list = append(list, c.items()...)
		}
	}
	return list
}

func quotationsRunAsTheirText(p *page, say say) {
	p.elements("blockquote", func(n *node) {
		if n.said() != "" {
			return
		}
		in, want, found := n.direction(), lang.Direction(""), false
		for _, c := range n.children {
			if c.name == textNode {
				if strings.TrimSpace(c.text) != "" {
					return
				}
				continue
			}
			if !blocks[c.name] {
				return
			}
			if c.name == "footer" {
				continue
			}
			want, found = c.direction(), true
			if want == in {
				return
			}
		}
		if found {
			say(n.offset, `write dir and lang on the blockquote`, "all of the quotation runs %s, but <blockquote> does not itself: its bar and margin stay on the other side", inWords(want))
		}
	})
}

var sided = regexp.MustCompile(`(?i)text-align\s*:\s*(left|right)`)

func cellsHaveNoSides(p *page, say say) {
	p.elements("td th col colgroup tr thead tbody", func(n *node) {
		side := strings.ToLower(n.get("align"))
		if m := sided.FindStringSubmatch(n.get("style")); m != nil {
			side = strings.ToLower(m[1])
		}
		if side == "left" || side == "right" {
			say(n.offset, "align to start or end by a class", "<%s> is aligned to the %s, whichever way the table runs", n.name, side)
		}
	})
}

func codeRunsLeftToRight(p *page, say say) {
	p.elements("pre", func(n *node) {
		if n.direction() == lang.LTR && strings.ToLower(n.get("dir")) != "auto" || n.holdsRTLText() {
			return
		}
		if n.lonely() { // <code dir="ltr"> holds all of it
			return
		}
		say(n.offset, `write <pre dir="ltr">`, "<pre> runs from right to left")
	})
}

// holdsRTLText says whether most words of n are right to left: a poem.
func (n *node) holdsRTLText() bool {
	return lang.TextDirection(n.content(), "", lang.LTR) == lang.RTL
}

// lonely says whether the only child of n is code that says it runs from the
// left.
func (n *node) lonely() bool {
	found := false
	for _, c := range n.children {
		switch {
		case c.name == textNode && strings.TrimSpace(c.text) == "":
		case !found && c.name == "code" && c.said() == "ltr":
			found = true
		default:
			return false
		}
	}
	return found
}

func inlineCodeSaysItsDirection(p *page, say say) {
	p.elements("code kbd samp", func(n *node) {
		if n.said() == "" && n.up("pre") == nil && n.parent.up("code kbd samp") == nil && n.direction() == lang.RTL {
			say(n.offset, `write <`+n.name+` dir="ltr">, or dir="auto" if it holds right-to-left letters`, "<%s> has no direction of its own on a right-to-left page: %s", n.name, cut(n.content()))
		}
	})
}

func numbersInherit(p *page, say say) {
	p.texts(ownDirection+" div", isAuto, func(n *node, text string) {
		if lang.FirstStrong(n.content()) == "" && strings.TrimSpace(text) != "" {
			say(n.offset, "leave dir out", "dir=auto without a letter turns %s from left to right", cut(text))
		}
	})
}

func arrowsOfNotesStand(p *page, say say) {
	p.elements("a", func(n *node) {
		text := strings.TrimRight(strings.TrimSpace(n.content()), "\ufe0e\ufe0f")
		if (text == "↩" || text == "↪" || text == "⏎") && n.direction() == lang.RTL {
			say(n.offset, "write ↑, or a picture that is mirrored", "the arrow %s points against the text that runs from right to left", text)
		}
	})
}
