package entity

import (
	"slices"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

// isGeneric says whether tokens are what many lands have one of: Senate, where
// the entity is also called US Senate. So it is for organisations and events that
// belong to a land.
func (b *builder) isGeneric(tokens []aliasToken, all [][]aliasToken) bool {
	if b.entity.Type != Organisation && b.entity.Type != Event || len(b.entity.Lands) == 0 || isCountry(b.entity.ID) {
		return false
	}
	return slices.ContainsFunc(all, func(longer []aliasToken) bool {
		n := len(longer) - len(tokens)
		return n > 0 && (sameTokens(longer[n:], tokens) && b.national(longer[:n]) || sameTokens(longer[:len(tokens)], tokens) && b.national(longer[len(tokens):]))
	})
}

func sameTokens(a, b []aliasToken) bool {
	return slices.EqualFunc(a, b, func(x, y aliasToken) bool { return x.loose == y.loose })
}

// national says whether tokens only say that something belongs to one of the
// entity's lands: a nationality, or the land's name, with particles or without.
func (b *builder) national(tokens []aliasToken) bool {
	known := landWords()[base(b.tag)]
	if known == nil {
		return false
	}
	words := make([]string, len(tokens))
	for i, tk := range tokens {
		words[i] = tk.loose
	}
	for i := range tokens { // from each word on before which only particles stand
		phrase := strings.Join(words[i:], " ")
		if slices.ContainsFunc(b.entity.Lands, func(code string) bool { return known()[code+" "+phrase] }) {
			return true
		}
		if !isParticle(words[i]) && !lang.FunctionWord(tokens[i].light, b.tag) {
			break
		}
	}
	return false
}

// landWords holds for each base language what national looks for: the code of a
// territory, a space, and the loose keys of a nationality or a name of it.
var landWords = sync.OnceValue(func() map[lang.Tag]func() map[string]bool {
	m := map[lang.Tag]func() map[string]bool{}
	for t := range scripts() {
		m[t] = sync.OnceValue(func() map[string]bool { return landWordsOf(t) })
	}
	return m
})

func landWordsOf(t lang.Tag) map[string]bool {
	set := map[string]bool{}
	further := territoryList("data/"+string(t)+"/territories.txt", nil)
	nations := territoryList("data/"+string(t)+"/demonyms.txt", plurals(t))
	for _, code := range lang.Territories() {
		for _, name := range slices.Concat(lang.TerritoryNames(code, t), further[code], nations[code]) {
			key := looseWords(name, t)
			set[code+" "+key] = true
			if t == "ar" {
				set[code+" ال"+key] = true
			}
		}
	}
	return set
}

func looseWords(s string, t lang.Tag) string { return strings.TrimSpace(looseText(s, t)) }
