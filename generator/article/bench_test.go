package article

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkRealArticles reads real news as Markdown with front matter, one article
// after another.
func BenchmarkRealArticles(b *testing.B) {
	for _, language := range []string{"ar", "en", "fa", "fr", "he", "ur"} {
		b.Run(language, func(b *testing.B) {
			files, _ := filepath.Glob(filepath.Join(shared(b), "corpus", language, "*.txt"))
			var sources []Source
			size := 0
			for i, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					b.Fatal(err)
				}
				headline, _, _ := bytes.Cut(text, []byte("\n"))
				data := fmt.Appendf(nil, "---\ntitle: '%s'\ndate: 2023-05-04\ntags: [one, two]\nseries: a key of its own\n---\n\n%s",
					bytes.ReplaceAll(headline, []byte("'"), []byte("''")), bytes.ReplaceAll(text, []byte("\n"), []byte("\n\n")))
				sources = append(sources, Source{Path: fmt.Sprintf("content/%s/2023/%d.md", language, i), Data: data})
				size += len(data)
			}
			if len(sources) == 0 {
				b.Skip("no texts in this language")
			}
			s := settings(b, "typography = true\n")
			b.SetBytes(int64(size / len(sources)))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				Parse(sources[i%len(sources)], s)
			}
		})
	}
}
