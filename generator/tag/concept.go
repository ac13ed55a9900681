package tag

import (
	"strconv"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

// A Concept is a thing that texts of several languages have words for.
type Concept struct {
	Name   string // "earthquake": its first English word
	Topic  string // id of the tag of the starter set that it belongs to
	Rarity int    // bits: 3 for what about one text in eight speaks of; 1 to [MaxRarity]
	number int    // in [concepts]
	id     string
}

// MaxRarity is the rarity of what one text in 64 speaks of, or fewer.
const MaxRarity = 6

// ID names a concept, whatever place it has in its file: "disaster/earthquake".
func (c *Concept) ID() string { return c.id }

// An entry is what the stem of a word may begin.
type entry struct {
	concept *Concept
	rest    []string // stems of the words that follow
}

// A lexicon holds the words of one language by the stem of their first one.
type lexicon map[string][]entry

// Concepts gives all concepts, by topic and then as their file has them.
func Concepts() []*Concept { return concepts().list }

type conceptSet struct {
	list     []*Concept
	lexicons map[lang.Tag]lexicon // by base language
}

var concepts = sync.OnceValue(func() *conceptSet {
	s := &conceptSet{lexicons: map[lang.Tag]lexicon{}}
	rarities := map[string]int{}
	_, rows := table(rarityFile)
	for _, row := range rows {
		rarities[row[0]], _ = strconv.Atoi(row[1])
	}
	for _, t := range starter() {
		head, rows := table("starter/" + t.ID + ".txt")
		for _, row := range rows {
			c := &Concept{Name: firstOf(row[0]), Topic: t.ID, number: len(s.list)}
			c.id = c.Topic + "/" + c.Name
			if c.Rarity = rarities[c.ID()]; c.Rarity == 0 {
				c.Rarity = MaxRarity // not measured
			}
			s.list = append(s.list, c)
			for i, words := range row {
				s.add(lang.Tag(head[i]), words, c)
			}
		}
	}
	return s
})

func firstOf(words string) string {
	first, _, _ := strings.Cut(words, ",")
	return first
}

// add adds the words of a concept in a language, parted by commas.
func (s *conceptSet) add(t lang.Tag, words string, c *Concept) {
	if s.lexicons[t] == nil {
		s.lexicons[t] = lexicon{}
	}
	for w := range strings.SplitSeq(words, ",") {
		var stems []string
		for _, span := range lang.Words(w) {
			for _, p := range lang.Parts(w[span.Start:span.End]) {
				stems = append(stems, lang.Stem(w[span.Start+p.Start:span.Start+p.End], t))
			}
		}
		if len(stems) > 0 {
			s.lexicons[t].put(stems, c)
		}
	}
}

// put adds a word unless it is there, as a noun and its plural are. Longer ones
// stand before shorter ones, so that they are found first.
func (l lexicon) put(stems []string, c *Concept) {
	e := entry{c, stems[1:]}
	list := l[stems[0]]
	at := len(list)
	for i, o := range list {
		if o.concept == c && strings.Join(o.rest, " ") == strings.Join(e.rest, " ") {
			return
		}
		if len(o.rest) < len(e.rest) && i < at {
			at = i
		}
	}
	list = append(list, entry{})
	copy(list[at+1:], list[at:])
	list[at] = e
	l[stems[0]] = list
}
