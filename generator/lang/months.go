package lang

// The sets of month names that Arabic newspapers use.
const (
	MonthsStandard = "standard" // يناير, from Latin: Egypt and the Gulf
	MonthsLevant   = "levant"   // كانون الثاني, from Syriac: Syria, Lebanon, Iraq, Jordan, Palestine
	MonthsMaghreb  = "maghreb"  // جانفي, from French: Algeria and Tunisia
	MonthsMorocco  = "morocco"  // غشت, Morocco's spelling
	MonthsBoth     = "both"     // يناير/كانون الثاني, as papers for all countries print
)

// WithMonths gives the same locale with another set of Gregorian month names,
// for Arabic sites that choose their own (RTL.md Z7). For another language or
// another name it gives l itself.
func (l *Locale) WithMonths(set string) *Locale {
	if l.Tag.base() != "ar" || l.Script != "Arab" {
		return l
	}
	from, ok := map[string]Tag{
		MonthsStandard: "ar", MonthsLevant: "ar-LB", MonthsMaghreb: "ar-DZ", MonthsMorocco: "ar-MA", MonthsBoth: "ar",
	}[set]
	if !ok {
		return l
	}
	n := For(from).dates.names
	if set == MonthsBoth {
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
