package incremental

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// tasks holds what was worked out and not yet stored, and of the rest what there
// is room for: in vaults, without a pointer to any task, for a large archive has
// millions.
type tasks struct {
	strata  []register
	records vault
	extras  vault // what tasks gave and looked up, until it is stored
	size    int   // of what is pending, in bytes, about

	mu     sync.Mutex // for loaded and stored, which functions change
	loaded pen
	stored []uint32 // chunks of records that the store has, oldest first
	cached int      // bytes in them
	room   int      // recordBytes; tests make it small
}

// recordBytes is how many bytes of records are kept that the store has.
const recordBytes = 48 << 20

// A register is what is known of one stratum's tasks, by key and by number.
type register struct {
	mu      sync.RWMutex      // for functions that run beside one another and load
	numbers map[uint64]uint32 // by the touch of the key
	renamed map[string]uint32 // keys for which numbers has another one's, or an old one
	blocks  []*slotBlock
	kept    keptTable

	// pending are those that the store does not have as they are, each once.
	pending  []uint32
	last     string // the key of the last one
	unsorted bool   // they are not in the order of their keys
}

const slotsPerBlock = 1024

// A slot says where what is kept of a task lies, see memory; 0 where only the
// store may know.
type slotBlock [slotsPerBlock]atomic.Uint64

// What the top bits of a slot say besides.
const (
	slotPending = 1 << 63 // the store does not have it as it is
	slotFlying  = 1 << 62 // it is on its way there
	slotAbsent  = 1 << 61 // there is no such task any more: the record is empty
	slotSpot    = slotAbsent - 1
)

// memory is what lies where a slot says: the spot of what the task gave(8) ·
// length of the record(4) · uvarint length of the key · key · record.
type memory []byte

const memoryHead = 8 + 4

// inStore is the spot of what must be read from the store.
const inStore spot = 1<<64 - 1

func (m memory) extra() spot { return spot(binary.LittleEndian.Uint64(m)) }

func (m memory) parts() (key string, record []byte) {
	size := int(binary.LittleEndian.Uint32(m[8:]))
	b := m[memoryHead:]
	n, width := binary.Uvarint(b)
	b = b[width:]
	return text(b[:n]), b[n : int(n)+size : int(n)+size]
}

// appendMemory begins what lies at a slot; endMemory, when the record has been
// appended, which begins at from, ends it.
func appendMemory(b []byte, key string) []byte {
	b = append(b, make([]byte, memoryHead)...)
	return append(binary.AppendUvarint(b, uint64(len(key))), key...)
}

func endMemory(b []byte, from int, extra spot) {
	binary.LittleEndian.PutUint64(b, uint64(extra))
	binary.LittleEndian.PutUint32(b[8:], uint32(len(b)-from))
}

func newTasks(strata int) *tasks {
	ts := &tasks{strata: make([]register, strata), room: recordBytes}
	ts.loaded.vault = &ts.records
	for i := range ts.strata {
		ts.strata[i].numbers = map[uint64]uint32{}
	}
	return ts
}

// slot gives the slot of a number, nil if there is none.
func (t *register) slot(number uint32) *atomic.Uint64 {
	if b := int(number / slotsPerBlock); b < len(t.blocks) && t.blocks[b] != nil {
		return &t.blocks[b][number%slotsPerBlock]
	}
	return nil
}

// ensure is slot, made if there is none.
func (t *register) ensure(number uint32) *atomic.Uint64 {
	b := int(number / slotsPerBlock)
	if n := b + 1 - len(t.blocks); n > 0 {
		t.blocks = append(t.blocks, make([]*slotBlock, n)...)
		t.kept.grow(n)
	}
	if t.blocks[b] == nil {
		t.blocks[b] = new(slotBlock)
	}
	return &t.blocks[b][number%slotsPerBlock]
}

// number gives the number that a key has, if it has one: it may be another key's
// with the same touch.
func (t *register) number(touch uint64, key string) (n uint32, ok bool) {
	if len(t.renamed) > 0 {
		if n, ok = t.renamed[key]; ok {
			return n, true
		}
	}
	n, ok = t.numbers[touch]
	return n, ok
}

