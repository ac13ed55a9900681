package entity

import (
	"maps"
	"slices"
	"strings"

	"mihbara/generator/lang"
)

// A candidate is an alias that stands at a place of the text, before any rule
// says whether it means its entity there.
type candidate struct {
	first, last int // tokens
	prefix      int // bytes of the first token that are prefix
	weak        bool
	loose       bool // some token meets its alias by the loose key only
	letters     int  // of the first token, without its prefix
	alias       *Alias
}

func (c *candidate) tokens() int    { return c.last - c.first + 1 }
func (c *candidate) stripped() bool { return c.prefix > 0 }

// A head is an alias whose first token a form may be.
type head struct {
	alias       *Alias
	prefix      int
	weak, loose bool
	letters     int
}

// heads are the aliases that one form may begin.
type heads struct {
	all    []head
	single []head            // those of one token
	second map[string][]head // the others by the loose key of their second token
}

// A finder works through one text.
type finder struct {
	text     string
	language lang.Tag // base
	known    bool     // we know the language
	cased    bool     // its script has capitals
	context  *context
	tokens   []token
	forms    forms
	lexicon  Lexicon
	asked    map[string][]Alias
	heads    map[*form]*heads
	prefer   map[ID]bool // overrides
	exclude  map[ID]bool
}

func newFinder(text string, t lang.Tag, lex Lexicon, overrides []string) *finder {
	f := &finder{text: text, language: base(t), context: contextOf(base(t)), lexicon: lex,
		forms: forms{language: t, known: map[string]*form{}}, asked: map[string][]Alias{},
		heads: map[*form]*heads{}, prefer: map[ID]bool{}, exclude: map[ID]bool{}}
	script, known := scripts()[f.language]
	f.known = known
	f.cased = !known || script == "Latn" || script == "Cyrl" || script == "Grek"
	for _, o := range overrides {
		switch o = strings.TrimSpace(o); {
		case strings.HasPrefix(o, "-"):
			f.exclude[ID(o[1:])] = true
		default:
			f.prefer[ID(strings.TrimPrefix(o, "+"))] = true
		}
	}
	f.tokens = tokenise(text, &f.forms)
	return f
}

// keys gives all that the lexicon was asked.
func (f *finder) keys() []string { return slices.Sorted(maps.Keys(f.asked)) }

// starting asks the lexicon, each key once.
func (f *finder) starting(key string) []Alias {
	list, ok := f.asked[key]
	if !ok {
		list = f.lexicon.Starting(key)
		f.asked[key] = list
	}
	return list
}

// headsOf gives the aliases that a form may begin, by all its readings. It
// asks for every key, found or not: the answers are what a result depends on.
// Half a country is called محمد, hence the map by second token.
func (f *finder) headsOf(fm *form) *heads {
	if h, ok := f.heads[fm]; ok {
		return h
	}
	t := f.language
	if fm.cased && !f.cased {
		t = "en" // CNN in a Hebrew text is what it is in English
	}
	h := &heads{all: f.appendHeads(nil, reading{light: fm.light, loose: fm.loose, letters: fm.letters}, t)}
	for _, r := range fm.readings {
		h.all = f.appendHeads(h.all, r, t)
	}
	for _, x := range h.all {
		if len(x.alias.Tokens) == 1 {
			h.single = append(h.single, x)
			continue
		}
		if h.second == nil {
			h.second = map[string][]head{}
		}
		h.second[x.alias.Loose[1]] = append(h.second[x.alias.Loose[1]], x)
	}
	f.heads[fm] = h
	return h
}

func (f *finder) appendHeads(list []head, r reading, t lang.Tag) []head {
	for _, key := range []string{r.light, r.loose} {
		if key == "" {
			continue
		}
		aliases := f.starting(key)
		for i := range aliases {
			a := &aliases[i]
			if len(a.Tokens) == 0 || len(a.Loose) != len(a.Tokens) || !a.allowedIn(t, f.known) && !a.allowedIn(f.language, f.known) {
				continue
			}
			switch {
			case key == r.light && a.Tokens[0] == r.light:
				list = append(list, head{a, r.prefix, r.weak, false, r.letters})
			case key == r.loose && a.Loose[0] == r.loose && a.Tokens[0] != r.light:
				list = append(list, head{a, r.prefix, r.weak, true, r.letters})
			}
		}
		if r.light == r.loose {
			break
		}
	}
	return list
}

