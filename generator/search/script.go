package search

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"unicode/utf8"

	"mihbara/generator/lang"
)

//go:embed find.js
var findJS string

// script is find.js behind the data that it works with.
var script = sync.OnceValue(func() []byte {
	f := lang.FoldingTable()
	data, _ := json.Marshal(map[string]any{ // tables and texts cannot fail
		"light": tableOf(f.Light), "arabic": tableOf(f.Arabic), "loose": tableOf(f.Loose),
		"separators": escaped(separators), "joiners": escaped(joiners),
	})
	return append(append(append([]byte("const data = "), data...), ";\n"...), findJS...)
})

// escaped gives the code points of a text: what cannot be seen is not written into
// a script.
func escaped(s string) []int {
	var list []int
	for _, r := range s {
		list = append(list, int(r))
	}
	return list
}

// A table is a map of characters in few bytes.
type table struct {
	// Runs are runs of pairs: the first character, what it becomes (-1: nothing),
	// how many there are, the step of the one, the step of the other.
	Runs [][5]int `json:"runs"`
	// Texts are the characters that become more than one.
	Texts map[int]string `json:"texts"`
}

func tableOf(m map[rune]string) table {
	t := table{Texts: map[int]string{}}
	for _, from := range slices.Sorted(maps.Keys(m)) {
		to, n := utf8.DecodeRuneInString(m[from])
		switch {
		case n != len(m[from]):
			t.Texts[int(from)] = m[from]
		case n == 0:
			t.add(int(from), -1)
		default:
			t.add(int(from), int(to))
		}
	}
	return t
}

// add puts a pair at the end of the last run, or begins another one. The second
// pair of a run decides the steps; those that are long are left to runs of one.
func (t *table) add(from, to int) {
	if len(t.Runs) > 0 {
		r := &t.Runs[len(t.Runs)-1]
		step, other := from-r[0], to-r[1]
		if r[2] == 1 && step <= 4 && 0 <= other && other <= 4 && (to >= 0 || other == 0) {
			r[2], r[3], r[4] = 2, step, other
			return
		}
		if from == r[0]+r[2]*r[3] && to == r[1]+r[2]*r[4] {
			r[2]++
			return
		}
	}
	t.Runs = append(t.Runs, [5]int{from, to, 1, 1, 0})
}
