package recogniser

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A Gathering counts the suggestions of many texts. What it holds grows with the
// different names, not with the texts. The zero value is ready.
type Gathering struct {
	names map[nameKey]*Spelled
}

type nameKey struct {
	language lang.Tag
	words    string // loose keys
}

// A Spelled is a name as the texts of one language have it.
type Spelled struct {
	Language lang.Tag    `json:"language"`
	Name     string      `json:"name"` // its commonest spelling
	Type     entity.Type `json:"-"`
	Articles int         `json:"articles"`
	Count    int         `json:"count"` // of mentions
	Path     string      `json:"path"`  // of the first article that has it
	Example  string      `json:"example"`
	key      string
	types    map[entity.Type]int // articles
	spelling map[string]int      // mentions
}

// A Candidate is a name that might be taken into the knowledge base. That its
// spellings in several languages are one is a guess from what they sound like.
type Candidate struct {
	ID       entity.ID   `json:"id"` // free in the knowledge base
	Type     entity.Type `json:"type"`
	Articles int         `json:"articles"`
	Count    int         `json:"count"`
	Names    []Spelled   `json:"names"`             // one a language, the one of most articles first
	Perhaps  entity.ID   `json:"perhaps,omitempty"` // an entity of the knowledge base that sounds like it
}

// Entity gives the candidate as an entity of the knowledge base.
func (c *Candidate) Entity() *entity.Entity {
	e := &entity.Entity{ID: c.ID, Type: c.Type, Link: true, Labels: map[lang.Tag]string{}}
	for _, n := range c.Names {
		e.Labels[n.Language] = n.Name
	}
	return e
}

// Add takes the suggestions of an article: its source's path, its text and
// language.
func (g *Gathering) Add(path, text string, t lang.Tag, list []Suggestion) {
	if g.names == nil {
		g.names = map[nameKey]*Spelled{}
	}
	for _, s := range list {
		k := nameKey{t, looseKey(s.Name, t)}
		n := g.names[k]
		if n == nil {
			n = &Spelled{Language: t, Path: path, Example: example(text, s.Name), key: k.words, types: map[entity.Type]int{}, spelling: map[string]int{}}
			g.names[k] = n
		}
		n.Articles++
		n.Count += s.Count
		n.types[s.Type]++
		n.spelling[s.Name] += s.Count
	}
}

func looseKey(name string, t lang.Tag) string {
	var keys []string
	for _, w := range lang.Words(name) {
		keys = append(keys, lang.Loose(name[w.Start:w.End], t))
	}
	return strings.Join(keys, " ")
}

// exampleRunes is how much of a text stands on either side of a name.
const exampleRunes = 30

// example gives a name with the words around it, "" if it stands in the text in
// other forms only.
func example(text, name string) string {
	at := strings.Index(text, name)
	if at < 0 {
		return ""
	}
	before, after := []rune(text[:at]), []rune(text[at+len(name):])
	if n := len(before) - exampleRunes; n > 0 {
		_, rest, _ := strings.Cut(string(before[n:]), " ")
		before = []rune("… " + rest)
	}
	if len(after) > exampleRunes {
		cut := string(after[:exampleRunes])
		after = []rune(cut[:max(0, strings.LastIndexByte(cut, ' '))] + " …")
	}
	return strings.Join(strings.Fields(string(before)+name+string(after)), " ")
}

// most gives the key of the highest count, the first in order of several.
func most[K cmp.Ordered](m map[K]int) (best K) {
	for i, k := range slices.Sorted(maps.Keys(m)) {
		if i == 0 || m[k] > m[best] {
			best = k
		}
	}
	return best
}

// Candidates gives the names that at least so many articles have and that no
// entity is called by, those of most articles first.
func (g *Gathering) Candidates(least int, known []*entity.Entity) []Candidate {
	base := newKnownNames(known)
	g.joinPrefixed()
	var names []*Spelled
	for k, n := range g.names {
		if !base.names[k] {
			n.Type, n.Name = most(n.types), most(n.spelling)
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b *Spelled) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Language, b.Language), strings.Compare(a.key, b.key))
	})
	list := slices.DeleteFunc(acrossLanguages(names, base.skeletons), func(c Candidate) bool { return c.Articles < least })
	slices.SortStableFunc(list, func(a, b Candidate) int { return cmp.Compare(b.Articles, a.Articles) })
	for i := range list {
		c := &list[i]
		c.ID = base.free(slug(c.Names))
		c.Perhaps = base.like(c)
	}
	return list
}

// joinPrefixed adds a name with a prefix to the name without it, where articles
// have that at least as often: وخالد to خالد.
func (g *Gathering) joinPrefixed() {
	for _, k := range slices.SortedFunc(maps.Keys(g.names), func(a, b nameKey) int {
		return cmp.Or(cmp.Compare(a.language, b.language), strings.Compare(a.words, b.words))
	}) {
		first, rest, _ := strings.Cut(k.words, " ")
		for _, c := range lang.Clitics(first, k.language)[1:] {
			n, bare := g.names[k], g.names[nameKey{k.language, strings.TrimSpace(lang.Loose(c.Word(), k.language) + " " + rest)}]
			if bare != nil && bare.Articles >= n.Articles && most(bare.types) == most(n.types) {
				bare.Articles += n.Articles
				bare.Count += n.Count
				delete(g.names, k)
				break
			}
		}
	}
}

