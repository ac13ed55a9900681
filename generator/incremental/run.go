package incremental

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"
)

// Stats is what a Run did: for each stratum the keys whose functions ran and
// those that vanished, how many of the former are new, and the keys whose files
// were written; keys are sorted.
type Stats struct {
	Ran, Vanished map[string][]string
	Added         map[string]int
	Written       []string
	// Times tells of each stratum where its time went, and Saving for how much of
	// it the store was waited for; both are empty without Options.Clock.
	Times  []Timing
	Saving time.Duration

	dropped bool
}

// FilesChanged tells whether any file came, went or was given other bytes.
func (s *Stats) FilesChanged() bool { return len(s.Written) > 0 || s.dropped }

// outcome is what one run of one function changes, beside the rows and askings
// that its worker logged.
type outcome struct {
	key      string
	number   uint32
	at       uint64   // where in memory it lies
	size     int      // in bytes, about
	changed  []string // aspects that differ
	messages []byte
	written  bool
	dropped  bool // it had a file and has none now
	added    bool // it had no value before
	kind     string
}

// A worker runs functions, one after another, and logs what they give and ask.
type worker struct {
	rows            rowLog
	asked           *askLog
	records, extras pen
	// What follows is used again for every function.
	memory, rowsGiven, extra []byte
	looked                   []uint64
}

const maxWorkers = 256

// Run brings all strata up to the one named, or all of them when it is empty,
// up to date. After an error the engine must be closed without Commit.
func (e *Engine) Run(ctx context.Context, upto string) (stats Stats, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	stats = Stats{Ran: map[string][]string{}, Vanished: map[string][]string{}, Added: map[string]int{}}
	if err := e.join(); err != nil {
		return stats, err
	}
	if earlier := e.takeAskings(); earlier != nil { // of a Run that was not committed
		e.batches = append(e.batches, earlier())
	}
	for i := range e.strata {
		e.times.begin(e.strata[i].Name)
		e.settle(uint8(i))
		if err := e.runStratum(ctx, uint8(i), &stats); err != nil {
			return stats, err
		}
		if e.strata[i].Name == upto {
			break
		}
	}
	stats.Times, stats.Saving = e.times.taken()
	e.spared.clear()
	e.changedValues = nil
	e.groups.touched = emptyMaps[*touchedGroup](len(e.indexes))
	e.woken = emptyMaps[[]string](len(e.strata))
	e.settledClock = e.clock
	e.runs++
	slices.Sort(stats.Written)
	return stats, nil
}

// RecoverDamage, deferred, turns the discovery that the store cannot be read
// into ErrDamaged, and that something has changed into ErrChanged. Run, Commit and Draw do so themselves; who calls others
// defers it.
func RecoverDamage(err *error) {
	switch r := recover().(type) {
	case nil:
	case damage:
		*err = fmt.Errorf("%w: %w", ErrDamaged, r.error)
	case outdated:
		*err = fmt.Errorf("%w: %w", ErrChanged, r.error)
	default:
		panic(r)
	}
}

func (e *Engine) runStratum(ctx context.Context, n uint8, stats *Stats) error {
	s := &e.strata[n]
	run, vanish := e.dirty(n)
	e.done.Store(0)
	for from := 0; from < len(run); from += blockSize {
		outcomes, err := e.runBlock(ctx, n, run, from)
		if err != nil {
			return err
		}
		e.apply(n, outcomes, stats)
		if err := e.relieve(); err != nil {
			return err
		}
	}
	gone, err := e.vanish(n, vanish)
	if err != nil {
		return err
	}
	e.apply(n, gone, stats)
	if err := e.applyRows(); err != nil {
		return err
	}
	e.forced[n] = map[string]struct{}{}
	stats.Ran[s.Name] = run
	for _, o := range gone {
		stats.Vanished[s.Name] = append(stats.Vanished[s.Name], o.key)
	}
	if err := e.relieve(); err != nil {
		return err
	}
	e.letGo(n)
	return nil
}

