package incremental

import (
	"reflect"
	"testing"

	"mihbara/generator/record/recordtest"
)

func TestEveryFieldOfAMetaSurvives(t *testing.T) {
	recordtest.EachField(func(name string, m meta) { recordtest.Survives(t, name, withoutEmptyFile(m)) })
	var whole meta
	n := 0
	recordtest.Fill(reflect.ValueOf(&whole).Elem(), &n)
	recordtest.Survives(t, "all fields", whole)
	recordtest.Survives(t, "rows that share", meta{Rows: []given{
		{1, "ar/tag/x", "s", "k", 7}, {2, "ar/tag/y", "s", "k", 1 << 63}, {2, "", "t", "k", 0}, {3, "g", "", "", 9}, {3, "g", "t", "k", 9},
	}})
	recordtest.Survives(t, "nothing", meta{})
}

// withoutEmptyFile keeps a hash only where there is a file.
func withoutEmptyFile(m meta) meta {
	m.HasFile = m.HasFile || m.File != 0
	return m
}

func FuzzMeta(f *testing.F) {
	data, _ := meta{Rows: []given{{1, "g", "s", "k", 7}}, Aspects: []aspectHash{{"a", 1}}, Reasons: []string{"r"}}.AppendBinary(nil)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) { recordtest.AnyBytes[meta](t, data) })
}
