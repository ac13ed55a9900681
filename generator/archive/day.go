package archive

import (
	"strconv"
	"time"

	"mihbara/generator/lang"
)

// daysBefore returns the day n days before d in the Gregorian calendar.
func daysBefore(d lang.Civil, n int) lang.Civil {
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -n)
	return lang.Civil{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// daysApart gives the days from the day of a place in the order of articles (see
// [Sort]) to d.
func daysApart(sort string, d lang.Civil) int {
	at := func(from, to int) int {
		n, _ := strconv.Atoi(sort[from:to])
		return n
	}
	if len(sort) < DayWidth {
		return 0
	}
	a := time.Date(at(1, YearWidth), time.Month(at(YearWidth, MonthWidth)), at(MonthWidth, DayWidth), 0, 0, 0, 0, time.UTC)
	b := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}
