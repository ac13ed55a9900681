package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var inlineRules = []Rule{
	{"N1", "a link, title or time in the other direction is isolated from what stands beside it", diag.Warning, linksAreIsolated},
	{"N2", "an isolate runs as its words do", diag.Error, isolatesRunAsTheirWords},
	{"N3", "an isolate holds its words and no space or comma of the sentence", diag.Warning, isolatesAreTight},
	{"N4", "what runs against an isolate is isolated in it in turn", diag.Error, nestedNamesAreIsolated},
	{"N6", "the items of a list inside a sentence are isolated one by one", diag.Warning, itemsAreIsolated},
	{"N7", "addresses, @names and #tags read from left to right", diag.Error, shownUpright(addressTokens)},
	{"N8", "telephone numbers and others in groups read from left to right", diag.Error, shownUpright(telephoneTokens)},
	{"N9", "dates in digits read as they are written", diag.Error, shownUpright(dateTokens)},
	{"N10", "a sign or unit stays on its side of the number", diag.Error, shownUpright(signedTokens)},
	{"N12", "symbols at the end of a name stay at its end", diag.Error, shownUpright(symbolTokens)},
	{"N14", "<bdo> says which direction it forces", diag.Error, bdoSaysItsDirection},
}

// A token is what a machine reads and a line may show in the wrong order.
// Digits and letters are ASCII: with its own digits Arabic text is written in
// its own order. The group is the token; what stands before it must not be part
// of a word.
type token struct {
	what    string // in words
	pattern *regexp.Regexp
	needs   string              // characters of which a token has one
	only    func(s string) bool // nil for all that match
	perhaps func(s string) bool // whether a text is worth a look, nil for all
	unless  []token             // of which it is a part
}

// A kind of tokens is what one rule asks about.
type kind int

const (
	addressTokens kind = iota
	telephoneTokens
	dateTokens
	signedTokens
	symbolTokens
)

// tokens are those of each kind.
var tokens = [...][]token{addresses, telephones, dates, signed, symbols}

// before is what may stand before a token: the beginning, or neither a letter
// nor a digit nor a mark that joins.
const before = `(?:^|[^\p{L}\p{N}\p{M}_.+\-/:@#])`

const digits = "0123456789"

var (
	addresses = []token{
		{what: "the address", needs: "/.", pattern: regexp.MustCompile(before + `((?:https?://|www\.)[!-~]*[A-Za-z0-9/])`)},
		{what: "the address", needs: "@", pattern: regexp.MustCompile(before + `([A-Za-z0-9._+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)`)},
		{what: "the name", needs: "@", pattern: regexp.MustCompile(before + `(@[A-Za-z0-9_]{2,})`)},
		{what: "the tag", needs: "#", pattern: regexp.MustCompile(before + `(#[A-Za-z][A-Za-z0-9_]+)`)},
	}
	measures   = []token{{what: "the measure", needs: digits, only: hasUnit, perhaps: holdsMeasure, pattern: regexp.MustCompile(before + `(\d+(?:[.,:]\d+)*[ \x{A0}][A-Za-zµ][A-Za-z/.²³]*)(?:$|[^\p{L}\p{N}])`)}}
	telephones = []token{
		{what: "the number", needs: digits, unless: dates, only: isGrouped, pattern: regexp.MustCompile(before + `(\+?\(?\d{1,4}\)?(?:[ \x{A0}\-]\d{1,4}){2,5})(?:$|[^\d\p{L}])`)},
		{what: "the number", needs: digits, pattern: regexp.MustCompile(before + `(0\d{1,3}-\d{5,8})(?:$|[^\d\-])`)},
		{what: "the number", needs: "۰+", pattern: regexp.MustCompile(before + `((?:\+|۰)[۰-۹]{1,4}(?:[ \x{A0}\-][۰-۹]{2,8}){1,5})(?:$|[^۰-۹\-])`)},
	}
	dates  = []token{{what: "the date", needs: digits, pattern: regexp.MustCompile(before + `(\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4})(?:$|[^\d\-])`)}}
	signed = []token{
		{what: "the number", needs: "+-−±", unless: telephones, pattern: regexp.MustCompile(`(?:^|[^\p{L}\p{N}\p{M}_.+\-/:@#\)])([+\-−±]\d+(?:[.,]\d+)*%?)(?:$|[^\d\-])`)},
		{what: "the number", needs: "%°", pattern: regexp.MustCompile(before + `(\d+(?:[.,]\d+)*[%°])`)},
		measures[0],
		{what: "the sum", needs: "$€£¥₪", pattern: regexp.MustCompile(before + `([$€£¥₪]\d+(?:[.,]\d+)*)`)},
	}
	symbols = []token{
		{what: "the name", needs: "+#", pattern: regexp.MustCompile(before + `([A-Za-z]+(?:\+\+|#))(?:$|[^\p{L}\p{N}+#])`)},
		// A full stop before more of the sentence is that of the name.
		{what: "the name", needs: ".", only: endsShort, perhaps: holdsShort, unless: measures, pattern: regexp.MustCompile(before + `((?:[A-Za-z]\.){2,}|[A-Z][A-Za-z]* [A-Z][a-z]+\.)[ \x{A0}]?(?:\x{2069}|[^\x00-\x7F])`)},
	}
)

