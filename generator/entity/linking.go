package entity

import (
	"cmp"
	"slices"
)

// nobody is the alias of a name that is surely one, and of none that we know: one
// that several entities have and that nothing in the text gives to one of them,
// or one that belongs to another land. It takes the words and is not linked.
var nobody = Alias{Entity: "", Link: false}

// nilMargin is by how much the best candidate for a name must lead the best one of
// another entity: less than one point of weight, so that an editor's word and
// every sign in the text decide, and the order of ids never does.
const nilMargin = 5

// best decides between candidates for the same tokens; in the last pass it reports
// what it cannot decide.
func (s *selector) best(list []candidate, last bool) candidate {
	nation := slices.ContainsFunc(list, func(c candidate) bool { return c.alias.Demonym })
	slices.SortStableFunc(list, func(a, b candidate) int {
		if c := cmp.Or(cmp.Compare(s.score(&b, nation), s.score(&a, nation)), cmp.Compare(a.alias.Entity, b.alias.Entity)); c != 0 {
			return c
		}
		return compareAliases(*a.alias, *b.alias)
	})
	first := list[0]
	s.unsure = s.unsure || list[len(list)-1].alias.Entity != first.alias.Entity
	if first.alias.Bare {
		return first // the one named last, see score
	}
	for i := range list[1:] {
		other := &list[i+1]
		if other.alias.Entity == first.alias.Entity {
			continue
		}
		if s.score(&first, nation)-s.score(other, nation) >= nilMargin {
			break
		}
		if last {
			s.doubt(list)
		}
		first.alias = &nobody
		break
	}
	return first
}

// doubt reports a name that is nobody's.
func (s *selector) doubt(list []candidate) {
	if s.undecided == nil {
		return
	}
	var ids []ID
	for i := range list {
		if id := list[i].alias.Entity; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	c := &list[0]
	s.undecided(s.text[s.tokens[c.first].start+c.prefix:s.end(c.last)], ids)
}

// score weighs a candidate against others for the same tokens: how it is written,
// then the prior, then what the text says. A point of weight is worth ten.
func (s *selector) score(c *candidate, nation bool) int {
	a := c.alias
	score := 10 * a.Weight
	if !c.stripped() {
		score += 10_000
	}
	if !c.loose {
		score += 5_000
	}
	if s.prefers(a.Entity) {
		score += 100_000
	}
	if nation && a.Demonym != s.afterLocative(c) {
		score += 2_000
	}
	if at := s.full.of(a.Entity); len(at) > 0 {
		score += 100
		if i, _ := slices.BinarySearch(at, c.first); i > 0 {
			score += max(0, 50-(c.first-at[i-1])/8) // the one named last is meant
		}
	}
	if a.Type == Person && c.first > 0 && s.tokens[c.first].near && s.form(c.first-1).title {
		score += 40
	}
	if a.Type == Place && s.afterLocative(c) {
		score += 30
	}
	score += 20 * min(3, s.votes(a))
	if a.Years.hold(s.year) {
		score += 25
	}
	return score
}

// A landVote is a territory of which a text speaks, and how often.
type landVote struct {
	code string
	by   []ID // the entities that vote, one for each mention
}

// vote counts what was chosen for its lands: places, nationalities, and whoever
// belongs to them. What several entities may be has no vote.
func (s *selector) vote(chosen []candidate) {
	for i := range chosen {
		c := &chosen[i]
		if len(c.alias.Lands) != 1 || s.shared(c) {
			continue
		}
		code := c.alias.Lands[0]
		k := slices.IndexFunc(s.lands, func(v landVote) bool { return v.code == code })
		if k < 0 {
			k = len(s.lands)
			s.lands = append(s.lands, landVote{code: code})
		}
		s.lands[k].by = append(s.lands[k].by, c.alias.Entity)
	}
}

// shared says whether other entities have the name that c is.
func (s *selector) shared(c *candidate) bool {
	for _, other := range s.at(c.first) {
		if other.last == c.last && other.alias.Entity != c.alias.Entity && !other.alias.Bare {
			return true
		}
	}
	return false
}

// votes counts the mentions that speak for an alias: those of its lands, without
// those of its own entity.
func (s *selector) votes(a *Alias) int {
	n := 0
	for _, v := range s.lands {
		if !slices.Contains(a.Lands, v.code) {
			continue
		}
		for _, id := range v.by {
			if id != a.Entity {
				n++
			}
		}
	}
	return n
}
