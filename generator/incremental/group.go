package incremental

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/cespare/xxhash/v2"
)

// A group is the rows of one group of an index, sorted by sort, key and payload:
// rows that are alike in these are one to all who read them. They lie one behind
// another in bytes without pointers: an archive has dozens for each article, and
// they are what a clean build keeps in memory. A group is never changed; nil is
// one without rows. A row is
//
//	uvarint length of sort · of key, doubled · of payload · owner(4) · sort · key · payload
//
// A key with which sort ends, as most do, is left out, and the second number is
// one more.
type group struct {
	data  []byte
	spots []uint32 // where each row begins; nil where there is only one
}

// An entry is a row as it stands in its group, whose bytes it shares. The owner,
// the task that gave it, is part of its identity: two tasks may say the same
// thing, and each takes back only what it said itself.
type entry struct {
	sort, key, payload string
	owner              taskRef
}

func compareEntries(a, b entry) int {
	if c := strings.Compare(a.sort, b.sort); c != 0 {
		return c
	}
	return strings.Compare(a.key, b.key)
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
func (g *group) sort(i int) string {
	b := g.data
	if g.spots != nil {
		b = b[g.spots[i]:]
	}
	if b[0]|b[1]|b[2] < 0x80 {
		return text(b[rowHead : rowHead+int(b[0])])
	}
	return entryAt(b).sort
}

// rowHead is how many bytes stand before the sort where all lengths are short.
const rowHead = 3 + 4

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
	e := entry{owner: taskRef(binary.LittleEndian.Uint32(b))}
	if k, within := k>>1, k&1; within == 1 {
		all := text(b[4 : 4+s+p])
		e.sort, e.key, e.payload = all[:s], all[s-k:s], all[s:]
	} else {
		all := text(b[4 : 4+s+k+p])
		e.sort, e.key, e.payload = all[:s], all[s:s+k], all[s+k:]
	}
	return e
}

func appendEntry(b []byte, e entry) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.sort)))
	key, k := e.key, uint64(len(e.key))<<1
	if key != "" && strings.HasSuffix(e.sort, key) {
		key, k = "", k|1
	}
	b = binary.AppendUvarint(b, k)
	b = binary.AppendUvarint(b, uint64(len(e.payload)))
	b = binary.LittleEndian.AppendUint32(b, uint32(e.owner))
	return append(append(append(b, e.sort...), key...), e.payload...)
}

// parseGroup reads rows that lie one behind another.
func parseGroup(data []byte) (*group, error) {
	if len(data) == 0 {
		return nil, nil
	}
	g := &group{data: data}
	for at := 0; at < len(data); {
		g.spots = append(g.spots, uint32(at))
		size, err := rowSize(data[at:])
		if err != nil {
			return nil, err
		}
		at += size
	}
	if len(g.spots) == 1 {
		g.spots = nil
	}
	return g, nil
}

var errRows = errors.New("rows cannot be read")

// rowSize is how many bytes the first row takes.
func rowSize(b []byte) (size int, err error) {
	var lengths [3]uint64
	for i := range lengths {
		n, width := binary.Uvarint(b[size:])
		if width <= 0 || n > 2*uint64(len(b))+1 {
			return 0, errRows
		}
		lengths[i] = n
		size += width
	}
	sort, key, payload := int(lengths[0]), int(lengths[1]>>1), int(lengths[2])
	if lengths[1]&1 == 1 {
		if key > sort {
			return 0, errRows
		}
		key = 0
	}
	if size += 4 + sort + key + payload; size > len(b) {
		return 0, errRows
	}
	return size, nil
}

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
	// Most ranges reach from the first row or to the last one, which a look at
	// that row tells.
	if from != "" && hi > 0 && g.sort(0) < from {
		lo = g.search(from, 1, hi)
	}
	if to != "" && hi > lo && g.sort(hi-1) >= to {
		hi = g.search(to, lo, hi-1)
	}
	return selection{group: g, from: lo, n: hi - lo}
}

