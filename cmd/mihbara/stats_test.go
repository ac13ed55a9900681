package main

import (
	"strings"
	"testing"
	"time"

	"mihbara/generator"
)

func TestFiguresForAPerson(t *testing.T) {
	built := time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC)
	idle := built.Add(24 * time.Hour)
	f := &generator.Figures{
		Built: built, Idle: &idle, Took: 10 * time.Second, Workers: 2, Peak: 300 << 20, Ran: 40_500, Drawn: 30_000, Written: 29_999, Removed: 2,
		Writing: 600 * time.Millisecond, Saving: 1_234_567 * time.Microsecond,
		Stages: []generator.Stage{
			{Name: "open", Took: 12 * time.Millisecond},
			{Name: "scan", Took: 300 * time.Millisecond},
			{Name: "theme", Took: 5 * time.Millisecond, Ran: 500, Busy: 5 * time.Millisecond},
			{Name: "read", Took: 4 * time.Second, Ran: 10_000, Busy: 7_900 * time.Millisecond},
			{Name: "render", Took: 5_600 * time.Millisecond, Ran: 30_000, Busy: 11 * time.Second},
		},
		Kinds: []generator.KindFigures{{Kind: "article", Drawn: 10_000, Time: 9 * time.Second}, {Kind: "list", Drawn: 20_000, Time: 2 * time.Second}},
		Read:  []generator.Slow{{Path: "content/ar/long.md", Time: 12_345_678}, {Path: "content/ar/b.md", Time: 999_499}},
		Draw:  []generator.Slow{{Path: "ar/tags/syria/index.html", Time: 64 * time.Millisecond}},
		Store: []generator.Share{{Kind: "values", Bytes: 31 << 20}, {Kind: "rows", Bytes: 1536}, {Kind: "messages", Bytes: 100}},
		Reach: []generator.Reach{
			{Change: "the headline of an article", Things: 10_000, Typical: generator.Reached{Thing: "a.md", Pages: 23, Files: 4}, Most: generator.Reached{Thing: "b.md", Pages: 1039, Files: 18}},
			{Change: "the template article.html", Things: 1, Typical: generator.Reached{Thing: "article.html", Pages: 10_000}, Most: generator.Reached{Thing: "article.html", Pages: 10_000}},
		},
	}
	want := `The last build with something to do, for 2026-05-01 06:00 UTC: 10s, 300.0 MiB of memory at most
40,500 functions ran; 30,000 files drawn, 29,999 written, 2 removed
Nothing has changed since: the build for 2026-05-02 06:00 UTC had nothing to do.

By stage (functions in 2 workers: their times are summed)
  stage   time   share  functions  their time  each
  scan    300ms  3 %
  read    4s     40 %   10,000     7.9s        790µs
  render  5.6s   56 %   30,000     11s         367µs
  others  17ms   0 %    500        5ms         10µs
  writing files, part of "render": 600ms; waiting for the store, part of the stages: 1.23s

By kind of page
  kind     files   time  each
  article  10,000  9s    900µs
  list     20,000  2s    100µs

Slowest articles to read
  12.3ms  content/ar/long.md
  999µs   content/ar/b.md

Slowest pages to draw and write
  64ms  ar/tags/syria/index.html

The store
  values    31.0 MiB
  rows      1.5 KiB
  messages  100 bytes
  all       31.0 MiB

A change draws again, as pages + other files
  of                          typical  most
  the headline of an article  23 + 4   1,039 + 18  b.md
  the template article.html   10,000   10,000
`
	var b strings.Builder
	printFigures(&b, f)
	if got := b.String(); got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
	b.Reset()
	printFigures(&b, &generator.Figures{Store: f.Store[2:]})
	if want := "no build has left figures\n\nThe store\n  messages  100 bytes\n  all       100 bytes\n"; b.String() != want {
		t.Errorf("without figures:\n%s", b.String())
	}
}
