package page

import (
	"bytes"
	"html"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
)

// body gives the article's HTML: names are links to their pages (see
// [entityLinks]), links and pictures lead to where their files are published,
// pictures have their size.
func body(q Questions, v *ArticleView, a *article.Article, links []markdown.Insertion) string {
	r := v.work()
	r.body = a.Body.AppendApplied(r.body[:0], links, func(r markdown.Ref) string { return attribute(q, v.Frame, v.Path, a.Path, r) })
	return shared(r.body)
}

// entityLinks chooses for each entity its first mention that lies whole in one
// piece of running text, outside links, code and headings. which says of each
// mention the place of its entity in the list. A mention whose name ends in a
// symbol is isolated with it where the text runs the other way, linked or not;
// on a site that links no names that is all, and few articles have such a name.
func entityLinks(v *ArticleView, d *markdown.Document, mentions []entity.Mention, list []mentioned, which []int) []markdown.Insertion {
	if !v.Frame.NameLinks && !slices.ContainsFunc(list, func(m mentioned) bool { return m.known && m.label.Loose != nil }) {
		return nil
	}
	ins, runs := make([]markdown.Insertion, 0, len(list)), d.Runs
	open := v.work().links[:0]
	at, free := 0, 0
	text := "" // asked for if a name needs it
	for i := range mentions {
		m, e := &mentions[i], &list[which[i]]
		if !e.known || m.Start < free || e.linked && e.label.Loose == nil {
			continue
		}
		link := v.Frame.NameLinks && !e.linked && e.label.Link && e.url != ""
		if !link && e.label.Loose == nil {
			continue
		}
		for at < len(runs) && runs[at].TextEnd <= m.Start {
			at++
		}
		if at == len(runs) {
			break
		}
		r := &runs[at]
		if !r.Linkable || m.Start < r.Text || m.End > r.TextEnd {
			continue
		}
		end, dir := m.End, lang.Direction("")
		if e.label.Loose != nil {
			if text == "" {
				text = d.PlainText()
			}
			apart := strings.HasSuffix(d.HTML[:r.HTML], `<bdi dir="ltr">`)
			end, dir = v.withSymbols(text[:r.TextEnd], m, e.label.Loose, apart)
			if apart && m.Start == r.Text && end == r.TextEnd {
				dir = "" // it is isolated already
			}
		}
		if !link && dir == "" {
			continue
		}
		free = end
		if !link {
			ins = append(ins, markdown.Insertion{Start: m.Start, End: end, Open: `<bdi dir="` + string(dir) + `">`, Close: "</bdi>"})
			continue
		}
		e.linked = true
		from := len(open)
		open = v.appendEntityLink(open, e, dir)
		ins = append(ins, markdown.Insertion{Start: m.Start, End: end, Open: shared(open[from:len(open):len(open)]), Close: "</a>"})
	}
	v.work().links = open
	return ins
}

// appendEntityLink appends what stands before a linked name; dir is "" unless it
// has to be said.
func (v *ArticleView) appendEntityLink(b []byte, e *mentioned, dir lang.Direction) []byte {
	b = append(b, `<a class="entity" href="`...)
	b = escapeFrom(v.Frame.AppendLink(b, v.Path, e.url), len(b))
	b = append(b, `" data-entity="`...)
	b = escapeFrom(append(b, e.id...), len(b))
	if dir != "" {
		b = append(append(b, `" dir="`...), dir...)
	}
	return append(b, `">`...)
}

// LooseNames gives the names of e for [Label].Loose.
func LooseNames(e *entity.Entity) []string {
	var list []string
	add := func(name string) {
		if last, _ := utf8.DecodeLastRuneInString(name); last < 0x80 && unicode.IsPunct(last) || last == '+' {
			list = append(list, name)
		}
	}
	for _, t := range slices.Sorted(maps.Keys(e.Labels)) {
		add(e.Labels[t])
	}
	for _, t := range slices.Sorted(maps.Keys(e.Aliases)) {
		for _, name := range e.Aliases[t] {
			add(name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// withSymbols gives the end of a mention with the symbols that its name ends in,
// and its direction if they make it need an isolate. text ends with the run that
// holds it, which may be an isolate, apart from its sentence. A full stop at the
// end of a paragraph is the sentence's.
func (v *ArticleView) withSymbols(text string, m *entity.Mention, names []string, apart bool) (end int, d lang.Direction) {
	end = m.End
	for _, name := range names {
		after := m.Start + len(name)
		if after <= end || !strings.HasPrefix(text[m.Start:], name) || !apart && after == len(text) && name[len(name)-1] == '.' {
			continue
		}
		end = after
	}
	if end == m.End {
		return end, ""
	}
	if d = lang.WordsDirection(text[m.Start:end], v.TextDirection); d == v.TextDirection {
		return m.End, ""
	}
	return end, d
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