// blockSize is how many functions run before what they gave is written to the
// store if it has grown large. Their rows wait for the end of the stratum: none
// of its functions may see them.
const blockSize = 4096

// turn is how many keys a worker takes at once.
const turn = 16

func (e *Engine) runBlock(ctx context.Context, n uint8, all []string, first int) ([]outcome, error) {
	s := &e.strata[n]
	keys := all[first:min(first+blockSize, len(all))]
	outcomes := make([]outcome, len(keys))
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for _, w := range e.workers[:min(len(e.workers), (len(keys)+turn-1)/turn)] {
		g.Go(func() (err error) {
			defer RecoverDamage(&err)
			laps := e.times.laps()
			defer laps.end()
			for {
				from := int(next.Add(turn)) - turn
				for i := from; i < min(from+turn, len(keys)); i++ {
					if err := ctx.Err(); err != nil {
						return err
					}
					if outcomes[i], err = e.runTask(w, n, keys[i], uint32(first+i)); err != nil {
						return fmt.Errorf("%s %s: %w", s.Name, keys[i], err)
					}
					laps.lap(keys[i], outcomes[i].kind)
					if e.options.Progress != nil {
						e.options.Progress(s.Name, int(e.done.Add(1)), len(all))
					}
				}
				if from >= len(keys) {
					return nil
				}
			}
		})
	}
	return outcomes, g.Wait()
}

// dirty returns the keys of a stratum whose functions have to run, and those
// whose groups are empty now; both are sorted.
func (e *Engine) dirty(n uint8) (run, vanish []string) {
	if e.nothingAsked() {
		return slices.Sorted(maps.Keys(e.groups.rows[e.over[n]])), nil
	}
	e.wakeLookers(n)
	set := map[string]struct{}{}
	for key := range e.groups.touched[e.over[n]] {
		set[key] = struct{}{}
	}
	for key := range e.woken[n] {
		set[key] = struct{}{}
	}
	for key := range e.forced[n] {
		set[key] = struct{}{}
	}
	for _, key := range slices.Sorted(maps.Keys(set)) {
		if e.group(place{e.over[n], key}) != nil {
			run = append(run, key)
		} else {
			vanish = append(vanish, key)
		}
	}
	return run, vanish
}

// reasons says in words why a function runs; none in the first run of all.
func (e *Engine) reasons(n uint8, key string) (reasons []string) {
	if e.nothingAsked() {
		return nil
	}
	if _, ok := e.groups.touched[e.over[n]][key]; ok {
		reasons = append(reasons, "rows of "+string(e.strata[n].Over))
	}
	if _, ok := e.forced[n][key]; ok {
		reasons = append(reasons, "forced")
	}
	woken := slices.Sorted(slices.Values(e.woken[n][key]))
	return append(reasons, slices.Compact(woken)...)
}

// wakeLookers finds the tasks of a stratum that may have looked up a group that
// changed.
func (e *Engine) wakeLookers(n uint8) {
	var looked []uint64
	for _, ix := range e.strata[n].Looks {
		number := e.indexNumber(ix)
		for name := range e.groups.touched[number] {
			looked = append(looked, groupHash(number, name))
		}
	}
	if len(looked) == 0 {
		return
	}
	for key, f := range e.filters(n) {
		if slices.ContainsFunc(looked, f.maybe) {
			e.woken[n][key] = append(e.woken[n][key], "a looked-up group")
		}
	}
}

// filters walks over the filters of a stratum's tasks.
func (e *Engine) filters(n uint8) iter.Seq2[string, filter] {
	return func(yield func(string, filter) bool) {
		for key, f := range e.store.scan([]byte{'f', n}) {
			if !e.awaited(n, key) && !yield(string(key), filter(f)) {
				return
			}
		}
		for key, f := range e.eachPending(n) {
			if f.absent() || f.extra == 0 {
				continue
			}
			if _, looked := extraParts(e.tasks.extras.at(f.extra)); len(looked) > 0 && !yield(key, looked) {
				return
			}
		}
	}
}

