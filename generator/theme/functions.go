package theme

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// functions are all that a template may call beside html/template's own.
// README-like docs for themers stand here, one line each.
func (s *set) functions() template.FuncMap {
	return template.FuncMap{
		"t":        s.text,     // {{t "key"}}, {{t "key" 3}}, {{t "key" "name" .Name}}: a message in the page's language
		"b":        s.isolate,  // {{b .Headline}}: a text in its own isolate, marked with its language
		"mark":     s.mark,     // <h1 {{mark .Headline}}>: lang and dir where they are not the page's
		"inner":    s.inner,    // <h1 {{mark .Headline}}>{{inner .Headline}}</h1>: a text within such an element, -5 and C++ in it isolated
		"attr":     s.attr,     // title="{{attr .Name}}": a text for an attribute, isolated by characters
		"date":     s.date,     // {{date .Date}}: <time> in the page's calendar
		"number":   s.number,   // {{number .Count}}: in the page's digits
		"decimal":  s.decimal,  // {{decimal 3.25 1}}: with so many places after the separator
		"relative": s.relative, // {{relative -3 "day"}}: 3 days ago; put the date beside it
		"percent":  s.percent,  // {{percent 0.25 0}}: a share as so many of a hundred
		"url":      s.url,      // href="{{url .URL}}": a path on the site as this page refers to it
		"asset":    s.asset,    // href="{{asset "broadsheet.css"}}"
		"list":     s.list,     // {{list .Byline}}: links joined as a sentence joins them
		"comma":    s.comma,    // the separator of a list
		"part":     s.part,     // {{part "card" .}}: like template, but remembered; only for what depends on dot alone
		"each":     s.each,     // {{each "card" .Related}}: part for each of a list
		// What hasten puts in the place of url and asset.
		"t_attr":     s.textAttribute,
		"url_attr":   s.attribute,
		"asset_attr": s.assetAttribute,
		"menu":       s.current, // {{if menu .URL}}: whether a menu item is the page itself
	}
}

// text gives a message; if it is in another language than the page, in an
// element that says so.
func (s *set) text(key string, args ...any) template.HTML {
	n, values := 0, []value{}
	if len(args)%2 == 1 {
		n, _ = args[0].(int)
		args = args[1:]
	}
	for i := 0; i+1 < len(args); i += 2 {
		values = append(values, value{fmt.Sprint(args[i]), string(s.argument(args[i+1]))})
	}
	return template.HTML(s.appendMessage(nil, key, n, values))
}

// A value stands in a message for its name in braces; it is HTML.
type value struct{ name, html string }

// appendMessage appends the message for a key. {count} stands for n, in the
// digits of the page, other names in braces for values.
func (s *set) appendMessage(dst []byte, key string, n int, values []value) []byte {
	p, ok := s.book.Phrase(key)
	if !ok {
		dst = appendText(append(dst, `<bdi lang="und">`...), key)
		return append(dst, "</bdi>"...)
	}
	if p.From == s.base.Language {
		return s.appendPhrase(dst, key, n, values)
	}
	dst = append(append(dst, `<span lang="`...), p.From...)
	dst = append(append(append(dst, `" dir="`...), lang.DirectionOf(p.From)...), `">`...)
	return append(s.appendPhrase(dst, key, n, values), "</span>"...)
}

// appendPhrase appends the text of a message alone.
func (s *set) appendPhrase(dst []byte, key string, n int, values []value) []byte {
	p, ok := s.book.Phrase(key)
	if !ok {
		return appendText(dst, key)
	}
	l := s.locale
	if p.From != s.base.Language {
		l = lang.For(p.From)
	}
	text := p.Other
	if p.Plural() {
		text = p.Form(l.Plural(n))
	}
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		dst = appendText(dst, before)
		if !found {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		html, known := "", false
		if name == "count" && closed {
			html, known = l.Integer(n), true
		}
		for _, v := range values {
			if v.name == name && closed {
				html, known = v.html, true
			}
		}
		if text = after; known {
			dst = append(dst, html...)
		} else {
			dst, text = append(dst, '{'), rest
		}
	}
	return dst
}

