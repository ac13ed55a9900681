package lint

import (
	"regexp"
	"strings"
	"unicode"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var styleRules = []Rule{
	{"L1", "styles use start and end, not left and right", diag.Warning, stylesHaveNoSides},
	{"L2", "one style sheet serves both directions", diag.Warning, oneSheetForBoth},
	{"L5", "pictures that point somewhere turn with the page", diag.Warning, iconsTurnWithThePage},
	{"L6", "pictures that point nowhere do not turn", diag.Warning, iconsThatStandDoNotTurn},
	{"L7", "arrows of pagers and trails are mirrored pictures, not letters", diag.Warning, arrowsAreNotLetters},
	{"L8", "the way back stands before the way on", diag.Warning, pagersBeginWithThePrevious},
	{"Y1", "letters that join are not spaced apart", diag.Error, joinedLettersAreNotSpaced},
	{"Y2", "letters without a slanted form stand upright", diag.Warning, uprightLettersAreNotSlanted},
	{"Y3", "letters without capitals are not raised", diag.Warning, onlyLettersWithCaseAreRaised},
	{"Y4", "lines are as high as their script needs", diag.Warning, linesHaveRoom},
	{"Y7", "right-to-left text is not justified", diag.Warning, nothingIsJustified},
	{"Y8", "words that join are not hyphenated", diag.Error, joinedWordsAreNotHyphenated},
	{"Y9", "words are not broken at any letter", diag.Warning, wordsAreNotBroken},
	{"Y13", "quotation marks are those of the language", diag.Warning, marksAreThoseOfTheLanguage},
	{"Y14", "Arabic script has its own comma, semicolon and question mark", diag.Warning, punctuationIsTheirs},
	{"Y15", "letters are written as letters, not as their joined shapes", diag.Warning, lettersAreNoShapes},
}

var physical = regexp.MustCompile(`(?i)(?:^|[;{\s/])((?:margin|padding|border)-(?:left|right)(?:-[a-z]+)?|(?:left|right)|float)\s*:\s*([a-z0-9.%-]+)`)

func stylesHaveNoSides(p *page, say say) {
	p.styles(func(css string, at func(i int) int) {
		for _, m := range physical.FindAllStringSubmatchIndex(css, -1) {
			property, value := strings.ToLower(css[m[2]:m[3]]), strings.ToLower(css[m[4]:m[5]])
			if property == "float" && value != "left" && value != "right" {
				continue
			}
			say(at(m[2]), "write "+logical(property, value), "the style %s: %s stays on its side when the page turns", property, value)
		}
	})
}

// logical gives what a property with a side is called without one.
func logical(property, value string) string {
	if property == "float" {
		return "float: inline-" + side(value)
	}
	if property == "left" || property == "right" {
		return "inset-inline-" + side(property)
	}
	kind, rest, _ := strings.Cut(property, "-")
	of, rest, _ := strings.Cut(rest, "-")
	name := kind + "-inline-" + side(of)
	if rest != "" {
		name += "-" + rest
	}
	return name
}

func side(s string) string {
	switch s {
	case "left":
		return "start"
	case "right":
		return "end"
	}
	return s
}

// trails are the places where an arrow points somewhere.
var trails = regexp.MustCompile(`(?i)breadcrumb|pager|pagination|trail|\bprev|\bnext`)

func arrowsAreNotLetters(p *page, say say) {
	p.bodyTexts(func(n *node, code bool) {
		if code || n.parent.direction() != lang.RTL || !n.isTrail() || n.parent.up("math svg") != nil {
			return
		}
		i := firstWhere(n.text, func(r rune) bool {
			return strings.ContainsRune("→←⇒⇐➔➜⟶⟵▶◀►◄»«›‹", r) || r == '>' || r == '<'
		})
		if i < 0 || firstWhere(n.text, unicode.IsLetter) >= 0 && !isArrowAtEnd(n.text) {
			return
		}
		say(n.inside(i), "draw it by the style sheet and turn it with :dir(rtl), or take a picture with aria-hidden", "the arrow %c of a pager or trail is text: it is read aloud, and most of its kind do not turn", runeAt(n.text, i))
	})
}

// isTrail says whether a text stands in a pager or trail.
func (n *node) isTrail() bool {
	for m := n.parent; m != nil; m = m.parent {
		if holds(strings.ToLower(m.get("rel")), "prev") || holds(strings.ToLower(m.get("rel")), "next") || trails.MatchString(m.get("class")) {
			return true
		}
	}
	return false
}

// isArrowAtEnd says whether an arrow stands first or last in s, apart from the
// words: not as a quotation mark.
func isArrowAtEnd(s string) bool {
	fields := strings.Fields(s)
	arrow := func(f string) bool { return firstWhere(f, unicode.IsLetter) < 0 && firstWhere(f, unicode.IsDigit) < 0 }
	return len(fields) > 1 && (arrow(fields[0]) || arrow(fields[len(fields)-1]))
}

var (
	spaced    = regexp.MustCompile(`(?i)(?:^|[;\s])letter-spacing\s*:\s*([^;]+)`)
	justified = regexp.MustCompile(`(?i)(?:^|[;\s])text-align\s*:\s*justify`)
	hyphens   = regexp.MustCompile(`(?i)(?:^|[;\s])hyphens\s*:\s*auto`)
)

// isJoined covers the scripts whose letters join.
func isJoined(r rune) bool {
	return r >= 0x600 && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Adlam, unicode.Mandaic, unicode.Hanifi_Rohingya) && unicode.IsLetter(r)
}

