package entity

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// Annotate finds the entities that text, in the language t, mentions.
// Overrides are an article's own word: "+id" or "id" prefers an entity and
// takes its short names alone, "-id" leaves it out. Mentions come in the order
// of the text and do not overlap. The keys are all that lex was asked, sorted,
// each once: as long as the answers to these keys are the same, so is the result.
func Annotate(text string, t lang.Tag, lex Lexicon, overrides []string) ([]Mention, []string) {
	m := NewMatcher(math.MaxInt, nil)
	f := m.finder(&Passage{Body: text, Language: t, Overrides: overrides}, lex, nil)
	mentions := f.annotate()
	keys := map[string]bool{}
	for _, fm := range f.asked.list {
		for _, key := range fm.keys() {
			keys[key] = true
		}
	}
	return mentions, slices.Sorted(maps.Keys(keys))
}

func (f *finder) annotate() []Mention {
	f.find()
	if len(f.candidates) == 0 {
		return nil
	}
	s := &selector{finder: f}
	f.full.reset()
	f.chosen = s.pass(f.chosen[:0], false)
	if s.unsure {
		s.vote(f.chosen)
		f.chosen = s.pass(f.chosen[:0], false)
	}
	s.note(f.chosen)
	s.acronyms(f.chosen)
	f.chosen = s.pass(f.chosen[:0], true)
	return s.mentions(f.chosen)
}

// A selector decides between the candidates of one text.
type selector struct {
	*finder
	short  map[string]ID   // acronyms introduced in parentheses, by light key
	made   []Alias         // their aliases
	called map[string]bool // words of the full names of persons, by light key
	unsure bool            // some name is several entities' or a generic one
	lands  []landVote      // territories that the text speaks of
}

// Places says at which tokens entities are named in full, ascending.
type places struct {
	index map[ID]int
	lists [][]int
	used  int
}

func (p *places) reset() {
	clear(p.index)
	p.used = 0
}

func (p *places) of(id ID) []int {
	if i, ok := p.index[id]; ok {
		return p.lists[i]
	}
	return nil
}

func (p *places) add(id ID, at int) {
	i, ok := p.index[id]
	if !ok {
		if p.index == nil {
			p.index = map[ID]int{}
		}
		if i = p.used; i == len(p.lists) {
			p.lists = append(p.lists, nil)
		}
		p.used++
		p.index[id], p.lists[i] = i, p.lists[i][:0]
	}
	p.lists[i] = append(p.lists[i], at)
}

// note remembers who is named in full.
func (s *selector) note(chosen []candidate) {
	for i := range chosen {
		c := &chosen[i]
		if c.alias.Bare || c.alias.Demonym || !c.alias.Link || c.alias == &nobody {
			continue
		}
		s.full.add(c.alias.Entity, c.first)
		if c.alias.Type == Person && len(c.alias.Tokens) > 1 {
			if s.called == nil {
				s.called = map[string]bool{}
			}
			for _, light := range c.alias.Tokens {
				s.called[light] = true
			}
		}
	}
}

// pass goes through the text and takes the longest candidate at each place.
// Names that count only beside a full one are taken in the second pass, when
// the full ones are known.
func (s *selector) pass(chosen []candidate, second bool) []candidate {
	if second && len(s.short) > 0 {
		s.stopAtAcronyms()
	}
	free := 0 // the first token that is not taken
	for _, stop := range s.stops {
		i := int(stop)
		if i < free {
			continue
		}
		c, ok := s.choose(i, second)
		trap := s.trap(i)
		if trap >= i && (!ok || trap > c.last || trap == c.last && !c.whole()) {
			free = trap + 1
			continue
		}
		if ok {
			chosen = append(chosen, c)
			free = c.last + 1
		}
	}
	return chosen
}

// whole says whether c is a full name of several words: then it is what a trap
// of the same words stands for, Washington Post where that is known. Territories
// are always known, and a trap such as St. Martin is about them.
func (c *candidate) whole() bool {
	return len(c.alias.Tokens) > 1 && !c.alias.Bare && !c.alias.Demonym && !isCountry(c.alias.Entity)
}

// stopAtAcronyms adds the tokens that may be acronyms to those where a name may
// begin.
func (s *selector) stopAtAcronyms() {
	stops := s.stops
	var all []int32
	var key []byte
	for i := range s.tokens {
		if len(stops) > 0 && int(stops[0]) == i {
			all, stops = append(all, int32(i)), stops[1:]
			continue
		}
		tk := &s.tokens[i]
		key = lang.AppendLight(key[:0], s.text[tk.start:tk.end], s.tag)
		if _, ok := s.short[string(key)]; ok {
			all = append(all, int32(i))
		}
	}
	s.stops = all
}

// trap gives the last token of a phrase at i that only looks like a name, -1
// if there is none.
func (s *selector) trap(i int) int {
	fm := s.form(i)
	if !fm.trapped {
		return -1
	}
	last := s.trapAs(i, fm.light)
	for _, r := range fm.readings {
		last = max(last, s.trapAs(i, r.light))
	}
	return last
}

func (s *selector) trapAs(i int, light string) int {
	last := -1
	for _, phrase := range s.context.traps[light] {
		j := 1
		for j < len(phrase) && i+j < len(s.tokens) && s.tokens[i+j].gap && s.form(i+j).light == phrase[j] {
			j++
		}
		if j == len(phrase) {
			last = max(last, i+j-1)
		}
	}
	return last
}

