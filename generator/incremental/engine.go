package incremental

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/fxamacker/cbor/v2"
)

// Options say what an Engine is to be. Strata is needed; all else may be zero.
type Options struct {
	// Dir is the folder of the store; empty for an engine that keeps nothing.
	Dir string
	// Version names the program and the formats of what the functions give. A
	// store of another version is dropped.
	Version string
	Strata  []Stratum
	// Inputs lists the indexes that no stratum feeds: SetInput does.
	Inputs []Index
	// Workers is how many functions run at once; 0 for one a processor.
	Workers int
	// Notice is told, in one line, of what happened to the store.
	Notice func(string)
	// Progress is told how far a stratum has come; from several goroutines.
	Progress func(stratum string, done, total int)
	// Panicked turns a panic of a function into a result, so that one key does
	// not take the others down; nil lets it through.
	Panicked func(stratum, key string, reason any) Result
	// Clock, if set, is what runs are measured with.
	Clock func() time.Time
}

// Reasons why an Engine could not be opened or run.
var (
	// ErrLocked means that another process holds the store.
	ErrLocked = errors.New("the store is held by another process")
	// ErrDamaged means that the store cannot be read. Close the engine, remove
	// the folder, open it again.
	ErrDamaged = errors.New("the store is damaged")
	// ErrChanged means that something that is not stored could not be made again
	// as it was: what it is made from changed since the inputs were set. Close the
	// engine without Commit, open it again and set the inputs anew.
	ErrChanged = errors.New("what is built changed meanwhile")
)

// damage is panicked with where the store turns out unreadable, and outdated
// where something cannot be made again; both are recovered where the engine was
// called.
type (
	damage   struct{ error }
	outdated struct{ error }
)

// An Engine keeps values, rows and questions. One goroutine at a time may change
// it; Draw may be called by several meanwhile and waits.
type Engine struct {
	options Options
	strata  []Stratum
	over    []uint8
	indexes []Index
	// lastFeeder is, for each index, the last stratum that gives rows of it; -1
	// for inputs.
	lastFeeder []int
	// lastAsker is, for each index, the last stratum that stands over it or says
	// that it asks for it.
	lastAsker []int

	codec   cbor.EncMode
	decoder cbor.DecMode
	store   *store
	fresh   bool // the engine began empty
	runs    int
	clock   int64
	large   int // largeCommit; tests make it small
	room    int // groupBytes; likewise

	done    atomic.Int64 // functions of the stratum that have run
	mu      sync.RWMutex
	tasks   *tasks
	aspects byteCache // of tasks that are no longer in memory
	spared  spared
	groups  groups
	names   []names
	workers []*worker
	// batches are those that the store does not have.
	batches []*askBatch
	flush   *flush // that is under way

	changedValues []changedValue
	settledClock  int64                 // up to which questions about time were asked again
	woken         []map[string][]string // by stratum: keys that have to run, and why
	forced        []map[string]struct{}
	messages      map[Task][]byte
	newMessages   map[Task]struct{}
	blobs         map[string][]byte
	header        header
	times         times
}

// Open opens the engine with its store; where the store is of another version,
// half-written or cannot be opened, it is dropped and the engine begins empty.
// The error is ErrLocked, or a fault of the machine.
func Open(o Options) (*Engine, error) {
	e := newEngine(o)
	if o.Dir == "" {
		e.begin()
		e.header.Store = "memory"
		return e, nil
	}
	s, h, err := openStore(o.Dir, e.layout(), e.notice)
	if err != nil {
		return nil, err
	}
	e.store, e.header, e.fresh, e.clock, e.settledClock = s, h, h.Generation == 0, h.Clock, h.Clock
	e.spared.dir = o.Dir
	if e.fresh {
		e.begin()
	}
	for i := range min(len(h.Names), len(e.names)) {
		e.names[i].starting(h.Names[i])
	}
	return e, nil
}

// begin is for an engine that begins empty.
func (e *Engine) begin() {
	e.fresh = true
	for i := range e.groups.whole {
		e.groups.whole[i] = true
	}
}

func newEngine(o Options) *Engine {
	e := &Engine{options: o, strata: o.Strata, blobs: map[string][]byte{}, newMessages: map[Task]struct{}{}, large: largeCommit, room: groupBytes, times: times{clock: o.Clock}}
	if len(o.Strata) > maxStrata {
		panic(fmt.Sprintf("incremental: more than %d strata", maxStrata))
	}
	e.codec, e.decoder = codec()
	for _, ix := range o.Inputs {
		e.addIndex(ix, -1)
	}
	for i, s := range o.Strata {
		for _, ix := range s.Feeds {
			e.addIndex(ix, i)
		}
		e.forced = append(e.forced, map[string]struct{}{})
	}
	for i, s := range o.Strata {
		e.over = append(e.over, e.indexNumber(s.Over))
		if e.lastFeeder[e.over[i]] >= i {
			panic(fmt.Sprintf("incremental: stratum %s stands over %s, which is not complete before it", s.Name, s.Over))
		}
		for _, ix := range append(slices.Clip(s.Asks), s.Over) {
			e.lastAsker[e.indexNumber(ix)] = i
		}
	}
	e.groups = newGroups(len(e.indexes))
	e.tasks = newTasks(len(e.strata))
	e.aspects.limit = aspectBytes
	e.names = make([]names, len(e.strata))
	e.woken = emptyMaps[[]string](len(e.strata))
	if e.options.Workers <= 0 {
		e.options.Workers = runtime.GOMAXPROCS(0)
	}
	for range min(e.options.Workers, maxWorkers) {
		e.workers = append(e.workers, &worker{asked: &askLog{}, records: pen{vault: &e.tasks.records}, extras: pen{vault: &e.tasks.extras}})
	}
	return e
}

