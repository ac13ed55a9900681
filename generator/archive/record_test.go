package archive

import (
	"testing"

	"mihbara/generator/record/recordtest"
)

func TestEveryFieldOfAPlaceSurvives(t *testing.T) {
	recordtest.EachField(func(name string, p Place) { recordtest.Survives(t, name, p) })
	recordtest.EachField(func(name string, l Links) { recordtest.Survives(t, name, l) })
	recordtest.Survives(t, "empty and nil", Place{Tags: []string{}})
	recordtest.Survives(t, "nothing", Place{})
	recordtest.Survives(t, "no links", Links{})
}

// FuzzRecords holds that a place and links are read from any bytes without a
// panic.
func FuzzRecords(f *testing.F) {
	place, _ := Place{Tags: []string{"a"}, Section: "b"}.AppendBinary(nil)
	links, _ := Links{Parent: "a"}.AppendBinary(nil)
	f.Add(place)
	f.Add(links)
	f.Fuzz(func(t *testing.T, data []byte) {
		recordtest.AnyBytes[Place](t, data)
		recordtest.AnyBytes[Links](t, data)
	})
}
