package article

import (
	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
)

// dates reads the three moments. Where no key says when an article was
// published, a date in the name of its file or folder does.
func (p *parser) dates() {
	a := p.a
	read := func(key string) Moment {
		if f, ok := p.header.get(key); ok {
			return p.moment(f)
		}
		return Moment{}
	}
	a.Published, a.Updated, a.Expires = read("date"), read("updated"), read("expires")
	named := p.place.moment(p.s.Location())
	f, given := p.header.get("date")
	switch {
	case !given && named.Set && a.Type == TypeArticle:
		a.Published = named
		p.derived("date")
	case a.Published.Set && named.Set && a.Published.Civil() != named.Civil():
		p.add(diag.Warnf(f.Value.Pos, "%s says %s, the file name says %s; the key counts", f.Key, dayOf(a.Published), dayOf(named)).
			WithHint("rename the file or correct the key"))
	}
	if a.Updated.Set && a.Published.Set && a.Updated.Unix < a.Published.Unix && a.Updated.Civil() != a.Published.Civil() {
		u, _ := p.header.get("updated")
		p.add(diag.Warnf(u.Value.Pos, "%s is before the date of publication", u.Key))
	}
}

func dayOf(m Moment) string {
	m.DayOnly = true
	return m.RFC3339()
}

// moment reads one date and says how it was understood where that is not
// plain. A date that is not sure is no date.
func (p *parser) moment(f frontmatter.Field) Moment {
	text, ok := f.Value.Scalar()
	if !ok {
		if f.Value.Kind != frontmatter.Null {
			p.wrong(f, "a date")
		}
		return Moment{}
	}
	if text == "" {
		return Moment{}
	}
	m, how := parseMoment(text, p.s.Location())
	const shape = "write it like 2023-05-04 or 2023-05-04T10:00:00+03:00"
	switch how {
	case noZone:
		p.add(diag.Notef(f.Value.Pos, "%s %q has no time zone; it is read in the site's, %s", f.Key, text, p.s.TimeZone).WithHint("%s", shape))
	case strangeZone:
		p.add(diag.Warnf(f.Value.Pos, "the time zone of %s %q is not known; it is read in the site's, %s", f.Key, text, p.s.TimeZone).WithHint("%s", shape))
	case noDay:
		p.add(diag.Warnf(f.Value.Pos, "%s %q names no day; it is not used", f.Key, text).WithHint("%s", shape))
	case otherYear:
		p.add(diag.Warnf(f.Value.Pos, "%s %q looks like a year of another calendar; it is not used", f.Key, text).WithHint("write the Gregorian date, like 2023-05-04; pages show the reader's calendar beside it"))
	case unreadable:
		p.add(diag.Warnf(f.Value.Pos, "%s %q is not a date; it is not used", f.Key, text).WithHint("%s", shape))
	}
	return m
}
