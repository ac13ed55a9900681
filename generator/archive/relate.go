package archive

import (
	"cmp"
	"slices"
	"strings"

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
	// storyDays is how many days may lie between an article and the one that it
	// continues. A year and a bit, so that an anniversary still finds its story.
	storyDays = 400
)

// A Neighbourhood is what Relate asks of the archive.
type Neighbourhood interface {
	// Before returns at most n articles on a topic that stand before the place
	// sort, nearest first, in one language, or in all when t is empty; and how
	// many stand there, in powers of two. For an undated article, which has no
	// before, they are the n oldest dated ones.
	Before(topic Topic, t lang.Tag, sort string, n int) (list []Neighbour, magnitude int)
	// Earliest returns the first article before sort whose text has the same
	// band; ok is false where there is none.
	Earliest(band Band, sort string) (n Neighbour, sketch Sketch, ok bool)
}

// A Neighbour is an article as the groups know it.
type Neighbour struct {
	ID       article.ID
	Sort     string
	Language lang.Tag
}

// Options say what Relate leaves out; it then asks nothing about it.
type Options struct {
	NoStories    bool // no article continues another
	NoDuplicates bool
	NoAbroad     bool // no related articles in other languages
}

// Relate finds what an article has to do with earlier ones.
func Relate(n Neighbourhood, p Place, sketch Sketch, o Options) Links {
	sort := Sort(p.Card)
	own, total := p.weigh(n, sort, p.Card.Language, topicsInLanguage)
	var links Links
	if !o.NoDuplicates {
		links.Duplicate = duplicate(n, sketch, p, sort)
	}
	here := candidates(own, p.Card.ID)
	if !o.NoStories {
		links.Parent = parent(here, total, p.Card)
	}
	for _, c := range best(here, relatedShown, func(c *candidate) bool { return c.ID != links.Parent && c.ID != links.Duplicate }) {
		links.Related = append(links.Related, c.ID)
	}
	if o.NoAbroad {
		return links
	}
	all, _ := p.weigh(n, sort, "", topicsAbroad)
	abroad := func(c *candidate) bool { return c.Language != p.Card.Language }
	for _, c := range best(candidates(all, p.Card.ID), abroadShown, abroad) {
		links.Abroad = append(links.Abroad, c.ID)
	}
	return links
}

// A weighted topic counts the more, the fewer articles it had before.
type weighted struct {
	topic  Topic
	weight int
	before []Neighbour
}

// weigh returns the rarest topics of the article with their weights and the
// articles before it, and the weight of its rarest topics with those that no
// earlier article has, for which there is nothing to return.
func (p Place) weigh(n Neighbourhood, sort string, t lang.Tag, limit int) (known []weighted, total int) {
	var all []weighted
	for _, topic := range p.Topics() {
		before, m := n.Before(topic, t, sort, candidatesPerTopic)
		w := max(1, 16-m)
		if topic.broad() {
			w = max(1, w/3)
		}
		all = append(all, weighted{topic, w, before})
	}
	slices.SortFunc(all, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.topic, b.topic))
	})
	for i, w := range all {
		if i < limit {
			total += w.weight
		}
		if len(w.before) > 0 && len(known) < limit {
			known = append(known, w)
		}
	}
	return known, total
}

// A candidate is an earlier article with what it shares.
type candidate struct {
	*Neighbour
	score int
	names int // shared topics that are not broad
}

// before orders candidates: by score, then the nearest in time, then by id.
func (c *candidate) before(d *candidate) bool {
	return cmp.Or(cmp.Compare(d.score, c.score), strings.Compare(d.Sort, c.Sort), cmp.Compare(c.ID, d.ID)) < 0
}

// candidates returns the earlier articles that share topics, in no order.
func candidates(topics []weighted, self article.ID) []candidate {
	total := 0
	for _, w := range topics {
		total += len(w.before)
	}
	at := make(map[article.ID]int, total)
	found := make([]candidate, 0, total)
	for _, w := range topics {
		for i := range w.before {
			b := &w.before[i]
			if b.ID == self {
				continue
			}
			k, ok := at[b.ID]
			if !ok {
				k = len(found)
				at[b.ID] = k
				found = append(found, candidate{Neighbour: b})
			}
			found[k].score += w.weight
			if !w.topic.broad() {
				found[k].names++
			}
		}
	}
	return found
}

// best returns the first n candidates that fit, in order. It keeps a short
// sorted list, since sorting hundreds to show five would cost more than all else
// here.
func best(list []candidate, n int, fits func(*candidate) bool) []*candidate {
	out := make([]*candidate, 0, n+1)
	for i := range list {
		c := &list[i]
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

// parent returns the earlier article that this one continues: the best
// candidate of the last storyDays that shares two names or more and at least a
// third of the weight of what this article is about, new names included. On the
// sample site that gives 13 parents, 12 of them right or arguable; with three
// topics of any kind, nine of 25 were other stories about the same countries.
func parent(here []candidate, total int, c article.Card) article.ID {
	if !c.Published.Set {
		return ""
	}
	oldest := Day(daysBefore(c.Published.Civil(), storyDays))
	continues := func(h *candidate) bool { return h.names >= 2 && h.score*3 >= total && h.Sort >= oldest }
	if first := best(here, 1, continues); len(first) > 0 {
		return first[0].ID
	}
	return ""
}