// hasUnit says whether the last word of a token is a unit.
func hasUnit(s string) bool {
	i := strings.LastIndexAny(s, " \u00a0")
	return lang.IsUnit(strings.TrimRight(strings.TrimPrefix(s[i+1:], "\xa0"), "."))
}

// holdsMeasure says whether a letter of Latin script stands in s behind a digit and
// a space.
func holdsMeasure(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if c := s[i]; (c == ' ' || c == 0xA0) && (isDigit(s[i-1]) || c == 0xA0 && i > 1 && isDigit(s[i-2])) && (isLetter(s[i+1]) || s[i+1] == 0xC2) {
			return true
		}
	}
	return false
}

// holdsShort says whether a full stop stands in s behind a Latin letter.
func holdsShort(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == '.' && isLetter(s[i-1]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// endsShort says whether a token ends in an abbreviation with its full stop.
func endsShort(s string) bool {
	s = strings.TrimSuffix(s, ".")
	last := s[strings.LastIndexByte(s, ' ')+1:]
	return lang.IsShortForm(last) || strings.IndexByte(last, '.') == 1
}

// shownUpright makes the rule that tokens are shown in the order in which they
// are written.
func shownUpright(of kind) func(p *page, say say) {
	return func(p *page, say say) {
		p.turnedTokens(func(l *line, t turned) {
			if t.kind == of && l.nested(t.at) == nil { // else N4
				say(l.offset(t.at.start), `put it in <bdi dir="ltr">`, "%s %s is shown as %s", t.what, l.text[t.at.start:t.at.end], shown{l, l.places(), t.at})
			}
		})
	}
}

// A turned is a token that its line does not show in its order.
type turned struct {
	kind kind
	what string
	at   span
}

// turnedTokens calls f for all tokens that are not shown in their order. They are
// looked for once for all rules.
func (p *page) turnedTokens(f func(l *line, t turned)) {
	for i := range p.lines {
		l := &p.lines[i]
		if !l.searched {
			l.searched = true
			if l.mixed() && l.block.up("pre textarea") == nil {
				for k := range tokens {
					for _, t := range tokens[k] {
						l.turned(t, func(at span) { l.found = append(l.found, turned{kind(k), t.what, at}) })
					}
				}
			}
		}
		for _, t := range l.found {
			f(l, t)
		}
	}
}

// turned calls f for each token that is not shown in its order.
func (l *line) turned(t token, f func(at span)) {
	if !strings.ContainsAny(l.text, t.needs) || t.perhaps != nil && !t.perhaps(l.text) {
		return
	}
	found := t.pattern.FindAllStringSubmatchIndex(l.text, -1)
	if found == nil {
		return
	}
	place, parts := l.places(), l.parts(t)
	for _, m := range found {
		at := span{m[2], m[3]}
		if t.is(l.text[at.start:at.end]) && !slices.ContainsFunc(parts, at.isIn) && !upright(place, l.text, at.start, at.end) {
			f(at)
		}
	}
}

// inPlainText says what of a text without markup is not shown in its order, ""
// if all is.
func inPlainText(text string, dir lang.Direction) (what string) {
	l := &line{dir: dir, text: text}
	if !l.mixed() {
		return ""
	}
	for k := range tokens {
		for _, t := range tokens[k] {
			l.turned(t, func(at span) {
				if what == "" {
					what = fmt.Sprintf("%s %s is shown as %s", t.what, text[at.start:at.end], shown{l, l.places(), at})
				}
			})
		}
	}
	return what
}

// A span is a part of a line's text.
type span struct{ start, end int }

func (s span) isIn(other span) bool { return other.start <= s.start && s.end <= other.end }

// parts gives the tokens of the line that t must be no part of.
func (l *line) parts(t token) []span {
	var list []span
	for _, u := range t.unless {
		for _, m := range u.pattern.FindAllStringSubmatchIndex(l.text, -1) {
			if u.is(l.text[m[2]:m[3]]) {
				list = append(list, span{m[2], m[3]})
			}
		}
	}
	return list
}

func (t token) is(s string) bool { return t.only == nil || t.only(s) }

// isGrouped says whether numbers that follow one another are one: a telephone
// number, or thousands apart. Others are read in the order of the text.
func isGrouped(s string) bool {
	digits, thousands := 0, true
	for i, group := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '-' }) {
		n := len(strings.Trim(group, "+()"))
		digits += n
		thousands = thousands && (i == 0 && n <= 3 || i > 0 && n == 3)
	}
	return thousands || digits >= 7 && strings.ContainsRune("+(0", rune(s[0]))
}

