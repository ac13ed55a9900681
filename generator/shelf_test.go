package generator

import (
	"slices"
	"strings"
	"testing"
)

func TestNoKeyOnAShelfIsTakenForAnother(t *testing.T) {
	keys := []string{"", "a", "a\x00", "a\x00\x00", "a\x00\x01", "a\x01", "ab", "a/b", "ا", "\xff"}
	for _, key := range keys {
		from := onShelf(key)
		if g := shelf(key); len(g) != 3 || g != shelf(strings.Clone(key)) {
			t.Errorf("the shelf of %q is %q", key, g)
		}
		for _, other := range keys {
			for _, after := range []string{"", "x", "\xef\xbf\xbf"} {
				sort := onShelf(other) + after
				if found := sort >= from && sort < from+"\xff"; found != (other == key) {
					t.Errorf("%q is found under %q: %t", other, key, found)
				}
			}
		}
	}
	var names []string
	for i := range 20_000 {
		names = append(names, shelf(strings.Repeat("x", i%50)+string(rune('a'+i))))
	}
	slices.Sort(names)
	if n := len(slices.Compact(names)); n != 1024 {
		t.Errorf("%d shelves are used", n)
	}
}