// enter notes the number of a key.
func (t *register) enter(touch uint64, key string, number uint32) {
	switch n, ok := t.number(touch, key); {
	case !ok:
		t.numbers[touch] = number
	case n != number:
		if t.renamed == nil {
			t.renamed = map[string]uint32{}
		}
		t.renamed[strings.Clone(key)] = number
	}
}

// A found is what memory has of a key. Known is false where only the store knows.
type found struct {
	number uint32
	at     uint64
	record []byte
	extra  spot
	known  bool
}

func (f found) absent() bool { return f.record == nil }

// find looks for a key in memory. Alone says that nothing is loaded meanwhile
// that was not in memory before.
func (ts *tasks) find(n uint8, touch uint64, key string, alone bool) (f found) {
	f, _ = ts.findKept(n, touch, key, "", false, alone)
	return f
}

// inMemory gives what memory has of a number, if it is the key's.
func (ts *tasks) inMemory(t *register, number uint32, key string) (f found) {
	slot := t.slot(number)
	if slot == nil {
		return f
	}
	f.number, f.at = number, slot.Load()
	m := ts.memoryAt(f.at)
	if m == nil {
		return f
	}
	own, record := m.parts()
	if f.known = own == key; f.known && f.at&slotAbsent == 0 {
		f.record, f.extra = record, m.extra()
	}
	return f
}

// memoryAt gives what lies where a slot says, nil if it is not in memory.
func (ts *tasks) memoryAt(at uint64) memory {
	if at &= slotSpot; at == 0 {
		return nil
	}
	return ts.records.at(spot(at))
}

// put enters what was worked out of a task and is to be stored. No function may
// run.
func (ts *tasks) put(n uint8, key string, number uint32, at uint64, size int) {
	t := &ts.strata[n]
	t.enter(touchOf('v', n, key), key, number)
	slot := t.ensure(number)
	if slot.Swap(at|slotPending)&slotPending == 0 {
		t.pending = append(t.pending, number)
		t.unsorted = t.unsorted || key < t.last
		t.last = key
	}
	t.kept.drop(number)
	ts.size += size
}

// A pendingTask is a task on its way to the store.
type pendingTask struct {
	number uint32
	at     uint64
}

// take returns what is pending of a stratum, in the order of the keys, and begins
// anew.
func (ts *tasks) take(n int) []pendingTask {
	t := &ts.strata[n]
	list := make([]pendingTask, len(t.pending))
	for i, number := range t.pending {
		slot := t.slot(number)
		at := slot.Load()&^slotPending | slotFlying
		slot.Store(at)
		list[i] = pendingTask{number, at}
	}
	if t.unsorted {
		slices.SortFunc(list, func(a, b pendingTask) int {
			x, _ := ts.memoryAt(a.at).parts()
			y, _ := ts.memoryAt(b.at).parts()
			return strings.Compare(x, y)
		})
	}
	t.pending, t.last, t.unsorted = nil, "", false
	return list
}

// landed notes that what was taken is in the store. No function may run.
func (ts *tasks) landed(lists [][]pendingTask, records, extras []uint32) {
	for n, list := range lists {
		for _, p := range list {
			// What was put anew meanwhile is pending.
			ts.strata[n].slot(p.number).CompareAndSwap(p.at, p.at&^slotFlying)
		}
	}
	for _, chunk := range extras {
		ts.extras.letGo(chunk)
	}
	for _, chunk := range records {
		ts.stored = append(ts.stored, chunk)
		ts.cached += len((*ts.records.chunks.Load())[chunk])
	}
}

// tidy lets records go that there is no room for. No function may run.
func (ts *tasks) tidy() {
	for _, chunk := range ts.loaded.take() {
		ts.stored = append(ts.stored, chunk)
		ts.cached += len((*ts.records.chunks.Load())[chunk])
	}
	for ts.cached > ts.room && len(ts.stored) > 0 {
		ts.cached -= ts.records.letGo(ts.stored[0])
		ts.stored = ts.stored[1:]
	}
	for i := range ts.strata {
		ts.strata[i].kept.tidy()
	}
}

// task returns what is kept of a task, from memory or from the store; ok is false
// if there is none.
func (e *Engine) task(n uint8, key string) (t task, ok bool) {
	return e.taskOf(n, touchOf('v', n, key), key)
}

