package incremental

import (
	"reflect"
	"testing"
)

func TestMetaRecord(t *testing.T) {
	want := meta{
		Rows: []given{
			{1, "ar/tag/x", "s", "k", 7}, {2, "ar/tag/y", "s", "k", 1 << 63}, {2, "", "t", "k", 0}, {3, "g", "", "", 9}, {3, "g", "t", "k", 9},
		},
		Aspects: []aspectHash{{"body", 1}, {"head", 2}},
		HasFile: true, File: 5, Reasons: []string{"rows of x", ""},
	}
	for _, m := range []meta{want, {Rows: []given{}}} {
		data, err := m.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var got meta
		if err := got.UnmarshalBinary(data); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("got %+v, %v; want %+v", got, err, m)
		}
		for n := range data {
			if got.UnmarshalBinary(data[:n]) == nil {
				t.Errorf("the first %d of %d bytes are taken for a meta", n, len(data))
			}
		}
	}
}

func FuzzMeta(f *testing.F) {
	m := meta{Rows: []given{{1, "g", "s", "k", 7}}, Aspects: []aspectHash{{"a", 1}}, Reasons: []string{"r"}}
	data, _ := m.AppendBinary(nil)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var m meta
		_ = m.UnmarshalBinary(data) // any bytes may come, none may panic
	})
}
