package archive

import (
	"cmp"
	"maps"
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
	// sort, nearest first; in one language, or in all when t is empty. For an
	// undated article, which has no before, it returns the n oldest dated ones.
	Before(topic Topic, t lang.Tag, sort string, n int) []Neighbour
	// Magnitude returns how many articles on a topic in a language (all when
	// empty) stand before the place sort, in powers of two.
	Magnitude(topic Topic, t lang.Tag, sort string) int
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

// Relate finds what an article has to do with earlier ones.
func Relate(n Neighbourhood, p Place, sketch Sketch) Links {
	sort := Sort(p.Card)
	own := p.weigh(n, sort, p.Card.Language, topicsInLanguage)
	all := p.weigh(n, sort, "", topicsAbroad)
	var links Links
	links.Duplicate = duplicate(n, sketch, p, sort)
	here := candidates(n, own, p.Card.Language, sort, p.Card.ID)
	links.Parent = parent(here, own, p.Card)
	for _, c := range here {
		if len(links.Related) == relatedShown {
			break
		}
		if c.ID != links.Parent && c.ID != links.Duplicate {
			links.Related = append(links.Related, c.ID)
		}
	}
	for _, c := range candidates(n, all, "", sort, p.Card.ID) {
		if c.Language != p.Card.Language && len(links.Abroad) < abroadShown {
			links.Abroad = append(links.Abroad, c.ID)
		}
	}
	return links
}

// A weighted topic counts the more, the fewer articles it had before.
type weighted struct {
	topic  Topic
	weight int
}

// weigh returns the rarest topics of the article with their weights. A topic
// that is new has no earlier article and is left out.
func (p Place) weigh(n Neighbourhood, sort string, t lang.Tag, limit int) []weighted {
	var out []weighted
	for _, topic := range p.Topics() {
		m := n.Magnitude(topic, t, sort)
		if m == 0 && p.Card.Published.Set {
			continue
		}
		w := max(1, 16-m)
		if strings.HasPrefix(string(topic), string(ByTag)+"/") {
			w = max(1, w/2) // a tag is broader than a name
		}
		out = append(out, weighted{topic, w})
	}
	slices.SortFunc(out, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.topic, b.topic))
	})
	return out[:min(limit, len(out))]
}

// A candidate is an earlier article with what it shares.
type candidate struct {
	Neighbour
	score, shared int
}

// candidates returns the earlier articles that share topics, best first.
func candidates(n Neighbourhood, topics []weighted, t lang.Tag, sort string, self article.ID) []candidate {
	found := map[article.ID]candidate{}
	for _, w := range topics {
		for _, b := range n.Before(w.topic, t, sort, candidatesPerTopic) {
			if b.ID == self {
				continue
			}
			c := found[b.ID]
			c.Neighbour = b
			c.score += w.weight
			c.shared++
			found[b.ID] = c
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(b.Sort, a.Sort), cmp.Compare(a.ID, b.ID))
	})
}

// parent returns the earlier article that this one continues: the best
// candidate of the last storyDays that shares three topics or more and at least
// two fifths of the weight of what this article is about.
func parent(here []candidate, own []weighted, c article.Card) article.ID {
	if !c.Published.Set {
		return ""
	}
	total := 0
	for _, w := range own {
		total += w.weight
	}
	oldest := Day(daysBefore(c.Published.Civil(), storyDays))
	for _, h := range here {
		if h.shared >= 3 && h.score*5 >= total*2 && h.Sort >= oldest {
			return h.ID
		}
	}
	return ""
}
