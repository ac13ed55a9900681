package article

import (
	"strings"
	"time"

	"mihbara/generator/lang"
)

// A Moment is an instant with the zone it was given in, or a day. The zero
// Moment is "no date".
type Moment struct {
	_       struct{} `cbor:",toarray"`
	Unix    int64    // seconds; of a day its first instant in the site's time zone
	Offset  int      // seconds east of Greenwich
	DayOnly bool     // the source names a day and no time
	Set     bool     // false: undated
}

// Civil gives the day of m where it was written.
func (m Moment) Civil() lang.Civil {
	if !m.Set {
		return lang.Civil{}
	}
	y, mo, d := m.local().Date()
	return lang.Civil{Year: y, Month: int(mo), Day: d}
}

// Clock gives the time of day of m where it was written; zero for a day.
func (m Moment) Clock() (hour, minute int) {
	if !m.Set || m.DayOnly {
		return 0, 0
	}
	t := m.local()
	return t.Hour(), t.Minute()
}

// RFC3339 gives m for machines: YYYY-MM-DD for a day, "" for no date.
func (m Moment) RFC3339() string {
	switch {
	case !m.Set:
		return ""
	case m.DayOnly:
		return m.local().Format(time.DateOnly)
	}
	return m.local().Format(time.RFC3339)
}

func (m Moment) local() time.Time {
	return time.Unix(m.Unix, 0).In(zoneOf(m.Offset))
}

func zoneOf(offset int) *time.Location {
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", offset)
}

// A reading says how a date was understood.
type reading uint8

const (
	sound       reading = iota
	noZone              // a time of day without a zone: the site's was taken
	strangeZone         // a zone that we do not know: the site's was taken
	noDay               // only a year or a month
	otherYear           // a year of another calendar
	unreadable
)

// parseMoment reads a date in any shape that editors were seen to use: ISO
// 8601 with "T", a space, one-digit hours, slashes or dots, no separators, a
// zone or none; Arabic-Indic and Persian digits; English month names. Only
// sound, noZone and strangeZone set the Moment.
func parseMoment(text string, zone *time.Location) (Moment, reading) {
	text = strings.TrimSpace(plainDigits(text))
	day, rest, how := parseDay(text)
	if how != sound {
		return Moment{}, how
	}
	rest = strings.TrimLeft(strings.TrimLeft(rest, "Tt ,"), " ")
	if rest == "" {
		return dayMoment(day, zone), sound
	}
	hour, minute, second, rest, ok := parseClock(rest)
	if !ok {
		if offset, known := parseZone(rest); known && offset != nil { // 2023-05-04 +0300
			return dayMoment(day, zone), sound
		}
		return Moment{}, unreadable
	}
	in, how := zone, noZone
	if offset, known := parseZone(strings.TrimSpace(rest)); !known {
		how = strangeZone
	} else if offset != nil {
		in, how = offset, sound
	}
	t := time.Date(day.Year, time.Month(day.Month), day.Day, hour, minute, second, 0, in)
	_, offset := t.Zone()
	return Moment{Unix: t.Unix(), Offset: offset, Set: true}, how
}

func dayMoment(d lang.Civil, zone *time.Location) Moment {
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, zone)
	if t.Day() != d.Day { // the day begins later where clocks were moved at midnight
		t = time.Date(d.Year, time.Month(d.Month), d.Day, 1, 0, 0, 0, zone)
	}
	_, offset := t.Zone()
	return Moment{Unix: t.Unix(), Offset: offset, DayOnly: true, Set: true}
}

// plainDigits writes Arabic-Indic and Persian digits as ASCII and drops the
// invisible marks that right-to-left editors put around dates.
func plainDigits(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r == '\u00a0' || r == '\u202f':
			return ' '
		case r == '،':
			return ','
		case r == '–' || r == '‑' || r == '−':
			return '-'
		}
		return r
	}, lang.StripControls(s))
}

// digits takes at most n digits off s.
func digits(s string, n int) (value int, count int) {
	for count < n && count < len(s) && s[count] >= '0' && s[count] <= '9' {
		value = value*10 + int(s[count]-'0')
		count++
	}
	return value, count
}

