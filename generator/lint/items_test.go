package lint

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// An item of testdata/items.txt.
type item struct {
	id, about string
	witnesses []string
}

// TestEveryItemIsHeld reads testdata/items.txt: each of the 96 items has
// witnesses, which there are, or a reason to have none, which those of the gate
// have not.
func TestEveryItemIsHeld(t *testing.T) {
	rules := map[string]bool{}
	for _, r := range Rules() {
		rules[r.ID] = true
	}
	tests, visual := testsOf(t, "../.."), fixturesOf(t)
	seen := map[string]bool{}
	for _, it := range items(t) {
		if seen[it.id] || it.about == "" || len(it.witnesses) == 0 {
			t.Errorf("%s: twice, or without witnesses", it.id)
		}
		seen[it.id] = true
		for _, w := range it.witnesses {
			switch {
			case w == "none:" && !slices.Contains(strings.Fields(gate), it.id):
			case w == "rule" && rules[it.id], w == "visual" && visual[it.id], tests[w]:
				continue
			default:
				t.Errorf("%s: there is no %s", it.id, w)
			}
			break
		}
		if rules[it.id] && !slices.Contains(it.witnesses, "rule") {
			t.Errorf("%s: the linter has a rule of it", it.id)
		}
	}
	for _, id := range strings.Fields(gate) {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
	if len(seen) != 96 {
		t.Errorf("%d items", len(seen))
	}
}

func items(t *testing.T) []item {
	data, err := os.ReadFile("testdata/items.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(data), "\n== ")
	var all []item
	for line := range strings.Lines(list) {
		head, witnesses, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue // the name of a group
		}
		id, about, _ := strings.Cut(head, " ")
		all = append(all, item{id, about, strings.Fields(witnesses)})
	}
	return all
}

// testsOf gives the names of all tests below a folder.
func testsOf(t *testing.T, root string) map[string]bool {
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	names := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		data, err := os.ReadFile(file)
		for _, m := range declared.FindAllSubmatch(data, -1) {
			names[string(m[1])] = true
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatal(len(names), err)
	}
	return names
}

// fixturesOf gives the items of which there are fixtures of visual order.
func fixturesOf(t *testing.T) map[string]bool {
	data, err := os.ReadFile("../../cmd/mihbara/testdata/visual.txt")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^=== ([A-Z]\d+) `).FindAllSubmatch(data, -1) {
		have[string(m[1])] = true
	}
	return have
}
