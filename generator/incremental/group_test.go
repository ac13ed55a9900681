package incremental

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mihbara/generator/record"
)

// listOf is a group as a plain list.
func listOf(g *group) []entry {
	var list []entry
	for i := range g.len() {
		list = append(list, g.at(i))
	}
	return list
}

func randomEntry(r *rand.Rand) entry {
	word := func(n int) string { return strings.Repeat(string(rune('a'+r.IntN(4))), r.IntN(n)) }
	return entry{sort: word(3) + "\x00"[:r.IntN(2)] + word(2), key: word(3), payload: word(200), owner: taskRef(r.IntN(3))}
}

// sameRow tells whether one task would take one row back with the other.
func sameRow(a, b entry) bool { return compareEntries(a, b) == 0 && a.owner == b.owner }

func compareRows(a, b entry) int {
	return cmp.Or(compareEntries(a, b), strings.Compare(a.payload, b.payload), cmp.Compare(a.owner, b.owner))
}

// TestGroupIsASortedList makes random changes to a group and to a plain list, and
// keeps both in a store: what is read from there is what there is.
func TestGroupIsASortedList(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 0))
	var g *group
	var list []entry
	store := map[string][]byte{}
	for step := range 400 {
		list = slices.Clone(list)
		var changes []change
		for range 1 + r.IntN(6) {
			e := randomEntry(r)
			i := slices.IndexFunc(list, func(o entry) bool { return sameRow(o, e) })
			if slices.ContainsFunc(changes, func(c change) bool { return sameRow(c.entry, e) }) {
				continue
			}
			switch {
			case i >= 0 && r.IntN(2) == 0:
				changes = append(changes, change{list[i], true})
				list = slices.Delete(list, i, i+1)
			case i >= 0:
				changes = append(changes, change{e, false}, change{list[i], true})
				list[i] = e
			default:
				changes = append(changes, change{e, false})
				list = append(list, e)
			}
		}
		if len(list) > 300 {
			changes = nil
			for _, e := range listOf(g) {
				changes = append(changes, change{e, true})
			}
			list = nil
		}
		slices.SortFunc(list, compareRows)
		slices.SortFunc(changes, compareChanges)
		was := g
		if g = g.with(changes); !slices.Equal(listOf(g), list) {
			t.Fatalf("step %d: got %v, want %v", step, listOf(g), list)
		}
		for p := range (func(yield func(pair) bool) { groupChange{was, g}.pairs([]byte("r"), yield) }) {
			if p.set {
				store[string(p.key)] = bytes.Clone(p.value)
			} else if delete(store, string(p.key)); was == nil {
				t.Fatalf("step %d: takes away what was not there", step)
			}
		}
		var data []byte
		for _, key := range slices.Sorted(maps.Keys(store)) {
			data = append(data, store[key]...)
		}
		if read, err := parseGroup(data); err != nil || !slices.Equal(listOf(read), list) {
			t.Fatalf("step %d: the store gives %v, want %v (%v)", step, listOf(read), list, err)
		}
		compareAnswers(t, r, g, list)
	}
}

// compareAnswers asks a group and a plain list the same.
func compareAnswers(t *testing.T, r *rand.Rand, g *group, list []entry) {
	t.Helper()
	from, to, limit := randomEntry(r).sort, randomEntry(r).sort, r.IntN(4)
	within := slices.DeleteFunc(slices.Clone(list), func(e entry) bool {
		return from != "" && e.sort < from || to != "" && e.sort >= to
	})
	reversed := slices.Clone(within)
	slices.Reverse(reversed)
	cut := func(l []entry) []entry {
		if limit > 0 {
			return l[:min(limit, len(l))]
		}
		return l
	}
	show := func(s selection) (l []entry) {
		for i := range s.n {
			l = append(l, s.at(i))
		}
		return l
	}
	if got := show(g.within(Range{From: from, To: to, Limit: limit})); !slices.Equal(got, cut(within)) {
		t.Fatalf("from %q to %q, %d: got %v, want %v", from, to, limit, got, cut(within))
	}
	if got := show(g.within(Range{From: from, To: to, Limit: limit, Reverse: true})); !slices.Equal(got, cut(reversed)) {
		t.Fatalf("from %q to %q, %d backwards: got %v, want %v", from, to, limit, got, cut(reversed))
	}
	if got, m := g.before(from, to, limit); !slices.Equal(show(got), cut(reversed)) || m != bits.Len(uint(len(within))) {
		t.Fatalf("before %q from %q, %d: got %v and %d", to, from, limit, show(got), m)
	}
	want := map[string]int{}
	for _, e := range within {
		want[e.sort[:min(2, len(e.sort))]]++
	}
	got := map[string]int{}
	for _, c := range g.between(from, to).counts(2) {
		got[c.Prefix] += c.N
	}
	if !maps.Equal(got, want) {
		t.Fatalf("counts from %q to %q: got %v, want %v", from, to, got, want)
	}
}

