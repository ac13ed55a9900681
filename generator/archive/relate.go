package archive

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// Limits of what Relate looks at (DESIGN: a bounded neighbourhood).
const (
	candidatesPerTopic = 32
	topicsInLanguage   = 12
	topicsAbroad       = 6
	relatedShown       = 5
	abroadShown        = 5
)

// A Neighbourhood is what Relate asks of the archive.
type Neighbourhood interface {
	// Before appends to list at most n articles on a topic that stand before the
	// place sort, nearest first, each once, in one language, or in all when t is
	// empty; and says how many stand there, in powers of two. For an undated
	// article, which has no before, they are the n oldest dated ones. So the
	// article at that place itself is never among them.
	Before(list []Neighbour, topic Topic, t lang.Tag, sort string, n int) (longer []Neighbour, magnitude int)
	// Earliest returns the first article before sort whose text has the same
	// band; ok is false where there is none.
	Earliest(band Band, sort string) (n Neighbour, sketch Sketch, ok bool)
	// Sharing appends to list at most n articles of any language that hold a term
	// and stand from one place, inclusive, to another, exclusive, nearest to that
	// first; and says how many stand there, in powers of two.
	Sharing(list []Neighbour, term Term, from, to string, n int) (longer []Neighbour, magnitude int)
	// Terms gives the terms of an article, nil if it is not there.
	Terms(id article.ID) Terms
}

// A Neighbour is an article as the groups know it.
type Neighbour struct {
	ID       article.ID
	Number   uint32 // stands for ID among the answers to one article: equal for equal ones
	Sort     string
	Language lang.Tag
}

// Options say what Relate leaves out; it then asks nothing about it.
type Options struct {
	NoStories    bool // no article continues another
	NoDuplicates bool
	NoAbroad     bool // no related articles in other languages
}

// A desk is memory that one article leaves to another: an article looks at
// hundreds of neighbours and keeps ten.
type desk struct {
	topics  []weighted  // or terms
	near    []Neighbour // of all topics, one after another
	slots   []uint32    // of a hash table, numbers in found and one more; a power of two, at most half full
	found   []candidate
	several [max(relatedShown, abroadShown, storyCandidates) + 1]*candidate
}

// desks are those that are free.
var desks = sync.OnceValue(func() *sync.Pool { return &sync.Pool{New: func() any { return &desk{} }} })

// Relate finds what an article, with its sketch and its terms, has to do with
// earlier ones.
func Relate(n Neighbourhood, p Place, sketch Sketch, terms Terms, o Options) Links {
	d := desks().Get().(*desk)
	defer desks().Put(d)
	sort, topics := Sort(p.Card), p.Topics()
	var links Links
	if !o.NoDuplicates {
		links.Duplicate = duplicate(n, sketch, p, sort)
	}
	if !o.NoStories {
		links.Parent = d.parent(n, p.Card, sort, terms)
	}
	d.weigh(n, topics, sort, p.Card.Language, topicsInLanguage)
	d.count()
	links.Related = ids(d.best(relatedShown, func(c *candidate) bool { return c.ID != links.Parent && c.ID != links.Duplicate }))
	if o.NoAbroad {
		return links
	}
	d.weigh(n, topics, sort, "", topicsAbroad)
	d.count()
	links.Abroad = ids(d.best(abroadShown, func(c *candidate) bool { return c.Language != p.Card.Language }))
	return links
}

func ids(list []*candidate) []article.ID {
	if len(list) == 0 {
		return nil
	}
	out := make([]article.ID, len(list))
	for i, c := range list {
		out[i] = c.ID
	}
	return out
}

// A weighted topic or term counts the more, the fewer articles it had before.
type weighted struct {
	topic    Topic
	term     Term
	weight   int
	from, to int // of desk.near: the articles before
}

// weigh leaves in d.topics the rarest topics of an article that earlier ones have,
// with these in d.near.
func (d *desk) weigh(n Neighbourhood, topics []Topic, sort string, t lang.Tag, limit int) {
	d.topics, d.near = d.topics[:0], d.near[:0]
	for _, topic := range topics {
		from, m := len(d.near), 0
		d.near, m = n.Before(d.near, topic, t, sort, candidatesPerTopic)
		w := max(1, 16-m)
		if topic.broad() {
			w = max(1, w/3)
		}
		d.topics = append(d.topics, weighted{topic: topic, weight: w, from: from, to: len(d.near)})
	}
	slices.SortFunc(d.topics, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(string(a.topic), string(b.topic)))
	})
	known := d.topics[:0]
	for _, w := range d.topics {
		if w.to > w.from && len(known) < limit {
			known = append(known, w)
		}
	}
	d.topics = known
}

// A candidate is an earlier article with what it shares.
type candidate struct {
	*Neighbour
	score int
}

// before orders candidates: by score, then the nearest in time, then by id.
func (c *candidate) before(d *candidate) bool {
	if c.score != d.score {
		return c.score > d.score
	}
	return cmp.Or(strings.Compare(d.Sort, c.Sort), strings.Compare(string(c.ID), string(d.ID))) < 0
}

// count leaves in d.found the earlier articles that share topics, in no order
// that counts.
func (d *desk) count() {
	size := 64
	for size < 2*len(d.near) {
		size *= 2
	}
	if size > cap(d.slots) {
		d.slots = make([]uint32, size)
	}
	d.slots = d.slots[:size]
	clear(d.slots)
	d.found = d.found[:0]
	for _, w := range d.topics {
		for i := w.from; i < w.to; i++ {
			d.candidate(i).score += w.weight
		}
	}
}

// candidate gives the candidate that the neighbour of a number is.
func (d *desk) candidate(number int) *candidate {
	b, mask := &d.near[number], uint32(len(d.slots)-1)
	for i := b.Number * 0x9e3779b1 >> 8 & mask; ; i = (i + 1) & mask {
		at := d.slots[i]
		if at == 0 {
			d.found = append(d.found, candidate{Neighbour: b})
			d.slots[i] = uint32(len(d.found))
			return &d.found[len(d.found)-1]
		}
		if c := &d.found[at-1]; c.Number == b.Number {
			return c
		}
	}
}

// best returns the first n candidates that fit, in order, until it is called
// again. It keeps a short sorted list, since sorting hundreds to show five would
// cost more than all else here.
func (d *desk) best(n int, fits func(*candidate) bool) []*candidate {
	out := d.several[:0]
	for i := range d.found {
		c := &d.found[i]
		if len(out) == n && !c.before(out[n-1]) || !fits(c) {
			continue
		}
		at := len(out)
		for at > 0 && c.before(out[at-1]) {
			at--
		}
		out = slices.Insert(out, at, c)
		out = out[:min(n, len(out))]
	}
	return out
}
