package generator

import "sync"

// A memo keeps what follows from a value that the engine gave, for as long as
// the engine gives the same pointer: the pointer is part of the key, so nothing
// that is kept can be out of date. When it is full it forgets everything, which
// costs time and changes nothing. The zero memo is ready; several goroutines may
// use it.
type memo[K comparable, V any] struct {
	mu   sync.RWMutex
	kept map[K]V
}

// memoLimit is how much a memo keeps. An entry has some hundred bytes.
const memoLimit = 1 << 15

func (m *memo[K, V]) get(key K, work func() V) V {
	m.mu.RLock()
	v, ok := m.kept[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = work()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || len(m.kept) >= memoLimit {
		m.kept = map[K]V{}
	}
	m.kept[key] = v
	return v
}

func (m *memo[K, V]) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept = nil
}
