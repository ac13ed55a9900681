package archive

import "mihbara/generator/article"

// A story is a tree: each article but the first has one parent, an earlier article
// on the same event, in its own or another language. It is found by terms, which are
// the same in all languages: first the articles of the last storyDays that share
// some of the heaviest terms, the nearest of each; then, of those that share most,
// the one that is likest by all terms. All of it depends on the pair and on what
// stands before the later of the two.

// Limits of what an article asks to find its parent.
const (
	// storyDays is how many days may lie between an article and the one that it
	// continues. A year and a bit, so that an anniversary still finds its story.
	storyDays         = 400
	candidatesPerTerm = 16
	storyCandidates   = 8 // in other languages
	ownCandidates     = 4 // in its own
	// leastLeading is what they share of leading terms at least: in a large archive
	// most have only such in common as many articles hold, which weigh nothing.
	leastLeading = 2 * bit
)

// What makes two articles parts of one story. The figures stand in
// cmd/stories/README.md.
const (
	// fewestShared is how many terms they share at least, each of some weight.
	fewestShared = 3
	// anchored is the least weight, in quarters of a bit, of what they share besides
	// concepts and countries: two crimes are told in the same words.
	anchored = 28
	// alikeEnough is the least likeness of two articles of one month in different
	// languages, see likeness; ownAlike is it in hundredths for one language, in
	// which a word that sounds alike is the same word.
	alikeEnough = 325
	ownAlike    = 70
	ownSounds   = 4 // by which the weight of sounds is divided there
	// A term that m articles in powers of two hold, of n before, weighs n-m bits
	// less rareBits at most. A small archive counts as one of few articles, none of
	// which holds the term: it says nothing yet.
	rareBits    = 3
	fewArticles = 9
)

// aged gives the likeness that two articles need, so many days apart: what is far
// apart is seldom the same event.
func aged(days int) int {
	switch {
	case days <= 30:
		return alikeEnough
	case days <= 90:
		return alikeEnough * 5 / 4
	}
	return alikeEnough * 3 / 2
}

// parent gives the earlier article that this one continues, "" if there is none. An
// article without a date is in no story.
func (d *desk) parent(n Neighbourhood, c article.Card, sort string, terms Terms) (parent article.ID) {
	if !c.Published.Set || len(terms) < fewestShared {
		return ""
	}
	language, day := c.Language, c.Published.Civil()
	d.share(n, terms, Day(daysBefore(day, storyDays)), sort)
	d.count()
	best := 0
	for _, own := range [...]bool{false, true} {
		shown := storyCandidates
		if own {
			shown = ownCandidates
		}
		for _, near := range d.best(shown, func(c *candidate) bool { return c.score >= leastLeading && (c.Language == language) == own }) {
			needed := aged(daysApart(near.Sort, day))
			if own {
				needed = needed * ownAlike / 100
			}
			if l := d.likeness(terms, n.Terms(near.ID), own); l >= needed && l > best {
				parent, best = near.ID, l
			}
		}
	}
	return parent
}

// share leaves in d.topics the leading terms of an article with the articles that
// hold them in d.near. A term weighs less the more articles hold it.
func (d *desk) share(n Neighbourhood, terms Terms, from, to string) {
	d.topics, d.near = d.topics[:0], d.near[:0]
	_, all := n.Sharing(d.near, AnyTerm, from, to, 1)
	all = max(all, fewArticles)
	for _, x := range terms.Leading() {
		first, m := len(d.near), 0
		d.near, m = n.Sharing(d.near, x, from, to, candidatesPerTerm)
		w := min(x.weight(), max(0, all-m-rareBits)*bit)
		d.topics = append(d.topics, weighted{term: x, weight: w, from: first, to: len(d.near)})
	}
}

// likeness says how much two articles have in common: the square of the weight of
// their shared terms by the weight of the smaller of them, in hundredths of bits.
// Translations of a short report have some 500, of a long one some thousands.
// Numbers that either has and the other lacks speak against it, entities by half:
// reports of one event agree in them, and two of one kind of event do not. Own says
// that both are in one language.
func (d *desk) likeness(a, b Terms, own bool) int {
	crowd := crowdOf(a, b)
	var shared tally
	anchor := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i], b[j]; {
		case x < y:
			i++
		case y < x:
			j++
		default:
			w := min(x.weightIn(crowd), d.weightOf(x))
			if own && x.kind() == soundTerm {
				w /= ownSounds
			}
			shared.add(x, w)
			if x.anchors() {
				anchor += w
			}
			i, j = i+1, j+1
		}
	}
	if shared.terms < fewestShared || anchor < anchored {
		return 0
	}
	all, other := a.tally(), b.tally()
	lacking := func(kind int) int { return max(0, min(all.of[kind], other.of[kind])-shared.of[kind]) }
	sum := max(0, shared.sum-lacking(numberTerm)-lacking(entityTerm)/2)
	const little = 30 * bit // so that a text of few terms is not proved by two of them
	return 100 / bit * sum * sum / (little + min(all.sum, other.sum))
}

// A tally adds up weights of terms.
type tally struct {
	terms int // that weigh something
	sum   int
	of    [soundTerm + 1]int // by kind, what they weigh by themselves
}

func (t *tally) add(x Term, weight int) {
	if weight > 0 {
		t.terms++
	}
	t.sum += weight
	t.of[x.kind()] += x.weight()
}

// tally adds up all terms of an article.
func (t Terms) tally() (all tally) {
	crowd := crowdOf(t, nil)
	for _, x := range t {
		all.add(x, x.weightIn(crowd))
	}
	return all
}

// anchors says whether a term ties an article to an event: no concept, country or
// year does.
func (t Term) anchors() bool { return t.kind() != conceptTerm && t.weight() > countryBits }

// weightOf gives what a leading term weighs, after how many articles hold it; of
// others what they weigh by themselves.
func (d *desk) weightOf(x Term) int {
	for i := range d.topics {
		if d.topics[i].term == x {
			return d.topics[i].weight
		}
	}
	return x.weight()
}
