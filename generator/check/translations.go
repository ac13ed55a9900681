package check

import (
	"slices"
	"strings"

	"mihbara/generator/diag"
)

// translations is what a page says of its translations.
type translations struct {
	language string
	links    []translation // without x-default
	fallback string        // file of x-default, "" for none
	self     bool          // it names itself
	aside    bool          // redirects and pages with another canonical address are no part of it
}

type translation struct {
	language, file string
	from           diag.Position
}

// translations reads the alternates of a page, and reports what is wrong with
// them without looking at other pages.
func (c *checker) translations(p string, doc *document, at func(int) diag.Position) *translations {
	t := &translations{language: doc.language, aside: doc.redirect}
	if doc.canonical != "" {
		if to := c.site.resolve(p, doc.canonical); to.external || to.file != p {
			t.aside = true
		}
	}
	named := map[string]string{}
	for _, a := range doc.alternates {
		to := c.site.resolve(p, a.dest)
		if to.external || to.outside || to.invalid || !c.files[to.file] {
			continue // elsewhere, or reported as a dead link
		}
		key := strings.ToLower(a.language)
		if other, ok := named[key]; ok && other != to.file {
			c.errorf(at(a.offset), "two translations into %s: %s and %s", a.language, other, to.file)
			continue
		}
		named[key] = to.file
		if key == "x-default" { // a page where one chooses a language may be only this
			t.fallback = to.file
			continue
		}
		t.self = t.self || to.file == p
		t.links = append(t.links, translation{a.language, to.file, at(a.offset)})
	}
	if len(t.links) > 0 && !t.self && !t.aside && t.fallback != p {
		c.problems = append(c.problems, diag.Errorf(diag.Position{File: p}, "names its translations but not itself").
			WithHint("search engines want hreflang for the page itself too"))
	}
	if len(t.links) == 0 && t.fallback == "" {
		return nil
	}
	return t
}

// reciprocity checks that pages name each other as translations on both sides,
// in the language that each is in.
func (c *checker) reciprocity() {
	for p, t := range c.pages {
		if t == nil || t.aside {
			continue
		}
		for _, l := range t.links {
			c.translation(p, t, l)
		}
	}
}

func (c *checker) translation(p string, t *translations, l translation) {
	if l.file == p {
		if !strings.EqualFold(l.language, t.language) {
			c.errorf(l.from, "the page names itself as %s but is in %s", l.language, t.language)
		}
		return
	}
	other := c.pages[l.file]
	switch {
	case other == nil:
		c.errorf(l.from, "%s is named as the translation into %s but names no translations itself", l.file, l.language)
	case other.aside:
		c.errorf(l.from, "%s is named as the translation into %s but only leads on to another page", l.file, l.language)
	case !strings.EqualFold(other.language, l.language):
		c.errorf(l.from, "%s is named as the translation into %s but is in %s", l.file, l.language, other.language)
	case other.fallback != p && !slices.ContainsFunc(other.links, func(back translation) bool { return back.file == p }):
		c.errorf(l.from, "%s is named as the translation into %s but does not name this page in return", l.file, l.language)
	case other.fallback != t.fallback:
		c.errorf(l.from, "%s and this page are translations of each other with different defaults: %q and %q", l.file, other.fallback, t.fallback)
	}
}
