package incremental

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"sort"

	"github.com/cespare/xxhash/v2"
)

// An asking says that a task asked a question about something. Answers are not
// kept: what was there before a change is at hand when the change is made, so
// that the question can be asked of both.
type asking struct {
	touch    uint64 // what it is about
	question spot   // where it is encoded; in the top eight bits, by whom
	id       uint32 // a hash of the question
	task     taskRef
}

const logShift = 56 // of a spot's chunk numbers the top eight bits are never used

// askLog holds what the functions of one worker asked since the last batch, in
// parts by the first bits of what it is about, which are sorted one by one.
type askLog struct {
	arena   arena
	parts   [askParts]chunked[asking]
	n       int
	scratch []byte
	// recent finds the encoding of a question that was asked before, and who
	// asked it last: pages have most of their questions in common.
	recent [1 << 11]recentAsking
}

const (
	partBits = 6
	askParts = 1 << partBits
)

type recentAsking struct {
	touch, hash uint64
	at          spot
	by          taskRef
}

func (l *askLog) add(q *question, by taskRef) {
	l.scratch = q.encode(l.scratch[:0])
	l.addEncoded(q.touch(), by)
}

// addValue is add for a question about an aspect of what the touch is of.
func (l *askLog) addValue(touch uint64, aspect string, by taskRef) {
	l.scratch = append(binary.AppendUvarint(append(l.scratch[:0], 'v'), uint64(len(aspect))), aspect...)
	l.addEncoded(touch, by)
}

// addEncoded adds the question that is in scratch.
func (l *askLog) addEncoded(touch uint64, by taskRef) {
	hash := xxhash.Sum64(l.scratch)
	r := &l.recent[(touch^hash)%uint64(len(l.recent))]
	if r.touch != touch || r.hash != hash {
		_, at := l.arena.add(l.scratch)
		*r = recentAsking{touch: touch, hash: hash, at: at}
	} else if r.by == by {
		return
	}
	r.by = by
	l.parts[touch>>(64-partBits)].add(asking{touch: touch, question: r.at, id: uint32(hash), task: by})
	l.n++
}

func (l *askLog) bytes() int { return l.arena.size + l.n*24 }

// chunked is a list that grows without being copied.
type chunked[T any] struct{ chunks [][]T }

func (c *chunked[T]) len() (n int) {
	for _, chunk := range c.chunks {
		n += len(chunk)
	}
	return n
}

func (c *chunked[T]) add(v T) {
	last := len(c.chunks) - 1
	if last < 0 || len(c.chunks[last]) == cap(c.chunks[last]) {
		c.chunks = append(c.chunks, make([]T, 0, 16<<min(len(c.chunks), 5)))
		last++
	}
	c.chunks[last] = append(c.chunks[last], v)
}

// An askBatch is what was asked from one writing to the next, by what it is
// about. A task that runs again asks anew, in a later batch, and what it asked in
// an earlier one no longer counts: that it still does so is known by the number
// of the batch that its task keeps. So nothing is searched for and taken back.
//
// About each thing there is a list of questions, each with its length and
// followed by how many tasks asked it and by their references, ascending, each
// less the one before; all numbers are unsigned varints.
type askBatch struct {
	number  uint32
	touches []uint64
	ends    []int // where in data the list about each ends
	data    []byte
}

func (b *askBatch) list(i int) []byte {
	from := 0
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.data[from:b.ends[i]]
}

func (b *askBatch) about(touch uint64) []byte {
	i := sort.Search(len(b.touches), func(i int) bool { return b.touches[i] >= touch })
	if i == len(b.touches) || b.touches[i] != touch {
		return nil
	}
	return b.list(i)
}

// batch puts in order what some workers' functions asked.
func batch(number uint32, logs []*askLog) *askBatch {
	b := &askBatch{number: number}
	size := 0
	for _, l := range logs {
		size += l.arena.size + l.n*3
	}
	b.data = make([]byte, 0, size)
	var sorted askSorter
	var refs []taskRef
	encoded := func(at spot) []byte {
		return encodedQuestion(logs[at>>logShift].arena.at(at & (1<<logShift - 1)))
	}
	for part := range askParts {
		all := sorted.part(logs, part)
		for i := 0; i < len(all); {
			first, q := all[i], encoded(all[i].question)
			refs = refs[:0]
			for ; i < len(all) && all[i].asks(first, q, encoded); i++ {
				if n := len(refs); n == 0 || refs[n-1] != all[i].task {
					refs = append(refs, all[i].task)
				}
			}
			b.add(first.touch, q, refs)
		}
	}
	return b
}

