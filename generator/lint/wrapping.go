package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"mihbara/generator/lang"
)

// tight are the elements that isolate a name or phrase in a sentence.
const tight = "bdi span q cite"

// isolatesAreTight looks for isolates that took a space or comma of the sentence
// around with them: it would be shown at the phrase's other end.
func isolatesAreTight(p *page, say say) {
	p.elements(tight, func(n *node) {
		said := lang.Direction(n.said())
		if said != lang.LTR && said != lang.RTL || n.parent == nil || said == n.parent.direction() || n.up("pre code") != nil {
			return
		}
		text := n.content()
		if firstWhere(text, unicode.IsLetter) < 0 {
			return
		}
		first, last := strings.TrimLeft(text, " \t\n،,؛;"), strings.TrimRight(text, " \t\n،,؛;")
		if len(first) < len(text) || len(last) < len(text) {
			say(n.offset, "close the element around the words alone", "<%s dir=%q> holds a space or comma of the sentence around it: %q", n.name, said, text)
		}
	})
}

// tablesHaveTheirOwnPlace looks for tables of the other direction that stand
// among text: they leave its side.
func tablesHaveTheirOwnPlace(p *page, say say) {
	p.elements("table", func(n *node) {
		said := lang.Direction(n.said())
		if n.parent == nil || said != lang.LTR && said != lang.RTL || said == n.parent.direction() {
			return
		}
		if slices.ContainsFunc(n.parent.children, func(c *node) bool { return c != n && strings.TrimSpace(c.content()) != "" }) {
			say(n.offset, "put it alone into a <div>, which keeps the direction of the page", "a table that runs %s leaves its place among text that does not", inWords(said))
		}
	})
}

var turnedSheet = regexp.MustCompile(`(?i)(?:^|[/._-])rtl(?:[._-]|\.css|$)`)

func oneSheetForBoth(p *page, say say) {
	p.elements("link", func(n *node) {
		if holds(strings.ToLower(n.get("rel")), "stylesheet") && turnedSheet.MatchString(n.get("href")) {
			say(n.offset, "write one with start and end", "the style sheet %s is for right to left alone: a page with both directions needs both at once", n.get("href"))
		}
	})
}

var (
	slanted = regexp.MustCompile(`(?i)(?:^|[;\s])font-style\s*:\s*(italic|oblique)`)
	raised  = regexp.MustCompile(`(?i)(?:^|[;\s])(?:text-transform\s*:\s*(uppercase|lowercase|capitalize)|font-variant(?:-caps)?\s*:\s*(small-caps))`)
)

// isUpright covers the scripts that have no slanted letters.
func isUpright(r rune) bool {
	return isRTL(r) || r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

func uprightLettersAreNotSlanted(p *page, say say) {
	p.sheetFaults("font-style", func(value string) string {
		if v := strings.ToLower(value); !strings.HasPrefix(v, "italic") && !strings.HasPrefix(v, "oblique") {
			return ""
		}
		return "slants the letters of " + p.site.rtl + ", which have no slanted form"
	}, say, "set it to normal for them by :lang()")
	p.elements("", func(n *node) {
		if m := slanted.FindStringSubmatch(n.get("style")); m != nil && firstWhere(n.content(), isUpright) >= 0 {
			say(n.offset, "take weight, colour or quotation marks", "font-style: %s slants letters that have no slanted form", m[1])
		}
	})
}

func onlyLettersWithCaseAreRaised(p *page, say say) {
	p.elements("", func(n *node) {
		m := raised.FindStringSubmatch(n.get("style"))
		if m == nil {
			return
		}
		text := n.content()
		if firstWhere(text, isUpright) >= 0 && firstWhere(text, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }) < 0 {
			say(n.offset, "leave it to languages with capitals, by :lang()", "%s does nothing to letters without case", m[1]+m[2])
		}
	})
}

// digitZeros are the zeros of the digits that languages of the web write.
var digitZeros = map[rune]string{'0': "0–9", '٠': "٠–٩", '۰': "۰–۹", '०': "०–९", '০': "০–৯"}

// digitsOf names the digits that s is written in, "" if it has none or several.
func digitsOf(s string) (name string) {
	for _, r := range s {
		if !unicode.Is(unicode.Nd, r) {
			continue
		}
		zero := r
		for digitZeros[zero] == "" && r-zero < 9 {
			zero--
		}
		if of := digitZeros[zero]; name == "" {
			name = of
		} else if name != of {
			return ""
		}
	}
	return name
}

func datesHaveTheSameDigits(p *page, say say) {
	first := map[lang.Tag]string{}
	p.elements("time", func(n *node) {
		t, digits := n.language(), digitsOf(n.content())
		switch known := first[t]; {
		case digits == "" || n.direction() != lang.RTL:
		case known == "":
			first[t] = digits
		case known != digits:
			say(n.offset, "write all dates of a language in the same digits", "%s is written in %s, an earlier date in %s", strings.TrimSpace(n.content()), digits, known)
		}
	})
}
