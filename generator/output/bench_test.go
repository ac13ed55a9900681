package output

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/cespare/xxhash/v2"
)

// pages are as a news archive has them: a folder each, by language and day.
func pages(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%s/%d/%02d/%02d/article-%06d/index.html", [...]string{"ar", "en", "fa", "he"}[i%4], 2000+i/400%20, 1+i/40%12, 1+i/4%10, i)
	}
	return list
}

const size = 12 << 10

// BenchmarkSite writes as many files as 10,000 articles give: a third of them
// stand many in a folder.
func BenchmarkSite(b *testing.B) {
	list, page := pages(34000), bytes.Repeat([]byte("x"), 5700)
	for i := range list {
		if i%17 >= 11 {
			list[i] = fmt.Sprintf("%s/tags/t%d/p%d.html", list[i][:2], i%700, i)
		}
	}
	for n := 0; b.Loop(); n++ {
		f := open(b, filepath.Join(b.TempDir(), fmt.Sprint(n)))
		for _, p := range list {
			if _, err := f.Write(p, page); err != nil {
				b.Fatal(err)
			}
		}
		complete(b, f)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/page")
}

// BenchmarkPaths is what the folder keeps in memory of a path that it wrote.
func BenchmarkPaths(b *testing.B) {
	list, bytes := pages(1_000_000), 0
	for _, p := range list {
		bytes += len(p) + 1
	}
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		l := newList()
		for _, p := range list {
			l.add(p)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(l)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(list)), "B/path")
	b.ReportMetric(float64(bytes)/float64(len(list)), "B/name")
}

func BenchmarkCleanBuild(b *testing.B) {
	list, page := pages(2000), bytes.Repeat([]byte("محبرة "), size/11)
	b.SetBytes(int64(len(list) * len(page)))
	for n := 0; b.Loop(); n++ {
		f := open(b, filepath.Join(b.TempDir(), fmt.Sprint(n)))
		for _, p := range list {
			if _, err := f.Write(p, page); err != nil {
				b.Fatal(err)
			}
		}
		complete(b, f)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/page")
}

// BenchmarkPlainWrites is what cannot be beaten: the same files written in
// place, without any promise.
func BenchmarkPlainWrites(b *testing.B) {
	list, page := pages(2000), bytes.Repeat([]byte("محبرة "), size/11)
	b.SetBytes(int64(len(list) * len(page)))
	for n := 0; b.Loop(); n++ {
		dir := filepath.Join(b.TempDir(), fmt.Sprint(n))
		for _, p := range list {
			full := filepath.Join(dir, p)
			if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(full, page, 0o666); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/page")
}

func BenchmarkNothingChanged(b *testing.B) {
	list, page := pages(2000), bytes.Repeat([]byte("محبرة "), size/11)
	dir := b.TempDir()
	f := open(b, dir)
	for _, p := range list {
		f.Write(p, page)
	}
	complete(b, f)
	hash := xxhash.Sum64(page)
	b.Run("compared", func(b *testing.B) {
		for b.Loop() {
			f := open(b, dir)
			for _, p := range list {
				f.Write(p, page)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/page")
	})
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			f := open(b, dir)
			for _, p := range list {
				f.WriteKnown(p, page, hash, hash)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/page")
	})
}

func BenchmarkOneEdit(b *testing.B) {
	list, page := pages(20000), []byte("page")
	dir := b.TempDir()
	f := open(b, dir)
	for _, p := range list {
		f.Write(p, page)
	}
	complete(b, f)
	b.ResetTimer()
	for n := uint64(0); b.Loop(); n++ {
		f, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		f.Begin("store", n)
		if _, err := f.WriteKnown(list[n%100], fmt.Append(nil, n), n+2, 1); err != nil {
			b.Fatal(err)
		}
		complete(b, f)
		f.Close()
	}
}
