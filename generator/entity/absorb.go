package entity

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// Absorb gives a file of the knowledge base with what another entity, which is the
// same one, has besides: names as labels where it has none and else as aliases,
// descriptions, facts, the Wikidata item, the note. Nothing that stands in the
// file changes. What of the other finds no place is named in lost.
func Absorb(file string, data []byte, other *Entity) (merged []byte, lost []string) {
	old, problems := ParseEntity(file, data)
	if old == nil || slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		return nil, []string{"all of it: the file cannot be read"}
	}
	m := merger{lines: strings.SplitAfter(string(data), "\n")}
	m.absorbNames(old, other)
	lost = append(m.absorbFacts(old, other), m.absorbRest(old, other)...)
	merged = []byte(strings.Join(m.lines, ""))
	now, problems := ParseEntity(file, merged)
	if m.lost || now == nil || len(problems) > 0 || !now.keeps(&Entity{Labels: old.Labels, Type: old.Type, Weight: old.Weight, Body: now.Body}) {
		lost = append(lost, "names: the file is not written so that lines can be added to it")
		return nil, lost
	}
	for _, t := range sortedTags(other.Labels) {
		for _, name := range append([]string{other.Labels[t]}, other.Aliases[t]...) {
			if now.Labels[t] != name && !slices.Contains(now.Aliases[t], name) {
				lost = append(lost, fmt.Sprintf("the name %q", name))
			}
		}
	}
	return merged, lost
}

func (m *merger) absorbNames(old, other *Entity) {
	tags := sortedTags(other.Labels)
	for _, t := range sortedTags(other.Aliases) {
		if !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	for _, t := range tags {
		names := slices.Clone(other.Aliases[t])
		switch label := other.Labels[t]; {
		case label == "":
		case old.Labels[t] == "":
			m.add("labels", string(t), frontmatter.Quote(label))
		default:
			names = slices.Insert(names, 0, label)
		}
		names = slices.DeleteFunc(names, func(n string) bool { return n == old.Labels[t] || slices.Contains(old.Aliases[t], n) })
		switch {
		case len(names) == 0:
		case len(old.Aliases[t]) == 0:
			m.add("aliases", string(t), yamlList(names))
		default:
			m.extend("aliases", t, names)
		}
	}
}

// extend adds names to the list of a language that is written in brackets.
func (m *merger) extend(key string, t lang.Tag, names []string) {
	list := regexp.MustCompile(`(?:^|[\s{,])["']?` + regexp.QuoteMeta(string(t)) + `["']?:\s*\[`)
	within := false
	for i, line := range m.lines[:min(m.end(), len(m.lines))] {
		if !strings.HasPrefix(line, " ") {
			within = strings.HasPrefix(line, key+":")
		}
		at := list.FindStringIndex(line)
		if !within || at == nil {
			continue
		}
		closing := strings.IndexByte(line[at[1]:], ']')
		if closing < 0 {
			break
		}
		closing += at[1]
		m.lines[i] = line[:closing] + ", " + strings.Trim(yamlList(names), "[]") + line[closing:]
		return
	}
	m.lost = true
}

func (m *merger) absorbFacts(old, other *Entity) (lost []string) {
	for _, f := range other.Facts {
		switch at := slices.IndexFunc(old.Facts, func(o Fact) bool { return o.Key == f.Key }); {
		case at < 0:
			m.add("facts", f.Key, frontmatter.Quote(f.Value))
		case old.Facts[at].Value != f.Value:
			lost = append(lost, fmt.Sprintf("%s: %s", f.Key, f.Value))
		}
	}
	return lost
}

func (m *merger) absorbRest(old, other *Entity) (lost []string) {
	for _, t := range sortedTags(other.Notes) {
		switch old.Notes[t] {
		case "":
			m.add("description", string(t), frontmatter.Quote(other.Notes[t]))
		case other.Notes[t]:
		default:
			lost = append(lost, fmt.Sprintf("the description in %s", t))
		}
	}
	for _, t := range sortedTags(other.Demonyms) {
		if !slices.Equal(old.Demonyms[t], other.Demonyms[t]) {
			lost = append(lost, fmt.Sprintf("demonyms in %s", t))
		}
	}
	for _, u := range other.SameAs {
		if !slices.Contains(old.SameAs, u) {
			lost = append(lost, u)
		}
	}
	switch {
	case other.Wikidata == "" || other.Wikidata == old.Wikidata:
	case old.Wikidata == "":
		m.insert(m.end(), "wikidata: "+other.Wikidata+"\n")
	default:
		lost = append(lost, fmt.Sprintf("wikidata: %s (they may be two after all)", other.Wikidata))
	}
	if other.Unique && !old.Unique {
		lost = append(lost, "unique: true")
	}
	if other.Link != old.Link {
		lost = append(lost, fmt.Sprintf("link: %t", other.Link))
	}
	switch body, own := strings.TrimSpace(other.Body), strings.TrimSpace(old.Body); {
	case body == "" || body == own:
	case own == "":
		m.lines = append(m.lines, body+"\n")
	default:
		lost = append(lost, "its note")
	}
	return lost
}
