package entity

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// Aliases gives the names under which e is looked for: labels and aliases in
// each language, each also with its hyphens closed up; the short forms of a
// person's name, which count only under the conditions of [Alias.Bare]; the
// nationalities of a place, which are never linked. The order is fixed.
func Aliases(e *Entity) []Alias {
	b := builder{entity: e, seen: map[string]int{}, words: newVocabulary(math.MaxInt), named: map[lang.Tag]bool{}}
	tags := sortedTags(e.Labels)
	tags = append(tags, sortedTags(e.Aliases)...)
	slices.Sort(tags)
	tags = slices.Compact(tags)
	for _, tag := range tags {
		b.named[base(tag)] = true
	}
	for _, tag := range tags {
		if b.languages, b.tag = b.languagesOf(tag), tag; !b.isRead() {
			continue
		}
		b.names(slices.Concat([]string{e.Labels[tag]}, e.Aliases[tag]))
	}
	for _, tag := range sortedTags(e.Demonyms) {
		if b.tag, b.languages = tag, []lang.Tag{base(tag)}; !b.isRead() {
			continue
		}
		for _, name := range e.Demonyms[tag] {
			b.demonym(name)
		}
	}
	return b.list
}

// isRead says whether there may be texts in which the names count.
func (b *builder) isRead() bool {
	read := b.entity.ReadIn
	return read == nil || b.languages == nil || slices.ContainsFunc(b.languages, func(t lang.Tag) bool { return slices.Contains(read, t) })
}

// A builder collects the aliases of one entity.
type builder struct {
	entity    *Entity
	tag       lang.Tag
	languages []lang.Tag
	list      []Alias
	seen      map[string]int    // tokens and language → index in list
	key       []byte            // the last one
	named     map[lang.Tag]bool // base languages in which the entity has names
	scratch   scratch
	words     *vocabulary
	tongue    *tongue // of tag
}

// names adds the names of one language. One that is only the last part of a
// longer one of them is a bare name, even if an editor listed it.
func (b *builder) names(names []string) {
	var all [][]aliasToken
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, b.variants(name)...)
		}
	}
	if base(b.tag) == "ru" {
		for _, tokens := range all {
			all = append(all, declined(tokens)...) // range sees the nominatives alone
		}
	}
	for _, tokens := range all {
		b.add(tokens, b.entity.Type == Person && isBare(tokens, all))
		if b.isGeneric(tokens, all) {
			b.list[len(b.list)-1].Generic = true
		}
	}
	if b.entity.Type != Person || base(b.tag) == "zh" {
		return
	}
	for _, tokens := range all {
		for i := 1; i < len(tokens); i++ {
			if (!isParticle(tokens[i-1].loose) || isArticle(tokens[i-1].loose)) && !onlyParticles(tokens[i:]) {
				b.add(tokens[i:], true)
			}
		}
	}
}

// An aliasToken is one token of an alias before it is packed.
type aliasToken struct {
	light, loose string
	upper, caps  bool
	letters      int
}

// variants gives the token lists of name: parted at its joints, with them
// closed up, and in Arabic script with عبد written apart and together.
func (b *builder) variants(name string) [][]aliasToken {
	if b.tongue == nil || b.tongue.tag != b.tag {
		b.tongue = plainTongue(b.tag)
	}
	tokens := b.scratch.tokenise(&tokeniser{text: name, words: b.words, of: b.tongue})
	parted := make([]aliasToken, len(tokens))
	for i := range tokens {
		parted[i] = aliasTokenOf(tokens[i].form)
	}
	list := [][]aliasToken{parted}
	if slices.ContainsFunc(tokens, func(tk token) bool { return tk.joined }) {
		var joined []aliasToken
		for i := 0; i < len(tokens); i++ {
			first := i
			i = joinedEnd(tokens, i)
			joined = append(joined, aliasTokenOf(spell(name[tokens[first].start:tokens[i].end], b.tag)))
		}
		list = append(list, joined)
	}
	if other := servantVariant(parted); other != nil {
		list = append(list, other)
	}
	return list
}

func aliasTokenOf(f *form) aliasToken {
	return aliasToken{f.light, f.loose, f.upper, f.caps && f.cased, int(f.letters)}
}

// servantVariant writes the names with عبد the other way: عبد الله, عبدالله.
func servantVariant(tokens []aliasToken) []aliasToken {
	var out []aliasToken
	changed := false
	for i := 0; i < len(tokens); i++ {
		tk := tokens[i]
		rest, found := strings.CutPrefix(tk.light, "عبدال")
		switch {
		case tk.light == "عبد" && i+1 < len(tokens) && strings.HasPrefix(tokens[i+1].light, "ال"):
			next := tokens[i+1]
			out = append(out, aliasToken{light: tk.light + next.light, loose: tk.loose + next.loose, letters: tk.letters + next.letters})
			i++
			changed = true
		case found && utf8.RuneCountInString(rest) >= 2:
			loose := strings.TrimPrefix(tk.loose, "عبد")
			out = append(out, aliasToken{light: "عبد", loose: "عبد", letters: 3}, aliasToken{light: "ال" + rest, loose: loose, letters: tk.letters - 3})
			changed = true
		default:
			out = append(out, tk)
		}
	}
	if !changed {
		return nil
	}
	return out
}

