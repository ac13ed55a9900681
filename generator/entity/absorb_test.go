package entity

import (
	"slices"
	"testing"
)

// TestAbsorb: what the other has besides is added or named, and nothing changes.
func TestAbsorb(t *testing.T) {
	other := "---\ntype: person\nlabels: {en: B, fr: Bé}\naliases: {en: [A, C]}\nunique: true\n---\nNote of B.\n"
	for _, c := range []struct {
		name, file, want string
		lost             []string
	}{
		{"lists in brackets", "---\ntype: person\nlabels: {en: A} # ours\naliases: {en: [\"A 1\"], ar: [ب]}\nunique: true\n---\n",
			"---\ntype: person\nlabels: {en: A, fr: \"Bé\"} # ours\naliases: {en: [\"A 1\", \"B\", \"C\"], ar: [ب]}\nunique: true\n---\nNote of B.\n", nil},
		{"lists as lines", "---\ntype: person\nlabels:\n  en: A\nunique: true\n---\nOur note.\n", "", []string{"its note"}},
		{"a list that cannot be added to", "---\ntype: person\nlabels: {en: A}\naliases:\n  en:\n    - A 1\nunique: true\n---\n", "",
			[]string{"names: the file is not written so that lines can be added to it"}},
		{"TOML", "+++\ntype = \"person\"\nunique = true\n[labels]\nen = \"A\"\n[aliases]\nen = [\"A 1\"]\n+++\n", "",
			[]string{"names: the file is not written so that lines can be added to it"}},
		{"not unique", "---\ntype: person\nlabels: {en: A}\n---\n", "", []string{"unique: true"}},
	} {
		e, _ := ParseEntity("b.md", []byte(other))
		got, lost := Absorb("a.md", []byte(c.file), e)
		if !slices.Equal(lost, c.lost) || c.want != "" && string(got) != c.want {
			t.Errorf("%s: lost %q\n%s", c.name, lost, got)
		}
	}
}
