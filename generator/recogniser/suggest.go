package recogniser

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/record"
)

// A Suggestion is somebody or something that a text speaks of and no knowledge
// base knows: the fullest form of the name in the text, and how often it stands
// there in any form.
type Suggestion struct {
	Type  entity.Type
	Name  string
	Count int
}

// mostSuggested bounds the suggestions of a text.
const mostSuggested = 12

// Suggestions gives the names in text that lie beside the mentions of a
// knowledge base, the most frequent ones first. A name of one word that stands
// once is left out, since it is wrong too often. Words are those of the text, as
// [lang.Words] gives them; nil words are found.
func (r *Recogniser) Suggestions(text string, words []lang.Word, mentions []entity.Mention) []Suggestion {
	g := grouping{text: text, language: r.model.Language, names: r.model.speller.names, cased: r.model.speller.cased}
	for _, n := range r.sureNames(text, words, r.leads.suggested) {
		for len(mentions) > 0 && mentions[0].End <= n.Start {
			mentions = mentions[1:]
		}
		if (len(mentions) == 0 || mentions[0].Start >= n.End) && g.fit(text[n.Start:n.End]) {
			g.add(n)
		}
	}
	return g.suggestions()
}

// A grouping puts the forms of one name together.
type grouping struct {
	text     string
	language lang.Tag
	names    lexicon
	cased    bool // the language's script has capitals
	groups   []group
}

type group struct {
	Suggestion
	words []string // loose keys of the fullest form
}

// fit says whether a name looks like one: no small letter at either end in a
// script with capitals, no Latin letter in another one, no particle at its end,
// and nothing of a parenthesis.
func (g *grouping) fit(name string) bool {
	words := lang.Words(name)
	if len(words) == 0 || strings.ContainsAny(name, "()[]\n") {
		return false
	}
	last := name[words[len(words)-1].Start:]
	if len(words) > 1 && g.names[lang.Loose(last, g.language)]&flagParticle != 0 {
		return false
	}
	for _, s := range []string{name[words[0].Start:], last} {
		first, _ := utf8.DecodeRuneInString(s)
		if g.cased && unicode.IsLower(first) || !g.cased && unicode.Is(unicode.Latin, first) {
			return false
		}
	}
	return true
}

// add counts a name with the group that it belongs to: the same words, or the
// surname of somebody who was called by more.
func (g *grouping) add(n Name) {
	forms := g.readings(g.text[n.Start:n.End])
	for _, words := range forms {
		for i := range g.groups {
			if x := &g.groups[i]; x.Type == n.Type && x.holds(words) {
				x.Count++
				return
			}
		}
	}
	name, words := g.text[n.Start:n.End], forms[0]
	if len(forms) > 1 && g.prefixed(forms) {
		words = forms[1]
		name = g.without(name)
	}
	x := group{Suggestion{n.Type, strings.Join(strings.Fields(name), " "), 1}, words}
	// Somebody's surname may stand before the whole name, in a headline.
	for i := range g.groups {
		if y := &g.groups[i]; y.Type == x.Type && x.holds(y.words) {
			x.Count += y.Count
			g.groups[i] = x
			return
		}
	}
	g.groups = append(g.groups, x)
}

// holds says whether words are the name, or the end of a person's.
func (x *group) holds(words []string) bool {
	if x.Type == entity.Person && len(words) < len(x.words) {
		return slices.Equal(words, x.words[len(x.words)-len(words):])
	}
	return slices.Equal(words, x.words)
}

// readings gives the loose keys of a name's words, as they are, then with each
// prefix off that the first word may have.
func (g *grouping) readings(name string) [][]string {
	var words []string
	for _, w := range lang.Words(name) {
		words = append(words, lang.Loose(name[w.Start:w.End], g.language))
	}
	if len(words) == 0 {
		return [][]string{{name}}
	}
	list := [][]string{words}
	for _, c := range g.clitics(name) {
		bare := slices.Clone(words)
		bare[0] = lang.Loose(c.Word(), g.language)
		list = append(list, bare)
	}
	return list
}

// clitics gives the readings of a name's first word with prefixes off.
func (g *grouping) clitics(name string) []lang.Clitic {
	w := lang.Words(name)[0]
	return lang.Clitics(name[w.Start:w.End], g.language)[1:]
}

// prefixed says whether the first word of a name surely has a prefix: without it
// the word is in a list of names, and with it it is not.
func (g *grouping) prefixed(forms [][]string) bool {
	const listed = flagGiven | flagFamily | flagPlace | flagBody
	return g.names[forms[0][0]]&listed == 0 && g.names[forms[1][0]]&listed != 0
}

// without takes the prefix off a name.
func (g *grouping) without(name string) string {
	w := lang.Words(name)[0]
	c := g.clitics(name)[0]
	return c.Word() + name[w.End:]
}

func (g *grouping) suggestions() []Suggestion {
	var list []Suggestion
	for _, x := range g.groups {
		if len(x.words) > 1 || x.Count > 1 {
			list = append(list, x.Suggestion)
		}
	}
	slices.SortStableFunc(list, func(a, b Suggestion) int { return cmp.Compare(b.Count, a.Count) })
	return list[:min(len(list), mostSuggested)]
}

// Suggestions are those of one text.
type Suggestions []Suggestion

// AppendBinary appends s as a record: of each suggestion its type, its name and
// its count.
func (s Suggestions) AppendBinary(b []byte) ([]byte, error) {
	b = record.AppendLen(b, s)
	for i := range s {
		b = record.AppendUint(record.AppendString(record.AppendString(b, s[i].Type), s[i].Name), uint64(s[i].Count))
	}
	return b, nil
}

// UnmarshalBinary reads what AppendBinary appended. The texts of s are parts of
// data, which must not change.
func (s *Suggestions) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	n, ok := r.Len()
	*s = nil
	if !ok {
		return r.Err()
	}
	*s = make(Suggestions, n)
	for i := range *s {
		(*s)[i] = Suggestion{entity.Type(r.String()), r.String(), int(r.Uint())}
	}
	return r.Err()
}