// search returns the number of the first row from lo on whose sort is not before
// s, hi if there is none before that one.
func (g *group) search(s string, lo, hi int) int {
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

// compareChanges puts what a task takes back before what it gives anew.
func compareChanges(a, b change) int {
	if c := compareEntries(a.entry, b.entry); c != 0 {
		return c
	}
	if a.gone != b.gone {
		if a.gone {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.owner, b.owner), strings.Compare(a.payload, b.payload))
}

func sortChanges(list []change) {
	if !slices.IsSortedFunc(list, compareChanges) {
		slices.SortFunc(list, compareChanges)
	}
}

// with returns the group with the changes, which are sorted, made.
func (g *group) with(changes []change) *group {
	size := 0
	for i := range changes {
		c := &changes[i]
		size += len(c.sort) + len(c.key) + len(c.payload) + 12
	}
	out := &group{}
	if g != nil {
		size += len(g.data)
	}
	out.data = make([]byte, 0, size)
	out.spots = make([]uint32, 0, g.len()+len(changes))
	i := 0
	for len(changes) > 0 {
		n := 1
		for n < len(changes) && compareEntries(changes[n].entry, changes[0].entry) == 0 {
			n++
		}
		for ; i < g.len() && compareEntries(g.at(i), changes[0].entry) < 0; i++ {
			out.take(g, i)
		}
		first := i
		for ; i < g.len() && compareEntries(g.at(i), changes[0].entry) == 0; i++ {
		}
		out.alike(g, first, i, changes[:n])
		changes = changes[n:]
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

// alike appends the rows of another group from one number to another, with
// changes made: all have one sort and one key.
func (g *group) alike(from *group, first, end int, changes []change) {
	if first == end && len(changes) == 1 {
		if !changes[0].gone {
			g.add(changes[0].entry)
		}
		return
	}
	given := 0
	for given < len(changes) && changes[given].gone {
		given++
	}
	gone := changes[:given]
	var rows []entry
	for i := first; i < end; i++ {
		e := from.at(i)
		if _, out := slices.BinarySearchFunc(gone, e.owner, func(c change, o taskRef) int { return cmp.Compare(c.owner, o) }); !out {
			rows = append(rows, e)
		}
	}
	for i, c := range changes[given:] {
		if i > 0 && changes[given+i-1].owner == c.owner {
			continue // given twice by one task
		}
		rows = append(rows, c.entry)
	}
	slices.SortFunc(rows, func(a, b entry) int {
		return cmp.Or(strings.Compare(a.payload, b.payload), cmp.Compare(a.owner, b.owner))
	})
	for _, e := range rows {
		g.add(e)
	}
}

func (g *group) add(e entry) {
	g.spots = append(g.spots, uint32(len(g.data)))
	g.data = appendEntry(g.data, e)
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
	// known are the hashes of the names of an index's groups that was whole and was
	// let go; nil if they are not known, or are too many. So what is looked for but
	// is not there, such as the continuations of most articles, is not looked for in
	// the store. It changes while no function runs.
	known []map[uint64]struct{}
	asked []atomic.Bool // indexes that functions of this stratum look at
	bytes []int         // of the groups of whole indexes, about
	// dirty is what is not yet in the store, with what the store has.
	dirty []map[string]*group
	size  atomic.Int64 // of dirty, in bytes, about
	// touched is what changed since the last Run, with what was there.
	touched []map[string]*touchedGroup
}

type touchedGroup struct {
	was     *group
	first   string // the first place that changed
	settled bool
}

func newGroups(indexes int) groups {
	return groups{rows: emptyMaps[*group](indexes), whole: make([]bool, indexes), known: make([]map[uint64]struct{}, indexes), asked: make([]atomic.Bool, indexes), bytes: make([]int, indexes), dirty: emptyMaps[*group](indexes), touched: emptyMaps[*touchedGroup](indexes)}
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
	if !e.groups.mayBe(p) {
		return nil
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

// setGroup puts other rows in the place of those of a group. It may be called at
// once for groups of different indexes.
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
	if known := e.groups.known[p.index]; known != nil && g != nil {
		known[xxhash.Sum64String(p.group)] = struct{}{}
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
// at and that no later one stands over or says that it asks for, if they are in the
// store. Should they be asked for all the same, they are read from there.
func (e *Engine) letGo(n uint8) {
	gs := &e.groups
	total := 0
	for _, size := range gs.bytes {
		total += size
	}
	for ix := range gs.whole {
		asked := gs.asked[ix].Swap(false)
		written := len(gs.dirty[ix]) == 0 && (e.flush == nil || len(e.flush.groups[ix]) == 0)
		if e.store == nil || total < e.room || asked || !gs.whole[ix] || !written || e.lastAsker[ix] > int(n) {
			continue
		}
		gs.known[ix] = namesOf(gs.rows[ix])
		gs.rows[ix], gs.whole[ix], gs.bytes[ix] = map[string]*group{}, false, 0
	}
}

// manyGroups is of how many groups the names are not kept when they are let go.
const manyGroups = 1 << 16

func namesOf(rows map[string]*group) map[uint64]struct{} {
	if len(rows) > manyGroups {
		return nil
	}
	known := make(map[uint64]struct{}, len(rows))
	for name := range rows {
		known[xxhash.Sum64String(name)] = struct{}{}
	}
	return known
}

// mayBe tells whether a group of an index that is not whole may have rows.
func (gs *groups) mayBe(p place) bool {
	known := gs.known[p.index]
	if known == nil {
		return true
	}
	_, ok := known[xxhash.Sum64String(p.group)]
	return ok
}

// await keeps that the store has to be told of a group.
func (gs *groups) await(p place, was, is *group) {
	if _, ok := gs.dirty[p.index][p.group]; !ok {
		gs.dirty[p.index][p.group] = was
	}
	size := len(p.group) + 50
	if is != nil {
		size += len(is.data)
	}
	gs.size.Add(int64(size))
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
