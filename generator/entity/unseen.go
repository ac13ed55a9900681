package entity

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// Sightings remember which names of which entities stand in texts. The zero value
// is ready.
type Sightings struct {
	seen      map[ID]map[string]bool // loose keys of the words that were found
	languages map[lang.Tag]bool      // base languages of texts
	open      map[string]*openName   // by the ids and the name
}

// An openName is a name that texts do not give to one of several entities.
type openName struct {
	name  string
	ids   []ID
	first string // path of the first text
	texts int
	last  string
}

// SeeUndecided takes what [Passage.Undecided] is told of the text at a path. Texts
// come one after the other.
func (s *Sightings) SeeUndecided(path, name string, ids []ID) {
	if s.open == nil {
		s.open = map[string]*openName{}
	}
	key := fmt.Sprint(ids, name)
	o := s.open[key]
	if o == nil {
		o = &openName{name: name, ids: ids, first: path}
		s.open[key] = o
	}
	if o.last != path {
		o.texts++
		o.last = path
	}
}

// Undecided names what texts do not give to one of several entities, at the first
// text that has it.
func (s *Sightings) Undecided() []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, key := range slices.Sorted(maps.Keys(s.open)) {
		o := s.open[key]
		d := diag.Notef(diag.Position{File: o.first}, "%q may be %s, and is not linked; so it is in %d of the articles", o.name, joinIDs(o.ids), o.texts)
		d.Hint = fmt.Sprintf("give one of them a higher weight, or write entities: [%s] into the article", o.ids[0])
		list = append(list, d)
	}
	return diag.Sort(list)
}

func joinIDs(ids []ID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return strings.Join(list, " or ")
}

// See takes what [Annotate] found in a text of the language t.
func (s *Sightings) See(list []Mention, t lang.Tag) {
	if s.seen == nil {
		s.seen, s.languages = map[ID]map[string]bool{}, map[lang.Tag]bool{}
	}
	s.languages[base(t)] = true
	for _, m := range list {
		if s.seen[m.Entity] == nil {
			s.seen[m.Entity] = map[string]bool{}
		}
		s.seen[m.Entity][looseText(m.Text, t)] = true
	}
}

// Unseen names the entities of which no text has any name and, of the others, the
// names that no text in their language has. At gives where a name stands.
func (s *Sightings) Unseen(own []*Entity, at func(e *Entity, text string) diag.Position) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, e := range own {
		if s.seen[e.ID] == nil {
			list = append(list, diag.Notef(diag.Position{File: e.Path}, "no article mentions %s", e.ID))
			continue
		}
		for _, t := range sortedTags(e.Aliases) {
			for _, name := range e.Aliases[t] {
				if s.languages[base(t)] && !s.seen[e.ID][looseText(name, t)] {
					list = append(list, diag.Notef(at(e, name), "no article in %s calls %s %q", t, e.ID, name))
				}
			}
		}
	}
	return diag.Sort(list)
}

// looseText gives the loose keys of a name's words, without the marks between.
func looseText(s string, t lang.Tag) string {
	var b strings.Builder
	for _, w := range lang.Words(s) {
		b.WriteString(lang.Loose(s[w.Start:w.End], t) + " ")
	}
	return b.String()
}
