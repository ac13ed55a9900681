package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cespare/xxhash/v2"
)

// open opens a folder and begins a build in it.
func open(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := f.Begin("store", f.State().Generation+1); err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t testing.TB, f *Folder, path, text string) bool {
	t.Helper()
	changed, err := f.Write(path, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func complete(t testing.TB, f *Folder) {
	t.Helper()
	if err := f.Complete(); err != nil {
		t.Fatal(err)
	}
}

// tree gives all that stands in dir but the list and stages: files with their
// text, folders with "/".
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, p)
		name = filepath.ToSlash(name)
		switch {
		case name == "." || name == listName:
		case strings.HasPrefix(name, stagePrefix):
			return fs.SkipDir
		case d.IsDir():
			found[name] = "/"
		case d.Type()&fs.ModeSymlink != 0:
			found[name] = "link"
		default:
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			found[name] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func same(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(dir, stagePrefix+"*")); len(left) > 0 {
		t.Errorf("%s is left", left)
	}
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("the folder holds %v,\nwant %v", got, want)
	}
}

func foreign(t testing.TB, dir, path, text string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	tests := []struct {
		name   string
		first  map[string]string // written by a complete build
		others map[string]string // then put there by others
		second map[string]string // written by the next build, then pruned
		want   map[string]string // what stands in the end
		wrong  string            // path named by an ErrForeign of the second build
	}{
		{
			name:   "what should no longer exist is removed with its empty folders",
			first:  map[string]string{"ar/tags/syria/index.html": "1", "ar/index.html": "2"},
			second: map[string]string{"ar/index.html": "2"},
			want:   map[string]string{"ar": "/", "ar/index.html": "2"},
		},
		{
			name:   "a foreign file keeps its folder and its bytes",
			first:  map[string]string{"ar/a.html": "1"},
			others: map[string]string{"ar/mine.txt": "x", "CNAME": "example.org"},
			second: map[string]string{"index.html": "2"},
			want:   map[string]string{"ar": "/", "ar/mine.txt": "x", "CNAME": "example.org", "index.html": "2"},
		},
		{
			name:   "a foreign file in the way is named and left alone",
			others: map[string]string{"index.html": "theirs"},
			second: map[string]string{"index.html": "ours", "a.html": "1"},
			want:   map[string]string{"index.html": "theirs", "a.html": "1"},
			wrong:  "index.html",
		},
		{
			name:   "a foreign file of the same length is compared byte for byte",
			others: map[string]string{"index.html": "abcd"},
			second: map[string]string{"index.html": "abce"},
			want:   map[string]string{"index.html": "abcd"},
			wrong:  "index.html",
		},
		{
			name:   "a foreign file where a folder is needed is named and left alone",
			others: map[string]string{"ar": "theirs"},
			second: map[string]string{"ar/x/index.html": "ours"},
			want:   map[string]string{"ar": "theirs"},
			wrong:  "ar",
		},
		{
			name:   "a foreign folder where a file is needed is named and left alone",
			others: map[string]string{"ar/index.html": "theirs"},
			second: map[string]string{"ar": "ours"},
			want:   map[string]string{"ar": "/", "ar/index.html": "theirs"},
			wrong:  "ar",
		},
		{
			name:   "a file becomes a folder",
			first:  map[string]string{"en/flood": "1", "en/z": "z"},
			second: map[string]string{"en/flood/a/index.html": "2", "en/z": "z"},
			want:   map[string]string{"en": "/", "en/flood": "/", "en/flood/a": "/", "en/flood/a/index.html": "2", "en/z": "z"},
		},
		{
			name:   "a folder becomes a file",
			first:  map[string]string{"en/flood/a/index.html": "1", "en/flood/b.html": "2", "en/flood.html": "3"},
			second: map[string]string{"en/flood": "4", "en/flood.html": "3"},
			want:   map[string]string{"en": "/", "en/flood": "4", "en/flood.html": "3"},
		},
		{
			name:   "a folder with a foreign file in it does not become a file",
			first:  map[string]string{"en/flood/index.html": "1"},
			others: map[string]string{"en/flood/mine.txt": "x"},
			second: map[string]string{"en/flood": "4"},
			want:   map[string]string{"en": "/", "en/flood": "/", "en/flood/mine.txt": "x"},
			wrong:  "en/flood",
		},
		{
			name:   "an owned file that others changed is put right",
			first:  map[string]string{"a.html": "1"},
			others: map[string]string{"a.html": "9"},
			second: map[string]string{"a.html": "1"},
			want:   map[string]string{"a.html": "1"},
		},
		{
			name:   "Arabic and Hebrew names are names",
			first:  map[string]string{"ar/2023/05/سوريا/index.html": "س"},
			second: map[string]string{"he/חדשות/index.html": "ח"},
			want:   map[string]string{"he": "/", "he/חדשות": "/", "he/חדשות/index.html": "ח"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			if test.first != nil {
				f := open(t, dir)
				for p, text := range test.first {
					write(t, f, p, text)
				}
				complete(t, f)
			}
			for p, text := range test.others {
				foreign(t, dir, p, text)
			}
			f := open(t, dir)
			wrong := ""
			for _, p := range slices.Sorted(maps.Keys(test.second)) {
				var in *ForeignError
				if _, err := f.Write(p, []byte(test.second[p])); errors.As(err, &in) {
					wrong = in.Path
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if wrong != test.wrong {
				t.Errorf("in the way: %q, want %q", wrong, test.wrong)
			}
			if _, err := f.Prune(func(p string) bool { return test.second[p] != "" }); err != nil {
				t.Fatal(err)
			}
			complete(t, f)
			same(t, dir, test.want)
		})
	}
}

func TestAFileWithTheSameBytesKeepsItsTime(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	if !write(t, f, "ar/a.html", "one") {
		t.Error("a new file is a change")
	}
	complete(t, f)
	full := filepath.Join(dir, "ar", "a.html")
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(full, old, old); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir)
	if write(t, f, "ar/a.html", "one") {
		t.Error("equal bytes are no change")
	}
	complete(t, f)
	if info, _ := os.Stat(full); !info.ModTime().Equal(old) {
		t.Error("the time changed")
	}
	f = open(t, dir)
	if !write(t, f, "ar/a.html", "two") {
		t.Error("other bytes are a change")
	}
	if data, err := f.Read("ar/a.html"); string(data) != "two" || err != nil {
		t.Errorf("read %q, %v", data, err)
	}
	if h, ok := f.Hash("ar/a.html"); !ok || h != xxhash.Sum64String("two") {
		t.Error("wrong hash")
	}
	if _, ok := f.Hash("ar/none.html"); ok {
		t.Error("a file that is not there has no hash")
	}
}

func TestWriteKnown(t *testing.T) {
	dir := t.TempDir()
	hash := xxhash.Sum64String
	f := open(t, dir)
	write(t, f, "a.html", "one")
	complete(t, f)
	tests := []struct {
		name     string
		disk     string // what others leave there; "" removes it
		data     string
		previous string
		changed  bool
		want     string
	}{
		{"equal hashes and size are believed", "one", "one", "one", false, "one"},
		{"a damaged file of the same size is not noticed", "eno", "one", "one", false, "eno"},
		{"another size is noticed", "oneone", "one", "one", true, "one"},
		{"a missing file is noticed", "", "one", "one", true, "one"},
		{"another hash is written without reading", "one", "two", "one", true, "two"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			os.Remove(filepath.Join(dir, "a.html"))
			if test.disk != "" {
				foreign(t, dir, "a.html", test.disk)
			}
			f := open(t, dir)
			changed, err := f.WriteKnown("a.html", []byte(test.data), hash(test.data), hash(test.previous))
			if changed != test.changed || err != nil {
				t.Errorf("changed %v, %v", changed, err)
			}
			complete(t, f)
			same(t, dir, map[string]string{"a.html": test.want})
		})
	}
}

