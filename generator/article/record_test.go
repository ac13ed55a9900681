package article

import (
	"reflect"
	"testing"

	"mihbara/generator/record/recordtest"
)

func TestEveryFieldOfAnArticleSurvives(t *testing.T) {
	recordtest.EachField(func(name string, a Article) { recordtest.Survives(t, name, a) })
	recordtest.EachField(func(name string, c Card) { recordtest.Survives(t, name, c) })
	var whole Article
	n := 0
	recordtest.Fill(reflect.ValueOf(&whole).Elem(), &n)
	recordtest.Survives(t, "all fields", whole)
	recordtest.Survives(t, "a sum of small letters", Article{SHA256: "00ff"})
	recordtest.Survives(t, "a sum of capitals", Article{SHA256: "00FF"})
	recordtest.Survives(t, "empty and nil", Article{Tags: []string{}, Params: map[string]any{}, Corrections: []Correction{}})
	recordtest.Survives(t, "nothing", Article{})
	recordtest.Survives(t, "no card", Card{})
}

// FuzzRecords holds that an article and a card are read from any bytes without
// a panic.
func FuzzRecords(f *testing.F) {
	var a Article
	var c Card
	n := 0
	recordtest.Fill(reflect.ValueOf(&a).Elem(), &n)
	recordtest.Fill(reflect.ValueOf(&c).Elem(), &n)
	first, _ := a.AppendBinary(nil)
	second, _ := c.AppendBinary(nil)
	f.Add(first)
	f.Add(second)
	f.Fuzz(func(t *testing.T, data []byte) {
		recordtest.AnyBytes[Article](t, data)
		recordtest.AnyBytes[Card](t, data)
	})
}
