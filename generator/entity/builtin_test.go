package entity

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The seed and number of the links that were judged with the built-in base alone.
const (
	drawnSeed = 20261124
	drawnEach = 50
)

var showDrawn = flag.String("drawn", "", "write the drawn links of the built-in base, with their surroundings, to this file")

// A link is where an article of the corpus mentions an entity.
type link struct {
	file   string
	offset int
	entity ID
	around string // never committed: the corpus is not ours
}

// lot is the link's place in the draw. It depends on nothing but the link, so
// that a new name moves none of the others.
func (l link) lot() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s %d %s", drawnSeed, l.file, l.offset, l.entity)
	return h.Sum64()
}

// drawnLinks gives drawnEach links in each judged language, drawn from all that
// the built-in base makes in the corpus. Vowelled copies are left out.
func drawnLinks(t testing.TB) []link {
	corpus := filepath.Join(shared(t), "corpus")
	lexicon := NewLexicon(Builtin())
	var drawn []link
	for _, tag := range judgedLanguages {
		files, _ := filepath.Glob(filepath.Join(corpus, string(tag), "*.txt"))
		slices.Sort(files)
		var all []link
		for _, file := range files {
			if strings.Contains(file, ".tashkeel.") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			mentions, _ := Annotate(text, tag, lexicon, nil)
			for _, m := range mentions {
				before, after := []rune(text[:m.Start]), []rune(text[m.End:])
				all = append(all, link{string(tag) + "/" + filepath.Base(file), m.Start, m.Entity,
					string(before[max(0, len(before)-45):]) + "⟦" + m.Text + "⟧" + string(after[:min(len(after), 35)])})
			}
		}
		slices.SortFunc(all, func(a, b link) int { return cmp.Compare(a.lot(), b.lot()) })
		drawn = append(drawn, all[:min(drawnEach, len(all))]...)
	}
	return drawn
}

// TestDrawnLinks holds that of the links drawn with a seed from all that a site
// without a knowledge base of its own gets, at most two in a hundred are wrong.
// Links that nobody has judged count as wrong: read them (go test -run
// DrawnLinks -args -drawn FILE) and add them to testdata/judged-builtin.tsv.
func TestDrawnLinks(t *testing.T) {
	drawn := drawnLinks(t)
	if *showDrawn != "" {
		var b strings.Builder
		for _, l := range drawn {
			fmt.Fprintf(&b, "%s\t%d\t%s\t%s\n", l.file, l.offset, l.entity, strings.ReplaceAll(l.around, "\n", "⏎"))
		}
		if err := os.WriteFile(*showDrawn, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	judged := map[link]bool{}
	for _, v := range readVerdicts(t, "judged-builtin.tsv") {
		judged[link{file: v.file, offset: v.offset, entity: v.entity}] = v.right
	}
	wrong, unknown := 0, 0
	for _, l := range drawn {
		l.around = ""
		right, known := judged[l]
		if !known {
			unknown++
		}
		if !right {
			wrong++
			t.Logf("%s:%d %s is wrong or not judged", l.file, l.offset, l.entity)
		}
	}
	t.Logf("seed %d: %d links drawn, %d wrong, of which %d nobody judged", drawnSeed, len(drawn), wrong, unknown)
	if 100*wrong > judgedWrong*len(drawn) {
		t.Errorf("%d of %d links are wrong or not judged", wrong, len(drawn))
	}
}
