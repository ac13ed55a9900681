package entity

import (
	"slices"
	"strings"
	"testing"

	"mihbara/generator/diag"
)

func TestCheck(t *testing.T) {
	file := func(id ID, kind Type, n names) *Entity {
		e := entityOf(id, kind, n)
		e.Path = string(id) + ".md"
		return e
	}
	tests := []struct {
		name   string
		own    []*Entity
		others []*Entity
		want   []string
	}{
		{"nothing to say", []*Entity{file("a", Place, names{"en": {"Almaria"}})}, nil, nil},
		{"two of one name", []*Entity{file("a", Place, names{"en": {"Almaria"}}), file("b", Place, names{"en": {"Old Almaria", "almaria"}})}, nil,
			[]string{"a.md: warning: a and b have a name in en in common, and the same weight: without other signs, neither is linked — give the one that is nearly always meant a higher weight, or both country and years"}},
		{"one of a built-in one's name", []*Entity{file("b", Place, names{"en": {"Almaria"}})}, []*Entity{entityOf("a", Place, names{"en": {"Almaria"}})},
			[]string{"b.md: warning: b and a have a name in en in common, and the same weight: without other signs, neither is linked — give the one that is nearly always meant a higher weight, or both country and years"}},
		{"what is replaced does not count", []*Entity{file("a", Place, names{"en": {"Almaria"}})}, []*Entity{entityOf("a", Place, names{"en": {"Almaria"}})}, nil},
		{"built-in ones among themselves are not the editor's", nil, []*Entity{entityOf("a", Place, names{"en": {"X Y"}}), entityOf("b", Place, names{"en": {"X Y"}})}, nil},
		{"a function word", []*Entity{file("a", Place, names{"ar": {"على", "مدينة علا"}})}, nil,
			[]string{`a.md: warning: "على" is a common word in ar; it is not looked for alone — add a longer name`}},
		{"an acronym is none", []*Entity{file("a", Organisation, names{"en": {"WHO"}})}, nil, nil},
		{"a name that is also a word", []*Entity{file("a", Place, names{"ar": {"مالي"}})}, nil,
			[]string{`a.md: note: "مالي" is also something else in ar; it is linked only behind a word such as a preposition of place`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, d := range Check(test.own, test.others, func(e *Entity, _ string) diag.Position { return diag.Position{File: e.Path} }) {
				got = append(got, d.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestCheckFindsContradictions(t *testing.T) {
	a := entityOf("a", Person, names{"en": {"Rumi Sadeq"}})
	a.Path, a.Wikidata, a.Facts = "a.md", "Q1", []Fact{{"born", "1960-12-14"}, {"died", "1959"}}
	b := entityOf("b", Person, names{"en": {"Sadeq Rumi"}})
	b.Path, b.Wikidata = "b.md", "Q1"
	var got []string
	for _, d := range Check([]*Entity{a, b}, nil, func(e *Entity, text string) diag.Position { return diag.Position{File: e.Path + " " + text} }) {
		got = append(got, d.Pos.File+": "+d.Message)
	}
	want := []string{"a.md 1959: died 1959 is before born 1960-12-14", "b.md Q1: Q1 is also a"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