// parseDay reads the day that s begins with.
func parseDay(s string) (d lang.Civil, rest string, how reading) {
	year, n := digits(s, 5)
	switch {
	case n == 5 && len(s) >= 8: // 20230504
		var month int
		year, _ = digits(s, 4)
		month, _ = digits(s[4:], 2)
		day, m := digits(s[6:], 2)
		if m != 2 || len(s) > 8 && s[8] >= '0' && s[8] <= '9' {
			return d, s, unreadable
		}
		return checkDay(lang.Civil{Year: year, Month: month, Day: day}, s[8:])
	case n == 4 && len(s) == 4:
		return d, "", noDay
	case n == 4:
		sep := s[4]
		if sep != '-' && sep != '/' && sep != '.' {
			return d, s, unreadable
		}
		month, m := digits(s[5:], 2)
		rest = s[5+m:]
		if m == 0 {
			return d, s, unreadable
		}
		if rest == "" {
			return d, "", noDay
		}
		day, k := digits(rest[1:], 2)
		if rest[0] != sep || k == 0 || len(rest) > 1+k && rest[1+k] >= '0' && rest[1+k] <= '9' {
			return d, s, unreadable
		}
		return checkDay(lang.Civil{Year: year, Month: month, Day: day}, rest[1+k:])
	}
	return namedDay(s)
}

func checkDay(d lang.Civil, rest string) (lang.Civil, string, reading) {
	switch {
	case d.Year < 1500 && d.Year >= 1000 || d.Year >= 2400:
		return lang.Civil{}, rest, otherYear
	case d.Year < 1000 || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day():
		return lang.Civil{}, rest, unreadable
	}
	return d, rest, sound
}

// namedDay reads "4 May 2023", "May 4, 2023" and "Thu, 04 May 2023", whose
// month is an English name or its first three letters.
func namedDay(s string) (d lang.Civil, rest string, how reading) {
	rest = s
	for range 4 {
		rest = strings.TrimLeft(rest, " ,")
		word := rest
		if i := strings.IndexAny(rest, " ,"); i >= 0 {
			word = rest[:i]
		}
		if word == "" {
			break
		}
		n, count := digits(word, 4)
		switch {
		case count == len(word) && count == 4:
			d.Year = n
		case count > 0 && count <= 2 && (count == len(word) || strings.Contains("st nd rd th", strings.ToLower(word[count:]))):
			d.Day = n
		case count == 0:
			if m := englishMonth(word); m > 0 {
				d.Month = m
			}
		default:
			return d, s, unreadable
		}
		rest = rest[len(word):]
		if d.Year > 0 && d.Month > 0 && d.Day > 0 {
			return checkDay(d, rest)
		}
	}
	if d.Year > 0 && d.Month > 0 {
		return d, rest, noDay
	}
	return d, s, unreadable
}

func englishMonth(word string) int {
	word = strings.TrimRight(strings.ToLower(word), ".")
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); name == word || name[:3] == word {
			return int(m)
		}
	}
	return 0
}

// parseClock reads "9:05", "09:05:07.123", "9:05 pm".
func parseClock(s string) (hour, minute, second int, rest string, ok bool) {
	hour, n := digits(s, 2)
	if n == 0 || len(s) < n+3 || s[n] != ':' {
		return 0, 0, 0, s, false
	}
	minute, m := digits(s[n+1:], 2)
	rest = s[n+1+m:]
	if m != 2 {
		return 0, 0, 0, s, false
	}
	if strings.HasPrefix(rest, ":") {
		var k int
		if second, k = digits(rest[1:], 2); k != 2 {
			return 0, 0, 0, s, false
		}
		rest = rest[3:]
		if rest != "" && (rest[0] == '.' || rest[0] == ',') {
			rest = strings.TrimLeft(rest[1:], "0123456789")
		}
	}
	if half := strings.TrimLeft(rest, " "); len(half) >= 2 && (half[1]|0x20) == 'm' {
		switch half[0] | 0x20 {
		case 'a':
			hour, rest = hour%12, half[2:]
		case 'p':
			hour, rest = hour%12+12, half[2:]
		}
	}
	if hour > 23 || minute > 59 || second > 60 {
		return 0, 0, 0, s, false
	}
	return hour, minute, min(second, 59), rest, true
}

// parseZone reads "Z", "UTC", "+0300", "+03:30", "-5", "Asia/Beirut". Nothing
// is known and nil.
func parseZone(s string) (zone *time.Location, known bool) {
	if i := strings.IndexByte(s, '('); i > 0 { // +0300 (EEST)
		s = strings.TrimSpace(s[:i])
	}
	switch strings.ToUpper(s) {
	case "":
		return nil, true
	case "Z", "UTC", "GMT":
		return time.UTC, true
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "UTC"), "GMT")
	if s[0] == '+' || s[0] == '-' {
		hour, n := digits(s[1:], 2)
		rest := strings.TrimPrefix(s[1+n:], ":")
		minute, m := digits(rest, 2)
		if n == 0 || m != len(rest) || m == 1 || hour > 15 || minute > 59 {
			return nil, false
		}
		offset := hour*3600 + minute*60
		if s[0] == '-' {
			offset = -offset
		}
		return zoneOf(offset), true
	}
	if strings.Contains(s, "/") && !strings.Contains(s, "..") {
		if zone, err := time.LoadLocation(s); err == nil {
			return zone, true
		}
	}
	return nil, false
}
