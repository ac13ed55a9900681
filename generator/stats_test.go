package generator

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
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
		files[p] = found{p, append(inputs[:], isFolder)[r.IntN(len(inputs)+1)], stat{r.Int64N(9), r.Int64(), r.Int64(), r.Uint64(), r.Uint64(), r.IntN(2) == 0}}
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
			w := &walker{before: now}
			i, _ := locate(now, f.path)
			for _, hint := range []int{0, i / 2} {
				if at, _ := cut(now[hint].path); at >= folder && hint > 0 {
					continue
				}
				from, to := w.part(folder, hint)
				if !slices.Contains(now[from:to], f) || from > 0 && path.Dir(now[from-1].path) == path.Dir(f.path) {
					t.Fatal("not in its folder:", f.path)
				}
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
	count := func(list []found) (files int) {
		for _, f := range list {
			if f.index != isFolder {
				files++
			}
		}
		return files
	}
	scan := func(before []found, now time.Time) []found {
		t.Helper()
		s.kept, s.size = nil, 0
		files, problems, err := s.scan(context.Background(), before, now.UnixNano(), nil)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		if !slices.IsSortedFunc(files, func(a, b found) int { return compareFound(a.path, b.path) }) {
			t.Error("not in order")
		}
		return files
	}
	first := scan(nil, time.Now())
	if count(first) != 1003 || !s.stale || first[0].stat.Settled {
		t.Fatal(len(first), s.stale)
	}
	// All of them are young: each is read again, since an edit that keeps the
	// size would leave no trace within a tick of the clock.
	if again := scan(first, time.Now()); len(s.kept) != count(again) {
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
	if got := scan(settled, time.Now()); !s.stale || count(got) != count(settled)-1 {
		t.Error("a file that is gone", len(got))
	}
}

// TestScanAgain changes folders in all ways, and compares a scan that knows what
// was there with one that knows nothing.
func TestScanAgain(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	watching := &sources{root: root, theme: "mine", racing: map[string]bool{}}
	scan := func(before []found, only ...string) ([]found, []string) {
		s := watching
		if only == nil {
			s = &sources{root: root, theme: "mine", racing: map[string]bool{}}
		}
		// As if an hour had passed, so that all is settled.
		files, problems, err := s.scan(context.Background(), before, time.Now().Add(time.Hour).UnixNano(), only)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, p := range problems {
			lines = append(lines, p.String())
		}
		slices.Sort(lines)
		return files, lines
	}
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 1))
	folders := []string{"content", "content/a", "content/a-b", "content/a/b", "content/a/b/c", "seeds", "themes/mine", "themes/mine/x"}
	place := func() string {
		return filepath.Join(dir, folders[r.IntN(len(folders))], fmt.Sprintf("%d%s", r.IntN(5), [...]string{".md", ".txt", ".png", ".yaml", ""}[r.IntN(5)]))
	}
	names := func(list []found) (lines []string) { // all but a folder's numbers
		for _, f := range list {
			lines = append(lines, fmt.Sprint(f.path, f.index, f.stat.Hash))
		}
		return lines
	}
	known, watched := []found(nil), []found(nil)
	for step := range 80 {
		var paths []string
		touch := func(full string) {
			p, _ := filepath.Rel(dir, full)
			paths = append(paths, filepath.ToSlash(p))
		}
		time.Sleep(12 * time.Millisecond) // a tick of the file system's clock, twice
		for range 1 + r.IntN(4) {
			p, folder := place(), filepath.Join(dir, folders[r.IntN(len(folders))])
			to, from := place(), filepath.Join(dir, folders[r.IntN(len(folders))])
			touch(p)
			for at := filepath.Dir(p); at != dir; at = filepath.Dir(at) {
				if _, err := os.Lstat(at); err != nil {
					touch(at)
				}
			}
			os.MkdirAll(filepath.Dir(p), 0o777)
			switch r.IntN(12) {
			default:
				os.WriteFile(p, fmt.Append(nil, r.IntN(3)), 0o666)
			case 0:
				touch(folder)
				os.RemoveAll(folder)
			case 1:
				touch(to)
				os.Rename(p, to)
			case 2:
				os.Remove(p)
				os.Symlink(to, p)
			case 3:
				touch(folder)
				os.RemoveAll(folder)
				os.Symlink(elsewhere, folder)
			case 4:
				touch(folder)
				touch(from)
				os.RemoveAll(folder)
				os.Rename(from, folder)
			case 5:
				touch(folder)
				os.RemoveAll(folder)
				os.WriteFile(folder, nil, 0o666)
			case 6:
				os.RemoveAll(p)
				os.MkdirAll(p, 0o777)
			case 7: // as tools do that restore times
				old := time.Now().Add(-time.Hour)
				os.WriteFile(p, fmt.Append(nil, r.IntN(3)), 0o666)
				os.Chtimes(p, old, old)
				os.Chtimes(filepath.Dir(p), old, old)
			}
		}
		got, told := scan(known)
		want, tell := scan(nil)
		if !slices.Equal(got, want) || !slices.Equal(told, tell) {
			t.Fatalf("seed %d, step %d: got %v\n%v\nwant %v\n%v", seed, step, got, told, want, tell)
		}
		if again, told := scan(got); len(got) > 0 && &again[0] != &got[0] || !slices.Equal(told, tell) {
			t.Fatalf("seed %d, step %d: nothing changed: got %v\n%v\nwant %v\n%v", seed, step, again, told, got, tell)
		}
		known = got
		if got, told := scan(watched, paths...); !slices.Equal(names(got), names(want)) || !slices.Equal(told, tell) {
			t.Fatalf("seed %d, step %d: looked at %v alone: got %v\n%v\nwant %v\n%v", seed, step, paths, names(got), told, names(want), tell)
		} else {
			watched = got
		}
	}
}
