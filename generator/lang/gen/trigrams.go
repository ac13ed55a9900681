//go:build ignore

// This program writes data/<tag>/trigrams.txt: for the languages that compete
// for a script, the runs of three letters that are commoner in one of them
// than in the others. It counts them in the names that CLDR 48.2 has in each
// language (emoji, languages, territories, currencies, units), which is no news
// text but has the sound of the language:
//
//	npm install cldr-annotations-full@48.2.0 cldr-localenames-full@48.2.0 \
//	  cldr-numbers-full@48.2.0 cldr-units-full@48.2.0 cldr-dates-full@48.2.0
//	go run generator/lang/gen/trigrams.go -cldr node_modules -data generator/lang/data
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

var groups = [][]string{
	{"en", "fr", "es", "de", "pt", "it", "tr", "az", "id", "sw", "kmr", "nl", "pl", "sv"},
	{"ru", "uk", "be", "bg", "sr", "kk"},
}

var (
	root = flag.String("cldr", "node_modules", "folder with the unpacked CLDR packages")
	out  = flag.String("data", "data", "folder to write to")
	keep = flag.Int("keep", 450, "trigrams of a language")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	for _, g := range groups {
		write(g)
	}
}

func write(tags []string) {
	counts := make([]map[string]float64, len(tags))
	totals := make([]float64, len(tags))
	all := map[string]bool{}
	for i, tag := range tags {
		counts[i] = map[string]float64{}
		for word := range wordsOf(tag) {
			r := []rune("_" + word + "_")
			for j := 0; j+3 <= len(r); j++ {
				t := string(r[j : j+3])
				counts[i][t]++
				totals[i]++
				all[t] = true
			}
		}
		log.Printf("%s: %.0f trigrams", tag, totals[i])
	}
	for i, tag := range tags {
		writeFile(tag, best(i, counts, totals, all))
	}
}

type scored struct {
	trigram string
	weight  int
	gain    float64
}

// best gives the trigrams that say most for language i: those that are often
// and much more often than in the mean of all. The weight is the logarithm of
// that ratio, in half bits.
func best(i int, counts []map[string]float64, totals []float64, all map[string]bool) []scored {
	const smooth = 0.5
	var l []scored
	for t := range all {
		if counts[i][t] < 4 {
			continue
		}
		p := func(j int) float64 { return (counts[j][t] + smooth) / (totals[j] + smooth*float64(len(all))) }
		mean := 0.0
		for j := range counts {
			mean += p(j) / float64(len(counts))
		}
		bits := math.Log2(p(i) / mean)
		weight := int(math.Round(2 * bits))
		if weight < 1 {
			continue
		}
		l = append(l, scored{t, weight, p(i) * bits})
	}
	slices.SortFunc(l, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.gain, a.gain), strings.Compare(a.trigram, b.trigram))
	})
	return l[:min(*keep, len(l))]
}

func writeFile(tag string, l []scored) {
	var b strings.Builder
	b.WriteString("# origin: CLDR 48.2, packages annotations, localenames, numbers, units; licence: Unicode-3.0; written by gen/trigrams.go, not by hand; weight, trigrams\n")
	byWeight := map[int][]string{}
	for _, s := range l {
		byWeight[s.weight] = append(byWeight[s.weight], s.trigram)
	}
	for _, w := range slices.Sorted(maps.Keys(byWeight)) {
		slices.Sort(byWeight[w])
		for chunk := range slices.Chunk(byWeight[w], 25) {
			fmt.Fprintf(&b, "%d %s\n", w, strings.Join(chunk, " "))
		}
	}
	dir := filepath.Join(*out, tag)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "trigrams.txt"), []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// wordsOf gives the different words of all names in a language.
func wordsOf(tag string) map[string]bool {
	cldr := tag
	if tag == "kmr" {
		cldr = "ku"
	}
	set := map[string]bool{}
	for _, path := range []string{
		"cldr-annotations-full/annotations/" + cldr + "/annotations.json",
		"cldr-localenames-full/main/" + cldr + "/languages.json",
		"cldr-localenames-full/main/" + cldr + "/territories.json",
		"cldr-localenames-full/main/" + cldr + "/localeDisplayNames.json",
		"cldr-numbers-full/main/" + cldr + "/currencies.json",
		"cldr-units-full/main/" + cldr + "/units.json",
		"cldr-dates-full/main/" + cldr + "/dateFields.json",
		"cldr-dates-full/main/" + cldr + "/ca-gregorian.json",
	} {
		b, err := os.ReadFile(filepath.Join(*root, path))
		if err != nil {
			log.Printf("%s: %v", tag, err)
			continue
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			log.Fatal(err)
		}
		collect(set, v)
	}
	return set
}

// collect adds the words of all strings below v.
func collect(set map[string]bool, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			collect(set, e)
		}
	case []any:
		for _, e := range v {
			collect(set, e)
		}
	case string:
		for _, w := range strings.FieldsFunc(strings.ToLower(v), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
			if len([]rune(w)) > 1 {
				set[w] = true
			}
		}
	}
}
