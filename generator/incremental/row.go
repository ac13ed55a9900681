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
// made when their stratum has ended, for none of its functions may see them. It
// is in parts that have no group in common, so that each can be let go when its
// changes have been made.
type rowLog struct {
	parts   [rowParts]rowPart
	scratch []byte
}

const rowParts = 64

type rowPart struct {
	arena arena
	refs  chunked[rowRef]
}

// A rowRef is a change of a row in a log. Its first field brings those of a group
// together without looking at them.
type rowRef struct {
	place uint64 // hash of index and group
	at    spot   // in the top eight bits, in whose log
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
	part := &l.parts[h%rowParts]
	_, at := part.arena.add(b)
	part.refs.add(rowRef{place: h, at: at})
}

// gatherRows lists the changes in one part of all logs, in order.
func (e *Engine) gatherRows(part int) []rowRef {
	var refs []rowRef
	for i, w := range e.workers {
		for _, chunk := range w.rows.parts[part].refs.chunks {
			for _, r := range chunk {
				r.at |= spot(i) << logShift
				refs = append(refs, r)
			}
		}
	}
	slices.SortFunc(refs, func(a, b rowRef) int {
		if a.place != b.place {
			return cmp.Compare(a.place, b.place)
		}
		x, y := e.rowOf(part, a), e.rowOf(part, b)
		return cmp.Or(cmp.Compare(x.index, y.index), strings.Compare(x.group, y.group), compareChanges(x.change, y.change))
	})
	return refs
}

func (e *Engine) rowOf(part int, r rowRef) rowChange {
	b := e.workers[r.at>>logShift].rows.parts[part].arena.at(r.at & (1<<logShift - 1))
	c := rowChange{index: b[0], change: change{gone: b[1] == 1}}
	n, width := binary.Uvarint(b[2:])
	b = b[2+width:]
	c.group, c.entry = text(b[:n]), entryAt(b[n:])
	return c
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
