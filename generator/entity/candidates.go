package entity

import "slices"

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

func (c *candidate) stripped() bool { return c.prefix > 0 }

// A finder works through one text.
type finder struct {
	*scratch
	*tongue
	matcher    *Matcher
	text       string
	lexicon    Lexicon
	generation uint64
	prefer     []ID // overrides
	exclude    []ID
}

func (f *finder) prefers(id ID) bool { return len(f.prefer) > 0 && slices.Contains(f.prefer, id) }

// of gives the form of a piece of the text.
func (f *finder) of(start, end int) *form { return f.matcher.words.of(f.text[start:end], f.tongue) }

// find gives for each token the candidates that begin there and pass the rules
// that do not look at the rest of the text.
func (f *finder) find() {
	f.asked.reset(len(f.tokens))
	f.candidates, f.from = f.candidates[:0], f.from[:0]
	for i := range f.tokens {
		f.from = append(f.from, int32(len(f.candidates)))
		f.findAt(i)
	}
	f.from = append(f.from, int32(len(f.candidates)))
}

// at gives the candidates that begin with token i.
func (f *finder) at(i int) []candidate { return f.candidates[f.from[i]:f.from[i+1]] }

func (f *finder) findAt(i int) {
	from := len(f.candidates)
	list := f.extend(f.candidates, i, i, f.tokens[i].form)
	if i+1 < len(f.tokens) && f.tokens[i+1].joined {
		end := joinedEnd(f.tokens, i)
		for j := i + 1; j <= end && j < i+maxJoined; j++ {
			list = f.extend(list, i, j, f.of(f.tokens[i].start, f.tokens[j].end))
		}
	}
	f.candidates = append(list[:from], bareFirst(list[from:])...)
}

// extend adds the aliases that begin with fm, the form of tokens i to j, and go
// on to their end in the text.
func (f *finder) extend(list []candidate, i, j int, fm *form) []candidate {
	f.asked.add(fm)
	h := f.answerOf(fm).heads
	if h == nil {
		return list
	}
	list = f.try(list, h.single, i, j, fm)
	next := j + 1
	if len(h.second) == 0 || next >= len(f.tokens) || !f.tokens[next].gap {
		return list
	}
	list = f.try(list, h.second[f.tokens[next].form.loose], i, j, fm)
	for last := next + 1; last < len(f.tokens) && f.tokens[last].joined && last < next+maxJoined; last++ {
		list = f.try(list, h.second[f.of(f.tokens[next].start, f.tokens[last].end).loose], i, j, fm)
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
		c := candidate{first: i, last: last, prefix: int(h.prefix), weak: h.weak, loose: h.loose || loose, letters: int(h.letters), alias: h.alias}
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
			if last, loose, ok := f.one(a, k, i, j, f.of(f.tokens[i].start, f.tokens[j].end)); ok {
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
func bareFirst(list []candidate) []candidate {
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