// TestAPieceIsAllThatAnEditWrites checks that in a long list one row more is one
// piece more to write, not the rest of the list.
func TestAPieceIsAllThatAnEditWrites(t *testing.T) {
	var changes []change
	for i := range 10_000 {
		changes = append(changes, change{entry: entry{sort: fmt.Sprintf("%05d", i), key: fmt.Sprint("k", i), owner: taskRef(i)}})
	}
	g := (*group)(nil).with(changes)
	written := 0
	next := g.with([]change{{entry: entry{sort: "00100x", key: "new", owner: 7}}})
	groupChange{g, next}.pairs([]byte("r"), func(p pair) bool { written++; return true })
	if all := len(g.pieces()); all < 100 || written > 2 {
		t.Errorf("wrote %d of %d pieces", written, all)
	}
}

func FuzzGroup(f *testing.F) {
	f.Add(appendEntry(appendEntry(nil, entry{"a", "b", "c", 1}), entry{"d", "", "", 2}))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := parseGroup(data)
		if err != nil {
			return
		}
		for i := range g.len() {
			g.at(i)
		}
		g.within(Range{From: "a", To: "b", Limit: 3, Reverse: true})
	})
}

func FuzzTask(f *testing.F) {
	f.Add(sampleTask(false))
	f.Add(sampleTask(true))
	f.Add(appendOnlyHead(&task{}))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := parseTask(3, data)
		if err != nil {
			return
		}
		n := 0
		got.eachPart(func(p part) {
			n++
			got.part(p.name)
		})
		if n != got.count {
			t.Fatalf("%d parts of %d", n, got.count)
		}
	})
}

func appendOnlyHead(t *task) []byte {
	b, _ := appendTaskHead(nil, t, 0)
	return b
}

func FuzzGiven(f *testing.F) {
	f.Add(appendGiven(sampleRows, []string{"why"}))
	f.Add(appendGiven(nil, nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, reasons, err := decodeGiven(data)
		if err != nil {
			return
		}
		again, whys, err := decodeGiven(appendGiven(rows, reasons))
		if err != nil || !slices.Equal(again, rows) || !slices.Equal(whys, reasons) {
			t.Fatalf("%v %q became %v %q: %v", rows, reasons, again, whys, err)
		}
	})
}

var sampleRows = []given{{1, "ar/tag/x", "s", "k", 7}, {2, "ar/tag/y", "s", "k", 1 << 63}, {2, "", "t", "k", 0}, {3, "g", "", "", 9}, {3, "g", "t", "k", 9}}

func appendGiven(rows []given, reasons []string) []byte {
	b := binary.AppendUvarint(nil, uint64(len(rows)))
	var last given
	for _, g := range rows {
		b = appendGivenRow(b, &g, &last)
		last = g
	}
	return record.AppendStrings(b, reasons)
}

