package lang

// Preferences are what a site chooses where readers of one language are used to
// different things. An empty field leaves what CLDR has.
type Preferences struct {
	Digits   string // a numbering system of CLDR, see [DigitSystems]
	Months   string // a set of Gregorian month names, see [MonthSets]
	Calendar string // where the language's other calendar stands, see [CalendarPlaces]
	Article  bool   // the Arabic article counts in sorting: القاهرة under ا, not under ق
}

// With gives the same locale with a site's preferences. What the language does
// not have is left as it is: only Arabic has sets of month names.
func (l *Locale) With(p Preferences) *Locale {
	return l.withDigits(p.Digits).withMonths(p.Months).withCalendar(p.Calendar).withArticle(p.Article)
}