// isBare says whether tokens is a surname alone: one word besides particles,
// and the end of a longer name among all.
func isBare(tokens []aliasToken, all [][]aliasToken) bool {
	words := 0
	for _, tk := range tokens {
		if !isParticle(tk.loose) {
			words++
		}
	}
	if words > 1 {
		return false
	}
	for _, longer := range all {
		if n := len(longer) - len(tokens); n > 0 && slices.EqualFunc(longer[n:], tokens, func(a, b aliasToken) bool { return a.loose == b.loose }) {
			return true
		}
	}
	return false
}

func onlyParticles(tokens []aliasToken) bool {
	return !slices.ContainsFunc(tokens, func(tk aliasToken) bool { return !isParticle(tk.loose) })
}

// maxTokens bounds the length of an alias; longer ones are no names.
const maxTokens = 16

func (b *builder) add(tokens []aliasToken, bare bool) {
	if len(tokens) == 0 || len(tokens) > maxTokens {
		return
	}
	if bare && len(tokens) == 1 && (tokens[0].letters < 3 || unfit()[tokens[0].loose] || lang.FunctionWord(tokens[0].light, b.tag)) {
		return
	}
	a := b.alias()
	a.Bare, a.Unique, a.Link = bare, bare && b.entity.Unique, b.entity.Link
	texts := make([]string, 0, 2*len(tokens))
	a.Tokens, a.Loose = texts[:0:len(tokens)], texts[len(tokens):len(tokens)]
	for i, tk := range tokens {
		a.Tokens = append(a.Tokens, tk.light)
		a.Loose = append(a.Loose, tk.loose)
		if tk.upper {
			a.Capitals |= 1 << i
		}
	}
	a.CaseSensitive = len(tokens) == 1 && tokens[0].caps && tokens[0].letters <= 4
	b.put(a)
}

// alias gives what all aliases of the entity in a language have.
func (b *builder) alias() Alias {
	e := b.entity
	return Alias{Entity: e.ID, Type: e.Type, Languages: b.languages, Weight: e.Weight, National: e.National, Lands: e.lands(), Years: e.Years, Since: e.since()}
}

func (b *builder) demonym(name string) {
	for _, tokens := range b.variants(name) {
		a := b.alias()
		a.Demonym = true
		for _, tk := range tokens {
			a.Tokens = append(a.Tokens, tk.light)
			a.Loose = append(a.Loose, tk.loose)
		}
		if len(a.Tokens) == 0 {
			return
		}
		b.put(a)
		if base(b.tag) == "ar" {
			with := a
			with.Tokens = slices.Clone(a.Tokens)
			with.Loose = slices.Clone(a.Loose)
			with.Tokens[0], with.Loose[0] = "ال"+a.Tokens[0], "ال"+a.Loose[0]
			b.put(with)
		}
	}
}

// put keeps a unless the same name is there already; a full name replaces a
// bare one.
func (b *builder) put(a Alias) {
	key := b.key[:0]
	for _, token := range a.Tokens {
		key = append(append(key, token...), ' ')
	}
	key = append(append(key, 0), b.tag...)
	if a.Demonym {
		key = append(key, "\x00d"...)
	}
	b.key = key
	if i, ok := b.seen[string(key)]; ok {
		if b.list[i].Bare && !a.Bare {
			b.list[i] = a
		}
		return
	}
	b.seen[string(key)] = len(b.list)
	b.list = append(b.list, a)
}

// base gives the language subtag of t.
func base(t lang.Tag) lang.Tag {
	s, _, _ := strings.Cut(string(t), "-")
	return lang.Tag(s)
}

// scripts tells the script of each known language.
var scripts = sync.OnceValue(func() map[lang.Tag]string {
	m := map[lang.Tag]string{}
	for _, t := range lang.Known() {
		if b := base(t); m[b] == "" {
			m[b] = lang.For(b).Script
		}
	}
	return m
})

// sameScript gives the other known languages of each language's script.
var sameScript = sync.OnceValue(func() map[lang.Tag][]lang.Tag {
	m := map[lang.Tag][]lang.Tag{}
	for _, t := range sortedTags(scripts()) {
		for _, other := range sortedTags(scripts()) {
			if other != t && scripts()[other] == scripts()[t] {
				m[t] = append(m[t], other)
			}
		}
	}
	return m
})

// languagesOf gives the languages of the texts in which a name of the language
// t counts: t and those of the same script in which the entity has no name of
// its own.
func (b *builder) languagesOf(t lang.Tag) []lang.Tag {
	own := base(t)
	if own == "und" {
		return nil
	}
	others := sameScript()[own]
	list := append(make([]lang.Tag, 0, len(others)+1), own)
	for _, other := range others {
		if !b.named[other] {
			list = append(list, other)
		}
	}
	slices.Sort(list)
	return list
}

// allowedIn says whether a counts in texts of the base language t. A text in a
// language that we know nothing of takes every name.
func (a *Alias) allowedIn(t lang.Tag, known bool) bool {
	return !known || len(a.Languages) == 0 || slices.Contains(a.Languages, t)
}
