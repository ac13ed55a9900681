package generator

import (
	"fmt"
	"sync"
	"testing"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

func TestAMemoForgetsWhenItIsFull(t *testing.T) {
	var m memo[int, string]
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for i := range memoLimit + 100 {
				if got := m.get(i, func() string { return fmt.Sprint(i) }); got != fmt.Sprint(i) {
					t.Errorf("%d is %s", i, got)
				}
			}
		})
	}
	group.Wait()
	if len(m.kept) > memoLimit {
		t.Errorf("%d are kept", len(m.kept))
	}
	m.clear()
	if m.get(1, func() string { return "new" }) != "new" {
		t.Error("what was cleared is still there")
	}
}

func TestRoomsAreGivenAgainEmpty(t *testing.T) {
	var r rooms
	a := append(r.take(), "page"...)
	r.give(a)
	b := r.take()
	if len(b) != 0 || cap(b) < firstRoom || &b[:1][0] != &a[0] {
		t.Errorf("a room of %d bytes of %d, not the one that was given", len(b), cap(b))
	}
	r.give(make([]byte, 10))
	r.give(make([]byte, 0, largeRoom+1))
	if len(r.free) != 0 {
		t.Errorf("%d rooms are kept that are too small or too large", len(r.free))
	}
	for range 2 * manyRooms {
		r.give(make([]byte, firstRoom))
	}
	if len(r.free) > manyRooms {
		t.Errorf("%d rooms are kept", len(r.free))
	}
}

func TestALabelIsThatOfTheLanguageThatAsks(t *testing.T) {
	e := &entity.Entity{ID: "x", Labels: map[lang.Tag]string{"ar": "سوريا", "en": "Syria"}, Wikidata: "Q858"}
	for tag, want := range map[lang.Tag]string{"ar": "سوريا", "en": "Syria", "fr": "Syria"} {
		if l := labelOf(e, tag); l.Name.S != want || len(l.SameAs) != 1 {
			t.Errorf("in %s: %+v", tag, l)
		}
	}
}
