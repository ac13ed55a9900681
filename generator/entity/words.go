package entity

import (
	"embed"
	"math"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

// The word lists below are data of the matcher, one file a kind and language;
// the first line of each names its origin and licence.
//
//go:embed data
var files embed.FS

// particles holds the loose keys of data/particles.txt.
var particles = sync.OnceValue(func() map[string]bool { return looseSet("data/particles.txt") })

func isParticle(loose string) bool { return particles()[loose] }

// unfit holds the loose keys of data/unfit.txt.
var unfit = sync.OnceValue(func() map[string]bool { return looseSet("data/unfit.txt") })

// looseSet reads a list whose words are of several languages.
func looseSet(file string) map[string]bool {
	set := map[string]bool{}
	for line := range listed(file) {
		for w := range strings.FieldsSeq(line) {
			set[lang.Loose(w, "ar")] = true
			set[lang.Loose(w, "fa")] = true
		}
	}
	return set
}

// isArticle says whether a particle is no more than "the" or "of": a surname
// may be written with or without it.
func isArticle(loose string) bool {
	switch loose {
	case "al", "el", "ال", "аль", "эль", "אל", "de", "von", "van", "la", "le", "du", "del", "der":
		return true
	}
	return false
}

// listed gives the lines of a list without those that begin with #; none if
// there is no such file.
func listed(file string) func(yield func(string) bool) {
	data, err := files.ReadFile(file)
	if err != nil {
		data = nil
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// A context is what the matcher knows of one language beside names.
type context struct {
	titles    map[string]bool // President, رئيس: a person follows
	heads     map[string]bool // University, بنك: with a place a name of something else
	eponyms   map[string]bool // airport, prize: with a person's name that of something else, as heads are
	tails     map[string]bool // Airlines, Times: after a place a name of something else
	given     map[string]bool // given names: a surname behind one is somebody else's
	doubtful  map[string]bool // names that are also words: مالي, Chad
	locatives map[string]bool // words after which a doubtful name is a place
	awards    map[string]bool // prize, cup: with any name that of something else
	pacts     map[string]bool // treaty, declaration: with the name of a place that is no territory that of something else
	named     [][]string      // phrases behind a name that say the same
	naming    map[string]bool // called, named: what follows is no territory but bears the name of one
	works     map[string]bool // book, film: what follows in quotation marks is its title
	traps     map[string][][]string
}

// contexts gives the context of each base language, made when first asked for.
var contexts = sync.OnceValue(func() map[lang.Tag]*context {
	m := map[lang.Tag]*context{}
	folders, _ := files.ReadDir("data")
	for _, f := range folders {
		if f.IsDir() {
			m[lang.Tag(f.Name())] = readContext(lang.Tag(f.Name()))
		}
	}
	return m
})

func contextOf(t lang.Tag) *context {
	if c := contexts()[t]; c != nil {
		return c
	}
	return &context{}
}

func readContext(t lang.Tag) *context {
	folder := "data/" + string(t) + "/"
	set := func(name string) map[string]bool {
		m := map[string]bool{}
		for line := range listed(folder + name + ".txt") {
			for w := range strings.FieldsSeq(line) {
				m[lang.Light(w, t)] = true
			}
		}
		return m
	}
	c := &context{titles: set("titles"), heads: set("heads"), tails: set("tails"), eponyms: set("eponyms"), given: set("given"),
		locatives: set("locatives"), awards: set("awards"), pacts: set("pacts"), naming: set("naming"), works: set("works"), doubtful: map[string]bool{}, traps: map[string][][]string{}}
	for line := range listed(folder + "doubtful.txt") {
		c.doubtful[lightTokens(line, t)] = true
	}
	for line := range listed(folder + "traps.txt") {
		tokens := strings.Split(lightTokens(line, t), " ")
		c.traps[tokens[0]] = append(c.traps[tokens[0]], tokens)
	}
	for line := range listed(folder + "named.txt") {
		c.named = append(c.named, strings.Split(lightTokens(line, t), " "))
	}
	return c
}

// lightTokens gives the light keys of a phrase, parted by spaces.
func lightTokens(s string, t lang.Tag) string {
	var keys []string
	var sc scratch
	for _, tk := range sc.tokenise(&tokeniser{text: s, words: newVocabulary(math.MaxInt), of: plainTongue(t)}) {
		keys = append(keys, tk.form.light)
	}
	return strings.Join(keys, " ")
}
