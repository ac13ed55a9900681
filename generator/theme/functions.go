package theme

import (
	"fmt"
	"html/template"
	"strings"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// functions are all that a template may call beside html/template's own.
// README-like docs for themers stand here, one line each.
func (s *set) functions() template.FuncMap {
	return template.FuncMap{
		"t":      s.text,    // {{t "key"}}, {{t "key" 3}}, {{t "key" "name" .Name}}: a message in the page's language
		"b":      s.isolate, // {{b .Headline}}: a text in its own isolate, marked with its language
		"mark":   s.mark,    // <h1 {{mark .Headline}}>: lang and dir where they are not the page's
		"attr":   s.attr,    // title="{{attr .Name}}": a text for an attribute, isolated by characters
		"date":   s.date,    // {{date .Date}}: <time> in the page's calendar
		"number": s.number,  // {{number .Count}}: in the page's digits
		"url":    s.url,     // href="{{url .URL}}": a path on the site as this page refers to it
		"asset":  s.asset,   // href="{{asset "broadsheet.css"}}"
		"list":   s.list,    // {{list .Byline}}: links joined as a sentence joins them
		"comma":  s.comma,   // the separator of a list
		"part":   s.part,    // {{part "card" .}}: like template, but remembered; only for what depends on dot alone
		"each":   s.each,    // {{each "card" .Related}}: part for each of a list
		// What hasten puts in the place of url and asset.
		"url_attr":   s.attribute,
		"asset_attr": s.assetAttribute,
		"menu":       s.current, // {{if menu .URL}}: whether a menu item is the page itself
	}
}

// text gives a message; if it is in another language than the page, in an
// element that says so.
func (s *set) text(key string, args ...any) template.HTML {
	p, ok := s.book.Phrase(key)
	if !ok {
		return template.HTML(`<bdi lang="und">` + template.HTMLEscapeString(key) + `</bdi>`)
	}
	n := 0
	if len(args)%2 == 1 {
		n, _ = args[0].(int)
		args = args[1:]
	}
	out := template.HTMLEscapeString(p.Form(lang.For(p.From).Plural(n)))
	if strings.Contains(out, "{") {
		l := s.locale
		if p.From != s.base.Language {
			l = lang.For(p.From)
		}
		out = strings.ReplaceAll(out, "{count}", l.Integer(n))
		for i := 0; i+1 < len(args); i += 2 {
			out = strings.ReplaceAll(out, "{"+fmt.Sprint(args[i])+"}", string(s.argument(args[i+1])))
		}
	}
	if p.From != s.base.Language {
		return template.HTML(`<span lang="` + string(p.From) + `" dir="` + string(lang.DirectionOf(p.From)) + `">` + out + `</span>`)
	}
	return template.HTML(out)
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
		return template.HTML("<bdi>" + template.HTMLEscapeString(v) + "</bdi>")
	}
	return template.HTML("<bdi>" + template.HTMLEscapeString(fmt.Sprint(v)) + "</bdi>")
}

// isolate gives a text in its own isolate. The direction is always written,
// because bdi without it guesses from the first letter.
func (s *set) isolate(t page.Text) template.HTML {
	if t.S == "" {
		return ""
	}
	if t.Lang == s.base.Language || t.Lang == "" {
		d := t.Dir
		if d == "" {
			d = s.base.Direction
		}
		return template.HTML(`<bdi dir="` + string(d) + `">` + template.HTMLEscapeString(t.S) + `</bdi>`)
	}
	return template.HTML(`<bdi lang="` + string(t.Lang) + `" dir="` + string(t.Dir) + `">` + template.HTMLEscapeString(t.S) + `</bdi>`)
}

// mark gives the attributes for an element that holds nothing but the text. dir
// is always there: it makes the element an isolate.
func (s *set) mark(t page.Text) template.HTMLAttr {
	d := t.Dir
	if d == "" {
		d = s.base.Direction
	}
	if t.Lang == s.base.Language || t.Lang == "" {
		return template.HTMLAttr(`dir="` + string(d) + `"`)
	}
	return template.HTMLAttr(`lang="` + string(t.Lang) + `" dir="` + string(d) + `"`)
}

func (s *set) attr(t page.Text) string { return lang.Isolate(t.S) }

func (s *set) date(d page.Date) template.HTML {
	if d.ISO == "" {
		return ""
	}
	out := `<time datetime="` + d.ISO + `" dir="` + string(s.base.Direction) + `">` + template.HTMLEscapeString(d.Human) + `</time>`
	return template.HTML(out)
}

func (s *set) number(n int) string { return s.locale.Integer(n) }

// url gives a path as a string, not as a trusted URL: a menu or a source may
// hold a scheme that html/template has to refuse.
func (s *set) url(p string) string { return s.base.Frame.Link(s.base.Path, p) }

func (s *set) asset(name string) string { return s.url("/assets/" + name) }

// list joins links by commas and the language's "and", each its own isolate.
func (s *set) list(items []page.Crumb) template.HTML {
	parts := make([]string, len(items))
	for i, c := range items {
		parts[i] = string(s.isolate(c.Text))
		if c.URL != "" {
			parts[i] = `<a href="` + template.HTMLEscapeString(s.url(c.URL)) + `">` + parts[i] + `</a>`
		}
	}
	return template.HTML(s.locale.List(parts))
}

func (s *set) comma() string { return s.locale.Comma() }

func (s *set) current(url string) bool { return s.menu != "" && s.menu == url }
