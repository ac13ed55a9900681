package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

const (
	baseURL  = "https://news.example"
	siteName = "The Example Archive"
)

// endonyms and sides of the languages, in their order.
var (
	endonyms = [...]string{"العربية", "English", "فارسی", "Français", "עברית", "اردو"}
	sides    = [...]string{"rtl", "ltr", "rtl", "ltr", "rtl", "rtl"}
)

// A job writes one or a few files.
type job func(w *floorWriter) error

// write makes all files, as those of the peer's site: articles, lists of terms
// in pages of six, their feeds, lists of all terms, fronts, sitemaps.
func (f *floorSite) write() error {
	var jobs []job
	for i := range f.languages {
		l := &f.languages[i]
		for n := range l.articles {
			jobs = append(jobs, func(w *floorWriter) error { return w.article(i, n) })
		}
		all := make([]int32, len(l.articles))
		for n := range all {
			all[n] = int32(n)
		}
		home := "/" + languages[i] + "/"
		jobs = append(jobs,
			func(w *floorWriter) error { return w.list(i, siteName, home, all) },
			func(w *floorWriter) error { return w.feed(i, siteName, home, all) },
			func(w *floorWriter) error { return w.sitemap(i) })
		for k, taxonomy := range taxonomies {
			jobs = append(jobs, func(w *floorWriter) error { return w.terms(i, k) })
			for t, term := range l.terms[k] {
				url := home + taxonomy + "/" + term + "/"
				label := f.label(i, k, term)
				jobs = append(jobs,
					func(w *floorWriter) error { return w.list(i, label, url, l.posts[k][t]) },
					func(w *floorWriter) error { return w.feed(i, label, url, l.posts[k][t]) })
			}
		}
	}
	jobs = append(jobs, func(w *floorWriter) error { return w.once() })
	writers := sync.Pool{New: func() any { return &floorWriter{floorSite: f} }}
	made := &sync.Map{}
	return each(len(jobs), func(i int) error {
		w := writers.Get().(*floorWriter)
		w.made = made
		err := jobs[i](w)
		writers.Put(w)
		return err
	})
}

func (f *floorSite) label(language, taxonomy int, term string) string {
	if taxonomy == 1 {
		if s, ok := f.labels[language][term]; ok {
			return s
		}
	}
	return term
}

// A floorWriter appends to one buffer.
type floorWriter struct {
	*floorSite
	made *sync.Map
	b    []byte
}

func (w *floorWriter) add(parts ...string) {
	for _, p := range parts {
		w.b = append(w.b, p...)
	}
}

// text appends escaped.
func (w *floorWriter) text(s string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '&':
			w.b = append(w.b, "&amp;"...)
		case '<':
			w.b = append(w.b, "&lt;"...)
		case '>':
			w.b = append(w.b, "&gt;"...)
		case '"':
			w.b = append(w.b, "&#34;"...)
		default:
			w.b = append(w.b, c)
		}
	}
}

// put writes the buffer to the file of a URL.
func (w *floorWriter) put(url, name string) error {
	dir := filepath.Join(w.out, filepath.FromSlash(url))
	if err := w.makeDir(dir); err != nil {
		return err
	}
	err := os.WriteFile(filepath.Join(dir, name), w.b, 0o666)
	w.b = w.b[:0]
	return err
}

// makeDir makes a folder, and those above it only if they are missing.
func (w *floorWriter) makeDir(dir string) error {
	if _, ok := w.made.Load(dir); ok {
		return nil
	}
	err := os.Mkdir(dir, 0o777)
	if os.IsNotExist(err) {
		if err = w.makeDir(filepath.Dir(dir)); err == nil {
			err = os.Mkdir(dir, 0o777)
		}
	}
	if err != nil && !os.IsExist(err) {
		return err
	}
	w.made.Store(dir, true)
	return nil
}

// A head is what the top of a page says.
type head struct {
	language         int
	title, url, lead string
	article          *floorArticle
	feed             string
}

