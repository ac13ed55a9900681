package incremental

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"iter"
	"maps"
	"slices"

	"github.com/cespare/xxhash/v2"
	"github.com/cockroachdb/pebble/v2"

	"mihbara/generator/record"
)

// largeCommit is the number of pending bytes above which a commit is ingested.
const largeCommit = 16 << 20

// A pair is a key of the store and what is to stand there; nil to take it away.
type pair struct {
	key, value []byte
	set        bool
}

// A flush is everything that was pending, on its way to the store. It changes
// nothing that functions see, so that they may run meanwhile.
type flush struct {
	store    *store
	fresh    bool // the store has no tasks yet that could have filters or rows
	looks    []bool
	from     *tasks
	tasks    [][]pendingTask // by stratum, in the order of their keys
	records  []uint32        // chunks that have nothing but what is in tasks or was stored before
	extras   []uint32        // likewise
	batches  []*askBatch
	askings  func() *askBatch
	groups   []map[string]groupChange
	names    []namesBlock
	messages map[string][]byte // by key of the store; nil: none any more
	blobs    map[string][]byte
	done     chan error // when it runs beside functions
}

// groupChange is a group as the store has it and as it shall have it.
type groupChange struct{ was, is *group }

// pendingBytes is about how much there is to write.
func (e *Engine) pendingBytes() int {
	size := e.tasks.size + int(e.groups.size.Load())
	for _, w := range e.workers {
		size += w.asked.bytes()
	}
	return size
}

func (e *Engine) nothingPending() bool {
	return e.pendingBytes()+len(e.batches)+len(e.blobs)+len(e.newMessages) == 0
}

// take gathers what is pending. Until the flush is landed it can still be read.
func (e *Engine) take() *flush {
	f := &flush{store: e.store, fresh: e.nothingAsked(), from: e.tasks, batches: e.batches, askings: e.takeAskings(), blobs: e.blobs, messages: map[string][]byte{}}
	for i := range e.strata {
		f.tasks = append(f.tasks, e.tasks.take(i))
		f.looks = append(f.looks, len(e.strata[i].Looks) > 0)
		f.names = append(f.names, e.names[i].take(uint8(i))...)
	}
	e.tasks.size = 0
	for ix, dirty := range e.groups.dirty {
		set := make(map[string]groupChange, len(dirty))
		for name, was := range dirty {
			set[name] = groupChange{was, e.groups.rows[ix][name]}
		}
		f.groups = append(f.groups, set)
	}
	e.groups.dirty = emptyMaps[*group](len(e.indexes))
	e.groups.size.Store(0)
	for t := range e.newMessages {
		f.messages[string(append([]byte{'d', e.stratumNumber(t.Stratum)}, t.Key...))] = e.messages[t]
	}
	e.newMessages, e.blobs = map[Task]struct{}{}, map[string][]byte{}
	for _, w := range e.workers {
		w.extras.end()
		f.records, f.extras = append(f.records, w.records.take()...), append(f.extras, w.extras.take()...)
	}
	return f
}

// landed ends a flush that has reached the store.
func (e *Engine) landed(f *flush) {
	e.batches = e.batches[len(f.batches):]
	e.tasks.landed(f.tasks, f.records, f.extras)
}

// relieve begins to write what is pending when it has grown large, so that a
// build of any size takes bounded memory, and first waits for what is still being
// written. From then on until Commit the store says that it is being written.
func (e *Engine) relieve() error {
	e.tasks.tidy()
	if e.store == nil || e.pendingBytes() < e.large {
		return nil
	}
	defer e.times.save()()
	if err := e.join(); err != nil {
		return err
	}
	if !e.header.Writing {
		e.header.Writing = true
		if err := e.putHeader(e.store.db); err != nil {
			return err
		}
	}
	e.store.tidier.begin()
	f := e.take()
	f.done = make(chan error, 1)
	e.flush = f
	go func() { f.done <- f.ingest() }()
	return nil
}

// join waits for the flush that is under way.
func (e *Engine) join() error {
	f := e.flush
	e.flush = nil
	if err := f.wait(); err != nil {
		return err
	}
	if f != nil {
		e.landed(f)
	}
	return nil
}

func (f *flush) wait() error {
	if f == nil {
		return nil
	}
	return <-f.done
}