// candidates gives for each token the candidates that begin there and pass the
// rules that do not look at the rest of the text.
func (f *finder) candidates() [][]candidate {
	all := make([][]candidate, len(f.tokens))
	for i := range f.tokens {
		all[i] = f.candidatesAt(i)
	}
	return all
}

func (f *finder) candidatesAt(i int) []candidate {
	list := f.extend(nil, i, i, f.tokens[i].form)
	if i+1 < len(f.tokens) && f.tokens[i+1].joined {
		end := joinedEnd(f.tokens, i)
		for j := i + 1; j <= end && j < i+maxJoined; j++ {
			whole := f.forms.of(f.text[f.tokens[i].start:f.tokens[j].end])
			list = f.extend(list, i, j, whole)
		}
	}
	return f.bareFirst(list)
}

// extend adds the aliases that begin with fm, the form of tokens i to j, and go
// on to their end in the text.
func (f *finder) extend(list []candidate, i, j int, fm *form) []candidate {
	h := f.headsOf(fm)
	list = f.try(list, h.single, i, j, fm)
	next := j + 1
	if len(h.second) == 0 || next >= len(f.tokens) || !f.tokens[next].gap {
		return list
	}
	list = f.try(list, h.second[f.tokens[next].form.loose], i, j, fm)
	for last := next + 1; last < len(f.tokens) && f.tokens[last].joined && last < next+maxJoined; last++ {
		list = f.try(list, h.second[f.forms.of(f.text[f.tokens[next].start:f.tokens[last].end]).loose], i, j, fm)
	}
	return list
}

func (f *finder) try(list []candidate, some []head, i, j int, fm *form) []candidate {
	for _, h := range some {
		if !capital(h.alias, 0, fm) {
			continue
		}
		last, loose, ok := f.rest(h.alias, 1, j)
		if !ok {
			continue
		}
		c := candidate{first: i, last: last, prefix: h.prefix, weak: h.weak, loose: h.loose || loose, letters: h.letters, alias: h.alias}
		if f.fits(&c, fm) {
			list = append(list, c)
		}
	}
	return list
}

// rest matches the tokens of a from k on behind token i and gives the last one.
func (f *finder) rest(a *Alias, k, i int) (last int, loose, ok bool) {
	if k == len(a.Tokens) {
		return i, false, true
	}
	i++
	if i >= len(f.tokens) || !f.tokens[i].gap {
		return 0, false, false
	}
	if last, loose, ok := f.one(a, k, i, i, f.tokens[i].form); ok {
		return last, loose, true
	}
	if i+1 < len(f.tokens) && f.tokens[i+1].joined {
		end := joinedEnd(f.tokens, i)
		for j := i + 1; j <= end && j < i+maxJoined; j++ {
			if last, loose, ok := f.one(a, k, i, j, f.forms.of(f.text[f.tokens[i].start:f.tokens[j].end])); ok {
				return last, loose, true
			}
		}
	}
	return 0, false, false
}

func (f *finder) one(a *Alias, k, i, j int, fm *form) (last int, loose, ok bool) {
	if fm.light != a.Tokens[k] {
		if fm.loose != a.Loose[k] {
			return 0, false, false
		}
		loose = true
	}
	if !capital(a, k, fm) {
		return 0, false, false
	}
	last, more, ok := f.rest(a, k+1, j)
	return last, loose || more, ok
}

// capital says whether fm has the capital that token k of a is written with.
func capital(a *Alias, k int, fm *form) bool {
	if a.CaseSensitive {
		return fm.caps
	}
	return k >= 64 || a.Capitals&(1<<k) == 0 || fm.upper || !fm.cased
}

// bareFirst drops candidates that take a prefix off where the whole word is a
// name already: Lebanon's ל in לבנון is no preposition.
func (f *finder) bareFirst(list []candidate) []candidate {
	longest := -1
	for _, c := range list {
		if !c.stripped() && !c.alias.Bare && !c.loose {
			longest = max(longest, c.last)
		}
	}
	if longest < 0 {
		return list
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return c.stripped() && c.last <= longest })
}
