package incremental

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sync/errgroup"
)

// A group is the rows of one group of an index, sorted by sort, key and owner.
// They lie one behind another in bytes without pointers: an archive has dozens
// for each article, and they are what a clean build keeps in memory. A group is
// never changed; nil is one without rows. A row is
//
//	uvarint length of sort · of key · of payload · owner(8) · sort · key · payload
type group struct {
	data  []byte
	spots []uint32 // where each row begins; nil where there is only one
}

// An entry is a row as it stands in its group, whose bytes it shares. The owner,
// a hash of the task that gave it, is part of its identity: two tasks may say
// the same thing, and each takes back only what it said itself.
type entry struct {
	sort, key, payload string
	owner              uint64
}

func (g *group) len() int {
	switch {
	case g == nil:
		return 0
	case g.spots == nil:
		return 1
	}
	return len(g.spots)
}

func (g *group) at(i int) entry {
	if g.spots == nil {
		return entryAt(g.data)
	}
	return entryAt(g.data[g.spots[i]:])
}

// sort returns the sort of a row: what a search looks at.
func (g *group) sort(i int) string { return g.at(i).sort }

// text shows bytes that never change as a string.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func entryAt(b []byte) entry {
	s, k, p := uint64(b[0]), uint64(b[1]), uint64(b[2])
	if s|k|p < 0x80 { // nearly always
		b = b[3:]
	} else {
		var n1, n2, n3 int
		s, n1 = binary.Uvarint(b)
		k, n2 = binary.Uvarint(b[n1:])
		p, n3 = binary.Uvarint(b[n1+n2:])
		b = b[n1+n2+n3:]
	}
	e := entry{owner: binary.LittleEndian.Uint64(b)}
	all := text(b[8 : 8+s+k+p])
	e.sort, e.key, e.payload = all[:s], all[s:s+k], all[s+k:]
	return e
}

func appendEntry(b []byte, e entry) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.sort)))
	b = binary.AppendUvarint(b, uint64(len(e.key)))
	b = binary.AppendUvarint(b, uint64(len(e.payload)))
	b = binary.LittleEndian.AppendUint64(b, e.owner)
	return append(append(append(b, e.sort...), e.key...), e.payload...)
}

// parseGroup reads rows that lie one behind another.
func parseGroup(data []byte) (*group, error) {
	if len(data) == 0 {
		return nil, nil
	}
	g := &group{data: data}
	for at := 0; at < len(data); {
		g.spots = append(g.spots, uint32(at))
		size := 0
		for range 3 {
			n, width := binary.Uvarint(data[at:])
			if width <= 0 || n > uint64(len(data)) {
				return nil, errRows
			}
			at += width
			size += int(n)
		}
		if at += 8 + size; at > len(data) {
			return nil, errRows
		}
	}
	if len(g.spots) == 1 {
		g.spots = nil
	}
	return g, nil
}

var errRows = errors.New("rows cannot be read")

// A selection is some rows of a group, as they lie there or from the last
// backwards.
type selection struct {
	group   *group
	from, n int
	reverse bool
}

func (s selection) at(i int) entry {
	if s.reverse {
		i = s.n - 1 - i
	}
	return s.group.at(s.from + i)
}

// equal tells whether two selections show the same rows.
func (s selection) equal(o selection) bool {
	if s.n != o.n {
		return false
	}
	for i := range s.n {
		a, b := s.at(i), o.at(i)
		if a.sort != b.sort || a.key != b.key || a.payload != b.payload {
			return false
		}
	}
	return true
}

// all returns every row.
func (g *group) all() selection { return selection{group: g, n: g.len()} }

// between returns the rows from one place, inclusive, to another, exclusive; an
// empty place does not bound.
func (g *group) between(from, to string) selection {
	lo, hi := 0, g.len()
	if from != "" {
		lo = g.search(from)
	}
	if to != "" {
		hi = max(lo, g.search(to))
	}
	return selection{group: g, from: lo, n: hi - lo}
}

