package generator

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// randomList gives a list as a scan does.
func randomList(r *rand.Rand) []found {
	files := map[string]found{}
	for range r.IntN(60) {
		p := [...]string{"", "content/", "content/a/", "content/a-b/", "content/a/b/", "seeds/"}[r.IntN(6)] + fmt.Sprintf("ش%d.md", r.IntN(20))
		files[p] = found{p, inputs[r.IntN(len(inputs))], stat{r.Int64N(9), r.Int64(), r.Int64(), r.Uint64(), r.Uint64(), r.IntN(2) == 0}}
	}
	var list []found
	for _, f := range files {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b found) int { return compareFound(a.path, b.path) })
	return list
}

func TestStatsSurvive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		old, now := randomList(r), randomList(r)
		for i := range min(len(old), len(now)) { // so that much is equal
			if j := slices.IndexFunc(now, func(f found) bool { return f.path == old[i].path }); j >= 0 && i%3 > 0 {
				now[j] = old[i]
			}
		}
		read := func(list []found) []found {
			got, ok := parseStats(appendStats(nil, list))
			if !ok || len(got) != len(list) {
				t.Fatal(ok, len(got), len(list))
			}
			return got
		}
		if got := merge(read(old), read(differences(old, now))); !slices.Equal(got, now) {
			t.Fatalf("got %v\nwant %v", got, now)
		}
		for _, f := range now {
			if g, ok := lookUp(now, f.path); !ok || g != f {
				t.Fatal("not found:", f.path)
			}
			folder, _ := cut(f.path)
			if !slices.Contains(inFolder(now, folder), f) {
				t.Fatal("not in its folder:", f.path)
			}
		}
		data := appendStats(nil, now)
		for n := range data { // a torn list is no list, or a shorter one
			parseStats(data[:n])
		}
	}
}

func TestScan(t *testing.T) {
	dir := t.TempDir()
	put := func(p, text string, age time.Duration) {
		full := filepath.Join(dir, filepath.FromSlash(p))
		os.MkdirAll(filepath.Dir(full), 0o777)
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		os.Chtimes(full, when, when)
	}
	for i := range 1000 { // more than one stretch
		put(fmt.Sprintf("content/many/%04d.md", i), "x", 0)
	}
	put("site.toml", "x", 0)
	put("content/many/below/a.md", "x", 0)
	put("content/many-more/a.md", "x", 0)
	put("content/.hidden/a.md", "x", 0)
	put("content/a.md~", "x", 0)
	put("elsewhere/a.md", "x", 0)
	put("themes/other/a.html", "x", 0)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	s := &sources{root: root, theme: "mine", racing: map[string]bool{}}
	scan := func(before []found, now time.Time) []found {
		t.Helper()
		s.kept, s.size = nil, 0
		files, problems, err := s.scan(context.Background(), before, now.UnixNano())
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		if !slices.IsSortedFunc(files, func(a, b found) int { return compareFound(a.path, b.path) }) {
			t.Error("not in order")
		}
		return files
	}
	first := scan(nil, time.Now())
	if len(first) != 1003 || !s.stale || first[0].stat.Settled {
		t.Fatal(len(first), s.stale)
	}
	// All of them are young: each is read again, since an edit that keeps the
	// size would leave no trace within a tick of the clock.
	if again := scan(first, time.Now()); len(s.kept) != len(again) {
		t.Error(len(s.kept), "files were read again")
	}
	settled := scan(first, time.Now().Add(time.Hour))
	if got := scan(settled, time.Now()); s.stale || len(s.kept) > 0 || !slices.Equal(got, settled) {
		t.Error("nothing changed, and something was read", len(s.kept))
	}
	put("content/many/0500.md", "y", 0)
	got := scan(settled, time.Now())
	f, _ := lookUp(got, "content/many/0500.md")
	if !s.stale || len(s.kept) != 1 || len(differences(settled, got)) != 1 || f.stat.Settled {
		t.Error("an edit", len(s.kept), len(differences(settled, got)))
	}
	os.Remove(filepath.Join(dir, "content/many/0500.md"))
	if got := scan(settled, time.Now()); !s.stale || len(got) != len(settled)-1 {
		t.Error("a file that is gone", len(got))
	}
}
