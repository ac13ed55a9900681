package lint

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"mihbara/generator/lang"
)

// mixedNumber finds digits of Arabic script with the separators or the percent
// sign of ASCII; dates and versions have more than one full stop.
var mixedNumber = regexp.MustCompile(`(?:^|[^\p{Nd}.,])([٠-٩]+(?:[.,][٠-٩]+)?%|[٠-٩]+,[٠-٩]{3}|[۰-۹]+(?:[.,][۰-۹]+)?%|[۰-۹]+,[۰-۹]{3}|[٠-٩۰-۹]*[0-9]+[٠-٩۰-۹]+|[٠-٩۰-۹]+[0-9]+)(?:$|[^\p{Nd}.,])`)

func separatorsGoWithTheirDigits(p *page, say say) {
	for i := range p.lines {
		l := &p.lines[i]
		if l.block.up("pre textarea code") != nil || firstWhere(l.text, isOwnDigit) < 0 {
			continue
		}
		for _, m := range mixedNumber.FindAllStringSubmatchIndex(l.text, -1) {
			s := l.text[m[2]:m[3]]
			hint := "write all digits of a number in one kind"
			if firstWhere(s, func(r rune) bool { return r < 0x80 && unicode.IsDigit(r) }) < 0 {
				hint = "write " + strings.NewReplacer("%", "٪", ",", "٬", ".", "٫").Replace(s)
			}
			say(l.offset(m[2]), hint, "%s has digits of one kind and signs or digits of another", s)
		}
	}
}

// isOwnDigit covers the digits of Arabic script.
func isOwnDigit(r rune) bool { return r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' }

//go:embed nouns.txt
var nounsFile string

// A noun is what a page may count: its forms by plural category, and those that
// stand behind no number.
type noun struct {
	forms map[lang.PluralForm][]string
	never []string
}

// nouns are those of nouns.txt by language, then by each of their forms; a form
// may be that of several nouns.
var nouns = sync.OnceValue(func() map[string]map[string][]*noun {
	all := map[string]map[string][]*noun{}
	for line := range strings.Lines(nounsFile) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		n := &noun{forms: map[lang.PluralForm][]string{}}
		if all[fields[0]] == nil {
			all[fields[0]] = map[string][]*noun{}
		}
		for _, field := range fields[1:] {
			category, forms, _ := strings.Cut(field, "=")
			list := strings.Split(forms, ",")
			if category == "never" {
				n.never = list
			} else {
				n.forms[lang.PluralForm(category)] = list
			}
			for _, form := range list {
				key := strings.ToLower(form)
				if of := all[fields[0]][key]; !slices.Contains(of, n) {
					all[fields[0]][key] = append(of, n)
				}
			}
		}
	}
	return all
})

// of gives the forms of a number.
func (n *noun) of(c lang.PluralForm) []string {
	if f, ok := n.forms[c]; ok {
		return f
	}
	return n.forms[lang.Other]
}

// counted finds a label that is a number and a word alone, and a word with an
// ending that leaves the choice to the reader.
var (
	counted  = regexp.MustCompile(`^[^\p{L}\p{N}]*([0-9٠-٩۰-۹]{1,7})[ \x{A0}]([\p{L}\p{M}\x{200C}]+)[^\p{L}\p{N}]*$`)
	optional = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])([0-9]+[ \x{A0}]\p{L}+\((?:s|es|en|n|e|i|ы|а)\))`)
)

func countsHaveTheirForm(p *page, say say) {
	check := func(n *node, at int, text string) {
		if m := optional.FindStringSubmatch(text); m != nil {
			say(at, "choose the form by the number, with CLDR's plural rules", "%s leaves the form of the word to the reader", m[1])
			return
		}
		m := counted.FindStringSubmatch(text)
		if m == nil {
			return
		}
		t := n.language()
		base, _, _ := strings.Cut(string(t), "-")
		number, err := strconv.Atoi(asciiDigits(m[1]))
		list := nouns()[base][strings.ToLower(m[2])]
		if err != nil || len(list) == 0 {
			return
		}
		right := ""
		for _, noun := range list {
			forms := noun.of(lang.For(t).Plural(number))
			if slices.ContainsFunc(forms, func(f string) bool { return strings.EqualFold(f, m[2]) }) {
				return
			}
			right = forms[0]
		}
		say(at, "write "+m[1]+" "+right, "%s %s is not the form that the number takes in %s", m[1], m[2], t)
	}
	for i := range p.lines {
		l := &p.lines[i]
		if len(l.text) < 200 && strings.IndexAny(l.text, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹") >= 0 && l.block.up("pre code textarea") == nil {
			text := strings.TrimSpace(l.text)
			check(l.block, l.offset(strings.Index(l.text, text)), withoutControls(text))
			for _, e := range l.inline {
				if inner := strings.TrimSpace(l.text[e.start:e.end]); inner != text && holds("span a time small b strong bdi em", e.node.name) {
					check(e.node, e.node.offset, withoutControls(inner))
				}
			}
		}
	}
}

// asciiDigits writes the digits of Arabic script as ASCII ones.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, s)
}

// withoutControls takes out what only directs.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
}
