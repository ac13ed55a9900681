package incremental

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/fxamacker/cbor/v2"
)

// The store is a Pebble database. Its keys begin with a letter:
//
//	h                       header (CBOR)
//	b name                  blob of the caller
//	d stratum key           messages of a task
//	f stratum key           filter of the groups that a task looked up
//	k stratum block(4)      keys of the tasks with the numbers of a block
//	m stratum key           what is kept of a task
//	q touch(8) batch(4)     what was asked about something, in one batch
//	r index GROUP [ROW]     rows of a group, from ROW on, or from the first
//	w stratum key           rows that a task gave, and why it ran
//
// Stratum and index are one byte. GROUP, and the sort and key in ROW, are escaped
// so that bytes compare as the parts do: 00 becomes 00 FF, and 00 01 ends a part.
// A small commit is one synced batch. A large one
// goes past the log, in tables that are ingested; as long as it is not complete
// the header says so, and a store with such a header is dropped.
type store struct {
	db *pebble.DB
	// damaged is set when the database finds damage while it tidies up on its
	// own, where no reader of ours would be told.
	damaged atomic.Bool
	dir     string
	options *pebble.Options
	tidier  *tidier
}

// header is the first thing in a store.
type header struct {
	Layout     string
	Store      string // a random name
	Generation uint64 // how many times it was committed; 0: empty
	Clock      int64
	Writing    bool     // a large commit was begun and not ended
	Batch      uint32   // the number of the next batch of askings
	Names      []uint32 // by stratum: how many numbers were given
}

func openStore(dir, layout string, notice func(string, ...any)) (*store, header, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, header{}, err
	}
	s, err := openPebble(dir)
	if err != nil && isLocked(err) {
		return nil, header{}, fmt.Errorf("%w (%s)", ErrLocked, dir)
	}
	reason := ""
	var h header
	if err != nil {
		reason = "it cannot be opened"
	} else if h, reason = s.readHeader(layout); reason == "" {
		return s, h, nil
	}
	if s != nil {
		s.db.Close() // what it may complain of is about to be deleted
	}
	if reason != "new" {
		notice("the store was dropped because %s; everything is worked out anew", reason)
		if err := empty(dir); err != nil {
			return nil, header{}, err
		}
	}
	if s, err = openPebble(dir); err != nil {
		return nil, header{}, err
	}
	var id [12]byte
	rand.Read(id[:])
	return s, header{Layout: layout, Store: hex.EncodeToString(id[:])}, nil
}

func openPebble(dir string) (s *store, err error) {
	defer func() { // Pebble panics on some kinds of damage
		if r := recover(); r != nil {
			s, err = nil, fmt.Errorf("%v", r)
		}
	}()
	s = &store{dir: dir, tidier: &tidier{}}
	// Compactions wait longer than they would by default: a clean build would
	// write most of what it writes three times. So there are dozens of tables that
	// may hold a key, and filters to tell which do.
	o := &pebble.Options{Logger: silent{}, MemTableSize: 32 << 20, MemTableStopWritesThreshold: 6, FormatMajorVersion: pebble.FormatNewest,
		L0CompactionThreshold: 24, L0CompactionFileThreshold: 400, L0StopWritesThreshold: 1000,
		EventListener: &pebble.EventListener{DataCorruption: func(pebble.DataCorruptionInfo) { s.damaged.Store(true) }}}
	for i := range o.Levels {
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	o.Experimental.CompactionScheduler = s.tidier
	o.EnsureDefaults()
	s.options = o
	db, err := pebble.Open(dir, o)
	if err != nil {
		return nil, err
	}
	s.db = db
	s.tidier.opened(db)
	return s, nil
}

// silent keeps the database from writing to the terminal; what is fatal to it
// is damage to us.
type silent struct{}

func (silent) Infof(string, ...any)  {}
func (silent) Errorf(string, ...any) {}
func (silent) Fatalf(format string, args ...any) {
	panic(damage{fmt.Errorf(format, args...)})
}

func isLocked(err error) bool {
	return strings.Contains(err.Error(), "lock") || strings.Contains(err.Error(), "resource temporarily unavailable")
}

// empty removes what is inside a folder but not the folder.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = cmp.Or(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

// readHeader returns the header and, unless the store can be used, why not.
func (s *store) readHeader(layout string) (h header, reason string) {
	data, err := s.read([]byte("h"))
	switch {
	case err != nil:
		return h, "it is damaged"
	case data == nil:
		return h, "new"
	case cbor.Unmarshal(data, &h) != nil:
		return h, "it is damaged"
	case h.Layout != layout:
		return h, "another version of the program wrote it"
	case h.Writing:
		return h, "writing it was interrupted"
	}
	return h, ""
}

func (s *store) read(key []byte) ([]byte, error) {
	data, closer, err := s.db.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return append([]byte{}, data...), nil
}

// get returns the bytes under a key, nil if there are none.
func (s *store) get(key []byte) []byte {
	if s == nil {
		return nil
	}
	data, err := s.read(key)
	if err != nil {
		panic(damage{err})
	}
	return data
}

// scan walks over the keys that begin with prefix, and gives what follows it;
// both slices are valid until the next step.
func (s *store) scan(prefix []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		if s == nil {
			return
		}
		it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
		if err != nil {
			panic(damage{err})
		}
		defer it.Close()
		for ok := it.First(); ok; ok = it.Next() {
			value, err := it.ValueAndErr()
			if err != nil {
				panic(damage{err})
			}
			if !yield(it.Key()[len(prefix):], value) {
				return
			}
		}
		if err := it.Error(); err != nil {
			panic(damage{err})
		}
	}
}

// after returns the first key that does not begin with prefix.
func after(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

func (s *store) group(p place) *group {
	var data []byte
	for _, rows := range s.scan(appendPart([]byte{'r', p.index}, p.group)) {
		data = append(data, rows...)
	}
	g, err := parseGroup(data)
	if err != nil {
		panic(damage{err})
	}
	return g
}

func (s *store) messages(stratum uint8) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for key, value := range s.scan([]byte{'d', stratum}) {
			if !yield(string(key), bytes.Clone(value)) {
				return
			}
		}
	}
}

func taskKey(n uint8, key string) []byte { return append([]byte{'m', n}, key...) }

func givenKey(n uint8, key string) []byte { return append([]byte{'w', n}, key...) }

func blobStoreKey(name string) []byte { return append([]byte{'b'}, name...) }

func appendPart(b []byte, s string) []byte {
	for i := range len(s) {
		b = append(b, s[i])
		if s[i] == 0 {
			b = append(b, 0xff)
		}
	}
	return append(b, 0, 1)
}

// Close lets the store go. What was not committed is lost.
func (e *Engine) Close() error {
	e.spared.clear()
	if e.store == nil {
		return nil
	}
	e.store.tidier.end()
	err := e.flush.wait()
	err = errors.Join(err, e.store.db.Close())
	if e.store.damaged.Load() {
		return errors.Join(ErrDamaged, err)
	}
	return err
}
