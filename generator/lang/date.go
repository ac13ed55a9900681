package lang

import (
	"fmt"
	"strconv"
	"time"
)

// A Civil is a day of the Gregorian calendar. Month and Day count from 1.
type Civil struct{ Year, Month, Day int }

// valid says whether the day exists.
func (d Civil) valid() bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= 31 && civilOf(d.days()) == d
}

// days gives the number of days since 1970-01-01.
func (d Civil) days() int {
	return int(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func civilOf(days int) Civil {
	y, m, d := time.Unix(int64(days)*86400, 0).UTC().Date()
	return Civil{y, int(m), d}
}

// A DateStyle says how much of a date is written.
type DateStyle int

// The date styles, with what they give in British English.
const (
	DateLong   DateStyle = iota // 5 September 2023
	DateMedium                  // 5 Sept 2023
	DateMonth                   // September 2023
	DateYear                    // 2023
	DateFull                    // Tuesday 5 September 2023
)

// datePatterns is how a locale writes dates and times.
type datePatterns struct {
	styles [DateFull + 1]pattern
	time   pattern
	names  names
	am, pm string
}

// names are the words that a date may hold. "Alone" is the form of a month
// without a day before it (май, not мая).
type names struct {
	wide, wideAlone, short, shortAlone, day []string
}

func newDatePatterns(m map[string]string) datePatterns {
	p := datePatterns{am: or(m["am"], "AM"), pm: or(m["pm"], "PM"), time: parsePattern(or(m["time"], "HH:mm"))}
	for style, key := range map[DateStyle]string{DateLong: "date.long", DateMedium: "date.medium", DateFull: "date.full"} {
		p.styles[style] = parsePattern(or(m[key], "y-MM-dd"))
	}
	p.styles[DateMonth] = parsePattern(or(m["date.month"], "y-MM"))
	p.styles[DateYear] = parsePattern(or(m["date.year"], "y"))
	n := names{wide: list(m["wide"]), wideAlone: list(m["wide.alone"]), short: list(m["short"]), shortAlone: list(m["short.alone"]), day: list(m["day"])}
	if n.wideAlone == nil {
		n.wideAlone = n.wide
	}
	if n.short == nil {
		n.short = n.wide
	}
	if n.shortAlone == nil {
		n.shortAlone = n.short
	}
	p.names = n
	return p
}

// Date writes the Gregorian day d with the month names of the locale's region
// (أيار in Lebanon, ماي in Morocco) in its digits, as CLDR 48.2 has it. A day
// that does not exist is written as its three numbers.
func (l *Locale) Date(d Civil, s DateStyle) string {
	if !d.valid() || s < DateLong || s > DateFull {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	f := fields{year: d.Year, month: d.Month, day: d.Day, names: &l.dates.names}
	if s == DateFull {
		f.weekday = weekday(d.days())
	}
	var buf [96]byte
	return string(l.dates.styles[s].append(buf[:0], &f, &l.numbers))
}

// MonthName gives the name of a Gregorian month, 1 to 12, as it stands
// without a day or year, as in the heading of a chart; "" for another number.
func (l *Locale) MonthName(month int) string {
	if n := l.dates.names.wideAlone; month >= 1 && month <= len(n) {
		return n[month-1]
	}
	return ""
}

// weekday gives the day of the week, 0 for Sunday, of a day since 1970.
func weekday(days int) int { return ((days+4)%7 + 7) % 7 }

// Time writes a time of day, 0:00 to 23:59, as the locale does: with 12 or 24
// hours, in its digits. Other numbers are written as they are.
func (l *Locale) Time(hour, minute int) string {
	f := fields{hour: hour, minute: minute, period: l.dates.am}
	if hour >= 12 {
		f.period = l.dates.pm
	}
	var buf [48]byte
	return string(l.dates.time.append(buf[:0], &f, &l.numbers))
}

// A pattern is a CLDR date pattern, cut into its fields.
type pattern []token

// A token is either a field (letter and how often it stands) or text.
type token struct {
	field byte
	width int
	text  string
}

func parsePattern(s string) pattern {
	var p pattern
	text := func(t string) {
		if n := len(p); n > 0 && p[n-1].field == 0 {
			p[n-1].text += t
			return
		}
		p = append(p, token{text: t})
	}
	for i := 0; i < len(s); {
		c := s[i]
		j := i + 1
		switch {
		case c == '\'':
			for j < len(s) && s[j] != '\'' {
				j++
			}
			if j == i+1 {
				text("'") // '' is an apostrophe
			} else {
				text(s[i+1 : j])
			}
			j++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			for j < len(s) && s[j] == c {
				j++
			}
			p = append(p, token{field: c, width: j - i})
		default:
			text(s[i:j])
		}
		i = min(j, len(s))
	}
	return p
}

// fields are the values that a pattern is filled with.
type fields struct {
	year, month, day, weekday int
	hour, minute              int
	period, era               string
	hebrew                    bool // day and year in Hebrew letters
	names                     *names
}

func (p pattern) append(b []byte, f *fields, n *numbers) []byte {
	for _, t := range p {
		switch t.field {
		case 0:
			b = append(b, t.text...)
		case 'y', 'u':
			b = f.number(b, n, f.year, t.width)
		case 'M', 'L':
			b = f.appendMonth(b, n, t)
		case 'd':
			b = f.number(b, n, f.day, t.width)
		case 'E', 'c':
			b = appendName(b, f.names.day, f.weekday)
		case 'G':
			b = append(b, f.era...)
		case 'H':
			b = f.number(b, n, f.hour, t.width)
		case 'h':
			b = f.number(b, n, (f.hour+11)%12+1, t.width)
		case 'm':
			b = f.number(b, n, f.minute, t.width)
		case 'a', 'b', 'B':
			b = append(b, f.period...)
		}
	}
	return b
}

func (f *fields) appendMonth(b []byte, n *numbers, t token) []byte {
	if t.width < 3 {
		return f.number(b, n, f.month, t.width)
	}
	names := f.names.wide
	switch {
	case t.width == 3 && t.field == 'L':
		names = f.names.shortAlone
	case t.width == 3:
		names = f.names.short
	case t.field == 'L':
		names = f.names.wideAlone
	}
	return appendName(b, names, f.month-1)
}

func appendName(b []byte, names []string, i int) []byte {
	if i < 0 || i >= len(names) {
		return strconv.AppendInt(b, int64(i+1), 10)
	}
	return append(b, names[i]...)
}

// number appends v in the locale's digits, filled up with zeros to width.
func (f *fields) number(b []byte, n *numbers, v, width int) []byte {
	if f.hebrew {
		return append(b, hebrewNumber(v)...)
	}
	var buf [20]byte
	s := strconv.AppendInt(buf[:0], int64(v), 10)
	for i := len(s); i < width; i++ {
		b = n.appendDigits(b, []byte("0"))
	}
	if n.zero == '0' {
		return append(b, s...)
	}
	return n.appendDigits(b, s)
}
