package incremental

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A keptTable keeps what aspects decode to that are asked for again and again, by
// the number of the task. What a task gave before it ran anew is dropped when it
// is put.
type keptTable struct {
	blocks []atomic.Pointer[keptBlock]
	n      atomic.Int64
	mu     sync.Mutex // for those who add
}

type keptBlock [slotsPerBlock]atomic.Pointer[keptTask]

// A keptTask is what is kept of one task; it does not change. Lists ask for tens of
// thousands of cards in no order that a processor could foresee, so that each
// place in memory that is visited counts: a short key and the first value lie in
// the task itself.
type keptTask struct {
	short  [shortKey]byte
	length int // of the key
	long   string
	first  keptValue
	more   []keptValue
}

const shortKey = 32

type keptValue struct {
	aspect string
	value  any
}

func newKeptTask(key string, values ...keptValue) *keptTask {
	k := &keptTask{length: len(key), first: values[0], more: values[1:]}
	if copy(k.short[:], key) < len(key) {
		k.long = strings.Clone(key)
	}
	return k
}

func (k *keptTask) isOf(key string) bool {
	if k.length <= shortKey {
		return string(k.short[:k.length]) == key
	}
	return k.long == key
}

// value returns what is kept of an aspect, nil if nothing is.
func (k *keptTask) value(aspect string) any {
	if k.first.aspect == aspect {
		return k.first.value
	}
	for i := range k.more {
		if k.more[i].aspect == aspect {
			return k.more[i].value
		}
	}
	return nil
}

// manyKept is from how many tasks on everything is forgotten at the next
// opportunity: a value takes some hundred bytes to a few thousand.
const manyKept = 1 << 15

func (t *keptTable) grow(blocks int) {
	list := make([]atomic.Pointer[keptBlock], len(t.blocks)+blocks)
	for i := range t.blocks {
		list[i].Store(t.blocks[i].Load())
	}
	t.blocks = list
}

// get returns what is kept, nil if nothing is.
func (t *keptTable) get(number uint32, key, aspect string) any {
	if k := t.task(number); k != nil && k.isOf(key) {
		return k.value(aspect)
	}
	return nil
}

func (t *keptTable) task(number uint32) *keptTask {
	b := number / slotsPerBlock
	if int(b) >= len(t.blocks) {
		return nil
	}
	block := t.blocks[b].Load()
	if block == nil {
		return nil
	}
	return block[number%slotsPerBlock].Load()
}

// add keeps a value and returns it, or the one that another goroutine has added
// meanwhile: a value that is kept is the same pointer for all.
func (t *keptTable) add(number uint32, key, aspect string, value any) any {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := number / slotsPerBlock
	if int(b) >= len(t.blocks) {
		return value
	}
	block := t.blocks[b].Load()
	if block == nil {
		block = new(keptBlock)
		t.blocks[b].Store(block)
	}
	slot, is := &block[number%slotsPerBlock], keptValue{aspect, value}
	was := slot.Load()
	if was == nil || !was.isOf(key) {
		t.n.Add(1)
		slot.Store(newKeptTask(key, is))
		return value
	}
	if known := was.value(aspect); known != nil {
		return known
	}
	slot.Store(newKeptTask(key, slices.Concat([]keptValue{was.first}, was.more, []keptValue{is})...))
	return value
}

// drop forgets what is kept of a task.
func (t *keptTable) drop(number uint32) {
	if t.task(number) != nil {
		t.blocks[number/slotsPerBlock].Load()[number%slotsPerBlock].Store(nil)
		t.n.Add(-1)
	}
}

// tidy forgets everything if it is much. No function may run.
func (t *keptTable) tidy() {
	if t.n.Load() < manyKept {
		return
	}
	for i := range t.blocks {
		t.blocks[i].Store(nil)
	}
	t.n.Store(0)
}

// findKept is find, which also gives what is kept of an aspect, if often says that
// something may be.
func (ts *tasks) findKept(n uint8, touch uint64, key, aspect string, often, alone bool) (f found, kept any) {
	t := &ts.strata[n]
	if !alone {
		t.mu.RLock()
		defer t.mu.RUnlock()
	}
	number, ok := t.number(touch, key)
	if !ok {
		return found{known: alone}, nil
	}
	if often {
		if kept = t.kept.get(number, key, aspect); kept != nil {
			return f, kept
		}
	}
	return ts.inMemory(t, number, key), nil
}

// numbered is findKept for a task whose number is known.
func (ts *tasks) numbered(n uint8, number uint32, key, aspect string, often, alone bool) (f found, kept any) {
	t := &ts.strata[n]
	if !alone {
		t.mu.RLock()
		defer t.mu.RUnlock()
	}
	if often {
		if kept = t.kept.get(number, key, aspect); kept != nil {
			return f, kept
		}
	}
	return ts.inMemory(t, number, key), nil
}

// keep keeps a value and returns what is kept, which may be another goroutine's.
func keep[T any](t *register, number uint32, key, aspect string, value T, alone bool) T {
	if !alone {
		t.mu.RLock()
		defer t.mu.RUnlock()
	}
	if kept, ok := t.kept.add(number, key, aspect, value).(T); ok {
		return kept
	}
	return value
}