// sampleTask is a record with an aspect, one that is not stored and an empty one;
// with many more, if they are wanted.
func sampleTask(many bool) []byte {
	e := newEngine(Options{})
	parts := []Part{(Part{Name: "b", Value: "not stored"}).NotStored(), {Name: "a", Value: "data"}, {Name: "c", Value: ""}}
	for i := range 300 {
		if many {
			parts = append(parts, Part{Name: fmt.Sprint("d", i), Value: fmt.Sprint(i)})
		}
	}
	w, t := &worker{records: pen{vault: &e.tasks.records}}, task{ref: refOf(3, 77), asked: 9, hasFile: true, file: 1 << 60}
	if err := e.keep(w, &outcome{key: "key"}, &t, parts); err != nil {
		panic(err)
	}
	return bytes.Clone(t.record)
}

func TestATaskSurvives(t *testing.T) {
	for _, many := range []bool{false, true} {
		data := sampleTask(many)
		got, err := parseTask(3, data)
		if err != nil {
			t.Fatal(err)
		}
		if got.ref != refOf(3, 77) || got.asked != 9 || !got.hasFile || got.file != 1<<60 {
			t.Errorf("got %+v", got)
		}
		if p, ok := got.part("a"); !ok || string(p.data) != "data" || p.hash == 0 {
			t.Errorf("part a: %v", p)
		}
		if p, ok := got.part("b"); !ok || p.data != nil || p.hash == 0 {
			t.Errorf("part b has data, though only its hash was kept: %v", p)
		}
		c, ok := got.part("c")
		if _, more := got.part("da"); !ok || c.data == nil || more {
			t.Errorf("part c: %v; part da is there: %t", c, more)
		}
		for i := range 300 {
			if p, ok := got.part(fmt.Sprint("d", i)); ok != many || many && string(p.data) != fmt.Sprint(i) {
				t.Errorf("part d%d: %v", i, p)
			}
		}
		for n := range len(data) {
			if _, err := parseTask(3, data[:n]); err == nil {
				t.Errorf("the first %d bytes are a task too", n)
			}
		}
	}
	rows, reasons, err := decodeGiven(appendGiven(sampleRows, []string{"why"}))
	if err != nil || !slices.Equal(rows, sampleRows) || !slices.Equal(reasons, []string{"why"}) {
		t.Errorf("rows %v, reasons %q, %v", rows, reasons, err)
	}
}

// TestKeysOfOneTouchAreTwo enters keys whose hashes are one, and a key anew.
func TestKeysOfOneTouchAreTwo(t *testing.T) {
	ts := newTasks(1)
	r, p := &ts.strata[0], pen{vault: &ts.records}
	put := func(touch uint64, key string, number uint32) {
		m := appendMemory(nil, key)
		from := len(m)
		m = append(m, appendOnlyHead(&task{ref: refOf(0, number)})...)
		endMemory(m, from, 0)
		r.enter(touch, key, number)
		r.ensure(number).Store(uint64(p.add(m)))
	}
	number := func(touch uint64, key string) int {
		n, ok := r.number(touch, key)
		if !ok {
			return -1
		}
		if f := ts.inMemory(r, n, key); f.known {
			return int(f.number)
		}
		return -1
	}
	put(5, "one", 1)
	put(5, "two", 2)
	put(6, "three", 3)
	if a, b, c, d := number(5, "one"), number(5, "two"), number(6, "three"), number(5, "four"); a != 1 || b != 2 || c != 3 || d != -1 {
		t.Errorf("the numbers are %d, %d, %d, %d", a, b, c, d)
	}
	put(5, "one", 4)
	put(6, "three", 5)
	if a, b, c := number(5, "one"), number(5, "two"), number(6, "three"); a != 4 || b != 2 || c != 5 {
		t.Errorf("after new ones they are %d, %d, %d", a, b, c)
	}
}

