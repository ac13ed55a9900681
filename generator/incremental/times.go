package incremental

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// A Timing is where the time of one stratum went in a Run. Times of functions
// are by the clock on the wall: what ran beside them, the collector of garbage
// included, is in them, and their sum over several workers may be more than the
// stratum took.
type Timing struct {
	Stratum string
	Wall    time.Duration // from asking again before its first function to applying its rows
	Kinds   []KindTime    // by Result.Kind, sorted
	Slowest []TaskTime    // the slowest functions, slowest first
}

// A KindTime is what the functions took whose results are of one kind.
type KindTime struct {
	Kind string
	Ran  int
	Time time.Duration
}

// A TaskTime is what one function took, Write included.
type TaskTime struct {
	Key, Kind string
	Time      time.Duration
}

// Workers gives how many functions run at once.
func (e *Engine) Workers() int { return len(e.workers) }

// Clock gives the time for which the engine was committed last, in seconds since
// 1970.
func (e *Engine) Clock() int64 { return e.header.Clock }

// slowestKept is how many of the slowest functions of a stratum are kept.
const slowestKept = 10

// times measures a Run, if there is a clock.
type times struct {
	clock func() time.Time // nil: nothing is measured

	mu     sync.Mutex
	began  time.Time
	list   []Timing
	saving time.Duration
}

// begin ends what was measured and begins a stratum; "" begins none.
func (t *times) begin(stratum string) {
	if t.clock == nil {
		return
	}
	now := t.clock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.list); n > 0 && !t.began.IsZero() {
		last := &t.list[n-1]
		last.Wall = now.Sub(t.began)
		slices.SortFunc(last.Kinds, func(a, b KindTime) int { return cmp.Compare(a.Kind, b.Kind) })
	}
	t.began = time.Time{}
	if stratum != "" {
		t.began, t.list = now, append(t.list, Timing{Stratum: stratum})
	}
}

// taken gives what was measured and forgets it.
func (t *times) taken() ([]Timing, time.Duration) {
	t.begin("")
	list, saving := t.list, t.saving
	t.list, t.saving = nil, 0
	return list, saving
}

// save measures until what it returns is called: for what is written to the
// store within a stratum.
func (t *times) save() (done func()) {
	if t.clock == nil {
		return func() {}
	}
	start := t.clock()
	return func() { t.saving += t.clock().Sub(start) }
}

// laps measures the functions that one worker runs one after another, with one
// look at the clock each.
type laps struct {
	times *times
	last  time.Time
	tasks []TaskTime // not yet added to the stratum's
}

func (t *times) laps() *laps {
	l := &laps{times: t}
	if t.clock != nil {
		l.last, l.tasks = t.clock(), make([]TaskTime, 0, 64)
	}
	return l
}

// lap notes that a function has ended.
func (l *laps) lap(key, kind string) {
	if l.times.clock == nil {
		return
	}
	now := l.times.clock()
	l.tasks = append(l.tasks, TaskTime{key, kind, now.Sub(l.last)})
	l.last = now
	if len(l.tasks) == cap(l.tasks) {
		l.end()
	}
}

// end adds what was measured to the stratum's.
func (l *laps) end() {
	if len(l.tasks) == 0 {
		return
	}
	l.times.mu.Lock()
	defer l.times.mu.Unlock()
	t := &l.times.list[len(l.times.list)-1]
	for _, task := range l.tasks {
		t.add(task)
	}
	l.tasks = l.tasks[:0]
}

func (t *Timing) add(task TaskTime) {
	i := slices.IndexFunc(t.Kinds, func(k KindTime) bool { return k.Kind == task.Kind })
	if i < 0 {
		i = len(t.Kinds)
		t.Kinds = append(t.Kinds, KindTime{Kind: task.Kind})
	}
	t.Kinds[i].Ran++
	t.Kinds[i].Time += task.Time
	if n := len(t.Slowest); n == slowestKept {
		if task.Time <= t.Slowest[n-1].Time {
			return
		}
		t.Slowest = t.Slowest[:n-1]
	}
	at, _ := slices.BinarySearchFunc(t.Slowest, task, func(a, b TaskTime) int { return cmp.Compare(b.Time, a.Time) })
	t.Slowest = slices.Insert(t.Slowest, at, task)
}
