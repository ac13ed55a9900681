package incremental

import "fmt"

// An Asker answers the questions of one run of one function, and notes them.
// It is used by one goroutine and not after Run has returned.
type Asker struct {
	engine  *Engine
	stratum uint8
	key     string
	silent  bool    // nothing is noted: a file drawn for a preview
	log     *askLog // where questions are noted
	ref     taskRef
	looked  []uint64
	words   func(*question) // is told of each question: for Explain
}

// Own returns the rows of the group that the function is run for, in order.
func (a *Asker) Own() []Row {
	p := place{a.engine.over[a.stratum], a.key}
	return a.engine.rows(p, a.engine.group(p).all())
}

// Rows returns the rows of a group that lie within r, in its order.
func (a *Asker) Rows(ix Index, group string, r Range) []Row {
	p := a.place(ix, group)
	a.note(question{kind: 'r', number: p.index, name: group, text: r.From, more: r.To, n: int64(r.Limit), reverse: r.Reverse})
	return a.engine.rows(p, a.engine.group(p).within(r))
}

// AtLeast tells whether a group holds n rows or more within r, whose Limit and
// Reverse do not count.
func (a *Asker) AtLeast(ix Index, group string, n int, r Range) bool {
	p := a.place(ix, group)
	a.note(question{kind: 'n', number: p.index, name: group, text: r.From, more: r.To, n: int64(n)})
	return a.engine.group(p).between(r.From, r.To).n >= n
}

// Counts returns how many rows of a group within r share the first width bytes
// of their Sort, in order.
func (a *Asker) Counts(ix Index, group string, width int, r Range) []Count {
	p := a.place(ix, group)
	a.note(question{kind: 'c', number: p.index, name: group, text: r.From, more: r.To, n: int64(width)})
	return a.engine.group(p).between(r.From, r.To).counts(width)
}

// Before calls each with the last n rows of a group that stand from one place,
// inclusive, to another, exclusive, last first; and tells how many stand there in
// powers of two: 0 for none, 1 for one, 2 for two or three, 3 for four to seven.
// An article asks for hundreds of rows, so that no list of them is made.
func (a *Asker) Before(ix Index, group, from, to string, n int, each func(sort, key string, payload []byte, by Giver)) (magnitude int) {
	p := a.place(ix, group)
	a.note(question{kind: 'b', number: p.index, name: group, text: from, more: to, n: int64(n)})
	found, magnitude := a.engine.group(p).before(from, to, n)
	for i := range found.n {
		e := found.at(i)
		each(e.sort, e.key, unsafeBytes(e.payload), Giver{e.owner})
	}
	return magnitude
}

// Each calls each with the rows of a group that lie within r, in its order: Rows
// without making a list.
func (a *Asker) Each(ix Index, group string, r Range, each func(sort, key string, payload []byte, by Giver)) {
	p := a.place(ix, group)
	a.note(question{kind: 'r', number: p.index, name: group, text: r.From, more: r.To, n: int64(r.Limit), reverse: r.Reverse})
	found := a.engine.group(p).within(r)
	for i := range found.n {
		e := found.at(i)
		each(e.sort, e.key, unsafeBytes(e.payload), Giver{e.owner})
	}
}

// Passed tells whether the build's clock has reached the instant, in seconds
// since 1970.
func (a *Asker) Passed(unix int64) bool {
	a.note(question{kind: 't', n: unix})
	return a.engine.clock >= unix
}

// Lookup returns the rows of a group of an index that the stratum Looks at. It
// is meant for hundreds of groups of which most are empty.
func (a *Asker) Lookup(ix Index, group string) []Row {
	p := a.place(ix, group)
	if !a.silent {
		a.looked = append(a.looked, groupHash(p.index, group))
	}
	return a.engine.rows(p, a.engine.group(p).all())
}

// Note notes that the rows of a group were used, as Lookup does, for callers
// that keep what they made of the rows. The hash is GroupHash's.
func (a *Asker) Note(hash uint64) {
	if !a.silent {
		a.looked = append(a.looked, hash)
	}
}

// GroupHash gives the hash by which Note knows a group; it may be kept.
func (e *Engine) GroupHash(ix Index, group string) uint64 { return groupHash(e.indexNumber(ix), group) }

// Get returns one aspect of the value that a stratum gave for a key. Not being
// there is an answer too.
func Get[T any](a *Asker, aspect Aspect[T], key string) (T, bool) {
	n := a.engine.stratumNumber(aspect.Stratum)
	if n >= a.stratum {
		panic(fmt.Sprintf("incremental: stratum %s asks %s, which is not before it", a.engine.strata[a.stratum].Name, aspect.Stratum))
	}
	touch := a.noteValue(n, key, aspect.Name)
	return valueOf(a.engine, n, touch, key, aspect)
}

// A Giver says which function gave a row, for [GetBy]. The zero Giver says
// nothing.
type Giver struct{ ref taskRef }

// Number is different for each function and key of one engine.
func (g Giver) Number() uint32 { return uint32(g.ref) }

// GetBy is [Get] for the key of the function that gave a row: it need not be
// searched for. Where the row's giver is not of the aspect's stratum, or its key
// is another one, it is Get.
func GetBy[T any](a *Asker, aspect Aspect[T], by Giver, key string) (T, bool) {
	n := a.engine.stratumNumber(aspect.Stratum)
	if by.ref == 0 || by.ref.stratum() != n || n >= a.stratum {
		return Get(a, aspect, key)
	}
	touch := a.noteValue(n, key, aspect.Name)
	return valueBy(a.engine, by.ref, touch, key, aspect)
}

func (a *Asker) place(ix Index, group string) place {
	n := a.engine.indexNumber(ix)
	if a.engine.lastFeeder[n] >= int(a.stratum) {
		panic(fmt.Sprintf("incremental: stratum %s asks index %s, which is not yet complete", a.engine.strata[a.stratum].Name, ix))
	}
	return place{n, group}
}

func (a *Asker) note(q question) {
	if a.words != nil {
		a.tell(q)
	}
	if !a.silent {
		a.log.add(&q, a.ref)
	}
}

// noteValue notes a question about a value and returns its touch.
func (a *Asker) noteValue(n uint8, key, aspect string) (touch uint64) {
	touch = touchOf('v', n, key)
	if a.words != nil {
		a.tell(question{kind: 'v', number: n, name: key, text: aspect})
	}
	if !a.silent {
		a.log.addValue(touch, aspect, a.ref)
	}
	return touch
}

// tell is apart from note so that a question that is only noted stays on the
// stack.
//
//go:noinline
func (a *Asker) tell(q question) { a.words(&q) }
