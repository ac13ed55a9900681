package tag

import (
	"cmp"
	"slices"
	"strings"
)

// A Topic is how much a text is about a tag of the starter set.
type Topic struct {
	ID     string
	Score  int // the rarity of its concepts, see [Topics]
	Share  int // of the scores of all topics, in hundredths
	Varied int // how many of its concepts the text has
}

// What makes a text be about a topic, measured by cmd/tags on texts whose topics
// are known: most of what it speaks of belongs to the topic, or a good part of it
// and that is much. The figures stand in cmd/tags/README.md.
const (
	leastScore  = 12 // two rare words, or one that is said often and another
	leastVaried = 2
	leastShare  = 27 // hundredths
	mostTopics  = 2
	// mostCounted bounds how often a word counts: what a text is about it says
	// again and again, by other words too.
	mostCounted = 4
)

// Topics says what a text is about, by what was found in it: at most two topics,
// the first the one it is most about.
func Topics(found []Found) []Topic { return TopicsAbove(found, leastShare) }

// TopicsAbove is [Topics] with another least share, in hundredths.
func TopicsAbove(found []Found, share int) []Topic {
	var all []Topic
	total := 0
	for _, f := range found {
		score := f.Rarity * min(f.Count, mostCounted)
		total += score
		at := slices.IndexFunc(all, func(t Topic) bool { return t.ID == f.Topic })
		if at < 0 {
			at = len(all)
			all = append(all, Topic{ID: f.Topic})
		}
		all[at].Score += score
		all[at].Varied++
	}
	out := all[:0]
	for _, t := range all {
		t.Share = 100 * t.Score / total
		if t.Score >= leastScore && t.Varied >= leastVaried && t.Share >= share {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b Topic) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	return out[:min(len(out), mostTopics)]
}
