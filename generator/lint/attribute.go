package lint

import (
	"regexp"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var attributeRules = []Rule{
	{"T1", "parts of a title or attribute in the other direction, and numbers with signs, are isolated by characters", diag.Warning, titlesAreIsolated},
	{"T2", "the title of a page begins in the page's direction", diag.Error, titlesDoNotMislead},
	{"T3", "isolates are closed inside the title or attribute that opens them", diag.Error, isolatesAreClosed},
	{"T4", "data that programs sort, search and compare holds no control characters", diag.Error, dataHoldsNoControls},
	{"T5", "a picture's description in the other direction says so", diag.Warning, descriptionsSayTheirDirection},
	{"T7", "translations are named by whole addresses, with the page itself and one default among them", diag.Error, alternatesAreWhole},
}

// A label is text that no markup can mark.
type label struct {
	what   string
	text   string
	offset int
	node   *node
}

// labels calls f for the title and the attributes that are shown or spoken.
func (p *page) labels(f func(l label)) {
	p.elements("", func(n *node) {
		switch n.name {
		case "title":
			if n.up("svg") == nil {
				f(label{"the title", n.content(), n.offset, n})
			}
			return
		case "meta":
			switch name := strings.ToLower(n.get("name") + n.get("property")); name {
			case "description", "og:title", "og:description", "og:site_name", "og:image:alt", "twitter:title", "twitter:description":
				f(label{"the property " + name, n.get("content"), n.offset, n})
			}
			return
		}
		for _, key := range []string{"alt", "title", "aria-label", "placeholder", "label"} {
			if v, ok := n.attr(key); ok && v != "" {
				f(label{key, v, n.offset, n})
			}
		}
	})
}

// parting is what stands between the parts of a title.
var parting = regexp.MustCompile(` [—–|·•»›-] | :: `)

func titlesAreIsolated(p *page, say say) {
	p.labels(func(l label) {
		in := l.node.direction()
		if what := inPlainText(l.text, in); what != "" {
			say(l.offset, "put it between U+2066 and U+2069", "in %s, %s", l.what, what)
			return
		}
		if strings.ContainsAny(l.text, lri+rli+fsi) {
			return
		}
		parts := parting.Split(l.text, -1)
		if len(parts) < 2 {
			return
		}
		for _, part := range parts {
			if d := lang.TextDirection(part, "", in); d != in && lang.FirstStrong(part) != "" {
				say(l.offset, "put each part between U+2068 and U+2069", "%s has parts in both directions, which are shown in the wrong order: %s", l.what, cut(part))
				return
			}
		}
	})
}

func titlesDoNotMislead(p *page, say say) {
	if p.html == nil || p.html.said() == "" && p.html.direction() == lang.LTR && p.html.get("lang") == "" {
		return // D1 asks for a language and direction first
	}
	in := p.html.direction()
	p.elements("title", func(n *node) {
		if n.up("svg") != nil {
			return
		}
		if d := lang.FirstStrong(n.content()); d != "" && d != in {
			say(n.offset, "begin it with "+markOf(in), "the title begins with a letter that turns it %s: %s", inWords(d), cut(n.content()))
		}
	})
}

func isolatesAreClosed(p *page, say say) {
	p.labels(func(l label) {
		open := 0
		for _, r := range l.text {
			switch {
			case r >= 0x202A && r <= 0x202E:
				say(l.offset, "use isolates, U+2066 to U+2069", "%s holds the control %U, which reaches beyond its part", l.what, r)
				return
			case r >= 0x2066 && r <= 0x2068:
				open++
			case r == 0x2069:
				open--
			}
			if open < 0 {
				break
			}
		}
		if open != 0 {
			say(l.offset, "close each of U+2066, U+2067 and U+2068 by U+2069", "%s opens and closes isolates unevenly", l.what)
		}
	})
}

func descriptionsSayTheirDirection(p *page, say say) {
	p.elements("img area", func(n *node) {
		alt := n.get("alt")
		if alt == "" || n.said() != "" || words(alt) < 2 {
			return
		}
		in := n.direction()
		if d := lang.TextDirection(alt, "", in); d != in {
			say(n.offset, "write lang and dir on the <"+n.name+">: they hold for its description", "the description %s runs %s", cut(alt), inWords(d))
		}
	})
}

func alternatesAreWhole(p *page, say say) {
	var list []*node
	canonical := ""
	p.elements("link", func(n *node) {
		rel := strings.ToLower(n.get("rel"))
		switch {
		case holds(rel, "canonical"):
			canonical = n.get("href")
		case holds(rel, "alternate") && n.get("hreflang") != "" && n.get("type") == "":
			list = append(list, n)
		}
	})
	if len(list) == 0 {
		return
	}
	seen, self := map[string]bool{}, false
	for _, n := range list {
		tag, href := n.get("hreflang"), n.get("href")
		self = self || href == canonical
		switch {
		case seen[tag]:
			say(n.offset, "leave one of them", "hreflang=%q is named twice", tag)
		case !strings.HasPrefix(href, "https://") && !strings.HasPrefix(href, "http://"):
			say(n.offset, "write the whole address", "the translation %q is not a whole address: %s", tag, href)
		case tag != "x-default":
			if what, hint := tagFault(tag); what != "" {
				say(n.offset, hint, "hreflang=%q %s", tag, what)
			}
		}
		seen[tag] = true
	}
	if !seen["x-default"] {
		say(list[0].offset, `add <link rel="alternate" hreflang="x-default" href="…">`, "no translation is named as the default")
	}
	if canonical != "" && !self {
		say(list[0].offset, "name the page's own address among them", "the page is not among its own translations")
	}
}
