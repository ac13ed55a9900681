package incremental

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// A note is what one task asked: the ids of its questions, ascending, and the
// filter of the groups that it looked up.
type note struct {
	key       string
	questions []uint64
	filter    filter
	gone      bool
}

// notebook holds the notes of one stratum. They lie in buckets by the hash of
// the key, some sixty notes each, as flat bytes that a search reads without
// decoding; a bucket is written anew when one of its notes changes. A note is
//
//	uvarint length of key · key · uvarint n · n little-endian ids of 8 bytes ·
//	uvarint length of filter · filter
type notebook struct {
	stratum uint8
	buckets [][]byte        // nil until loaded
	pending map[string]note // newer than the buckets
}

const notesPerBucket = 64

func appendNote(b []byte, n note) []byte {
	b = binary.AppendUvarint(b, uint64(len(n.key)))
	b = append(b, n.key...)
	b = binary.AppendUvarint(b, uint64(len(n.questions)))
	for _, q := range n.questions {
		b = binary.LittleEndian.AppendUint64(b, q)
	}
	b = binary.AppendUvarint(b, uint64(len(n.filter)))
	return append(b, n.filter...)
}

// rawNote is a note as it lies in its bucket.
type rawNote struct {
	key, questions []byte
	filter         filter
	whole          []byte
}

func (r rawNote) question(i int) uint64 { return binary.LittleEndian.Uint64(r.questions[i*8:]) }

// eachNote walks over the notes of a bucket.
func eachNote(b []byte) iter.Seq[rawNote] {
	return func(yield func(rawNote) bool) {
		for len(b) > 0 {
			start := b
			cut := func(width int) []byte {
				n, size := binary.Uvarint(b)
				end := size + int(n)*width
				if size <= 0 || n > uint64(len(b)) || end > len(b) {
					panic(damage{errNotes})
				}
				part := b[size:end]
				b = b[end:]
				return part
			}
			r := rawNote{key: cut(1), questions: cut(8), filter: cut(1)}
			r.whole = start[:len(start)-len(b)]
			if !yield(r) {
				return
			}
		}
	}
}

func (e *Engine) loadNotes(nb *notebook) {
	if nb.buckets == nil && !e.fresh {
		nb.buckets = e.store.buckets(nb.stratum)
	}
}

// search calls hit for each task that noted one of the questions, or whose
// filter may hold one of the groups. used collects the questions found.
func (nb *notebook) search(differs map[uint64]differing, looked []uint64, used map[uint64]struct{}, hit func(key string, reasons []uint64)) {
	var mark [1 << 10]uint64 // a first, cheap test
	for q := range differs {
		mark[q>>54] |= 1 << (q >> 48 & 63)
	}
	check := func(key string, n int, question func(int) uint64, f filter) {
		var reasons []uint64
		for i := range n {
			q := question(i)
			if mark[q>>54]&(1<<(q>>48&63)) == 0 {
				continue
			}
			if _, ok := differs[q]; ok {
				used[q] = struct{}{}
				reasons = append(reasons, q)
			}
		}
		if len(reasons) > 0 || len(f) > 0 && slices.ContainsFunc(looked, f.maybe) {
			hit(key, reasons)
		}
	}
	for _, b := range nb.buckets {
		for r := range eachNote(b) {
			if _, newer := nb.pending[string(r.key)]; !newer {
				check(string(r.key), len(r.questions)/8, r.question, r.filter)
			}
		}
	}
	for key, n := range nb.pending {
		if !n.gone {
			check(key, len(n.questions), func(i int) uint64 { return n.questions[i] }, n.filter)
		}
	}
}

func (nb *notebook) set(n note) {
	if nb.pending == nil {
		nb.pending = map[string]note{}
	}
	nb.pending[n.key] = n
}

func (nb *notebook) questionsOf(key string) []uint64 {
	if n, ok := nb.pending[key]; ok {
		return n.questions
	}
	if len(nb.buckets) == 0 {
		return nil
	}
	for r := range eachNote(nb.buckets[bucketOf(key, len(nb.buckets))]) {
		if string(r.key) == key {
			out := make([]uint64, len(r.questions)/8)
			for i := range out {
				out[i] = r.question(i)
			}
			return out
		}
	}
	return nil
}

func bucketOf(key string, n int) int { return int(xxhash.Sum64String(key) & uint64(n-1)) }

// merge moves the pending notes into the buckets and returns which buckets
// changed; all is true when their number changed. The caller has loaded them.
func (nb *notebook) merge() (changed []int, all bool) {
	if len(nb.pending) == 0 {
		return nil, false
	}
	total := len(nb.pending)
	for _, b := range nb.buckets {
		for range eachNote(b) {
			total++
		}
	}
	want := 1
	for want*notesPerBucket < total {
		want *= 2
	}
	if n := len(nb.buckets); n == 0 || want > 4*n {
		nb.rebucket(want)
		return nil, true
	}
	byBucket := map[int][]string{}
	for _, key := range slices.Sorted(maps.Keys(nb.pending)) {
		i := bucketOf(key, len(nb.buckets))
		byBucket[i] = append(byBucket[i], key)
	}
	for i, keys := range byBucket {
		var out []byte
		for r := range eachNote(nb.buckets[i]) {
			if _, newer := nb.pending[string(r.key)]; !newer {
				out = append(out, r.whole...)
			}
		}
		nb.buckets[i] = nb.appendPending(out, keys)
		changed = append(changed, i)
	}
	nb.pending = nil
	return changed, false
}

func (nb *notebook) appendPending(out []byte, keys []string) []byte {
	for _, key := range keys {
		if n := nb.pending[key]; !n.gone {
			out = appendNote(out, n)
		}
	}
	return out
}

func (nb *notebook) rebucket(n int) {
	fresh := make([][]byte, n)
	for _, b := range nb.buckets {
		for r := range eachNote(b) {
			if _, newer := nb.pending[string(r.key)]; !newer {
				i := bucketOf(string(r.key), n)
				fresh[i] = append(fresh[i], r.whole...)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(nb.pending)) {
		i := bucketOf(key, n)
		fresh[i] = nb.appendPending(fresh[i], []string{key})
	}
	nb.buckets, nb.pending = fresh, nil
}
