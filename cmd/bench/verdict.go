package main

import (
	"fmt"
	"math"
)

// Names of the tools in reports, and of the scenario that all have.
const (
	toolEqual      = "mihbara " + equal
	toolRecognised = "mihbara " + recognised
	toolFull       = "mihbara " + full
	toolHugo       = "hugo"
	toolHugoAlone  = "hugo without related"
	toolFloor      = "floor"
	clean          = "clean"
)

// What Hugo writes of the corpus of 10,000 articles, and the least by which it
// must be slower than the floor: 24.0 s and 1.64 s were measured, and neither
// may be made slow.
const (
	referenceArticles = 10000
	referenceFiles    = 35700
	referenceBytes    = 189e6
	referenceTerms    = 21423 // pages of tags and names: the table has no figure, this is what this corpus gives
	leastRatio        = 12
	tolerance         = 0.05
	slimmer           = 1.03 // Hugo indents its sitemaps, which weigh more the smaller the corpus is
)

// A Verdict says whether a run counts, and why not.
type Verdict struct {
	Counts bool     `json:"counts"`
	Why    []string `json:"why,omitempty"`
}

// judge applies the rule: at least 12 times between Hugo and the floor, which
// write as much, and, at 10,000 articles, Hugo's output as the reference table
// says, within 5 %.
func judge(r *Report) Verdict {
	var v Verdict
	no := func(format string, args ...any) { v.Why = append(v.Why, fmt.Sprintf(format, args...)) }
	hugo, ok := r.of(toolHugo, clean)
	if !ok {
		no("Hugo was not measured")
	}
	floor, ok2 := r.of(toolFloor, clean)
	if !ok2 {
		no("the floor was not measured")
	}
	if ok && ok2 {
		if off(float64(floor.Files), float64(hugo.Files)) || off(float64(floor.Bytes)*slimmer, float64(hugo.Bytes)) {
			no("the floor writes %d files and %d bytes, Hugo %d and %d, which is too far apart", floor.Files, floor.Bytes, hugo.Files, hugo.Bytes)
		}
		if x, _ := r.ratio(toolHugo, toolFloor); x.wall < leastRatio {
			no("Hugo ÷ floor is %.1f, less than %d", x.wall, leastRatio)
		}
	}
	if r.Shape != "articles" || r.Seed != 1 {
		no("the corpus is not that of the reference figures")
	}
	if ok && r.Articles == referenceArticles {
		for _, x := range []struct {
			what       string
			have, want float64
		}{
			{"files", float64(hugo.Files), referenceFiles},
			{"bytes", float64(hugo.Bytes), referenceBytes},
			{"term pages", float64(hugo.Terms), referenceTerms},
		} {
			if off(x.have, x.want) {
				no("Hugo's %s are %.0f, more than 5 %% off %.0f", x.what, x.have, x.want)
			}
		}
	}
	v.Counts = len(v.Why) == 0
	return v
}

// off says whether a figure is further from what is wanted than the rule allows.
func off(have, want float64) bool { return math.Abs(have-want) > tolerance*want }
