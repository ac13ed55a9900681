package diag

import "strings"

// Nearest returns the known name that was probably meant by name, or "" where
// none is near. Case, hyphens, underscores and spaces do not count, since
// authors mix them up more often than letters; otherwise at most a third of
// the letters, and at most two of them, may differ (a swap of neighbours is one).
// Of names that are equally near the first in alphabetical order is meant.
func Nearest(name string, known []string) string {
	var short [3][32]int // enough for most names
	var letters [2][32]rune
	rooms := [3][]int{short[0][:], short[1][:], short[2][:]}
	folded := fold(letters[0][:0], name)
	limit := min(2, max(1, len(folded)/3))
	best, bestDistance := "", limit+1
	other := letters[1][:0]
	for _, k := range known {
		other = fold(other[:0], k)
		if apart := len(other) - len(folded); apart > limit || -apart > limit {
			continue
		}
		if d := distance(folded, other, &rooms); d < bestDistance || d == bestDistance && d <= limit && k < best {
			best, bestDistance = k, d
		}
	}
	return best
}

// DidYouMean gives ` (did you mean "x"?)` for the nearest known name, or "".
func DidYouMean(name string, known []string) string {
	if n := Nearest(name, known); n != "" {
		return ` (did you mean "` + n + `"?)`
	}
	return ""
}

// fold appends the letters of s that count, in lower case.
func fold(to []rune, s string) []rune {
	for _, r := range strings.ToLower(s) {
		if r != '-' && r != '_' && r != ' ' {
			to = append(to, r)
		}
	}
	return to
}

// distance is the optimal string alignment distance. It works in rooms, which
// one call leaves to the next.
func distance(a, b []rune, rooms *[3][]int) int {
	for i := range rooms {
		if len(rooms[i]) <= len(b) {
			rooms[i] = make([]int, len(b)+16)
		}
	}
	before, last, row := rooms[0], rooms[1], rooms[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
