package lang

import (
	"slices"
	"strings"
	"sync"
)

// secondCalendar is the calendar that readers of a locale use beside the
// Gregorian one, with how a day is written in it.
type secondCalendar struct {
	kind    string // "", "persian", "umalqura", "hebrew"
	pattern pattern
	names   names
	era     string
	first   bool // it stands before the Gregorian one
}

// The places that a site may give a language's other calendar.
const (
	calendarFirst  = "first"
	calendarSecond = "second"
	calendarNone   = "none"
)

// CalendarPlaces names where a site may have the other calendar of t stand:
// before the Gregorian one, after it, or nowhere. A language without another
// calendar has no places.
func CalendarPlaces(t Tag) []string {
	if For(t).otherCalendar().kind == "" {
		return nil
	}
	return []string{calendarFirst, calendarSecond, calendarNone}
}

// otherCalendar is the locale's second calendar, or, where readers of the country
// do without, that of the language.
func (l *Locale) otherCalendar() secondCalendar {
	if p := l.Tag.parent(); l.calendar2.kind == "" && p != "" && ScriptOf(p) == l.Script {
		return For(p).calendar2
	}
	return l.calendar2
}

func (l *Locale) withCalendar(place string) *Locale {
	if !slices.Contains(CalendarPlaces(l.Tag), place) {
		return l
	}
	c := *l
	c.calendar2 = secondCalendar{}
	if place != calendarNone {
		c.calendar2 = l.otherCalendar()
		c.calendar2.first = place == calendarFirst
	}
	return &c
}

// Day writes the Gregorian day d in the calendar that readers look for first:
// the Gregorian one, unless the site says otherwise.
func (l *Locale) Day(d Civil) string {
	if l.calendar2.first {
		if s := l.Calendar2(d); s != "" {
			return s
		}
	}
	return l.Date(d, DateLong)
}

// OtherDay writes d in the calendar that [Locale.Day] leaves out, "" if the
// locale has but one.
func (l *Locale) OtherDay(d Civil) string {
	s := l.Calendar2(d)
	if s != "" && l.calendar2.first {
		return l.Date(d, DateLong)
	}
	return s
}

func newSecondCalendar(m map[string]string) secondCalendar {
	kind := m["calendar2"]
	switch kind {
	case "persian", "umalqura", "hebrew":
	default:
		return secondCalendar{}
	}
	months := list(m["calendar2.month"])
	return secondCalendar{
		kind: kind, pattern: parsePattern(or(m["calendar2.date"], "d MMMM y")), era: m["calendar2.era"],
		names: names{wide: months, wideAlone: months, short: months, shortAlone: months},
	}
}

// Calendar2 writes the Gregorian day d in the locale's second calendar: the
// Solar Hijri one for Persian, Dari, Pashto and the Sorani of Iran, Umm
// al-Qura for Arabic without a country and for the Gulf, the Hebrew one for
// Hebrew. It is "" for other locales and for a day that does not exist.
func (l *Locale) Calendar2(d Civil) string {
	c := &l.calendar2
	if c.kind == "" || !d.valid() {
		return ""
	}
	f := fields{names: &c.names, era: c.era}
	switch c.kind {
	case "persian":
		f.year, f.month, f.day = persian(d.days())
	case "umalqura":
		f.year, f.month, f.day = ummAlQura(d.days())
	case "hebrew":
		f.year, f.month, f.day = hebrew(d.days())
		if f.month == 7 && hebrewLeap(f.year) {
			f.month = 14 // Adar of a leap year has its own name, kept after the thirteen
		}
		f.hebrew = true
	}
	var buf [96]byte
	return string(c.pattern.append(buf[:0], &f, &l.numbers))
}

// unixJulian is the Julian day number of 1970-01-01.
const unixJulian = 2440588

// floorDiv divides and rounds down, unlike /, which rounds toward zero.
func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// persianNewYear gives the days from the epoch of the Solar Hijri calendar to
// the first day of a year. Leap years follow the cycle of 33 years, which
// agrees with the observed equinox from 1800 to 2123.
func persianNewYear(year int) int { return 365*(year-1) + floorDiv(8*year+21, 33) }

// persian turns days since 1970 into a day of the Solar Hijri calendar.
func persian(days int) (year, month, day int) {
	n := days + unixJulian - 1948320
	year = 1 + floorDiv(33*n+3, 12053)
	for persianNewYear(year+1) <= n {
		year++
	}
	for persianNewYear(year) > n {
		year--
	}
	n -= persianNewYear(year)
	if n < 6*31 {
		return year, n/31 + 1, n%31 + 1
	}
	n -= 6 * 31
	return year, n/30 + 7, n%30 + 1
}

// hijriYear is a year of the Umm al-Qura calendar: its first day since 1970
// and the lengths of its months, the first in the highest of twelve bits.
type hijriYear struct{ first, long int }

// firstHijri is the year that the table of month lengths begins with.
const firstHijri = 1300

var hijriYears = sync.OnceValue(func() []hijriYear {
	var years []hijriYear
	first := Civil{1882, 11, 12}.days()
	dataLines(dataFile(Und, "umm-al-qura.txt"), func(line string) {
		bits := line[strings.LastIndexByte(line, '\t')+1:]
		y := hijriYear{first: first}
		for _, c := range bits {
			y.long = y.long<<1 | int(c-'0')
			first += 29 + int(c-'0')
		}
		years = append(years, y)
	})
	return years
})

// ummAlQura turns days since 1970 into a day of the Umm al-Qura calendar, by
// the table that Saudi Arabia publishes (AH 1300 to 1600); outside of it by the
// arithmetical (civil) Islamic calendar.
func ummAlQura(days int) (year, month, day int) {
	table := hijriYears()
	n := days - table[0].first
	last := table[len(table)-1]
	if n < 0 || days >= last.first+12*29+onesOf(last.long) {
		return islamicCivil(days)
	}
	i := min(n/354, len(table)-1)
	for table[i].first > days {
		i--
	}
	n = days - table[i].first
	for month = 1; ; month++ {
		length := 29 + table[i].long>>(12-month)&1
		if n < length {
			return firstHijri + i, month, n + 1
		}
		n -= length
	}
}

func onesOf(bits int) int {
	n := 0
	for ; bits != 0; bits &= bits - 1 {
		n++
	}
	return n
}

// islamicCivil counts eleven leap years in thirty, from the Friday epoch.
func islamicCivil(days int) (year, month, day int) {
	n := days + unixJulian - 1948440
	year = floorDiv(30*n+10646, 10631)
	n -= (year-1)*354 + floorDiv(3+11*year, 30)
	month = min(12, (2*n+1)/59+1)
	for month > 1 && (59*(month-1)+1)/2 > n {
		month--
	}
	return year, month, n - (59*(month-1)+1)/2 + 1
}
