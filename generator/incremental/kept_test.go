package incremental

import (
	"strings"
	"testing"
)

// TestAKeptValueIsThatOfItsKey asks for values by numbers that other keys have: by
// short keys and by such as a task has no room for.
func TestAKeptValueIsThatOfItsKey(t *testing.T) {
	var table keptTable
	table.grow(1)
	for number, key := range []string{"a", "", strings.Repeat("k", shortKey), strings.Repeat("k", shortKey+1), strings.Repeat("ب", shortKey)} {
		n := uint32(number)
		if got := table.add(n, key, "card", "card of "+key); got != "card of "+key {
			t.Errorf("%q: added %v", key, got)
		}
		if got := table.add(n, key, "card", "another"); got != "card of "+key {
			t.Errorf("%q: %v took the place of what was kept", key, got)
		}
		table.add(n, key, "label", "label of "+key)
		if card, label := table.get(n, key, "card"), table.get(n, key, "label"); card != "card of "+key || label != "label of "+key {
			t.Errorf("%q: %v and %v", key, card, label)
		}
		others := []string{key + "x", key + strings.Repeat("y", shortKey)}
		if key != "" {
			others = append(others, key[:len(key)-1]+"z", key[1:])
		}
		for _, other := range others {
			if got := table.get(n, other, "card"); got != nil {
				t.Errorf("%q was given %v", other, got)
			}
		}
		if got := table.get(n, key, "body"); got != nil {
			t.Errorf("%q: an aspect that nobody kept is %v", key, got)
		}
		if table.drop(n); table.get(n, key, "card") != nil {
			t.Errorf("%q: what was dropped is there", key)
		}
	}
}

// TestIndexesThatWillBeAskedStayInMemory has an engine without room for any: the
// index that a later stratum says it asks for stays until that has run, the other
// one goes at once.
func TestIndexesThatWillBeAskedStayInMemory(t *testing.T) {
	var e *Engine
	kept := func(ix Index) bool { return e.groups.whole[e.indexNumber(ix)] }
	run := func(look func()) func(*Asker, string) (Result, error) {
		return func(a *Asker, key string) (Result, error) {
			look()
			return Result{}, nil
		}
	}
	seen := 0
	e, err := Open(Options{Dir: t.TempDir(), Inputs: []Index{"in"}, Strata: []Stratum{
		{Name: "give", Over: "in", Feeds: []Index{"asked", "other"}, Run: func(a *Asker, key string) (Result, error) {
			return Result{Rows: []Row{{Index: "asked", Group: key, Key: key}, {Index: "other", Group: key, Key: key}}}, nil
		}},
		{Name: "idle", Over: "in", Run: run(func() {})},
		{Name: "rest", Over: "in", Run: run(func() {})},
		{Name: "ask", Over: "in", Asks: []Index{"asked"}, Run: run(func() {
			seen++
			if !kept("asked") || kept("other") {
				t.Errorf("asked is in memory: %t, other: %t", kept("asked"), kept("other"))
			}
		})},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	e.large, e.room = 1, 0
	e.SetInput("in", "x", []byte("1"))
	if _, err := e.Run(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if seen != 1 || kept("asked") {
		t.Errorf("seen %d times, kept afterwards: %t", seen, kept("asked"))
	}
}
