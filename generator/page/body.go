package page

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"strconv"
	"strings"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/markdown"
)

// body gives the article's HTML: the first mention of each entity that may be
// linked is a link to its page, links and pictures lead to where their files
// are published, pictures have their size.
func body(q Questions, v *ArticleView, a *article.Article, links []markdown.Insertion) string {
	r := v.work()
	r.body = a.Body.AppendApplied(r.body[:0], links, func(r markdown.Ref) string { return attribute(q, v.Frame, v.Path, a.Path, r) })
	return shared(r.body)
}

// entityLinks chooses for each entity its first mention that lies whole in one
// piece of running text, outside links, code and headings. which says of each
// mention the place of its entity in the list.
func entityLinks(v *ArticleView, runs []markdown.Run, mentions []entity.Mention, list []mentioned, which []int) []markdown.Insertion {
	ins := make([]markdown.Insertion, 0, len(list))
	open := v.work().links[:0]
	at, end := 0, 0
	for i := range mentions {
		m, e := &mentions[i], &list[which[i]]
		if e.linked || !e.known || !e.label.Link || e.url == "" || m.Start < end {
			continue
		}
		for at < len(runs) && runs[at].TextEnd <= m.Start {
			at++
		}
		if at == len(runs) {
			break
		}
		if r := &runs[at]; !r.Linkable || m.Start < r.Text || m.End > r.TextEnd {
			continue
		}
		e.linked = true
		end = m.End
		from := len(open)
		open = append(open, `<a class="entity" href="`...)
		open = escapeFrom(v.Frame.AppendLink(open, v.Path, e.url), len(open))
		open = append(open, `" data-entity="`...)
		open = escapeFrom(append(open, e.id...), len(open))
		ins = append(ins, markdown.Insertion{Start: m.Start, End: m.End, Close: "</a>", Open: ""})
		open = append(open, `">`...)
		ins[len(ins)-1].Open = shared(open[from:len(open):len(open)])
	}
	v.work().links = open
	return ins
}

// escapeFrom escapes the end of b, from a place on, for HTML.
func escapeFrom(b []byte, from int) []byte {
	if bytes.ContainsAny(b[from:], `&'<>"`) {
		return append(b[:from], html.EscapeString(string(b[from:]))...)
	}
	return b
}

// FullText gives an article's text as HTML for a feed: links and pictures are
// absolute.
func FullText(q Questions, f *Frame, a *article.Article) string {
	away := *f
	away.RelativeURLs, away.BasePath = false, f.BaseURL
	return a.Body.Apply(nil, func(r markdown.Ref) string { return attribute(q, &away, "/", a.Path, r) })
}

// attribute writes the href or src attribute of a link or picture in the text
// of a source file, as the page at from refers to it. What is not found is left
// as it was written; check names it.
func attribute(q Questions, f *Frame, from, source string, r markdown.Ref) string {
	dest, size := r.Dest, ""
	if t, fragment, ok := resolve(q, source, dest); ok {
		dest = f.Link(from, t.URL) + fragment
		if t.Width > 0 && t.Height > 0 {
			size = ` width="` + strconv.Itoa(t.Width) + `" height="` + strconv.Itoa(t.Height) + `"`
		}
	} else if !external(dest) {
		dest = f.Link(from, dest)
	}
	dest = html.EscapeString(dest)
	if r.Kind == markdown.Image {
		return ` src="` + dest + `"` + size + ` loading="lazy" decoding="async"`
	}
	return ` href="` + dest + `"`
}

// resolve finds what a destination written in a source file leads to. Absolute
// URLs and bare fragments lead nowhere that we know.
func resolve(q Questions, source, dest string) (t Target, fragment string, ok bool) {
	if absolute(dest) || dest == "" || dest[0] == '#' {
		return Target{}, "", false
	}
	if i := strings.IndexAny(dest, "?#"); i >= 0 {
		dest, fragment = dest[:i], dest[i:]
	}
	if p, err := url.PathUnescape(dest); err == nil {
		dest = p
	}
	if !strings.HasPrefix(dest, "/") {
		dest = path.Join(path.Dir(source), dest)
	}
	t, ok = q.Target(dest)
	return t, fragment, ok
}

// absolute says that a destination names a scheme or a host.
func absolute(dest string) bool {
	if strings.HasPrefix(dest, "//") {
		return true
	}
	scheme, _, ok := strings.Cut(dest, ":")
	return ok && scheme != "" && !strings.ContainsAny(scheme, "/?#.")
}
