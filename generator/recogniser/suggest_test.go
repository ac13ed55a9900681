package recogniser

import (
	"reflect"
	"strings"
	"testing"

	"mihbara/generator/entity"
	"mihbara/generator/record/recordtest"
)

func TestFormsOfANameAreOneSuggestion(t *testing.T) {
	text := "Holloway resigns\n\nMargaret Holloway resigned in Berlin. Holloway said that Margaret Holloway had met Tom Brandt of Iran."
	g := grouping{text: text, language: "en", names: lexiconOf("en")}
	for _, x := range []struct {
		words string
		of    entity.Type
	}{{"Holloway", "person"}, {"Margaret Holloway", "person"}, {"Berlin", "place"}, {"Holloway said", ""}, {"Margaret Holloway had", ""}, {"Tom Brandt", "person"}} {
		if x.of == "" { // a later form
			x.words, x.of = strings.TrimSuffix(strings.TrimSuffix(x.words, " said"), " had"), "person"
		}
		at := strings.Index(text, x.words)
		g.add(Name{at, at + len(x.words), x.of})
	}
	want := []Suggestion{{"person", "Margaret Holloway", 4}, {"person", "Tom Brandt", 1}}
	if got := g.suggestions(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestPrefixesAreNoPartOfASuggestion(t *testing.T) {
	text := "לירושלים וירושלים"
	g := grouping{text: text, language: "he", names: lexiconOf("he")}
	at := strings.Index(text, " ")
	g.add(Name{0, at, "place"})
	g.add(Name{at + 1, len(text), "place"})
	want := []Suggestion{{"place", "ירושלים", 2}}
	if got := g.suggestions(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWhatTheKnowledgeBaseKnowsIsNotSuggested(t *testing.T) {
	text := "Margaret Holloway met Tom Brown in Paris. Tom Brown thanked Margaret Holloway."
	at := strings.Index(text, "Tom")
	last := strings.LastIndex(text, "Tom")
	mentions := []entity.Mention{{Start: at, End: at + 9}, {Start: last, End: last + 9}}
	got := For("en").Suggestions(text, nil, mentions)
	if want := []Suggestion{{"person", "Margaret Holloway", 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWhatLooksLikeNoNameIsNotSuggested(t *testing.T) {
	for name, want := range map[string]bool{"Tom Brandt": true, "du Sud": false, "makers of": false, "Mohammad Ali Al": false, "Tom (Jr": false, "Tom\nBrandt": false} {
		g := grouping{language: "en", names: lexiconOf("en"), cased: true}
		if g.fit(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
	g := grouping{language: "ar", names: lexiconOf("ar")}
	if g.fit("makers of") || g.fit("تصميم CSS") || !g.fit("مروان عبود") {
		t.Error("of names in Arabic texts those in Latin letters, and only those, are left out")
	}
}

func TestSuggestionsSurviveTheStore(t *testing.T) {
	recordtest.Survives(t, "none", Suggestions(nil))
	recordtest.Survives(t, "two", Suggestions{{"person", "Margaret Holloway", 2}, {"place", "ירושלים", 1}})
}
