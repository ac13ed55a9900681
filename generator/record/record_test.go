package record

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestAnyValueSurvives(t *testing.T) {
	for _, v := range []any{nil, true, false, int64(0), int64(-1), int64(math.MinInt64), int64(math.MaxInt64), 1.5, math.Inf(-1), "", "لبنان", "\xff",
		[]any(nil), []any{}, []any{"a", int64(2), []any{nil}}, map[string]any(nil), map[string]any{}, map[string]any{"b": "x", "a": map[string]any{"": nil}}} {
		data, err := AppendAny(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		r := NewReader(data)
		if got := r.Any(); !reflect.DeepEqual(got, v) || r.Err() != nil {
			t.Errorf("%#v came back as %#v, %v", v, got, r.Err())
		}
	}
}

func TestWhatCannotBeKeptIsNamed(t *testing.T) {
	deep := any("x")
	for range 2 * deepest {
		deep = []any{deep}
	}
	for name, v := range map[string]any{"of type int": 1, "too deep": deep} {
		if _, err := AppendMap(nil, map[string]any{"key": v}); err == nil || !strings.Contains(err.Error(), name) || !strings.HasPrefix(err.Error(), "key: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzReader holds that any bytes are read without a panic, and that what is
// sound is written as it was read.
func FuzzReader(f *testing.F) {
	seed, _ := AppendMap(AppendStrings(AppendFlags(AppendInt(nil, -300), true, false), []string{"a", ""}),
		map[string]any{"a": []any{nil, true, int64(5), 2.5, "x", map[string]any{}}})
	f.Add(seed)
	f.Add([]byte("\x80\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(data)
		n := r.Int64()
		var a, b bool
		r.Flags(&a, &b)
		list := Strings[string](r)
		m := r.Map()
		if r.Err() != nil {
			return
		}
		again, err := AppendMap(AppendStrings(AppendFlags(AppendInt(nil, n), a, b), list), m)
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("%x was written as %x, %v", data, again, err)
		}
	})
}
