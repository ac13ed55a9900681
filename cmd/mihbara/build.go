package main

import (
	"context"
	"fmt"
	"time"

	"mihbara/generator"
)

func buildCommand() command {
	var watch, verify bool
	var profile string
	return command{
		name:    "build",
		summary: "bring the output folder up to date",
		shared:  "source out base-url now drafts future json quiet",
		help: `Reads the site, works out what changed since the last build, and writes only
the files whose bytes are different. What it wrote earlier and should no longer
exist is removed; what it did not write is never touched.

With --watch it goes on and builds again after every change. With --verify it
writes nothing, works everything out anew and compares it with the output
folder byte for byte.

With --profile it writes profiles of the build into a folder, for "go tool
pprof": cpu, allocs, heap, block, mutex.`,
		flags: func(c *call) {
			c.set.BoolVar(&watch, "watch", false, "build again after every change, until interrupted")
			c.set.BoolVar(&verify, "verify", false, "compare the output with a clean build instead of writing")
			c.set.StringVar(&profile, "profile", "", "write profiles of the build into `DIR`")
		},
		run: func(ctx context.Context, c *call) error {
			switch {
			case len(c.args) > 0:
				return usagef("unexpected %q; the site's folder is named with --source", c.args[0])
			case watch && verify:
				return usagef("--watch and --verify exclude each other")
			case watch && profile != "":
				return usagef("--watch and --profile exclude each other")
			case watch:
				return c.watch(ctx)
			}
			defer useHugePages()()
			if verify {
				return profiled(profile, func() error { return c.verify(ctx) })
			}
			return profiled(profile, func() error { return c.build(ctx) })
		},
	}
}

func (c *call) build(ctx context.Context) error {
	start := c.clock()
	p := c.progress()
	sum, err := generator.Build(ctx, c.options(p))
	p.end()
	if err != nil {
		return c.siteError(err)
	}
	if err := c.tell(&sum, c.clock().Sub(start)); err != nil {
		return err
	}
	return c.outcome(&sum)
}

// outcome is the error that ends a command after a summary.
func (c *call) outcome(sum *generator.Summary) error {
	if sum.Errors() > 0 {
		return errProblems
	}
	return nil
}

// jsonSummary is what --json prints: a line, with at least these keys.
type jsonSummary struct {
	Articles int     `json:"articles"`
	Pages    int     `json:"pages"`
	Rendered int     `json:"rendered"`
	Written  int     `json:"written"`
	Removed  int     `json:"removed"`
	Problems int     `json:"problems"`
	Warnings int     `json:"warnings"`
	Seconds  float64 `json:"seconds"`
}

// tell prints what a build did.
func (c *call) tell(sum *generator.Summary, took time.Duration) error {
	c.report(sum.Diagnostics, false)
	if c.json {
		return c.printJSON(jsonSummary{sum.Articles, sum.Pages, len(sum.Rendered), len(sum.Written), len(sum.Removed),
			sum.Errors(), sum.Warnings(), took.Seconds()})
	}
	c.printf("%s, %s: %s, %s", plural(sum.Articles, "article", "articles"), plural(sum.Pages, "file", "files"),
		written(sum.Written), plural(len(sum.Rendered), "drawn", "drawn"))
	if len(sum.Removed) > 0 {
		c.printf(", %s", plural(len(sum.Removed), "removed", "removed"))
	}
	c.printf(" in %s", took.Round(time.Millisecond))
	if n := sum.Errors(); n > 0 {
		c.printf("; %s", plural(n, "problem", "problems"))
	}
	c.printf("\n")
	c.hintMoves(sum.Moved)
	return nil
}

// written names the file where it is only one, for those who edit and look.
func written(list []string) string {
	if len(list) == 1 {
		return "1 written (" + list[0] + ")"
	}
	return thousands(len(list)) + " written"
}

// hintMoves reminds of redirects that are missing.
func (c *call) hintMoves(list []generator.Move) {
	if len(list) == 0 {
		return
	}
	c.printf("%s changed or went away and nothing leads from there; \"mihbara moves\" prints the redirects\n", plural(len(list), "address", "addresses"))
}

func (c *call) verify(ctx context.Context) error {
	p := c.progress()
	list, sum, err := generator.Verify(ctx, c.options(p))
	p.end()
	if err != nil {
		return c.siteError(err)
	}
	for _, d := range list {
		if d.Offset >= 0 {
			fmt.Fprintf(c.errOut, "%s: %s, from byte %d\n", d.Path, d.Reason, d.Offset)
		} else {
			fmt.Fprintf(c.errOut, "%s: %s\n", d.Path, d.Reason)
		}
	}
	if len(list) > 0 {
		fmt.Fprintf(c.errOut, "%s; build again, and if that does not mend it, delete the output folder's files and report the site\n",
			plural(len(list), "file differs from a clean build", "files differ from a clean build"))
		return errProblems
	}
	c.printf("%s: every byte is what a clean build gives\n", plural(sum.Pages, "file", "files"))
	return nil
}

func (c *call) watch(ctx context.Context) error {
	o := c.options(nil)
	start := c.clock()
	err := generator.Watch(ctx, o, func(sum generator.Summary) {
		if len(sum.Written)+len(sum.Removed) > 0 || sum.Errors() > 0 {
			_ = c.tell(&sum, c.clock().Sub(start))
		}
		start = c.clock()
	})
	if ctx.Err() != nil {
		return nil
	}
	return c.siteError(err)
}
