package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Report is the outcome of a run, as --json prints it.
type Report struct {
	Articles int           `json:"articles"`
	Shape    string        `json:"shape"`
	Seed     uint64        `json:"seed"`
	Repeats  int           `json:"repeats"`
	System   string        `json:"system"`
	CPUs     int           `json:"cpus"`
	Results  []Measurement `json:"results"`
	Verdict  Verdict       `json:"verdict"`
}

// A Measurement is what a scenario took with a tool.
type Measurement struct {
	Tool     string `json:"tool"`
	Scenario string `json:"scenario"`
	Costs    []Cost `json:"costs"` // of each repeat
	Median   Cost   `json:"median"`
	Files    int    `json:"files"` // in the output
	Bytes    int64  `json:"bytes"`
	Terms    int    `json:"terms"`          // pages of tags and entities
	Change   Change `json:"change"`         // of the last repeat
	Note     string `json:"note,omitempty"` // why there are no figures
	// Memory of the last clean build, where a curve was asked for.
	Memory []Sample `json:"memory,omitempty"`
}

// options of a run.
type options struct {
	corpusFlags
	repeats       int
	mihbara, hugo string
	work, tools   string
	only          string
	json, curve   string
	keep          bool
	patience      time.Duration
}

// registerRun declares the flags of a run.
func (o *options) registerRun(flags *flag.FlagSet) {
	flags.StringVar(&o.shape, "shape", "articles", shapeHelp)
	flags.Uint64Var(&o.seed, "seed", 1, seedHelp)
	flags.IntVar(&o.repeats, "repeats", 3, "measure each scenario so many `TIMES`")
	flags.StringVar(&o.mihbara, "mihbara", "", "`BINARY` of Mihbara (built from this module if not given)")
	flags.StringVar(&o.hugo, "hugo", "", "`BINARY` of Hugo (the one on PATH if not given)")
	flags.StringVar(&o.work, "work", "", "`DIR` for corpus and outputs, on a memory file system for figures that compare (a temporary one if not given)")
	flags.StringVar(&o.tools, "tools", "", "measure only the tools whose names begin with one of these, such as \"mihbara equal,floor\"")
	flags.StringVar(&o.only, "scenarios", "", "measure only these `SCENARIOS` besides the clean build, such as \"unchanged,body edit\"; none for the clean build alone")
	flags.StringVar(&o.json, "json", "", "write the figures to `FILE` too")
	flags.StringVar(&o.curve, "curve", "", "draw the memory of clean builds over time into `FILE`, an SVG picture (on Linux)")
	flags.DurationVar(&o.patience, "patience", 30*time.Minute, "give a tool up when a build takes longer than this `TIME`")
	flags.BoolVar(&o.keep, "keep", false, "keep corpus and outputs")
}

