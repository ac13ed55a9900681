package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A line of a picture is the memory of one process over time.
type line struct {
	tool    string // lines of one tool have one colour
	name    string
	samples []Sample
}

// lines gives the clean builds of a report whose memory was sampled.
func (r *Report) lines() (list []line) {
	for _, m := range r.Results {
		if len(m.Memory) > 0 {
			list = append(list, line{m.Tool, m.Tool, m.Memory})
		}
	}
	return list
}

// writeCurve draws lines into a file, an SVG picture.
func writeCurve(path, title string, lines []line) error {
	if len(lines) == 0 {
		return errors.New("no memory was sampled: only Linux tells it")
	}
	return os.WriteFile(path, []byte(drawCurve(title, lines)), 0o666)
}

// The picture's size and the place of its plot, in its own units.
const (
	pictureWidth, pictureHeight = 860, 420
	plotLeft, plotTop           = 70, 50
	plotWidth, plotHeight       = 600, 310
	pointsPerLine               = 400
)

// The colours can be told apart by those who see few, on either ground. Lines of
// one tool differ by their dashes, from dots for the first to a whole line.
const curveStyle = `<style>
.ground { fill: #ffffff } text { fill: #1b1b1b; font: 13px system-ui, sans-serif } .title { font-size: 15px; font-weight: 600 }
.grid { stroke: #d8d8d8 } .axis { stroke: #6b6b6b } .line { fill: none; stroke-width: 2; stroke-linejoin: round }
.l0 { stroke: #0b62b0 } .l1 { stroke: #b34700 } .l2 { stroke: #1f7a3d } .l3 { stroke: #7a3da6 } .l4 { stroke: #6b6b6b } .l5 { stroke: #a8234f }
.d1 { stroke-dasharray: 10 3 } .d2 { stroke-dasharray: 4 3 } .d3 { stroke-dasharray: 1 3 }
@media (prefers-color-scheme: dark) {
.ground { fill: #14171a } text { fill: #e8e8e8 } .grid { stroke: #34393e } .axis { stroke: #9a9a9a }
.l0 { stroke: #6cb4ff } .l1 { stroke: #ff9d5c } .l2 { stroke: #6fd08c } .l3 { stroke: #c9a0f0 } .l4 { stroke: #b0b0b0 } .l5 { stroke: #ff8fab }
}
</style>
`

// colours and dashes are how many there are of each.
const colours, dashes = 6, 4

// looks gives the classes of lines: a colour for each tool, and within one tool
// the last line whole, those before it more and more broken.
func looks(lines []line) []string {
	var tools []string
	left := map[string]int{}
	for _, l := range lines {
		if !slices.Contains(tools, l.tool) {
			tools = append(tools, l.tool)
		}
		left[l.tool]++
	}
	list := make([]string, len(lines))
	for i, l := range lines {
		left[l.tool]--
		list[i] = fmt.Sprintf("line l%d d%d", slices.Index(tools, l.tool)%colours, left[l.tool]%dashes)
	}
	return list
}

// drawCurve draws memory over time, in MiB and seconds.
func drawCurve(title string, lines []line) string {
	var longest time.Duration
	var most int64
	for _, l := range lines {
		for _, s := range l.samples {
			longest, most = max(longest, s.At), max(most, s.Resident)
		}
	}
	xs, ys := newScale(longest.Seconds()), newScale(float64(most)/(1<<20))
	x := func(v float64) int { return plotLeft + int(math.Round(v/xs.end*plotWidth)) }
	y := func(v float64) int { return plotTop + plotHeight - int(math.Round(v/ys.end*plotHeight)) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-label="%s">`+"\n",
		pictureWidth, pictureHeight, escape(title))
	b.WriteString(curveStyle)
	fmt.Fprintf(&b, `<rect class="ground" width="%d" height="%d"/><text class="title" x="%d" y="26">%s</text>`+"\n", pictureWidth, pictureHeight, plotLeft, escape(title))
	for _, v := range ys.marks() {
		fmt.Fprintf(&b, `<path class="grid" d="M%d %dh%d"/><text x="%d" y="%d" text-anchor="end">%s</text>`+"\n",
			plotLeft, y(v), plotWidth, plotLeft-8, y(v)+4, ys.text(v))
	}
	for _, v := range xs.marks() {
		fmt.Fprintf(&b, `<path class="axis" d="M%d %dv5"/><text x="%[1]d" y="%[3]d" text-anchor="middle">%s</text>`+"\n",
			x(v), plotTop+plotHeight, plotTop+plotHeight+20, xs.text(v))
	}
	fmt.Fprintf(&b, `<path class="axis" d="M%d %dv%dh%d" fill="none"/>`+"\n", plotLeft, plotTop, plotHeight, plotWidth)
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">seconds since the start</text>`+"\n", plotLeft+plotWidth/2, pictureHeight-16)
	fmt.Fprintf(&b, `<text transform="translate(18 %d) rotate(-90)" text-anchor="middle">resident memory, MiB</text>`+"\n", plotTop+plotHeight/2)
	look := looks(lines)
	for i, l := range lines {
		fmt.Fprintf(&b, `<path class="%s" d="`, look[i])
		for j, s := range thin(l.samples) {
			fmt.Fprintf(&b, "%s%d %d", [...]string{"M", "L"}[min(j, 1)], x(s.At.Seconds()), y(float64(s.Resident)/(1<<20)))
		}
		at := plotTop + 8 + 22*i
		fmt.Fprintf(&b, `"/><path class="%s" d="M%d %dh26"/><text x="%d" y="%d">%s</text>`+"\n",
			look[i], plotLeft+plotWidth+16, at, plotLeft+plotWidth+48, at+4, escape(l.name))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// thin keeps of many samples the highest of each stretch of time.
func thin(samples []Sample) []Sample {
	if len(samples) <= pointsPerLine {
		return samples
	}
	out := make([]Sample, 0, pointsPerLine)
	for i := range pointsPerLine {
		stretch := samples[i*len(samples)/pointsPerLine : (i+1)*len(samples)/pointsPerLine]
		top := stretch[0]
		for _, s := range stretch {
			if s.Resident > top.Resident {
				top = s
			}
		}
		out = append(out, top)
	}
	return out
}

// A scale is an axis from 0 to a round end, with marks at round steps.
type scale struct{ step, end float64 }

func newScale(most float64) scale {
	if most <= 0 {
		most = 1
	}
	power := math.Pow(10, math.Floor(math.Log10(most/4)))
	for _, n := range []float64{1, 2, 2.5, 5, 10} {
		if step := n * power; most/step <= 6 {
			return scale{step, math.Ceil(most/step) * step}
		}
	}
	return scale{most, most}
}

func (s scale) marks() (list []float64) {
	for i := 0; float64(i)*s.step <= s.end+s.step/2; i++ {
		list = append(list, float64(i)*s.step)
	}
	return list
}

func (s scale) text(v float64) string {
	digits := max(0, int(math.Ceil(-math.Log10(s.step))))
	if s.step*math.Pow(10, float64(digits)) != math.Trunc(s.step*math.Pow(10, float64(digits))) {
		digits++
	}
	return strconv.FormatFloat(v, 'f', digits, 64)
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
