package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// fits says whether c may stand where it does: the rules that need only its
// neighbourhood. fm is the form of its first token.
func (f *finder) fits(c *candidate, fm *form) bool {
	if len(f.exclude) > 0 && slices.Contains(f.exclude, c.alias.Entity) {
		return false
	}
	if len(c.alias.Tokens) == 1 && !f.fitsAlone(c, fm) {
		return false
	}
	if c.weak && len(c.alias.Tokens) < 2 {
		return false // فإيران is rare, كمال is not ك + مال
	}
	return f.wholeWord(c) && f.noLongerName(c)
}

// fitsAlone holds the rules for names of one token.
func (f *finder) fitsAlone(c *candidate, fm *form) bool {
	if fm.function && !c.alias.CaseSensitive {
		return false // whole: على is no name; stripped: وعلى is a word too
	}
	if c.letters < 2 {
		return false
	}
	if c.stripped() && c.letters < 3 {
		return false
	}
	if c.loose && (c.letters < 4 || f.base == "he") && !f.prefers(c.alias.Entity) {
		return false // in Hebrew, the geresh parts Juba from a height
	}
	if f.indefinite(c, fm) {
		return false
	}
	if f.context.doubtful[c.alias.Tokens[0]] && !f.prefers(c.alias.Entity) && !c.alias.Demonym {
		return f.afterLocative(c)
	}
	return true
}

// indefinite says whether fm is an Arabic noun in the indefinite accusative
// that only looks like a country: بريطانيًا, or بريطانيا behind a number.
func (f *finder) indefinite(c *candidate, fm *form) bool {
	if f.base != "ar" || !strings.HasSuffix(fm.light, "ا") || c.alias.Type != Place {
		return false
	}
	if strings.ContainsRune(fm.text, 0x64B) {
		return true
	}
	before := f.neighbour(c.first, -1)
	if before == nil || !strings.HasSuffix(fm.light, "يا") {
		return false
	}
	last := before.light[len(before.light)-1] // و34 is one word
	return last >= '0' && last <= '9'
}

// afterLocative says whether a word that calls for a place or a country stands
// before c, or a preposition is written together with it (in Arabic and Hebrew).
func (f *finder) afterLocative(c *candidate) bool {
	if c.prefix > 0 && f.prepositional(c) {
		return true
	}
	if c.first == 0 || !f.tokens[c.first].near {
		return false
	}
	return f.form(c.first - 1).locative
}

// prepositional says whether the prefix of c holds a preposition of place.
func (f *finder) prepositional(c *candidate) bool {
	prefix := f.form(c.first).text[:c.prefix]
	switch f.base {
	case "ar":
		return strings.ContainsAny(prefix, "بل")
	case "he":
		return strings.ContainsAny(prefix, "בלמ")
	}
	return false
}

// wholeWord says whether what is joined to c on either side leaves it a word:
// Iran's, US-led and ایران‌ها do, ایران‌شناسی and Coca-Cola do not.
func (f *finder) wholeWord(c *candidate) bool {
	if f.tokens[c.first].joined && !f.looseJoint(c.first, c.first-1, true) {
		return false
	}
	next := c.last + 1
	return next >= len(f.tokens) || !f.tokens[next].joined || f.looseJoint(next, next, false)
}

// looseJoint says whether the joint before token i parts two words, of which
// other is the one that does not belong to the name.
func (f *finder) looseJoint(i, other int, before bool) bool {
	o := f.form(other)
	switch f.tokens[i].joint {
	case 0x200C:
		return !before && persianSuffix(o.light)
	case '-', '‐', '‑', 0x5BE:
		if o.particle {
			return false
		}
		return !o.upper || f.answerOf(o).heads != nil || o.caps
	}
	if before {
		return o.function || o.letters == 1 && !o.upper
	}
	return !o.upper
}

// persianSuffix says whether s is an ending that Persian writes behind a
// zero-width non-joiner.
func persianSuffix(s string) bool {
	switch s {
	case "ها", "هاي", "هايي", "هايش", "اي", "ي", "ام", "ات", "اش", "شان", "مان", "تان", "ان", "اند", "است", "را":
		return true
	}
	return false
}

// noLongerName says that c is not, as far as its neighbours tell, a piece of
// somebody else's name: Bank of England, Michael Jordan, جامعة القاهرة.
func (f *finder) noLongerName(c *candidate) bool {
	a := c.alias
	if a.Demonym || f.prefers(a.Entity) {
		return true
	}
	before, after := f.neighbour(c.first, -1), f.neighbour(c.last, +1)
	if before != nil && f.ofSomethingElse(before, a) {
		return false
	}
	if isCountry(a.Entity) && len(a.Tokens) == 1 && f.named(c) {
		return false // a province called Macedonia
	}
	if after != nil && after.tail && (!after.cased || after.upper) && a.Type != Event {
		return false
	}
	if a.Bare && before != nil && (before.given || before.particle && !isArticle(before.loose)) {
		return false
	}
	if f.inWork(c) {
		return false
	}
	if !f.form(c.first).cased {
		return true
	}
	if f.inTitle(c) {
		return false
	}
	if len(a.Tokens) > 1 && !a.Bare {
		return true
	}
	return f.freeOfCapitals(c, before, after)
}

// ofSomethingElse says whether the word before a name makes it that of something
// else: Bank of England, Nobel Prize, Treaty of Lausanne.
func (f *finder) ofSomethingElse(before *form, a *Alias) bool {
	switch {
	case before.award:
		return a.Type != Event
	case before.head:
		return a.Type == Place || a.Type == Person
	case before.eponym:
		return a.Type == Person
	case before.pact:
		return a.Type == Place && !isCountry(a.Entity)
	}
	return false
}

