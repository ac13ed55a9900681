package incremental

import (
	"fmt"
	"iter"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// An Asker answers the questions of one run of one function, and notes them.
// It is used by one goroutine and not after Run has returned.
type Asker struct {
	engine  *Engine
	stratum uint8
	key     string
	notes   []uint64
	looked  []uint64
	scratch []byte
	silent  bool // nothing is noted: a file drawn for a preview
}

// Own returns the rows of the group that the function is run for, in order.
func (a *Asker) Own() []Row {
	p := place{a.engine.over[a.stratum], a.key}
	return a.engine.rows(p, selection{rows: a.engine.group(p)})
}

// Rows returns the rows of a group that lie within r, in its order.
func (a *Asker) Rows(ix Index, group string, r Range) []Row {
	p := a.place(ix, group)
	found := selectRows(a.engine.group(p), r)
	a.note(&question{kind: 'r', number: p.index, name: group, text: r.From, more: r.To, n: int64(r.Limit), reverse: r.Reverse},
		func() uint64 { return hashRows(found) })
	return a.engine.rows(p, found)
}

// AtLeast tells whether a group holds n rows or more within r, whose Limit and
// Reverse do not count.
func (a *Asker) AtLeast(ix Index, group string, n int, r Range) bool {
	p := a.place(ix, group)
	yes := len(between(a.engine.group(p), r.From, r.To)) >= n
	a.note(&question{kind: 'n', number: p.index, name: group, text: r.From, more: r.To, n: int64(n)}, func() uint64 { return boolHash(yes) })
	return yes
}

// Counts returns how many rows of a group within r share the first width bytes
// of their Sort, in order.
func (a *Asker) Counts(ix Index, group string, width int, r Range) []Count {
	p := a.place(ix, group)
	counts := countPrefixes(between(a.engine.group(p), r.From, r.To), width)
	a.note(&question{kind: 'c', number: p.index, name: group, text: r.From, more: r.To, n: int64(width)}, func() uint64 { return hashCounts(counts) })
	return counts
}

// Before returns the last n rows of a group that stand from one place, inclusive,
// to another, exclusive, last first; and how many stand there in powers of two: 0
// for none, 1 for one, 2 for two or three, 3 for four to seven. The rows come one
// by one: an article asks for hundreds.
func (a *Asker) Before(ix Index, group, from, to string, n int) (rows iter.Seq[Row], magnitude int) {
	p := a.place(ix, group)
	found, magnitude := before(a.engine.group(p), from, to, n)
	a.note(&question{kind: 'b', number: p.index, name: group, text: from, more: to, n: int64(n)}, func() uint64 { return hashBefore(found, magnitude) })
	return func(yield func(Row) bool) {
		for i := range found.rows {
			if !yield(a.engine.row(p, found.at(i))) {
				return
			}
		}
	}, magnitude
}

// Passed tells whether the build's clock has reached the instant, in seconds
// since 1970.
func (a *Asker) Passed(unix int64) bool {
	yes := a.engine.clock >= unix
	a.note(&question{kind: 't', n: unix}, func() uint64 { return boolHash(yes) })
	return yes
}

// Lookup returns the rows of a group of an index that the stratum Looks at. It
// is meant for hundreds of groups of which most are empty.
func (a *Asker) Lookup(ix Index, group string) []Row {
	p := a.place(ix, group)
	if !a.silent {
		a.looked = append(a.looked, groupHash(p.index, group))
	}
	return a.engine.rows(p, selection{rows: a.engine.group(p)})
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
	v, ok := a.engine.value(valueKey{n, key, aspect.Name})
	a.note(&question{kind: 'v', number: n, name: key, text: aspect.Name}, func() uint64 {
		if !ok {
			return 0
		}
		return v.hash
	})
	if !ok {
		var zero T
		return zero, false
	}
	return decoded[T](a.engine, v), true
}

func (a *Asker) place(ix Index, group string) place {
	n := a.engine.indexNumber(ix)
	if a.engine.lastFeeder[n] >= int(a.stratum) {
		panic(fmt.Sprintf("incremental: stratum %s asks index %s, which is not yet complete", a.engine.strata[a.stratum].Name, ix))
	}
	return place{n, group}
}

func (a *Asker) note(q *question, answer func() uint64) {
	if a.silent {
		return
	}
	a.scratch = q.encode(a.scratch[:0])
	id := xxhash.Sum64(a.scratch)
	if slices.Contains(a.notes[max(0, len(a.notes)-8):], id) {
		return
	}
	a.notes = append(a.notes, id)
	a.engine.questions.record(q, id, a.scratch, answer)
}

// noted returns the questions asked and the filter of the groups looked up.
func (a *Asker) noted() note {
	n := note{key: a.key}
	slices.Sort(a.notes)
	n.questions = slices.Compact(a.notes)
	if len(a.looked) > 0 {
		n.filter = newFilter(a.looked)
	}
	return n
}
