package incremental

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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

	dropped bool
}

// FilesChanged tells whether any file came, went or was given other bytes.
func (s *Stats) FilesChanged() bool { return len(s.Written) > 0 || s.dropped }

// outcome is what one run of one function changes.
type outcome struct {
	key      string
	changes  []change
	touched  bool // an aspect differs
	note     note
	messages []byte
	written  bool
	dropped  bool // it had a file and has none now
	added    bool // it had no value before
}

// Run brings all strata up to the one named, or all of them when it is empty,
// up to date. After an error the engine must be closed without Commit.
func (e *Engine) Run(ctx context.Context, upto string) (stats Stats, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	stats = Stats{Ran: map[string][]string{}, Vanished: map[string][]string{}, Added: map[string]int{}}
	used := map[uint64]struct{}{}
	for i := range e.strata {
		e.settle()
		if err := e.runStratum(ctx, uint8(i), used, &stats); err != nil {
			return stats, err
		}
		if e.strata[i].Name == upto {
			break
		}
	}
	if upto == "" {
		e.forgetUnasked(used)
	}
	e.differs = map[uint64]differing{}
	e.touchedGroups = make([]map[string]struct{}, len(e.indexes))
	e.runs++
	slices.Sort(stats.Written)
	return stats, nil
}

// RecoverDamage, deferred, turns the discovery that the store cannot be read
// into ErrDamaged. Run, Commit and Draw do so themselves; who calls others
// defers it.
func RecoverDamage(err *error) {
	switch r := recover().(type) {
	case nil:
	case damage:
		*err = fmt.Errorf("%w: %w", ErrDamaged, r.error)
	default:
		panic(r)
	}
}

// forgetUnasked drops the questions whose answers differ and that nobody asked.
func (e *Engine) forgetUnasked(used map[uint64]struct{}) {
	for id, d := range e.differs {
		if _, ok := used[id]; !ok {
			e.questions.forget(d.touch, id, d.bound)
		}
	}
}

func (e *Engine) runStratum(ctx context.Context, n uint8, used map[uint64]struct{}, stats *Stats) error {
	s := &e.strata[n]
	dirty := e.dirty(n, used)
	var run, vanish []string
	for key := range dirty {
		if len(e.group(place{e.over[n], key})) > 0 {
			run = append(run, key)
		} else {
			vanish = append(vanish, key)
		}
	}
	slices.Sort(run)
	slices.Sort(vanish)
	e.done.Store(0)
	var changes []change
	for block := range slices.Chunk(run, blockSize) {
		outcomes, err := e.runBlock(ctx, n, block, len(run), dirty)
		if err != nil {
			return err
		}
		changes = e.apply(n, outcomes, changes, used, stats)
		if err := e.relieve(); err != nil {
			return err
		}
	}
	gone, err := e.vanish(n, vanish)
	if err != nil {
		return err
	}
	e.applyRows(e.apply(n, gone, changes, used, stats))
	stats.Ran[s.Name] = run
	for _, o := range gone {
		stats.Vanished[s.Name] = append(stats.Vanished[s.Name], o.key)
	}
	return nil
}

// blockSize is how many functions run before what they gave is written to the
// store if it has grown large. Their rows wait for the end of the stratum: none
// of its functions may see them.
const blockSize = 8192

