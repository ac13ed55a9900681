package entity

import (
	"slices"
	"strings"
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

func (c *candidate) stripped() bool { return c.prefix > 0 }

// A finder works through one text.
type finder struct {
	*scratch
	*tongue
	tokeniser
	matcher    *Matcher
	lexicon    Lexicon
	note       func(hashes []uint64) // nil: nothing is noted
	generation uint64
	prefer     []ID // overrides
	exclude    []ID
	year       int // of the text, 0 if not known
	undecided  func(name string, ids []ID)
}

func (f *finder) prefers(id ID) bool { return len(f.prefer) > 0 && slices.Contains(f.prefer, id) }

// form gives the form of token i.
func (f *finder) form(i int) *form { return f.tokeniser.form(&f.tokens[i]) }

// of gives the form of a piece of the text.
func (f *finder) of(start, end int) *form { return f.words.of(f.text[start:end], f.tongue) }

// find gives for each token the candidates that begin there and pass the rules
// that do not look at the rest of the text.
func (f *finder) find() {
	f.asked.reset(len(f.tokens) / 4)
	f.passed.reset(len(f.tokens))
	f.candidates, f.from, f.stops = f.candidates[:0], f.from[:0], f.stops[:0]
	for i := range f.tokens {
		from := len(f.candidates)
		f.from = append(f.from, int32(from))
		f.findAt(i)
		if fm := f.tokens[i].form; len(f.candidates) > from || fm != nil && fm.trapped {
			f.stops = append(f.stops, int32(i))
		}
	}
	f.from = append(f.from, int32(len(f.candidates)))
}

// at gives the candidates that begin with token i.
func (f *finder) at(i int) []candidate { return f.candidates[f.from[i]:f.from[i+1]] }

func (f *finder) findAt(i int) {
	tk := &f.tokens[i]
	joined := i+1 < len(f.tokens) && f.tokens[i+1].joined
	if tk.plain != 0 {
		f.pass(tk.plain)
		if !joined {
			return
		}
	}
	from := len(f.candidates)
	list := f.candidates
	if tk.plain == 0 {
		if tk.form == nil {
			s := f.text[tk.start:tk.end]
			tk.form = f.ask(f.hash(s), s)
		} else {
			f.asked.add(tk.form)
		}
		list = f.extend(list, i, i, tk.form)
	}
	if joined {
		end := joinedEnd(f.tokens, i)
		for j := i + 1; j <= end && j < i+maxJoined; j++ {
			if fm := f.piece(f.text[tk.start:f.tokens[j].end]); fm != nil {
				list = f.extend(list, i, j, fm)
			}
		}
	}
	if f.candidates = list; len(list)-from > 1 {
		f.candidates = append(list[:from], bareFirst(list[from:])...)
	}
}

// pass notes a plain word of the text.
func (f *finder) pass(ref uint32) {
	if f.note != nil && f.passed.add(ref) {
		f.note(f.plain.hashes(ref))
	}
}

// piece gives the form of several tokens taken as one, nil for a plain word.
func (f *finder) piece(s string) *form {
	hash := f.hash(s)
	if f.plain != nil {
		if ref := f.plain.find(hash); ref != 0 {
			f.pass(ref)
			return nil
		}
	}
	if fm := f.words.known(hash); fm != nil {
		f.asked.add(fm)
		return fm
	}
	return f.ask(hash, s)
}

// ask makes the form of a word that is new, and keeps it: among the plain words
// if it is one.
func (f *finder) ask(hash uint64, s string) *form {
	if fm := f.asked.find(hash); fm != nil {
		return fm
	}
	fm := newForm(strings.Clone(s), hash, f.tongue)
	a := f.answerOf(fm)
	if f.plain != nil && a.heads == nil && !fm.trapped {
		f.matcher.plain.add(hash, a.hashes)
	} else {
		fm = f.words.add(fm)
	}
	f.asked.add(fm)
	return fm
}

// extend adds the aliases that begin with fm, the form of tokens i to j, and go
// on to their end in the text.
func (f *finder) extend(list []candidate, i, j int, fm *form) []candidate {
	h := f.answerOf(fm).heads
	if h == nil {
		return list
	}
	list = f.try(list, h.single, i, j, fm)
	next := j + 1
	if len(h.second) == 0 || next >= len(f.tokens) || !f.tokens[next].gap {
		return list
	}
	list = f.try(list, h.second[f.form(next).loose], i, j, fm)
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
		if !f.fits(&c, fm) {
			continue
		}
		if f.otherNation(&c) {
			c.alias = &nobody
		}
		list = append(list, c)
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
	if last, loose, ok := f.one(a, k, i, i, f.form(i)); ok {
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
