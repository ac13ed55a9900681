package entity

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mihbara/generator/diag"
)

// shared finds the folder of real input beside the repository, or skips.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			dir = filepath.Join(dir, "..", "shared")
			if _, err := os.Stat(dir); err != nil {
				t.Skip("no real input beside the repository")
			}
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("not inside the repository")
	return ""
}

// readEntities reads all entity files of a folder; problems fail the test.
func readEntities(t testing.TB, folder string) []*Entity {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var list []*Entity
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		e, problems := ParseEntity(filepath.Base(file), data)
		for _, p := range problems {
			if p.Severity == diag.Error {
				t.Error(p)
			}
		}
		if !e.IsNote() {
			list = append(list, e)
		}
	}
	return list
}

func testLexicon(t testing.TB) *MapLexicon {
	return NewLexicon(append(readEntities(t, filepath.Join("testdata", "entities")), Builtin()...))
}

// TestOwnersArticle holds the article that the program was first made for: all
// that an annotator finds in it, and nothing else.
func TestOwnersArticle(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t), "seeds", "*.txt"))
	if len(files) == 0 {
		t.Skip("no seeds beside the repository")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	want := map[ID]int{
		"ebrahim-raisi": 5, "hossein-amir-abdollahian": 1, "khaled-abdel-majid": 2, "bashar-al-assad": 2, "khader-adnan": 1,
		"irna": 2, "palestinian-popular-struggle-front": 1, "hamas": 3, "palestinian-islamic-jihad": 3, "associated-press": 1, "us-institute-of-peace": 1, "irgc": 1, "us-state-department": 1,
		"damascus": 2, "country-ir": 6, "country-sy": 2, "country-ps": 1, "gaza-strip": 2, "country-il": 1, "country-sd": 2, "country-ye": 1, "tehran": 1,
	}
	text := string(data)
	mentions, _ := Annotate(text, "ar", testLexicon(t), nil)
	got := map[ID]int{}
	for _, m := range mentions {
		if m.Type != Event { // the annotator marked people, organisations and places
			got[m.Entity]++
		}
	}
	for id, n := range want {
		if got[id] != n {
			t.Errorf("%s is found %d times, want %d", id, got[id], n)
		}
	}
	for id := range got {
		if want[id] == 0 {
			t.Errorf("%s is found but not there", id)
		}
	}
	if i := slices.IndexFunc(mentions, func(m Mention) bool { return strings.Contains(text[max(0, m.Start-16):m.Start], "الداعم") }); i >= 0 {
		t.Errorf("trap: %v", mentions[i])
	}
	checkMentions(t, text, mentions)
}

// checkMentions holds what is true of every result.
func checkMentions(t *testing.T, text string, mentions []Mention) {
	t.Helper()
	end := 0
	for _, m := range mentions {
		if m.Start < end || m.End <= m.Start || m.End > len(text) {
			t.Fatalf("mention %+v behind byte %d of %d", m, end, len(text))
		}
		if text[m.Start:m.End] != m.Text {
			t.Errorf("mention %+v: the text there is %q", m, text[m.Start:m.End])
		}
		if !utf8.RuneStart(text[m.Start]) || m.End < len(text) && !utf8.RuneStart(text[m.End]) {
			t.Errorf("mention %+v is not on character boundaries", m)
		}
		end = m.End
	}
}
