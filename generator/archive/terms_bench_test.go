package archive

import (
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// BenchmarkTerms reads the terms of texts of some 400 words whose words were seen
// before, as most are.
func BenchmarkTerms(b *testing.B) {
	for _, i := range []int{0, 1, 3} {
		x := reports[i]
		t := lang.Tag(x.id[strings.LastIndexByte(string(x.id), '-')+1:])
		text := strings.Repeat(x.text+" ", 8)
		words := lang.Words(text)
		b.Run(string(t), func(b *testing.B) {
			var r TermReader
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r.Read(Text{Body: text, Words: words, Language: t})
			}
			b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
