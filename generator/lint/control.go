package lint

import (
	"path"
	"strings"
	"unicode"

	"mihbara/generator/diag"
)

var controlRules = []Rule{
	{"H1", "no embedding or override stands in text", diag.Error, noEmbeddings},
	{"H2", "isolates are closed in the block that opens them", diag.Error, isolatesEndWithTheirBlock},
	{"H3", "code shows control characters and does not obey them", diag.Error, codeHidesNothing},
	{"H4", "no invisible character stands in text that spells nothing", diag.Warning, noInvisibleCharacters},
	{"H6", "names of files, ids and addresses hold no invisible character", diag.Error, namesAreVisible},
}

func isEmbedding(r rune) bool { return r >= 0x202A && r <= 0x202E }

// bodyTexts calls f for each text that is shown.
func (p *page) bodyTexts(f func(n *node, code bool)) {
	for _, n := range p.nodes {
		if n.name == textNode && n.parent.up("script style template head title noscript") == nil {
			f(n, n.parent.up("pre code kbd samp") != nil)
		}
	}
}

func noEmbeddings(p *page, say say) {
	p.bodyTexts(func(n *node, code bool) {
		if i := firstWhere(n.text, isEmbedding); i >= 0 && !code {
			say(n.inside(i), "take it out, and isolate what needs it with <bdi>", "the text holds the control %U", runeAt(n.text, i))
		}
	})
}

func isolatesEndWithTheirBlock(p *page, say say) {
	// The isolates of markup are in the lines too, and always even.
	for i := range p.lines {
		l := &p.lines[i]
		if at := l.uneven(); at >= 0 && l.block.up("pre code textarea") == nil {
			say(l.offset(at), "close it by U+2069, or better use <bdi>", "an isolate is open at the end of its block, or closed without being opened")
		}
	}
}

// uneven gives where an isolate of the line begins that does not end, or ends
// that did not begin; -1 if all is even.
func (l *line) uneven() int {
	var open []int
	for at, r := range l.text {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			open = append(open, at)
		case r == 0x2069 && len(open) == 0:
			return at
		case r == 0x2069:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return open[0]
	}
	return -1
}

func codeHidesNothing(p *page, say say) {
	p.bodyTexts(func(n *node, code bool) {
		if i := firstWhere(n.text, func(r rune) bool { return isEmbedding(r) || r >= 0x2066 && r <= 0x2069 }); i >= 0 && code {
			say(n.inside(i), "show its name instead: U+202E", "the code holds the control %U, which may show it in another order than it runs", runeAt(n.text, i))
		}
	})
}

func noInvisibleCharacters(p *page, say say) {
	p.bodyTexts(func(n *node, code bool) {
		for i, r := range n.text {
			if !isUseless(r) || r == 0x200B && besideWordsWithoutSpaces(n.text, i) {
				continue
			}
			say(n.inside(i), "take it out", "the text holds the invisible character %U", r)
			return
		}
	})
}

// isUseless covers what no script is spelt with: unlike ZWNJ, ZWJ, LRM and RLM.
func isUseless(r rune) bool {
	return r == 0x200B || r == 0xFEFF || r == 0x2028 || r == 0x2029 || r >= 0xE0000 && r <= 0xE007F
}

// besideWordsWithoutSpaces says whether a zero-width space stands between words
// of a script that parts them by nothing else.
func besideWordsWithoutSpaces(s string, i int) bool {
	before, after := strings.TrimRight(s[:i], "\u200b"), strings.TrimLeft(s[i:], "\u200b")
	if before == "" || after == "" {
		return true
	}
	tables := []*unicode.RangeTable{unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Han, unicode.Hiragana, unicode.Katakana}
	runes := []rune(before)
	return unicode.In(runes[len(runes)-1], tables...) || unicode.In(runeAt(after, 0), tables...)
}

// isInvisible covers controls and what has no width.
func isInvisible(r rune) bool {
	return isControl(r) || r >= 0x200B && r <= 0x200D || r == 0xFEFF || r == 0x00AD || r == 0x2060 || unicode.IsControl(r)
}

func namesAreVisible(p *page, say say) {
	if i := firstWhere(path.Base(p.name), isInvisible); i >= 0 {
		say(0, "rename it", "the name of the file holds %U", runeAt(path.Base(p.name), i))
	}
	p.elements("", func(n *node) {
		for _, key := range []string{"id", "name", "href", "src", "for"} {
			v := n.get(key)
			if n.name == "meta" {
				continue
			}
			if i := firstWhere(v, isInvisible); i >= 0 {
				say(n.offset, "take it out, or write - for it", "%s=%q holds %U, which nobody can type", key, v, runeAt(v, i))
			}
			if i := firstWhere(unescaped(v), isInvisible); i >= 0 && key != "id" && v != unescaped(v) {
				say(n.offset, "take it out, or write - for it", "%s=%q holds %U, which nobody can type", key, v, runeAt(unescaped(v), i))
			}
		}
	})
}