func (e *Engine) taskOf(n uint8, touch uint64, key string) (t task, ok bool) {
	f := e.tasks.find(n, touch, key, e.nothingAsked())
	if !f.known {
		f = e.load(n, touch, key)
	}
	if f.absent() {
		return t, false
	}
	t = viewTask(n, f.record)
	t.extra = f.extra
	return t, true
}

// refFor gives the number of a task that is not there: the one that it had, if it
// is not long gone, since the store has room for one of a key.
func (e *Engine) refFor(n uint8, key string) taskRef {
	if !e.nothingAsked() {
		if f := e.tasks.find(n, touchOf('v', n, key), key, false); f.known && f.at&slotAbsent != 0 {
			return refOf(n, f.number)
		}
	}
	return e.names[n].add(e, n, key)
}

// load reads a task from the store into memory.
func (e *Engine) load(n uint8, touch uint64, key string) (f found) {
	f.known = true
	stored, ok := e.storedTask(n, key)
	if !ok {
		return f
	}
	m := appendMemory(make([]byte, 0, memoryHead+10+len(key)+len(stored.record)), key)
	from := len(m)
	m = append(m, stored.record...)
	endMemory(m, from, inStore)
	f.record, f.extra = m[from:], inStore
	ts, number := e.tasks, stored.ref.number()
	ts.mu.Lock()
	at := uint64(ts.loaded.add(m))
	ts.mu.Unlock()
	t := &ts.strata[n]
	t.mu.Lock()
	defer t.mu.Unlock()
	t.enter(touch, key, number)
	t.ensure(number).Store(at)
	return f
}

func (e *Engine) storedTask(n uint8, key string) (t task, ok bool) {
	data := e.store.get(taskKey(n, key))
	if data == nil {
		return t, false
	}
	t, err := parseTask(n, data)
	if err != nil {
		panic(damage{err})
	}
	return t, true
}

// given returns the rows that a task gave and why it ran.
func (e *Engine) given(n uint8, key string, t *task) (rows []given, reasons []string) {
	var data []byte
	switch t.extra {
	case 0:
		return nil, nil
	case inStore:
		data = e.store.get(givenKey(n, key))
	default:
		if b := e.tasks.extras.at(t.extra); b != nil {
			data, _ = extraParts(b)
		} else {
			data = e.store.get(givenKey(n, key))
		}
	}
	if data == nil {
		return nil, nil
	}
	rows, reasons, err := decodeGiven(data)
	if err != nil {
		panic(damage{err})
	}
	return rows, reasons
}

// eachPending walks over the tasks of a stratum that the store does not have as
// they are; those that are gone have no record.
func (e *Engine) eachPending(n uint8) iter.Seq2[string, found] {
	return func(yield func(string, found) bool) {
		t := &e.tasks.strata[n]
		seen := func(number uint32, at uint64) bool {
			m := e.tasks.memoryAt(at)
			key, record := m.parts()
			f := found{number: number, at: at, known: true}
			if at&slotAbsent == 0 {
				f.record, f.extra = record, m.extra()
			}
			return yield(key, f)
		}
		for _, number := range t.pending {
			if !seen(number, t.slot(number).Load()) {
				return
			}
		}
		if e.flush == nil {
			return
		}
		for _, p := range e.flush.tasks[n] {
			if t.slot(p.number).Load() == p.at && !seen(p.number, p.at) {
				return
			}
		}
	}
}

// awaited tells whether the store does not have a task as it is.
func (e *Engine) awaited(n uint8, key []byte) bool {
	f := e.tasks.find(n, touchOf('v', n, text(key)), text(key), false)
	return f.known && f.at&(slotPending|slotFlying) != 0
}

// eachTask walks over the tasks of a stratum in no particular order, without
// keeping them in memory.
func (e *Engine) eachTask(n uint8) iter.Seq2[string, task] {
	return func(yield func(string, task) bool) {
		for key, data := range e.store.scan([]byte{'m', n}) {
			if e.awaited(n, key) {
				continue
			}
			t, err := parseTask(n, bytes.Clone(data))
			if err != nil {
				panic(damage{err})
			}
			if t.extra = inStore; !yield(string(key), t) {
				return
			}
		}
		for key, f := range e.eachPending(n) {
			if !f.absent() && !yield(key, viewTask(n, f.record)) {
				return
			}
		}
	}
}
