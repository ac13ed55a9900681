package incremental

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"

	"mihbara/generator/record"
)

// A Task is one function for one key.
type Task struct{ Stratum, Key string }

func compareTasks(a, b Task) int {
	return cmp.Or(strings.Compare(a.Stratum, b.Stratum), strings.Compare(a.Key, b.Key))
}

// A taskRef is a task's stratum, in the upper six bits, and its number therein.
type taskRef uint32

const (
	refBits    = 26
	maxStrata  = 1 << (32 - refBits)
	maxNumbers = 1 << refBits
)

func refOf(stratum uint8, number uint32) taskRef { return taskRef(uint32(stratum)<<refBits | number) }

func (r taskRef) stratum() uint8 { return uint8(r >> refBits) }
func (r taskRef) number() uint32 { return uint32(r) & (maxNumbers - 1) }

// A task is what is kept of one run of one function. It does not change once it
// is among the tasks.
type task struct {
	ref     taskRef
	asked   uint32 // the batch of askings that holds what it asked
	hasFile bool
	file    uint64 // XXH64 of its bytes
	parts   []part // by name
	record  []byte // all of the above, encoded, until it is stored
	given   []byte // the rows that it gave and why it ran, encoded, until they are stored; nil for none
	filter  filter // of the groups that it looked up, until it is stored; nil for none
	stored  bool   // what is kept only until it is stored must be read from there
}

// A part is one aspect of a value, encoded, with its hash; what it decodes to is
// kept beside it as long as it is cached.
type part struct {
	name    string
	hash    uint64
	data    []byte // nil where only the hash was kept
	decoded atomic.Pointer[any]
}

// part returns an aspect, nil if there is none.
func (t *task) part(name string) *part {
	if t == nil {
		return nil
	}
	if len(t.parts) <= 8 {
		for i := range t.parts {
			if t.parts[i].name == name {
				return &t.parts[i]
			}
		}
		return nil
	}
	lo, hi := 0, len(t.parts)
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); t.parts[mid].name < name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(t.parts) && t.parts[lo].name == name {
		return &t.parts[lo]
	}
	return nil
}

func (t *task) size() int {
	n := 200 + len(t.record) + len(t.given)
	for i := range t.parts {
		n += 100 + len(t.parts[i].data)
	}
	return n
}

// An encodedPart is a part on its way into a record. Of one that can be made
// again only the hash is written there.
type encodedPart struct {
	name   string
	hash   uint64
	data   []byte
	remade bool
}

// appendTask appends what is kept of a task: flags, its number, its batch, the
// hash of its file, its parts. The rows that it gave lie apart, for they are only
// wanted when it runs again.
func appendTask(b []byte, t *task, parts []encodedPart) []byte {
	b = record.AppendFlags(b, t.hasFile)
	if t.hasFile {
		b = record.AppendHash(b, t.file)
	}
	b = record.AppendUint(record.AppendUint(b, uint64(t.ref.number())), uint64(t.asked))
	b = record.AppendUint(b, uint64(len(parts)))
	for _, p := range parts {
		b = record.AppendHash(record.AppendString(b, p.name), p.hash)
		if b = record.AppendFlags(b, p.remade); !p.remade {
			b = record.AppendString(b, text(p.data))
		}
	}
	return b
}

// appendGiven appends the rows that a task gave and why it ran.
func appendGiven(b []byte, rows []given, reasons []string) []byte {
	return record.AppendStrings(appendRows(b, rows), reasons)
}

// appendRows appends rows. Those of one task mostly share their sort and key, so
// each of these is only written where it is another than in the row before: what
// an article gives shrinks to a third.
func appendRows(b []byte, rows []given) []byte {
	b = record.AppendUint(b, uint64(len(rows)))
	var last given
	for _, g := range rows {
		sort, key := g.Sort != last.Sort, g.Key != last.Key
		b = record.AppendFlags(append(b, g.Index), sort, key, g.Payload != 0)
		b = record.AppendString(b, g.Group)
		if sort {
			b = record.AppendString(b, g.Sort)
		}
		if key {
			b = record.AppendString(b, g.Key)
		}
		if g.Payload != 0 {
			b = record.AppendHash(b, g.Payload)
		}
		last = g
	}
	return b
}

