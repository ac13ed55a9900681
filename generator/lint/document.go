package lint

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var documentRules = []Rule{
	{"D1", "the root element says its language and its direction, left to right too", diag.Error, rootSaysAll},
	{"D2", "a text is in the script that its language tag means, and its direction follows from that", diag.Error, scriptsAreThoseOfTheirTags},
	{"D3", "languages are written as BCP 47 tags that are in use", diag.Error, tagsAreInUse},
	{"D4", "an element's language and direction do not contradict each other", diag.Error, languageAndDirectionAgree},
	{"D5", "direction is said in markup, not in styles", diag.Warning, directionIsNotStyled},
	{"D6", "the file is UTF-8 and says so in its first 1024 bytes", diag.Error, fileIsUTF8},
	{"D7", "a text in another language than the frame of its page says so", diag.Warning, textsSayTheirLanguage},
	{"D8", "the words of the page itself are translated, or marked as English", diag.Warning, labelsAreTranslated},
	{"D9", "a text is in the language that is declared for it", diag.Warning, textIsInItsLanguage},
	{"D10", "structured data says the language of its article", diag.Warning, recordsSayTheirLanguage},
}

func rootSaysAll(p *page, say say) {
	if p.html == nil {
		if p.isDocument() {
			say(0, `begin the page with <html lang="…" dir="…">`, "there is no html element, so the page has no language and no direction")
		}
		return
	}
	if p.html.get("lang") == "" {
		what := "the html element has no language"
		if p.html.get("xml:lang") != "" {
			what += "; xml:lang is not read in HTML"
		}
		say(p.html.offset, `write <html lang="ar">, say`, "%s", what)
	}
	if d := p.html.said(); d != "ltr" && d != "rtl" {
		hint := `write dir="ltr" or dir="rtl"`
		if body := p.first("body"); body != nil && body.said() != "" {
			hint += "; that of body does not reach the title and the scroll bars"
		}
		say(p.html.offset, hint, "the html element has no direction")
	}
}

// isDocument says whether the file is a whole page and not a piece of one.
func (p *page) isDocument() bool {
	return p.first("head body") != nil || bytes.Contains(bytes.ToLower(p.data[:min(len(p.data), 512)]), []byte("<!doctype"))
}

// first gives the first element of those names, nil if there is none.
func (p *page) first(names string) *node {
	i := slices.IndexFunc(p.nodes, func(n *node) bool { return n.name != textNode && holds(names, n.name) })
	if i < 0 {
		return nil
	}
	return p.nodes[i]
}

// renamed are the codes of languages that have another one now.
var renamed = map[string]string{"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr-Latn", "jw": "jv"}

func tagsAreInUse(p *page, say say) {
	p.elements("", func(n *node) {
		v, ok := n.attr("lang")
		if ok && v != "" {
			if what, hint := tagFault(v); what != "" {
				say(n.offset, hint, "lang=%q %s", v, what)
			}
		}
	})
}

// tagFault says what is wrong with a language tag, "" if nothing is.
func tagFault(v string) (what, hint string) {
	if strings.Contains(v, "_") {
		return "has an underscore, which browsers do not read", "write " + strings.ReplaceAll(v, "_", "-")
	}
	base, _, _ := strings.Cut(strings.ToLower(v), "-")
	if now := renamed[base]; now != "" {
		return "is a code that was replaced", "write " + now
	}
	if _, err := lang.ParseTag(v); err != nil {
		return "is no language", "write a BCP 47 tag: ar, fa, ckb, zh-Hans"
	}
	return "", ""
}

func languageAndDirectionAgree(p *page, say say) {
	p.elements("", func(n *node) {
		d := n.said()
		t, err := lang.ParseTag(n.get("lang"))
		if d != "ltr" && d != "rtl" || n.get("lang") == "" || err != nil || lang.ScriptOf(t) == "Zyyy" {
			return
		}
		if want := lang.DirectionOf(t); string(want) != d {
			say(n.offset, "write dir="+string(want)+", or the language and script that the text is in", "lang=%q is written %s, but dir is %s", t, inWords(want), d)
		}
	})
}

func inWords(d lang.Direction) string {
	if d == lang.RTL {
		return "from right to left"
	}
	return "from left to right"
}

// The lookbehind that Go's expressions lack is the character before.
var styledDirection = regexp.MustCompile(`(?i)(?:^|[;{\s/])(direction|unicode-bidi)\s*:\s*([a-z-]+)`)

