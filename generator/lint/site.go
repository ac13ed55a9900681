package lint

import (
	"regexp"
	"strings"
	"unicode"
)

// A site is what the pages of a folder have in common that a style sheet of
// theirs must serve: a sheet alone does not say whose text it sets.
type site struct {
	joined   string // a page with letters that join, "" if there is none
	nastaliq string // a page in Urdu or Kashmiri
	rtl      string // a page with right-to-left letters
}

// note takes in what a page holds.
func (s *site) note(p *page) {
	for i := range p.lines {
		text := p.lines[i].text
		if s.rtl == "" && firstWhere(text, isRTL) >= 0 {
			s.rtl = p.name
		}
		if s.joined == "" && firstWhere(text, isJoined) >= 0 {
			s.joined = p.name
		}
		if s.rtl != "" && s.joined != "" {
			break
		}
	}
	if s.nastaliq == "" && p.html != nil && s.joined != "" {
		if base, _, _ := strings.Cut(string(p.html.language()), "-"); base == "ur" || base == "ks" {
			s.nastaliq = p.name
		}
	}
}

// general finds a selector that ends in an element which holds text of any
// language, whatever its class.
var general = regexp.MustCompile(`(?i)^(?:[^,]*[\s>+~])?(?:\*|html|body|:root|h[1-6]|p|a|li|ul|ol|nav|button|blockquote|th|td|dt|dd|label|article|main|section|figcaption|caption|header|footer)(?::(?:first|last|not|is|where|hover)[^,]*)?$`)

// apart finds a selector that names a language or direction, which its rule then
// serves and no other; program one for code, which has no language.
var (
	apart   = regexp.MustCompile(`(?i):lang\(|\[lang|\[dir|:dir\(|\.rtl\b|\.ltr\b`)
	program = regexp.MustCompile(`(?i)code|pre\b|kbd`)
)

// forAll gives the first part of a rule's selector that holds for text of any
// language, "" if each names a language, code or something of its own.
func forAll(selector string) string {
	for part := range strings.SplitSeq(selector, ",") {
		part = strings.TrimSpace(part)
		if general.MatchString(part) && !apart.MatchString(part) && !program.MatchString(part) {
			return part
		}
	}
	return ""
}

// settles says whether some rule of the sheet gives the property to languages or
// directions apart: whoever wrote it has thought of them.
func settles(list []cssRule, property string) bool {
	for i := range list {
		found := false
		if apart.MatchString(list[i].selector) {
			list[i].declared(func(p, _ string, _ int) { found = found || p == property })
		}
		if found {
			return true
		}
	}
	return false
}

// sheetFaults looks in a style sheet, or a style element, of a site with pages in
// right-to-left scripts for a property that is meant for Latin text and holds for
// all. of says what is wrong with a value, "" if nothing is.
func (p *page) sheetFaults(property string, of func(value string) string, say say, hint string) {
	if p.site == nil {
		return
	}
	for _, n := range p.nodes {
		if n.name != textNode || n.parent.name != "style" {
			continue
		}
		list := cssRules(withoutComments(n.text))
		if settles(list, property) {
			return
		}
		for i := range list {
			part := forAll(list[i].selector)
			if part == "" {
				continue
			}
			list[i].declared(func(name, value string, at int) {
				if name != property || strings.Contains(value, "var(") {
					return
				}
				if what := of(value); what != "" {
					say(n.inside(at), hint, "%s: %s of %q holds for all languages of the site, and %s", property, value, part, what)
				}
			})
		}
	}
}

// isLength says whether a value is a length other than none.
func isLength(value string) bool {
	value = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(value), "!important"))
	return strings.IndexFunc(value, func(r rune) bool { return r >= '1' && r <= '9' }) >= 0 && strings.IndexFunc(value, unicode.IsLetter) >= 0 || strings.HasSuffix(value, "%") && value != "0%"
}

// sheets checks the style sheets of a folder with what is known of its pages.
func (s *site) sheets(list []*page, skip []string) []Finding {
	var found []Finding
	for _, p := range list {
		if s.rtl != "" {
			p.site = s
		}
		found = append(found, p.check(skip)...)
	}
	return found
}