// places works the order of the line out once.
func (l *line) places() []int {
	if l.place == nil {
		l.place = places(l.text, l.dir)
	}
	return l.place
}

// A shown is what a line shows where a part of its text stands: from its
// leftmost character to its rightmost. It is worked out when it is printed, for
// most findings on a page with many are only counted.
type shown struct {
	line  *line
	place []int
	part  span
}

func (s shown) String() string {
	first, last := len(s.line.text), -1
	for _, at := range s.place[s.part.start:s.part.end] {
		if at >= 0 {
			first, last = min(first, at), max(last, at)
		}
	}
	row := make([]rune, max(0, last-first+1))
	for i, r := range s.line.text {
		if at := s.place[i]; at >= first && at <= last && !isControl(r) {
			row[at-first] = r
		}
	}
	const longest = 60
	if len(row) > longest {
		row = append(row[:longest], '…')
	}
	// What is shown from the left must not be turned round by the terminal.
	return "\u202d" + strings.ReplaceAll(string(row), "\x00", "") + "\u202c"
}

// longestLine is the longest line whose elements are isolated one by one to see
// what happens: each costs as much as the whole line.
const longestLine = 1 << 14

// isolated are the elements that hold what was put into a sentence.
const isolated = "a cite time"

// linksAreIsolated looks for elements that are shown otherwise than they would
// be if they were isolated, one at a time.
func linksAreIsolated(p *page, say say) {
	p.intruders(func(l *line, e inline) {
		if l.nextTo(e) == nil && !l.isNext(e) {
			say(e.node.offset, `put its text in <bdi>, with lang and dir where they are known`, "%s is mixed with the text beside it: %s", called(e.node), cut(l.text[e.start:e.end]))
		}
	})
}

// isolating are the elements that a program puts around a name or a title.
const isolating = "bdi span a cite time q"

// noBrackets leaves out what is mirrored: it looks alike in both directions.
var noBrackets = strings.NewReplacer("(", "", ")", "", "[", "", "]", "", "«", "", "»", "")

func isolatesRunAsTheirWords(p *page, say say) {
	p.elements(isolating, func(n *node) {
		said := lang.Direction(n.said())
		if said != lang.LTR && said != lang.RTL || n.up("pre code bdo") != nil {
			return
		}
		text := noBrackets.Replace(strings.Join(strings.Fields(n.content()), " "))
		if len(text) > longestLine {
			return
		}
		if d := lang.WordsDirection(text, said); d != said && order(text, d) != order(text, said) {
			say(n.offset, `write dir="`+string(d)+`"`, "the words of <%s dir=%q> run %s: %s", n.name, said, inWords(d), cut(text))
		}
	})
}