// decodeTask reads what appendTask appended; the bytes are shared and must not
// change.
func decodeTask(stratum uint8, data []byte) (*task, error) {
	r := record.Share(data)
	t := &task{}
	if r.Flags(&t.hasFile); t.hasFile {
		t.file = r.Hash()
	}
	number, asked, n := r.Uint(), r.Uint(), r.Uint()
	if number >= maxNumbers || asked > 1<<32-1 || n > uint64(len(data)) {
		return nil, fmt.Errorf("task: %w", record.ErrBroken)
	}
	t.ref, t.asked = refOf(stratum, uint32(number)), uint32(asked)
	t.parts = make([]part, n)
	for i := range t.parts {
		p := &t.parts[i]
		p.name, p.hash = r.String(), r.Hash()
		var remade bool
		if r.Flags(&remade); !remade {
			s := r.String()
			p.data = unsafeBytes(s)
		}
	}
	return t, r.Err()
}

// given returns the rows that a task gave and why it ran.
func (e *Engine) given(n uint8, key string, t *task) (rows []given, reasons []string) {
	if t == nil {
		return nil, nil
	}
	data := t.given
	if t.stored {
		data = e.store.get(givenKey(n, key))
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

// decodeGiven reads what appendGiven appended; the bytes are shared.
func decodeGiven(data []byte) (rows []given, reasons []string, err error) {
	r := record.Share(data)
	n := r.Uint()
	if n > uint64(len(data)) {
		return nil, nil, record.ErrBroken
	}
	rows = make([]given, n)
	var last given
	for i := range rows {
		var sort, key, payload bool
		last.Index = r.Byte()
		r.Flags(&sort, &key, &payload)
		last.Group = r.String()
		if sort {
			last.Sort = r.String()
		}
		if key {
			last.Key = r.String()
		}
		last.Payload = 0
		if payload {
			last.Payload = r.Hash()
		}
		rows[i] = last
	}
	reasons = record.Strings[string](r)
	return rows, reasons, r.Err()
}

// fill completes a task with what its function gave.
func (e *Engine) fill(w *worker, t *task, parts []Part, rows []given, reasons []string) error {
	slices.SortStableFunc(parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	w.encoded, w.parts = w.encoded[:0], w.parts[:0]
	for _, p := range parts {
		from := len(w.encoded)
		var err error
		if w.encoded, err = e.appendValue(w.encoded, p.Value); err != nil {
			return fmt.Errorf("aspect %s: %w", p.Name, err)
		}
		data := w.encoded[from:] // if the buffer grows, this stays in the old one
		w.parts = append(w.parts, encodedPart{p.Name, nonZero(xxhash.Sum64(data)), data, p.remade})
	}
	w.record = appendTask(w.record[:0], t, w.parts)
	t.record, _ = w.tasks.add(w.record)
	if len(rows)+len(reasons) > 0 {
		w.record = appendGiven(w.record[:0], rows, reasons)
		t.given, _ = w.tasks.add(w.record)
	}
	kept, err := decodeTask(t.ref.stratum(), t.record)
	if err != nil {
		return err
	}
	t.parts = kept.parts
	for _, p := range w.parts {
		if p.remade {
			e.spared.offer(t.ref, p)
		}
	}
	return nil
}

// tasks holds what was worked out and not yet stored, and a cache of the rest in
// two generations: what is used moves to the young one, and when that is full the
// old one is let go. All is by stratum and key; nil is a task that is not there.
type tasks struct {
	// pending and flushing (what is on its way to the store) change only while no
	// function runs.
	pending, flushing []map[string]*task
	size              int // of pending, in bytes, about

	mu         sync.RWMutex
	young, old []map[string]*task
	cached     int // bytes in young, about
	room       int // cacheBytes; tests make it small
}

// cacheBytes is how many bytes each of the two generations of the cache may
// hold. What is decoded takes about three times as much.
const cacheBytes = 12 << 20

func newTasks(strata int) tasks {
	return tasks{room: cacheBytes, pending: emptyMaps[*task](strata), flushing: emptyMaps[*task](strata), young: emptyMaps[*task](strata), old: emptyMaps[*task](strata)}
}

func (ts *tasks) get(n uint8, key string) (t *task, known bool) {
	if t, known = ts.pending[n][key]; known {
		return t, true
	}
	if t, known = ts.flushing[n][key]; known {
		return t, true
	}
	ts.mu.RLock()
	t, known = ts.young[n][key]
	ts.mu.RUnlock()
	if known {
		return t, true
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if t, known = ts.old[n][key]; known {
		ts.keep(n, key, t)
	}
	return t, known
}

// keep puts a task into the cache; the caller holds the lock.
func (ts *tasks) keep(n uint8, key string, t *task) {
	ts.cached += 100
	if t != nil {
		ts.cached += t.size()
	}
	ts.young[n][key] = t
	if ts.cached > ts.room {
		ts.old, ts.young, ts.cached = ts.young, emptyMaps[*task](len(ts.young)), 0
	}
}

func (ts *tasks) put(n uint8, key string, t *task) {
	ts.pending[n][key] = t
	ts.size += len(key) + 50
	if t != nil {
		ts.size += len(t.record) + len(t.given) + len(t.filter)
	}
}

// stored moves what was on its way to the store into the cache. What has no
// aspects is not asked for again before it runs again.
func (ts *tasks) stored() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	for n, set := range ts.flushing {
		for key, t := range set {
			delete(ts.old[n], key)
			delete(ts.young[n], key)
			if t == nil || len(t.parts) > 0 {
				ts.keep(uint8(n), key, t)
			}
			if t != nil {
				t.record, t.given, t.filter, t.stored = nil, nil, nil, true
			}
		}
		ts.flushing[n] = map[string]*task{}
	}
}

// task returns what is kept of a task, from memory or from the store; nil if
// there is none.
func (e *Engine) task(n uint8, key string) *task {
	if t, known := e.tasks.get(n, key); known {
		return t
	}
	return e.load(n, key)
}

// load reads a task from the store into the cache.
func (e *Engine) load(n uint8, key string) *task {
	t := e.storedTask(n, key)
	if e.store != nil {
		e.tasks.mu.Lock()
		e.tasks.keep(n, strings.Clone(key), t)
		e.tasks.mu.Unlock()
	}
	return t
}

func (e *Engine) storedTask(n uint8, key string) *task {
	data := e.store.get(taskKey(n, key))
	if data == nil {
		return nil
	}
	t, err := decodeTask(n, data)
	if err != nil {
		panic(damage{err})
	}
	t.stored = true
	return t
}

// eachTask walks over the tasks of a stratum in no particular order, without
// putting them into the cache.
func (e *Engine) eachTask(n uint8) iter.Seq2[string, *task] {
	return func(yield func(string, *task) bool) {
		newer := func(key string) bool {
			_, a := e.tasks.pending[n][key]
			_, b := e.tasks.flushing[n][key]
			return a || b
		}
		for key, data := range e.store.scan([]byte{'m', n}) {
			if newer(text(key)) {
				continue
			}
			t, err := decodeTask(n, bytes.Clone(data))
			if err != nil {
				panic(damage{err})
			}
			if !yield(string(key), t) {
				return
			}
		}
		for key, t := range e.tasks.flushing[n] {
			if _, newer := e.tasks.pending[n][key]; !newer && t != nil && !yield(key, t) {
				return
			}
		}
		for key, t := range e.tasks.pending[n] {
			if t != nil && !yield(key, t) {
				return
			}
		}
	}
}

// spared holds parts that are not stored, as they were given in this Run, so that
// they need not be made again for those who ask in the same Run. They come in the
// order of the keys and are asked for in the same order: what was kept first is of
// most use, and when there is no room nothing is let go for what comes later.
type spared struct {
	mu    sync.RWMutex
	parts map[sparedKey][]byte
	size  int
}

type sparedKey struct {
	task taskRef
	hash uint64
}

// sparedBytes is how many bytes of such parts are kept.
const sparedBytes = 40 << 20

func (s *spared) offer(t taskRef, p encodedPart) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size+len(p.data) > sparedBytes {
		return
	}
	if s.parts == nil {
		s.parts = map[sparedKey][]byte{}
	}
	s.parts[sparedKey{t, p.hash}] = bytes.Clone(p.data)
	s.size += len(p.data) + 100
}

func (s *spared) get(t taskRef, hash uint64) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.parts[sparedKey{t, hash}]
}

func (s *spared) clear() { s.parts, s.size = nil, 0 }

// notStored returns a part of which only the hash was kept.
func notStored[T any](e *Engine, t *task, p *part, key string) T {
	if data := e.spared.get(t.ref, p.hash); data != nil {
		return mustDecode[T](e, data)
	}
	return e.remake(t.ref.stratum(), key, p.name, p.hash).Value.(T)
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
