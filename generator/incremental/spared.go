package incremental

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// spared holds parts that are not stored, as they were given in this Run, so that
// they need not be made again for those who ask in the same Run. They are found
// by their hash. What comes first is in memory; the rest is in a file of the
// store's folder, whose pages the system takes back where memory is short: to make
// a part again takes fifty times as long as to read it.
type spared struct {
	dir   string // of the store; "" for an engine in memory
	mu    sync.RWMutex
	spots map[uint64]sparedSpot
	// chunks are of sparedChunk bytes at most; nil is one that is in the file, at
	// its number times sparedChunk.
	chunks [][]byte
	file   *os.File
	full   bool // nothing more is kept
}

// A sparedSpot is where a part begins, in the upper 40 bits, and its size.
type sparedSpot uint64

const (
	sparedChunk = 1 << 20 // a larger part is not kept
	sizeBits    = 24

	sparedBytes = 8 << 20  // how many bytes stay in memory
	sparedAlone = 40 << 20 // the same where there is no folder for a file
)

// offer keeps a copy of a part if there is room.
func (s *spared) offer(hash uint64, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.spots[hash]; ok || s.full || len(data) > sparedChunk {
		return
	}
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last])+len(data) > sparedChunk {
		if s.full = !s.makeRoom(); s.full {
			return
		}
		last = len(s.chunks) - 1
	}
	if s.spots == nil {
		s.spots = map[uint64]sparedSpot{}
	}
	at := last*sparedChunk + len(s.chunks[last])
	s.spots[hash] = sparedSpot(at)<<sizeBits | sparedSpot(len(data))
	s.chunks[last] = append(s.chunks[last], data...)
}

// makeRoom begins a chunk. The one before goes into the file if enough is in
// memory.
func (s *spared) makeRoom() bool {
	last, room := len(s.chunks)-1, sparedBytes
	if s.dir == "" {
		room = sparedAlone
	}
	if last < room/sparedChunk {
		s.chunks = append(s.chunks, make([]byte, 0, smallestChunk))
		return true
	}
	if !s.spill(int64(last)*sparedChunk, s.chunks[last]) {
		return false
	}
	s.chunks = append(s.chunks, s.chunks[last][:0])
	s.chunks[last] = nil
	return true
}

// spill writes a chunk to the file. Where that fails, because the disk is full or
// for any other reason, the room that it took is given back, and what was in it
// will be made again.
func (s *spared) spill(at int64, chunk []byte) bool {
	if s.file == nil {
		if s.dir == "" {
			return false
		}
		f, err := os.OpenFile(s.path(), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return false
		}
		s.file = f
		// Where a file can be removed while it is open, one that was killed leaves
		// nothing; elsewhere close does it, or the next one writes over it.
		os.Remove(s.path())
	}
	if _, err := s.file.WriteAt(chunk, at); err != nil {
		s.file.Truncate(0)
		return false
	}
	return true
}

func (s *spared) path() string { return filepath.Join(s.dir, "spared") }

// get returns a part of its own bytes, nil if it is not kept.
func (s *spared) get(hash uint64) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	spot, ok := s.spots[hash]
	if !ok {
		return nil
	}
	at, size := int(spot>>sizeBits), int(spot&(1<<sizeBits-1))
	data := make([]byte, size)
	if chunk := s.chunks[at/sparedChunk]; chunk != nil {
		copy(data, chunk[at%sparedChunk:])
	} else if _, err := s.file.ReadAt(data, int64(at)); err != nil || nonZero(xxhash.Sum64(data)) != hash {
		return nil
	}
	return data
}

// clear forgets everything and removes the file.
func (s *spared) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file != nil {
		s.file.Close()
		os.Remove(s.path())
	}
	s.spots, s.chunks, s.file, s.full = nil, nil, nil, false
}

// notStored returns a part of which only the hash was kept.
func notStored[T any](e *Engine, t taskRef, p part, key string) T {
	if data := e.spared.get(p.hash); data != nil {
		return mustDecode[T](e, data)
	}
	return e.remake(t.stratum(), key, p.name, p.hash).Value.(T)
}

// remake makes a part again of which only the hash was kept.
func (e *Engine) remake(n uint8, key, aspect string, hash uint64) Part {
	s := &e.strata[n]
	parts, err := s.Remake(&Asker{engine: e, stratum: n, key: key, silent: true}, key)
	for _, p := range parts {
		if p.Name != aspect {
			continue
		}
		data, bad := e.appendValue(nil, p.Value)
		if bad == nil && nonZero(xxhash.Sum64(data)) == hash {
			return p
		}
	}
	panic(outdated{errors.Join(fmt.Errorf("%s of %s %s", aspect, s.Name, key), err)})
}
