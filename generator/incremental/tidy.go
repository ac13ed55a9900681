package incremental

import (
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// tidyAfter is how long a store is open before it tidies up on its own: a build
// after a small edit is over by then, and would wait for what it began.
const tidyAfter = 2 * time.Second

// tidyTables is how many tables may lie over each other before even such a build
// has to wait. Each build adds one; the database stands still at a thousand.
const tidyTables = 200

// A tidier says when the database may merge its tables. It takes the place of
// the scheduler that Pebble has for itself, which begins as soon as a store is
// opened and makes Close wait.
type tidier struct {
	db    pebble.DBForCompaction
	timer *time.Timer

	mu       sync.Mutex
	may      bool
	closed   bool
	running  int
	granting sync.Mutex // held while the database is asked; taken before mu
}

// begin lets the database tidy up from now on.
func (t *tidier) begin() {
	t.mu.Lock()
	t.may = true
	t.mu.Unlock()
	t.grant()
}

// end lets it begin nothing more.
func (t *tidier) end() {
	t.timer.Stop()
	t.mu.Lock()
	t.may = false
	t.mu.Unlock()
}

// opened is called when the database is open.
func (t *tidier) opened(db *pebble.DB) {
	if m := db.Metrics(); m.Levels[0].Sublevels >= tidyTables {
		t.begin()
	}
}

// Register, Unregister, TrySchedule and UpdateGetAllowedWithoutPermission are
// what a [pebble.CompactionScheduler] has.
func (t *tidier) Register(_ int, db pebble.DBForCompaction) {
	t.db = db
	t.timer = time.AfterFunc(tidyAfter, t.begin)
}

func (t *tidier) Unregister() {
	t.timer.Stop()
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.granting.Lock() // until a call to the database has returned
	t.granting.Unlock()
}

func (t *tidier) TrySchedule() (bool, pebble.CompactionGrantHandle) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.free() {
		return false, nil
	}
	t.running++
	return true, t
}

// free tells whether one more may run; t.mu is held.
func (t *tidier) free() bool {
	return t.may && !t.closed && t.running < t.db.GetAllowedWithoutPermission()
}

func (t *tidier) UpdateGetAllowedWithoutPermission() {}

// Started, MeasureCPU, CumulativeStats and Done are what a
// [pebble.CompactionGrantHandle] has.
func (t *tidier) Started()                                          {}
func (t *tidier) MeasureCPU(pebble.CompactionGoroutineKind)         {}
func (t *tidier) CumulativeStats(pebble.CompactionGrantHandleStats) {}

func (t *tidier) Done() {
	t.mu.Lock()
	t.running--
	t.mu.Unlock()
	t.grant()
}

// grant begins what the database waits to do.
func (t *tidier) grant() {
	t.granting.Lock()
	defer t.granting.Unlock()
	for {
		t.mu.Lock()
		free := t.free()
		if free {
			t.running++
		}
		t.mu.Unlock()
		if !free {
			return
		}
		if waiting, _ := t.db.GetWaitingCompaction(); waiting && t.db.Schedule(t) {
			continue
		}
		t.mu.Lock()
		t.running--
		t.mu.Unlock()
		return
	}
}
