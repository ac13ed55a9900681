package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// itemsOfSentences are the elements that a program joins by commas and "and".
const itemsOfSentences = "a bdi cite span b strong em time"

// listsAreJoinedAsTheLanguageDoes looks at what stands between two names or links
// of a row.
func listsAreJoinedAsTheLanguageDoes(p *page, say say) {
	for i := range p.lines {
		l := &p.lines[i]
		t := l.block.language()
		script := lang.ScriptOf(t)
		if t == "" || len(l.inline) < 2 || l.block.up("pre code") != nil {
			continue
		}
		base, _, _ := strings.Cut(string(t), "-")
		l.betweenItems(func(at int, between string) {
			word := strings.TrimSpace(between)
			switch {
			case base == "ar" && word == "و" && strings.HasSuffix(between, " "):
				say(l.offset(at), "write it without a space behind it", "Arabic writes و and the word behind it as one")
			case script == "Arab" && word == ",":
				say(l.offset(at), "write ،", "the items of a list in %s are parted by the Latin ,", t)
			case (base == "zh" || base == "ja") && word == ",":
				say(l.offset(at), "write 、", "the items of a list in %s are parted by the Latin ,", t)
			case base != "en" && (word == "and" || word == ", and" || word == "&" && script != "Latn"):
				say(l.offset(at), "join them as the language does, with "+strings.TrimSpace(lang.For(t).List([]string{" ", " "})), "the items of a list in %s are joined by the English %s", t, word)
			}
		})
	}
}

// betweenItems calls f for what stands between two items of the line that follow
// one another in the same element, and where that begins.
func (l *line) betweenItems(f func(at int, between string)) {
	for k := range l.inline {
		e := &l.inline[k]
		if !holds(itemsOfSentences, e.node.name) {
			continue
		}
		for _, next := range l.inline {
			if next.start < e.end || next.node.parent != e.node.parent || next.node.name != e.node.name {
				continue
			}
			between := withoutControls(l.text[e.end:next.start])
			if len(between) < 12 && strings.TrimSpace(between) != "" {
				f(e.end, between)
			}
			break
		}
	}
}

// dated are the classes of elements that hold a day and nothing else.
var dated = regexp.MustCompile(`(?i)(?:^|[-_ ])(?:date|time|published|posted|pubdate|datetime|timestamp)(?:$|[-_ ])`)

