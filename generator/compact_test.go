package generator

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
)

// compact makes the build's store small and gives what was done.
func (s *testSite) compact() Compaction {
	s.t.Helper()
	list, err := Compact(context.Background(), s.options("public"))
	must(s.t, err)
	if len(list) != 1 || list[0].Store != buildStore {
		s.t.Fatalf("compacted %+v", list)
	}
	return list[0]
}

// TestCompactKeepsTheLaw makes the store small after many edits: that changes no
// answer, drops what no function asks any more, and nothing but that grows.
func TestCompactKeepsTheLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	r := rand.New(rand.NewPCG(3, 1))
	s := newTestSite(t)
	s.populate(r, 60)
	s.build()
	wanted := map[string]bool{"edit headline": true, "retag": true, "redate across months": true, "delete an article": true,
		"add an article": true, "change an entity's alias": true, "change how long lists are": true}
	var edits []step
	for _, st := range steps() {
		if wanted[st.name] {
			edits = append(edits, st)
		}
	}
	if len(edits) != len(wanted) {
		t.Fatal("the law has lost steps")
	}
	var last int64
	for round := range 2 {
		for i := range 2 * len(edits) {
			edits[i%len(edits)].do(s, r)
			s.build()
		}
		c := s.compact()
		t.Logf("round %d: %+v", round, c)
		if c.Dropped == 0 || c.After > c.Before {
			t.Errorf("round %d: %+v", round, c)
		}
		if last > 0 && c.After > last*5/4 {
			t.Errorf("round %d: the store has grown from %d to %d bytes", round, last, c.After)
		}
		last = c.After
		if again := s.compact(); again.Dropped != 0 {
			t.Errorf("round %d: what was kept is dropped by a second time: %+v", round, again)
		}
		if sum := s.build(); len(sum.Rendered)+len(sum.Written)+len(sum.Removed) > 0 {
			t.Errorf("round %d: a build over the compacted store drew %q", round, sum.Rendered)
		}
		for _, st := range edits {
			st.do(s, r)
			s.build()
			s.checkLaw("public", st.name+" over a compacted store")
		}
	}
}

func TestCompactRefusesAStoreThatIsHeld(t *testing.T) {
	s := fixedSite(t)
	held, err := open(s.options("public"), previewStore)
	must(t, err)
	defer held.Close()
	before, err := folderSize(s.path(".mihbara/build"))
	must(t, err)
	list, err := Compact(context.Background(), s.options("public"))
	if err == nil || !strings.Contains(err.Error(), "holds the store; end it first") || len(list) > 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if after, _ := folderSize(s.path(".mihbara/build")); after > before {
		t.Errorf("the other store was touched: %d bytes, was %d", after, before)
	}
}
