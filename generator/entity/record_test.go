package entity

import (
	"fmt"
	"strings"
	"testing"

	"mihbara/generator/lang"
	"mihbara/generator/record/recordtest"
)

func TestEveryFieldOfMentionsSurvives(t *testing.T) {
	recordtest.EachField(func(name string, m Mention) { recordtest.Survives(t, name, Mentions{m, {}, m}) })
	recordtest.Survives(t, "nil", Mentions(nil))
	recordtest.Survives(t, "none", Mentions{})
	recordtest.Survives(t, "types", Mentions{{Type: Person}, {Type: Event}, {Type: "p"}, {By: "kb"}, {By: ""}, {By: "recognised"}})
}

func TestEveryFieldOfAnAliasSurvives(t *testing.T) {
	recordtest.EachField(func(name string, a Alias) { recordtest.Survives(t, name, a) })
	recordtest.Survives(t, "both keys", Alias{Tokens: []string{"a", "b"}, Loose: []string{"a", "c"}})
	recordtest.Survives(t, "the same keys", Alias{Tokens: []string{"a", "b"}, Loose: []string{"a", "b"}, Languages: []lang.Tag{}})
	for _, e := range Builtin()[:300] {
		for _, a := range Aliases(e) {
			recordtest.Survives(t, string(e.ID), a)
		}
	}
}

func TestManyEntitiesSurvive(t *testing.T) {
	var list Mentions
	for i := range 500 {
		list = append(list, Mention{Start: i, End: i + 1, Entity: ID(fmt.Sprint(i % 90)), Type: Place, By: "kb"})
	}
	recordtest.Survives(t, "many", list)
}

func TestMentionedAreTheEntitiesOfMentions(t *testing.T) {
	for want, list := range map[string]Mentions{
		"[]":    nil,
		"[b a]": {{Start: 1, End: 2, Entity: "b", Type: Person}, {Start: 5, End: 9, Entity: "a", Type: "odd", Text: "x"}, {Start: 11, End: 12, Entity: "b", Type: Person}},
	} {
		data, _ := list.AppendBinary(nil)
		var m Mentioned
		if err := m.UnmarshalBinary(data); err != nil || fmt.Sprint(m) != want {
			t.Errorf("got %v, %v, want %s", m, err, want)
		}
	}
}

func TestAMentionTakesEightBytes(t *testing.T) {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "In year %d the leaders of Iran, Syria and Iraq met in Beirut and talked of many things. ", i)
	}
	list := NewMatcher(1<<20, nil).Annotate(text.String(), "en", NewLexicon(cast()), nil, nil)
	for i := range list {
		list[i].Text = ""
	}
	data, _ := Mentions(list).AppendBinary(nil)
	if len(list) < 40 || len(data) > 8*len(list) {
		t.Errorf("%d mentions take %d bytes", len(list), len(data))
	}
}

// FuzzMentions holds that mentions are read from any bytes without a panic.
func FuzzMentions(f *testing.F) {
	data, _ := Mentions{{1, 5, "text", "id", Person, "kb"}, {9, 12, "", "id", Person, "kb"}, {20, 12, "", "other", "x", ""}}.AppendBinary(nil)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		recordtest.AnyBytes[Mentions](t, data)
		var m Mentioned
		_ = m.UnmarshalBinary(data)
	})
}

// FuzzAlias holds that an alias is read from any bytes without a panic.
func FuzzAlias(f *testing.F) {
	data, _ := Alias{Tokens: []string{"a"}, Loose: []string{"b"}, Entity: "e", Type: Person, Languages: []lang.Tag{"ar", "fa"}, Lands: []string{"IR"}}.AppendBinary(nil)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) { recordtest.AnyBytes[Alias](t, data) })
}
