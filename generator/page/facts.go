package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
)

// A FactLine is one thing known of an entity.
type FactLine struct {
	Name  Text // the message "fact-<key>", else the key as written
	Value Text // a date as the page writes it, else as written
}

// factKeys are the facts that have a name in every language.
var factKeys = [...]string{"born", "date", "died", "ended", "founded", "started"}

// facts gives what the knowledge base knows of an entity, dates in the words
// and digits of the page.
func (b *Base) facts(q Questions, e *entity.Entity) []FactLine {
	if len(e.Facts) == 0 {
		return nil
	}
	book, list := q.Phrases(b.Language, b.Kind), make([]FactLine, 0, len(e.Facts))
	for _, f := range e.Facts {
		line := FactLine{Text{f.Key, "und", lang.LTR}, TextIn(f.Value, "")}
		if slices.Contains(factKeys[:], f.Key) {
			line.Name = book.Say("fact-"+f.Key, 0)
		}
		if s, ok := factDate(b.Locale, f.Value); ok {
			line.Value = Text{s, b.Language, b.Direction}
		}
		list = append(list, line)
	}
	return list
}

// factDate writes YYYY, YYYY-MM or YYYY-MM-DD in words; anything else stays.
func factDate(l *lang.Locale, s string) (string, bool) {
	parts := strings.Split(s, "-")
	c := lang.Civil{Year: 0, Month: 1, Day: 1}
	fields := [...]*int{&c.Year, &c.Month, &c.Day}
	if len(parts) > len(fields) || len(parts[0]) != 4 {
		return s, false
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || i > 0 && len(p) != 2 || i == 1 && n > 12 || i == 2 && n > 31 {
			return s, false
		}
		*fields[i] = n
	}
	return l.Date(c, [...]lang.DateStyle{lang.DateYear, lang.DateMonth, lang.DateLong}[len(parts)-1]), true
}

// noteLanguage is the language of an entity's text: that of its file name, else
// what its letters say, else the site's default; "" without a text.
func noteLanguage(f *Frame, e *entity.Entity) lang.Tag {
	switch {
	case e.Body == "":
		return ""
	case e.Language != "":
		return e.Language
	}
	if t, sure := lang.Detect(e.Body); sure {
		return t
	}
	return f.Default
}

// note puts the entity's text on the page, a page in the frame f at path.
func (h *EntityHead) note(q Questions, f *Frame, path string, e *entity.Entity, t lang.Tag) {
	if e.Body == "" {
		return
	}
	d, _ := markdown.Parse([]byte(e.Body), markdown.Options{Path: e.Path, Line: e.BodyLine, Language: t, HTML: "off", Typography: true, Digits: f.digits(t)})
	h.Text = template.HTML(d.Apply(nil, func(r markdown.Ref) string { return attribute(q, f, path, e.Path, r) }))
	h.TextIn = TextIn("", t)
}
