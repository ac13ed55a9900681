package lint

import (
	"strings"
	"unicode"

	"mihbara/generator/lang"
)

// severalScripts are languages that are written in more than one script of today,
// and the tags for each: a tag without a script means the first.
var severalScripts = map[string]map[string]string{
	"ku": {"Latn": "ku", "Arab": "ckb, or ku-Arab"},
	"az": {"Latn": "az", "Arab": "az-Arab", "Cyrl": "az-Cyrl"},
	"pa": {"Guru": "pa", "Arab": "pa-Arab"},
	"sd": {"Arab": "sd", "Deva": "sd-Deva"},
	"ks": {"Arab": "ks", "Deva": "ks-Deva"},
	"ms": {"Latn": "ms", "Arab": "ms-Arab"},
	"uz": {"Latn": "uz", "Cyrl": "uz-Cyrl", "Arab": "uz-Arab"},
	"kk": {"Cyrl": "kk", "Latn": "kk-Latn", "Arab": "kk-Arab"},
	"ky": {"Cyrl": "ky", "Latn": "ky-Latn", "Arab": "ky-Arab"},
	"tg": {"Cyrl": "tg", "Arab": "tg-Arab"},
	"tk": {"Latn": "tk", "Cyrl": "tk-Cyrl", "Arab": "tk-Arab"},
	"ug": {"Arab": "ug", "Latn": "ug-Latn", "Cyrl": "ug-Cyrl"},
	"sr": {"Cyrl": "sr", "Latn": "sr-Latn"},
	"ha": {"Latn": "ha", "Arab": "ha-Arab"},
}

// scripts are those that the text of a page is counted by.
var scripts = []struct {
	code  string
	name  string
	table *unicode.RangeTable
}{
	{"Latn", "Latin", unicode.Latin}, {"Arab", "Arabic", unicode.Arabic}, {"Cyrl", "Cyrillic", unicode.Cyrillic},
	{"Deva", "Devanagari", unicode.Devanagari}, {"Guru", "Gurmukhi", unicode.Gurmukhi},
}

// scriptOf gives the place in scripts of the one that nearly all letters of a text
// are in, -1 if there is none or too few letters are there to tell.
func scriptOf(text string) int {
	const enough, most = 20, 9 // letters, of ten
	counts, letters := make([]int, len(scripts)), 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		for i := range scripts {
			if unicode.Is(scripts[i].table, r) {
				counts[i]++
				break
			}
		}
	}
	for i, n := range counts {
		if letters >= enough && n*10 >= letters*most {
			return i
		}
	}
	return -1
}

// scriptsAreThoseOfTheirTags holds elements that say a language to the script of
// that tag: the direction follows from the script, and both from the tag.
func scriptsAreThoseOfTheirTags(p *page, say say) {
	p.elements("", func(n *node) {
		if n.get("lang") == "" {
			return
		}
		t, err := lang.ParseTag(n.get("lang"))
		if err != nil {
			return
		}
		base, _, _ := strings.Cut(string(t), "-")
		if tags := severalScripts[base]; tags != nil {
			if i := scriptOf(n.ownText(1 << 10)); i >= 0 && tags[scripts[i].code] != "" && scripts[i].code != lang.ScriptOf(t) {
				say(n.offset, "write lang="+tags[scripts[i].code], "lang=%q stands for text in another script than this, which is %s: %s", t, scripts[i].name, cut(n.ownText(200)))
				return
			}
		}
		want := lang.DirectionOf(t)
		if n == p.html || n.said() != "" || n.parent == nil || lang.ScriptOf(t) == "Zyyy" || n.direction() == want {
			return
		}
		if text := n.ownText(1 << 10); words(text) > 1 && lang.TextDirection(text, "", n.direction()) == want && (!blocks[n.name] || !holds(ownDirection, n.name)) {
			say(n.offset, `write dir="`+string(want)+`" beside it`, "lang=%q runs %s, but dir is not said and %s inherits the other direction", t, inWords(want), cut(text))
		}
	})
}

// ownText gives at least limit bytes of the text in n, if there are so many, that
// is in the language which n says: what says another one is left out.
func (n *node) ownText(limit int) string {
	var b strings.Builder
	var add func(m *node)
	add = func(m *node) {
		for _, c := range m.children {
			switch {
			case b.Len() >= limit:
				return
			case c.name == textNode:
				b.WriteString(c.text)
			case c.get("lang") == "" && !holds("script style template code pre", c.name):
				add(c)
				b.WriteByte(' ')
			}
		}
	}
	add(n)
	return b.String()
}