// nothingAsked is true in the first run of an engine that began empty.
func (e *Engine) nothingAsked() bool { return e.fresh && e.runs == 0 }

// runTask runs one function and keeps what it gives; turn is which of those of
// its stratum that run it is.
func (e *Engine) runTask(w *worker, n uint8, key string, turn uint32) (outcome, error) {
	s, first := &e.strata[n], e.nothingAsked()
	var was task
	had := false
	if !first { // else nothing has run before
		was, had = e.task(n, key)
	}
	t := task{asked: e.header.Batch, ref: was.ref}
	if !had {
		t.ref = e.refFor(n, key)
	}
	a := &Asker{engine: e, stratum: n, key: key, log: w.asked, ref: t.ref, looked: w.looked[:0]}
	result, err := e.call(s, a, key)
	if err != nil {
		return outcome{}, err
	}
	o := outcome{key: key, number: t.ref.number(), messages: result.Messages, added: !had, kind: result.Kind}
	var rows []given
	if had {
		rows, _ = e.given(n, key, &was)
	}
	w.looked = a.looked
	w.rowsGiven = e.giveRows(w.rowsGiven[:0], w, s, t.ref, turn, result.Rows, rows, e.reasons(n, key))
	if t.hasFile = result.File != nil; t.hasFile {
		t.file = xxhash.Sum64(result.File)
	}
	if err := e.keep(w, &o, &t, result.Aspects); err != nil {
		return o, err
	}
	if !first {
		is := viewTask(n, t.record)
		o.changed = changedParts(&was, &is)
	}
	_, force := e.forced[n][key]
	return o, s.deliver(&o, &was, &t, result.File, force)
}

