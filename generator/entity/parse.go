package entity

import (
	"path"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// fields are the keys that an entity file may have; see [ParseEntity].
var fields = []string{"type", "labels", "label", "name", "aliases", "demonyms", "wikidata", "weight", "unique", "link", "always",
	"description", "facts", "same_as", "id", "country", "national", "years"}

// ParseEntity reads one file of the knowledge base, <id>.md or <id>.<lang>.md,
// with front matter
//
//	type: person              # person, organisation, place, event
//	labels: {ar: …, en: …}    # the name, by language
//	aliases: {ar: [… , …]}    # further names
//	demonyms: {ar: [… , …]}   # of places: never linked
//	description: {ar: …}      # a line
//	wikidata: Q794
//	weight: 5                 # 0 to 10, tells homonyms apart
//	unique: true              # the surname alone means this person
//	country: [IR, IQ]         # territories that it belongs to; tells homonyms apart
//	national: true            # with a nationality the name is another one's: Red Cross
//	years: 2021-2024          # of office, of a war; 2021- is open; tells homonyms apart
//	link: false               # known, never linked
//	always: true              # a page in every language
//	same_as: [https://…]
//	facts: {born: 1960-12-14}
//
// and an optional note in Markdown below. The entity is never nil; one whose
// type or label is missing has a diagnostic, and what could be read is kept.
func ParseEntity(file string, data []byte) (*Entity, []diag.Diagnostic) {
	block, list := frontmatter.Split(file, data)
	r := &reader{file: file, diagnostics: list}
	e := &Entity{Path: file, Link: true}
	e.ID, e.Language = r.identity()
	for i, f := range block.Fields {
		if f.Name() != "" && slices.ContainsFunc(block.Fields[:i], func(g frontmatter.Field) bool { return g.Name() == f.Name() }) && f.Name() == "id" {
			r.warn(f.KeyPos, "a second id; the last one counts", "keep one id")
		}
		r.field(e, f)
	}
	if block.BodyOffset >= 0 && block.BodyOffset <= len(data) {
		e.Body = strings.TrimSpace(string(data[block.BodyOffset:]))
		e.BodyLine = block.BodyLine
	}
	r.complete(e)
	return e, r.diagnostics
}

// A reader collects what is wrong in one file.
type reader struct {
	file        string
	diagnostics []diag.Diagnostic
}

func (r *reader) warn(pos diag.Position, message, hint string) {
	d := diag.Warnf(pos, "%s", message)
	d.Hint = hint
	r.diagnostics = append(r.diagnostics, d)
}

// identity reads id and language out of the file name.
func (r *reader) identity() (ID, lang.Tag) {
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(r.file, `\`, "/")), path.Ext(r.file))
	id, suffix, found := strings.Cut(name, ".")
	if !found {
		return ID(name), ""
	}
	tag, err := lang.ParseTag(suffix)
	if err != nil {
		return ID(name), ""
	}
	return ID(id), tag
}

func (r *reader) field(e *Entity, f frontmatter.Field) {
	switch v := f.Value; f.Name() {
	case "id":
		if id := strings.TrimSpace(r.text(f)); id != "" && ID(id) != e.ID {
			r.warn(f.KeyPos, "the id is the file name, "+string(e.ID)+"; id: "+id+" was not used", "rename the file or drop id")
		}
	case "type":
		e.Type = r.kind(f)
	case "labels", "label", "name":
		e.Labels = map[lang.Tag]string{}
		for tag, names := range r.byLanguage(f) {
			if len(names) > 0 {
				e.Labels[tag] = names[0]
			}
		}
	case "aliases":
		e.Aliases = r.byLanguage(f)
	case "demonyms":
		e.Demonyms = r.byLanguage(f)
	case "description":
		e.Notes = map[lang.Tag]string{}
		for tag, lines := range r.byLanguage(f) {
			e.Notes[tag] = strings.Join(lines, " ")
		}
	case "wikidata":
		e.Wikidata = r.wikidata(f)
	case "weight":
		e.Weight = r.weight(f)
	case "unique":
		e.Unique = r.bool(f, false)
	case "link":
		e.Link = r.bool(f, true)
	case "country", "countries":
		e.Lands = r.lands(f)
	case "national":
		e.National = r.bool(f, false)
	case "years":
		e.Years = r.years(f)
	case "always":
		e.Always = r.bool(f, false)
	case "sameas":
		e.SameAs = scalars(v)
	case "facts":
		for _, fact := range v.Map {
			if s := strings.Join(scalars(fact.Value), ", "); s != "" {
				e.Facts = append(e.Facts, Fact{fact.Key, s})
			}
		}
	default:
		d := diag.Warnf(f.KeyPos, "unknown key %q in an entity file", f.Key)
		if near := diag.Nearest(f.Key, fields); near != "" {
			d = d.WithHint("did you mean %q?", near)
		}
		r.diagnostics = append(r.diagnostics, d)
	}
}

func (r *reader) text(f frontmatter.Field) string {
	s, ok := f.Value.Scalar()
	if !ok {
		r.warn(f.Value.Pos, f.Key+" must be text, not "+f.Value.Kind.String(), "write "+f.Key+": …")
	}
	return s
}

func (r *reader) kind(f frontmatter.Field) Type {
	s := strings.ToLower(strings.TrimSpace(r.text(f)))
	switch s {
	case "organization", "org":
		return Organisation
	case "location", "country", "city":
		return Place
	case "people":
		return Person
	}
	if slices.Contains(Types(), Type(s)) {
		return Type(s)
	}
	d := diag.Errorf(f.Value.Pos, "%q is no type of entity", s)
	d.Hint = "write person, organisation, place or event"
	if near := diag.Nearest(s, []string{"person", "organisation", "place", "event"}); near != "" {
		d.Hint = "did you mean " + near + "?"
	}
	r.diagnostics = append(r.diagnostics, d)
	return ""
}

// byLanguage reads a map of language to a text or a list of texts. A bare text
// counts for the language of no one (und), which matches every text.
func (r *reader) byLanguage(f frontmatter.Field) map[lang.Tag][]string {
	m := map[lang.Tag][]string{}
	if f.Value.Kind != frontmatter.Map {
		if names := scalars(f.Value); len(names) > 0 {
			m["und"] = names
		}
		return m
	}
	for _, g := range f.Value.Map {
		tag, err := lang.ParseTag(g.Key)
		if err != nil {
			r.warn(g.KeyPos, err.Error(), "write a language tag such as ar, en or zh-Hans")
			continue
		}
		if names := scalars(g.Value); len(names) > 0 {
			m[tag] = append(m[tag], names...)
		}
	}
	return m
}

// scalars gives the texts of a scalar or a list of scalars, as they are
// published, without blank ones.
func scalars(v frontmatter.Value) []string {
	list := v.List
	if v.Kind != frontmatter.List {
		list = []frontmatter.Value{v}
	}
	var out []string
	for _, x := range list {
		if s, ok := x.Scalar(); ok && strings.TrimSpace(s) != "" {
			out = append(out, lang.Normal(strings.TrimSpace(s)))
		}
	}
	return out
}

func (r *reader) wikidata(f frontmatter.Field) string {
	s := strings.TrimSpace(r.text(f))
	s = s[strings.LastIndexByte(s, '/')+1:]
	if len(s) > 1 && s[0] == 'Q' && strings.Trim(s[1:], "0123456789") == "" || s == "" {
		return s
	}
	r.warn(f.Value.Pos, "wikidata must be an item such as Q794", "leave it out if there is none")
	return ""
}

func (r *reader) weight(f frontmatter.Field) int {
	if f.Value.Kind != frontmatter.Int || f.Value.Int < 0 || f.Value.Int > 10 {
		r.warn(f.Value.Pos, "weight must be a whole number from 0 to 10", "5 is a name that everybody knows")
		return int(max(0, min(10, f.Value.Int)))
	}
	return int(f.Value.Int)
}

// lands reads codes of territories, in any case.
func (r *reader) lands(f frontmatter.Field) []string {
	var list []string
	for _, code := range scalars(f.Value) {
		code = strings.ToUpper(code)
		if !slices.Contains(lang.Territories(), code) {
			r.warn(f.Value.Pos, f.Key+" must be the code of a country such as IR, not "+code, "write the code that the country has in country-xx")
			continue
		}
		list = append(list, code)
	}
	return list
}

func (r *reader) years(f frontmatter.Field) Years {
	text := strings.TrimSpace(r.text(f))
	if text != "" && !isYears(text) {
		r.warn(f.Value.Pos, "years must be such as 2021-2024, 2021- or 2021", "")
		return Years{}
	}
	return parseYears(text)
}

func (r *reader) bool(f frontmatter.Field, fallback bool) bool {
	if f.Value.Kind != frontmatter.Bool {
		r.warn(f.Value.Pos, f.Key+" must be true or false", "")
		return fallback
	}
	return f.Value.Bool
}

// complete reports what an entity cannot do without.
func (r *reader) complete(e *Entity) {
	whole := diag.Position{File: r.file}
	if e.ID == "" {
		r.diagnostics = append(r.diagnostics, diag.Errorf(whole, "the file name gives no id"))
	}
	if isCountry(e.ID) && len(e.Labels) == 0 {
		return // adds to a builtin territory
	}
	if e.Type == "" && e.Language != "" {
		return // a note in another language
	}
	if e.Type == "" && !slices.ContainsFunc(r.diagnostics, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		d := diag.Errorf(whole, "the entity has no type")
		d.Hint = "add type: person, organisation, place or event"
		r.diagnostics = append(r.diagnostics, d)
	}
	if len(e.Labels) == 0 {
		d := diag.Errorf(whole, "the entity has no label")
		d.Hint = "add labels: {en: …}"
		r.diagnostics = append(r.diagnostics, d)
	}
}
