package lang

import (
	"slices"
	"strings"
	"sync"
)

// A Locale is what Mihbara knows of one language as it is written in one
// place. It does not change after it is made and is safe to share.
type Locale struct {
	Tag       Tag       // the tag asked for
	Name      string    // the language's name for itself (endonym), from CLDR 48.2
	English   string    // its name in English, from CLDR 48.2
	Script    string    // ISO 15924, as "Arab"
	Direction Direction // of that script

	numbers   numbers
	dates     datePatterns
	calendar2 secondCalendar
	plural    []pluralRule
	lists     listPatterns
	quotes    [2]string
	week      int
	index     []string
	collator  *collators
	article   bool // the Arabic article counts in sorting
	relative  func() map[string]string
}

// known lists all locales with data of their own. It is sorted, so that a tag
// is found by bisection.
var known = []Tag{
	"ar", "ar-AE", "ar-DZ", "ar-EG", "ar-IQ", "ar-JO", "ar-LB", "ar-LY", "ar-MA", "ar-PS", "ar-SA", "ar-SD", "ar-SY", "ar-TN",
	"az", "bn", "ckb", "ckb-IR", "de", "dv", "el", "en", "en-GB", "es", "fa", "fa-AF", "fr", "he", "hi", "id", "it", "ja", "kmr", "ko",
	"nl", "pl", "ps", "pt", "ru", "sd", "sv", "sw", "syr", "tr", "ug", "uk", "ur", "ur-IN", "yi", "zh-Hans", "zh-Hant",
}

// loaders holds one loader for each of known: a locale's files are read when
// it is first asked for.
var loaders = func() []func() *Locale {
	l := make([]func() *Locale, len(known))
	for i, t := range known {
		l[i] = sync.OnceValue(func() *Locale { return loadLocale(t) })
	}
	return l
}()

// root is the locale of no language: ISO dates, ASCII digits.
var root = sync.OnceValue(func() *Locale { return newLocale(Und, map[string]string{}) })

// sameAs gives the locale for tags that mean the same language.
var sameAs = map[Tag]Tag{"ku": "kmr", "zh": "zh-Hans", "prs": "fa-AF", "pes": "fa", "ydd": "yi", "azj": "az", "aii": "syr", "in": "id", "iw": "he"}

func find(t Tag) (int, bool) { return slices.BinarySearch(known, t) }

func isKnown(t Tag) bool { _, ok := find(t); return ok }

// Known gives the tags of all locales that have data of their own, sorted.
func Known() []Tag { return slices.Clone(known) }

// For gives the locale for t, never nil: a language without data takes that of
// its nearest parent that is written in the same script (fr-CH → fr, but not
// az-Arab → az) and in the end that of no language. Its Tag is t, its Script
// and Direction are those of t.
func For(t Tag) *Locale {
	if i, ok := find(t); ok {
		return loaders[i]()
	}
	return derived(t)
}

func derived(t Tag) *Locale {
	script := ScriptOf(t)
	for p := t; p != ""; p = p.parent() {
		k := p
		if s, ok := sameAs[p]; ok {
			k = s
		}
		i, ok := find(k)
		if !ok {
			continue
		}
		if l := loaders[i](); l.Script == script {
			c := *l
			c.Tag = t
			return &c
		}
	}
	c := *root()
	c.Tag, c.Script, c.Direction = t, script, scriptDirection(script)
	c.Name, c.English = languageNames(t)
	c.lists = listsFor(script, nil)
	return &c
}

// loadLocale reads the files of t on top of its parent's.
func loadLocale(t Tag) *Locale {
	m := map[string]string{}
	chain := []Tag{t}
	if p := t.parent(); p != "" && isKnown(p) {
		chain = []Tag{p, t}
	}
	for _, c := range chain {
		for _, name := range []string{"locale.txt", "numbers.txt", "months.txt", "hand.txt"} {
			readPairs(m, dataFile(c, name))
		}
	}
	l := newLocale(t, m)
	l.relative = relativeOf(chain)
	return l
}

func newLocale(t Tag, m map[string]string) *Locale {
	script := m["script"]
	if script == "" {
		script = "Latn"
	}
	lists := listsFor(script, m)
	lists.spelling = spellingOf(t)
	return &Locale{
		Tag: t, Name: m["name"], English: m["english"], Script: script, Direction: scriptDirection(script),
		numbers:   newNumbers(m),
		dates:     newDatePatterns(m),
		calendar2: newSecondCalendar(m),
		plural:    newPluralRules(m),
		lists:     lists,
		quotes:    [2]string{or(m["quote.open"], "“"), or(m["quote.close"], "”")},
		week:      newWeek(m),
		index:     strings.Fields(m["index"]),
		relative:  relativeOf(nil),
		collator:  newCollators(t, script, strings.Fields(m["alphabet"])),
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// endonyms maps a language to its own and its English name, for languages
// that have no more data than that.
var endonyms = sync.OnceValue(func() map[string][2]string {
	m := map[string][2]string{}
	dataLines(dataFile(Und, "endonyms.txt"), func(line string) {
		if f := strings.Split(line, "\t"); len(f) == 3 {
			m[f[0]] = [2]string{unescape(f[1]), f[2]}
		}
	})
	return m
})

func languageNames(t Tag) (own, english string) {
	for p := t; p != ""; p = p.parent() {
		if n, ok := endonyms()[string(p)]; ok {
			return n[0], n[1]
		}
	}
	return string(t), string(t)
}

// Quotes gives the outer quotation marks of the language, from CLDR 48.2
// except where data/<tag>/hand.txt says otherwise.
func (l *Locale) Quotes() (open, close string) { return l.quotes[0], l.quotes[1] }

// FirstWeekday gives the day that weeks begin with, 0 for Sunday.
func (l *Locale) FirstWeekday() int { return l.week }

func newWeek(m map[string]string) int {
	if w := m["week.first"]; len(w) == 1 && w[0] >= '0' && w[0] <= '6' {
		return int(w[0] - '0')
	}
	return 1
}

// Match gives the tag among those offered that a reader of t would choose: t
// itself, another name of it (ku for kmr, zh for zh-Hans), its parent, or
// another variety of the same language in the same script. False if none is.
func Match(t Tag, among []Tag) (Tag, bool) {
	same := func(a Tag) Tag {
		if s, ok := sameAs[a]; ok {
			return s
		}
		return a
	}
	for p := t; p != ""; p = p.parent() {
		for _, a := range among {
			if (same(a) == same(p)) && ScriptOf(a) == ScriptOf(t) {
				return a, true
			}
		}
	}
	for _, a := range among {
		if same(a.base()) == same(t.base()) && ScriptOf(a) == ScriptOf(t) && t.base() != Und {
			return a, true
		}
	}
	return "", false
}
