package entity

import (
	"iter"
	"strings"

	"mihbara/generator/lang"
)

// Listed gives the words of one of the lists that the matcher has for a
// language: titles, heads, tails, locatives or given. None if there is no such
// list.
func Listed(t lang.Tag, list string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range listed("data/" + string(base(t)) + "/" + list + ".txt") {
			for w := range strings.FieldsSeq(line) {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// Particles gives the words that bind the next word of a name to them, of all
// languages: bin, عبد, van.
func Particles() iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range listed("data/particles.txt") {
			for w := range strings.FieldsSeq(line) {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// Nationalities gives the adjectives of nationality that are listed for a
// language, in all their forms.
func Nationalities(t lang.Tag) iter.Seq[string] {
	return func(yield func(string) bool) {
		nations := territoryList("data/"+string(base(t))+"/demonyms.txt", plurals(base(t)))
		for _, code := range lang.Territories() {
			for _, name := range nations[code] {
				if !yield(name) {
					return
				}
			}
		}
	}
}
