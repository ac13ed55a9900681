package generator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mihbara/generator/incremental"
)

// BenchmarkScan is what a build pays for sources that did not change: reading
// what is known of them, the walk, and telling the engine.
func BenchmarkScan(b *testing.B) {
	for _, shape := range []struct {
		name string
		path func(i int) string
	}{
		{"by month", func(i int) string {
			return fmt.Sprintf("content/%s/%d/%02d/%06d.md", [...]string{"ar", "en", "he"}[i%3], 2010+i/3%15, 1+i/45%12, i)
		}},
		{"one folder", func(i int) string { return fmt.Sprintf("seeds/%06d.txt", i) }},
		{"a folder each", func(i int) string { return fmt.Sprintf("content/en/2020/%02d/story-%06d/index.md", 1+i%12, i) }},
	} {
		for _, n := range []int{10_000, 100_000} {
			if n > 10_000 && testing.Short() {
				continue
			}
			dir := b.TempDir()
			old := time.Now().Add(-time.Hour)
			for i := range n {
				p := filepath.Join(dir, shape.path(i))
				os.MkdirAll(filepath.Dir(p), 0o777)
				os.WriteFile(p, fmt.Append(nil, i), 0o666)
				os.Chtimes(p, old, old)
			}
			s := benchSite(b, dir)
			files, _, err := s.sources.scan(context.Background(), s.files, time.Now().Add(time.Hour).UnixNano(), nil)
			if err != nil {
				b.Fatal(err)
			}
			s.feed(files)
			s.saveStats()
			saved, changed := s.engine.Blob(statsBlob), s.engine.Blob(changesBlob)
			b.Run(fmt.Sprintf("%s/%d", shape.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					s.files = s.loadStats()
					files, _, err := s.sources.scan(context.Background(), s.files, time.Now().UnixNano(), nil)
					if err != nil || s.sources.stale || len(files) < n {
						b.Fatal(err, len(files))
					}
					s.feed(files)
				}
			})
			b.Run(fmt.Sprintf("%s/%d/walk", shape.name, n), func(b *testing.B) {
				for b.Loop() {
					s.sources.scan(context.Background(), s.files, time.Now().UnixNano(), nil)
				}
			})
			b.Run(fmt.Sprintf("%s/%d/edit", shape.name, n), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					b.StopTimer()
					os.WriteFile(filepath.Join(dir, shape.path(i%100)), fmt.Append(nil, "x", i), 0o666)
					s.engine.PutBlob(statsBlob, saved)
					s.engine.PutBlob(changesBlob, changed)
					b.StartTimer()
					s.files = s.loadStats()
					files, _, err := s.sources.scan(context.Background(), s.files, time.Now().UnixNano(), nil)
					if err != nil {
						b.Fatal(err)
					}
					s.feed(files)
					s.saveStats()
				}
				b.ReportMetric(float64(len(s.engine.Blob(changesBlob))), "saved-B")
			})
		}
	}
}

func benchSite(b *testing.B, dir string) *Site {
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	s := &Site{sources: &sources{root: root, theme: "broadsheet", racing: map[string]bool{}}, sink: nowhere{}}
	s.engine, err = incremental.Open(incremental.Options{Strata: s.strata(), Inputs: inputs[:]})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.engine.Close() })
	return s
}
