package markdown

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"testing"
)

func TestEveryFieldOfADocumentSurvives(t *testing.T) {
	each(func(name string, d Document) { survives(t, name, d) })
	var whole Document
	n := 0
	fill(reflect.ValueOf(&whole).Elem(), &n)
	survives(t, "all fields", whole)
	survives(t, "nothing", Document{})
	survives(t, "empty", Document{Runs: []Run{}, Refs: []Ref{}, Headings: []Heading{}})
	survives(t, "a run that ends too late", Document{HTML: "a", Text: "a", Runs: []Run{{Text: 0, TextEnd: 9, HTML: 0, HTMLEnd: 9}}})
	survives(t, "a text that the HTML does not show", Document{HTML: "a", Text: "b", Runs: []Run{{Text: 0, TextEnd: 1, HTML: 0, HTMLEnd: 1}}})
}

// TestTextIsTakenFromTheHTML holds that a record of a real document has its
// text once.
func TestTextIsTakenFromTheHTML(t *testing.T) {
	d, _ := Parse([]byte(sample+"\n\nAT&T <b>&lt;</b> a\\\nb\n\n| a | b |\n|---|---|\n| c | d |\n"), Options{Path: "a.md", Language: "ar", Typography: true, HTML: "sanitise"})
	survives(t, "sample", d)
	if data, _ := d.AppendBinary(nil); len(data) > len(d.HTML)+len(d.HTML)/2 {
		t.Errorf("%d bytes of HTML and %d of text are kept in %d", len(d.HTML), len(d.Text), len(data))
	}
}

// FuzzRecord holds that a document is read from any bytes without a panic, and
// that one made of them survives.
func FuzzRecord(f *testing.F) {
	d, _ := Parse([]byte(sample), Options{Path: "a.md", Language: "ar", Typography: true})
	data, _ := d.AppendBinary(nil)
	f.Add(data)
	f.Add([]byte("# a & b\n\n[x](y) <i>&amp;</i>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		anyBytes[Document](t, data)
		d, _ := Parse(data, Options{Path: "a.md", HTML: "sanitise"})
		survives(t, "made", d)
		if !d.textInRuns() {
			t.Errorf("%q: the text is not in the runs", data)
		}
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