func itemsAreIsolated(p *page, say say) {
	p.intruders(func(l *line, e inline) {
		if other := l.nextTo(e); other != nil {
			say(e.node.offset, `put the text of each in its own <bdi>, and what parts them outside`, "%s and the next are shown in the wrong order: %s", called(e.node), cut(l.text[e.start:other.end]))
		}
	})
}

func called(n *node) string { return "the text of <" + n.name + ">" }

// intruders calls f for each element whose characters would stand elsewhere if
// it were isolated, and that is no part of a longer phrase.
func (p *page) intruders(f func(l *line, e inline)) {
	for i := range p.lines {
		l := &p.lines[i]
		if len(l.text) > longestLine || !l.mixed() {
			continue
		}
		for _, e := range l.inline {
			if !holds(isolated, e.node.name) || e.node.said() != "" || !l.opposite(e) || l.isPhrase(e) {
				continue
			}
			if l.within(e.start, func(n *node) bool {
				return n != e.node && n.said() != "" && !blocks[n.name] && n.said() != string(l.dir)
			}) != nil {
				continue // isolated from outside
			}
			if l.moves(e) {
				f(l, e)
			}
		}
	}
}

// opposite says whether the element's text is in the direction that the line
// is not in.
func (l *line) opposite(e inline) bool {
	text := l.text[e.start:e.end]
	if firstWhere(text, func(r rune) bool { return r == '\u2066' || r == '\u2067' || r == '\u2068' }) >= 0 {
		return false
	}
	return lang.WordsDirection(text, l.dir) != l.dir
}

// isPhrase says whether what stands beside the element is text of the same
// direction with no more than spaces between: part of one phrase.
func (l *line) isPhrase(e inline) bool {
	other := lang.RTL
	if l.dir == lang.RTL {
		other = lang.LTR
	}
	is := func(r rune) bool { return unicode.IsLetter(r) && lang.FirstStrong(string(r)) == other }
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.text[:e.start], " "))
	if is(r) {
		return true
	}
	r, _ = utf8.DecodeRuneInString(strings.TrimLeft(l.text[e.end:], " "))
	return is(r)
}

// moves says whether some character is shown elsewhere when the element is
// isolated.
func (l *line) moves(e inline) bool {
	with := l.text[:e.start] + fsi + l.text[e.start:e.end] + pdi + l.text[e.end:]
	plain, apart := order(l.text, l.dir), order(with, l.dir)
	return plain != apart
}

// order gives what is shown, from the left, without what only directs.
func order(text string, dir lang.Direction) string {
	runes := []rune(text)
	var b strings.Builder
	for _, i := range lang.VisualOrder(lang.Levels(text, dir)) {
		if !isControl(runes[i]) {
			b.WriteRune(runes[i])
		}
	}
	return b.String()
}

// nextTo gives the element of the same name that follows e with only
// punctuation between, nil if none does.
func (l *line) nextTo(e inline) *inline {
	for k := range l.inline {
		next := &l.inline[k]
		if next.node.name != e.node.name || next.start < e.end {
			continue
		}
		between := l.text[e.end:next.start]
		if strings.TrimSpace(between) != "" && firstWhere(between, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 && next.node.said() == "" && l.opposite(*next) {
			return next
		}
		return nil
	}
	return nil
}

// isNext says whether e is what nextTo gives for another element.
func (l *line) isNext(e inline) bool {
	for _, other := range l.inline {
		if other.node.name == e.node.name && other.end <= e.start && other.node.said() == "" && l.opposite(other) {
			if next := l.nextTo(other); next != nil && next.node == e.node {
				return true
			}
		}
	}
	return false
}

func bdoSaysItsDirection(p *page, say say) {
	p.elements("bdo", func(n *node) {
		if d := n.said(); d != "ltr" && d != "rtl" {
			say(n.offset, `write dir="ltr" or dir="rtl", or <bdi> if nothing is to be forced`, "<bdo> forces no direction without dir")
		}
	})
}
