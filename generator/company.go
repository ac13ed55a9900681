package generator

import (
	"cmp"
	"slices"
	"sync"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/page"
)

// Entity answers [page.Questions].
func (q *answers) Entity(id entity.ID) (*entity.Entity, bool) {
	return incremental.Get(q.asker, aspEntity, string(id))
}

// Counts answers [page.Questions].
func (q *answers) Counts(id entity.ID) []page.LanguageCount {
	var out []page.LanguageCount
	for _, t := range q.Languages(archive.ByEntity, string(id)) {
		n := 0
		for _, c := range q.asker.Counts(ixList, string(archive.GroupOf(t, archive.ByEntity, string(id))), 0, incremental.Range{}) {
			n += c.N
		}
		out = append(out, page.LanguageCount{Language: t, Count: n})
	}
	return out
}

// Coverage answers [page.Questions].
func (q *answers) Coverage(id entity.ID) []archive.MonthCount {
	dated, _ := archive.Bounds()
	return months(q.asker.Counts(ixMentioned, string(id), archive.MonthWidth, incremental.Range{From: dated}))
}

// companyOf is how many of the newest articles Company looks at, so that an
// entity of a hundred thousand articles asks no more than one of sixty.
const companyOf = 60

// tallies are free to count with.
var tallies = sync.OnceValue(func() *sync.Pool {
	return &sync.Pool{New: func() any { return &tally{counts: make(map[entity.ID]int, 256)} }}
})

// A tally counts with whom an entity appears.
type tally struct {
	counts map[entity.ID]int
	lists  [][]entity.ID // of the articles counted
}

func (t *tally) leave() {
	clear(t.counts)
	clear(t.lists)
	t.lists = t.lists[:0]
	tallies().Put(t)
}

// Company answers [page.Questions].
func (q *answers) Company(g archive.Group, n int) page.Company {
	self := entity.ID(g.Parts().Key)
	t := tallies().Get().(*tally)
	defer t.leave()
	for _, id := range q.Newest(g, companyOf) {
		list, _ := getListed(q, aspEntities, id)
		t.lists = append(t.lists, list)
		for _, e := range list {
			if e != self {
				t.counts[e]++
			}
		}
	}
	// The few that are wanted are kept in order; sorting all of them would cost
	// more than asking.
	best := make([]page.Companion, 0, n+1)
	for id, c := range t.counts {
		at, _ := slices.BinarySearchFunc(best, id, func(a page.Companion, b entity.ID) int {
			return cmp.Or(cmp.Compare(c, a.Count), cmp.Compare(a.ID, b))
		})
		if at < n {
			best = slices.Insert(best, at, page.Companion{ID: id, Count: c})
			best = best[:min(n, len(best))]
		}
	}
	return page.Company{List: best, Ties: t.ties(best)}
}

// ties counts how many articles the first companions share with each other.
func (t *tally) ties(best []page.Companion) (out []page.Tie) {
	n := min(len(best), page.NetworkOf)
	var shared [page.NetworkOf][page.NetworkOf]int
	places := make([]int, 0, n)
	for _, list := range t.lists {
		places = places[:0]
		for i := range best[:n] {
			if slices.Contains(list, best[i].ID) {
				places = append(places, i)
			}
		}
		for i, a := range places {
			for _, b := range places[i+1:] {
				shared[a][b]++
			}
		}
	}
	for a := range n {
		for b := a + 1; b < n; b++ {
			if c := shared[a][b]; c > 0 {
				out = append(out, page.Tie{A: a, B: b, Count: c})
			}
		}
	}
	return out
}