// ingest writes the flush past the log. What was asked is put in order while what
// stands before it is written.
func (f *flush) ingest() (err error) {
	defer RecoverDamage(&err)
	if order := f.askings; order != nil {
		ordered := make(chan *askBatch, 1)
		go func() { ordered <- order() }()
		f.askings = func() *askBatch { return <-ordered }
	}
	return f.store.ingest(f.pairs())
}

// Commit writes everything to the store and returns when it is safe there. The
// generation grows if the caller says that files changed, and with the first
// commit.
func (e *Engine) Commit(files bool) (err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	if e.store != nil && e.store.damaged.Load() {
		return ErrDamaged
	}
	if e.store != nil && !files && e.header.Generation > 0 && e.header.Clock == e.clock && e.nothingPending() {
		return nil
	}
	if files || e.header.Generation == 0 {
		e.header.Generation++
	}
	e.header.Clock = e.clock
	if e.store == nil {
		return nil
	}
	if err := e.join(); err != nil {
		return err
	}
	large := e.header.Writing || e.pendingBytes() > e.large
	if large && !e.header.Writing {
		e.header.Writing = true
		if err := e.putHeader(e.store.db); err != nil {
			return err
		}
	}
	f := e.take()
	if large {
		err = f.ingest()
		e.header.Writing = false
		err = cmp.Or(err, e.putHeader(e.store.db))
	} else {
		err = e.writeBatch(f)
	}
	if err == nil {
		e.landed(f)
	}
	return err
}

// writeBatch writes a small flush, with the header, at once or not at all.
func (e *Engine) writeBatch(f *flush) error {
	b := e.store.db.NewBatch()
	defer b.Close()
	for p := range f.pairs() {
		err := error(nil)
		if p.set {
			err = b.Set(p.key, p.value, nil)
		} else {
			err = b.Delete(p.key, nil)
		}
		if err != nil {
			return err
		}
	}
	if err := e.putHeader(b); err != nil {
		return err
	}
	return b.Commit(pebble.Sync)
}

type writer interface {
	Set(key, value []byte, o *pebble.WriteOptions) error
}

func (e *Engine) putHeader(w writer) error {
	e.header.Names = e.header.Names[:0]
	for i := range e.names {
		e.header.Names = append(e.header.Names, e.names[i].next())
	}
	data, err := e.codec.Marshal(&e.header)
	if err != nil {
		return err
	}
	return w.Set([]byte("h"), data, pebble.Sync)
}

// Previous returns the aspect as the store has it: as it was before what is not
// yet committed.
func Previous[T any](e *Engine, aspect Aspect[T], key string) (t T, ok bool) {
	stored, ok := e.storedTask(e.stratumNumber(aspect.Stratum), key)
	if !ok {
		return t, false
	}
	p, ok := stored.part(aspect.Name)
	if !ok || p.data == nil {
		return t, false
	}
	return mustDecode[T](e, p.data), true
}

// pairs walks over all that is to be written, each key once, in order. The slices
// are valid until the next step.
func (f *flush) pairs() iter.Seq[pair] {
	return func(yield func(pair) bool) {
		_ = f.blobPairs(yield) && f.messagePairs(yield) && f.filterPairs(yield) && f.namePairs(yield) &&
			f.taskPairs(yield) && f.askingPairs(yield) && f.groupPairs(yield) && f.givenPairs(yield)
	}
}

func (f *flush) blobPairs(yield func(pair) bool) bool {
	for _, name := range slices.Sorted(maps.Keys(f.blobs)) {
		if !yield(pair{blobStoreKey(name), f.blobs[name], true}) {
			return false
		}
	}
	return true
}

func (f *flush) messagePairs(yield func(pair) bool) bool {
	for _, key := range slices.Sorted(maps.Keys(f.messages)) {
		if data := f.messages[key]; !yield(pair{unsafeBytes(key), data, len(data) > 0}) {
			return false
		}
	}
	return true
}

// eachKey walks over the tasks to be written in the order of their keys; of those
// that are gone there is no record.
func (f *flush) eachKey(letter byte, wanted func(n int) bool, yield func(key, record []byte, extra spot) bool) bool {
	for n, list := range f.tasks {
		if !wanted(n) {
			continue
		}
		key := []byte{letter, byte(n)}
		for _, p := range list {
			m := f.from.memoryAt(p.at)
			k, record := m.parts()
			if p.at&slotAbsent != 0 {
				record = nil
			}
			key = append(key[:2], k...)
			if !yield(key, record, m.extra()) {
				return false
			}
		}
	}
	return true
}

