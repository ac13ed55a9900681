package diag

import (
	"slices"
	"strings"
)

// Nearest returns the known name that was probably meant by name, or "" where
// none is near. Case, hyphens, underscores and spaces do not count, since
// authors mix them up more often than letters; otherwise at most a third of
// the letters, and at most two of them, may differ (a swap of neighbours is one).
func Nearest(name string, known []string) string {
	folded := fold(name)
	limit := min(2, max(1, len([]rune(folded))/3))
	best, bestDistance := "", limit+1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := distance([]rune(folded), []rune(fold(k))); d < bestDistance {
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

func fold(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
}

// distance is the optimal string alignment distance.
func distance(a, b []rune) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
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
		before, last = last, row
	}
	return last[len(b)]
}