func TestState(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "public")
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if f.State() != (State{}) {
		t.Error("a new folder has no state")
	}
	f.Begin("abc", 7)
	if _, err := os.Stat(filepath.Join(dir, listName)); err == nil {
		t.Error("a build that changes nothing writes no list")
	}
	write(t, f, "a", "1")
	if f.State() != (State{"abc", 7, false}) {
		t.Error("unfinished after the first change")
	}
	if g, _ := Open(dir); g.State() != (State{}) || len(tree(t, dir)) > 0 {
		t.Error("a first build shows before it completes")
	}
	complete(t, f)
	f.Begin("abc", 7)
	write(t, f, "b", "1")
	if g, _ := Open(dir); g.State() != (State{"abc", 7, false}) || !g.Owned("b") {
		t.Error("unfinished on disk after the first change")
	}
	complete(t, f)
	if g, _ := Open(dir); g.State() != (State{"abc", 7, true}) {
		t.Error("complete on disk")
	}
	before, _ := os.Stat(filepath.Join(dir, listName))
	f.Begin("abc", 7)
	write(t, f, "a", "1")
	complete(t, f)
	if after, _ := os.Stat(filepath.Join(dir, listName)); !after.ModTime().Equal(before.ModTime()) {
		t.Error("a build that changes nothing rewrote the list")
	}
	f.Begin("abc", 8)
	complete(t, f)
	if g, _ := Open(dir); g.State() != (State{"abc", 8, true}) {
		t.Error("a new generation is noted even where nothing changed")
	}
	if err := f.Complete(); err == nil {
		t.Error("Complete without Begin is our own mistake")
	}
	if _, err := f.Write("b", nil); err == nil {
		t.Error("Write without Begin is our own mistake")
	}
}

