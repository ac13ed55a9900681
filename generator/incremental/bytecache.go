package incremental

import (
	"bytes"
	"encoding/binary"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// A byteCache keeps pieces of bytes by a name, without a pointer that the garbage
// collector would have to follow. It has two generations: what is used moves to
// the young one, and when that is full the old one is let go.
type byteCache struct {
	mu         sync.RWMutex
	young, old byteGeneration
	limit      int // bytes in a generation, about
}

type byteGeneration struct {
	spots map[uint64]spot // by hash of the name; gone entries have none
	arena arena
}

// A piece lies behind its name, each with its length before it.
func (g *byteGeneration) get(hash uint64, name []byte) []byte {
	at, ok := g.spots[hash]
	if !ok {
		return nil
	}
	b := g.arena.at(at)
	n, width := binary.Uvarint(b)
	b = b[width:]
	if !bytes.Equal(b[:n], name) { // another name with the same hash
		return nil
	}
	b = b[n:]
	n, width = binary.Uvarint(b)
	return b[width : width+int(n) : width+int(n)]
}

// get returns what was put under a name, nil if it is not there any more. It must
// not be changed.
func (c *byteCache) get(name []byte) []byte {
	hash := xxhash.Sum64(name)
	c.mu.RLock()
	data := c.young.get(hash, name)
	c.mu.RUnlock()
	if data != nil {
		return data
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if data = c.old.get(hash, name); data != nil {
		c.keep(hash, name, data)
	}
	return data
}

func (c *byteCache) put(name, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(xxhash.Sum64(name), name, data)
}

// keep puts a piece into the young generation; the caller holds the lock.
func (c *byteCache) keep(hash uint64, name, data []byte) {
	if c.young.arena.size+32*len(c.young.spots) > c.limit {
		c.old, c.young = c.young, byteGeneration{}
	}
	if c.young.spots == nil {
		c.young.spots = map[uint64]spot{}
	}
	b := binary.AppendUvarint(nil, uint64(len(name)))
	b = binary.AppendUvarint(append(b, name...), uint64(len(data)))
	_, at := c.young.arena.add(append(b, data...))
	c.young.spots[hash] = at
}

// drop forgets what was put under a name.
func (c *byteCache) drop(name []byte) {
	hash := xxhash.Sum64(name)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.young.spots, hash)
	delete(c.old.spots, hash)
}