// keep puts what a function gave into memory.
func (e *Engine) keep(w *worker, o *outcome, t *task, parts []Part) error {
	slices.SortStableFunc(parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	b := appendMemory(w.memory[:0], o.key)
	from := len(b)
	b, offsets := appendTaskHead(b, t, len(parts))
	first := len(b)
	for i, p := range parts {
		if len(parts) > fewParts {
			binary.LittleEndian.PutUint32(b[offsets+4*i:], uint32(len(b)-first))
		}
		var err error
		if b, err = e.appendAspect(b, p); err != nil {
			return fmt.Errorf("aspect %s: %w", p.Name, err)
		}
	}
	w.memory = b
	extra := spot(0)
	if len(w.rowsGiven)+len(w.looked) > 0 {
		var looked filter
		if len(w.looked) > 0 {
			looked = newFilter(w.looked)
		}
		w.extra = appendExtra(w.extra[:0], w.rowsGiven, looked)
		extra = w.extras.add(w.extra)
	}
	endMemory(b, from, extra)
	o.at, o.size = uint64(w.records.add(b)), len(b)+len(w.extra)+32
	_, t.record = e.tasks.memoryAt(o.at).parts() // which stays, while b is used again
	return nil
}

// appendAspect appends an aspect to a record. Of one that can be made again only
// the hash is written there.
func (e *Engine) appendAspect(b []byte, p Part) ([]byte, error) {
	b = appendPartHead(b, p.Name)
	from := len(b)
	b, err := e.appendValue(b, p.Value)
	if err != nil {
		return b, err
	}
	hash := nonZero(xxhash.Sum64(b[from:]))
	if p.remade {
		e.spared.offer(hash, b[from:])
		b = b[:from]
	}
	endPart(b, from, hash, p.remade)
	return b, nil
}

// deliver writes or drops a task's file.
func (s *Stratum) deliver(o *outcome, was, is *task, data []byte, force bool) error {
	switch {
	case is.hasFile && s.Write != nil && (!was.hasFile || was.file != is.file || force):
		o.written = true
		return s.Write(o.key, data, is.file, was.file)
	case !is.hasFile && was.hasFile && s.Drop != nil:
		o.dropped = true
		return s.Drop(o.key)
	}
	return nil
}

func (e *Engine) call(s *Stratum, a *Asker, key string) (result Result, err error) {
	if e.options.Panicked != nil {
		defer func() {
			switch r := recover().(type) {
			case nil:
			case damage, outdated:
				panic(r)
			default:
				result, err = e.options.Panicked(s.Name, key, r), nil
			}
		}()
	}
	return s.Run(a, key)
}

// vanish takes back all that tasks gave whose groups are empty now.
func (e *Engine) vanish(n uint8, keys []string) ([]outcome, error) {
	s, w := &e.strata[n], e.workers[0]
	var out []outcome
	for i, key := range keys {
		was, had := e.task(n, key)
		if !had {
			continue
		}
		o := outcome{key: key, number: was.ref.number(), changed: changedParts(&was, &task{})}
		given, _ := e.given(n, key, &was)
		e.giveRows(w.rowsGiven[:0], w, s, was.ref, uint32(i), nil, given, nil)
		if was.hasFile && s.Drop != nil {
			o.dropped = true
			if err := s.Drop(key); err != nil {
				return nil, err
			}
		}
		b := appendMemory(w.memory[:0], key)
		endMemory(b, len(b), 0)
		w.memory = b
		o.at, o.size = uint64(w.records.add(b))|slotAbsent, len(b)+32
		out = append(out, o)
	}
	return out, nil
}

// apply keeps the outcomes of a block.
func (e *Engine) apply(n uint8, outcomes []outcome, stats *Stats) {
	s := &e.strata[n]
	for i := range outcomes {
		o := &outcomes[i]
		e.tasks.put(n, o.key, o.number, o.at, o.size)
		if len(o.changed) > 0 && !e.nothingAsked() {
			e.changedValues = append(e.changedValues, changedValue{n, o.key, o.changed})
			for _, aspect := range o.changed {
				e.aspects.drop(appendAspectName(nil, n, o.key, aspect))
			}
		}
		e.setMessages(Task{s.Name, o.key}, o.messages)
		if o.written {
			stats.Written = append(stats.Written, o.key)
		}
		if o.added {
			stats.Added[s.Name]++
		}
		stats.dropped = stats.dropped || o.dropped
	}
}

// Draw runs one function without keeping anything: for showing a page before it
// is built. Several may run at once; none while Run does.
func (e *Engine) Draw(stratum, key string) (result Result, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	defer RecoverDamage(&err)
	n := e.stratumNumber(stratum)
	if e.group(place{e.over[n], key}) == nil {
		return Result{}, ErrNoKey
	}
	return e.call(&e.strata[n], &Asker{engine: e, stratum: n, key: key, silent: true}, key)
}

// ErrNoKey means that Draw was asked for a key that does not exist.
var ErrNoKey = errors.New("no such key")

// An Explanation says what a task asked when it ran last and what made it run.
type Explanation struct{ Reasons, Questions []string }

// Explain tells why a task ran last and what it asks, in words, for which it is
// run once more; ok is false where there is no such task.
func (e *Engine) Explain(stratum, key string) (x Explanation, ok bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	n := e.stratumNumber(stratum)
	t, ok := e.task(n, key)
	if !ok {
		return x, false, nil
	}
	_, x.Reasons = e.given(n, key, &t)
	words := map[string]struct{}{}
	a := &Asker{engine: e, stratum: n, key: key, silent: true, words: func(q *question) { words[e.describe(q)] = struct{}{} }}
	if _, err := e.call(&e.strata[n], a, key); err != nil {
		return x, false, err
	}
	x.Questions = slices.Sorted(maps.Keys(words))
	return x, true, nil
}
