package incremental

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/cespare/xxhash/v2"
)

// Whatever is kept comes back as it was, from memory and from the file; the file
// does not outlive the Run.
func TestSpared(t *testing.T) {
	s := spared{dir: t.TempDir()}
	random := rand.New(rand.NewPCG(1, 2))
	parts := map[uint64][]byte{}
	for total := 0; total < 3*sparedBytes; {
		data := bytes.Repeat(fmt.Appendf(nil, "%x", random.Uint64()), 1+random.IntN(3000))
		total += len(data)
		hash := nonZero(xxhash.Sum64(data))
		parts[hash] = data
		s.offer(hash, data)
		s.offer(hash, data)
	}
	inMemory := 0
	for _, c := range s.chunks {
		inMemory += len(c)
	}
	if s.file == nil || inMemory > sparedBytes+2*sparedChunk {
		t.Errorf("%d bytes are in memory, file %v", inMemory, s.file)
	}
	for hash, data := range parts {
		if !bytes.Equal(s.get(hash), data) {
			t.Fatalf("%x does not come back", hash)
		}
	}
	if s.get(1) != nil {
		t.Error("what was never offered is there")
	}
	s.clear()
	if left, err := os.ReadDir(s.dir); err != nil || len(left) > 0 {
		t.Errorf("%v are left, %v", left, err)
	}
	for hash := range parts {
		if s.get(hash) != nil {
			t.Fatalf("%x is there after clear", hash)
		}
	}
}

// Where nothing can be written, or what was written is lost, parts are not found;
// wrong ones never are.
func TestSparedWithoutFile(t *testing.T) {
	fill := func(s *spared) (hashes []uint64) {
		for i := range 4 * sparedBytes / sparedChunk {
			data := bytes.Repeat([]byte{byte(i), 7}, sparedChunk/2)
			hashes = append(hashes, nonZero(xxhash.Sum64(data)))
			s.offer(hashes[i], data)
		}
		return hashes
	}
	nowhere := &spared{dir: t.TempDir() + "/none"}
	torn := &spared{dir: t.TempDir()}
	for _, s := range []*spared{nowhere, torn} {
		hashes := fill(s)
		if s == torn {
			if err := s.file.Truncate(2 * sparedBytes); err != nil {
				t.Fatal(err)
			}
		}
		found := 0
		for i, hash := range hashes {
			data := s.get(hash)
			if data != nil && !bytes.Equal(data, bytes.Repeat([]byte{byte(i), 7}, sparedChunk/2)) {
				t.Fatalf("part %d is another", i)
			}
			if data != nil {
				found++
			}
		}
		if found == 0 || found == len(hashes) {
			t.Errorf("%d of %d parts are found", found, len(hashes))
		}
		s.clear()
	}
}
