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
	National bool                  // many lands have one of their own: with a nationality the name is another one's (the Iranian Red Crescent)
	Lands    []string              // ISO 3166 codes of the territories that it belongs to ("SY"): a text that speaks of them speaks of it
	Years    Years                 // of office, of a war: when articles speak of it most
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

// Years are the years from From to To, both included. To is 0 where they have no
// end, From where nothing is known of their beginning; the zero value says nothing.
type Years struct{ From, To int }

// hold says whether a year is one of y, or the one before or after them, since
// elections and trials are in the news too.
func (y Years) hold(year int) bool {
	return y != Years{} && year >= y.From-1 && (y.To == 0 || year <= y.To+1)
}

// since gives the first year in which an article can mean e: that of its birth,
// founding or beginning, less two in which it may be planned; 0 if none is known.
func (e *Entity) since() int {
	for _, f := range e.Facts {
		switch f.Key {
		case "born", "founded", "started":
			if year := yearOf(f.Value); year > 0 {
				return year - 2
			}
		}
	}
	return 0
}

// yearOf reads the year that a date begins with, 0 if there is none.
func yearOf(date string) int {
	year := 0
	for i, r := range date {
		if r < '0' || r > '9' {
			if i != 4 || r != '-' {
				return 0
			}
			break
		}
		year = 10*year + int(r-'0')
	}
	if year < 1000 || year > 2999 {
		return 0
	}
	return year
}

// lands gives the territories that e belongs to; a territory belongs to itself.
func (e *Entity) lands() []string {
	if code, ok := strings.CutPrefix(string(e.ID), "country-"); ok {
		return []string{strings.ToUpper(code)}
	}
	return e.Lands
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
