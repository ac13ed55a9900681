package archive

import (
	"time"

	"mihbara/generator/lang"
)

// daysBefore returns the day n days before d in the Gregorian calendar.
func daysBefore(d lang.Civil, n int) lang.Civil {
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -n)
	return lang.Civil{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}
