package incremental

import (
	"cmp"
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

// entry is a row as it stands in its group. The owner, a hash of the task that
// gave it, is part of its identity: two tasks may say the same thing, and each
// takes back only what it said itself.
type entry struct {
	sort, key string
	payload   string
	owner     uint64
	hash      uint64 // of sort, key and payload, for versions of answers
}

func newEntry(sort, key, payload string, owner uint64) entry {
	h := xxhash.Sum64String(sort) * 3
	h = (h ^ xxhash.Sum64String(key)) * 0x9e3779b97f4a7c15
	return entry{sort, key, payload, owner, h ^ xxhash.Sum64String(payload)}
}

func compareEntries(a, b entry) int {
	return cmp.Or(strings.Compare(a.sort, b.sort), strings.Compare(a.key, b.key), cmp.Compare(a.owner, b.owner))
}

// place addresses a group.
type place struct {
	index uint8
	group string
}

// change is a row that appears or, if gone, disappears.
type change struct {
	place
	entry
	gone bool
}

func compareChanges(a, b change) int {
	c := cmp.Or(cmp.Compare(a.index, b.index), strings.Compare(a.group, b.group), compareEntries(a.entry, b.entry))
	if c != 0 || a.gone == b.gone {
		return c
	}
	if a.gone { // a row given anew with another payload: first out, then in
		return -1
	}
	return 1
}

// A selection is some rows of a group, as they lie there or from the last
// backwards. It shares them, for a copy of each answer would be most of what a
// build allocates.
type selection struct {
	rows    []entry
	reverse bool
}

func (s selection) at(i int) *entry {
	if s.reverse {
		i = len(s.rows) - 1 - i
	}
	return &s.rows[i]
}

// selectRows returns the entries within r, in its order.
func selectRows(rows []entry, r Range) selection {
	rows = between(rows, r.From, r.To)
	n := len(rows)
	if r.Limit > 0 {
		n = min(n, r.Limit)
	}
	if r.Reverse {
		return selection{rows[len(rows)-n:], true}
	}
	return selection{rows[:n], false}
}

// between returns the entries from one place, inclusive, to another, exclusive;
// an empty place does not bound.
func between(rows []entry, from, to string) []entry {
	lo, hi := 0, len(rows)
	if from != "" {
		lo = searchSort(rows, from)
	}
	if to != "" {
		hi = max(lo, searchSort(rows, to))
	}
	return rows[lo:hi]
}

// searchSort returns the place of the first entry whose sort is not before s.
func searchSort(rows []entry, s string) int {
	i, _ := slices.BinarySearchFunc(rows, s, func(e entry, s string) int { return strings.Compare(e.sort, s) })
	return i
}

// countPrefixes counts entries by the first width bytes of their sort.
func countPrefixes(rows []entry, width int) []Count {
	var out []Count
	for len(rows) > 0 {
		p := rows[0].sort
		p = p[:min(width, len(p))]
		n, _ := slices.BinarySearchFunc(rows, p, func(e entry, p string) int {
			if strings.HasPrefix(e.sort, p) && len(e.sort[:min(width, len(e.sort))]) == len(p) {
				return -1
			}
			return 1
		})
		out = append(out, Count{p, n})
		rows = rows[n:]
	}
	return out
}

// applyChanges returns rows with the changes, which are sorted, made.
func applyChanges(rows []entry, changes []change) []entry {
	if len(rows) > 64 && len(changes) < 8 {
		return applyFew(slices.Clone(rows), changes)
	}
	out := make([]entry, 0, len(rows)+len(changes))
	for len(changes) > 0 {
		c := changes[0]
		for len(rows) > 0 && compareEntries(rows[0], c.entry) < 0 {
			out, rows = append(out, rows[0]), rows[1:]
		}
		same := len(rows) > 0 && compareEntries(rows[0], c.entry) == 0
		switch {
		case c.gone && same:
			rows = rows[1:]
		case !c.gone && same:
			out, rows = append(out, c.entry), rows[1:]
		case !c.gone:
			out = append(out, c.entry)
		}
		changes = changes[1:]
	}
	return append(out, rows...)
}

func applyFew(rows []entry, changes []change) []entry {
	for _, c := range changes {
		i, found := slices.BinarySearchFunc(rows, c.entry, compareEntries)
		switch {
		case c.gone && found:
			rows = slices.Delete(rows, i, i+1)
		case !c.gone && found:
			rows[i].payload = c.payload
		case !c.gone:
			rows = slices.Insert(rows, i, c.entry)
		}
	}
	return rows
}
