package incremental

import (
	"context"
	"encoding/binary"

	"github.com/cockroachdb/pebble/v2"
)

// A Share is how much of the store one kind of what it keeps takes.
type Share struct {
	Kind  string // in words
	Bytes int64  // in tables, compressed; about, where a table holds several kinds
}

// shares names the kinds by the letter that their keys begin with.
var shares = []struct {
	letter byte
	kind   string
}{
	{'m', "values"}, {'w', "what gave which rows"}, {'r', "rows"}, {'q', "questions"}, {'f', "names looked up"},
	{'k', "keys"}, {'d', "messages"}, {'b', "files seen, figures"},
}

// Shares tells how much of the store each kind takes. What was written last may
// still lie in the log only and is not in it.
func (e *Engine) Shares() ([]Share, error) {
	if e.store == nil {
		return nil, nil
	}
	var list []Share
	for _, s := range shares {
		n, err := e.store.db.EstimateDiskUsage([]byte{s.letter}, after([]byte{s.letter}))
		if err != nil {
			return nil, err
		}
		list = append(list, Share{s.kind, int64(n)})
	}
	return list, nil
}

// KeepBlob writes a blob at once, beside what is pending. It does not wait for
// the disk: it is for what may be lost.
func (e *Engine) KeepBlob(name string, data []byte) error {
	if e.store == nil {
		return nil
	}
	return e.store.db.Set(blobStoreKey(name), data, pebble.NoSync)
}

// Compact drops from the store what was asked and is not asked any more, of which
// it gives the number, and has the database write what is left anew. It changes
// no answer. It is for an engine that has not run and has nothing pending.
func (e *Engine) Compact(ctx context.Context) (dropped int, err error) {
	if e.store == nil {
		return 0, nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	e.store.tidier.begin()
	s := sweep{db: e.store.db, tasks: make([]currentTasks, len(e.strata))}
	for i := range e.strata {
		for _, t := range e.eachTask(uint8(i)) {
			s.tasks[i].add(&t)
		}
	}
	for key, list := range e.store.scan([]byte{'q'}) {
		if err := s.list(ctx, key, list); err != nil {
			return s.dropped, err
		}
	}
	if err := s.write(); err != nil {
		return s.dropped, err
	}
	// Up to 'z': every letter that a key may begin with.
	return s.dropped, e.store.db.Compact(ctx, []byte{0}, []byte{'z'}, true)
}

// A sweep takes out of lists who asked in a batch and has run since. Whatever
// part of it reaches the store, the store is whole.
type sweep struct {
	db      *pebble.DB
	tasks   []currentTasks // by stratum
	batch   *pebble.Batch
	refs    []taskRef
	dropped int
}

// sweepBytes is about how much is changed at once.
const sweepBytes = 8 << 20

// list sweeps what was asked about something in one batch; key is what follows
// the letter.
func (s *sweep) list(ctx context.Context, key, list []byte) error {
	if len(key) != 8+4 {
		panic(damage{errAskings})
	}
	batch, before := binary.BigEndian.Uint32(key[8:]), s.dropped
	var kept []byte
	for q, by := range eachAsked(list) {
		s.refs = s.refs[:0]
		for ref := range by.refs() {
			if n := int(ref.stratum()); n < len(s.tasks) && s.tasks[n].asked(ref, batch) {
				s.refs = append(s.refs, ref)
			}
		}
		s.dropped += by.n - len(s.refs)
		if len(s.refs) > 0 {
			kept = appendAskers(kept, q.encode(nil), s.refs)
		}
	}
	if s.dropped == before {
		return nil
	}
	if s.batch == nil {
		s.batch = s.db.NewBatch()
	}
	key = append([]byte{'q'}, key...)
	var err error
	if len(kept) == 0 {
		err = s.batch.Delete(key, nil)
	} else {
		err = s.batch.Set(key, kept, nil)
	}
	if err != nil || s.batch.Len() < sweepBytes {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.write()
}

func (s *sweep) write() error {
	if s.batch == nil {
		return nil
	}
	err := s.batch.Commit(pebble.Sync)
	s.batch = nil
	return err
}