func TestCheckPath(t *testing.T) {
	tests := []struct {
		path string
		ok   bool
	}{
		{"index.html", true}, {"ar/2023/سوريا/index.html", true}, {".nojekyll", true}, {".well-known/x", true}, {"a b/c", true},
		{"", false}, {".", false}, {"..", false}, {"../x", false}, {"a/../b", false}, {"/etc/passwd", false}, {"a//b", false},
		{"a/", false}, {"./a", false}, {`a\b`, false}, {"a\nb", false}, {"a\x00b", false}, {"a\xffb", false},
		{".mihbara-output", false}, {"a/.mihbara-tmp-1", false}, {".MIHBARA-output", false}, {"mihbara-output", true},
	}
	f := open(t, t.TempDir())
	for _, test := range tests {
		err := CheckPath(test.path)
		if (err == nil) != test.ok || err != nil && !errors.Is(err, ErrPath) {
			t.Errorf("%q: %v", test.path, err)
		}
		if _, err := f.Write(test.path, []byte("x")); (err == nil) != test.ok {
			t.Errorf("writing %q: %v", test.path, err)
		}
	}
}

func TestSymbolicLinksAreForeign(t *testing.T) {
	outside := t.TempDir()
	foreign(t, outside, "secret", "x")
	dir := t.TempDir()
	for link, target := range map[string]string{"out": outside, "in": "real", "file": filepath.Join(outside, "secret"), "gone": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	os.Mkdir(filepath.Join(dir, "real"), 0o777)
	f := open(t, dir)
	for _, p := range []string{"out/a", "in/a", "file", "gone", "gone/a"} {
		if _, err := f.Write(p, []byte("x")); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", p, err)
		}
	}
	if got := tree(t, outside); len(got) != 1 || got["secret"] != "x" {
		t.Error("something was written outside", got)
	}
	if _, err := f.Read("file"); err == nil {
		t.Error("a link is not read")
	}
}

func TestALinkThatReplacedAnOwnedFolderIsNotFollowed(t *testing.T) {
	outside := t.TempDir()
	foreign(t, outside, "a.html", "theirs")
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "ar/a.html", "1")
	complete(t, f)
	os.RemoveAll(filepath.Join(dir, "ar"))
	if err := os.Symlink(outside, filepath.Join(dir, "ar")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	f = open(t, dir)
	if _, err := f.Write("ar/a.html", []byte("2")); !errors.Is(err, ErrForeign) {
		t.Error(err)
	}
	if _, err := f.Prune(func(string) bool { return false }); err != nil {
		t.Error(err)
	}
	complete(t, f)
	if got := tree(t, outside); got["a.html"] != "theirs" {
		t.Error(got)
	}
}

