package theme

import (
	"maps"
	"path"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Messages are the texts of the user interface by language and key.
type Messages map[lang.Tag]map[string]page.Phrase

// original is the language in which every message must exist.
const original lang.Tag = "en"

// Phrase gives a message in the language t, else in a more general one
// (fa-AF → fa), else in English; false if none has the key.
func (m Messages) Phrase(t lang.Tag, key string) (page.Phrase, bool) {
	for tag := t; tag != ""; {
		if p, ok := m[tag][key]; ok {
			return p, true
		}
		i := strings.LastIndexByte(string(tag), '-')
		if i < 0 {
			break
		}
		tag = tag[:i]
	}
	p, ok := m[original][key]
	return p, ok
}

// Missing names the messages that readers of t see in English though t is
// another language, sorted.
func (m Messages) Missing(t lang.Tag) []string {
	if t == original || strings.HasPrefix(string(t), string(original)+"-") {
		return nil
	}
	var list []string
	for _, key := range slices.Sorted(maps.Keys(m[original])) {
		if p, _ := m.Phrase(t, key); p.From == original {
			list = append(list, key)
		}
	}
	return list
}

// ParseMessages reads messages/<language>.toml of a theme's files. A value is a
// text, or a table of plural forms; a table lacks no form that the language
// has.
func ParseMessages(dir string, files map[string][]byte) (Messages, []diag.Diagnostic) {
	m := Messages{}
	var problems []diag.Diagnostic
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Dir(name) != "messages" {
			continue
		}
		file := path.Join(dir, name)
		base := strings.TrimSuffix(path.Base(name), path.Ext(name))
		t, err := lang.ParseTag(base)
		if err != nil {
			problems = append(problems, diag.Errorf(diag.Position{File: file}, "the name of a message file is a language tag, %q is none", base))
			continue
		}
		block, bad := frontmatter.ParseFile(file, files[name])
		problems = append(problems, bad...)
		m[t] = map[string]page.Phrase{}
		for _, f := range block.Fields {
			p, bad := phrase(t, f)
			problems = append(problems, bad...)
			m[t][f.Key] = p
		}
	}
	return m, append(problems, m.strangers(dir, files)...)
}

func phrase(t lang.Tag, f frontmatter.Field) (page.Phrase, []diag.Diagnostic) {
	p := page.Phrase{From: t}
	if f.Value.Kind != frontmatter.Map {
		p.Other, _ = f.Value.Scalar()
		return p, nil
	}
	var problems []diag.Diagnostic
	forms := map[lang.PluralForm]*string{lang.Zero: &p.Zero, lang.One: &p.One, lang.Two: &p.Two, lang.Few: &p.Few, lang.Many: &p.Many, lang.Other: &p.Other}
	for _, e := range f.Value.Map {
		to := forms[lang.PluralForm(e.Key)]
		if to == nil {
			problems = append(problems, diag.Errorf(e.KeyPos, "message %q: %q is no plural form", f.Key, e.Key).
				WithHint("the forms are zero, one, two, few, many, other"))
			continue
		}
		*to, _ = e.Value.Scalar()
	}
	for _, need := range lang.For(t).PluralForms() {
		if *forms[need] == "" {
			problems = append(problems, diag.Errorf(f.KeyPos, "message %q lacks the plural form %q", f.Key, need))
		}
	}
	return p, problems
}

// strangers warns of messages that English does not have: misspelt keys.
func (m Messages) strangers(dir string, files map[string][]byte) []diag.Diagnostic {
	var problems []diag.Diagnostic
	known := slices.Sorted(maps.Keys(m[original]))
	if len(known) == 0 { // that the English file could not be read is said already
		return nil
	}
	for _, t := range slices.Sorted(maps.Keys(m)) {
		for _, key := range slices.Sorted(maps.Keys(m[t])) {
			if _, ok := m[original][key]; !ok {
				problems = append(problems, diag.Warnf(diag.Position{File: path.Join(dir, "messages", string(t)+".toml")}, "message %q is not in English%s", key, diag.DidYouMean(key, known)))
			}
		}
	}
	return problems
}