// TestByteCacheKeepsWhatIsUsed puts in more than there is room for, and asks for
// one piece again and again.
func TestByteCacheKeepsWhatIsUsed(t *testing.T) {
	c := byteCache{limit: 10_000}
	data := func(i int) []byte { return []byte(strings.Repeat("x", i%50) + fmt.Sprint(i)) }
	for i := range 3_000 {
		c.put(fmt.Append(nil, i), data(i))
		if got := c.get([]byte("7")); i >= 7 && !bytes.Equal(got, data(7)) {
			t.Fatalf("after %d pieces the one that is used is %q", i, got)
		}
		if got := c.get(fmt.Append(nil, i)); !bytes.Equal(got, data(i)) {
			t.Fatalf("piece %d is %q", i, got)
		}
	}
	if c.get([]byte("8")) != nil {
		t.Error("what nobody used is still there")
	}
	if n := c.young.arena.size + c.old.arena.size; n > 25_000 {
		t.Errorf("%d bytes are kept", n)
	}
	c.drop([]byte("7"))
	if c.get([]byte("7")) != nil {
		t.Error("what was dropped is still there")
	}
}

func randomQuestion(r *rand.Rand) question {
	q := question{kind: "vrbnct"[r.IntN(6)], number: uint8(r.IntN(3)), name: fmt.Sprint("n", r.IntN(5)), text: randomEntry(r).sort, more: randomEntry(r).key, n: r.Int64N(300) - 100, reverse: r.IntN(2) == 0}
	switch q.kind {
	case 'v':
		q.more, q.n, q.reverse = "", 0, false
	case 't':
		q.number, q.name, q.text, q.more, q.reverse = 0, "", "", "", false
	case 'b', 'n', 'c':
		q.reverse = false
	}
	return q
}

// TestWhoAskedIsFound notes random questions and compares what a batch says with
// a plain list.
func TestWhoAskedIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 0))
	logs := []*askLog{{}, {}, {}}
	type asked struct {
		touch uint64
		q     string
		by    taskRef
	}
	want := map[asked]bool{}
	for range 20_000 {
		q, by := randomQuestion(r), taskRef(r.IntN(50)<<20)
		logs[r.IntN(3)].add(&q, by)
		want[asked{q.touch(), string(q.encode(nil)), by}] = true
	}
	b := batch(1, logs)
	got := map[asked]bool{}
	for _, touch := range b.touches {
		for q, by := range eachAsked(b.about(touch)) {
			for ref := range by.refs() {
				a := asked{touch, string(q.encode(nil)), ref}
				if got[a] {
					t.Fatalf("%v twice", a)
				}
				got[a] = true
			}
		}
	}
	if !maps.Equal(got, want) || !slices.IsSorted(b.touches) {
		t.Errorf("got %d askings, want %d", len(got), len(want))
	}
	if b.about(12345) != nil {
		t.Error("something was asked about nothing")
	}
}

func FuzzQuestion(f *testing.F) {
	r := rand.New(rand.NewPCG(6, 0))
	for range 12 {
		q := randomQuestion(r)
		f.Add(q.encode(nil))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		q, ok := decodeQuestion(data)
		if !ok {
			return
		}
		again, ok := decodeQuestion(q.encode(nil))
		if !ok || again != q {
			t.Fatalf("%v became %v", q, again)
		}
		if whole := append(q.encode(nil), "more"...); !bytes.Equal(encodedQuestion(whole), q.encode(nil)) {
			t.Fatalf("%v is cut off wrongly", q)
		}
	})
}

// TestNumbersOutliveTheProcess gives more keys numbers than a block has, in
// several commits.
func TestNumbersOutliveTheProcess(t *testing.T) {
	dir := t.TempDir()
	want := map[taskRef]string{}
	for round := range 4 {
		e, _ := openToy(t, dir)
		for ref, key := range want {
			if got, ok := e.names[1].key(e, 1, ref.number()); !ok || got != key {
				t.Fatalf("round %d: number %d is %q, want %q", round, ref.number(), got, key)
			}
		}
		for i := range cmp.Or(round*90, 1) {
			key := fmt.Sprintf("key %d %d", round, i)
			ref := e.names[1].add(e, 1, key)
			if old, used := want[ref]; used {
				t.Fatalf("%q and %q have the same number", old, key)
			}
			want[ref] = key
		}
		if _, ok := e.names[1].key(e, 1, 5000); ok {
			t.Error("a number that nobody has has a key")
		}
		if err := e.Commit(true); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
