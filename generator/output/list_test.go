package output

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestListSearch(t *testing.T) {
	l := newList()
	var want []string
	for i := range 500 {
		p := fmt.Sprintf("%c/%d/ص%d", 'a'+rune(i%26), i%9, i)
		l.add(p)
		want = append(want, p)
	}
	slices.Sort(want)
	l = parseList(append(l.settled().text(), record("+", "zz")+record("-", want[3])+record("+", "A")+record("folder", "up")...)).settled()
	if l.damaged || l.count != 501 {
		t.Fatal("damaged", l.damaged, l.count)
	}
	want = append(slices.Delete(want, 3, 4), "zz", "A")
	slices.Sort(want)
	if got := slices.Collect(l.paths()); !slices.Equal(got, want) {
		t.Errorf("%d paths, want %d", len(got), len(want))
	}
	for _, p := range want {
		if !l.owns(p) || l.owns(p+"x") || l.owns(p[:len(p)-1]) && !slices.Contains(want, p[:len(p)-1]) {
			t.Errorf("%s is not found rightly", p)
		}
	}
	if !l.ownsBelow("b/1") || l.ownsBelow("b/1/") || l.ownsBelow("b/") || l.ownsBelow("zz") || l.ownsBelow("0") || l.ownsBelow("zzz") {
		t.Error("folders are not found rightly")
	}
	l.add("b/1/new")
	l.remove("zz")
	if n := len(l.below("b")); n != 21-1 && n != 21 || l.owns("zz") || !l.owns("b/1/new") {
		t.Error(n)
	}
	if _, kept := l.kept["up"]; !kept {
		t.Error("a folder of others is forgotten")
	}
}

// settled is settle, for tests.
func (l *list) settled() *list {
	l.settle()
	return l
}

func FuzzList(f *testing.F) {
	l := newList()
	l.add("ar/index.html")
	l.add("ar/سوريا/index.html")
	l.state = State{"id", 7, true}
	f.Add(l.settled().text(), "ar/x")
	f.Add([]byte(magic+"paths 99999999999 9 0\n"), "a")
	f.Add([]byte(magic+"paths -1 -1 0\n"), "")
	f.Add([]byte(record("begin", "1 ")+record("+", "")), "..")
	f.Fuzz(func(t *testing.T, data []byte, p string) {
		l := parseList(data)
		if l.owns(p) != slices.Contains(slices.Collect(l.paths()), p) {
			t.Errorf("two answers for %q", p)
		}
		before := slices.Collect(l.paths())
		again := parseList(l.settled().text())
		if again.damaged || !slices.Equal(slices.Collect(again.paths()), before) || again.state != l.state {
			t.Error("what was read is not what is written")
		}
		if CheckPath(p) == nil {
			l.add(p)
			if !l.owns(p) {
				t.Errorf("%q was added and is not owned", p)
			}
			l.remove(p)
			if l.owns(p) {
				t.Errorf("%q was removed and is owned", p)
			}
		}
	})
}

// TestDamageFoundLate has others change a byte of the sorted part: nobody sees it
// before a path is looked up, and the build that sees it is not believed.
func TestDamageFoundLate(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "ar/a.html", "1")
	write(t, f, "ar/b.html", "2")
	complete(t, f)
	name := filepath.Join(dir, listName)
	whole := parseList(must(os.ReadFile(name))).settled().text()
	if err := os.WriteFile(name, bytes.Replace(whole, []byte("a.html"), []byte("q.html"), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir)
	if f.list.lazy == nil {
		t.Error("the list was read before anybody asked for a path")
	}
	if changed, err := f.WriteKnown("ar/b.html", []byte("3"), 3, 2); !changed || err != nil || f.list.lazy == nil {
		t.Error("a page that is known to be ours needs no list", changed, err)
	}
	write(t, f, "ar/a.html", "1") // adopted, since it holds these bytes
	complete(t, f)
	if f.State().Complete {
		t.Error("a build that met damage is believed")
	}
	f = open(t, dir)
	if f.State().Complete || !f.Owned("ar/a.html") || !f.Owned("ar/b.html") {
		t.Error("the next build does not begin from what stands there", f.State())
	}
	complete(t, f)
	if f, _ := Open(dir); !f.State().Complete || !f.Owned("ar/a.html") {
		t.Error("the folder does not heal")
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func TestARemovedPathIsNoLongerVouchedFor(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "ar/a.html", "1")
	complete(t, f)
	f = open(t, dir)
	f.WriteKnown("ar/a.html", []byte("2"), 2, 1)
	f.Remove("ar/a.html")
	write(t, f, "ar/a.html", "3")
	complete(t, f)
	if f, _ := Open(dir); !f.Owned("ar/a.html") {
		t.Error("it was written again and is not owned")
	}
}

// BenchmarkOpen is what a build pays that changes nothing, and one that changes
// a page.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{34_000, 340_000} {
		dir := filepath.Join(b.TempDir(), fmt.Sprint(n))
		l := newList()
		for _, p := range pages(n) {
			l.add(p)
		}
		l.state = State{"store", 7, true}
		edited := pages(n)[n/2]
		os.MkdirAll(filepath.Join(dir, filepath.Dir(edited)), 0o777)
		os.WriteFile(filepath.Join(dir, edited), []byte("old"), 0o666)
		os.WriteFile(filepath.Join(dir, listName), l.settled().text(), 0o666)
		b.Run(fmt.Sprintf("nothing/%d", n), func(b *testing.B) {
			for b.Loop() {
				f := must(Open(dir))
				f.Begin("store", 7)
				if !f.State().Complete {
					b.Fatal("not complete")
				}
				f.Complete()
				f.Close()
			}
		})
		b.Run(fmt.Sprintf("page/%d", n), func(b *testing.B) {
			for i := uint64(8); b.Loop(); i++ {
				f := must(Open(dir))
				f.Begin("store", i)
				if changed, err := f.WriteKnown(edited, fmt.Append(nil, i), i, i-1); !changed || err != nil {
					b.Fatal(changed, err)
				}
				f.Complete()
				f.Close()
			}
		})
		b.Run(fmt.Sprintf("new page/%d", n), func(b *testing.B) {
			for i := uint64(8); b.Loop(); i++ {
				f := must(Open(dir))
				f.Begin("store", i)
				if changed, err := f.Write(fmt.Sprint("new/", i%1000), fmt.Append(nil, i)); !changed || err != nil {
					b.Fatal(changed, err)
				}
				f.Complete()
				f.Close()
			}
		})
	}
}