func directionIsNotStyled(p *page, say say) {
	p.styles(func(css string, at func(i int) int) {
		for _, m := range styledDirection.FindAllStringSubmatchIndex(css, -1) {
			property, value := strings.ToLower(css[m[2]:m[3]]), strings.ToLower(css[m[4]:m[5]])
			if property == "unicode-bidi" && (value == "isolate" || value == "plaintext" || value == "normal") {
				continue // takes nothing from the markup
			}
			say(at(m[2]), "write dir on the element: without the style sheet, in a reader or a feed, it is lost", "%s is set by a style", property)
		}
	})
}

// styles calls f with each style of the page, and with a function that gives
// where its byte i stands in the file; of a style attribute that is its tag.
func (p *page) styles(f func(css string, at func(i int) int)) {
	for _, n := range p.nodes {
		switch {
		case n.name == textNode && n.parent.name == "style":
			f(withoutComments(n.text), n.inside)
		case n.name != textNode && n.get("style") != "":
			f(n.get("style"), func(int) int { return n.offset })
		}
	}
}

// withoutComments gives a style sheet with spaces for its comments, so that all
// else keeps its place.
func withoutComments(css string) string {
	b := []byte(css)
	for i := 0; i < len(b); {
		start := bytes.Index(b[i:], []byte("/*"))
		if start < 0 {
			break
		}
		start += i
		end := len(b)
		if n := bytes.Index(b[start+2:], []byte("*/")); n >= 0 {
			end = start + 2 + n + 2
		}
		for k := start; k < end; k++ {
			if b[k] != '\n' {
				b[k] = ' '
			}
		}
		i = end
	}
	return string(b)
}

var charset = regexp.MustCompile(`(?i)<meta[^>]+charset\s*=\s*["']?\s*([^"'\s/>;]+)`)

func fileIsUTF8(p *page, say say) {
	if !utf8.Valid(p.data) {
		i := bytes.IndexFunc(p.data, func(r rune) bool { return r == utf8.RuneError })
		say(max(i, 0), "save the file as UTF-8", "there are bytes that are not UTF-8")
		return
	}
	if !p.isDocument() || bytes.HasPrefix(p.data, []byte("\ufeff")) {
		return
	}
	m := charset.FindSubmatchIndex(p.data)
	switch {
	case m == nil:
		say(0, `write <meta charset="utf-8"> first in the head`, "the page does not say that it is UTF-8")
	case !strings.EqualFold(string(p.data[m[2]:m[3]]), "utf-8"):
		say(m[0], `write <meta charset="utf-8">`, "the page says that it is %s", p.data[m[2]:m[3]])
	case m[1] > 1024:
		say(m[0], "put it first in the head", "the page says that it is UTF-8 after its first 1024 bytes")
	}
}

// enoughText is how many characters a block has whose language is told from its
// letters alone.
const enoughText = 60

func textIsInItsLanguage(p *page, say say) {
	known := lang.Known()
	_, framed := p.framedIn() // which D7 tells
	type text struct {
		from *node
		b    strings.Builder
		page bool
	}
	var all []*text
	by := map[*node]*text{}
	for i := range p.lines {
		l := &p.lines[i]
		root := l.block
		for root != nil && root.get("lang") == "" {
			root = root.parent
		}
		if root == nil || l.block.up("nav footer aside pre code") != nil {
			continue
		}
		t := by[root]
		if t == nil {
			t = &text{from: root, page: root == p.html}
			by[root], all = t, append(all, t)
		}
		if l.block.name == "p" && (!t.page || len(l.text) > enoughText) && t.b.Len() < 1<<13 {
			t.b.WriteString(l.plain())
			t.b.WriteByte('\n')
		}
	}
	for _, t := range all {
		declared, err := lang.ParseTag(t.from.get("lang"))
		if t.page && framed || err != nil || utf8.RuneCountInString(t.b.String()) < enoughText {
			continue
		}
		if _, ok := lang.Match(declared, known); !ok {
			continue // of which the detector knows nothing
		}
		found, sure := lang.Detect(t.b.String())
		if !sure || strings.HasPrefix(string(found), "und") {
			continue
		}
		if _, same := lang.Match(declared, []lang.Tag{found}); !same {
			say(t.from.offset, "mark what is in another language with its lang and dir, or correct lang here", "lang=%q, but the text reads like %s", declared, found)
		}
	}
}
