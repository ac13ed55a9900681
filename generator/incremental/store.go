package incremental

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
	"github.com/fxamacker/cbor/v2"
)

// The store is a Pebble database. Its keys begin with a letter:
//
//	h                                        header (CBOR)
//	b name                                   blob of the caller
//	m stratum key                            meta of a task (CBOR)
//	v stratum key 00 aspect                  encoded aspect
//	d stratum key                            messages
//	r index GROUP SORT KEY owner(8)          payload of a row
//	q touch(8) BOUND id(8)                   answer(8) question; BOUND is 02, or 01 and the bound escaped
//	n stratum bucket(4)                      bucket of notes
//
// Stratum and index are one byte. GROUP, SORT and KEY are escaped so that bytes
// compare as the parts do: 00 becomes 00 FF, and 00 01 ends a part. A small
// commit is one synced batch. A large one goes past the log, in tables that are
// ingested; as long as it is not complete the header says so, and a store with
// such a header is dropped.
type store struct {
	db *pebble.DB
	// damaged is set when the database finds damage while it tidies up on its
	// own, where no reader of ours would be told.
	damaged atomic.Bool
	dir     string
	options *pebble.Options
}

// header is the first thing in a store.
type header struct {
	Layout     string
	Store      string // a random name
	Generation uint64 // how many times it was committed; 0: empty
	Clock      int64
	Writing    bool // a large commit was begun and not ended
}

// largeCommit is the number of pending bytes above which a commit is ingested.
const largeCommit = 32 << 20

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
	s = &store{dir: dir}
	// Compactions wait longer than they would by default: a clean build would
	// write most of what it writes three times.
	o := &pebble.Options{Logger: silent{}, L0CompactionThreshold: 24, L0CompactionFileThreshold: 400, L0StopWritesThreshold: 1000, MemTableStopWritesThreshold: 6, EventListener: &pebble.EventListener{DataCorruption: func(pebble.DataCorruptionInfo) { s.damaged.Store(true) }}, MemTableSize: 32 << 20, FormatMajorVersion: pebble.FormatNewest}
	o.EnsureDefaults()
	s.options = o
	db, err := pebble.Open(dir, o)
	if err != nil {
		return nil, err
	}
	s.db = db
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

// scan walks over the keys that begin with prefix; both slices are valid until
// the next step.
func (s *store) scan(prefix []byte) iter.Seq2[[]byte, []byte] { return s.scanFrom(prefix, prefix) }

// scanFrom is scan from a key on.
func (s *store) scanFrom(prefix, from []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		if s == nil {
			return
		}
		it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: from, UpperBound: after(prefix)})
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

func (s *store) rows(p place) []entry {
	var out []entry
	for key, value := range s.scan(appendPart([]byte{'r', p.index}, p.group)) {
		sort, key, ok := cutPart(key)
		name := ""
		if ok {
			name, key, ok = cutPart(key)
		}
		if !ok || len(key) != 8 {
			panic(damage{errRow})
		}
		out = append(out, newEntry(sort, name, string(value), binary.BigEndian.Uint64(key)))
	}
	return out
}

var errRow = errors.New("a row cannot be read")

// questions walks over the questions about a touch whose bound is not before
// sort, and those without one.
func (s *store) questions(touch uint64, sort string) iter.Seq[asked] {
	return func(yield func(asked) bool) {
		prefix := binary.BigEndian.AppendUint64([]byte{'q'}, touch)
		from := prefix
		if sort != "" {
			from = appendPart(append(bytes.Clone(prefix), 1), sort)
		}
		for key, value := range s.scanFrom(prefix, from) {
			if a, ok := readQuestion(key, value); ok && !yield(a) {
				return
			}
		}
	}
}

// readQuestion reads a question from what follows the touch in its key, and
// from its value.
func readQuestion(key, value []byte) (a asked, ok bool) {
	if len(key) < 9 || len(value) < 8 {
		return a, false
	}
	if key[0] == 1 {
		if a.bound, key, ok = cutPart(key[1:]); !ok {
			return a, false
		}
	} else {
		key = key[1:]
	}
	if len(key) != 8 {
		return a, false
	}
	a.id, a.answer, a.encoded = binary.BigEndian.Uint64(key), binary.LittleEndian.Uint64(value), bytes.Clone(value[8:])
	return a, true
}

