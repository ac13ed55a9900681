package lang

import (
	"slices"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// OtherThan tells in which language a text is that surely is not in the
// language t: a French paragraph of an English article, an article in the
// folder of another language. It says nothing (ok is false) of a text that is
// in t, that may be, or that is too short to be sure of, and nothing of the
// languages that it cannot tell from t, because Detect does not know t in that
// script. What counts is certainty, not finding everything: a wrong answer
// changes the voice and the typeface of what was right.
//
// It is meant to be asked of every paragraph. Nearly all are in t, and some of
// t's most frequent words among the first dozen say so at once.
func OtherThan(text []byte, t Tag) (other Tag, ok bool) {
	h := homeOf(t)
	if h.writing == noScript || h.speaks(firstBytes(text, 256)) || h.begins(text) {
		return "", false
	}
	v := judge(look(text))
	if !v.clear || v.margin < sureMargin || v.evidence < sureEvidence {
		return "", false
	}
	o := homeOf(v.tag)
	switch {
	case o.writing == h.writing:
		ok = h.index >= 0 && o.index != h.index && v.margin >= otherMargin && o.speaks(text)
	case hasTwoScripts(t):
	default: // names are written in Latin letters everywhere, and no other letters are for names
		ok = o.writing != latin || !h.shows(text) && o.speaks(text)
	}
	return v.tag, ok
}

// otherMargin is by how much a language must lead the others of its script for
// OtherThan: of the paragraphs of real news none that was taken for another
// language came near it.
const otherMargin = 50

// A home is a language's place in writings. index is -1 for a language that
// Detect does not know in that script.
type home struct{ writing, index int }

// homes has the languages that are asked for again and again.
var homes = sync.OnceValue(func() map[Tag]home {
	m := map[Tag]home{}
	for _, t := range known {
		m[t] = findHome(t)
	}
	for _, w := range writings {
		for _, t := range w.langs {
			m[t] = findHome(t)
		}
	}
	return m
})

func homeOf(t Tag) home {
	if h, ok := homes()[t]; ok {
		return h
	}
	return findHome(t)
}

func findHome(t Tag) home {
	script := ScriptOf(t)
	switch script {
	case "Zyyy":
		return home{noScript, -1}
	case "Hans", "Hant":
		script = "Hani"
	case "Hira", "Kana":
		script = "Jpan"
	case "Hang":
		script = "Kore"
	case "Aran":
		script = "Arab"
	}
	for w := range writings {
		if writings[w].script != script {
			continue
		}
		same, ok := Match(t, writings[w].langs)
		if !ok {
			return home{w, -1}
		}
		return home{w, slices.Index(writings[w].langs, same)}
	}
	return home{otherScript, -1}
}

// hasTwoScripts tells of a language that is also written in another script than
// its own tag says: of such a text Detect would say whatever comes next.
func hasTwoScripts(t Tag) bool {
	switch t.base() {
	case "sr", "bs", "hr", "sh", "uz", "kk", "az", "ky", "tk", "tg", "tt", "mn", "crh", "ku", "kmr", "ckb", "pa", "sd", "ks", "ms", "ha", "ug":
		return true
	}
	return false
}

// speaks tells at little cost that text is in the language, from its beginning.
// False says nothing.
func (h home) speaks(text []byte) bool {
	switch {
	case h.index < 0:
		return false
	case h.writing == han:
		return h.begins(text)
	case len(writings[h.writing].langs) == 1:
		return h.fills(text)
	}
	return scriptTables[h.writing]().greets(look(text), h)
}

// begins tells whether the first words of text are more likely in the language
// than in any other: a cheaper question than one about the whole paragraph.
func (h home) begins(text []byte) bool {
	if h.index < 0 {
		return false
	}
	v := judge(look(firstBytes(text, 150)))
	return v.clear && v.tag == writings[h.writing].langs[h.index]
}

// look gives text as a string without a copy, for those who do not keep it.
func look(text []byte) string { return unsafe.String(unsafe.SliceData(text), len(text)) }

// firstBytes cuts text at a character.
func firstBytes(text []byte, n int) []byte {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// fills tells whether nearly all of the first letters are of a script that has
// one language. Japanese is known by kana among Chinese characters.
func (h home) fills(text []byte) bool {
	const enough = 40
	own, all := 0, 0
	for _, r := range look(text) {
		switch c := scriptOfRune(r); {
		case c == noScript:
			continue
		case c == h.writing:
			own++
		case c == han && h.writing == kana:
			continue
		}
		if all++; all >= enough {
			break
		}
	}
	return own > 4 && own*4 >= all*3
}

// shows tells whether more than a few letters of text are of the language's
// script: a sentence that is a list of foreign names is still in the language.
func (h home) shows(text []byte) bool {
	if h.writing == otherScript {
		return false
	}
	own, all := 0, 0
	for _, r := range look(text) {
		switch scriptOfRune(r) {
		case noScript:
			continue
		case h.writing:
			own++
		}
		all++
	}
	return own*20 > all
}

// greets tells whether text soon has some words that are frequent in the
// language and not in the others of its script, more than of theirs.
func (t *scriptTable) greets(text string, h home) bool {
	const enough = 2 * wordWeight // of words that are the language's own; a shared one counts less
	cased := h.writing == latin || h.writing == cyrillic
	own := t.greetings[h.index]()
	points := 0
	boundary := hashNext(hashStart, '_')
	hash := boundary
	for _, r := range text {
		if scriptOfRune(r) == h.writing {
			if cased {
				r = lower(r)
			}
			hash = hashNext(hash, r)
			continue
		}
		if hash == boundary || isHaraka(r) || r == tatweel {
			continue
		}
		if points += own.points(hashNext(hash, '_')); points >= enough {
			return true
		}
		hash = boundary
	}
	return false
}