// otherNation says whether a nationality beside a name of several words gives it to
// another land than those of its entity: حزب العمال الأسترالي, the Iranian Red Crescent.
func (f *finder) otherNation(c *candidate) bool {
	a := c.alias
	if len(a.Tokens) < 2 || a.Type != Organisation && a.Type != Event || len(a.Lands) == 0 && !a.National || f.prefers(a.Entity) {
		return false
	}
	before, after := f.neighbour(c.first, -1), f.neighbour(c.last, +1)
	for _, fm := range []*form{before, after} {
		if fm == nil {
			continue
		}
		h := f.answerOf(fm).heads
		if h == nil {
			continue
		}
		for _, x := range h.single {
			if x.alias.Demonym && isCountry(x.alias.Entity) && (fm == before) == f.nationFirst() && !slices.Contains(a.Lands, x.alias.Lands[0]) {
				return true
			}
		}
	}
	return false
}

// nationFirst says whether nationalities stand before nouns.
func (f *finder) nationFirst() bool { return f.base == "en" || f.base == "ur" }

// neighbour gives the form that only a space parts from token i, nil if there
// is none.
func (f *finder) neighbour(i, step int) *form {
	j := i + step
	if j < 0 || j >= len(f.tokens) || !f.tokens[max(i, j)].near {
		return nil
	}
	return f.form(j)
}

// freeOfCapitals applies to one-word names in scripts with capitals: a
// capitalised neighbour that is no title, nationality or function word makes
// them part of a longer name.
func (f *finder) freeOfCapitals(c *candidate, before, after *form) bool {
	a := c.alias
	if before != nil && before.upper && !f.harmless(before) && !f.startsSentence(c.first-1) && a.Type != Organisation {
		return false
	}
	if (before != nil || f.tokens[c.first].joined) && f.joinsHead(c) {
		return false
	}
	if after == nil || !after.upper || f.harmless(after) || f.text[f.end(c.last):f.tokens[c.last+1].start] != " " {
		return true
	}
	return isCountry(a.Entity) && !a.CaseSensitive // Iran President
}

// startsSentence says whether the capital of token i may be the sentence's.
func (f *finder) startsSentence(i int) bool { return f.tokens[i].first && f.form(i).function }

// harmless says whether a capitalised word beside a name is surely no part of it.
func (f *finder) harmless(fm *form) bool {
	if fm.function || fm.title {
		return true
	}
	h := f.answerOf(fm).heads
	if h == nil {
		return false
	}
	for _, h := range h.single {
		if h.prefix == 0 && !h.alias.Bare && (h.alias.Demonym || h.alias.Type == Place) {
			return true
		}
	}
	return false
}

// joinsHead says whether "Head of" stands before c (University of Jordan).
func (f *finder) joinsHead(c *candidate) bool {
	i := c.first - 1
	if f.tokens[c.first].joined && i > 0 {
		i-- // d'Iran
	}
	if c.first == 0 || !f.tokens[c.first].joined && !f.form(c.first-1).function {
		return false
	}
	for steps := 0; i > 0 && steps < 2 && f.tokens[i].gap && f.form(i).function; steps++ {
		i--
	}
	fm := f.form(i)
	return fm.upper && fm.head || fm.award
}

// named says whether the words about c say that something else bears its name.
func (f *finder) named(c *candidate) bool {
	if c.first > 0 && !f.tokens[c.first].first && f.form(c.first-1).naming {
		return true
	}
	for _, phrase := range f.context.named {
		if f.follows(c.last, phrase) {
			return true
		}
	}
	return false
}

// follows says whether the words of a phrase stand behind token i.
func (f *finder) follows(i int, phrase []string) bool {
	for k, light := range phrase {
		j := i + 1 + k
		if j >= len(f.tokens) || f.tokens[j].first || f.form(j).light != light {
			return false
		}
	}
	return true
}

// longestTitle is how many words of a title are looked at, on either side of a name.
const longestTitle = 14

// inWork says whether c stands in the title of a work that is called one: the book
// "…". In scripts without capitals nothing else tells of it.
func (f *finder) inWork(c *candidate) bool {
	for i := c.first; i > 0 && c.first-i <= longestTitle; i-- {
		if f.tokens[i].quoted {
			return f.form(i - 1).work
		}
	}
	return false
}

// inTitle says whether c stands in the title of a work: in quotation marks, among
// three words more with capitals, and none without but function words.
func (f *finder) inTitle(c *candidate) bool {
	capitals := 0
	word := func(i int) bool {
		fm := f.form(i)
		small := fm.function || lang.FunctionKey(fm.light, "en") // titles are often left in English
		if fm.upper && !small {
			capitals++
		}
		return fm.upper || small || !fm.cased
	}
	first := c.first
	for ; !f.tokens[first].quoted; first-- {
		if first == 0 || c.first-first > longestTitle || !word(first-1) {
			return false
		}
	}
	for last := c.last + 1; last < len(f.tokens) && last-c.last < longestTitle; last++ {
		if f.tokens[last].quoted {
			return capitals >= 3
		}
		if !word(last) {
			return false
		}
	}
	return false
}

// end gives the byte after token i; an acronym takes its last dot with it.
func (f *finder) end(i int) int {
	end := f.tokens[i].end
	if end < len(f.text) && f.text[end] == '.' && dotted(f.form(i).text) {
		return end + 1
	}
	return end
}

// dotted says whether s is letters with a dot between each two, as U.S.
func dotted(s string) bool {
	letters := 0
	for i, r := range s {
		if i%2 == 1 && r != '.' || r >= utf8.RuneSelf {
			return false
		}
		letters++
	}
	return letters >= 3 && letters%2 == 1
}
