package markdown

import (
	"bytes"
	"reflect"
	"testing"

	"mihbara/generator/record/recordtest"
)

// A whole is a document that is read with its Text.
type whole Document

func (w whole) AppendBinary(b []byte) ([]byte, error) { return Document(w).AppendBinary(b) }
func (w *whole) UnmarshalBinary(data []byte) error    { return (*Document)(w).read(data, true) }

// survives holds that a document survives whole, and that one which was read
// without its Text is the same in all else and finds it.
func survives(t *testing.T, name string, d Document) {
	t.Helper()
	recordtest.Survives(t, name, whole(d))
	data, _ := d.AppendBinary(nil)
	var lazy Document
	if err := lazy.UnmarshalBinary(data); err != nil || lazy.PlainText() != d.Text {
		t.Errorf("%s: %v, its text is %q, want %q", name, err, lazy.PlainText(), d.Text)
	}
	if again, _ := lazy.AppendBinary(nil); !bytes.Equal(again, data) {
		t.Errorf("%s: is written again as %x, was %x", name, again, data)
	}
	var ins []Insertion
	for i := range len(d.Text) {
		if _, ok := d.RunAt(i, i+1); ok && i%3 == 0 {
			ins = append(ins, Insertion{Start: i, End: i + 1, Open: "<", Close: ">"})
		}
	}
	if got, want := lazy.Apply(ins, nil), d.Apply(ins, nil); d.textInRuns() && got != want {
		t.Errorf("%s: links in it stand elsewhere:\n got %s\nwant %s", name, got, want)
	}
	if lazy.Text, lazy.record = d.Text, nil; !reflect.DeepEqual(lazy, d) {
		t.Errorf("%s: got %#v\nwant %#v", name, lazy, d)
	}
}

func TestEveryFieldOfADocumentSurvives(t *testing.T) {
	recordtest.EachField(func(name string, d Document) { survives(t, name, d) })
	var all Document
	n := 0
	recordtest.Fill(reflect.ValueOf(&all).Elem(), &n)
	survives(t, "all fields", all)
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
		recordtest.AnyBytes[Document](t, data)
		d, _ := Parse(data, Options{Path: "a.md", HTML: "sanitise"})
		survives(t, "made", d)
		if !d.textInRuns() {
			t.Errorf("%q: the text is not in the runs", data)
		}
	})
}
