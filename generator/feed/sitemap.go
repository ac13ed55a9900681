package feed

import (
	"fmt"
	"slices"
	"strconv"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Sitemaps draws the index: for each language its pages, its months, its
// undated articles; or all of them in one. A new article in a known month changes only that month's
// sitemap.
func Sitemaps(dst []byte, q page.Questions) []byte {
	f := q.Frame("")
	w := &writer{append(dst, declaration...)}
	w.open("sitemapindex", "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
	w.b = append(w.b, '\n')
	add := func(path string) {
		w.open("sitemap")
		w.url("loc", f, path)
		w.close("sitemap")
	}
	for _, l := range f.Languages {
		if !f.SitemapMonths {
			for part := range page.SitemapParts(q, l.Language) {
				add(page.SitemapPath(l.Language, part))
			}
			continue
		}
		g, dir := archive.GroupOf(l.Language, archive.ByLanguage, ""), "/"+string(l.Language)+"/"
		add(dir + "sitemap-pages.xml")
		for _, m := range q.Months(g) {
			add(fmt.Sprintf("%ssitemap-%04d-%02d.xml", dir, m.Year, m.Month))
		}
		if q.AtLeast(g.Undated(), 1) {
			add(dir + "sitemap-undated.xml")
		}
	}
	w.close("sitemapindex")
	return w.b
}

// Sitemap draws the sitemap of a language's month or undated articles, with
// their translations, or (without a group) of the language's pages; or a part of
// the sitemap of everything in a language, the oldest articles first, so that new
// ones stand in the last.
func Sitemap(dst []byte, q page.Questions, s page.Spec) []byte {
	f := q.Frame(s.Language)
	w := &writer{append(dst, declaration...)}
	w.open("urlset", "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml", "http://www.w3.org/1999/xhtml")
	w.b = append(w.b, '\n')
	switch {
	case f.NoIndex || f.Staging:
	case s.Group == "":
		pages(q, w, f)
	case s.Key != "":
		ids := slices.Clone(q.Newest(s.Group, 0))
		slices.Reverse(ids)
		part, _ := strconv.Atoi(s.Key)
		if part == 0 {
			pages(q, w, f)
		}
		from := min(len(ids), part*page.SitemapArticles)
		for _, id := range ids[from:min(len(ids), from+page.SitemapArticles)] {
			located(q, w, f, id)
		}
	default:
		for _, id := range q.Newest(s.Group, 0) {
			located(q, w, f, id)
		}
	}
	w.close("urlset")
	return w.b
}

func pages(q page.Questions, w *writer, f *page.Frame) {
	home := "/" + string(f.Language) + "/"
	for _, p := range append([]string{""}, kindFolders(f)...) {
		w.open("url")
		w.url("loc", f, home+p)
		w.close("url")
	}
	for _, id := range q.Standing(f.Language) {
		located(q, w, f, id)
	}
}

func kindFolders(f *page.Frame) []string {
	var list []string
	for _, k := range f.Kinds {
		list = append(list, string(k)+"/")
	}
	return list
}

// located writes an article's line, unless search engines should not keep it,
// with the same article in other languages.
func located(q page.Questions, w *writer, f *page.Frame, id article.ID) {
	c, ok := q.Card(id)
	if !ok || c.Draft || c.NoIndex {
		return
	}
	w.open("url")
	w.url("loc", f, c.URL)
	if m := changed(c); m.Set {
		w.text("lastmod", page.ISO(m))
	}
	if same := versions(q, f, id, c); len(same) > 1 {
		fallback := same[0].url
		for _, v := range same {
			if v.language == f.Default {
				fallback = v.url
			}
			w.link("xhtml:link", f, v.url, "rel", "alternate", "hreflang", string(v.language))
		}
		w.link("xhtml:link", f, fallback, "rel", "alternate", "hreflang", "x-default")
	}
	w.close("url")
}

type version struct {
	language lang.Tag
	url      string
}

// versions gives an article's translations with itself, one a language, itself
// for its own: the same set and default as on the article's page. An article that
// stands alone has none.
func versions(q page.Questions, f *page.Frame, id article.ID, c *article.Card) []version {
	ids := q.Translations(id)
	if len(ids) == 1 && ids[0] == id {
		return nil // as nearly all are
	}
	var list []version
	seen := map[lang.Tag]bool{}
	for _, t := range ids {
		o := c
		if t != id {
			var ok bool
			if o, ok = q.Card(t); !ok || o.Draft || o.NoIndex || o.Language == c.Language {
				continue
			}
		}
		if !seen[o.Language] {
			seen[o.Language] = true
			list = append(list, version{o.Language, o.URL})
		}
	}
	return list
}

// Robots draws robots.txt: everything is open and the sitemaps are named, or
// nothing is, on a site that is not for the public (yet).
func Robots(dst []byte, q page.Questions) []byte {
	f := q.Frame("")
	if f.NoIndex || f.Staging {
		return append(dst, "User-agent: *\nDisallow: /\n"...)
	}
	s := "User-agent: *\nAllow: /\n"
	if f.BaseURL != "" {
		s += "Sitemap: " + f.Absolute("/sitemap.xml") + "\n"
	}
	return append(dst, s...)
}
