// Package recordtest tests the types that write themselves as records: that they
// read what they wrote, whole, and that no bytes make them panic.
package recordtest

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"testing"
)

// Fill sets every exported field that v reaches to something that is not zero and
// differs from the others, so that one that a record forgets is missed.
func Fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		Fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				Fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		Fill(v.Index(0), n)
		Fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{"a": int64(*n), "b": []any{"x", nil, map[string]any{"c": 1.5}}}))
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n) * 1000)
	case reflect.Uint64:
		v.SetUint(uint64(*n) << 40)
	case reflect.Uint8:
		v.SetUint(uint64(*n) % 256)
	default:
		panic("a field of a kind that Fill does not know: " + v.Kind().String())
	}
}

// EachField calls check once for every exported field of a struct, with that field alone
// filled.
func EachField[T any](check func(name string, v T)) {
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			continue
		}
		var v T
		n := i
		Fill(reflect.ValueOf(&v).Elem().Field(i), &n)
		check(t.Field(i).Name, v)
	}
}

// Survives writes v, reads it again and compares.
func Survives[T encoding.BinaryAppender, P interface {
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

// AnyBytes holds that reading any bytes does not panic, and that what was read
// survives.
func AnyBytes[T encoding.BinaryAppender, P interface {
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
