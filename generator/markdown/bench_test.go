package markdown

import (
	"io"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		Parse([]byte(sample), Options{Path: "a.md", Language: "ar", Typography: true})
	}
}

func BenchmarkPlainText(b *testing.B) {
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		PlainText([]byte(sample), Options{Path: "a.txt", Language: "ar", Typography: true})
	}
}

// BenchmarkGoldmark is the measure: goldmark's own way from source to HTML with
// the same extensions.
func BenchmarkGoldmark(b *testing.B) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		if err := md.Convert([]byte(sample), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkApply(b *testing.B) {
	d, _ := Parse([]byte(sample), Options{Path: "a.md", Language: "ar", Typography: true})
	var ins []Insertion
	for _, r := range d.Runs {
		ins = append(ins, Insertion{r.Text, r.TextEnd, "<a>", "</a>"})
	}
	b.SetBytes(int64(len(d.HTML)))
	for b.Loop() {
		d.Apply(ins, func(r Ref) string { return ` href="/x"` })
	}
}
