package lang

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// The Unicode Bidirectional Algorithm (UAX #9), as browsers apply it: what is
// shown where on a line. Pages are not drawn with it; it tells whether a text
// will be shown as it was meant ([VisualOrder]), without a browser.
//
// The properties of characters are those of x/text, whose own algorithm cannot
// be given a base direction and does not pair brackets. The rules stand here
// (P, X, I, L) and in sequence.go (X10, W, N); their names are those of UAX #9.

// A Level is the embedding level of a character: even from left to right, odd
// from right to left.
type Level int8

// NoLevel is the level of characters that only direct others and are never
// shown (rule X9): embeddings, overrides, their ends, and boundary neutrals such
// as the soft hyphen.
const NoLevel Level = -1

// maxDepth is the deepest embedding (BD2).
const maxDepth = 125

// Levels gives the level of each character (rune) of text, of which each
// paragraph is shown on one line. base is the direction of the paragraphs; ""
// lets the first strong character of each decide (P2, P3), and the left where
// there is none. A byte that is not UTF-8 is a character without direction.
func Levels(text string, base Direction) []Level {
	p := newParagraph(text)
	levels := make([]Level, len(p.runes))
	for start := 0; start < len(p.runes); {
		end := start
		for end < len(p.runes) && p.classes[end] != bidi.B {
			end++
		}
		if end < len(p.runes) {
			end++ // P1: the separator ends its paragraph
		}
		part := paragraph{runes: p.runes[start:end], classes: p.classes[start:end]}
		part.resolve(base, levels[start:end])
		start = end
	}
	return levels
}

// FirstStrong gives the direction of the first character of text that has one,
// directional marks among them, "" if none has. It looks into isolates too, as
// dir="auto" and the title bars of browsers do.
func FirstStrong(text string) Direction {
	for _, r := range text {
		switch classOf(r) {
		case bidi.L:
			return LTR
		case bidi.R, bidi.AL:
			return RTL
		}
	}
	return ""
}

