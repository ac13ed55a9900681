package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// counted is a report that counts.
func counted() *Report {
	r := &Report{Articles: referenceArticles, Shape: "articles", Seed: 1, Repeats: 3, System: "linux/amd64", CPUs: 2}
	add := func(tool, scenario string, wall time.Duration, peak int64) {
		costs := []Cost{{wall + time.Second, wall, peak}, {wall, 2 * wall, peak}, {wall - time.Millisecond, wall, peak}}
		r.add(Measurement{Tool: tool, Scenario: scenario, Costs: costs, Files: referenceFiles, Bytes: referenceBytes, Terms: referenceTerms})
	}
	add(toolFloor, clean, 2*time.Second, 200<<20)
	add(toolEqual, clean, 3*time.Second, 250<<20)
	add(toolEqual, bodyEdit, 90*time.Millisecond, 50<<20)
	add(toolHugo, clean, 30*time.Second, 1000<<20)
	return r
}

func TestVerdict(t *testing.T) {
	change := func(tool string, f func(*Measurement)) func(*Report) {
		return func(r *Report) {
			for i := range r.Results {
				if r.Results[i].Tool == tool {
					f(&r.Results[i])
				}
			}
		}
	}
	slower := func(m *Measurement) {
		for k := range m.Costs {
			m.Costs[k].Wall *= 2
		}
	}
	for name, x := range map[string]struct {
		change func(*Report)
		why    string
	}{
		"a run as the reference table counts":                {func(*Report) {}, ""},
		"without Hugo it does not":                           {change(toolHugo, func(m *Measurement) { m.Tool = "other" }), "Hugo was not measured"},
		"without the floor it does not":                      {change(toolFloor, func(m *Measurement) { m.Tool = "other" }), "floor was not measured"},
		"a slow floor does not make a run count":             {change(toolFloor, slower), "Hugo ÷ floor is 7.5"},
		"a floor that writes less does not make a run count": {change(toolFloor, func(m *Measurement) { m.Files = 20000 }), "the floor writes"},
		"fewer files do not make Hugo faster":                {change(toolHugo, func(m *Measurement) { m.Files = 33900 }), "files"},
		"four per cent more bytes are within the tolerance":  {change(toolHugo, func(m *Measurement) { m.Bytes = m.Bytes * 104 / 100 }), ""},
		"six per cent more bytes are not":                    {change(toolHugo, func(m *Measurement) { m.Bytes = m.Bytes * 106 / 100 }), "bytes"},
		"pages of terms are counted by themselves":           {change(toolHugo, func(m *Measurement) { m.Terms = 10 }), "term pages"},
		"another seed gives another corpus":                  {func(r *Report) { r.Seed = 2 }, "corpus"},
		"at another size only the ratio is asked": {func(r *Report) {
			r.Articles = 1000
			for i := range r.Results {
				r.Results[i].Files = 4000
			}
		}, ""},
		"short articles have no reference, so nothing counts": {func(r *Report) { r.Shape = "short" }, "corpus"},
	} {
		t.Run(name, func(t *testing.T) {
			r := counted()
			x.change(r)
			v := judge(r)
			if v.Counts != (x.why == "") || !strings.Contains(strings.Join(v.Why, "; "), x.why) {
				t.Errorf("counts: %t, because %q; want %q", v.Counts, v.Why, x.why)
			}
		})
	}
}

// TestRatiosAreOfRounds has a machine that becomes three times as slow between two
// rounds, and tools that take equally long for it.
func TestRatiosAreOfRounds(t *testing.T) {
	r := &Report{}
	for tool, seconds := range map[string][]time.Duration{toolHugo: {30, 90, 31}, toolEqual: {3, 9, 9}} {
		m := Measurement{Tool: tool, Scenario: clean}
		for _, s := range seconds {
			m.Costs = append(m.Costs, Cost{s * time.Second, s * time.Second, 1 << 20})
		}
		r.add(m)
	}
	if x, ok := r.ratio(toolHugo, toolEqual); !ok || x.wall != 10 || x.cpu != 10 || x.memory != 1 {
		t.Errorf("%+v, want 10, 10 and 1", x)
	}
	if x, ok := r.ratio(toolHugo, toolFloor); ok {
		t.Errorf("%+v of a tool that did not take part", x)
	}
}

func TestTable(t *testing.T) {
	r := counted()
	r.Verdict = judge(r)
	var b bytes.Buffer
	if err := r.print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"10000 articles (articles, seed 1), medians of 3, linux/amd64 with 2 processors",
		"mihbara equal, body edit  ", "90 ms", "30.00 s", "1000",
		"hugo ÷ mihbara equal: 10.0 (CPU 10.0, memory 4.0)", "mihbara equal ÷ floor: 1.5", "hugo ÷ floor: 15.0",
		"This run counts.",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var again Report
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if m, ok := again.of(toolEqual, bodyEdit); !ok || m.Median.Wall != 90*time.Millisecond {
		t.Errorf("read back from JSON: %+v", m)
	}
}

func TestFiguresNameWhatBecameSlower(t *testing.T) {
	old := readFigures(strings.NewReader(`pkg: mihbara/generator/lang
BenchmarkWords-2	1	1000 ns/op	20 B/op	2 allocs/op
BenchmarkSame	1	500 ns/op	0 B/op	0 allocs/op
BenchmarkGone	1	500 ns/op	0 B/op	0 allocs/op
`))
	fresh := readFigures(strings.NewReader(`goos: linux
pkg: mihbara/generator/lang
BenchmarkWords-4     	     300	      1300 ns/op	  90.1 MB/s	      20 B/op	       3 allocs/op
BenchmarkWords-4     	     300	      1250 ns/op	  90.1 MB/s	      20 B/op	       3 allocs/op
BenchmarkSame-4      	     300	       560 ns/op	       0 B/op	       0 allocs/op
BenchmarkNew/a-b-4   	     300	       560 ns/op
PASS
`))
	var b bytes.Buffer
	tellFigures(&b, old, fresh, 15)
	want := `slower  lang BenchmarkWords: 1250 ns, was 1000
slower  lang BenchmarkWords: 3 allocations, was 2
new     lang BenchmarkNew/a-b: 560 ns
absent  lang BenchmarkGone
3 benchmarks, 2 figures worse by more than 15 %
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if again := readFigures(bytes.NewReader(writeFigures(fresh))); len(again) != len(fresh) {
		t.Errorf("read back: %v", again)
	}
}