func (e *Engine) runBlock(ctx context.Context, n uint8, keys []string, total int, dirty map[string][]string) ([]outcome, error) {
	s := &e.strata[n]
	outcomes := make([]outcome, len(keys))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(e.options.Workers)
	for part := range slices.Chunk(indexes(len(keys)), 16) {
		g.Go(func() (err error) {
			defer RecoverDamage(&err)
			for _, i := range part {
				if err := ctx.Err(); err != nil {
					return err
				}
				if outcomes[i], err = e.runTask(n, keys[i], dirty[keys[i]]); err != nil {
					return fmt.Errorf("%s %s: %w", s.Name, keys[i], err)
				}
				if e.options.Progress != nil {
					e.options.Progress(s.Name, int(e.done.Add(1)), total)
				}
			}
			return nil
		})
	}
	return outcomes, g.Wait()
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// dirty returns the keys of a stratum whose functions have to run, with the
// reasons in words.
func (e *Engine) dirty(n uint8, used map[uint64]struct{}) map[string][]string {
	dirty := map[string][]string{}
	for key := range e.touchedGroups[e.over[n]] {
		dirty[key] = []string{"rows of " + string(e.strata[n].Over)}
	}
	for key := range e.forced[n] {
		dirty[key] = append(dirty[key], "forced")
	}
	e.forced[n] = map[string]struct{}{}
	var looked []uint64
	for _, ix := range e.strata[n].Looks {
		number := e.indexNumber(ix)
		for group := range e.touchedGroups[number] {
			looked = append(looked, groupHash(number, group))
		}
	}
	nb := e.notebooks[n]
	if len(e.differs) == 0 && len(looked) == 0 || e.nothingAsked() {
		return dirty
	}
	e.loadNotes(nb)
	nb.search(e.differs, looked, used, func(key string, reasons []uint64) {
		if len(reasons) == 0 {
			dirty[key] = append(dirty[key], "a looked-up group")
		}
		slices.Sort(reasons)
		for _, id := range reasons[:min(4, len(reasons))] {
			q, _ := decodeQuestion(e.differs[id].encoded)
			dirty[key] = append(dirty[key], e.describe(q))
		}
	})
	return dirty
}

// runTask runs one function and keeps the aspects that it gives.
func (e *Engine) runTask(n uint8, key string, reasons []string) (outcome, error) {
	s := &e.strata[n]
	a := &Asker{engine: e, stratum: n, key: key}
	result, err := e.call(s, a, key)
	if err != nil {
		return outcome{}, err
	}
	var was meta
	known := false
	if !e.nothingAsked() { // else nothing has run before
		was, known = e.meta(n, key)
	}
	m := meta{Reasons: reasons, HasFile: result.File != nil}
	o := outcome{key: key, note: a.noted(), messages: result.Messages, added: !known}
	if err := e.keepAspects(n, key, result.Aspects, &was, &m, &o); err != nil {
		return o, err
	}
	e.diffRows(s, n, key, result.Rows, &was, &m, &o)
	if m.HasFile {
		m.File = xxhash.Sum64(result.File)
		if s.Write != nil && (!was.HasFile || was.File != m.File || slices.Contains(reasons, "forced")) {
			if err := s.Write(key, result.File, m.File, was.File); err != nil {
				return o, err
			}
			o.written = true
		}
	} else if was.HasFile && s.Drop != nil {
		o.dropped = true
		if err := s.Drop(key); err != nil {
			return o, err
		}
	}
	return o, e.putMeta(n, key, &m)
}

func (e *Engine) call(s *Stratum, a *Asker, key string) (result Result, err error) {
	if e.options.Panicked != nil {
		defer func() {
			switch r := recover().(type) {
			case nil:
			case damage:
				panic(r)
			default:
				result, err = e.options.Panicked(s.Name, key, r), nil
			}
		}()
	}
	return s.Run(a, key)
}

func (e *Engine) keepAspects(n uint8, key string, parts []Part, was, m *meta, o *outcome) error {
	for _, part := range parts {
		data, err := e.encode(part.Value)
		if err != nil {
			return fmt.Errorf("aspect %s: %w", part.Name, err)
		}
		v := newValue(data, part.Value)
		m.Aspects = append(m.Aspects, aspectHash{Name: part.Name, Hash: v.hash})
		if was.hash(part.Name) != v.hash {
			o.touched = true
			e.values.put(valueKey{n, key, part.Name}, v)
		}
	}
	slices.SortFunc(m.Aspects, func(a, b aspectHash) int { return strings.Compare(a.Name, b.Name) })
	for _, a := range was.Aspects {
		if m.hash(a.Name) == 0 {
			o.touched = true
			e.values.put(valueKey{n, key, a.Name}, nil)
		}
	}
	return nil
}

func (m *meta) hash(aspect string) uint64 {
	for _, a := range m.Aspects {
		if a.Name == aspect {
			return a.Hash
		}
	}
	return 0
}

// diffRows notes which rows appear and disappear.
func (e *Engine) diffRows(s *Stratum, n uint8, key string, rows []Row, was, m *meta, o *outcome) {
	owner := ownerOf(n, key)
	old := make(map[given]struct{}, len(was.Rows))
	for _, g := range was.Rows {
		old[g] = struct{}{}
	}
	m.Rows = make([]given, 0, len(rows))
	for _, r := range rows {
		if !slices.Contains(s.Feeds, r.Index) {
			panic(fmt.Sprintf("incremental: stratum %s gives a row of %s, which it does not feed", s.Name, r.Index))
		}
		g := given{Index: e.indexNumber(r.Index), Group: r.Group, Sort: r.Sort, Key: r.Key, Payload: xxhash.Sum64(r.Payload)}
		m.Rows = append(m.Rows, g)
		if _, same := old[g]; same {
			delete(old, g)
			continue
		}
		o.changes = append(o.changes, change{place{g.Index, g.Group}, newEntry(r.Sort, r.Key, string(r.Payload), owner), false})
	}
	for g := range old {
		o.changes = append(o.changes, change{place{g.Index, g.Group}, newEntry(g.Sort, g.Key, "", owner), true})
	}
}

func ownerOf(n uint8, key string) uint64 { return touchOf('o', n, key) }

// vanish takes back all that tasks gave whose groups are empty now.
func (e *Engine) vanish(n uint8, keys []string) ([]outcome, error) {
	s := &e.strata[n]
	var out []outcome
	for _, key := range keys {
		was, ok := e.meta(n, key)
		if !ok {
			continue
		}
		o := outcome{key: key, note: note{key: key, gone: true}, touched: len(was.Aspects) > 0}
		for _, a := range was.Aspects {
			e.values.put(valueKey{n, key, a.Name}, nil)
		}
		e.diffRows(s, n, key, nil, &was, &meta{}, &o)
		if was.HasFile && s.Drop != nil {
			o.dropped = true
			if err := s.Drop(key); err != nil {
				return nil, err
			}
		}
		e.values.put(valueKey{n, key, ""}, nil)
		out = append(out, o)
	}
	return out, nil
}

// apply keeps the outcomes of a stratum and returns the changes of rows, which
// are for those after it, behind earlier ones.
func (e *Engine) apply(n uint8, outcomes []outcome, changes []change, used map[uint64]struct{}, stats *Stats) []change {
	s := &e.strata[n]
	for i := range outcomes {
		o := &outcomes[i]
		changes = append(changes, o.changes...)
		if o.touched {
			e.touched = append(e.touched, touch{hash: touchOf('v', n, o.key)})
		}
		e.notebooks[n].set(o.note)
		for _, q := range o.note.questions {
			if _, ok := e.differs[q]; ok {
				used[q] = struct{}{}
			}
		}
		e.setMessages(Task{s.Name, o.key}, o.messages)
		if o.written {
			stats.Written = append(stats.Written, o.key)
		}
		if o.added && !o.note.gone {
			stats.Added[s.Name]++
		}
		stats.dropped = stats.dropped || o.dropped
	}
	return changes
}

func (e *Engine) meta(n uint8, key string) (meta, bool) {
	v, ok := e.value(valueKey{n, key, ""})
	if !ok {
		return meta{}, false
	}
	return decoded[meta](e, v), true
}

func (e *Engine) putMeta(n uint8, key string, m *meta) error {
	data, err := e.encode(m)
	if err != nil {
		return err
	}
	e.values.put(valueKey{n, key, ""}, newValue(data, nil))
	return nil
}

func sortChanges(changes []change) { slices.SortFunc(changes, compareChanges) }

func compareTasks(a, b Task) int {
	return cmp.Or(strings.Compare(a.Stratum, b.Stratum), strings.Compare(a.Key, b.Key))
}

// Draw runs one function without keeping anything: for showing a page before it
// is built. Several may run at once; none while Run does.
func (e *Engine) Draw(stratum, key string) (result Result, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	defer RecoverDamage(&err)
	n := e.stratumNumber(stratum)
	if len(e.group(place{e.over[n], key})) == 0 {
		return Result{}, ErrNoKey
	}
	return e.call(&e.strata[n], &Asker{engine: e, stratum: n, key: key, silent: true}, key)
}

// ErrNoKey means that Draw was asked for a key that does not exist.
var ErrNoKey = errors.New("no such key")

// An Explanation says what a task asked when it ran last and what made it run.
type Explanation struct{ Reasons, Questions []string }

// Explain tells why a task ran last and what it asked, in words; ok is false
// where there is no such task.
func (e *Engine) Explain(stratum, key string) (x Explanation, ok bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	n := e.stratumNumber(stratum)
	m, ok := e.meta(n, key)
	if !ok {
		return x, false, nil
	}
	x.Reasons = m.Reasons
	e.loadNotes(e.notebooks[n])
	wanted := map[uint64]struct{}{}
	for _, id := range e.notebooks[n].questionsOf(key) {
		wanted[id] = struct{}{}
	}
	words := map[string]struct{}{}
	for a := range e.allQuestions() {
		if _, ok := wanted[a.id]; ok {
			if q, ok := decodeQuestion(a.encoded); ok {
				words[e.describe(q)] = struct{}{}
			}
		}
	}
	x.Questions = slices.Sorted(maps.Keys(words))
	return x, true, nil
}
