package main

import (
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestARunMeasuresEveryScenario runs all that is measured of Mihbara on a small
// corpus.
func TestARunMeasuresEveryScenario(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	curve := filepath.Join(dir, "curve.svg")
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	var out, progress strings.Builder
	err := compare(t.Context(), flags, []string{"--articles", "250", "--repeats", "1", "--tools", "mihbara equal", "--work", dir,
		"--curve", curve, "--json", filepath.Join(dir, "figures.json")}, &out, &progress)
	if _, linux := os.Stat("/proc/self/statm"); linux != nil && err != nil {
		t.Skip("only Linux tells the memory of other processes")
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, progress.String())
	}
	for _, sc := range append(scenarios(), scenario{name: clean}, scenario{name: serving}) {
		if !strings.Contains(out.String(), "mihbara equal, "+sc.name+" ") {
			t.Errorf("%s was not measured:\n%s", sc.name, out.String())
		}
	}
	picture, err := os.ReadFile(curve)
	if err != nil || !strings.Contains(string(picture), "Memory of a clean build of 250 articles") {
		t.Errorf("the curve: %v\n%s", err, picture)
	}
}

func TestGrowth(t *testing.T) {
	g := Growth{Reports: []*Report{counted(), counted()}}
	g.Reports[1].Articles *= 10
	for i := range g.Reports[1].Results {
		m := &g.Reports[1].Results[i]
		m.Median.Wall, m.Median.Peak = m.Median.Wall*11, m.Median.Peak*3
		if m.Tool == toolHugo {
			m.Note = "given up after 30 min"
		}
	}
	var b strings.Builder
	if err := g.print(&b); err != nil {
		t.Fatal(err)
	}
	table := strings.Join(strings.Fields(b.String()), " ")
	for _, want := range []string{
		"mihbara equal, clean 10000 3.00 s 3.00 s 250 mihbara equal, clean 100000 33.00 s 3.00 s 750 10.0 11.0 1.0 3.0",
		"hugo, clean 10000 30.00 s 30.00 s 1000 hugo, clean 100000 no figures",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
	for _, bad := range []string{"", "1000,x", "10000,1000", "0"} {
		if sizes, err := sizesOf(bad); err == nil {
			t.Errorf("%q gives %v", bad, sizes)
		}
	}
}

func TestCurve(t *testing.T) {
	var long []Sample
	for i := range 5000 {
		long = append(long, Sample{time.Duration(i) * sampleEvery, int64(i%100+1) << 20})
	}
	lines := []line{{"mihbara", "mihbara <equal>", long}, {"floor", "floor", long[:50]}, {"floor", "floor 2", long[:20]}}
	picture := drawCurve("Memory & time", lines)
	d := xml.NewDecoder(strings.NewReader(picture))
	texts := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, picture)
		}
		if c, ok := token.(xml.CharData); ok {
			texts += string(c) + "|"
		}
	}
	for _, want := range []string{"Memory & time", "seconds since the start", "resident memory, MiB", "mihbara <equal>", "floor", "|100|", "prefers-color-scheme: dark"} {
		if !strings.Contains(texts, want) {
			t.Errorf("the picture lacks %q: %s", want, texts)
		}
	}
	for _, look := range []string{`"line l0 d0"`, `"line l1 d1"`, `"line l1 d0"`} {
		if n := strings.Count(picture, look); n != 2 {
			t.Errorf("%d lines and keys look like %s, want 1 of each", n, look)
		}
	}
	if n := strings.Count(picture, "L"); n > 2*pointsPerLine {
		t.Errorf("%d points", n)
	}
	if picture != drawCurve("Memory & time", lines) {
		t.Error("drawn twice it is another picture")
	}
	if err := writeCurve(filepath.Join(t.TempDir(), "x.svg"), "", nil); err == nil {
		t.Error("a picture of nothing")
	}
}

func TestScales(t *testing.T) {
	for most, want := range map[float64]string{0: "0 0.2 0.4 0.6 0.8 1.0", 1.13: "0 0.2 0.4 0.6 0.8 1.0 1.2", 31: "0 10 20 30 40", 653: "0 200 400 600 800", 25: "0 5 10 15 20 25"} {
		s := newScale(most)
		var got []string
		for _, v := range s.marks() {
			got = append(got, s.text(v))
		}
		if strings.Join(got, " ") != want && strings.Join(got, " ") != "0.0"+strings.TrimPrefix(want, "0") {
			t.Errorf("to %g: %q, want %q", most, got, want)
		}
	}
}

// TestASampleIsOfTheProcess looks at this process, which holds some memory.
func TestASampleIsOfTheProcess(t *testing.T) {
	if _, err := os.Stat("/proc/self/statm"); err != nil {
		t.Skip("only Linux tells the memory of processes")
	}
	cost, samples, err := measureMemory(context.Background(), "", []string{"sleep", "0.2"})
	if err != nil || len(samples) < 3 || samples[0].Resident <= 0 || samples[len(samples)-1].At > cost.Wall {
		t.Errorf("%v, %v, %v", cost, samples, err)
	}
}

// TestAllToolsReadTheSameArticles: a corpus that one tool after another draws from
// would give each its own.
func TestAllToolsReadTheSameArticles(t *testing.T) {
	o := &options{corpusFlags: corpusFlags{articles: 12, shape: "short", seed: 1}, work: t.TempDir()}
	bare, err := least()
	if err != nil {
		t.Fatal(err)
	}
	list, err := o.prepare([]tool{bare, mihbara("", equal), mihbara("", full)}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]string
	for _, e := range list {
		got, root := map[string]string{}, os.DirFS(e.site())
		for _, l := range languages {
			paths, _ := fs.Glob(root, "content/"+l+"/*/*/*.md")
			for _, p := range paths {
				data, err := fs.ReadFile(root, p)
				if err != nil {
					t.Fatal(err)
				}
				got[p] = string(data)
			}
		}
		if len(got) != 12 {
			t.Errorf("%s has %d articles", e.name, len(got))
		}
		if want == nil {
			want = got
		} else if !maps.Equal(got, want) {
			t.Errorf("%s has other articles", e.name)
		}
	}
}
