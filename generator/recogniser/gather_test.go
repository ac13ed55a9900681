package recogniser

import (
	"testing"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// gathered counts names as articles would: each with its language, in so many.
func gathered(names ...Spelled) *Gathering {
	var g Gathering
	for _, n := range names {
		for range n.Articles {
			g.Add("a.md", "… "+n.Name+" …", n.Language, []Suggestion{{n.Type, n.Name, 2}})
		}
	}
	return &g
}

func TestGatheredNames(t *testing.T) {
	known := []*entity.Entity{
		{ID: "zoran-zaev", Type: entity.Person, Labels: map[lang.Tag]string{"en": "Zoran Zaev"}},
		{ID: "marwan-abboud", Type: entity.Place, Labels: map[lang.Tag]string{"en": "Somewhere"}},
		{ID: "known", Type: entity.Person, Labels: map[lang.Tag]string{"en": "Well Known"}, Aliases: map[lang.Tag][]string{"en": {"Rather Known"}}},
	}
	g := gathered(
		Spelled{Language: "en", Name: "Marwan Abboud", Type: entity.Person, Articles: 2},
		Spelled{Language: "ar", Name: "مروان عبود", Type: entity.Person, Articles: 3},
		Spelled{Language: "ar", Name: "ومروان عبود", Type: entity.Person, Articles: 1}, // and Marwan Abboud
		Spelled{Language: "ar", Name: "زوران زئيف", Type: entity.Person, Articles: 3},
		Spelled{Language: "en", Name: "Daniel Sturridge", Type: entity.Person, Articles: 3},
		Spelled{Language: "fr", Name: "Daniel Ortega", Type: entity.Person, Articles: 3}, // another Daniel
		Spelled{Language: "en", Name: "Rather Known", Type: entity.Person, Articles: 9},
		Spelled{Language: "en", Name: "Seldom Seen", Type: entity.Person, Articles: 2},
	)
	want := []Candidate{
		{ID: "marwan-abboud-2", Articles: 6, Count: 12, Names: []Spelled{{Language: "ar", Name: "مروان عبود"}, {Language: "en", Name: "Marwan Abboud"}}},
		{ID: "zwran-zyyf", Articles: 3, Count: 6, Perhaps: "zoran-zaev", Names: []Spelled{{Language: "ar", Name: "زوران زئيف"}}},
		{ID: "daniel-sturridge", Articles: 3, Count: 6, Names: []Spelled{{Language: "en", Name: "Daniel Sturridge"}}},
		{ID: "daniel-ortega", Articles: 3, Count: 6, Names: []Spelled{{Language: "fr", Name: "Daniel Ortega"}}},
	}
	list := g.Candidates(3, known)
	if len(list) != len(want) {
		t.Fatalf("%d candidates: %+v", len(list), list)
	}
	for i, c := range list {
		w := want[i]
		if c.ID != w.ID || c.Articles != w.Articles || c.Count != w.Count || c.Perhaps != w.Perhaps || len(c.Names) != len(w.Names) {
			t.Errorf("%+v, want %+v", c, w)
			continue
		}
		for j, n := range c.Names {
			if n.Language != w.Names[j].Language || n.Name != w.Names[j].Name {
				t.Errorf("%s: %s %s", c.ID, n.Language, n.Name)
			}
		}
	}
}

func TestExamplesEndAtWords(t *testing.T) {
	text := "A long sentence stands before\nthe name, as it does in news. Marwan Abboud said so, and another long sentence comes after it."
	if got, want := example(text, "Marwan Abboud"), "… name, as it does in news. Marwan Abboud said so, and another long …"; got != want {
		t.Errorf("%q", got)
	}
	if got := example("Only Abboud.", "Marwan Abboud"); got != "" {
		t.Errorf("%q", got)
	}
}
