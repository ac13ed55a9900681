package lint

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var dataRules = []Rule{
	{"O1", "the page asks no other host", diag.Warning, nothingComesFromElsewhere},
	{"Z1", "dates of one language are in one kind of digits", diag.Warning, datesHaveTheSameDigits},
	{"Z2", "attributes for machines have ASCII digits", diag.Error, machinesReadASCII},
	{"Z3", "separators and percent signs go with the digits", diag.Warning, separatorsGoWithTheirDigits},
	{"Z4", "what is counted has the form that its number takes", diag.Warning, countsHaveTheirForm},
	{"Z5", "lists in sentences are joined as their language does", diag.Warning, listsAreJoinedAsTheLanguageDoes},
	{"Z7", "months are named in the language, by one set of names, and by that of the region", diag.Warning, monthsAreThoseOfTheRegion},
	{"Z11", "languages are named in their own words, marked with their language, without flags", diag.Warning, languagesNameThemselves},
	{"Z12", "lists are sorted as their language does", diag.Warning, listsAreSortedAsTheLanguageDoes},
	{"Z15", "no part of an address is empty", diag.Error, addressesHaveNoHoles},
	{"Z16", "the id of a heading comes from its words, in any script", diag.Error, idsComeFromWords},
	{"Z17", "no Markdown is left beside quotation marks and letters", diag.Error, noMarkdownIsLeft},
}

func nothingComesFromElsewhere(p *page, say say) {
	own := ""
	p.elements("link", func(n *node) {
		if holds(strings.ToLower(n.get("rel")), "canonical") {
			own = hostOf(n.get("href"))
		}
	})
	p.elements("img script iframe source video audio embed link input track", func(n *node) {
		key := "src"
		if n.name == "link" {
			if rel := strings.ToLower(n.get("rel")); !holds(rel, "stylesheet") && !holds(rel, "icon") && !holds(rel, "preload") && !holds(rel, "preconnect") {
				return
			}
			key = "href"
		}
		if host := hostOf(n.get(key)); host != "" && host != own {
			say(n.offset, "keep a copy on the site itself", "<%s> asks the host %s, which learns who reads what", n.name, host)
		}
	})
}

// hostOf gives the host that an address names, "" if it names none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// unescaped gives a path without percent signs; what is not one stays.
func unescaped(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

func machinesReadASCII(p *page, say say) {
	p.elements("", func(n *node) {
		for _, key := range []string{"datetime", "width", "height", "start", "value", "colspan", "rowspan", "max", "min", "tabindex"} {
			if key == "value" && !holds("li meter progress data", n.name) {
				continue
			}
			v := n.get(key)
			if i := firstWhere(v, func(r rune) bool { return r >= 0x80 && unicode.IsDigit(r) }); i >= 0 {
				say(n.offset, "write 0 to 9", "%s=%q is for machines, which read ASCII digits only", key, v)
			}
		}
	})
}

func languagesNameThemselves(p *page, say say) {
	page := lang.Tag("")
	if p.html != nil {
		page = p.html.language()
	}
	p.elements("a option", func(n *node) {
		tag, err := lang.ParseTag(n.get("hreflang"))
		if n.get("hreflang") == "" || err != nil {
			return
		}
		text := strings.TrimSpace(n.content())
		if firstWhere(text, func(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }) >= 0 {
			say(n.offset, "write "+lang.For(tag).Name, "a flag stands for the language %s; it is that of a country", tag)
			return
		}
		l := lang.For(tag)
		switch {
		case tag == page:
		case strings.EqualFold(text, l.Name) && n.language() != tag && !n.partIsIn(tag):
			say(n.offset, `write lang="`+string(tag)+`" dir="`+string(l.Direction)+`" on it`, "%s is in another language than the page and does not say so", text)
		case page != "en" && text == l.English && text != l.Name:
			say(n.offset, "write "+l.Name, "the language %s is named in English: %s", tag, text)
		}
	})
}

// partIsIn says whether an element in n says that it is in the language t.
func (n *node) partIsIn(t lang.Tag) bool {
	for _, c := range n.children {
		if c.name != textNode && (c.language() == t || c.partIsIn(t)) {
			return true
		}
	}
	return false
}

func addressesHaveNoHoles(p *page, say say) {
	p.elements("a link", func(n *node) {
		const key = "href"
		u, err := url.Parse(n.get(key))
		if err != nil || u.Opaque != "" || u.Host == "" && strings.HasPrefix(n.get(key), "//") || holds(strings.ToLower(n.get("rel")), "stylesheet") {
			return
		}
		if own := u.Host == "" || p.isOwn(u.Host); own && (strings.Contains(u.Path, "//") || strings.Contains(u.Path, "/-/")) {
			say(n.offset, "give what has no Latin letters a name in its own", "the address %s has a part without a name", n.get(key))
		}
	})
}

// isOwn says whether host is the one of the page's canonical address.
func (p *page) isOwn(host string) bool {
	for _, n := range p.nodes {
		if n.name == "link" && holds(strings.ToLower(n.get("rel")), "canonical") {
			return strings.EqualFold(hostOf(n.get("href")), host)
		}
	}
	return false
}

// wordless are ids that a program makes where it knows no letter of a heading.
var wordless = regexp.MustCompile(`(?i)^(?:(?:heading|header|section|title|h[1-6]?|id|user-content)?[-_]*[0-9]*|[-_0-9]+)$`)

func idsComeFromWords(p *page, say say) {
	p.elements("h1 h2 h3 h4 h5 h6", func(n *node) {
		id, ok := n.attr("id")
		if !ok || !wordless.MatchString(id) || firstWhere(n.content(), isOtherLetter) < 0 {
			return
		}
		say(n.offset, "make it of the heading's own letters", "the id %q says nothing of the heading %s", id, cut(n.content()))
	})
}

// isOtherLetter covers letters outside ASCII.
func isOtherLetter(r rune) bool { return r >= 0x80 && unicode.IsLetter(r) }

var leftover = regexp.MustCompile(`\*\*[«"“„(\[]?\p{L}[^*\n]*\*\*`)

func noMarkdownIsLeft(p *page, say say) {
	for i := range p.lines {
		l := &p.lines[i]
		if l.block.up("pre textarea code") != nil {
			continue
		}
		if m := leftover.FindStringIndex(l.text); m != nil && l.within(m[0], func(n *node) bool { return holds("code kbd samp", n.name) }) == nil {
			say(l.offset(m[0]), "write <strong>, or a Markdown that knows letters beside quotation marks", "the text shows its Markdown: %s", cut(l.text[m[0]:m[1]]))
		}
		l.cutAddresses(say)
	}
}

// cutAddresses finds links that end in the middle of their address, at the first
// letter outside ASCII.
func (l *line) cutAddresses(say say) {
	for _, e := range l.inline {
		text := l.text[e.start:e.end]
		if e.node.name != "a" || !strings.Contains(text, "://") {
			continue
		}
		rest := strings.TrimLeft(l.text[e.end:], pdi)
		if rest != "" && isOtherLetter(runeAt(rest, 0)) && strings.HasSuffix(text, "/") {
			say(e.node.offset, "link the whole address", "the link ends in the middle of its address: %s", cut(text+rest))
		}
	}
}
