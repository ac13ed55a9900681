package output

import (
	"fmt"
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
	l = parseList(append(l.settled().text(), record("+", "zz")+record("-", want[3])+record("+", "A")+record("folder", "up")...))
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