// An askSorter puts the askings of one part in order.
type askSorter struct{ all []asking }

// part takes a part out of the logs. What it returns is valid until the next
// call. The askings are first laid into drawers by the next bits of what they are
// about, for most of the time goes into comparing.
func (s *askSorter) part(logs []*askLog, part int) []asking {
	var ends [1 << drawerBits]int
	n := 0
	for a := range askingsOf(logs, part) {
		ends[a.drawer()]++
		n++
	}
	s.all = slices.Grow(s.all[:0], n)[:n]
	sum := 0
	for i, count := range ends {
		ends[i] = sum
		sum += count
	}
	for a := range askingsOf(logs, part) {
		at := &ends[a.drawer()]
		s.all[*at] = a
		*at++
	}
	from := 0
	for _, end := range ends {
		slices.SortFunc(s.all[from:end], compareAskings)
		from = end
	}
	for _, l := range logs {
		l.parts[part] = chunked[asking]{}
	}
	return s.all
}

const drawerBits = 10

// drawer is the bits of what it is about that follow those of its part.
func (a asking) drawer() uint64 { return a.touch << partBits >> (64 - drawerBits) }

// askingsOf walks over a part of all logs; each question says by whose log it is.
func askingsOf(logs []*askLog, part int) iter.Seq[asking] {
	return func(yield func(asking) bool) {
		for i, l := range logs {
			for _, chunk := range l.parts[part].chunks {
				for _, a := range chunk {
					a.question |= spot(i) << logShift
					if !yield(a) {
						return
					}
				}
			}
		}
	}
}

func (b *askBatch) add(touch uint64, q []byte, by []taskRef) {
	b.data = appendAskers(b.data, q, by)
	if n := len(b.touches); n > 0 && b.touches[n-1] == touch {
		b.ends[n-1] = len(b.data)
		return
	}
	b.touches, b.ends = append(b.touches, touch), append(b.ends, len(b.data))
}

// asks tells whether an asking is of the same question as the first of its kind,
// which is encoded as q.
func (a asking) asks(first asking, q []byte, encoded func(spot) []byte) bool {
	return a.touch == first.touch && a.id == first.id && (a.question == first.question || bytes.Equal(encoded(a.question), q))
}

// compareAskings does not look at the questions themselves. Should two about one
// thing have one hash, they lie mixed, and each is written more than once.
func compareAskings(a, b asking) int {
	switch {
	case a.touch != b.touch:
		return cmp.Compare(a.touch, b.touch)
	case a.id != b.id:
		return cmp.Compare(a.id, b.id)
	}
	return cmp.Compare(a.task, b.task)
}

// encodedQuestion cuts a question off from what follows it.
func encodedQuestion(b []byte) []byte {
	n := 1
	str := func() {
		length, width := binary.Uvarint(b[n:])
		n += width + int(length)
	}
	num := func() {
		_, width := binary.Varint(b[n:])
		n += width
	}
	switch b[0] {
	case 'v':
		str()
	case 't':
		num()
	default:
		str()
		str()
		num()
		if b[0] == 'r' {
			n++
		}
	}
	return b[:n]
}

func appendAskers(b, q []byte, refs []taskRef) []byte {
	b = append(binary.AppendUvarint(b, uint64(len(q))), q...)
	b = binary.AppendUvarint(b, uint64(len(refs)))
	last := taskRef(0)
	for _, r := range refs {
		b = binary.AppendUvarint(b, uint64(r-last))
		last = r
	}
	return b
}

var errAskings = errors.New("questions cannot be read")

// askers are those who asked one question, as they lie in a batch.
type askers struct {
	n    int
	data []byte
}

func (a askers) refs() iter.Seq[taskRef] {
	return func(yield func(taskRef) bool) {
		b, last := a.data, taskRef(0)
		for range a.n {
			d, width := binary.Uvarint(b)
			b, last = b[width:], last+taskRef(d)
			if !yield(last) {
				return
			}
		}
	}
}

// eachAsked walks over the questions about one thing in one batch.
func eachAsked(b []byte) iter.Seq2[question, askers] {
	return func(yield func(question, askers) bool) {
		num := func() int {
			n, width := binary.Uvarint(b)
			if width <= 0 || n > 1<<40 {
				panic(damage{errAskings})
			}
			b = b[width:]
			return int(n)
		}
		for len(b) > 0 {
			n := num()
			if n > len(b) {
				panic(damage{errAskings})
			}
			q, ok := decodeQuestion(b[:n])
			if !ok {
				panic(damage{errAskings})
			}
			b = b[n:]
			a := askers{n: num()}
			a.data = b
			for range a.n {
				num()
			}
			if !yield(q, a) {
				return
			}
		}
	}
}

