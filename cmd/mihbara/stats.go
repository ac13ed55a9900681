package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"mihbara/generator"
)

func statsCommand() command {
	return command{
		name:    "stats",
		summary: "show where the last build's time went and what a change would draw",
		shared:  "source json",
		help: `Shows of the last build that had something to do: the time of each stage and of
each kind of page, the slowest articles and pages, and the most memory. A build
in which nothing changed leaves these figures as they are.

Then the size of the store by what it keeps, and how many pages and other files
kinds of changes would draw again: of all things that could be so changed the
one in the middle, and the one that draws the most. That is counted in the store
and nothing is built. New pages are not in it, nor what a change does by way of
others: the lists of names in which a renamed entity moves, the article whose
story a new one goes on with. What a tag more draws is not told, for it may
change which articles are related.`,
		run: func(_ context.Context, c *call) error {
			if len(c.args) > 0 {
				return usagef("unexpected %q; the site's folder is named with --source", c.args[0])
			}
			f, err := generator.Stats(c.options(nil))
			if errors.Is(err, generator.ErrNoBuild) {
				return usagef("%v", err)
			}
			if err != nil {
				return c.siteError(err)
			}
			if c.json {
				return c.printJSON(f)
			}
			printFigures(c.out, &f)
			return nil
		},
	}
}

// printFigures prints figures for a person.
func printFigures(w io.Writer, f *generator.Figures) {
	if f.Built.IsZero() {
		fmt.Fprintln(w, "no build has left figures")
	} else {
		printBuild(w, f)
	}
	printStore(w, f.Store)
	printReach(w, f.Reach)
}

func printBuild(w io.Writer, f *generator.Figures) {
	fmt.Fprintf(w, "The last build with something to do, for %s: %s", minute(f.Built), rounded(f.Took))
	if f.Peak > 0 {
		fmt.Fprintf(w, ", %s of memory at most", byteSize(f.Peak))
	}
	fmt.Fprintf(w, "\n%s ran; %s drawn, %s written, %s removed\n",
		plural(f.Ran, "function", "functions"), plural(f.Drawn, "file", "files"), thousands(f.Written), thousands(f.Removed))
	if f.Idle != nil {
		fmt.Fprintf(w, "Nothing has changed since: the build for %s had nothing to do.\n", minute(*f.Idle))
	}
	printStages(w, f)
	table(w, "By kind of page", "kind\tfiles\ttime\teach", f.Kinds, func(k generator.KindFigures) string {
		return fmt.Sprintf("%s\t%s\t%s\t%s", k.Kind, thousands(k.Drawn), rounded(k.Time), rounded(k.Time/time.Duration(max(k.Drawn, 1))))
	})
	slow := func(s generator.Slow) string { return rounded(s.Time).String() + "\t" + s.Path }
	table(w, "Slowest articles to read", "", f.Read, slow)
	table(w, "Slowest pages to draw and write", "", f.Draw, slow)
}

// printStages prints the stages that took a hundredth of the build or more, and
// the others in one line.
func printStages(w io.Writer, f *generator.Figures) {
	var list []generator.Stage
	others := generator.Stage{Name: "others"}
	for _, s := range f.Stages {
		if s.Took*100 >= f.Took {
			list = append(list, s)
			continue
		}
		others.Took += s.Took
		others.Ran += s.Ran
		others.Busy += s.Busy
	}
	if others.Took > 0 {
		list = append(list, others)
	}
	title := fmt.Sprintf("By stage (functions in %s: their times are summed)", plural(f.Workers, "worker", "workers"))
	table(w, title, "stage\ttime\tshare\tfunctions\ttheir time\teach", list, func(s generator.Stage) string {
		line := fmt.Sprintf("%s\t%s\t%d %%", s.Name, rounded(s.Took), (200*s.Took+f.Took)/max(2*f.Took, 1))
		if s.Ran == 0 {
			return line + "\t\t\t"
		}
		return line + fmt.Sprintf("\t%s\t%s\t%s", thousands(s.Ran), rounded(s.Busy), rounded(s.Busy/time.Duration(s.Ran)))
	})
	fmt.Fprintf(w, "  writing files, part of \"render\": %s; waiting for the store, part of the stages: %s\n", rounded(f.Writing), rounded(f.Saving))
}

func printStore(w io.Writer, shares []generator.Share) {
	shares = slices.Clone(shares)
	all := generator.Share{Kind: "all"}
	for _, s := range shares {
		all.Bytes += s.Bytes
	}
	table(w, "The store", "", append(shares, all), func(s generator.Share) string { return s.Kind + "\t" + byteSize(s.Bytes) })
}

func printReach(w io.Writer, list []generator.Reach) {
	table(w, "A change draws again, as pages + other files", "of\ttypical\tmost\t", list, func(r generator.Reach) string {
		return fmt.Sprintf("%s\t%s\t%s\t%s", r.Change, reached(r.Typical), reached(r.Most), most(r))
	})
}

func reached(r generator.Reached) string {
	if r.Files == 0 {
		return thousands(r.Pages)
	}
	return thousands(r.Pages) + " + " + thousands(r.Files)
}

// table prints a title and a line for each of a list; nothing for an empty one.
func table[T any](w io.Writer, title, header string, list []T, line func(T) string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	var cells strings.Builder
	t := tabwriter.NewWriter(&cells, 0, 0, 2, ' ', 0)
	if header != "" {
		fmt.Fprintln(t, "  "+header)
	}
	for _, x := range list {
		fmt.Fprintln(t, "  "+line(x))
	}
	t.Flush()
	for l := range strings.Lines(cells.String()) {
		fmt.Fprintln(w, strings.TrimRight(l, " \n"))
	}
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// rounded keeps about three digits of a time.
func rounded(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit)
}

// byteSize writes a number of bytes for people.
func byteSize(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}

// most names what draws the most, where that is one of several.
func most(r generator.Reach) string {
	if r.Things == 1 {
		return ""
	}
	return r.Most.Thing
}