var englishMonths = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:$|[^\p{L}])`)

func monthsAreThoseOfTheRegion(p *page, say say) {
	seen := map[lang.Tag]string{} // the set of names that a language of the page has
	p.elements("time span p div li small", func(n *node) {
		if n.name != "time" && (!dated.MatchString(n.get("class")) || len(n.content()) > 60) {
			return
		}
		t := n.language()
		base, _, _ := strings.Cut(string(t), "-")
		if t == "" || base == "en" {
			return
		}
		text := n.content()
		if m := englishMonths.FindStringSubmatch(text); m != nil && strings.IndexAny(text, "0123456789") >= 0 && !isMonthOf(t, m[1]) && n.up("code pre") == nil && n.saysEnglish() == nil {
			say(n.offset, "write the month as "+string(t)+" does, from CLDR", "the day %q is written in English in %s", strings.Join(strings.Fields(text), " "), t)
			return
		}
		set := arabicSet(base, text)
		if set == "" {
			return
		}
		switch known := seen[t]; {
		case t != "ar" && base == "ar" && set != arabicSetOf(t):
			say(n.offset, "write "+monthNamed(t, set, text), "%q has the month as elsewhere, not as in %s", strings.Join(strings.Fields(text), " "), t)
		case known != "" && known != set:
			say(n.offset, "choose one set of names for the site", "%q has the month by another set of names than an earlier day", strings.Join(strings.Fields(text), " "))
		}
		if seen[t] == "" {
			seen[t] = set
		}
	})
}

// saysEnglish gives the element within n that says that it is in English.
func (n *node) saysEnglish() *node {
	for _, c := range n.children {
		if c.name == textNode {
			continue
		}
		if base, _, _ := strings.Cut(strings.ToLower(c.get("lang")), "-"); base == "en" {
			return c
		}
		if found := c.saysEnglish(); found != nil {
			return found
		}
	}
	return nil
}

// isMonthOf says whether the language writes a month so itself: août is not, but
// September is German too.
func isMonthOf(t lang.Tag, name string) bool {
	l := lang.For(t)
	for m := 1; m <= 12; m++ {
		own := l.MonthName(m)
		if strings.EqualFold(own, name) || len(name) >= 3 && len(name) <= 4 && len(own) > 3 && strings.EqualFold(own[:min(len(own), len(name))], name) {
			return true
		}
	}
	return false
}

// arabicSets are the sets of Gregorian month names of Arabic, in the order in which
// a text is held against them.
var arabicSets = []string{"standard", "levant", "maghreb", "morocco"}

// arabicSet gives the only set of Arabic month names that the text holds a name of,
// "" if there is none, several hold it, or the text gives both names.
func arabicSet(base, text string) string {
	if base != "ar" || strings.ContainsAny(text, "/()") {
		return ""
	}
	found := ""
	for _, set := range arabicSets {
		if arabicMonth(set, text) > 0 {
			if found != "" {
				return "" // مارس is in several
			}
			found = set
		}
	}
	return found
}

// arabicMonth gives the month of which a set's name is a word of the text, 0 if
// none is.
func arabicMonth(set, text string) int {
	l := lang.For("ar").With(lang.Preferences{Months: set})
	for m := 1; m <= 12; m++ {
		name := l.MonthName(m)
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				break
			}
			i += from
			before, _ := utf8.DecodeLastRuneInString(text[:i])
			after, _ := utf8.DecodeRuneInString(text[i+len(name):])
			if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
				return m
			}
			from = i + len(name)
		}
	}
	return 0
}

// arabicSetOf gives the set that CLDR has for a country.
func arabicSetOf(t lang.Tag) string {
	for _, set := range arabicSets {
		if lang.For("ar").With(lang.Preferences{Months: set}).MonthName(1) == lang.For(t).MonthName(1) && lang.For("ar").With(lang.Preferences{Months: set}).MonthName(8) == lang.For(t).MonthName(8) {
			return set
		}
	}
	return "standard"
}

// monthNamed gives the name that t has for the month of which the text has that of
// another set.
func monthNamed(t lang.Tag, set, text string) string {
	return lang.For(t).MonthName(arabicMonth(set, text))
}

// enoughItems is how many items a list has that is not in the order of its code
// points by chance.
const enoughItems = 6

func listsAreSortedAsTheLanguageDoes(p *page, say say) {
	p.elements("ul ol", func(n *node) {
		t := n.language()
		if _, known := lang.Match(t, lang.Known()); t == "" || !known {
			return
		}
		var items, lower []string
		for _, c := range n.children {
			if c.name != "li" {
				continue
			}
			text := strings.Join(strings.Fields(withoutControls(c.content())), " ")
			r, _ := utf8.DecodeRuneInString(text)
			if len(text) > 80 || !unicode.IsLetter(r) || c.language() != t || c.partIsElsewhere(t) {
				return
			}
			items, lower = append(items, text), append(lower, strings.ToLower(text))
		}
		// Where capitals alone break the order, it is that of something else.
		if len(items) < enoughItems || !slices.IsSorted(items) || !slices.IsSorted(lower) || slices.Compact(slices.Clone(items))[0] == items[len(items)-1] {
			return
		}
		l := lang.For(t)
		if first := unsorted(l, items); first > 0 && unsorted(l.With(lang.Preferences{Article: true}), items) > 0 {
			say(n.offset, "sort by the collation of the language (CLDR), not by the codes of letters", "the list is sorted by the codes of letters: %s stands before %s", cut(items[first-1]), cut(items[first]))
		}
	})
}

// partIsElsewhere says whether an element in n says another language than t, as
// the names in a menu of languages do.
func (n *node) partIsElsewhere(t lang.Tag) bool {
	return slices.ContainsFunc(n.children, func(c *node) bool {
		return c.name != textNode && (c.language() != t || c.partIsElsewhere(t))
	})
}

// unsorted gives the first item that should stand before the one before it, 0 if
// none should.
func unsorted(l *lang.Locale, items []string) int {
	last := ""
	for i, s := range items {
		key := l.SortKey(s)
		if key < last {
			return i
		}
		last = key
	}
	return 0
}
