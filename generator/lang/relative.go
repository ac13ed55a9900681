package lang

import (
	"strconv"
	"strings"
	"sync"
)

// A Unit is a length of time as [Locale.Relative] counts it, by CLDR's name.
type Unit string

// The units, from short to long.
const (
	Minute Unit = "minute"
	Hour   Unit = "hour"
	Day    Unit = "day"
	Week   Unit = "week"
	Month  Unit = "month"
	Year   Unit = "year"
)

// Relative says how far a time is from now, n units ahead or, below 0, ago:
// “yesterday”, “in 3 hours”, قبل 3 أيام; a word where the language has one. The
// words are those of CLDR 48.2, for Sorani our own. It is "" where neither has
// any, and for another unit: write the date then. A page that is not drawn again
// each day needs the date beside it in any case.
func (l *Locale) Relative(n int, u Unit) string {
	words := l.relative()
	if s := words[string(u)+"."+strconv.Itoa(n)]; s != "" {
		return s
	}
	tense, count := ".future.", n
	if n < 0 {
		tense, count = ".past.", -n
	}
	s := words[string(u)+tense+string(l.Plural(count))]
	if s == "" {
		s = words[string(u)+tense+string(Other)]
	}
	return strings.Replace(s, "{0}", l.Integer(count), 1)
}

// relativeOf reads the words of the tags when they are first asked for, a later
// tag's over those of an earlier one.
func relativeOf(chain []Tag) func() map[string]string {
	return sync.OnceValue(func() map[string]string {
		m := map[string]string{}
		for _, t := range chain {
			readPairs(m, dataFile(t, "relative.txt"))
		}
		return m
	})
}
