package lint

import (
	"regexp"
	"strconv"
	"strings"

	"mihbara/generator/lang"
)

// selected finds the languages that a selector names.
var selected = regexp.MustCompile(`(?i)(?::lang\(\s*["']?|\[lang\s*[|*^~]?=\s*["']?)([a-z]{2,3})`)

// leadings are the least line heights of scripts, those of headings, in which
// marks above and below still have room (RTL.md Y4): Nastaliq runs downhill within
// each word.
var leadings = []struct {
	languages string
	face      *regexp.Regexp // whose name tells the script as well
	least     float64
	script    string
}{
	{"ur ks", regexp.MustCompile(`(?i)nastal|nastaleeq|gulzar|urdu typesetting`), 1.9, "Nastaliq"},
	{"ar fa ps ckb ug sd", regexp.MustCompile(`(?i)naskh|amiri|scheherazade|vazir|kufi`), 1.4, "Arabic script"},
	{"dv", regexp.MustCompile(`(?i)thaana|faruma|faseyha`), 1.4, "Thaana"},
	{"syr aii arc", regexp.MustCompile(`(?i)syriac|estrangelo`), 1.4, "Syriac"},
	{"hi mr ne sa", regexp.MustCompile(`(?i)devanagari|mangal|kohinoor`), 1.3, "Devanagari"},
}

// height is what a declaration gives as a number of em, ok if it does.
func height(value string) (em float64, ok bool) {
	value = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(value), "!important"))
	scale := 1.0
	switch {
	case strings.HasSuffix(value, "em") && !strings.HasSuffix(value, "rem"):
		value = strings.TrimSuffix(value, "em")
	case strings.HasSuffix(value, "%"):
		value, scale = strings.TrimSuffix(value, "%"), 0.01
	}
	em, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return em * scale, err == nil && em > 0
}

func linesHaveRoom(p *page, say say) {
	p.sheetFaults("line-height", func(value string) string {
		em, ok := height(value)
		switch {
		case !ok:
		case p.site.nastaliq != "" && em < leadings[0].least:
			return "cuts or joins lines of Nastaliq in " + p.site.nastaliq
		case p.site.joined != "" && em < leadings[1].least:
			return "cuts or joins lines of Arabic script in " + p.site.joined
		}
		return ""
	}, say, "give these languages more by :lang()")
	p.rules(func(r cssRule, n *node, at func(i int) int) {
		low, where, face := 0.0, 0, ""
		r.declared(func(property, value string, i int) {
			switch property {
			case "line-height":
				if em, ok := height(value); ok {
					low, where = em, i
				}
			case "font-family", "font":
				face = value
			}
		})
		if low == 0 {
			return
		}
		languages := map[string]bool{}
		for _, m := range selected.FindAllStringSubmatch(r.selector, -1) {
			languages[strings.ToLower(m[1])] = true
		}
		if n != nil && firstWhere(n.content(), isJoined) >= 0 {
			base, _, _ := strings.Cut(string(n.language()), "-")
			languages[base] = true
		}
		for _, s := range leadings {
			named := face != "" && s.face.MatchString(strings.SplitN(face, ",", 2)[0])
			for l := range languages {
				named = named || l != "" && holds(s.languages, l)
			}
			if named && low < s.least {
				say(at(where), "write "+strconv.FormatFloat(s.least, 'f', -1, 64)+" at least for headings, more for text", "line-height %v cuts or joins lines of %s", strconv.FormatFloat(low, 'f', -1, 64), s.script)
				return
			}
		}
	})
}

// marksAreThoseOfTheLanguage looks at the quotation marks that style sheets put
// around <q>: one pair for all languages, or for a language those of another; and
// at marks that a text has already.
func marksAreThoseOfTheLanguage(p *page, say say) {
	var general func()
	perLanguage := false
	p.rules(func(r cssRule, n *node, at func(i int) int) {
		r.declared(func(property, value string, i int) {
			if property != "quotes" || !strings.ContainsAny(value, `"'`) {
				return
			}
			names := selected.FindAllStringSubmatch(r.selector, -1)
			if n != nil {
				names = [][]string{{"", string(n.language())}}
			}
			if len(names) == 0 {
				if general == nil {
					general = func() {
						say(at(i), "set quotes for each language by :lang(), or leave them to the browser", "quotes: %s holds for all languages: each has its own", value)
					}
				}
				return
			}
			perLanguage = true
			for _, m := range names {
				t, err := lang.ParseTag(m[1])
				if err != nil || !quotesKnown(t) {
					continue
				}
				if open := firstMark(value); !opens(t, open) {
					own, _ := lang.For(t).Quotes()
					say(at(i), "begin with "+own, "%s opens no quotation in %s", open, t)
					return
				}
			}
		})
	})
	if general != nil && !perLanguage {
		general()
	}
	p.elements("q", func(n *node) {
		text := strings.TrimSpace(n.content())
		if i := firstWhere(text, func(r rune) bool { return strings.ContainsRune("\"“”„«»「『‘‹›", r) }); i == 0 {
			say(n.offset, "leave them to <q>, or write them without it", "<q> puts quotation marks around a text that has its own: %s", cut(text))
		}
	})
}

// quotesKnown says whether the language has quotation marks of its own here.
func quotesKnown(t lang.Tag) bool {
	_, ok := lang.Match(t, lang.Known())
	return ok
}

// opens says whether a mark opens a quotation in the language: its own, or one of
// those that newspapers of the language use beside it.
func opens(t lang.Tag, mark string) bool {
	own, _ := lang.For(t).Quotes()
	if mark == own {
		return true
	}
	base, _, _ := strings.Cut(string(t), "-")
	return holds(map[string]string{
		"ar": "« “", "fr": "“ ‹", "fa": "“ ”", "ur": "“ «", "ps": "« ”", "ckb": "“ ”", "he": "“ „", "yi": "„ “", "de": "» “", "it": "“", "es": "“", "pt": "«", "tr": "«", "az": "«",
		"ru": "„", "uk": "„ “", "pl": "«", "nl": "“ „", "sv": "»", "zh": "「 “", "el": "“", "en": "‘ “",
	}[base], mark)
}

// firstMark gives the first character of the first string of a value, as it is
// shown: French marks have a space behind them.
func firstMark(value string) string {
	i := strings.IndexAny(value, `"'`)
	s := value[i+1:]
	if code, ok := strings.CutPrefix(s, `\`); ok {
		n := 0
		for n < len(code) && n < 6 && strings.IndexByte("0123456789abcdefABCDEF", code[n]) >= 0 {
			n++
		}
		r, _ := strconv.ParseUint(code[:n], 16, 32)
		return string(rune(r))
	}
	return string(runeAt(s, 0))
}
