package entity

import (
	"embed"
	"path"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// The folder world is the built-in knowledge base besides the territories, one
// file for each field. A file says of which type its entities are, and then an
// entity begins where a line does:
//
//	@person
//
//	ebrahim-raisi weight=5 unique          id, then Q794 (Wikidata), weight=0…10, unique, national, nolink
//	  ar,ur إبراهيم رئيسي, رئيسي           languages: the label, further names
//	  ru +, Раиси                          further names without a label
//	  en = Iranian cleric                  a line about it, instead of what "is" says
//	  is president IR 2021-2024            office of roles.txt, territory, years; 2021- is open
//	  in IR,IQ                             territories that it belongs to, where "is" names none
//	  years 2021-2024                      when articles speak of it most, where "is" has none
//	  born 1960-12-14                      a fact: born, died, founded, ended, started, date
//
// # begins a comment. The files are for people: keep names of one entity
// together, and leave out what is not certain.
//
//go:embed world
var worldFiles embed.FS

// World gives the people, organisations, places and events that are built in
// besides the territories, sorted by id. Each call makes new values.
func World() []*Entity {
	list, _ := readWorld()
	return list
}

// readWorld reads all files of the folder world.
func readWorld() ([]*Entity, []diag.Diagnostic) {
	roles, problems := readRoles()
	folder, _ := worldFiles.ReadDir("world")
	list := make([]*Entity, 0, 2048)
	for _, f := range folder {
		if f.Name() == rolesFile || f.Name() == namesFile {
			continue
		}
		data, _ := worldFiles.ReadFile("world/" + f.Name())
		w := worldReader{file: f.Name(), roles: roles}
		list = append(list, w.read(string(data))...)
		problems = append(problems, w.problems...)
	}
	for _, e := range list {
		e.keepApart()
	}
	slices.SortStableFunc(list, func(a, b *Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return list, problems
}

// keepApart says for each language in Arabic script that it has no names of its
// own where it has none, so that those of the others do not count in its texts:
// تابناک is a news site in Persian and an adjective in Urdu.
func (e *Entity) keepApart() {
	none := []string{}
	for _, t := range [...]lang.Tag{"ar", "ckb", "fa", "ur"} {
		if e.Labels[t] == "" && e.Aliases[t] == nil {
			e.Aliases[t] = none
		}
	}
}

// A worldReader reads one file.
type worldReader struct {
	file     string
	line     int
	roles    *roles // nil in roles.txt itself
	kind     Type
	problems []diag.Diagnostic
}

func (w *worldReader) wrong(format string, args ...any) {
	pos := diag.Position{File: path.Join("world", w.file), Line: w.line, Column: 1}
	w.problems = append(w.problems, diag.Errorf(pos, format, args...))
}

func (w *worldReader) read(text string) []*Entity {
	var list []*Entity
	var e *Entity
	var notes *notes
	for line := range strings.SplitSeq(text, "\n") {
		w.line++
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '@':
			if w.kind = Type(line[1:]); !slices.Contains(Types(), w.kind) {
				w.wrong("%q is no type of entity", line[1:])
			}
		case line[0] != ' ':
			notes.finish()
			e = w.head(line)
			notes = w.roles.notes(e)
			list = append(list, e)
		case e == nil:
			w.wrong("a line about nobody: %q", line)
		default:
			w.about(e, notes, strings.TrimLeft(line, " "))
		}
	}
	notes.finish()
	return list
}

// head reads the first line of an entity.
func (w *worldReader) head(line string) *Entity {
	id, rest, _ := strings.Cut(line, " ")
	e := &Entity{ID: ID(id), Type: w.kind, Link: true, Weight: worldWeight, Labels: map[lang.Tag]string{}, Aliases: map[lang.Tag][]string{}}
	if w.kind == "" && w.roles != nil {
		w.wrong("%s has no type: write @person, @organisation, @place or @event above it", id)
	}
	for word := range strings.FieldsSeq(rest) {
		number, isWeight := strings.CutPrefix(word, "weight=")
		switch {
		case word == "unique":
			e.Unique = true
		case word == "national":
			e.National = true
		case word == "nolink":
			e.Link = false
		case isWeight:
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 || n > 10 {
				w.wrong("weight must be a whole number from 0 to 10")
			}
			e.Weight = n
		case len(word) > 1 && word[0] == 'Q' && strings.Trim(word[1:], "0123456789") == "":
			e.Wikidata = word
		default:
			w.wrong("%q says nothing of an entity", word)
		}
	}
	return e
}

// worldWeight is the prior of what is built in, unless its line says another.
const worldWeight = 2

// about reads a line below an entity's first.
func (w *worldReader) about(e *Entity, notes *notes, line string) {
	key, rest, _ := strings.Cut(line, " ")
	switch key {
	case "is":
		if err := notes.is(rest); err != "" {
			w.wrong("%s: %s", e.ID, err)
		}
		return
	case "in":
		for code := range strings.SplitSeq(rest, ",") {
			if !slices.Contains(lang.Territories(), code) {
				w.wrong("%s: %s is no territory", e.ID, code)
			}
			e.Lands = append(e.Lands, code)
		}
		return
	case "years":
		if !isYears(rest) {
			w.wrong("%s: %s is no years such as 2021-2024, 2021- or 2021", e.ID, rest)
		}
		e.Years = parseYears(rest)
		return
	case "born", "died", "founded", "ended", "started", "date":
		e.Facts = append(e.Facts, Fact{key, rest})
		return
	}
	if note, ok := strings.CutPrefix(rest, "= "); ok {
		for t := range strings.SplitSeq(key, ",") {
			w.knownTag(t)
			if e.Notes == nil {
				e.Notes = map[lang.Tag]string{}
			}
			e.Notes[lang.Tag(t)] = note
		}
		return
	}
	w.names(e, key, rest)
}

// names reads the names of an entity in some languages.
func (w *worldReader) names(e *Entity, tags, list string) {
	names := strings.Split(list, ", ")
	for i, n := range names {
		if n == "" || n != strings.TrimSpace(n) || slices.Contains(names[:i], n) {
			w.wrong("%s: a name is missing, there twice, or has a space too many: %q", e.ID, list)
		}
	}
	label, further := names[0], names[1:len(names):len(names)]
	for t := range strings.SplitSeq(tags, ",") { // several languages share the slice, which nobody changes
		tag := lang.Tag(t)
		w.knownTag(t)
		if e.Labels[tag] != "" || e.Aliases[tag] != nil {
			w.wrong("%s: a second line of names in %s", e.ID, t)
		}
		if label != "+" {
			e.Labels[tag] = label
		}
		if len(further) > 0 {
			e.Aliases[tag] = further
		}
	}
}

func (w *worldReader) knownTag(t string) {
	if !slices.Contains(worldTags[:], t) {
		w.wrong("%q is no language of these files", t)
	}
}

// worldTags are the languages that the files have names in.
var worldTags = [...]string{"ar", "ckb", "en", "es", "fa", "fr", "he", "ru", "tr", "ur", "zh-Hans"}
