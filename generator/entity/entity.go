package entity

import (
	"maps"
	"slices"
	"strings"

	"mihbara/generator/lang"
)

// An ID names an entity in files, URLs and exports: the file name without
// extension ("ebrahim-raisi"), or "country-" and the lower-case ISO 3166 code
// for a territory ("country-ir").
type ID string

// A Type is one of the four kinds of entity.
type Type string

// The types.
const (
	Person       Type = "person"
	Organisation Type = "organisation"
	Place        Type = "place"
	Event        Type = "event"
)

// Types gives all types in the order in which a page lists them.
func Types() []Type { return []Type{Person, Organisation, Place, Event} }

// Code gives the label that annotation tools use: PER, ORG, LOC, EVT.
func (t Type) Code() string {
	switch t {
	case Person:
		return "PER"
	case Organisation:
		return "ORG"
	case Place:
		return "LOC"
	}
	return "EVT"
}

// An Entity is someone or something that articles mention, as its file tells
// it. It does not change after it is made.
type Entity struct {
	ID       ID
	Type     Type
	Labels   map[lang.Tag]string   // the name that a page shows
	Aliases  map[lang.Tag][]string // further names, without the label
	Demonyms map[lang.Tag][]string // nationality adjectives and nouns: recognised so that they are never linked
	Wikidata string                // "Q794", or ""
	Weight   int                   // editor's prior, 0 to 10: which of two homonyms is meant
	Unique   bool                  // the surname alone means this person
	Link     bool                  // mentions are linked (default)
	Always   bool                  // has a page in every language, mentioned or not
	Notes    map[lang.Tag]string   // description, one line
	Facts    []Fact                // in source order
	SameAs   []string              // URLs
	Path     string                // source file, "" for builtin ones
	Language lang.Tag              // language of Body: from the file name <id>.<lang>.md, else ""
	Body     string                // the note below the front matter, Markdown
	BodyLine int                   // line of the file on which Body begins
	// ReadIn are the base languages of the texts in which the names are looked for,
	// nil for all: a site has no use for thousands of names in other languages.
	ReadIn []lang.Tag
	// Texts are the notes in other languages, from files <id>.<lang>.md; nil in
	// what ParseEntity gives, which knows one file.
	Texts map[lang.Tag]Text
}

// A Text is a note in one language: Markdown, and where it stands.
type Text struct {
	Body, Path string
	Line       int
}

// In gives the entity with its note in a language, where it has one of its own;
// else the entity as it is.
func (e *Entity) In(t lang.Tag) *Entity {
	text, ok := e.Texts[t]
	if !ok {
		return e
	}
	copied := *e
	copied.Body, copied.Path, copied.BodyLine, copied.Language = text.Body, text.Path, text.Line, t
	return &copied
}

// A Fact is one thing known of an entity, as written ("born", "1960-12-14").
type Fact struct{ Key, Value string }

// IsNote says whether e is only a note in another language
// (<id>.<lang>.md without a type): it adds Body to the entity of the same ID.
func (e *Entity) IsNote() bool { return e.Type == "" && e.Language != "" }

// IsCountry says whether e is one of [Territories].
func (e *Entity) IsCountry() bool { return isCountry(e.ID) }

func isCountry(id ID) bool { return strings.HasPrefix(string(id), "country-") }

// Label gives the name for readers of the language t and the language that it
// is in: t itself, its parent, English, Arabic, else the first label by tag.
// Without any label the name is the ID and the language und.
func (e *Entity) Label(t lang.Tag) (string, lang.Tag) {
	for tag := t; tag != ""; tag = parent(tag) {
		if s := e.Labels[tag]; s != "" {
			return s, tag
		}
	}
	for _, tag := range []lang.Tag{"en", "ar"} {
		if s := e.Labels[tag]; s != "" {
			return s, tag
		}
	}
	for _, tag := range sortedTags(e.Labels) {
		if s := e.Labels[tag]; s != "" {
			return s, tag
		}
	}
	return string(e.ID), "und"
}

// A Mention is a stretch of a text that means an entity. Text is
// text[Start:End]: prefixes (the و of والعراق) and titles are left out.
type Mention struct {
	Start, End int // bytes
	Text       string
	Entity     ID
	Type       Type
	By         string // "kb", or "recognised" for names that no file knows
}

func sortedTags[V any](m map[lang.Tag]V) []lang.Tag { return slices.Sorted(maps.Keys(m)) }

// parent cuts the last subtag: fa-AF → fa → "".
func parent(t lang.Tag) lang.Tag {
	i := strings.LastIndexByte(string(t), '-')
	if i < 0 {
		return ""
	}
	return t[:i]
}
