package recogniser

import (
	"fmt"
	"strings"

	"mihbara/generator/entity"
)

// A Score counts names that were found, that are there, and that are both:
// the same words, the same type.
type Score struct{ Found, There, Both int }

// Scores holds a score for each type.
type Scores map[entity.Type]*Score

// Add compares what was found in a document with what is there.
func (s Scores) Add(d *Document, names []Name) {
	there := map[Name]bool{}
	for _, n := range d.Names {
		there[n] = true
		s.of(n.Type).There++
	}
	for _, n := range d.Snapped(names) {
		s.of(n.Type).Found++
		if there[n] {
			s.of(n.Type).Both++
		}
	}
}

func (s Scores) of(t entity.Type) *Score {
	if s[t] == nil {
		s[t] = &Score{}
	}
	return s[t]
}

// All gives the sum over persons, places and organisations.
func (s Scores) All() Score {
	var all Score
	for k := range kind(kinds) {
		x := s.of(k.Type())
		all.Found += x.Found
		all.There += x.There
		all.Both += x.Both
	}
	return all
}

// Precision is the share of what was found that is there, in per cent.
func (s Score) Precision() float64 { return percent(s.Both, s.Found) }

// Recall is the share of what is there that was found, in per cent.
func (s Score) Recall() float64 { return percent(s.Both, s.There) }

// F1 is the harmonic mean of precision and recall, in per cent.
func (s Score) F1() float64 { return percent(2*s.Both, s.Found+s.There) }

func percent(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return 100 * float64(a) / float64(b)
}

// String gives a table: a line for each type and one for all.
func (s Scores) String() string {
	var b strings.Builder
	b.WriteString("type  precision  recall     F1   there  found\n")
	line := func(name string, x Score) {
		fmt.Fprintf(&b, "%-4s %10.1f %7.1f %6.1f %7d %6d\n", name, x.Precision(), x.Recall(), x.F1(), x.There, x.Found)
	}
	for k := range kind(kinds) {
		line(k.code(), *s.of(k.Type()))
	}
	line("all", s.All())
	return b.String()
}
