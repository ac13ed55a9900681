package incremental

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"mihbara/generator/record"
)

// An Index names a set of sorted rows.
type Index string

// A Row says that a key stands in a group of an index, at the place that Sort
// gives it (compared as bytes). Payload is a small fact that those who read the
// row need, so that they need not ask for the value behind it; who is given a row
// must not change it.
type Row struct {
	Index   Index
	Group   string
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

// A rowRef is a change of a row in a log. Sorted by their fields, those of a group
// stand together, in the order in which the keys of their functions stand: that
// is nearly always the order of the rows.
type rowRef struct {
	place uint64 // hash of index and group
	turn  uint32 // which of the stratum's functions gave it
	by    uint32 // in which worker's log it is
	at    spot
}

func compareRefs(a, b rowRef) int {
	switch {
	case a.place != b.place:
		return cmp.Compare(a.place, b.place)
	case a.turn != b.turn:
		return cmp.Compare(a.turn, b.turn)
	}
	return cmp.Compare(a.at, b.at) // one function's are in one log
}

// add keeps a change of a row: index, 1 if gone, length of the group, group, entry.
func (l *rowLog) add(turn uint32, index uint8, group string, c change) {
	b := append(l.scratch[:0], index, 0)
	if c.gone {
		b[1] = 1
	}
	b = binary.AppendUvarint(b, uint64(len(group)))
	from := len(b)
	b = append(b, group...)
	h := xxhash.Sum64(b[from:]) + uint64(index)
	b = appendEntry(b, c.entry)
	l.scratch = b
	part := &l.parts[h%rowParts]
	_, at := part.arena.add(b)
	part.refs.add(rowRef{place: h, turn: turn, at: at})
}

// gatherRows lists the changes in one part of all logs, group by group.
func (e *Engine) gatherRows(part int) []rowRef {
	n := 0
	for _, w := range e.workers {
		n += w.rows.parts[part].refs.len()
	}
	refs := make([]rowRef, 0, n)
	for i, w := range e.workers {
		for _, chunk := range w.rows.parts[part].refs.chunks {
			for _, r := range chunk {
				r.by = uint32(i)
				refs = append(refs, r)
			}
		}
	}
	slices.SortFunc(refs, compareRefs)
	return refs
}

// rowOf reads a change that was logged.
func (e *Engine) rowOf(part int, r rowRef) (index uint8, group string, c change) {
	b := e.workers[r.by].rows.parts[part].arena.at(r.at)
	n, width := binary.Uvarint(b[2:])
	g := b[2+width:]
	return b[0], text(g[:n]), change{entryAt(g[n:]), b[1] == 1}
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

// giveRows logs which rows appear and disappear, and appends to b what the task
// gives now and why it ran; nothing if that is nothing.
func (e *Engine) giveRows(b []byte, w *worker, s *Stratum, by taskRef, turn uint32, rows []Row, was []given, reasons []string) []byte {
	if len(rows)+len(was)+len(reasons) == 0 {
		return b
	}
	old := make(map[given]struct{}, len(was))
	for _, g := range was {
		old[g] = struct{}{}
	}
	b = binary.AppendUvarint(b, uint64(len(rows)))
	var last given
	for i := range rows {
		r := &rows[i]
		if !slices.Contains(s.Feeds, r.Index) {
			panic("incremental: stratum " + s.Name + " gives a row of " + string(r.Index) + ", which it does not feed")
		}
		g := e.givenOf(r)
		b = appendGivenRow(b, &g, &last)
		last = g
		if _, same := old[g]; same {
			delete(old, g)
			continue
		}
		w.rows.add(turn, g.Index, g.Group, change{entry: entry{g.Sort, g.Key, text(r.Payload), by}})
	}
	for _, g := range was {
		if _, gone := old[g]; gone {
			w.rows.add(turn, g.Index, g.Group, change{entry{g.Sort, g.Key, "", by}, true})
			delete(old, g)
		}
	}
	return record.AppendStrings(b, reasons)
}

// appendGivenRow appends a row that a task gave. Those of one task mostly share
// their sort and key, so each of these is only written where it is another than
// in the row before: what an article gives shrinks to a third.
func appendGivenRow(b []byte, g, last *given) []byte {
	sort, key := g.Sort != last.Sort, g.Key != last.Key
	flags := byte(0)
	if sort {
		flags |= 1
	}
	if key {
		flags |= 2
	}
	if g.Payload != 0 {
		flags |= 4
	}
	b = record.AppendString(append(b, g.Index, flags), g.Group)
	if sort {
		b = record.AppendString(b, g.Sort)
	}
	if key {
		b = record.AppendString(b, g.Key)
	}
	if g.Payload != 0 {
		b = record.AppendHash(b, g.Payload)
	}
	return b
}

// decodeGiven reads what giveRows appended; the bytes are shared.
func decodeGiven(data []byte) (rows []given, reasons []string, err error) {
	r := record.Share(data)
	n := r.Uint()
	if n > uint64(len(data)) {
		return nil, nil, record.ErrBroken
	}
	rows = make([]given, n)
	var last given
	for i := range rows {
		var sort, key, payload bool
		last.Index = r.Byte()
		r.Flags(&sort, &key, &payload)
		last.Group = r.String()
		if sort {
			last.Sort = r.String()
		}
		if key {
			last.Key = r.String()
		}
		last.Payload = 0
		if payload {
			last.Payload = r.Hash()
		}
		rows[i] = last
	}
	reasons = record.Strings[string](r)
	return rows, reasons, r.Err()
}

// What lies at the spot of what a task gave, until the store has it: uvarint
// length of the rows · rows · uvarint length of the filter · filter.
func appendExtra(b, rows, filter []byte) []byte {
	b = append(binary.AppendUvarint(b, uint64(len(rows))), rows...)
	return append(binary.AppendUvarint(b, uint64(len(filter))), filter...)
}

func extraParts(b []byte) (rows []byte, f filter) {
	n, width := binary.Uvarint(b)
	rows, b = b[width:width+int(n)], b[width+int(n):]
	n, width = binary.Uvarint(b)
	return rows, filter(b[width : width+int(n)])
}

// A newGroup is a group that changed, with the first place that did.
type newGroup struct {
	place
	rows  *group
	first string
}

// waves is in how many steps the changes of rows are made: between two, what was
// made takes memory twice.
const waves = 4

// applyRows makes the changes that functions gave since the last time: some parts
// at once, and then the indexes beside one another, for while groups are made
// others must not be put in their place.
func (e *Engine) applyRows() error {
	const wave = rowParts / waves
	for first := 0; first < rowParts; first += wave {
		made := make([][]newGroup, wave)
		err := e.atOnce(wave, func(i int) { made[i] = e.changeGroups(first + i) })
		if err != nil {
			return err
		}
		lists := make([][]newGroup, len(e.indexes))
		for _, list := range made {
			for _, g := range list {
				lists[g.index] = append(lists[g.index], g)
			}
		}
		err = e.atOnce(len(lists), func(i int) {
			for _, g := range lists[i] {
				e.setGroup(g.place, g.rows, g.first)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// atOnce calls do with the numbers below n, as many at once as there are workers.
func (e *Engine) atOnce(n int, do func(i int)) error {
	var all errgroup.Group
	all.SetLimit(len(e.workers))
	for i := range n {
		all.Go(func() (err error) {
			defer RecoverDamage(&err)
			do(i)
			return nil
		})
	}
	return all.Wait()
}

// changeGroups makes the changes in one part of the logs, and lets that go.
func (e *Engine) changeGroups(part int) (out []newGroup) {
	refs := e.gatherRows(part)
	var changes []change
	for len(refs) > 0 {
		n := 1
		for n < len(refs) && refs[n].place == refs[0].place {
			n++
		}
		out, changes = e.changePlaces(out, changes, part, refs[:n])
		refs = refs[n:]
	}
	for _, w := range e.workers {
		w.rows.parts[part] = rowPart{}
	}
	return out
}

// changePlaces makes changes whose groups have one hash: nearly always those of
// one group. Room is used for them, and returned.
func (e *Engine) changePlaces(out []newGroup, room []change, part int, refs []rowRef) ([]newGroup, []change) {
	index, name, first := e.rowOf(part, refs[0])
	room = append(room[:0], first)
	var others []rowRef
	for _, r := range refs[1:] {
		if i, group, c := e.rowOf(part, r); i == index && group == name {
			room = append(room, c)
		} else {
			others = append(others, r)
		}
	}
	sortChanges(room)
	p := place{index, strings.Clone(name)}
	out = append(out, newGroup{p, e.group(p).with(room), strings.Clone(room[0].sort)})
	if len(others) > 0 {
		return e.changePlaces(out, room, part, others)
	}
	return out, room
}
