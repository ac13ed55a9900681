package generator

import (
	"testing"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// What foldPath leaves as it is must be what folding gives.
func TestFoldPathFoldsEveryCharacter(t *testing.T) {
	fold := cases.Fold()
	for r := rune(0); r < 0x3000; r++ {
		for _, p := range []string{string(r), "a" + string(r), "ب" + string(r) + "ِ\u0651"} {
			if got, want := foldPath(p), fold.String(norm.NFC.String(p)); got != want {
				t.Errorf("%q: got %q, want %q", p, got, want)
			}
		}
	}
}
