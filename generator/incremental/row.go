package incremental

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// An Index names a set of sorted rows.
type Index string

// A Row says that a key stands in a group of an index, at the place that Sort
// gives it (compared as bytes). Payload is a small fact that those who read the
// row need, so that they need not ask for the value behind it; who is given a row
// must not change it.
type Row struct {
	Index   Index  `cbor:"-"`
	Group   string `cbor:"-"`
	Sort    string
	Key     string
	Payload []byte
}

// A Range selects rows of a group by their Sort: From inclusive, To exclusive,
// each unbounded when empty; at most Limit rows when it is positive; from the
// last backwards when Reverse.
type Range struct {
	From, To string
	Limit    int
	Reverse  bool
}

// A Count is how many rows of a group share the first bytes of their Sort.
type Count struct {
	Prefix string
	N      int
}

func compareEntries(a, b entry) int {
	return cmp.Or(strings.Compare(a.sort, b.sort), strings.Compare(a.key, b.key), cmp.Compare(a.owner, b.owner))
}

// rowLog holds the changes of rows that one worker's functions gave: they are
// made when their stratum has ended, for none of its functions may see them.
type rowLog struct {
	arena   arena
	refs    []rowRef
	scratch []byte
}

// A rowRef is a change of a row in a log. Its first field brings those of a group
// together without looking at them.
type rowRef struct {
	place uint64 // hash of index and group
	at    spot
	log   uint8
}

// A rowChange is such a change, with its group.
type rowChange struct {
	index uint8
	group string
	change
}

// add keeps a change: index, 1 if gone, length of the group, group, entry.
func (l *rowLog) add(r rowChange) {
	b := append(l.scratch[:0], r.index, 0)
	if r.gone {
		b[1] = 1
	}
	b = binary.AppendUvarint(b, uint64(len(r.group)))
	from := len(b)
	b = append(b, r.group...)
	h := xxhash.Sum64(b[from:]) + uint64(r.index)
	b = appendEntry(b, r.entry)
	l.scratch = b
	_, at := l.arena.add(b)
	l.refs = append(l.refs, rowRef{place: h, at: at})
}

// gatherRows empties the logs, of which the bytes stay until they are dropped. It
// gives the changes in parts that have no group in common, for each worker one.
func (e *Engine) gatherRows() [][]rowRef {
	parts := make([][]rowRef, len(e.workers))
	n := 0
	for _, w := range e.workers {
		n += len(w.rows.refs)
	}
	for i := range parts { // places are hashes: the parts are about as long as one another
		parts[i] = make([]rowRef, 0, n/len(parts)+n/32+16)
	}
	for i, w := range e.workers {
		for _, r := range w.rows.refs {
			r.log = uint8(i)
			part := &parts[r.place>>32%uint64(len(parts))]
			*part = append(*part, r)
		}
		w.rows.refs = nil
	}
	return parts
}

func (e *Engine) rowOf(r rowRef) rowChange {
	b := e.workers[r.log].rows.arena.at(r.at)
	c := rowChange{index: b[0], change: change{gone: b[1] == 1}}
	n, width := binary.Uvarint(b[2:])
	b = b[2+width:]
	c.group, c.entry = text(b[:n]), entryAt(b[n:])
	return c
}

func (e *Engine) compareRows(a, b rowRef) int {
	if a.place != b.place {
		return cmp.Compare(a.place, b.place)
	}
	x, y := e.rowOf(a), e.rowOf(b)
	return cmp.Or(cmp.Compare(x.index, y.index), strings.Compare(x.group, y.group), compareChanges(x.change, y.change))
}

// A given is a row that a task gave: its identity and a hash of its payload, 0
// for none.
type given struct {
	Index            uint8
	Group, Sort, Key string
	Payload          uint64
}

func (e *Engine) givenOf(r *Row) given {
	g := given{Index: e.indexNumber(r.Index), Group: r.Group, Sort: r.Sort, Key: r.Key}
	if len(r.Payload) > 0 {
		g.Payload = nonZero(xxhash.Sum64(r.Payload))
	}
	return g
}

// diffRows logs which rows appear and disappear.
func (e *Engine) diffRows(w *worker, s *Stratum, owner uint64, rows []Row, was []given) (now []given) {
	now = w.given[:0]
	var old map[given]struct{}
	if len(was) > 0 {
		old = make(map[given]struct{}, len(was))
		for _, g := range was {
			old[g] = struct{}{}
		}
	}
	for i := range rows {
		r := &rows[i]
		if !slices.Contains(s.Feeds, r.Index) {
			panic("incremental: stratum " + s.Name + " gives a row of " + string(r.Index) + ", which it does not feed")
		}
		g := e.givenOf(r)
		now = append(now, g)
		if _, same := old[g]; same {
			delete(old, g)
			continue
		}
		w.rows.add(rowChange{g.Index, g.Group, change{entry: entry{g.Sort, g.Key, text(r.Payload), owner}}})
	}
	for g := range old {
		w.rows.add(rowChange{g.Index, g.Group, change{entry{g.Sort, g.Key, "", owner}, true}})
	}
	w.given = now
	return now
}
