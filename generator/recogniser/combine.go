package recogniser

import "mihbara/generator/entity"

// Combine lays recognised names beside the mentions that a knowledge base
// knows; both in the order of the text. Where they overlap the mention stands,
// unless the name is a longer one that holds it: of the same type (a place only
// if the name begins before it), or an organisation that is called after a place.
// Of a place within a known place (غزة in قطاع غزة) the name stands: knowledge
// bases take in what sort of place it is, and those who annotate text do not.
func Combine(mentions []entity.Mention, names []Name) []Name {
	list := make([]Name, 0, len(mentions)+len(names))
	for len(mentions) > 0 || len(names) > 0 {
		switch {
		case len(names) == 0 || len(mentions) > 0 && mentions[0].End <= names[0].Start:
			list = append(list, nameOf(&mentions[0]))
			mentions = mentions[1:]
		case len(mentions) == 0 || names[0].End <= mentions[0].Start:
			list = append(list, names[0])
			names = names[1:]
		case longer(names[0], mentions) || placeWithin(names[0], &mentions[0]):
			list = append(list, names[0])
			for len(mentions) > 0 && mentions[0].Start < names[0].End {
				mentions = mentions[1:]
			}
			names = names[1:]
		default:
			names = names[1:]
		}
	}
	return list
}

func nameOf(m *entity.Mention) Name { return Name{m.Start, m.End, m.Type} }

// longer says whether a name holds all mentions that it overlaps, as a longer
// name may.
func longer(n Name, mentions []entity.Mention) bool {
	for i := range mentions {
		m := &mentions[i]
		if m.Start >= n.End {
			break
		}
		if m.Start < n.Start || m.End > n.End || !mayHold(n, m) {
			return false
		}
	}
	return true
}

// mayHold says whether a name may hold a mention in its words. What goes on behind
// a known place is seldom part of its name (فلسطین مرکز تبادل); what stands before
// it may be.
func mayHold(n Name, m *entity.Mention) bool {
	if m.Type == n.Type {
		return m.Type != entity.Place || m.Start > n.Start
	}
	return n.Type == entity.Organisation && m.Type == entity.Place && m.End-m.Start < n.End-n.Start
}

// placeWithin says whether a name is a place in the words of a place.
func placeWithin(n Name, m *entity.Mention) bool {
	return n.Type == entity.Place && m.Type == entity.Place && n.Start >= m.Start && n.End <= m.End
}
