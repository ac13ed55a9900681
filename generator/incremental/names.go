package incremental

import (
	"encoding/binary"
	"fmt"
	"sync"

	"mihbara/generator/record"
)

// names says which key has which number in a stratum: askings hold numbers, for
// there are hundreds to an article. Numbers are given in order and never again.
// They are stored in blocks, of which the last is written anew as it fills.
type names struct {
	mu sync.Mutex
	// base is the number of the first key in list, the first of a block.
	base uint32
	list []string
	// stored is the number of the first key that the store does not have.
	stored uint32
	blocks map[uint32][]string // that were read
}

// namesPerBlock is how many keys lie in a block.
const namesPerBlock = 128

// add gives a key the next number. It panics when a stratum has used up its
// numbers, some seventy million.
func (ns *names) add(e *Engine, stratum uint8, key string) taskRef {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	ns.open(e, stratum)
	n := ns.base + uint32(len(ns.list))
	if n >= maxNumbers {
		panic(damage{fmt.Errorf("stratum %d has no numbers left", stratum)})
	}
	ns.list = append(ns.list, key)
	return refOf(stratum, n)
}

// open reads the block that is not full.
func (ns *names) open(e *Engine, stratum uint8) {
	if ns.list == nil && ns.base < ns.stored {
		ns.list = e.store.names(stratum, ns.base/namesPerBlock)
		if ns.base+uint32(len(ns.list)) != ns.stored {
			panic(damage{errNames})
		}
	}
}

// key returns the key with a number.
func (ns *names) key(e *Engine, stratum uint8, n uint32) (string, bool) {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if n >= ns.base {
		ns.open(e, stratum)
		if i := n - ns.base; i < uint32(len(ns.list)) {
			return ns.list[i], true
		}
		return "", false
	}
	block := n / namesPerBlock
	list, ok := ns.blocks[block]
	if !ok {
		if list = e.store.names(stratum, block); len(list) != namesPerBlock {
			panic(damage{errNames})
		}
		if ns.blocks == nil {
			ns.blocks = map[uint32][]string{}
		}
		ns.blocks[block] = list
	}
	return list[n%namesPerBlock], true
}

// next is the number that the next key gets.
func (ns *names) next() uint32 { return max(ns.stored, ns.base+uint32(len(ns.list))) }

// starting makes ns as the store has it, when n numbers were given.
func (ns *names) starting(n uint32) { ns.base, ns.stored = n&^(namesPerBlock-1), n }

// A namesBlock is a block to be written.
type namesBlock struct {
	stratum uint8
	number  uint32
	keys    []string
}

// take returns the blocks that the store does not have, and lets full ones go.
func (ns *names) take(stratum uint8) []namesBlock {
	next := ns.next()
	if next == ns.stored {
		return nil
	}
	var out []namesBlock
	for first := ns.stored &^ (namesPerBlock - 1); first < next; first += namesPerBlock {
		out = append(out, namesBlock{stratum, first / namesPerBlock, ns.list[first-ns.base : min(next, first+namesPerBlock)-ns.base]})
	}
	base := next &^ (namesPerBlock - 1)
	ns.list = append([]string{}, ns.list[base-ns.base:]...)
	ns.base, ns.stored = base, next
	return out
}

var errNames = fmt.Errorf("names of tasks: %w", record.ErrBroken)

func namesKey(stratum uint8, block uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{'k', stratum}, block)
}

func (s *store) names(stratum uint8, block uint32) []string {
	r := record.NewReader(s.get(namesKey(stratum, block)))
	list := record.Strings[string](r)
	if r.Err() != nil {
		panic(damage{errNames})
	}
	return list
}