func (e *Engine) addIndex(ix Index, feeder int) {
	n := slices.Index(e.indexes, ix)
	if n < 0 {
		n = len(e.indexes)
		e.indexes = append(e.indexes, ix)
		e.lastFeeder = append(e.lastFeeder, feeder)
		e.lastAsker = append(e.lastAsker, -1)
	}
	e.lastFeeder[n] = max(e.lastFeeder[n], feeder)
}

func (e *Engine) indexNumber(ix Index) uint8 {
	n := slices.Index(e.indexes, ix) // of a few dozen, most of which differ in length: quicker than a map
	if n < 0 {
		panic(fmt.Sprintf("incremental: index %q is neither an input nor fed by a stratum", ix))
	}
	return uint8(n)
}

func (e *Engine) stratumNumber(name string) uint8 {
	for i := range e.strata {
		if e.strata[i].Name == name {
			return uint8(i)
		}
	}
	panic(fmt.Sprintf("incremental: no stratum %q", name))
}

// layout names everything on which the meaning of stored bytes depends.
func (e *Engine) layout() string {
	h := xxhash.New()
	fmt.Fprintf(h, "format 3 %s %q", e.options.Version, e.indexes)
	for _, s := range e.strata {
		fmt.Fprintf(h, "|%s over %s feeds %q", s.Name, s.Over, s.Feeds)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

func (e *Engine) notice(format string, args ...any) {
	if e.options.Notice != nil {
		e.options.Notice(fmt.Sprintf(format, args...))
	}
}

// Identity names the store and how many times it was committed. Both are for
// recognising a store again and are different for every store.
func (e *Engine) Identity() (id string, generation uint64) {
	return e.header.Store, e.header.Generation
}

// Blob returns what PutBlob kept under the name, nil if nothing.
func (e *Engine) Blob(name string) (data []byte) {
	if b, ok := e.blobs[name]; ok {
		return b
	}
	if e.flush != nil {
		if b, ok := e.flush.blobs[name]; ok {
			return b
		}
	}
	return e.store.get(blobStoreKey(name))
}

// PutBlob keeps bytes for the caller; they are committed with everything else.
func (e *Engine) PutBlob(name string, data []byte) { e.blobs[name] = data }

// SetClock sets what Passed compares with, in seconds since 1970. Questions
// about the instants between the last clock and this one are asked again.
func (e *Engine) SetClock(unix int64) { e.clock = unix }

// SetInput sets the only row of a group of an input index, or takes it away
// when payload is nil. An equal row changes nothing.
func (e *Engine) SetInput(ix Index, name string, payload []byte) {
	p := place{e.indexNumber(ix), name}
	was := e.group(p)
	switch {
	case payload == nil:
		if was != nil {
			e.setGroup(p, nil, "")
		}
	case was.len() == 1 && was.at(0).payload == string(payload):
	default:
		e.setGroup(p, (*group)(nil).with([]change{{entry: entry{payload: string(payload), owner: byInput}}}), "")
	}
}

// Force makes the function of a key run and its file be written in the next
// Run, whatever was noted.
func (e *Engine) Force(stratum, key string) { e.forced[e.stratumNumber(stratum)][key] = struct{}{} }

// Files gives the keys of a stratum that have a file, with the hash (XXH64) of
// its bytes, in no particular order.
func (e *Engine) Files(stratum string) iter.Seq2[string, uint64] {
	return func(yield func(string, uint64) bool) {
		for key, t := range e.eachTask(e.stratumNumber(stratum)) {
			if t.hasFile && !yield(key, t.file) {
				return
			}
		}
	}
}

// Messages gives what functions had to tell, by task, in order.
func (e *Engine) Messages() iter.Seq2[Task, []byte] {
	e.loadMessages()
	return func(yield func(Task, []byte) bool) {
		for _, t := range slices.SortedFunc(maps.Keys(e.messages), compareTasks) {
			if !yield(t, e.messages[t]) {
				return
			}
		}
	}
}

func (e *Engine) loadMessages() {
	if e.messages != nil {
		return
	}
	e.messages = map[Task][]byte{}
	for i, s := range e.strata {
		for key, data := range e.store.messages(uint8(i)) {
			e.messages[Task{s.Name, key}] = data
		}
	}
}

func (e *Engine) setMessages(t Task, data []byte) {
	e.loadMessages()
	if string(e.messages[t]) == string(data) {
		return
	}
	e.newMessages[t] = struct{}{}
	if len(data) == 0 {
		delete(e.messages, t)
	} else {
		e.messages[t] = data
	}
}

// Exists tells whether a group of an index holds a row.
func (e *Engine) Exists(ix Index, group string) bool {
	return e.group(place{e.indexNumber(ix), group}) != nil
}

// Current returns the aspect as the last Run left it.
func Current[T any](e *Engine, aspect Aspect[T], key string) (t T, ok bool) {
	n := e.stratumNumber(aspect.Stratum)
	return valueOf(e, n, touchOf('v', n, key), key, aspect)
}
