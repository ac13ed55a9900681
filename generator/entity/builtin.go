package entity

import (
	"slices"
	"strings"

	"mihbara/generator/lang"
)

// territoryWeight is the prior of a territory: a name that is also a person's
// or a city's means the country unless an editor gives the other one more.
const territoryWeight = 5

// Builtin gives what is known without a site's own files: [Territories], then
// [World]. Each call makes new values.
func Builtin() []*Entity { return append(Territories(), World()...) }

// Territories gives the territories of CLDR 48 as places, sorted by code, with
// their names in all languages that package lang knows, further names and
// nationalities from the lists of this package. Each call makes new values.
func Territories() []*Entity {
	var languages []lang.Tag
	seen := map[lang.Tag]bool{}
	for _, t := range lang.Known() {
		if u := named(t); !seen[u] {
			seen[u] = true
			languages = append(languages, u)
		}
	}
	further, nations := map[lang.Tag]map[string][]string{}, map[lang.Tag]map[string][]string{}
	for _, t := range languages {
		further[t] = territoryList("data/"+string(base(t))+"/territories.txt", nil)
		nations[t] = territoryList("data/"+string(base(t))+"/demonyms.txt", plurals(base(t)))
	}
	codes := lang.Territories()
	list := make([]*Entity, 0, len(codes))
	for _, code := range codes {
		e := &Entity{ID: ID("country-" + strings.ToLower(code)), Type: Place, Weight: territoryWeight, Link: true,
			Labels: map[lang.Tag]string{}, Aliases: map[lang.Tag][]string{}, Demonyms: map[lang.Tag][]string{}}
		for _, t := range languages {
			names := lang.TerritoryNames(code, t)
			if len(names) == 0 {
				continue
			}
			e.Labels[t] = names[0]
			e.Aliases[t] = plain(append(append([]string{}, names[1:]...), further[t][code]...))
			if n := without(nations[t][code], names); len(n) > 0 {
				e.Demonyms[t] = n
			}
		}
		list = append(list, e)
	}
	return list
}

// named gives the tag under which a known locale's territory names are kept:
// its language, Chinese with its script.
func named(t lang.Tag) lang.Tag {
	if base(t) == "zh" {
		return t
	}
	return base(t)
}

// without leaves out nationalities that are also a territory's first names:
// מצרים is Egypt before it is Egyptians. Those that are only a further name
// (سورية) stay, and Annotate decides by the word before them.
func without(list, names []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(names, s) {
			out = append(out, s)
		}
	}
	return out
}

// plain leaves out names with parentheses or dashes, which no running text has.
func plain(names []string) []string {
	var list []string
	for _, n := range names {
		if !strings.ContainsAny(n, "()（）") && !strings.Contains(n, " - ") {
			list = append(list, n)
		}
	}
	return list
}

// territoryList reads lines "IR: name, name | name" by code. Names before the
// bar are made into all their forms by inflect, if there is one.
func territoryList(file string, inflect func(string) []string) map[string][]string {
	m := map[string][]string{}
	for line := range listed(file) {
		code, names, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		regular, fixed, _ := strings.Cut(names, "|")
		for name := range strings.SplitSeq(regular, ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			m[code] = append(m[code], name)
			if inflect != nil {
				m[code] = append(m[code], inflect(name)...)
			}
		}
		for name := range strings.SplitSeq(fixed, ",") {
			if name = strings.TrimSpace(name); name != "" {
				m[code] = append(m[code], name)
			}
		}
	}
	return m
}

// plurals gives how a language makes further forms of a nationality.
func plurals(t lang.Tag) func(string) []string {
	var endings []string
	switch t {
	case "ar":
		endings = []string{"ة", "ين", "ون", "ان", "ات", "تين"}
	case "he":
		endings = []string{"ת", "ם", "ות"}
	case "fa":
		endings = []string{"ها", "ان", "‌ها"}
	case "en", "fr":
		endings = []string{"s"}
	}
	return func(s string) []string {
		var list []string
		for _, e := range endings {
			list = append(list, s+e)
		}
		return list
	}
}