func TestFoldersThatStoodBeforeStay(t *testing.T) {
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "uploads", "old"), 0o777)
	f := open(t, dir)
	write(t, f, "uploads/old/new/a", "1")
	complete(t, f)
	f = open(t, dir)
	if err := f.Remove("uploads/old/new/a"); err != nil {
		t.Fatal(err)
	}
	complete(t, f)
	same(t, dir, map[string]string{"uploads": "/", "uploads/old": "/"})

	os.RemoveAll(filepath.Join(dir, "uploads"))
	f = open(t, dir)
	write(t, f, "uploads/b", "1")
	f.Remove("uploads/b")
	complete(t, f)
	same(t, dir, map[string]string{})
}

func TestLostAndDamagedLists(t *testing.T) {
	pages := map[string]string{"a.html": "1", "ar/b.html": "2", "ar/c.html": "3"}
	tests := []struct {
		name   string
		damage func(list []byte) []byte // nil removes it
		state  bool                     // is the state still known
		owned  bool                     // are the other paths still owned
	}{
		{"nothing happened", func(l []byte) []byte { return l }, true, true},
		{"the list is lost", func(l []byte) []byte { return nil }, false, false},
		{"the list is empty", func(l []byte) []byte { return []byte{} }, false, false},
		{"the last line is torn", func(l []byte) []byte { return append(l, "0123abcd + ar/d.ht"...) }, true, true},
		{"the last line is torn in its check", func(l []byte) []byte { return append(l, "0123"...) }, true, true},
		{"a record in the middle is damaged", func(l []byte) []byte { return append(l, "0123abcd + x\n"+record("+", "y")...) }, false, true},
		{"a byte of a path is damaged", func(l []byte) []byte {
			return []byte(strings.Replace(string(l), "a.html", "q.html", 1))
		}, false, true},
		{"the header is damaged", func(l []byte) []byte { return append([]byte("x"), l...) }, false, true},
		{"a later version wrote it", func(l []byte) []byte {
			return []byte(strings.Replace(string(l), "mihbara-output 1", "mihbara-output 2", 1))
		}, false, true},
		{"the end is zeros", func(l []byte) []byte { return append(l, make([]byte, 4096)...) }, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			f := open(t, dir)
			for _, p := range slices.Sorted(maps.Keys(pages)) {
				write(t, f, p, pages[p])
			}
			complete(t, f)
			name := filepath.Join(dir, listName)
			list, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			os.Remove(name)
			if list = test.damage(list); list != nil {
				os.WriteFile(name, list, 0o666)
			}
			f, err = Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if f.Owned("ar/b.html") != test.owned || f.State().Complete != test.state {
				t.Errorf("state %v, owned %v", f.State(), f.Owned("ar/b.html"))
			}
			f.Begin("store", 2)
			for p, text := range pages {
				if write(t, f, p, text) {
					t.Errorf("%s was rewritten", p)
				}
			}
			write(t, f, "ar/new.html", "4")
			if removed, err := f.Prune(func(p string) bool { return pages[p] != "" || p == "ar/new.html" }); err != nil {
				t.Error(removed, err)
			}
			complete(t, f)
			g, err := Open(dir)
			if err != nil || g.State() != (State{"store", 2, true}) {
				t.Error(g.State(), err)
			}
			if got := slices.Collect(g.Paths()); !slices.Equal(got, []string{"a.html", "ar/b.html", "ar/c.html", "ar/new.html"}) {
				t.Error(got)
			}
		})
	}
}

func TestTemporaryFilesOfAKilledBuildGo(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "ar/a", "1")
	f.Close() // without Complete
	foreign(t, dir, "ar/"+tempPrefix+"1-1", "half")
	foreign(t, dir, tempPrefix+"1-2", "half")
	f = open(t, dir)
	complete(t, f)
	same(t, dir, map[string]string{"ar": "/", "ar/a": "1"})
}

