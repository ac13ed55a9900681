package page

import (
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/lang"
)

// A Phrase is a text of the user interface with its plural forms; a text
// without plural has Other only. From is the language that the text is in. It
// is comparable.
type Phrase struct {
	From                             lang.Tag
	Zero, One, Two, Few, Many, Other string
}

// Form gives the text for a plural form, Other where the phrase has none of its
// own.
func (p Phrase) Form(f lang.PluralForm) string {
	s := ""
	switch f {
	case lang.Zero:
		s = p.Zero
	case lang.One:
		s = p.One
	case lang.Two:
		s = p.Two
	case lang.Few:
		s = p.Few
	case lang.Many:
		s = p.Many
	}
	if s == "" {
		return p.Other
	}
	return s
}

// Plural says whether the phrase has more forms than one.
func (p Phrase) Plural() bool {
	return p.Zero != "" || p.One != "" || p.Two != "" || p.Few != "" || p.Many != ""
}

// Text chooses the plural form for n and writes n for {count}. It takes no other
// values: they would stand in the text without an isolate. Messages with values
// are the theme's, which gives each its own element.
func (p Phrase) Text(n int) Text {
	s := p.Form(lang.For(p.From).Plural(n))
	if strings.Contains(s, "{count}") {
		s = strings.ReplaceAll(s, "{count}", lang.For(p.From).Integer(n))
	}
	return Text{S: s, Lang: p.From, Dir: lang.DirectionOf(p.From)}
}

// A Phrasebook holds the texts of the user interface that pages of one kind can
// show, in one language. Where the language lacks one, it is another's, and
// [Phrase].From says whose. It must not be changed.
type Phrasebook struct {
	Phrases map[string]Phrase // by key
	// Template is the version of the template that shows them: a page asks for
	// both at once, because no page shows one without the other.
	Template string
}

// Phrase gives the text for a key; false if the book does not hold it. A nil
// book holds nothing.
func (b *Phrasebook) Phrase(key string) (Phrase, bool) {
	if b == nil {
		return Phrase{}, false
	}
	p, ok := b.Phrases[key]
	return p, ok
}

// Say gives the text for a key as [Phrase.Text] makes it. A key that the book
// does not hold gives the key itself, in no language.
func (b *Phrasebook) Say(key string, n int) Text {
	p, ok := b.Phrase(key)
	if !ok {
		return Text{S: key, Lang: "und", Dir: lang.LTR}
	}
	return p.Text(n)
}

// Keys names the texts that the views of a kind use themselves, beside those
// that its template shows.
func Keys(k Kind) []string {
	var list []string
	if k == KindList || k == KindEntity {
		for _, f := range factKeys {
			list = append(list, "fact-"+f)
		}
	}
	switch k {
	case KindHome, KindList:
		list = append(list, "undated")
		fallthrough
	case KindNames:
		for _, a := range archive.Kinds {
			list = append(list, "kind-"+string(a))
		}
	case KindNotFound:
		list = append(list, "not-found", "home")
	}
	return list
}
