package entity

import (
	"cmp"
	"slices"
	"strings"

	"mihbara/generator/lang"
)

// An Alias is one name of one entity, ready to be compared with a text.
type Alias struct {
	Tokens        []string   // light keys, see [lang.Light]; a spelling joined by hyphens is an alias of its own
	Loose         []string   // loose keys of the same tokens
	Entity        ID         //
	Type          Type       //
	Languages     []lang.Tag // base languages of texts in which it counts, sorted; none: any
	Weight        int        // of the entity
	Capitals      uint64     // bit i: token i is written with a capital, so a text must do so too
	Unique        bool       // a bare surname that counts alone
	Bare          bool       // part of a longer name; counts only if Unique or the longer name is in the text
	CaseSensitive bool       // an acronym of up to four letters: US, not us
	Link          bool       // false: recognised, so that nothing else is, and not linked
	Demonym       bool       // a nationality, not a place
	Generic       bool       // with a nationality it is another name of the entity (US Senate): counts only in a text that speaks of its lands
	National      bool       // of the entity
	Lands         []string   // of the entity
	Years         Years      // of the entity
	Since         int        // the first year in which an article can mean the entity, 0 if not known
}

// Keys gives the keys under which a [Lexicon] must answer with a: the light
// and the loose key of its first token.
func (a Alias) Keys() []string {
	if len(a.Tokens) == 0 {
		return nil
	}
	if a.Tokens[0] == a.Loose[0] {
		return []string{a.Tokens[0]}
	}
	return []string{a.Tokens[0], a.Loose[0]}
}

// A Lexicon answers with all aliases whose first token has this light or loose
// key, in an order that does not change; nil if there are none. [Annotate]
// knows names through this one question only.
type Lexicon interface {
	Starting(key string) []Alias
}

// A MapLexicon is a lexicon in memory, for tests and the annotate command.
type MapLexicon struct{ aliases map[string][]Alias }

// NewLexicon gives the lexicon of the aliases of list.
func NewLexicon(list []*Entity) *MapLexicon {
	m := &MapLexicon{aliases: map[string][]Alias{}}
	for _, e := range list {
		for _, a := range Aliases(e) {
			for _, key := range a.Keys() {
				m.aliases[key] = append(m.aliases[key], a)
			}
		}
	}
	for _, list := range m.aliases {
		slices.SortStableFunc(list, compareAliases)
	}
	return m
}

// Starting gives the aliases that begin with key.
func (m *MapLexicon) Starting(key string) []Alias { return m.aliases[key] }

// compareAliases orders by entity, then by what the alias says.
func compareAliases(a, b Alias) int {
	return cmp.Or(cmp.Compare(a.Entity, b.Entity), slices.Compare(a.Tokens, b.Tokens),
		cmp.Compare(flags(a), flags(b)), slices.Compare(a.Languages, b.Languages))
}

func flags(a Alias) string {
	var b strings.Builder
	for _, f := range []bool{a.Unique, a.Bare, a.CaseSensitive, a.Link, a.Demonym, a.Generic, a.National} {
		if f {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	}
	return b.String()
}
