package generator

import (
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
	"mihbara/generator/site"
)

// BenchmarkRead does what the stratum read does of an article, without the
// engine, part by part and all of it. Its articles are those of the site in
// MIHBARA_BENCH_SITE, such as cmd/bench makes, one after another.
func BenchmarkRead(b *testing.B) {
	root := os.Getenv("MIHBARA_BENCH_SITE")
	if root == "" {
		b.Skip("MIHBARA_BENCH_SITE names no site")
	}
	lex, err := Lexicon(root)
	if err != nil {
		b.Fatal(err)
	}
	data, _ := os.ReadFile(filepath.Join(root, configFile))
	parsed, _ := site.Parse(configFile, data)
	settings := &parsed
	var sources []article.Source
	var articles []*article.Article
	size := 0
	filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, p)
		if err != nil || !strings.HasSuffix(p, ".md") || strings.HasPrefix(rel, "content/entities/") || strings.HasPrefix(rel, "content/tags/") {
			return nil
		}
		data, _ := os.ReadFile(p)
		sources = append(sources, article.Source{Path: filepath.ToSlash(rel), Data: data})
		art, _ := article.Parse(sources[len(sources)-1], settings)
		articles = append(articles, art)
		size += len(data)
		return nil
	})
	if len(sources) == 0 {
		b.Skip("the site has no articles")
	}
	m := entity.NewMatcher(16<<20, func(key string) uint64 { return xxhash.Sum64String(key) })
	var noted []uint64
	annotate := func(art *article.Article) []entity.Mention {
		noted = noted[:0]
		return m.Annotate(art.Body.Text, art.Language, lex, art.Entities, func(hashes []uint64) { noted = append(noted, hashes...) })
	}
	// The sum tells two revisions apart that do not give the same.
	sum := xxhash.New()
	for _, art := range articles {
		mentions := annotate(art)
		sum.Write(incremental.Encode(art))
		sum.Write(incremental.Encode(mentions))
		sum.Write(archive.SketchOf(art.Body.Text, art.Language).Bytes())
		slices.Sort(noted)
		for _, h := range slices.Compact(noted) {
			sum.Write(binary.LittleEndian.AppendUint64(nil, h))
		}
	}
	b.Run("sum", func(b *testing.B) {
		for b.Loop() {
		}
		b.Logf("%d articles, sum %x", len(sources), sum.Sum64())
	})
	part := func(name string, do func(i int)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size / len(sources)))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				do(i % len(sources))
			}
		})
	}
	var buffer []byte
	var words []lang.Word
	part("all", func(i int) {
		art, _ := article.Parse(sources[i], settings)
		annotate(art)
	})
	part("words", func(i int) { words = lang.AppendWords(words[:0], articles[i].Body.Text) })
	part("parse", func(i int) { article.Parse(sources[i], settings) })
	part("names", func(i int) { annotate(articles[i]) })
	part("sketch", func(i int) { archive.SketchOf(articles[i].Body.Text, articles[i].Language).Bytes() })
	part("record", func(i int) {
		art := articles[i]
		head := *art
		head.Body = markdown.Document{}
		buffer, _ = head.AppendBinary(buffer[:0])
		buffer, _ = art.Body.AppendBinary(buffer[:0])
	})
	part("encode", func(i int) {
		art := articles[i]
		head := *art
		head.Body = markdown.Document{}
		incremental.Encode(&head)
		incremental.Encode(&art.Body)
	})
}