// argument writes a value that stands inside a message: texts as isolates,
// numbers in the page's digits.
func (s *set) argument(v any) template.HTML {
	switch v := v.(type) {
	case page.Text:
		return s.isolate(v)
	case template.HTML:
		return v
	case int:
		return template.HTML(s.locale.Integer(v))
	case string:
		return s.isolate(s.unmarked(v))
	}
	return s.isolate(s.unmarked(fmt.Sprint(v)))
}

// unmarked makes a Text of a string that says nothing of itself.
func (s *set) unmarked(v string) page.Text {
	return page.Text{S: v, Dir: lang.TextDirection(v, "", s.base.Direction)}
}

func (s *set) isolate(t page.Text) template.HTML { return template.HTML(s.appendIsolate(nil, &t)) }

func (s *set) mark(t page.Text) template.HTMLAttr { return template.HTMLAttr(s.appendMark(nil, &t)) }

func (s *set) inner(t page.Text) template.HTML { return template.HTML(s.appendInner(nil, &t)) }

// attr gives a text for an attribute: isolated if it does not run as the page
// does, and what runs against it isolated within.
func (s *set) attr(t page.Text) string {
	if t.Dir != "" && t.Dir != s.base.Direction {
		return lang.Isolate(t.S, t.Dir, t.Lang)
	}
	return lang.IsolateForeign(t.S, s.base.Direction, t.Lang)
}

// textAttribute gives a message for an attribute. One in another language than
// the page's is left out: an attribute cannot say its language, and its
// element's is that of what stands in it (RTL.md D8).
func (s *set) textAttribute(key string, args ...any) string {
	if p, ok := s.book.Phrase(key); ok && p.From != s.base.Language {
		return ""
	}
	n, values := 0, []value{}
	if len(args)%2 == 1 {
		n, _ = args[0].(int)
		args = args[1:]
	}
	for i := 0; i+1 < len(args); i += 2 {
		values = append(values, value{fmt.Sprint(args[i]), s.attributeArgument(args[i+1])})
	}
	return html.UnescapeString(string(s.appendPhrase(nil, key, n, values)))
}

// attributeArgument is argument for an attribute, as HTML text.
func (s *set) attributeArgument(v any) string {
	switch v := v.(type) {
	case page.Text:
		return html.EscapeString(lang.Isolate(v.S, v.Dir, v.Lang))
	case int:
		return s.locale.Integer(v)
	}
	t := s.unmarked(fmt.Sprint(v))
	return html.EscapeString(lang.Isolate(t.S, t.Dir, t.Lang))
}

func (s *set) date(d page.Date) template.HTML { return template.HTML(s.appendDate(nil, &d)) }

func (s *set) number(n int) string { return s.locale.Integer(n) }

func (s *set) decimal(v float64, places int) string { return s.locale.Decimal(v, places) }

func (s *set) relative(n int, unit string) string { return s.locale.Relative(n, lang.Unit(unit)) }

func (s *set) percent(v float64, places int) string { return s.locale.Percent(v, places) }

// url gives a path as a string, not as a trusted URL: a menu or a source may
// hold a scheme that html/template has to refuse.
func (s *set) url(p string) string { return s.base.Frame.Link(s.base.Path, p) }

func (s *set) asset(name string) string { return s.url("/assets/" + name) }

// list joins links by commas and the language's "and", each its own isolate.
func (s *set) list(items []page.Crumb) template.HTML {
	parts := make([]string, len(items))
	var b []byte
	for i, c := range items {
		b = b[:0]
		if c.URL != "" {
			b = append(s.appendLink(append(b, `<a href="`...), c.URL), `">`...)
		}
		b = s.appendIsolate(b, &c.Text)
		if c.URL != "" {
			b = append(b, "</a>"...)
		}
		parts[i] = string(b)
	}
	return template.HTML(s.locale.List(parts))
}

func (s *set) comma() string { return s.locale.Comma() }

func (s *set) current(url string) bool { return s.menu != "" && s.menu == url }
