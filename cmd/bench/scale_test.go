package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// The most memory that a build of 100,000 articles may hold, and what the Go
// runtime is told: the program's own text and the kernel's pages of files come on
// top of its heap.
const (
	scaleResident = 850 << 20
	scaleHeap     = "800MiB"
)

// TestScale builds as many articles as MIHBARA_SCALE says within 850 MiB, in
// MIHBARA_SCALE_DIR or a temporary folder. It is run only when it is asked for:
// 100,000 articles take minutes and three gigabytes of disk.
func TestScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("MIHBARA_SCALE"))
	if err != nil {
		t.Skip("MIHBARA_SCALE=100000 builds as many articles")
	}
	dir := t.TempDir()
	if in := os.Getenv("MIHBARA_SCALE_DIR"); in != "" {
		if dir, err = os.MkdirTemp(in, "scale"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
	}
	o := options{corpusFlags: corpusFlags{articles: n, shape: "articles", seed: 1}, work: dir}
	if err := o.build(t.Context(), os.Stderr); err != nil {
		t.Fatal(err)
	}
	c, err := o.corpus()
	if err != nil {
		t.Fatal(err)
	}
	site, out := filepath.Join(dir, "site"), filepath.Join(dir, "out")
	if err := writeCorpus(site, c, equal); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOMEMLIMIT", scaleHeap)
	cost, said, err := measure(t.Context(), site, mihbara(o.mihbara, equal).command(site, out))
	if err != nil {
		t.Fatal(err)
	}
	var sum struct{ Articles, Pages, Written int }
	if err := json.Unmarshal(said, &sum); err != nil || sum.Articles != n || sum.Pages < n || sum.Written != sum.Pages {
		t.Errorf("built %+v (%v)", sum, err)
	}
	t.Logf("%d articles, %d files: %s, CPU %s, %d MiB", n, sum.Pages, cost.Wall.Round(time.Millisecond), cost.CPU.Round(time.Millisecond), cost.Peak>>20)
	if cost.Peak == 0 {
		t.Skip("the system does not tell how much memory a process held")
	}
	if cost.Peak > scaleResident {
		t.Errorf("%d MiB were resident, %d may be", cost.Peak>>20, scaleResident>>20)
	}
}
