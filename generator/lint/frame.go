package lint

import (
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// The frame of a page is what a site puts around its texts: menus, head, foot.
const framing = "nav header footer aside"

// languages gives the text of a page's paragraphs and of its frame, of what says
// no other language than the page.
func (p *page) languages() (body, frame string) {
	var b, f strings.Builder
	for i := range p.lines {
		l := &p.lines[i]
		if l.block.saidLanguage() != p.html || l.block.up("pre code") != nil {
			continue
		}
		to := &f
		if l.block.up(framing) == nil {
			if l.block.name != "p" || len(l.text) <= enoughText {
				continue
			}
			to = &b
		}
		if to.Len() < 1<<13 {
			to.WriteString(l.plain())
			to.WriteByte('\n')
		}
	}
	return b.String(), f.String()
}

// saidLanguage gives the element whose lang holds for n, nil if none does.
func (n *node) saidLanguage() *node {
	for n != nil && n.get("lang") == "" {
		n = n.parent
	}
	return n
}

// framedIn gives the language of a body that surely is in another language than
// the page says, while the frame around it is in that of the page.
func (p *page) framedIn() (found lang.Tag, ok bool) {
	if p.html == nil || p.html.get("lang") == "" {
		return "", false
	}
	declared, err := lang.ParseTag(p.html.get("lang"))
	if err != nil {
		return "", false
	}
	body, frame := p.languages()
	if utf8.RuneCountInString(body) < enoughText {
		return "", false
	}
	found, sure := lang.Detect(body)
	if !sure || strings.HasPrefix(string(found), "und") || same(declared, found) {
		return "", false
	}
	around, sure := lang.Detect(frame)
	return found, same(declared, around) || !sure && lang.ScriptOf(around) == lang.ScriptOf(declared) && lang.ScriptOf(found) != lang.ScriptOf(declared)
}

// same says whether two tags mean one language.
func same(a, b lang.Tag) bool {
	_, ok := lang.Match(a, []lang.Tag{b})
	return ok
}

func textsSayTheirLanguage(p *page, say say) {
	found, ok := p.framedIn()
	if !ok {
		return
	}
	at := p.first("main article")
	if at == nil {
		at = p.html
	}
	d := lang.DirectionOf(found)
	say(at.offset, `write lang="`+string(found)+`" dir="`+string(d)+`" on the element that holds the text`, "the frame of the page is in its language %s, but its text reads like %s and does not say so", p.html.get("lang"), found)
}

// untranslated are words of themes and systems in English that pages in other
// languages keep by oversight; sharedWords are those that languages of Latin
// letters have too, and count only where the page's letters are others.
var (
	untranslated = phrases("search|search...|search…|read more|continue reading|leave a comment|comments|comment|share|share this" +
		"|skip to content|skip to main content|table of contents|on this page|in this article|back to top|scroll to top|older posts|newer posts|older|newer" +
		"|previous|next|previous page|next page|previous post|next post|posted on|posted in|published on|published|last updated|updated on|edit this page|min read" +
		"|related posts|related articles|recent posts|all posts|subscribe|sign in|sign up|log in|login|log out|toggle navigation|toggle menu|open menu|close menu|close" +
		"|language|languages|select language|all rights reserved|footnotes|references|see also|copy|copy to clipboard|copied!|loading|loading...|page not found" +
		"|no results found|author|authors|written by|download|print|reply|submit|send|home page|about us|contact us|privacy policy|terms of service")
	sharedWords = phrases("menu|home|tags|archives|contact|about|categories|blog|posts")
)

func phrases(list string) map[string]bool {
	m := map[string]bool{}
	for phrase := range strings.SplitSeq(list, "|") {
		m[phrase] = true
	}
	return m
}

// labelled are the elements whose whole text is a word of the page's own.
const labelled = "a button label summary legend th h2 h3 h4 h5 span small option p li time strong b"

func labelsAreTranslated(p *page, say say) {
	report := func(n *node, where, text string) {
		t := n.language()
		base, _, _ := strings.Cut(string(t), "-")
		if t == "" || base == "en" {
			return
		}
		word := strings.ToLower(strings.Trim(strings.Join(strings.Fields(text), " "), " :»«→←›‹"))
		if untranslated[word] || sharedWords[word] && lang.ScriptOf(t) != "Latn" {
			say(n.offset, "translate it, or mark it with lang=\"en\" dir=\"ltr\"", "%s “%s” is English on a page in %s", where, strings.TrimSpace(text), t)
		}
	}
	p.elements("", func(n *node) {
		if n.name != "meta" {
			for _, key := range []string{"aria-label", "placeholder", "title"} {
				if v := n.get(key); v != "" {
					report(n, key, v)
				}
			}
		}
		if holds(labelled, n.name) && len(n.children) == 1 && n.children[0].name == textNode && n.up("pre code") == nil {
			report(n, "the label", n.children[0].text)
		}
	})
}
