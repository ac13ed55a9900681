package entity

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// Format writes e as a file of the knowledge base, without Path, Texts and Body.
func Format(e *Entity) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntype: %s\n", e.Type)
	byTag(&b, "labels", e.Labels, frontmatter.Quote)
	byTag(&b, "aliases", filled(e.Aliases), yamlList)
	byTag(&b, "demonyms", filled(e.Demonyms), yamlList)
	if e.Wikidata != "" {
		fmt.Fprintf(&b, "wikidata: %s\n", e.Wikidata)
	}
	if e.Weight != 0 {
		fmt.Fprintf(&b, "weight: %d\n", e.Weight)
	}
	if e.Unique {
		b.WriteString("unique: true\n")
	}
	if !e.Link {
		b.WriteString("link: false\n")
	}
	if e.National {
		b.WriteString("national: true\n")
	}
	if len(e.Lands) > 0 {
		b.WriteString("country: " + yamlList(e.Lands) + "\n")
	}
	if y := e.Years.String(); y != "" {
		fmt.Fprintf(&b, "years: %s\n", frontmatter.Quote(y))
	}
	byTag(&b, "description", e.Notes, frontmatter.Quote)
	if len(e.Facts) > 0 {
		b.WriteString("facts:\n")
		for _, f := range e.Facts {
			fmt.Fprintf(&b, "  %s: %s\n", f.Key, frontmatter.Quote(f.Value))
		}
	}
	b.WriteString("---\n")
	return b.Bytes()
}

// filled leaves out the languages whose list is empty.
func filled(m map[lang.Tag][]string) map[lang.Tag][]string {
	out := map[lang.Tag][]string{}
	for t, list := range m {
		if len(list) > 0 {
			out[t] = list
		}
	}
	return out
}

func byTag[V any](b *bytes.Buffer, key string, m map[lang.Tag]V, write func(V) string) {
	if len(m) == 0 {
		return
	}
	b.WriteString(key + ":\n")
	for _, t := range sortedTags(m) {
		fmt.Fprintf(b, "  %s: %s\n", t, write(m[t]))
	}
}

func yamlList(names []string) string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = frontmatter.Quote(n)
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// Merge adds to a file of the knowledge base what it lacks and e knows: names
// and descriptions in languages in which it has none, and the Wikidata item.
// Nothing that stands in the file changes. It gives nil where nothing is to be
// added, or where the file is not written so that lines can be added to it.
func Merge(file string, data []byte, e *Entity) []byte {
	old, problems := ParseEntity(file, data)
	if slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		return nil
	}
	m := merger{lines: strings.SplitAfter(string(data), "\n")}
	for _, t := range sortedTags(e.Labels) {
		if old.Labels[t] != "" || old.Aliases[t] != nil {
			continue
		}
		m.add("labels", string(t), frontmatter.Quote(e.Labels[t]))
		if names := e.Aliases[t]; len(names) > 0 {
			m.add("aliases", string(t), yamlList(names))
		}
	}
	for _, t := range sortedTags(e.Notes) {
		if old.Notes[t] == "" {
			m.add("description", string(t), frontmatter.Quote(e.Notes[t]))
		}
	}
	if old.Wikidata == "" && e.Wikidata != "" {
		m.insert(m.end(), "wikidata: "+e.Wikidata+"\n")
	}
	if !m.changed || m.lost {
		return nil
	}
	merged := []byte(strings.Join(m.lines, ""))
	if now, problems := ParseEntity(file, merged); len(problems) > 0 || !now.keeps(old) {
		return nil
	}
	return merged
}

// keeps says whether e still says what old said.
func (e *Entity) keeps(old *Entity) bool {
	for t, s := range old.Labels {
		if e.Labels[t] != s {
			return false
		}
	}
	for t, names := range old.Aliases {
		if !slices.Equal(e.Aliases[t], names) {
			return false
		}
	}
	return e.Type == old.Type && e.Weight == old.Weight && e.Body == old.Body
}

// A merger adds lines to front matter in YAML.
type merger struct {
	lines         []string
	changed, lost bool // lost: a line has no place
}

// end gives the number of the line that ends the front matter.
func (m *merger) end() int {
	for i, line := range m.lines[1:] {
		if strings.TrimRight(line, " \r\n") == "---" {
			return i + 1
		}
	}
	m.lost = true
	return len(m.lines)
}

func (m *merger) insert(at int, line string) {
	m.lines = slices.Insert(m.lines, at, line)
	m.changed = true
}

// add adds "key: value" to the map of a name: as a line of its own, or before
// the brace where it stands on one line.
func (m *merger) add(name, key, value string) {
	end := m.end()
	for i, line := range m.lines[:min(end, len(m.lines))] {
		rest, found := strings.CutPrefix(line, name+":")
		if !found {
			continue
		}
		// A comment may stand behind. A name with " #" in it is taken for one, and
		// then what comes out is not what went in, which keeps tells.
		rest, _, _ = strings.Cut(rest, " #")
		rest = strings.TrimSpace(rest)
		switch {
		case rest == "":
			for i++; i < end && strings.HasPrefix(m.lines[i], " "); i++ {
			}
			m.insert(i, "  "+key+": "+value+"\n")
		case strings.HasPrefix(rest, "{") && strings.HasSuffix(rest, "}") && rest != "{}":
			brace := strings.Index(line, rest) + len(rest) - 1
			m.lines[i] = line[:brace] + ", " + key + ": " + value + line[brace:]
			m.changed = true
		default:
			m.lost = true
		}
		return
	}
	m.insert(end, name+":\n  "+key+": "+value+"\n")
}
