package recogniser

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A joint model is one of several languages: it was trained on text of each, and
// serves those that have no model of their own. There are two: und for scripts that
// have capitals, Latin and Cyrillic, and und-Arab for the Arabic script. What one
// knows of a language that it saw no text of are the lists below and what names look
// like in its script; the words around a name say less.
func joint(t lang.Tag) bool { return baseOf(t) == "und" }

// seen are the languages without a model of their own that the joint models saw news
// of. Of German they saw sentences of ours alone.
var seen = []lang.Tag{"ckb", "es", "ru", "tr"}

// unserved are languages of a joint model's script in which it is wrong too often,
// see cmd/recogniser/README.md.
var unserved = []lang.Tag{"ps", "sd", "ug"}

// jointOf gives the tag of the joint model that serves a language, "" if none does: not
// one whose names of countries are not known, nor one in another script than it mostly
// is written in, nor one that [unserved] lists.
func jointOf(t lang.Tag) lang.Tag {
	base := lang.Tag(baseOf(t))
	script := lang.ScriptOf(t)
	if joint(t) || script != lang.ScriptOf(base) || slices.Contains(unserved, base) || lang.TerritoryNames("SY", base) == nil {
		return ""
	}
	switch script {
	case "Latn", "Cyrl":
		return "und"
	case "Arab":
		return "und-Arab"
	}
	return ""
}

// In gives a joint model as that of a language; they share the weights.
func (m *Model) In(t lang.Tag) *Model {
	c := *m
	c.Language, c.speller = t, newJointSpeller(t)
	return &c
}

// spellerOf gives what spells the words of a language for a model.
func spellerOf(model, t lang.Tag) *speller {
	if joint(model) {
		return newJointSpeller(t)
	}
	return newSpeller(t)
}

// lenders are the languages whose lists of names a joint model uses in others of their
// script: those with the longest ones. All lists together do no better.
var lenders = []lang.Tag{"ar", "en", "fa", "fr", "ru", "ur"}

// newJointSpeller gives a speller that knows, besides the lists of a language, those
// of the lenders in its script and the names of the built-in knowledge base.
func newJointSpeller(t lang.Tag) *speller {
	script := lang.ScriptOf(t)
	sp := newSpeller(t)
	sp.cased = script != "Arab"
	sources := []lang.Tag{t}
	for _, l := range lenders {
		if l == t || lang.ScriptOf(l) != script {
			continue
		}
		for _, w := range ownLists {
			for name := range Listed(l, w.name) {
				sp.names.addName(name, w.flag, t)
			}
		}
		sources = append(sources, l)
	}
	sp.names.addWorld(t, sources)
	if script != "Latn" {
		sp.stems = stemsOf(sp.names)
	}
	return sp
}

// addWorld adds the places and people of the built-in knowledge base, as some
// languages call them.
func (l lexicon) addWorld(t lang.Tag, sources []lang.Tag) {
	for _, e := range entity.World() {
		for _, s := range sources {
			for _, name := range append([]string{e.Labels[s]}, e.Aliases[s]...) {
				l.addEntity(name, e.Type, t)
			}
		}
	}
}

// addEntity adds a place, or the first and the last word of a person's name.
func (l lexicon) addEntity(name string, of entity.Type, t lang.Tag) {
	words := strings.Fields(name)
	switch {
	case of == entity.Place:
		l.addName(name, flagPlace, t)
	case of == entity.Person && len(words) > 1:
		l.addName(words[0], flagGiven, t)
		l.addName(words[len(words)-1], flagFamily, t)
	}
}

// Endings: a script other than Latin writes foreign names with endings of its own
// language (Индонезии for Индонезия, لەندەنی for لەندەن).
const (
	longestEnding = 3 // in letters
	shortestStem  = 4
	vowels        = "аеёиоуыэюяьйیيەاىوة"
)

// stemsOf gives the names of a lexicon as they stand before an ending: whole, and
// without a vowel at their end.
func stemsOf(l lexicon) lexicon {
	s := lexicon{}
	for name, f := range l {
		if f &= flagGiven | flagFamily | flagPlace; f == 0 || runesIn(name, shortestStem) < shortestStem {
			continue
		}
		s[name] |= f
		last, size := utf8.DecodeLastRuneInString(name)
		if short := name[:len(name)-size]; strings.ContainsRune(vowels, last) && runesIn(short, shortestStem) == shortestStem {
			s[short] |= f
		}
	}
	return s
}

// stem gives the flags of the name that a word is with an ending, 0 if it is none.
func (sp *speller) stem(word string) flags {
	for range longestEnding {
		_, size := utf8.DecodeLastRuneInString(word)
		if word = word[:len(word)-size]; runesIn(word, shortestStem) < shortestStem {
			break
		}
		if f := sp.stems[word]; f != 0 {
			return f
		}
	}
	return 0
}
