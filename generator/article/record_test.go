package article

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"testing"
)

func TestEveryFieldOfAnArticleSurvives(t *testing.T) {
	each(func(name string, a Article) { survives(t, name, a) })
	each(func(name string, c Card) { survives(t, name, c) })
	var whole Article
	n := 0
	fill(reflect.ValueOf(&whole).Elem(), &n)
	survives(t, "all fields", whole)
	survives(t, "a sum of small letters", Article{SHA256: "00ff"})
	survives(t, "a sum of capitals", Article{SHA256: "00FF"})
	survives(t, "empty and nil", Article{Tags: []string{}, Params: map[string]any{}, Corrections: []Correction{}})
	survives(t, "nothing", Article{})
	survives(t, "no card", Card{})
}

// FuzzRecords holds that an article and a card are read from any bytes without
// a panic.
func FuzzRecords(f *testing.F) {
	var a Article
	var c Card
	n := 0
	fill(reflect.ValueOf(&a).Elem(), &n)
	fill(reflect.ValueOf(&c).Elem(), &n)
	first, _ := a.AppendBinary(nil)
	second, _ := c.AppendBinary(nil)
	f.Add(first)
	f.Add(second)
	f.Fuzz(func(t *testing.T, data []byte) {
		anyBytes[Article](t, data)
		anyBytes[Card](t, data)
	})
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
