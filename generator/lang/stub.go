package lang

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Digits writes the ASCII digits of s in the locale's own digits.
func (l *Locale) Digits(s string) string { return s }

// Integer writes n grouped and in the locale's digits.
func (l *Locale) Integer(n int) string { return strconv.Itoa(n) }

// A Civil is a day of the Gregorian calendar.
type Civil struct{ Year, Month, Day int }

// A DateStyle says how much of a date is written.
type DateStyle int

// The date styles.
const (
	DateLong   DateStyle = iota // 5 May 2023
	DateMedium                  // 5 May 2023, the month shortened
	DateMonth                   // May 2023
	DateYear                    // 2023
	DateFull                    // Friday, 5 May 2023
)

// Date writes d.
func (l *Locale) Date(d Civil, s DateStyle) string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Calendar2 writes d in the locale's second calendar, "" where it has none.
func (l *Locale) Calendar2(d Civil) string { return "" }

// Time writes a time of day.
func (l *Locale) Time(hour, minute int) string { return fmt.Sprintf("%02d:%02d", hour, minute) }

// A PluralForm is one of CLDR's six plural categories.
type PluralForm string

// The plural forms.
const (
	Zero  PluralForm = "zero"
	One   PluralForm = "one"
	Two   PluralForm = "two"
	Few   PluralForm = "few"
	Many  PluralForm = "many"
	Other PluralForm = "other"
)

// Plural gives the form that n takes.
func (l *Locale) Plural(n int) PluralForm {
	if n == 1 {
		return One
	}
	return Other
}

// PluralForms gives the forms that a message must have.
func (l *Locale) PluralForms() []PluralForm { return []PluralForm{One, Other} }

// List joins items as a sentence does.
func (l *Locale) List(items []string) string { return strings.Join(items, ", ") }

// Comma gives the separator of list items with its space, ready for strings.Join.
func (l *Locale) Comma() string { return ", " }

// Quotes gives the outer quotation marks.
func (l *Locale) Quotes() (open, close string) { return "“", "”" }

// SortKey gives a key that sorts bytewise as the language sorts s.
func (l *Locale) SortKey(s string) string { return strings.ToLower(s) }

// Initial gives the A–Z heading for s.
func (l *Locale) Initial(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		break
	}
	return "#"
}

// TerritoryNames gives the names of the territory code in the language t.
func TerritoryNames(code string, t Tag) []string { return nil }

// Territories gives the ISO 3166 alpha-2 codes, sorted.
func Territories() []string { return nil }

// Detect tells the language of text.
func Detect(text string) (t Tag, sure bool) { return Und, false }

// TextDirection gives the base direction of a block of plain text.
func TextDirection(text string, declared Tag, inherited Direction) Direction { return inherited }

// Isolate wraps s in a first-strong isolate; "" stays "".
func Isolate(s string) string {
	if s == "" {
		return ""
	}
	return "\u2068" + s + "\u2069"
}

// StripControls removes bidi controls, zero-width characters and C0/C1 controls.
func StripControls(s string) string { return s }

// A SlugMode says which letters a slug may hold.
type SlugMode string

// The slug modes.
const (
	SlugUnicode SlugMode = "unicode"
	SlugASCII   SlugMode = "ascii"
)

// Slug makes a URL segment of s; it may be "".
func Slug(s string, mode SlugMode) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
}

// HeadingID makes the id of a heading; never "".
func HeadingID(s string) string {
	if id := Slug(s, SlugUnicode); id != "" {
		return id
	}
	return "section"
}

// Excerpt cuts s at a word so that it has at most maxRunes runes.
func Excerpt(s string, maxRunes int) string {
	r := []rune(s)
	if len(r) <= maxRunes {
		return s
	}
	return string(r[:max(0, maxRunes-1)]) + "…"
}
