package incremental

import (
	"fmt"
	"testing"
)

// BenchmarkBatch puts a million askings in order, as many as a clean build of
// ten thousand articles makes: most by many about one thing, the rest by one.
func BenchmarkBatch(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		l := &askLog{}
		for task := range taskRef(34_000) {
			for i := range 15 {
				l.add(&question{kind: 'v', number: 1, name: "site.toml", text: fmt.Sprint("aspect", i)}, task)
				l.add(&question{kind: 'v', number: 9, name: fmt.Sprint((int(task)*31 + i*7) % 10_000), text: "card"}, task)
			}
		}
		b.StartTimer()
		batch(1, []*askLog{l})
	}
}
