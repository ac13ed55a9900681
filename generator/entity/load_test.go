package entity

import (
	"path/filepath"
	"runtime"
	"testing"
)

// BenchmarkLoad reads the names of 100,000 entities as a build keeps them, all of
// them: a build itself reads those that begin with a word of its texts.
func BenchmarkLoad(b *testing.B) {
	var records [][]byte
	for _, e := range manyEntities(100_000) {
		for _, a := range Aliases(e) {
			data, _ := a.AppendBinary(nil)
			records = append(records, data)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range records {
			var a Alias
			if err := a.UnmarshalBinary(data); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(records)), "names")
}

// BenchmarkLargeBase annotates real articles with a knowledge base of 1,000 and of
// 100,000 entities: from one to the other the speed must not halve.
func BenchmarkLargeBase(b *testing.B) {
	all := samplesBelow(b, filepath.Join(shared(b), "corpus"), ".txt")
	size := 0
	for _, s := range all {
		size += len(s.text)
	}
	for _, n := range []struct {
		name string
		of   int
	}{{"1000", 1_000}, {"100000", 100_000}} {
		lexicon := NewLexicon(manyEntities(n.of))
		runtime.GC()
		b.Run(n.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			m := NewMatcher(64<<20, keyHash)
			for b.Loop() {
				for _, s := range all {
					m.Annotate(s.text, s.tag, lexicon, nil, func([]uint64) {})
				}
			}
		})
		b.Run(n.name+"/cold", func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				m := NewMatcher(64<<20, keyHash)
				for _, s := range all {
					m.Annotate(s.text, s.tag, lexicon, nil, func([]uint64) {})
				}
			}
		})
	}
}