func (w *floorWriter) top(h head) {
	l := languages[h.language]
	w.add("<!DOCTYPE html>\n<html lang=\"", l, "\" dir=\"", sides[h.language], "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
	w.text(h.title)
	w.add(" · ", siteName, "</title>\n<meta name=\"description\" content=\"")
	w.text(h.lead)
	w.add("\">\n<link rel=\"canonical\" href=\"", baseURL, h.url, "\">\n<link rel=\"stylesheet\" href=\"/css/site.css\">\n")
	if h.feed != "" {
		w.add("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"", baseURL, h.feed, "\">\n")
	}
	kind := "website"
	if h.article != nil {
		kind = "article"
		for _, t := range h.article.translations {
			if len(h.article.translations) > 1 {
				w.add("<link rel=\"alternate\" hreflang=\"", languages[t.language], "\" href=\"", baseURL, t.url, "\">\n")
			}
		}
	}
	w.add("<meta property=\"og:title\" content=\"")
	w.text(h.title)
	w.add("\">\n<meta property=\"og:type\" content=\"", kind, "\">\n<meta property=\"og:url\" content=\"", baseURL, h.url, "\">\n<meta property=\"og:locale\" content=\"", l, "\">\n")
	if h.article != nil {
		w.structured(h.article)
	}
	w.add("</head>\n<body>\n<header>\n<p class=\"name\"><a href=\"/", l, "/\">", siteName, "</a></p>\n<nav class=\"lists\"><a href=\"/", l, "/tags/\">#</a> <a href=\"/", l, "/entities/\">@</a></nav>\n<nav class=\"languages\">")
	for i, o := range languages {
		w.add("<a href=\"/", o, "/\" hreflang=\"", o, "\" lang=\"", o, "\" dir=\"", sides[i], "\">", endonyms[i], "</a> ")
	}
	w.add("</nav>\n</header>\n<main>\n")
}

func (w *floorWriter) structured(a *floorArticle) {
	w.add("<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":")
	w.b = strconv.AppendQuote(w.b, a.title)
	w.add(",\"datePublished\":\"", a.date, "\",\"inLanguage\":\"", languages[a.language], "\",\"url\":\"", baseURL, a.url, "\",\"about\":[")
	for i, t := range a.terms[1] {
		if i > 0 {
			w.add(",")
		}
		w.b = strconv.AppendQuote(w.b, w.label(a.language, 1, w.languages[a.language].terms[1][t]))
	}
	w.add("]}</script>\n")
}

func (w *floorWriter) bottom() {
	w.add("</main>\n<footer><p>", siteName, "</p></footer>\n</body>\n</html>\n")
}

func (w *floorWriter) article(language, n int) error {
	l := &w.languages[language]
	a := l.articles[n]
	w.top(head{language: language, title: a.title, url: a.url, lead: a.lead, article: a})
	w.add("<article>\n<h1>")
	w.text(a.title)
	w.add("</h1>\n<p class=\"lead\">")
	w.text(a.lead)
	w.add("</p>\n<p class=\"stamp\"><time datetime=\"", a.date, "\">", a.date[:10], "</time></p>\n")
	if len(a.translations) > 1 {
		w.add("<ul class=\"translations\">\n")
		for _, t := range a.translations {
			if t != a {
				w.add("<li><a href=\"", t.url, "\" hreflang=\"", languages[t.language], "\" lang=\"", languages[t.language], "\" dir=\"", sides[t.language], "\">")
				w.text(t.title)
				w.add("</a></li>\n")
			}
		}
		w.add("</ul>\n")
	}
	w.add("<div class=\"text\">\n")
	w.b = append(w.b, a.html...)
	w.add("</div>\n")
	for k, taxonomy := range taxonomies {
		w.add("<ul class=\"", taxonomy, "\">\n")
		for _, t := range a.terms[k] {
			term := l.terms[k][t]
			w.add("<li><a href=\"/", languages[language], "/", taxonomy, "/", term, "/\">")
			w.text(w.label(language, k, term))
			w.add("</a></li>\n")
		}
		w.add("</ul>\n")
	}
	w.add("</article>\n<section class=\"related\">\n<ul>\n")
	for _, r := range a.related {
		if r >= 0 {
			w.line(l.articles[r])
		}
	}
	w.add("</ul>\n</section>\n<nav class=\"turn\">")
	if n+1 < len(l.articles) {
		w.turn("prev", l.articles[n+1])
	}
	if n > 0 {
		w.turn("next", l.articles[n-1])
	}
	w.add("</nav>\n")
	w.bottom()
	return w.put(a.url, "index.html")
}

func (w *floorWriter) turn(rel string, a *floorArticle) {
	w.add("<a rel=\"", rel, "\" href=\"", a.url, "\">")
	w.text(a.title)
	w.add("</a>")
}

func (w *floorWriter) line(a *floorArticle) {
	w.add("<li><a href=\"", a.url, "\">")
	w.text(a.title)
	w.add("</a> <time datetime=\"", a.date, "\">", a.date[:10], "</time></li>\n")
}

func (w *floorWriter) card(a *floorArticle) {
	w.add("<li class=\"card\"><h3><a href=\"", a.url, "\">")
	w.text(a.title)
	w.add("</a></h3>\n<p>")
	w.text(a.lead)
	w.add("</p>\n<time datetime=\"", a.date, "\">", a.date[:10], "</time></li>\n")
}

// list writes the pages of a list, six articles each.
func (w *floorWriter) list(language int, title, url string, posts []int32) error {
	l := &w.languages[language]
	pages := max(1, (len(posts)+pagerSize-1)/pagerSize)
	for p := range pages {
		at := pageURL(url, p)
		w.top(head{language: language, title: title, url: at, feed: url + "index.xml"})
		w.add("<h1>")
		w.text(title)
		w.add("</h1>\n<ul>\n")
		for _, n := range posts[p*pagerSize : min(len(posts), (p+1)*pagerSize)] {
			w.card(l.articles[n])
		}
		w.add("</ul>\n<nav class=\"pages\">")
		if p > 0 {
			w.add("<a rel=\"prev\" href=\"", pageURL(url, p-1), "\">‹</a> ")
		}
		w.b = strconv.AppendInt(w.b, int64(p+1), 10)
		w.add(" / ")
		w.b = strconv.AppendInt(w.b, int64(pages), 10)
		if p+1 < pages {
			w.add(" <a rel=\"next\" href=\"", pageURL(url, p+1), "\">›</a>")
		}
		w.add("</nav>\n")
		w.bottom()
		if err := w.put(at, "index.html"); err != nil {
			return err
		}
	}
	w.add("<!DOCTYPE html>\n<html lang=\"", languages[language], "\">\n<head>\n<title>", baseURL, url, "</title>\n<link rel=\"canonical\" href=\"", baseURL, url, "\">\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"0; url=", baseURL, url, "\">\n</head>\n</html>\n")
	return w.put(url+"page/1/", "index.html")
}

func pageURL(url string, p int) string {
	if p == 0 {
		return url
	}
	return url + "page/" + strconv.Itoa(p+1) + "/"
}

func (w *floorWriter) feed(language int, title, url string, posts []int32) error {
	l := &w.languages[language]
	w.add("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>")
	w.text(title)
	w.add(" · ", siteName, "</title>\n<link>", baseURL, url, "</link>\n<language>", languages[language], "</language>\n<atom:link href=\"", baseURL, url, "index.xml\" rel=\"self\" type=\"application/rss+xml\" />\n")
	for _, n := range posts[:min(len(posts), feedItems)] {
		a := l.articles[n]
		w.add("<item>\n<title>")
		w.text(a.title)
		w.add("</title>\n<link>", baseURL, a.url, "</link>\n<pubDate>", a.date, "</pubDate>\n<guid>", baseURL, a.url, "</guid>\n<description>")
		w.text(a.lead)
		w.add("</description>\n</item>\n")
	}
	w.add("</channel>\n</rss>\n")
	return w.put(url, "index.xml")
}

// terms writes the list of all terms of a taxonomy, by name.
func (w *floorWriter) terms(language, k int) error {
	l := &w.languages[language]
	url := "/" + languages[language] + "/" + taxonomies[k] + "/"
	order := make([]int, len(l.terms[k]))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return strings.Compare(w.label(language, k, l.terms[k][a]), w.label(language, k, l.terms[k][b]))
	})
	w.top(head{language: language, title: taxonomies[k], url: url})
	w.add("<h1>", taxonomies[k], "</h1>\n<ul class=\"terms\">\n")
	for _, t := range order {
		w.add("<li><a href=\"", url, l.terms[k][t], "/\">")
		w.text(w.label(language, k, l.terms[k][t]))
		fmt.Fprintf((*appender)(&w.b), "</a> %d</li>\n", len(l.posts[k][t]))
	}
	w.add("</ul>\n")
	w.bottom()
	return w.put(url, "index.html")
}