func compare(ctx context.Context, flags *flag.FlagSet, args []string, out, errOut io.Writer) error {
	var o options
	flags.IntVar(&o.articles, "articles", 10000, articlesHelp)
	o.registerRun(flags)
	if err := flags.Parse(args); err != nil {
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
	r, err := o.run(ctx, errOut)
	if err != nil {
		return err
	}
	if o.json != "" {
		if err := writeJSON(o.json, r); err != nil {
			return err
		}
	}
	if o.curve != "" {
		if err := writeCurve(o.curve, fmt.Sprintf("Memory of a clean build of %d articles", o.articles), r.lines()); err != nil {
			return err
		}
	}
	return r.print(out)
}

// place makes the folder to work in. What it gives removes the folder, if it is a
// temporary one and not to be kept.
func (o *options) place() (remove func(), err error) {
	remove = func() {}
	if o.work == "" {
		if o.work, err = os.MkdirTemp("", "bench"); err != nil {
			return remove, err
		}
		if dir := o.work; !o.keep {
			remove = func() { os.RemoveAll(dir) }
		}
	}
	o.work, err = filepath.Abs(o.work)
	return remove, err
}

// build builds Mihbara, if none was named.
func (o *options) build(ctx context.Context, progress io.Writer) error {
	if o.mihbara != "" {
		return nil
	}
	o.mihbara = filepath.Join(o.work, "mihbara")
	if runtime.GOOS == "windows" {
		o.mihbara += ".exe"
	}
	fmt.Fprintln(progress, "building mihbara")
	_, _, err := measure(ctx, "", []string{"go", "build", "-o", o.mihbara, "mihbara/cmd/mihbara"})
	return err
}

func (o *options) run(ctx context.Context, progress io.Writer) (*Report, error) {
	list, err := o.list(progress)
	if err != nil {
		return nil, err
	}
	r := &Report{Articles: o.articles, Shape: o.shape, Seed: o.seed, Repeats: o.repeats,
		System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU()}
	entrants, err := o.prepare(list, progress)
	if !o.keep {
		defer func() {
			for _, e := range entrants {
				os.RemoveAll(e.dir)
			}
		}()
	}
	if err != nil {
		return nil, err
	}
	if err := o.rounds(ctx, entrants, progress); err != nil {
		return nil, err
	}
	for _, e := range entrants {
		if err := o.changes(ctx, e, r, progress); err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
	}
	r.Verdict = judge(r)
	return r, nil
}

// list gives the tools that take part.
func (o *options) list(progress io.Writer) ([]tool, error) {
	bare, err := least()
	if err != nil {
		return nil, err
	}
	all := []tool{bare, mihbara(o.mihbara, equal), mihbara(o.mihbara, recognised), mihbara(o.mihbara, full)}
	if o.hugo == "" {
		o.hugo, _ = exec.LookPath("hugo")
	}
	if o.hugo == "" {
		fmt.Fprintln(progress, "no hugo on PATH: it is left out and the run does not count")
	} else {
		all = append(all, hugo(o.hugo, true), hugo(o.hugo, false))
	}
	if o.tools == "" {
		return all, nil
	}
	var list []tool
	for _, t := range all {
		if slices.ContainsFunc(strings.Split(o.tools, ","), func(p string) bool { return strings.HasPrefix(t.name, strings.TrimSpace(p)) }) {
			list = append(list, t)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("no tool is called %q", o.tools)
	}
	return list, nil
}

// wanted says whether a scenario is measured.
func (o *options) wanted(name string) bool {
	return o.only == "" || slices.ContainsFunc(strings.Split(o.only, ","), func(s string) bool { return strings.TrimSpace(s) == name })
}

// settle is how old sources must be before a build, so that it may trust their
// times.
const settle = 2200 * time.Millisecond

// An entrant is a tool with the corpus as it builds it.
type entrant struct {
	tool
	dir   string // in which everything of it lies
	theme theme
	clean Measurement
	out   string // of its last clean build
}

func (e *entrant) site() string { return filepath.Join(e.dir, "site") }

// prepare writes the corpus for each tool.
func (o *options) prepare(list []tool, progress io.Writer) (entrants []*entrant, err error) {
	for _, t := range list {
		c, err := o.corpus() // each time from its beginning: all tools read the same
		if err != nil {
			return entrants, err
		}
		e := &entrant{tool: t, dir: filepath.Join(o.work, strings.ReplaceAll(t.name, " ", "-")), clean: Measurement{Tool: t.name, Scenario: clean}}
		entrants = append(entrants, e)
		fmt.Fprintf(progress, "%s: corpus\n", t.name)
		if err := writeCorpus(e.site(), c, equal); err != nil {
			return entrants, err
		}
		if e.theme, err = t.prepare(e.site()); err != nil {
			return entrants, err
		}
	}
	time.Sleep(settle)
	return entrants, nil
}

// rounds measures the clean builds: in each round every tool builds once, so that
// a machine that becomes slower becomes so for all of them.
func (o *options) rounds(ctx context.Context, entrants []*entrant, progress io.Writer) error {
	for k := range o.repeats {
		for _, e := range entrants {
			if e.clean.Note != "" {
				continue
			}
			if err := o.cleanBuild(ctx, e, k, progress); err != nil {
				return fmt.Errorf("%s: %w", e.name, err)
			}
		}
	}
	return nil
}

// changes takes the clean builds of a tool into the report, and measures the
// scenarios on its last one.
func (o *options) changes(ctx context.Context, e *entrant, r *Report, progress io.Writer) error {
	if e.clean.Note != "" {
		r.add(e.clean)
		return nil
	}
	seen, err := look(e.out)
	if err != nil {
		return err
	}
	e.clean.Files, e.clean.Bytes, e.clean.Terms = len(seen), seen.bytes(), seen.terms()
	r.add(e.clean)
	s, err := openSource(e.site(), e.theme)
	if err != nil {
		return err
	}
	for _, sc := range e.scenarios {
		if !o.wanted(sc.name) {
			continue
		}
		if err := o.repeat(ctx, e.tool, sc, s, e.out, r, progress); err != nil {
			return fmt.Errorf("%s: %w", sc.name, err)
		}
	}
	if e.serves && o.wanted("serve") {
		return o.measureServe(ctx, e.tool, s, r, progress)
	}
	return nil
}

// cleanBuild measures a clean build, and its memory over time where a curve is
// wanted. Each goes to a folder of its own, for emptying one first makes the next
// build slower on some disks.
func (o *options) cleanBuild(ctx context.Context, e *entrant, k int, progress io.Writer) error {
	if err := os.RemoveAll(filepath.Join(e.site(), ".mihbara")); err != nil {
		return err
	}
	e.out = filepath.Join(e.dir, "out-"+strconv.Itoa(k))
	limited, cancel := context.WithTimeout(ctx, o.patience)
	defer cancel()
	cost, samples, err := o.watched(limited, e.site(), e.command(e.site(), e.out))
	if limited.Err() != nil && ctx.Err() == nil {
		e.clean = Measurement{Tool: e.name, Scenario: clean, Note: "given up after " + short(o.patience)}
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(progress, "%s: %s %s\n", e.name, clean, cost.Wall.Round(time.Millisecond))
	e.clean.Costs, e.clean.Memory = append(e.clean.Costs, cost), samples
	return nil
}

// watched measures a command, with its memory over time where a curve is wanted.
func (o *options) watched(ctx context.Context, dir string, command []string) (Cost, []Sample, error) {
	if o.curve == "" {
		cost, _, err := measure(ctx, dir, command)
		return cost, nil, err
	}
	return measureMemory(ctx, dir, command)
}

// repeat measures one scenario.
func (o *options) repeat(ctx context.Context, t tool, sc scenario, s *source, out string, r *Report, progress io.Writer) error {
	m := Measurement{Tool: t.name, Scenario: sc.name}
	before, err := look(out)
	for k := 0; k < o.repeats && err == nil; k++ {
		if err := sc.edit(s, k); err != nil {
			return err
		}
		cost, _, err := measure(ctx, s.dir, t.command(s.dir, out))
		if err != nil {
			return err
		}
		after, err := look(out)
		if err != nil {
			return err
		}
		m.Costs = append(m.Costs, cost)
		m.Change, m.Files, m.Bytes, m.Terms = after.since(before), len(after), after.bytes(), after.terms()
		before = after
	}
	r.add(m)
	fmt.Fprintf(progress, "%s: %s %s\n", t.name, sc.name, m.median().Wall.Round(time.Millisecond))
	return errors.Join(err, ctx.Err())
}

func (r *Report) add(m Measurement) {
	m.Median = m.median()
	r.Results = append(r.Results, m)
}

// median takes each figure by itself.
func (m Measurement) median() Cost {
	var walls, times []time.Duration
	var peaks []int64
	for _, c := range m.Costs {
		walls, times, peaks = append(walls, c.Wall), append(times, c.CPU), append(peaks, c.Peak)
	}
	return Cost{Wall: middle(walls), CPU: middle(times), Peak: middle(peaks)}
}

// middle gives the median of a list, 0 of none.
func middle[T time.Duration | int64 | float64](list []T) T {
	slices.Sort(list)
	switch n := len(list); {
	case n == 0:
		return 0
	case n%2 == 0:
		return (list[n/2-1] + list[n/2]) / 2
	default:
		return list[n/2]
	}
}

// of finds a measurement that has figures.
func (r *Report) of(tool, scenario string) (Measurement, bool) {
	for _, m := range r.Results {
		if m.Tool == tool && m.Scenario == scenario && m.Note == "" {
			return m, true
		}
	}
	return Measurement{}, false
}