func TestManyWritersAtOnce(t *testing.T) {
	dir := t.TempDir()
	for round := range 2 {
		f := open(t, dir)
		var group sync.WaitGroup
		for w := range 8 {
			group.Go(func() {
				for i := range 150 {
					p := fmt.Sprintf("%c/%d/%d/index.html", 'a'+rune(i%3), i%7, i*8+w)
					if _, err := f.Write(p, []byte(p+fmt.Sprint(round))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		complete(t, f)
	}
	f := open(t, dir)
	if n := len(slices.Collect(f.Paths())); n != 1200 {
		t.Error(n, "paths")
	}
	var group sync.WaitGroup
	paths := slices.Collect(f.Paths())
	for w := range 8 {
		group.Go(func() {
			for i, p := range paths {
				if i%8 == w {
					if err := f.Remove(p); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	complete(t, f)
	same(t, dir, map[string]string{})
}

func TestWritingWhileFoldersGo(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := range 200 {
				p := fmt.Sprintf("a/b/c/%d-%d", w, i)
				if _, err := f.Write(p, []byte("x")); err != nil {
					t.Error(err)
				}
				if err := f.Remove(p); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	complete(t, f)
	same(t, dir, map[string]string{})
}

func TestNamesThatDifferOnlyInCase(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "en/Flood.html", "1")
	complete(t, f)
	f = open(t, dir)
	f.folds = true // as on a file system that ignores case
	write(t, f, "en/flood.html", "2")
	if f.Owned("en/Flood.html") {
		t.Error("the old name is still owned, so pruning it would remove the new file")
	}
	if removed, err := f.Prune(func(p string) bool { return p == "en/flood.html" }); len(removed) > 0 || err != nil {
		t.Error(removed, err)
	}
	complete(t, f)
	same(t, dir, map[string]string{"en": "/", "en/flood.html": "2"})
}

func TestTwoProcessesInOneFolder(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	write(t, a, "shared.html", "1")
	b := open(t, dir)
	write(t, a, "a.html", "1")
	write(t, b, "b.html", "1")
	complete(t, a)
	if a.State().Complete {
		t.Error("the folder cannot be complete: another build is at work")
	}
	write(t, b, "b2.html", "1")
	complete(t, b)
	f := open(t, dir)
	if f.State().Complete {
		t.Error("the folder cannot be complete: two builds wrote it at once")
	}
	for _, p := range []string{"shared.html", "a.html", "b.html", "b2.html"} {
		if !f.Owned(p) {
			t.Errorf("%s was written by us but is not owned", p)
		}
	}
}

func TestTheFolderIsRemovedBetweenBuilds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	f := open(t, dir)
	write(t, f, "ar/a.html", "1")
	complete(t, f)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := f.Begin("store", 2); err != nil {
		t.Fatal(err)
	}
	if f.State() != (State{}) || f.Owned("ar/a.html") {
		t.Error("the new folder is an empty one")
	}
	write(t, f, "ar/a.html", "1")
	complete(t, f)
	same(t, dir, map[string]string{"ar": "/", "ar/a.html": "1"})
}

func TestReadOnlyFolder(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "a.html", "1")
	complete(t, f)
	os.Chmod(dir, 0o555)
	os.Chmod(filepath.Join(dir, listName), 0o444)
	defer os.Chmod(dir, 0o777)
	f = open(t, dir)
	if write(t, f, "a.html", "1") {
		t.Error("nothing to write")
	}
	if _, err := f.Write("b.html", []byte("1")); !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
	same(t, dir, map[string]string{"a.html": "1"})
}

func ExampleFolder() {
	dir, _ := os.MkdirTemp("", "output")
	defer os.RemoveAll(dir)
	f, err := Open(filepath.Join(dir, "public"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	f.Begin("store", 1)
	changed, err := f.Write("ar/index.html", []byte("<!doctype html>"))
	fmt.Println(changed, err)
	changed, err = f.Write("ar/index.html", []byte("<!doctype html>"))
	fmt.Println(changed, err)
	removed, err := f.Prune(func(path string) bool { return path != "ar/index.html" })
	fmt.Println(removed, err, f.Complete(), f.State().Complete)
	// Output:
	// true <nil>
	// false <nil>
	// [ar/index.html] <nil> <nil> true
}
