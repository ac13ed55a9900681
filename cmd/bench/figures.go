package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A figure is what a benchmark of a stage showed.
type figure struct {
	pkg, name string
	time      float64 // ns an operation
	bytes     float64 // allocated by an operation
	allocs    float64
}

func (f figure) key() string { return f.pkg + " " + f.name }

// figures runs the stages' benchmarks and names those that are slower, or
// allocate more, than the accepted figures say.
func figures(ctx context.Context, flags *flag.FlagSet, args []string, out, errOut io.Writer) error {
	file := flags.String("file", "cmd/bench/figures.txt", "`FILE` with the accepted figures")
	packages := flags.String("packages", "mihbara/generator/...", "`PACKAGES` whose benchmarks run")
	match := flags.String("bench", ".", "only benchmarks that match this `PATTERN`")
	count := flags.Int("count", 3, "run each so many `TIMES` and take the best")
	span := flags.String("benchtime", "300ms", "run each for this `TIME`")
	slack := flags.Float64("slack", 15, "name what is slower by more than so many `PERCENT`")
	accept := flags.Bool("accept", false, "write the new figures to the file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	fmt.Fprintln(errOut, "running the benchmarks of", *packages)
	_, text, err := measure(ctx, "", []string{"go", "test", "-p=1", "-run=^$", "-bench=" + *match, "-benchmem",
		"-benchtime=" + *span, "-count=" + strconv.Itoa(*count), *packages})
	if err != nil {
		return err
	}
	fresh := readFigures(bytes.NewReader(text))
	if len(fresh) == 0 {
		return errors.New("no benchmark ran")
	}
	old, err := os.ReadFile(*file)
	if err != nil && !(os.IsNotExist(err) && *accept) {
		return fmt.Errorf("%w (make it with --accept)", err)
	}
	tellFigures(out, readFigures(bytes.NewReader(old)), fresh, *slack)
	if *accept {
		return os.WriteFile(*file, writeFigures(fresh), 0o666)
	}
	return nil
}

// readFigures reads what "go test -bench" prints, and keeps of each benchmark
// the best of its runs: what disturbs only ever adds.
func readFigures(r io.Reader) []figure {
	var list []figure
	index := map[string]int{}
	pkg := ""
	for s := bufio.NewScanner(r); s.Scan(); {
		line := s.Text()
		if p, ok := strings.CutPrefix(line, "pkg: "); ok {
			pkg = p
			continue
		}
		f, ok := parseFigure(pkg, line)
		if !ok {
			continue
		}
		i, known := index[f.key()]
		if !known {
			index[f.key()] = len(list)
			list = append(list, f)
			continue
		}
		best := &list[i]
		best.time, best.bytes, best.allocs = min(best.time, f.time), min(best.bytes, f.bytes), min(best.allocs, f.allocs)
	}
	return list
}

func parseFigure(pkg, line string) (figure, bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
		return figure{}, false
	}
	f := figure{pkg: pkg, name: fields[0]}
	if i := strings.LastIndexByte(f.name, '-'); i > 0 {
		if _, err := strconv.Atoi(f.name[i+1:]); err == nil {
			f.name = f.name[:i] // the number of processors
		}
	}
	for i := 2; i+1 < len(fields); i += 2 {
		n, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return figure{}, false
		}
		switch fields[i+1] {
		case "ns/op":
			f.time = n
		case "B/op":
			f.bytes = n
		case "allocs/op":
			f.allocs = n
		}
	}
	return f, f.time > 0
}

// writeFigures writes them so that readFigures and benchstat read them again.
func writeFigures(list []figure) []byte {
	slices.SortFunc(list, func(a, b figure) int { return strings.Compare(a.key(), b.key()) })
	var b bytes.Buffer
	pkg := ""
	for _, f := range list {
		if f.pkg != pkg {
			pkg = f.pkg
			fmt.Fprintf(&b, "pkg: %s\n", pkg)
		}
		fmt.Fprintf(&b, "%s\t1\t%s ns/op\t%s B/op\t%s allocs/op\n", f.name, plain(f.time), plain(f.bytes), plain(f.allocs))
	}
	return b.Bytes()
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// tellFigures names what became slower or allocates more, and what is new or
// gone.
func tellFigures(out io.Writer, old, fresh []figure, slack float64) {
	before := map[string]figure{}
	for _, f := range old {
		before[f.key()] = f
	}
	worse := 0
	for _, f := range fresh {
		o, ok := before[f.key()]
		delete(before, f.key())
		if !ok {
			fmt.Fprintf(out, "new     %s %s: %s ns\n", path.Base(f.pkg), f.name, plain(f.time))
			continue
		}
		for _, x := range []struct {
			what     string
			was, now float64
		}{{"ns", o.time, f.time}, {"B", o.bytes, f.bytes}, {"allocations", o.allocs, f.allocs}} {
			if x.now > x.was*(1+slack/100) && x.now-x.was >= 1 {
				worse++
				fmt.Fprintf(out, "slower  %s %s: %s %s, was %s\n", path.Base(f.pkg), f.name, plain(x.now), x.what, plain(x.was))
			}
		}
	}
	for _, o := range old {
		if _, ok := before[o.key()]; ok {
			fmt.Fprintf(out, "absent  %s %s\n", path.Base(o.pkg), o.name)
		}
	}
	fmt.Fprintf(out, "%d benchmarks, %d figures worse by more than %s %%\n", len(fresh), worse, plain(slack))
}
