package generator

import (
	"testing"

	"mihbara/generator/record/recordtest"
)

func TestWhatAspectsHoldSurvives(t *testing.T) {
	recordtest.EachField(func(name string, p place) { recordtest.Survives(t, name, p) })
	recordtest.Survives(t, "nothing", place{})
	for name, list := range map[string][]string{"nil": nil, "empty": {}, "two": {"a", ""}} {
		recordtest.Survives(t, name, texts(list))
	}
	recordtest.Survives(t, "entities", entityIDs{"a", "b"})
	recordtest.Survives(t, "no entities", entityIDs(nil))
}

// FuzzRecords holds that a place and lists are read from any bytes without a
// panic.
func FuzzRecords(f *testing.F) {
	data, _ := place{Standing: true}.AppendBinary(nil)
	f.Add(data)
	f.Add([]byte{3, 1, 'a', 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		recordtest.AnyBytes[place](t, data)
		recordtest.AnyBytes[texts](t, data)
		recordtest.AnyBytes[entityIDs](t, data)
	})
}
