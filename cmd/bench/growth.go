package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
)

// A Growth is the same run for corpora of several sizes.
type Growth struct {
	Reports []*Report `json:"reports"` // from the smallest on
}

// growth runs the same for several sizes and prints how the figures grow.
func growth(ctx context.Context, flags *flag.FlagSet, args []string, out, errOut io.Writer) error {
	var o options
	o.registerRun(flags)
	list := flags.String("sizes", "1000,10000,50000,100000", "numbers of `ARTICLES`, from few to many")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sizes, err := sizesOf(*list)
	if err != nil {
		return err
	}
	remove, err := o.place()
	if err != nil {
		return err
	}
	defer remove()
	if err := o.build(ctx, errOut); err != nil {
		return err
	}
	var g Growth
	for _, n := range sizes {
		x := o
		x.articles, x.work = n, filepath.Join(o.work, strconv.Itoa(n))
		fmt.Fprintf(errOut, "%d articles\n", n)
		r, err := x.run(ctx, errOut)
		if err != nil {
			return err
		}
		g.Reports = append(g.Reports, r)
		if o.json != "" { // after each, for the next may take hours
			if err := writeJSON(o.json, &g); err != nil {
				return err
			}
		}
		if !o.keep {
			if err := os.RemoveAll(x.work); err != nil {
				return err
			}
		}
	}
	if o.curve != "" {
		if err := writeCurve(o.curve, "Memory of a clean build", g.lines()); err != nil {
			return err
		}
	}
	return g.print(out)
}

func sizesOf(list string) (sizes []int, err error) {
	for s := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no number of articles", s)
		}
		if len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return nil, errors.New("sizes go from few to many")
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// lines gives the clean builds of all sizes.
func (g *Growth) lines() (list []line) {
	for _, r := range g.Reports {
		for _, l := range r.lines() {
			l.name += " " + strconv.Itoa(r.Articles)
			list = append(list, l)
		}
	}
	return list
}

// print writes a table: a line for each tool, scenario and size, with how often
// it takes the time and memory of the size before.
func (g *Growth) print(out io.Writer) error {
	first := g.Reports[0]
	fmt.Fprintf(out, "%s, seed %d, medians of %d, %s with %d processors\n\n", first.Shape, first.Seed, first.Repeats, first.System, first.CPUs)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tarticles\twall\tCPU\tpeak MiB\t× articles\t× wall\t× CPU\t× memory\t")
	for _, m := range first.Results {
		g.rows(w, m.Tool, m.Scenario)
	}
	return w.Flush()
}

func (g *Growth) rows(w io.Writer, tool, scenario string) {
	var last Measurement
	before := 0
	for _, r := range g.Reports {
		m, ok := r.of(tool, scenario)
		if !ok {
			fmt.Fprintf(w, "%s, %s\t%d\tno figures\t\t\t\t\t\t\t\n", tool, scenario, r.Articles)
			continue
		}
		c := m.Median
		fmt.Fprintf(w, "%s, %s\t%d\t%s\t%s\t%d\t", tool, scenario, r.Articles, short(c.Wall), short(c.CPU), c.Peak>>20)
		if before > 0 {
			b := last.Median
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t", times(r.Articles, before), times(c.Wall, b.Wall), times(c.CPU, b.CPU), times(c.Peak, b.Peak))
		} else {
			fmt.Fprint(w, "\t\t\t\t")
		}
		fmt.Fprintln(w)
		last, before = m, r.Articles
	}
}

// times writes how often b is in a; "" where nothing was measured.
func times[T ~int | ~int64](a, b T) string {
	if a == 0 || b == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", float64(a)/float64(b))
}

func writeJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o666)
}