// Bounds of the guess that two names are one. A short name is like too many, and
// two Daniels are not one for having like names in all: first and last words must
// be alike by themselves.
const (
	fewestHeard = 3
	widest      = 25
	widestFirst = 34 // of the first words of names of several
	widestLast  = 22
	widestOnly  = 8 // of names of one word
)

// A sound is what a name, its first and its last word sound like; these two are ""
// for a name of one word.
type sound struct{ whole, first, last entity.Skeleton }

func soundOf(name string, t lang.Tag, s *entity.Skeletons) sound {
	words := lang.Words(name)
	if len(words) < 2 {
		return sound{whole: s.Of(name, t)}
	}
	return sound{s.Of(name, t), s.Of(name[words[0].Start:words[0].End], t), s.Of(name[words[len(words)-1].Start:], t)}
}

// distance compares two names by what they sound like; what cannot be one is
// farther than widest.
func (a sound) distance(b sound) int {
	n, m := a.whole.Heard(), b.whole.Heard()
	if min(n, m) < fewestHeard || 4*n < 3*m || 4*m < 3*n {
		return widest + 1
	}
	d := a.whole.Distance(b.whole)
	switch {
	case a.last == "" || b.last == "":
		if d > widestOnly {
			return widest + 1
		}
	case d <= widest && (a.last.Distance(b.last) > widestLast || a.first.Distance(b.first) > widestFirst):
		return widest + 1
	}
	return d
}

// acrossLanguages puts names of several languages together that sound alike: each
// joins the candidate that it is nearest to, of its type and without a name in its
// language.
func acrossLanguages(names []*Spelled, skeletons *entity.Skeletons) []Candidate {
	var list []Candidate
	var heard [][]sound
	for _, n := range names {
		s := soundOf(n.Name, n.Language, skeletons)
		best, least := -1, widest+1
		for i := range list {
			if list[i].Type != n.Type || slices.ContainsFunc(list[i].Names, func(o Spelled) bool { return o.Language == n.Language }) {
				continue
			}
			for _, o := range heard[i] {
				if d := s.distance(o); d < least {
					best, least = i, d
				}
			}
		}
		if best < 0 {
			list = append(list, Candidate{Type: n.Type})
			heard = append(heard, nil)
			best = len(list) - 1
		}
		c := &list[best]
		c.Names = append(c.Names, *n)
		c.Articles += n.Articles
		c.Count += n.Count
		heard[best] = append(heard[best], s)
	}
	return list
}

// slug makes an id of a candidate's names: of the English one, else of one in
// Latin letters, else of the first.
func slug(names []Spelled) entity.ID {
	name := names[0].Name
	for _, n := range slices.Backward(names) {
		if lang.ScriptOf(n.Language) == "Latn" {
			name = n.Name
		}
	}
	for _, n := range names {
		if n.Language == "en" {
			name = n.Name
		}
	}
	return entity.ID(lang.Slug(name, lang.SlugASCII))
}

// knownNames are those of a knowledge base.
type knownNames struct {
	names     map[nameKey]bool
	taken     map[entity.ID]bool
	skeletons *entity.Skeletons
	sounds    []knownSound
}

type knownSound struct {
	sound
	of *entity.Entity
}

func newKnownNames(list []*entity.Entity) *knownNames {
	k := &knownNames{names: map[nameKey]bool{}, taken: map[entity.ID]bool{}, skeletons: entity.NewSkeletons()}
	for _, e := range list {
		k.taken[e.ID] = true
		seen := map[sound]bool{}
		for _, t := range slices.Sorted(maps.Keys(e.Labels)) {
			k.names[nameKey{t, looseKey(e.Labels[t], t)}] = true
			if s := soundOf(e.Labels[t], t, k.skeletons); !seen[s] {
				seen[s] = true
				k.sounds = append(k.sounds, knownSound{s, e})
			}
		}
		for _, m := range []map[lang.Tag][]string{e.Aliases, e.Demonyms} {
			for t, aliases := range m {
				for _, a := range aliases {
					k.names[nameKey{t, looseKey(a, t)}] = true
				}
			}
		}
	}
	return k
}

// free gives an id that nobody has, and takes it.
func (k *knownNames) free(id entity.ID) entity.ID {
	given := cmp.Or(id, "name")
	for n := 2; k.taken[id] || id == ""; n++ {
		id = given + entity.ID("-"+strconv.Itoa(n))
	}
	k.taken[id] = true
	return id
}

// like gives the entity whose name sounds most like a candidate's, "" if none does.
func (k *knownNames) like(c *Candidate) (best entity.ID) {
	least := widest + 1
	for _, n := range c.Names {
		s := soundOf(n.Name, n.Language, k.skeletons)
		for _, o := range k.sounds {
			if o.of.Type != c.Type {
				continue
			}
			if d := s.distance(o.sound); d < least || d == least && best != "" && o.of.ID < best {
				best, least = o.of.ID, d
			}
		}
	}
	return best
}