// choose gives the best candidate at token i.
func (s *selector) choose(i int, second bool) (candidate, bool) {
	if s.from[i] == s.from[i+1] && len(s.short) == 0 {
		return candidate{}, false
	}
	best := s.scratch.best[:0]
	defer func() { s.scratch.best = best }()
	for _, c := range s.at(i) {
		if !s.counts(&c, second) {
			continue
		}
		if len(best) > 0 && c.last < best[0].last {
			continue
		}
		if len(best) > 0 && (c.last > best[0].last || best[0].alias == &nobody) {
			best = best[:0]
		}
		if len(best) > 0 && c.alias == &nobody {
			continue
		}
		best = append(best, c)
	}
	if second && len(best) == 0 && len(s.short) > 0 {
		if id, ok := s.short[s.form(i).light]; ok {
			return s.acronym(i, id), true
		}
	}
	switch len(best) {
	case 0:
		return candidate{}, false
	case 1:
		return best[0], true
	}
	return s.best(best, second), true
}

// counts says whether c means its entity in this text.
func (s *selector) counts(c *candidate, second bool) bool {
	a := c.alias
	if a.Since > 0 && s.year > 0 && s.year < a.Since {
		return false
	}
	if a.Generic && !s.prefers(a.Entity) {
		s.unsure = true
		return s.votes(a) > 0 || second && len(s.full.of(a.Entity)) > 0
	}
	if !a.Bare {
		// In an article on Kanye West, קניה is not Kenya.
		return !second || a.Type != Place || len(a.Tokens) > 1 || !s.called[a.Tokens[0]] || s.prefers(a.Entity)
	}
	if a.Unique || s.prefers(a.Entity) {
		return true
	}
	return second && s.namedBefore(c)
}

// namedBefore says whether the entity of c is named in full before c. A
// headline may be ahead of the full name: that counts if the name is nobody
// else's here.
func (s *selector) namedBefore(c *candidate) bool {
	at := s.full.of(c.alias.Entity)
	if len(at) == 0 {
		return false
	}
	if at[0] < c.first {
		return true
	}
	for _, other := range s.at(c.first) {
		if other.alias.Entity != c.alias.Entity && len(s.full.of(other.alias.Entity)) > 0 {
			return false
		}
	}
	return true
}

// acronyms notes what stands in parentheses behind an organisation's full
// name: وكالة أنباء الجمهورية الإسلامية (إرنا).
func (s *selector) acronyms(chosen []candidate) {
	for _, c := range chosen {
		i := c.last + 1
		if c.alias.Type != Organisation || !c.alias.Link || len(c.alias.Tokens) < 2 || i >= len(s.tokens) {
			continue
		}
		if strings.TrimSpace(s.text[s.tokens[c.last].end:s.tokens[i].start]) != "(" || !s.closes(i) {
			continue
		}
		fm := s.form(i)
		if !s.acronymOf(fm, c) || len(s.at(i)) > 0 {
			continue
		}
		if _, taken := s.short[fm.light]; !taken {
			if s.short == nil {
				s.short = map[string]ID{}
			}
			s.short[fm.light] = c.alias.Entity
			s.made = append(s.made, Alias{Tokens: []string{fm.light}, Loose: []string{fm.loose}, Entity: c.alias.Entity,
				Type: Organisation, Link: true, Weight: c.alias.Weight})
		}
	}
}

// closes says whether a parenthesis closes behind token i.
func (s *selector) closes(i int) bool {
	return strings.HasPrefix(strings.TrimLeft(s.text[s.tokens[i].end:], " "), ")")
}

// acronymOf says whether fm can be an acronym of the name c: capitals that
// begin as a word of it does, or a short word in a script without capitals.
// Latin capitals in another script are left alone: they may be anybody's.
func (s *selector) acronymOf(fm *form, c candidate) bool {
	if fm.function || fm.letters < 2 || fm.letters > 8 || fm.cased != s.form(c.first).cased {
		return false
	}
	first, n := utf8.DecodeRuneInString(fm.light)
	if fm.cased {
		return fm.caps && slices.ContainsFunc(c.alias.Tokens, func(light string) bool { return strings.HasPrefix(light, fm.light[:n]) })
	}
	return fm.letters <= 6 && (first < '0' || first > '9') && !strings.HasPrefix(fm.light, "ال") && !strings.HasSuffix(fm.loose, "ه")
}

func (s *selector) acronym(i int, id ID) candidate {
	for k := range s.made {
		if s.made[k].Entity == id && s.made[k].Tokens[0] == s.form(i).light {
			return candidate{first: i, last: i, letters: int(s.form(i).letters), alias: &s.made[k]}
		}
	}
	return candidate{}
}

// mentions turns what was chosen into mentions, without titles and without
// what is not to be linked.
func (s *selector) mentions(chosen []candidate) []Mention {
	n := 0
	for i := range chosen {
		if !chosen[i].alias.Demonym && chosen[i].alias.Link {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	list := make([]Mention, 0, n)
	for i := range chosen {
		c := &chosen[i]
		if c.alias.Demonym || !c.alias.Link {
			continue
		}
		first, prefix := c.first, c.prefix
		for c.alias.Type == Person && first < c.last && s.form(first).title {
			first, prefix = first+1, 0
		}
		start, end := s.tokens[first].start+prefix, s.end(c.last)
		list = append(list, Mention{Start: start, End: end, Text: s.text[start:end], Entity: c.alias.Entity, Type: c.alias.Type, By: "kb"})
	}
	return list
}
