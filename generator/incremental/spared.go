package incremental

import (
	"errors"
	"fmt"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// spared holds parts that are not stored, as they were given in this Run, so that
// they need not be made again for those who ask in the same Run. They come in the
// order of the keys and are asked for in the same order: what was kept first is of
// most use, and when there is no room nothing is let go for what comes later.
type spared struct {
	mu    sync.RWMutex
	spots map[sparedKey]sparedSpot
	bytes arena
}

type sparedKey struct {
	task taskRef
	hash uint64
}

type sparedSpot struct {
	at   spot
	size int
}

// sparedBytes is how many bytes of such parts are kept.
const sparedBytes = 40 << 20

func (s *spared) offer(t taskRef, hash uint64, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bytes.size+len(data) > sparedBytes {
		return
	}
	if s.spots == nil {
		s.spots = map[sparedKey]sparedSpot{}
	}
	_, at := s.bytes.add(data)
	s.spots[sparedKey{t, hash}] = sparedSpot{at, len(data)}
}

func (s *spared) get(t taskRef, hash uint64) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found, ok := s.spots[sparedKey{t, hash}]
	if !ok {
		return nil
	}
	return s.bytes.at(found.at)[:found.size:found.size]
}

func (s *spared) clear() { s.spots, s.bytes = nil, arena{} }

// notStored returns a part of which only the hash was kept.
func notStored[T any](e *Engine, t taskRef, p part, key string) T {
	if data := e.spared.get(t, p.hash); data != nil {
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
