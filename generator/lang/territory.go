package lang

import (
	"strings"
	"sync"
)

// territoryLoaders holds one loader of territory names for each of known.
var territoryLoaders = func() []func() map[string][]string {
	l := make([]func() map[string][]string, len(known))
	for i, t := range known {
		l[i] = sync.OnceValue(func() map[string][]string { return readTerritories(t) })
	}
	return l
}()

func readTerritories(t Tag) map[string][]string {
	m := map[string][]string{}
	dataLines(dataFile(t, "territories.txt"), func(line string) {
		if f := strings.Split(unescape(line), "\t"); len(f) > 1 {
			m[f[0]] = f[1:]
		}
	})
	return m
}

var territories = sync.OnceValue(func() []string {
	var l []string
	dataLines(dataFile(Und, "territories.txt"), func(line string) { l = append(l, line) })
	return l
})

// Territories gives the ISO 3166 alpha-2 codes of CLDR 48.2, with XK for
// Kosovo, sorted. The caller may keep and change the slice.
func Territories() []string { return append([]string(nil), territories()...) }

// TerritoryNames gives the names of a territory (ISO 3166 alpha-2) in the
// language t from CLDR 48.2: the standard one first, then short and variant
// forms. It is nil for a code or a language that has no names. The slice is
// shared and must not be changed.
func TerritoryNames(code string, t Tag) []string {
	for ; t != ""; t = t.parent() {
		if s, ok := sameAs[t]; ok {
			t = s
		}
		if i, ok := find(t); ok {
			if n := territoryLoaders[i]()[code]; n != nil {
				return n
			}
		}
	}
	return nil
}
