package archive

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A Place is what decides where an article stands in the archive: its card and
// what it is about.
type Place struct {
	Card     article.Card
	Tags     []string
	Entities []entity.ID
	Section  string
	Authors  []string // slugs
	Names    []string // slugs of those that no one has entered, if they may have pages
}

// Sort is the place of an article within every group: undated ones by id, then
// dated ones by the day that is shown, the instant and the id. Its first nine
// bytes are "1" and the day as YYYYMMDD; those of undated articles begin with
// "0".
func Sort(c article.Card) string {
	if !c.Published.Set {
		return "0" + string(c.ID)
	}
	d := c.Published.Civil()
	year := max(0, min(d.Year, 9999))
	var room [128]byte
	b := appendPeriod(append(room[:0], '1'), year, d.Month, d.Day)
	// The sign bit is flipped so that instants before 1970 sort first.
	instant := uint64(c.Published.Unix) ^ 1<<63
	for shift := 60; shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[instant>>shift&0xF])
	}
	return string(append(b, c.ID...))
}

// periodWidths are how many digits a year, a month and a day take.
var periodWidths = [...]int{YearWidth - 1, MonthWidth - YearWidth, DayWidth - MonthWidth}

// appendPeriod appends a year, a month and a day, or the first of them.
func appendPeriod(b []byte, period ...int) []byte {
	for i, n := range period {
		b = appendPadded(b, n, periodWidths[i])
	}
	return b
}

// appendPadded appends n with zeros before it, width digits or more.
func appendPadded(b []byte, n, width int) []byte {
	if n < 0 {
		return fmt.Appendf(b, "%0*d", width, n)
	}
	for limit := 10; width > 1; width, limit = width-1, limit*10 {
		if n < limit {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Widths of the parts of Sort that name a year, a month and a day.
const (
	YearWidth  = 5
	MonthWidth = 7
	DayWidth   = 9
)

// Bounds returns the first Sort that a dated article can have and the first one
// that no article can have.
func Bounds() (dated, end string) { return "1", "2" }

// Day returns the first nine bytes that all articles of a day have in Sort.
func Day(d lang.Civil) string { return string(appendPeriod([]byte{'1'}, d.Year, d.Month, d.Day)) }

// Listed lists the groups in which the article has a row: those it belongs to
// and, of its language's own, the month. All other periods of a group are ranges
// of these, see [Group.Span]: a row for each day of each name would treble the
// index.
func (p Place) Listed() []Group {
	out := p.Wholes()
	if p.Card.Published.Set {
		d := p.Card.Published.Civil()
		out = append(out, GroupOf(p.Card.Language, ByLanguage, "").Within(d.Year, d.Month))
	}
	return out
}

// Span says where the rows of a group are: in the listed group of that name,
// from one place in its order to another; empty bounds mean all.
func (g Group) Span() (listed Group, from, to string) {
	p := g.Parts()
	dated, _ := Bounds()
	whole := p.Whole()
	switch {
	case p.Undated:
		return whole, "", dated
	case len(p.Period) == 0:
		return whole, "", ""
	case p.Kind == ByLanguage && len(p.Period) == 2:
		return g, "", ""
	case p.Kind == ByLanguage && len(p.Period) == 3:
		whole = whole.Within(p.Period[:2]...)
	}
	from, to = p.Span()
	return whole, from, to
}

// Span says from where to where the rows of a period stand among those of the
// whole group.
func (p Parts) Span() (from, to string) {
	var room [16]byte
	dated, _ := Bounds()
	to = string(append(appendPeriod(append(room[:0], dated...), p.Period...), 0xFF))
	return to[:len(to)-1], to
}

// Wholes lists the groups that the article belongs to, without their periods.
func (p Place) Wholes() []Group {
	t := p.Card.Language
	out := make([]Group, 0, len(p.Tags)+len(p.Entities)+len(p.Authors)+len(p.Names)+3) // with a section and a month
	out = append(out, GroupOf(t, ByLanguage, ""))
	for _, tag := range p.Tags {
		out = append(out, GroupOf(t, ByTag, tag))
	}
	for _, e := range p.Entities {
		out = append(out, GroupOf(t, ByEntity, string(e)))
	}
	if p.Section != "" {
		out = append(out, GroupOf(t, BySection, p.Section))
	}
	for _, a := range p.Authors {
		out = append(out, GroupOf(t, ByAuthor, a))
	}
	for _, n := range p.Names {
		out = append(out, GroupOf(t, ByName, n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A Topic is something that articles of all languages have in common: a tag or
// an entity, as "tags/syria" or "entities/bashar-al-assad".
type Topic string

// broad tells whether a topic joins what has little else in common: tags, and
// countries, whose ids entity.Builtin begins with "country-".
func (t Topic) broad() bool {
	return strings.HasPrefix(string(t), string(ByTag)+"/") || strings.HasPrefix(string(t), string(ByEntity)+"/country-")
}

// Topics lists what the article is about.
func (p Place) Topics() []Topic {
	out := make([]Topic, 0, len(p.Tags)+len(p.Entities))
	for _, tag := range p.Tags {
		out = append(out, Topic(string(ByTag)+"/"+tag))
	}
	for _, e := range p.Entities {
		out = append(out, Topic(string(ByEntity)+"/"+string(e)))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