func (s *store) keys(stratum uint8) iter.Seq2[string, struct{}] {
	return func(yield func(string, struct{}) bool) {
		for key := range s.scan([]byte{'m', stratum}) {
			if !yield(string(key), struct{}{}) {
				return
			}
		}
	}
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

func (s *store) buckets(stratum uint8) [][]byte {
	var out [][]byte
	for _, value := range s.scan([]byte{'n', stratum}) {
		out = append(out, bytes.Clone(value))
	}
	if n := len(out); n&(n-1) != 0 {
		panic(damage{errNotes})
	}
	return out
}

func valueStoreKey(k valueKey) []byte {
	if k.aspect == "" {
		return append([]byte{'m', k.stratum}, k.key...)
	}
	b := append([]byte{'v', k.stratum}, k.key...)
	return append(append(b, 0), k.aspect...)
}

func blobStoreKey(name string) []byte { return append([]byte{'b'}, name...) }

func rowStoreKey(c change) []byte {
	b := appendPart([]byte{'r', c.index}, c.group)
	b = appendPart(appendPart(b, c.sort), c.key)
	return binary.BigEndian.AppendUint64(b, c.owner)
}

func questionStoreKey(touch uint64, bound string, id uint64) []byte {
	b := binary.BigEndian.AppendUint64([]byte{'q'}, touch)
	if bound == "" {
		b = append(b, 2)
	} else {
		b = appendPart(append(b, 1), bound)
	}
	return binary.BigEndian.AppendUint64(b, id)
}

func appendPart(b []byte, s string) []byte {
	for i := range len(s) {
		b = append(b, s[i])
		if s[i] == 0 {
			b = append(b, 0xff)
		}
	}
	return append(b, 0, 1)
}

// cutPart is the inverse of appendPart and returns what follows.
func cutPart(b []byte) (s string, rest []byte, ok bool) {
	var out []byte
	for i := 0; i+1 < len(b); i++ {
		switch {
		case b[i] != 0:
			out = append(out, b[i])
		case b[i+1] == 1:
			return string(out), b[i+2:], true
		default:
			out = append(out, 0)
			i++
		}
	}
	return "", nil, false
}

// allQuestions walks over every question that is recorded.
func (e *Engine) allQuestions() iter.Seq[asked] {
	return func(yield func(asked) bool) {
		for i := range e.questions.shards {
			for _, list := range e.questions.shards[i].pending {
				for _, a := range list {
					if !yield(a) {
						return
					}
				}
			}
		}
		for key, value := range e.store.scan([]byte{'q'}) {
			if len(key) < 8 {
				continue
			}
			if a, ok := readQuestion(key[8:], value); ok && !yield(a) {
				return
			}
		}
	}
}

// relieve writes what is pending when it has grown large, so that a build of
// any size takes bounded memory. From then on until Commit the store says that
// it is being written.
func (e *Engine) relieve() error {
	if e.store == nil || e.pendingBytes() < e.large {
		return nil
	}
	return e.flush(false)
}

// pendingBytes is about how much there is to write.
func (e *Engine) pendingBytes() int {
	size := len(e.pendingRows)*100 + int(e.questions.size.Load())
	for _, v := range e.values.pending {
		if v != nil {
			size += len(v.data) + 100
		}
	}
	return size
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
	if e.header.Writing || e.pendingBytes() > e.large {
		if err := e.flush(true); err != nil {
			return err
		}
		e.header.Writing = false
		return e.putHeader(e.store.db)
	}
	b := e.store.db.NewBatch()
	defer b.Close()
	for _, p := range e.pendingPairs(true) {
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
	if err := b.Commit(pebble.Sync); err != nil {
		return err
	}
	e.written()
	return nil
}

func (e *Engine) nothingPending() bool {
	for i := range e.questions.shards {
		if s := &e.questions.shards[i]; len(s.pending)+len(s.gone) > 0 {
			return false
		}
	}
	return len(e.values.pending)+len(e.pendingRows)+len(e.blobs)+len(e.newMessages) == 0
}

// Previous returns the aspect as the store has it: as it was before what is not
// yet committed.
func Previous[T any](e *Engine, aspect Aspect[T], key string) (t T, ok bool) {
	data := e.store.get(valueStoreKey(valueKey{e.stratumNumber(aspect.Stratum), key, aspect.Name}))
	if data == nil {
		return t, false
	}
	return decoded[T](e, newValue(data, nil)), true
}

// flush writes what is pending past the log, under a header that says so. Notes,
// which are small and lie in buckets, are left for the end of a build.
func (e *Engine) flush(notes bool) error {
	if !e.header.Writing {
		e.header.Writing = true
		if err := e.putHeader(e.store.db); err != nil {
			return err
		}
	}
	if err := e.store.ingest(e.pendingPairs(notes)); err != nil {
		return err
	}
	e.written()
	return nil
}

type writer interface {
	Set(key, value []byte, o *pebble.WriteOptions) error
}

func (e *Engine) putHeader(w writer) error {
	data, err := e.encode(&e.header)
	if err != nil {
		return err
	}
	return w.Set([]byte("h"), data, pebble.Sync)
}

// pendingPairs returns what is to be written, by key; of what was first taken
// and then given again under one key, the last.
func (e *Engine) pendingPairs(notes bool) []pair {
	pairs := make([]pair, 0, len(e.values.pending)+len(e.pendingRows)+int(e.questions.size.Load()/150))
	for k, v := range e.values.pending {
		p := pair{key: valueStoreKey(k)}
		if v != nil {
			p.value, p.set = v.data, true
		}
		pairs = append(pairs, p)
	}
	for _, c := range e.pendingRows {
		pairs = append(pairs, pair{rowStoreKey(c), []byte(c.payload), !c.gone})
	}
	for name, data := range e.blobs {
		pairs = append(pairs, pair{blobStoreKey(name), data, true})
	}
	for t := range e.newMessages {
		data := e.messages[t]
		pairs = append(pairs, pair{append([]byte{'d', e.stratumNumber(t.Stratum)}, t.Key...), data, len(data) > 0})
	}
	pairs = e.questionPairs(pairs)
	if notes {
		pairs = e.notePairs(pairs)
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return bytes.Compare(a.key, b.key) })
	out := pairs[:0]
	for i, p := range pairs {
		if i+1 == len(pairs) || !bytes.Equal(p.key, pairs[i+1].key) {
			out = append(out, p)
		}
	}
	return out
}

type pair struct {
	key, value []byte
	set        bool
}

func (e *Engine) questionPairs(pairs []pair) []pair {
	for i := range e.questions.shards {
		s := &e.questions.shards[i]
		for touch, ids := range s.gone {
			for id, bound := range ids {
				pairs = append(pairs, pair{key: questionStoreKey(touch, bound, id)})
			}
		}
		for touch, list := range s.pending {
			for _, a := range list {
				value := append(binary.LittleEndian.AppendUint64(nil, a.answer), a.encoded...)
				pairs = append(pairs, pair{questionStoreKey(touch, a.bound, a.id), value, true})
			}
		}
	}
	return pairs
}

func (e *Engine) notePairs(pairs []pair) []pair {
	for _, nb := range e.notebooks {
		if len(nb.pending) == 0 {
			continue
		}
		e.loadNotes(nb)
		changed, all := nb.merge()
		if all {
			changed = indexes(len(nb.buckets))
		}
		for _, i := range changed {
			key := binary.BigEndian.AppendUint32([]byte{'n', nb.stratum}, uint32(i))
			pairs = append(pairs, pair{key, nb.buckets[i], true})
		}
	}
	return pairs
}

// written forgets what is pending, which the store now holds.
func (e *Engine) written() {
	e.stored = true
	e.values.stored()
	e.questions.size.Store(0)
	e.pendingRows, e.blobs, e.newMessages = nil, map[string][]byte{}, map[Task]struct{}{}
	for i := range e.questions.shards {
		s := &e.questions.shards[i]
		if s.pending != nil {
			s.pending = map[uint64][]asked{}
		}
		s.gone = nil
	}
}

// Close lets the store go. What was not committed is lost.
func (e *Engine) Close() error {
	if e.store == nil {
		return nil
	}
	err := e.store.db.Close()
	if e.store.damaged.Load() {
		return errors.Join(ErrDamaged, err)
	}
	return err
}
