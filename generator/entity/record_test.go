package entity

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestEveryFieldOfMentionsSurvives(t *testing.T) {
	each(func(name string, m Mention) { survives(t, name, Mentions{m, {}, m}) })
	survives(t, "nil", Mentions(nil))
	survives(t, "none", Mentions{})
	survives(t, "types", Mentions{{Type: Person}, {Type: Event}, {Type: "p"}, {By: "kb"}, {By: ""}, {By: "recognised"}})
}

func TestManyEntitiesSurvive(t *testing.T) {
	var list Mentions
	for i := range 500 {
		list = append(list, Mention{Start: i, End: i + 1, Entity: ID(fmt.Sprint(i % 90)), Type: Place, By: "kb"})
	}
	survives(t, "many", list)
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
	f.Fuzz(func(t *testing.T, data []byte) { anyBytes[Mentions](t, data) })
}

// fill sets every field that v reaches to something that is not zero and
// differs from the others, so that one that a record forgets is missed.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{"a": int64(*n), "b": []any{"x", nil, map[string]any{"c": 1.5}}}))
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n) * 1000)
	case reflect.Uint8:
		v.SetUint(uint64(*n) % 256)
	default:
		panic("a field of a kind that fill does not know: " + v.Kind().String())
	}
}

// each calls check once for every field of a struct, with that field alone
// filled.
func each[T any](check func(name string, v T)) {
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		if t.Field(i).Name == "_" {
			continue
		}
		var v T
		n := i
		fill(reflect.ValueOf(&v).Elem().Field(i), &n)
		check(t.Field(i).Name, v)
	}
}

// survives writes v, reads it again and compares.
func survives[T encoding.BinaryAppender, P interface {
	*T
	encoding.BinaryUnmarshaler
}](t *testing.T, name string, v T) {
	t.Helper()
	data, err := v.AppendBinary(nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var back T
	if err := P(&back).UnmarshalBinary(data); err != nil || !reflect.DeepEqual(back, v) {
		t.Errorf("%s: %v\n got %#v\nwant %#v", name, err, back, v)
	}
}

// anyBytes holds that reading any bytes does not panic, and that what was read
// survives.
func anyBytes[T encoding.BinaryAppender, P interface {
	*T
	encoding.BinaryUnmarshaler
}](t *testing.T, data []byte) {
	var v T
	if P(&v).UnmarshalBinary(data) == nil {
		if back, err := v.AppendBinary(nil); err != nil || P(&v).UnmarshalBinary(back) != nil {
			t.Errorf("%x was read and cannot be written: %v", data, err)
		} else if again, _ := v.AppendBinary(nil); !bytes.Equal(again, back) {
			t.Errorf("%x: written as %x, then as %x", data, back, again)
		}
	}
}
