package tag

import (
	"slices"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// TestStarterSetIsWhole looks at the tables: seventeen topics with labels in twelve
// languages, no concept twice, each with words in the six languages that count.
func TestStarterSetIsWhole(t *testing.T) {
	all := Starter()
	if len(all) != 17 {
		t.Errorf("%d topics", len(all))
	}
	for _, x := range all {
		if len(x.Labels) != 12 || !strings.HasPrefix(x.Topic, "medtop:") || StarterTag(x.ID) != x {
			t.Errorf("%s: %d labels, topic %q", x.ID, len(x.Labels), x.Topic)
		}
		head, rows := table("starter/" + x.ID + ".txt")
		for _, row := range rows {
			for i, language := range head[:min(len(head), 6)] {
				if i >= len(row) || row[i] == "" {
					t.Errorf("%s/%s has no words in %s", x.ID, firstOf(row[0]), language)
				}
			}
		}
	}
	seen := map[string]bool{}
	for _, c := range Concepts() {
		if seen[c.ID()] || c.Rarity < 1 || c.Rarity > MaxRarity {
			t.Errorf("%s: twice, or rarity %d", c.ID(), c.Rarity)
		}
		seen[c.ID()] = true
	}
}

func TestFindKnowsInflectionsAndClitics(t *testing.T) {
	tests := []struct {
		language lang.Tag
		text     string
		want     []string
	}{
		{"en", "Two earthquakes shook the city; police searched", []string{"crime/police", "disaster/earthquake"}},
		{"ar", "وبالزلزال دُمّرت المدارس", []string{"disaster/earthquake", "education/school"}},
		{"fr", "Les écoles après le séisme", []string{"disaster/earthquake", "education/school"}},
		{"he", "בבתי הספר אחרי רעידת האדמה", []string{"education/school"}},
		{"ja", "地震", nil},
	}
	var f Finder
	for range 2 { // the second time from memory
		for _, x := range tests {
			var got []string
			for _, c := range f.Find(x.text, nil, x.language) {
				got = append(got, c.ID())
			}
			for _, want := range x.want {
				if !slices.Contains(got, want) {
					t.Errorf("%s %q: %v, want %s", x.language, x.text, got, want)
				}
			}
			if x.want == nil && got != nil {
				t.Errorf("%s: %v", x.language, got)
			}
		}
	}
}

func TestTopics(t *testing.T) {
	var f Finder
	topics := func(text string) (ids []string) {
		for _, x := range Topics(f.Find(text, nil, "en")) {
			ids = append(ids, x.ID)
		}
		return ids
	}
	if got := topics("The striker scored a goal in the match; the coach praised the team after the championship."); !slices.Equal(got, []string{"sport"}) {
		t.Errorf("a match is about %v", got)
	}
	if got := topics("The bridge is long."); got != nil {
		t.Errorf("a text that says little is about %v", got)
	}
	if got := topics("police"); got != nil {
		t.Errorf("one word is about %v", got)
	}
}

func TestOver(t *testing.T) {
	starter := StarterTag("politics")
	file := func(text string) *Tag {
		x, _ := Parse("content/tags/politics.md", []byte("---\n"+text+"---\n"))
		return x
	}
	labelled := Over(file("labels: {en: Public life}\n"), starter)
	if labelled.Labels["en"] != "Public life" || labelled.Labels["fr"] != "Politique" || !labelled.Starter || labelled.Topic != starter.Topic {
		t.Errorf("%+v", labelled)
	}
	if own := Over(file("triggers: {en: [council]}\n"), starter); own.Starter {
		t.Error("triggers of a file do not take the place of the starter set's words")
	}
	if Over(nil, starter).Starter != true || Over(nil, nil) != nil || starter.Labels["en"] != "Politics" || starter.Starter {
		t.Error("the starter set was changed")
	}
	if _, problems := Parse("content/tags/politics.md", []byte("---\niptc: medtop:1\n---\n")); len(problems) > 0 {
		t.Errorf("a file without labels over the starter set: %v", problems)
	}
	if _, problems := Parse("content/tags/x.md", []byte("---\nlabel: {zz1: a}\ntrigers: 3\n---\n")); len(problems) < 2 {
		t.Errorf("%v", problems)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("---\nlabels: {ar: ماء}\ntriggers: {en: [water]}\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		if x, _ := Parse("content/tags/a.md", []byte(text)); x.ID == "" {
			t.Error("no id")
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("The striker scored a goal in the match; the parliament voted after the earthquake in the city. ", 30)
	words := lang.Words(text)
	var f Finder
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f.Find(text, words, "en")
	}
}