// search returns the number of the first row whose sort is not before s.
func (g *group) search(s string) int {
	lo, hi := 0, g.len()
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if g.sort(mid) < s {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// within returns the rows within r, in its order.
func (g *group) within(r Range) selection {
	s := g.between(r.From, r.To)
	if r.Limit > 0 && s.n > r.Limit {
		if r.Reverse {
			s.from += s.n - r.Limit
		}
		s.n = r.Limit
	}
	s.reverse = r.Reverse
	return s
}

// before returns the last n rows between two places, last first, and the number
// of bits of how many there are.
func (g *group) before(from, to string, n int) (selection, int) {
	s := g.between(from, to)
	magnitude := bits.Len(uint(s.n))
	if n > 0 && s.n > n {
		s.from, s.n = s.from+s.n-n, n
	}
	s.reverse = true
	return s, magnitude
}

// counts counts rows by the first width bytes of their sort.
func (s selection) counts(width int) []Count {
	var out []Count
	for i := 0; i < s.n; {
		p := s.at(i).sort
		p = p[:min(width, len(p))]
		lo, hi := i+1, s.n
		for lo < hi {
			mid := int(uint(lo+hi) >> 1)
			if t := s.at(mid).sort; t[:min(width, len(t))] == p {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		out = append(out, Count{p, lo - i})
		i = lo
	}
	return out
}

// A change is a row of a group that appears or, if gone, disappears.
type change struct {
	entry
	gone bool
}

func compareChanges(a, b change) int {
	if c := compareEntries(a.entry, b.entry); c != 0 {
		return c
	}
	if a.gone == b.gone {
		return strings.Compare(a.payload, b.payload)
	}
	if a.gone { // a row given anew with another payload: first out, then in
		return -1
	}
	return 1
}

// with returns the group with the changes, which are sorted, made.
func (g *group) with(changes []change) *group {
	size := 0
	for _, c := range changes {
		size += len(c.sort) + len(c.key) + len(c.payload) + 14
	}
	out := &group{}
	if g != nil {
		size += len(g.data)
	}
	out.data = make([]byte, 0, size)
	out.spots = make([]uint32, 0, g.len()+len(changes))
	i := 0
	for n, c := range changes {
		if n > 0 && !c.gone && !changes[n-1].gone && compareEntries(changes[n-1].entry, c.entry) == 0 {
			continue // given twice by one task
		}
		for ; i < g.len() && compareEntries(g.at(i), c.entry) < 0; i++ {
			out.take(g, i)
		}
		if i < g.len() && compareEntries(g.at(i), c.entry) == 0 {
			i++
		}
		if !c.gone {
			out.spots = append(out.spots, uint32(len(out.data)))
			out.data = appendEntry(out.data, c.entry)
		}
	}
	for ; i < g.len(); i++ {
		out.take(g, i)
	}
	switch len(out.spots) {
	case 0:
		return nil
	case 1:
		out.spots = nil
	}
	return out
}

func (g *group) raw(i int) []byte {
	switch {
	case g.spots == nil:
		return g.data
	case i+1 < len(g.spots):
		return g.data[g.spots[i]:g.spots[i+1]]
	}
	return g.data[g.spots[i]:]
}

// take appends a row of another group.
func (g *group) take(from *group, i int) {
	g.spots = append(g.spots, uint32(len(g.data)))
	g.data = append(g.data, from.raw(i)...)
}

func (g *group) equal(o *group) bool {
	if g == nil || o == nil {
		return g == o
	}
	return bytes.Equal(g.data, o.data)
}

// groups holds the groups that were read or changed, by index and name.
type groups struct {
	mu   sync.RWMutex // for functions that run beside one another and read from the store
	rows []map[string]*group
	// whole are the indexes of which every group is here: one that is not has no
	// rows.
	whole []bool
	asked []atomic.Bool // indexes that functions of this stratum look at
	bytes []int         // of the groups of whole indexes, about
	// dirty is what is not yet in the store, with what the store has.
	dirty []map[string]*group
	size  int // of dirty, in bytes, about
	// touched is what changed since the last Run, with what was there.
	touched []map[string]*touchedGroup
}

type touchedGroup struct {
	was     *group
	first   string // the first place that changed
	settled bool
}

func newGroups(indexes int) groups {
	return groups{rows: emptyMaps[*group](indexes), whole: make([]bool, indexes), asked: make([]atomic.Bool, indexes), bytes: make([]int, indexes), dirty: emptyMaps[*group](indexes), touched: emptyMaps[*touchedGroup](indexes)}
}

func emptyMaps[T any](n int) []map[string]T {
	out := make([]map[string]T, n)
	for i := range out {
		out[i] = map[string]T{}
	}
	return out
}

// place addresses a group.
type place struct {
	index uint8
	group string
}

// group returns the rows of a group.
func (e *Engine) group(p place) *group {
	if e.groups.whole[p.index] { // nothing is loaded while functions run
		if asked := &e.groups.asked[p.index]; !asked.Load() {
			asked.Store(true)
		}
		return e.groups.rows[p.index][p.group]
	}
	e.groups.mu.RLock()
	g, ok := e.groups.rows[p.index][p.group]
	e.groups.mu.RUnlock()
	if ok {
		return g
	}
	g = e.store.group(p)
	e.groups.mu.Lock()
	defer e.groups.mu.Unlock()
	if known, ok := e.groups.rows[p.index][p.group]; ok { // another goroutine was quicker
		return known
	}
	e.groups.rows[p.index][strings.Clone(p.group)] = g
	return g
}

// setGroup puts other rows in the place of those of a group.
func (e *Engine) setGroup(p place, g *group, first string) {
	was := e.group(p)
	if was.equal(g) {
		return
	}
	if g == nil && e.groups.whole[p.index] {
		delete(e.groups.rows[p.index], p.group)
	} else {
		e.groups.rows[p.index][p.group] = g
	}
	e.groups.bytes[p.index] += g.size(p.group) - was.size(p.group)
	if e.store != nil {
		e.groups.await(p, was, g)
	}
	if e.nothingAsked() {
		return
	}
	t := e.groups.touched[p.index][p.group]
	if t == nil {
		e.groups.touched[p.index][p.group] = &touchedGroup{was: was, first: first}
		return
	}
	t.first = min(t.first, first)
}

// size is about how many bytes a group takes with its name.
func (g *group) size(name string) int {
	if g == nil {
		return 0
	}
	return 150 + len(name) + len(g.data) + 4*len(g.spots)
}

// groupBytes is how much memory the groups of whole indexes may take before those
// are let go that nobody looks at.
const groupBytes = 32 << 20

// letGo lets indexes go at the end of a stratum that none of its functions looked
// at and over which no later one stands, if they are in the store. Should they be
// asked for all the same, they are read from there.
func (e *Engine) letGo(n uint8) {
	gs := &e.groups
	total := 0
	for _, size := range gs.bytes {
		total += size
	}
	for ix := range gs.whole {
		asked := gs.asked[ix].Swap(false)
		written := len(gs.dirty[ix]) == 0 && (e.flush == nil || len(e.flush.groups[ix]) == 0)
		if e.store == nil || total < e.room || asked || !gs.whole[ix] || !written || slices.Contains(e.over[n+1:], uint8(ix)) {
			continue
		}
		gs.rows[ix], gs.whole[ix], gs.bytes[ix] = map[string]*group{}, false, 0
	}
}

// await keeps that the store has to be told of a group.
func (gs *groups) await(p place, was, is *group) {
	if _, ok := gs.dirty[p.index][p.group]; !ok {
		gs.dirty[p.index][p.group] = was
	}
	if gs.size += len(p.group) + 50; is != nil {
		gs.size += len(is.data)
	}
}

func (e *Engine) rows(p place, found selection) []Row {
	out := make([]Row, found.n)
	for i := range out {
		out[i] = e.row(p, found.at(i))
	}
	return out
}

// row shows an entry as a row, which shares its bytes: rows are immutable.
func (e *Engine) row(p place, r entry) Row {
	return Row{e.indexes[p.index], p.group, r.sort, r.key, unsafe.Slice(unsafe.StringData(r.payload), len(r.payload))}
}

// A newGroup is a group that changed, with the first place that did.
type newGroup struct {
	place
	rows  *group
	first string
}

// applyRows makes the changes that functions gave since the last time. Some parts
// at once: while groups are made others must not be put in their place.
func (e *Engine) applyRows() error {
	for first := 0; first < rowParts; first += len(e.workers) {
		n := min(len(e.workers), rowParts-first)
		made := make([][]newGroup, n)
		var all errgroup.Group
		for i := range n {
			all.Go(func() (err error) {
				defer RecoverDamage(&err)
				made[i] = e.changeGroups(first + i)
				return nil
			})
		}
		if err := all.Wait(); err != nil {
			return err
		}
		for _, list := range made {
			for _, g := range list {
				e.setGroup(g.place, g.rows, g.first)
			}
		}
	}
	return nil
}

// changeGroups makes the changes in one part of the logs, and lets that go.
func (e *Engine) changeGroups(part int) (out []newGroup) {
	refs := e.gatherRows(part)
	var changes []change
	for len(refs) > 0 {
		first := e.rowOf(part, refs[0])
		g := newGroup{place: place{first.index, strings.Clone(first.group)}}
		changes = changes[:0]
		for len(refs) > 0 {
			r := e.rowOf(part, refs[0])
			if r.index != g.index || r.group != g.group {
				break
			}
			changes = append(changes, r.change)
			refs = refs[1:]
		}
		g.first = strings.Clone(changes[0].sort)
		g.rows = e.group(g.place).with(changes)
		out = append(out, g)
	}
	for _, w := range e.workers {
		w.rows.parts[part] = rowPart{}
	}
	return out
}