// VisualOrder gives the indices of levels in the order in which their
// characters are shown on one line, the leftmost first (L2). What has no level
// is left out.
func VisualOrder(levels []Level) []int {
	order := make([]int, 0, len(levels))
	highest, lowestOdd := Level(0), Level(maxDepth+2)
	for i, l := range levels {
		if l == NoLevel {
			continue
		}
		order = append(order, i)
		highest = max(highest, l)
		if l%2 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for l := highest; l >= lowestOdd; l-- {
		for i := 0; i < len(order); i++ {
			start := i
			for i < len(order) && levels[order[i]] >= l {
				i++
			}
			for a, b := start, i-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
		}
	}
	return order
}

// A paragraph is a text between paragraph separators.
type paragraph struct {
	runes   []rune
	classes []bidi.Class // as they are, before any rule

	match    []int // of an isolate's beginning its PDI, of a PDI its beginning; else unmatched (BD9)
	level    Level // of the paragraph
	levels   []Level
	resolved []bidi.Class // after the rules so far
}

// unmatched stands in match where nothing matches.
const unmatched = -1

func newParagraph(text string) *paragraph {
	n := utf8.RuneCountInString(text)
	p := &paragraph{runes: make([]rune, 0, n), classes: make([]bidi.Class, 0, n)}
	for _, r := range text {
		p.runes = append(p.runes, r)
		p.classes = append(p.classes, classOf(r))
	}
	return p
}

// classOf gives the bidirectional class of a character.
func classOf(r rune) bidi.Class {
	props, _ := bidi.LookupRune(r)
	return props.Class()
}

// resolve writes the level of each character.
func (p *paragraph) resolve(base Direction, levels []Level) {
	p.levels = levels
	p.resolved = append([]bidi.Class(nil), p.classes...)
	p.matchIsolates()
	switch base {
	case LTR:
		p.level = 0
	case RTL:
		p.level = 1
	default:
		p.level = p.firstStrong(0, len(p.classes))
	}
	p.explicit()
	for _, s := range p.sequences() {
		s.weak()
		s.brackets()
		s.neutral()
		s.implicit()
	}
	p.spaces()
}

func beginsIsolate(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// removed says whether X9 takes characters of the class out.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

// matchIsolates finds the PDI of each isolate (BD9).
func (p *paragraph) matchIsolates() {
	p.match = make([]int, len(p.classes))
	var open []int
	for i, c := range p.classes {
		p.match[i] = unmatched
		switch {
		case beginsIsolate(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			begin := open[len(open)-1]
			open = open[:len(open)-1]
			p.match[i], p.match[begin] = begin, i
		}
	}
}

// firstStrong gives the level that the first strong character of [from, to)
// outside isolates asks for (P2, P3).
func (p *paragraph) firstStrong(from, to int) Level {
	for i := from; i < to; i++ {
		switch c := p.classes[i]; {
		case c == bidi.L:
			return 0
		case c == bidi.R, c == bidi.AL:
			return 1
		case beginsIsolate(c):
			if p.match[i] == unmatched {
				return 0
			}
			i = p.match[i]
		}
	}
	return 0
}

// A status is what X1–X8 remember of an embedding, override or isolate that is
// open.
type status struct {
	level    Level
	override bidi.Class // L or R; ON for none
	isolate  bool
}

// explicit gives each character the level that embeddings, overrides and
// isolates put it at (X1–X8).
func (p *paragraph) explicit() {
	stack := append(make([]status, 0, maxDepth+2), status{p.level, bidi.ON, false})
	overflowIsolates, overflowEmbeddings, validIsolates := 0, 0, 0
	for i, c := range p.classes {
		top := stack[len(stack)-1]
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO: // X2–X5
			p.levels[i] = top.level
			next := status{nextLevel(top.level, c == bidi.RLE || c == bidi.RLO), bidi.ON, false}
			switch c {
			case bidi.RLO:
				next.override = bidi.R
			case bidi.LRO:
				next.override = bidi.L
			}
			if next.level <= maxDepth && overflowIsolates == 0 && overflowEmbeddings == 0 {
				stack = append(stack, next)
			} else if overflowIsolates == 0 {
				overflowEmbeddings++
			}
		case bidi.RLI, bidi.LRI, bidi.FSI: // X5a–X5c
			p.set(i, top)
			next := status{nextLevel(top.level, p.isRTLIsolate(i)), bidi.ON, true}
			if next.level <= maxDepth && overflowIsolates == 0 && overflowEmbeddings == 0 {
				validIsolates++
				stack = append(stack, next)
			} else {
				overflowIsolates++
			}
		case bidi.PDI: // X6a
			switch {
			case overflowIsolates > 0:
				overflowIsolates--
			case validIsolates > 0:
				overflowEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			p.set(i, stack[len(stack)-1])
		case bidi.PDF: // X7
			p.levels[i] = top.level
			switch {
			case overflowIsolates > 0:
			case overflowEmbeddings > 0:
				overflowEmbeddings--
			case !top.isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case bidi.B: // X8
			p.levels[i] = p.level
		case bidi.BN:
			p.levels[i] = top.level
		default: // X6
			p.set(i, top)
		}
	}
}

// set puts the character i where s says.
func (p *paragraph) set(i int, s status) {
	p.levels[i] = s.level
	if s.override != bidi.ON {
		p.resolved[i] = s.override
	}
}

// nextLevel gives the next level above of that direction.
func nextLevel(l Level, rtl bool) Level {
	if rtl {
		return (l + 1) | 1
	}
	return (l + 2) &^ 1
}

// isRTLIsolate tells the direction of the isolate that begins at i (X5c).
func (p *paragraph) isRTLIsolate(i int) bool {
	if p.classes[i] != bidi.FSI {
		return p.classes[i] == bidi.RLI
	}
	end := p.match[i]
	if end == unmatched {
		end = len(p.classes)
	}
	return p.firstStrong(i+1, end) == 1
}

// spaces gives white space before a separator and at the end of the line the
// level of the paragraph (L1), and takes that of what is not shown (X9).
func (p *paragraph) spaces() {
	trailing := true
	for i := len(p.classes) - 1; i >= 0; i-- {
		switch c := p.classes[i]; {
		case c == bidi.S, c == bidi.B:
			p.levels[i], trailing = p.level, true
		case removed(c):
			p.levels[i] = NoLevel
		case c == bidi.WS, beginsIsolate(c), c == bidi.PDI:
			if trailing {
				p.levels[i] = p.level
			}
		default:
			trailing = false
		}
	}
}