func (f *flush) filterPairs(yield func(pair) bool) bool {
	return f.eachKey('f', func(n int) bool { return f.looks[n] }, func(key, _ []byte, extra spot) bool {
		if extra != 0 {
			if _, filter := extraParts(f.from.extras.at(extra)); len(filter) > 0 {
				return yield(pair{key, filter, true})
			}
		}
		return f.fresh || yield(pair{key: key})
	})
}

func (f *flush) taskPairs(yield func(pair) bool) bool {
	return f.eachKey('m', func(int) bool { return true }, func(key, record []byte, _ spot) bool {
		return yield(pair{key, record, record != nil})
	})
}

func (f *flush) givenPairs(yield func(pair) bool) bool {
	return f.eachKey('w', func(int) bool { return true }, func(key, _ []byte, extra spot) bool {
		if extra != 0 {
			if rows, _ := extraParts(f.from.extras.at(extra)); len(rows) > 0 {
				return yield(pair{key, rows, true})
			}
		}
		return f.fresh || yield(pair{key: key})
	})
}

func (f *flush) namePairs(yield func(pair) bool) bool {
	for _, b := range f.names {
		if !yield(pair{namesKey(b.stratum, b.number), record.AppendStrings(nil, b.keys), true}) {
			return false
		}
	}
	return true
}

func (f *flush) askingPairs(yield func(pair) bool) bool {
	batches := f.batches
	if f.askings != nil {
		batches = append(slices.Clip(batches), f.askings())
	}
	at := make([]int, len(batches)) // how far each has been written
	key := []byte{'q'}
	for {
		first := -1
		for i, b := range batches {
			if at[i] < len(b.touches) && (first < 0 || b.touches[at[i]] < batches[first].touches[at[first]]) {
				first = i
			}
		}
		if first < 0 {
			return true
		}
		b := batches[first]
		key = binary.BigEndian.AppendUint64(key[:1], b.touches[at[first]])
		key = binary.BigEndian.AppendUint32(key, b.number)
		if !yield(pair{key, b.list(at[first]), true}) {
			return false
		}
		at[first]++
	}
}

func (f *flush) groupPairs(yield func(pair) bool) bool {
	for ix, set := range f.groups {
		for _, name := range slices.Sorted(maps.Keys(set)) {
			if c := set[name]; !c.pairs(appendPart([]byte{'r', byte(ix)}, name), yield) {
				return false
			}
		}
	}
	return true
}

// pairs walks over the pieces of a group that are to be written or taken away.
func (c groupChange) pairs(prefix []byte, yield func(pair) bool) bool {
	was, is := c.was.pieces(), c.is.pieces()
	for len(was) > 0 || len(is) > 0 {
		switch {
		case len(is) == 0 || len(was) > 0 && string(was[0].key) < string(is[0].key):
			if !yield(pair{key: append(prefix, was[0].key...)}) {
				return false
			}
			was = was[1:]
		case len(was) == 0 || string(is[0].key) < string(was[0].key):
			if !yield(pair{append(prefix, is[0].key...), is[0].rows, true}) {
				return false
			}
			is = is[1:]
		default:
			if !bytes.Equal(was[0].rows, is[0].rows) && !yield(pair{append(prefix, is[0].key...), is[0].rows, true}) {
				return false
			}
			was, is = was[1:], is[1:]
		}
	}
	return true
}

// A piece is some rows of a group that lie under one key.
type piece struct{ key, rows []byte }

// pieceRows is how many rows a piece has on the average. A piece begins where a
// hash of a row says so, not where a count does, so that a row that is put in
// leaves all pieces but its own as they were. It does not part rows that have one
// sort and key, which are what it lies under.
const pieceRows = 64

func (g *group) pieces() []piece {
	var out []piece
	from, before := 0, entry{}
	var key []byte
	for i := range g.len() {
		row := g.at(i)
		if i > 0 && (xxhash.Sum64String(row.sort)^xxhash.Sum64String(row.key)>>1)%pieceRows == 0 && compareEntries(before, row) != 0 {
			out = append(out, piece{key, g.data[g.spots[from]:g.spots[i]]})
			from, key = i, appendPart(appendPart(nil, row.sort), row.key)
		}
		before = row
	}
	if g != nil {
		start := 0
		if g.spots != nil {
			start = int(g.spots[from])
		}
		out = append(out, piece{key, g.data[start:]})
	}
	return out
}
