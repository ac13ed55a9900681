package entity

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// Check names what in the knowledge base own will surprise its editor: names
// that two entities share without a weight that says which is meant, names that
// are words or too short to be found, facts that contradict each other, one
// Wikidata item twice. Others are the entities beside it, such as the built-in
// ones, which are looked at only where own has to do with them. At gives where
// in an entity's file a text stands.
func Check(own, others []*Entity, at func(e *Entity, text string) diag.Position) []diag.Diagnostic {
	c := checker{at: at, own: map[ID]bool{}, wikidata: map[string]*Entity{}, named: map[string][]*Entity{}}
	for _, e := range own {
		c.own[e.ID] = true
	}
	for _, e := range slices.Concat(own, others) {
		if c.own[e.ID] && e.Path == "" {
			continue // replaced
		}
		c.identity(e)
		c.names(e)
		if c.own[e.ID] {
			c.facts(e)
		}
	}
	c.homonyms()
	return diag.Sort(c.list)
}

type checker struct {
	at       func(e *Entity, text string) diag.Position
	own      map[ID]bool
	wikidata map[string]*Entity
	named    map[string][]*Entity // language and light keys → who is called so
	list     []diag.Diagnostic
}

func (c *checker) warn(e *Entity, text, hint, format string, args ...any) {
	d := diag.Warnf(c.at(e, text), format, args...)
	d.Hint = hint
	c.list = append(c.list, d)
}

// identity looks for one thing under two ids.
func (c *checker) identity(e *Entity) {
	if e.Wikidata == "" {
		return
	}
	other := c.wikidata[e.Wikidata]
	c.wikidata[e.Wikidata] = e
	switch {
	case other == nil:
	case c.own[e.ID]:
		c.warn(e, e.Wikidata, "give both files one id, or correct the item", "%s is also %s", e.Wikidata, other.ID)
	case c.own[other.ID]:
		c.warn(other, e.Wikidata, "name the file "+string(e.ID)+".md to replace what is built in", "%s is also the built-in %s", e.Wikidata, e.ID)
	}
}

// names notes who is called what, and looks at names that cannot be found.
func (c *checker) names(e *Entity) {
	for _, tag := range sortedTags(e.Labels) {
		c.name(e, tag, e.Labels[tag])
	}
	for _, tag := range sortedTags(e.Aliases) {
		for _, name := range e.Aliases[tag] {
			c.name(e, tag, name)
		}
	}
}

func (c *checker) name(e *Entity, t lang.Tag, name string) {
	key := string(t) + " " + lightTokens(name, t)
	if list := c.named[key]; !slices.Contains(list, e) {
		c.named[key] = append(list, e)
	}
	if !c.own[e.ID] || !e.Link {
		return
	}
	words := strings.Fields(key)[1:]
	if len(words) != 1 {
		return
	}
	b := base(t)
	switch {
	case lang.FunctionKey(words[0], b) && (name != strings.ToUpper(name) || name == strings.ToLower(name)): // no acronym
		c.warn(e, name, "add a longer name", "%q is a common word in %s; it is not looked for alone", name, t)
	case contextOf(b).doubtful[words[0]]:
		c.list = append(c.list, diag.Notef(c.at(e, name), "%q is also something else in %s; it is linked only behind a word such as a preposition of place", name, t))
	case utf8.RuneCountInString(words[0]) < 2 && words[0] < "ᄀ": // from there on a letter is a syllable or a word
		c.warn(e, name, "add a longer name", "%q is too short to be looked for", name)
	}
}

// homonyms looks at names that several entities have.
func (c *checker) homonyms() {
	for _, key := range slices.Sorted(maps.Keys(c.named)) {
		list := c.named[key]
		mine := slices.IndexFunc(list, func(e *Entity) bool { return c.own[e.ID] })
		if len(list) < 2 || mine < 0 {
			continue
		}
		e := list[mine]
		slices.SortStableFunc(list, func(a, b *Entity) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(string(a.ID), string(b.ID)))
		})
		first, other := list[0], list[1]
		if first.Weight != other.Weight {
			continue
		}
		if other == e {
			other = first
		}
		tag, _, _ := strings.Cut(key, " ")
		c.warn(e, e.called(lang.Tag(tag), key), "give the one that is nearly always meant a higher weight, or both country and years",
			"%s and %s have a name in %s in common, and the same weight: without other signs, neither is linked", e.ID, other.ID, tag)
	}
}

// called gives the name of e that a key was made from.
func (e *Entity) called(t lang.Tag, key string) string {
	for _, name := range append([]string{e.Labels[t]}, e.Aliases[t]...) {
		if string(t)+" "+lightTokens(name, t) == key {
			return name
		}
	}
	return ""
}

// facts looks for an end before its beginning. Dates as written compare as text.
func (c *checker) facts(e *Entity) {
	value := func(key string) string {
		for _, f := range e.Facts {
			if f.Key == key {
				return f.Value
			}
		}
		return ""
	}
	for _, pair := range [...][2]string{{"born", "died"}, {"founded", "ended"}, {"started", "ended"}} {
		from, to := value(pair[0]), value(pair[1])
		if n := min(len(from), len(to)); n >= 4 && to[:n] < from[:n] {
			c.warn(e, to, "correct one of them", "%s %s is before %s %s", pair[1], to, pair[0], from)
		}
	}
}
