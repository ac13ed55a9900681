package lang

import (
	"maps"
	"slices"
)

// monthSets has the sets of month names that Arabic newspapers use, each with a
// locale of CLDR 48.2 that uses it.
var monthSets = map[string]Tag{
	"standard": "ar",    // يناير, from Latin: Egypt and the Gulf
	"levant":   "ar-LB", // كانون الثاني, from Syriac: Syria, Lebanon, Iraq, Jordan, Palestine
	"maghreb":  "ar-DZ", // جانفي, from French: Algeria and Tunisia
	"morocco":  "ar-MA", // غشت, Morocco's spelling
	"both":     "ar",    // يناير/كانون الثاني, as papers for all countries print
}

// MonthSets names the sets of Gregorian month names that a site may choose for
// t: those of Arabic newspapers, none for another language.
func MonthSets(t Tag) []string {
	if t.base() != "ar" || ScriptOf(t) != "Arab" {
		return nil
	}
	return slices.Sorted(maps.Keys(monthSets))
}

func (l *Locale) withMonths(set string) *Locale {
	if !slices.Contains(MonthSets(l.Tag), set) {
		return l
	}
	from := monthSets[set]
	n := For(from).dates.names
	if set == "both" {
		n.wide = pairs(n.wide, For("ar-LB").dates.names.wide)
		n.wideAlone = n.wide
	}
	c := *l
	n.day = l.dates.names.day
	c.dates.names = n
	return &c
}

// pairs joins the names of two lists.
func pairs(a, b []string) []string {
	var l []string
	for i := range a {
		if a[i] == b[i] {
			l = append(l, a[i])
			continue
		}
		l = append(l, a[i]+"/"+b[i])
	}
	return l
}
