package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// print writes the figures as a table for people, medians of the repeats.
func (r *Report) print(out io.Writer) error {
	fmt.Fprintf(out, "%d articles (%s, seed %d), medians of %d, %s with %d processors\n\n", r.Articles, r.Shape, r.Seed, r.Repeats, r.System, r.CPUs)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\twall\tCPU\tpeak MiB\tfiles\tMB\tterm pages\tHTML written\tfeeds\tother\tremoved\t")
	for _, m := range r.Results {
		fmt.Fprintf(w, "%s, %s\t%s\n", m.Tool, m.Scenario, strings.Join(m.columns(), "\t")+"\t")
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, line := range r.ratios() {
		fmt.Fprintln(out, line)
	}
	if r.Verdict.Counts {
		fmt.Fprintln(out, "\nThis run counts.")
		return nil
	}
	_, err := fmt.Fprintf(out, "\nThis run does not count: %s.\n", strings.Join(r.Verdict.Why, "; "))
	return err
}

// columns are the cells of a line behind its name.
func (m Measurement) columns() []string {
	if m.Note != "" {
		return []string{m.Note}
	}
	cells := []string{short(m.Median.Wall), short(m.Median.CPU), fmt.Sprint(m.Median.Peak >> 20)}
	if m.Files > 0 {
		cells = append(cells, fmt.Sprint(m.Files), fmt.Sprintf("%.1f", float64(m.Bytes)/1e6), fmt.Sprint(m.Terms))
		if m.Scenario != clean {
			c := m.Change
			cells = append(cells, fmt.Sprint(c.HTML), fmt.Sprint(c.Feeds), fmt.Sprint(c.Other), fmt.Sprint(c.Removed))
		}
	}
	for len(cells) < 10 {
		cells = append(cells, "")
	}
	return cells
}

// ratios compare the clean builds.
func (r *Report) ratios() []string {
	var lines []string
	ratio := func(a, b, what string) {
		if x, ok := r.ratio(a, b); ok {
			lines = append(lines, fmt.Sprintf("%s: %.1f (CPU %.1f, memory %.1f)", what, x.wall, x.cpu, x.memory))
		}
	}
	ratio(toolHugo, toolEqual, "hugo ÷ mihbara equal")
	ratio(toolHugoAlone, toolEqual, "hugo without related ÷ mihbara equal")
	ratio(toolHugo, toolRecognised, "hugo ÷ mihbara recognised")
	ratio(toolEqual, toolFloor, "mihbara equal ÷ floor")
	ratio(toolFull, toolEqual, "mihbara full ÷ equal")
	ratio(toolHugo, toolFloor, "hugo ÷ floor")
	if len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines
}

// Quotients are what the clean builds of one tool took by what those of another took.
type quotients struct{ wall, cpu, memory float64 }

// ratio gives the medians of the rounds' ratios: the two builds of a round followed
// each other closely, while the machine may have changed between rounds.
func (r *Report) ratio(a, b string) (x quotients, ok bool) {
	m, ok1 := r.of(a, clean)
	n, ok2 := r.of(b, clean)
	if !ok1 || !ok2 {
		return x, false
	}
	of := func(figure func(Cost) int64) float64 {
		var list []float64
		for k := range min(len(m.Costs), len(n.Costs)) {
			if d := figure(n.Costs[k]); d > 0 {
				list = append(list, float64(figure(m.Costs[k]))/float64(d))
			}
		}
		return middle(list)
	}
	x = quotients{of(func(c Cost) int64 { return int64(c.Wall) }), of(func(c Cost) int64 { return int64(c.CPU) }), of(func(c Cost) int64 { return c.Peak })}
	return x, x.wall > 0
}

func short(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Round(time.Millisecond).Milliseconds())
	case d < 100*time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}
