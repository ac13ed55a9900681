package markdown

import (
	"reflect"
	"testing"

	"mihbara/generator/record/recordtest"
)

func TestEveryFieldOfADocumentSurvives(t *testing.T) {
	recordtest.EachField(func(name string, d Document) { recordtest.Survives(t, name, d) })
	var whole Document
	n := 0
	recordtest.Fill(reflect.ValueOf(&whole).Elem(), &n)
	recordtest.Survives(t, "all fields", whole)
	recordtest.Survives(t, "nothing", Document{})
	recordtest.Survives(t, "empty", Document{Runs: []Run{}, Refs: []Ref{}, Headings: []Heading{}})
	recordtest.Survives(t, "a run that ends too late", Document{HTML: "a", Text: "a", Runs: []Run{{Text: 0, TextEnd: 9, HTML: 0, HTMLEnd: 9}}})
	recordtest.Survives(t, "a text that the HTML does not show", Document{HTML: "a", Text: "b", Runs: []Run{{Text: 0, TextEnd: 1, HTML: 0, HTMLEnd: 1}}})
}

// TestTextIsTakenFromTheHTML holds that a record of a real document has its
// text once.
func TestTextIsTakenFromTheHTML(t *testing.T) {
	d, _ := Parse([]byte(sample+"\n\nAT&T <b>&lt;</b> a\\\nb\n\n| a | b |\n|---|---|\n| c | d |\n"), Options{Path: "a.md", Language: "ar", Typography: true, HTML: "sanitise"})
	recordtest.Survives(t, "sample", d)
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
		recordtest.Survives(t, "made", d)
		if !d.textInRuns() {
			t.Errorf("%q: the text is not in the runs", data)
		}
	})
}
