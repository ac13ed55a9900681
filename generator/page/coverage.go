package page

import (
	"strconv"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
)

// The size of a coverage picture, in its own units: one a column and a gap.
const (
	coverageWidth  = 120
	coverageHeight = 24
)

// Coverage draws how often an entity was written about over time: a bar for
// each month, for each quarter or year where there are many. All coordinates are
// integers, so that the picture is the same on every machine. Time runs from
// left to right; the theme mirrors the picture on right-to-left pages.
func Coverage(q Questions, s Spec) []byte {
	bars := condense(q.Coverage(entity.ID(s.Key)))
	b := make([]byte, 0, 512)
	b = append(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 24" width="120" height="24" preserveAspectRatio="none">`+
		`<style>path{fill:#8a4b2a}@media(prefers-color-scheme:dark){path{fill:#d9a982}}</style>`...)
	most := 1
	for _, n := range bars {
		most = max(most, n)
	}
	step := max(1, coverageWidth/max(1, len(bars)))
	width := max(1, min(step-1, 8))
	step = min(step, width+4)
	// A base line, so that an entity without articles is not an empty box.
	b = append(b, `<path opacity=".35" d="M0 23h120v1h-120z"/>`...)
	if len(bars) == 0 {
		return append(b, "</svg>\n"...)
	}
	b = append(b, `<path d="`...)
	for i, n := range bars {
		if n == 0 {
			continue
		}
		h := max(2, n*(coverageHeight-2)/most)
		b = append(b, 'M')
		b = strconv.AppendInt(b, int64(coverageWidth-(len(bars)-i)*step), 10)
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(coverageHeight-h), 10)
		b = append(b, 'h')
		b = strconv.AppendInt(b, int64(width), 10)
		b = append(b, 'v')
		b = strconv.AppendInt(b, int64(h), 10)
		b = append(b, "h-"...)
		b = strconv.AppendInt(b, int64(width), 10)
		b = append(b, 'z')
	}
	return append(b, "\"/></svg>\n"...)
}

// condense makes at most sixty bars of the counts: a bar a month, else a
// quarter, else as few years as fit, from the first to the last.
func condense(counts []archive.MonthCount) []int {
	if len(counts) == 0 {
		return nil
	}
	month := func(c archive.MonthCount) int { return c.Year*12 + c.Month - 1 }
	first, last := month(counts[0]), month(counts[len(counts)-1])
	size := 1
	for _, s := range []int{3, 12} {
		if (last/size - first/size) >= 60 {
			size = s
		}
	}
	for last/size-first/size >= 60 {
		size += 12
	}
	bars := make([]int, last/size-first/size+1)
	for _, c := range counts {
		bars[month(c)/size-first/size] += c.Count
	}
	return bars
}
