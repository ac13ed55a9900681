package recogniser

import (
	"embed"
	"iter"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// The lists below are names by language, one file a kind; the first line of
// each names its origin and licence. A word of them is no name by itself: the
// model learns how far each list is to be trusted.
//
//go:embed names
var nameFiles embed.FS

// Flags say in which lists a word is.
type flags uint16

const (
	flagGiven flags = 1 << iota
	flagFamily
	flagPlace
	flagBody // a word that stands in names of organisations: ministry, bank
	flagNation
	flagTitle
	flagHead
	flagTail
	flagParticle
	flagFunction
	flagLocative
)

// A wordList says which flag the words of a list get.
type wordList struct {
	name string
	flag flags
}

// ownLists are files of this package, borrowed ones those of package entity.
var (
	ownLists      = []wordList{{"given", flagGiven}, {"family", flagFamily}, {"places", flagPlace}, {"bodies", flagBody}}
	borrowedLists = []wordList{{"given", flagGiven}, {"titles", flagTitle}, {"heads", flagHead}, {"tails", flagTail}, {"locatives", flagLocative}}
)

// A lexicon holds the flags of the words of one language, by loose key.
type lexicon map[string]flags

// lexiconOf reads all lists of a language.
func lexiconOf(t lang.Tag) lexicon {
	l := lexicon{}
	for _, w := range ownLists {
		for name := range Listed(t, w.name) {
			l.addName(name, w.flag, t)
		}
	}
	for _, w := range borrowedLists {
		for word := range entity.Listed(t, w.name) {
			l.add(word, w.flag, t)
		}
	}
	for word := range entity.Particles() {
		l.add(word, flagParticle, t)
	}
	for _, code := range lang.Territories() {
		for _, name := range lang.TerritoryNames(code, t) {
			l.addName(name, flagPlace, t)
		}
	}
	for word := range entity.Nationalities(t) {
		l.add(word, flagNation, t)
	}
	return l
}

// Listed gives the names of one of the lists of this package: given, family,
// places or bodies.
func Listed(t lang.Tag, list string) iter.Seq[string] {
	data, err := nameFiles.ReadFile("names/" + string(t) + "/" + list + ".txt")
	return func(yield func(string) bool) {
		if err != nil {
			return
		}
		for line := range strings.Lines(string(data)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			for name := range strings.SplitSeq(line, ",") {
				if name = strings.TrimSpace(name); name != "" && !yield(name) {
					return
				}
			}
		}
	}
}

// addName flags a name of one word, and of longer ones the words that are no
// function words and longer than two letters.
func (l lexicon) addName(name string, f flags, t lang.Tag) {
	words := strings.Fields(name)
	for _, w := range words {
		if len(words) == 1 || runesIn(w, 3) == 3 && !lang.FunctionWord(w, t) {
			l.add(w, f, t)
		}
	}
}

func (l lexicon) add(word string, f flags, t lang.Tag) {
	for _, p := range lang.Parts(strings.TrimSpace(word)) {
		l[lang.Loose(strings.TrimSpace(word)[p.Start:p.End], t)] |= f
	}
}