// asked walks over the lists of all batches about one thing, with the batches'
// numbers.
func (e *Engine) asked(touch uint64) iter.Seq2[uint32, []byte] {
	return func(yield func(uint32, []byte) bool) {
		for _, b := range e.batches {
			if list := b.about(touch); list != nil && !yield(b.number, list) {
				return
			}
		}
		for key, value := range e.store.scan(binary.BigEndian.AppendUint64([]byte{'q'}, touch)) {
			if len(key) != 4 {
				panic(damage{errAskings})
			}
			if !yield(binary.BigEndian.Uint32(key), value) {
				return
			}
		}
	}
}

// takeAskings ends the batch that is being filled, and returns what makes it;
// nil if nothing was asked.
func (e *Engine) takeAskings() func() *askBatch {
	var logs []*askLog
	for _, w := range e.workers {
		if w.asked.n > 0 {
			logs = append(logs, w.asked)
			w.asked = &askLog{}
		}
	}
	if len(logs) == 0 {
		return nil
	}
	number := e.header.Batch
	e.header.Batch++
	return func() *askBatch { return batch(number, logs) }
}

// A changedValue is a value of which some aspects came out another way.
type changedValue struct {
	stratum uint8
	key     string
	aspects []string
}

// settle finds who asked about what changed since it was last called and would
// be answered another way now, and lets them run when their stratum's turn comes.
// Of a group only those questions are asked whose range reaches to the first
// place that changed: an article that is added at the end of an archive leaves
// alone all that was asked about what stood before others. Groups that the strata
// from n on still feed have to wait.
func (e *Engine) settle(n uint8) {
	values := e.changedValues
	e.changedValues = nil
	if e.nothingAsked() {
		return
	}
	for _, c := range values {
		for number, list := range e.asked(touchOf('v', c.stratum, c.key)) {
			for q, by := range eachAsked(list) {
				if q.kind == 'v' && slices.Contains(c.aspects, q.text) {
					q.number, q.name = c.stratum, c.key
					e.wake(n, number, &q, by)
				}
			}
		}
	}
	for ix := range e.groups.touched {
		if e.lastFeeder[ix] < int(n) {
			e.settleIndex(n, uint8(ix))
		}
	}
	e.settleDays(n)
}

func (e *Engine) settleIndex(n, ix uint8) {
	for name, t := range e.groups.touched[ix] {
		if t.settled {
			continue
		}
		t.settled = true
		is := e.group(place{ix, name})
		if t.was.equal(is) {
			continue
		}
		for number, list := range e.asked(touchOf('r', ix, name)) {
			for q, by := range eachAsked(list) {
				if q.kind != 'v' && q.kind != 't' && q.concerns(t.first) && q.differs(t.was, is) {
					q.number, q.name = ix, name
					e.wake(n, number, &q, by)
				}
			}
		}
	}
}

func (e *Engine) settleDays(n uint8) {
	was, is := e.settledClock, e.clock
	e.settledClock = e.clock
	if was == is {
		return
	}
	lo, hi := min(was, is), max(was, is)
	for day := lo / secondsPerDay; day <= hi/secondsPerDay; day++ {
		for number, list := range e.asked(touchOfDay(day)) {
			for q, by := range eachAsked(list) {
				if q.kind == 't' && (was >= q.n) != (is >= q.n) {
					e.wake(n, number, &q, by)
				}
			}
		}
	}
}

// reasonsKept is how many reasons a task keeps of why it ran.
const reasonsKept = 4

// wake lets run those who asked a question in a batch, and have not run since.
func (e *Engine) wake(n uint8, number uint32, q *question, by askers) {
	reason := ""
	for ref := range by.refs() {
		stratum := ref.stratum()
		if stratum < n || int(stratum) >= len(e.strata) {
			continue
		}
		key, ok := e.names[stratum].key(e, stratum, ref.number())
		if !ok {
			continue
		}
		if t, ok := e.task(stratum, key); !ok || t.ref != ref || t.asked != number {
			continue
		}
		reasons := e.woken[stratum][key]
		if len(reasons) < reasonsKept {
			if reason == "" {
				reason = e.describe(q)
			}
			reasons = append(reasons, reason)
		}
		e.woken[stratum][key] = reasons
	}
}