func joinedLettersAreNotSpaced(p *page, say say) {
	p.sheetFaults("letter-spacing", func(value string) string {
		if p.site.joined == "" || !isLength(value) {
			return ""
		}
		return "tears the joined letters of " + p.site.joined + " apart"
	}, say, "set it to 0 for them: :lang(ar), :lang(fa), :lang(ur)")
	p.elements("", func(n *node) {
		m := spaced.FindStringSubmatch(n.get("style"))
		if m == nil || firstWhere(n.content(), isJoined) < 0 {
			return
		}
		if v := strings.TrimSpace(m[1]); v != "0" && v != "normal" && !strings.HasPrefix(v, "0 ") && v != "0px" && v != "0em" {
			say(n.offset, "take letter-spacing away", "letter-spacing: %s tears joined letters apart", v)
		}
	})
}

func nothingIsJustified(p *page, say say) {
	p.sheetFaults("text-align", func(value string) string {
		if !strings.HasPrefix(strings.ToLower(value), "justify") {
			return ""
		}
		return "opens holes between the words of " + p.site.rtl
	}, say, "write start, at least by :dir(rtl)")
	p.elements("", func(n *node) {
		if justified.MatchString(n.get("style")) && firstWhere(n.content(), isRTL) >= 0 {
			say(n.offset, "write text-align: start", "justified text opens holes between words that browsers cannot stretch")
		}
	})
}

var broken = regexp.MustCompile(`(?i)(?:^|[;{\s/])word-break\s*:\s*break-all`)

func wordsAreNotBroken(p *page, say say) {
	p.styles(func(css string, at func(i int) int) {
		for _, m := range broken.FindAllStringIndex(css, -1) {
			say(at(m[0]+1), "write overflow-wrap: anywhere, and only on addresses", "word-break: break-all tears joined letters apart at the end of a line")
		}
	})
}

func joinedWordsAreNotHyphenated(p *page, say say) {
	p.bodyTexts(func(n *node, _ bool) {
		for i, r := range n.text {
			if r == 0xAD && (isRTLBefore(n.text, i) || isRTL(runeAt(n.text, i+len("\u00ad")))) {
				say(n.inside(i), "take it out", "a word of a script without hyphenation holds a soft hyphen")
				return
			}
		}
	})
	p.elements("", func(n *node) {
		if hyphens.MatchString(n.get("style")) && firstWhere(n.content(), isRTL) >= 0 {
			say(n.offset, "write hyphens: manual", "hyphens: auto parts words of a script without hyphenation")
		}
	})
}

// isRTLBefore says whether a right-to-left letter ends s[:i].
func isRTLBefore(s string, i int) bool {
	runes := []rune(s[max(0, i-8):i])
	return len(runes) > 0 && isRTL(runes[len(runes)-1])
}

func punctuationIsTheirs(p *page, say say) {
	theirs := map[byte]string{',': "،", ';': "؛", '?': "؟"}
	p.bodyTexts(func(n *node, code bool) {
		if code {
			return
		}
		for i := range len(n.text) {
			if t := theirs[n.text[i]]; t != "" && isArabicBefore(n.text, i) && (i+1 == len(n.text) || strings.IndexByte(" \n\t<\"", n.text[i+1]) >= 0) {
				say(n.inside(i), "write "+t, "an Arabic word is followed by the Latin %c", n.text[i])
				return
			}
		}
	})
}

// isArabicBefore says whether a letter of Arabic script ends s[:i].
func isArabicBefore(s string, i int) bool {
	runes := []rune(s[max(0, i-8):i])
	return len(runes) > 0 && unicode.Is(unicode.Arabic, runes[len(runes)-1]) && unicode.IsLetter(runes[len(runes)-1])
}

func lettersAreNoShapes(p *page, say say) {
	p.bodyTexts(func(n *node, _ bool) {
		if i := firstWhere(n.text, isShape); i >= 0 {
			say(n.inside(i), "save the text in its normal letters (NFKC)", "%c (%U) is the shape of a letter: search and readers aloud do not know it", runeAt(n.text, i), runeAt(n.text, i))
		}
	})
}

// isShape covers presentation forms of letters, without the signs that are
// written only so (﷼ ﷲ ﷺ) and ornate brackets.
func isShape(r rune) bool {
	return r >= 0xFB50 && r <= 0xFD3D || r >= 0xFD50 && r <= 0xFDC7 || r >= 0xFE70 && r <= 0xFEFC
}
