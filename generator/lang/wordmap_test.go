package lang

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWordMapIsAMap: short words and long ones, and the empty one, also when the
// text they came from is written over.
func TestWordMapIsAMap(t *testing.T) {
	var m WordMap
	if _, ok := m.Find("word"); ok || m.Len() != 0 {
		t.Error("an empty map holds a word")
	}
	want := map[string]uint32{}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		word := strings.Repeat("ب", random.IntN(8)) + strings.Repeat("x", random.IntN(12)) + string(rune('a'+random.IntN(26))) + string(rune('ا'+random.IntN(26)))
		if random.IntN(1000) == 0 {
			word = ""
		}
		number, ok := m.Find(word)
		if old, known := want[word]; ok != known || number != old {
			t.Fatalf("%q: %d, %t; want %d, %t", word, number, ok, old, known)
		}
		want[word] = random.Uint32()
		m.Set(word, want[word])
	}
	for word, number := range want {
		if got, ok := m.Find(word); !ok || got != number {
			t.Fatalf("%q: %d, %t; want %d", word, got, ok, number)
		}
	}
	if m.Len() != len(want) {
		t.Errorf("%d words, want %d", m.Len(), len(want))
	}
}
