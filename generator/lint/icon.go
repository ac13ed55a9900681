package lint

import (
	"regexp"
	"strings"
	"unicode"

	"mihbara/generator/lang"
)

// pointing finds the name of a picture that points to a side, in a class, the
// address of a picture or the id that <use> draws.
var pointing = regexp.MustCompile(`(?i)(?:arrow|chevron|caret|angle|triangle|navigate|keyboard_arrow|pointer|point|hand)(?:s|-circle|-square|-double|-long|-bar)?[-_]?(left|right)|(left|right)[-_](?:arrow|chevron|caret|angle)|(?:^|[-_/ ])(arrow_forward|arrow_back|chevron_right|chevron_left|navigate_next|navigate_before)`)

// turning finds the names by which themes say that a picture is turned.
var turning = regexp.MustCompile(`(?i)mirror|flip|rtl|scale-x|rotate-180`)

// ways are the words for where a link leads: forward or back.
var (
	forward  = regexp.MustCompile(`(?i)(?:^|[-_ ])(?:next|newer|forward|more|continue|breadcrumbs?|separator)(?:$|[-_ ])`)
	backward = regexp.MustCompile(`(?i)(?:^|[-_ ])(?:prev|previous|older|back|return)(?:$|[-_ ])`)
)

// iconName gives the name of the picture that n draws, "" if it draws none.
func (n *node) iconName() string {
	switch n.name {
	case "use":
		return n.get("href") + " " + n.get("xlink:href")
	case "img", "svg", "i", "span":
		name := n.get("class") + " " + n.get("src") + " " + n.get("data-icon") + " " + n.get("data-lucide") + " " + n.get("data-feather")
		if holds("i span", n.name) && len(n.children) == 1 && n.children[0].name == textNode {
			name += " " + strings.TrimSpace(n.children[0].text) // the letters of an icon font
		}
		return name
	}
	return ""
}

func iconsTurnWithThePage(p *page, say say) {
	p.elements("use img svg i span", func(n *node) {
		name := n.iconName()
		m := pointing.FindStringSubmatch(name)
		if m == nil || n.direction() != lang.RTL || turning.MatchString(name) {
			return
		}
		side := strings.ToLower(m[1] + m[2] + m[3])
		if strings.HasSuffix(side, "forward") || strings.HasSuffix(side, "next") {
			side = "right"
		} else if strings.HasSuffix(side, "back") || strings.HasSuffix(side, "before") {
			side = "left"
		} else if strings.HasSuffix(side, "right") {
			side = "right"
		} else {
			side = "left"
		}
		way := n.leads()
		if way == "" || (way == "forward") != (side == "right") {
			return // it is the other one already
		}
		if n.isTurned() {
			return
		}
		say(n.offset, "turn it by :dir(rtl), or draw the other one", "the picture %q leads %s, but points to the %s on a page that is read from the right", strings.TrimSpace(m[0]), way, side)
	})
}

// leads says whether the link or list around a picture leads forward or back, ""
// if it does not say so.
func (n *node) leads() string {
	for m, steps := n.parent, 0; m != nil && steps < 4; m, steps = m.parent, steps+1 {
		rel, class := strings.ToLower(m.get("rel")), m.get("class")+" "+m.get("aria-label")
		switch {
		case holds(rel, "next"), forward.MatchString(class):
			return "forward"
		case holds(rel, "prev"), backward.MatchString(class):
			return "back"
		}
	}
	return ""
}

// isTurned says whether n or something around it is turned by its own style or
// by the name of its class.
func (n *node) isTurned() bool {
	for m, steps := n, 0; m != nil && steps < 3; m, steps = m.parent, steps+1 {
		if turning.MatchString(m.get("class")) || mirrored.MatchString(m.get("style")) {
			return true
		}
	}
	return false
}

var (
	mirrored = regexp.MustCompile(`(?i)(?:^|[;\s])(?:-webkit-)?(?:transform\s*:[^;]*(?:scaleX\(\s*-1\s*\)|rotateY\(\s*180deg\s*\)|scale\(\s*-1\s*,\s*1\s*\)|matrix\(\s*-1)|scale\s*:\s*-1(?:\s+1)?\s*(?:;|$))`)
	fromRTL  = regexp.MustCompile(`(?i)\[dir=["']?rtl["']?\]|:dir\(rtl\)|\.rtl\b|html\[lang\|?="?(?:ar|he|fa|ur)`)
	// every finds a selector that ends in all pictures of a kind.
	every = regexp.MustCompile(`(?i)(?:^|[\s>+~])(?:\*|svg|img|i|video|picture|canvas|\.icons?|\.fa|\.fas|\.fab|\.far|\.bi|\.material-icons|\.glyphicon|\.svg-icon)$`)
	// upright finds names of what looks the same for all readers.
	fixed = regexp.MustCompile(`(?i)(?:^|[-_./ ])(?:clock|time|play|pause|stop|rewind|fast-forward|search|magnif\w*|logo|brand|check(?:mark)?|tick|phone|camera|mic(?:rophone)?|headphones?|download|upload|slash|github|twitter|facebook|youtube|telegram|whatsapp|instagram|rss)(?:$|[-_./ ])`)
)

func iconsThatStandDoNotTurn(p *page, say say) {
	p.rules(func(r cssRule, n *node, at func(i int) int) {
		if n != nil {
			if name := n.iconName(); mirrored.MatchString(r.body) && fixed.MatchString(name) {
				say(n.offset, "leave it as it is drawn", "the picture %q is turned round; clocks, signs of players, search and logos look alike in both directions", strings.TrimSpace(name))
			}
			return
		}
		if !mirrored.MatchString(";" + strings.Join(strings.Fields(r.body), " ")) {
			return
		}
		for selector := range strings.SplitSeq(r.selector, ",") {
			selector = strings.TrimSpace(selector)
			if !fromRTL.MatchString(selector) {
				continue
			}
			last := fromRTL.ReplaceAllString(selector, "")
			if every.MatchString(" "+strings.TrimSpace(last)) || fixed.MatchString(last) {
				say(at(r.at), "turn only what points somewhere: arrows, chevrons, a reply", "%s turns round what must not turn in text from the right: clocks, signs of players, search, logos", selector)
			}
		}
	})
}

// pagersBeginWithThePrevious looks for links to the next page that stand before
// those to the previous one: in both directions the way back is where lines begin.
func pagersBeginWithThePrevious(p *page, say say) {
	next, prev := map[*node]*node{}, map[*node]bool{} // by what holds both
	p.elements("a", func(n *node) {
		rel := strings.ToLower(n.get("rel"))
		isNext := holds(rel, "next")
		if !isNext && !holds(rel, "prev") {
			return
		}
		for m, steps := n.parent, 0; m != nil && steps < 3; m, steps = m.parent, steps+1 {
			switch before := next[m]; {
			case isNext && !prev[m] && before == nil:
				next[m] = n
			case !isNext && !prev[m] && before != nil:
				say(before.offset, "put the link to the previous page first; its place follows the direction of the page", "the link to the next page stands before the one to the previous: %s", cut(strings.TrimFunc(before.content(), unicode.IsSpace)))
				prev[m] = true
				return
			case !isNext:
				prev[m] = true
			}
		}
	})
}