// An appender makes a buffer a writer.
type appender []byte

func (a *appender) Write(p []byte) (int, error) {
	*a = append(*a, p...)
	return len(p), nil
}

func (w *floorWriter) sitemap(language int) error {
	l := &w.languages[language]
	home := "/" + languages[language] + "/"
	w.add("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n")
	for _, a := range l.articles {
		w.add("<url><loc>", baseURL, a.url, "</loc><lastmod>", a.date, "</lastmod>")
		if len(a.translations) > 1 {
			for _, t := range a.translations {
				w.add("<xhtml:link rel=\"alternate\" hreflang=\"", languages[t.language], "\" href=\"", baseURL, t.url, "\" />")
			}
		}
		w.add("</url>\n")
	}
	for k, taxonomy := range taxonomies {
		for _, t := range l.terms[k] {
			w.add("<url><loc>", baseURL, home, taxonomy, "/", t, "/</loc></url>\n")
		}
	}
	w.add("</urlset>\n")
	return w.put(home, "sitemap.xml")
}

// once writes what the site has once.
func (w *floorWriter) once() error {
	w.add("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, l := range languages {
		w.add("<sitemap><loc>", baseURL, "/", l, "/sitemap.xml</loc></sitemap>\n")
	}
	w.add("</sitemapindex>\n")
	if err := w.put("/", "sitemap.xml"); err != nil {
		return err
	}
	w.add("<!DOCTYPE html>\n<html lang=\"ar\">\n<head>\n<title>", baseURL, "/ar/</title>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"0; url=", baseURL, "/ar/\">\n</head>\n</html>\n")
	if err := w.put("/", "index.html"); err != nil {
		return err
	}
	w.add("main { max-width: 40rem; margin: auto }\n")
	return w.put("/css/", "site.css")
}
