package lang

import (
	"math/bits"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A writing is a script that Detect tells apart first, with the languages that
// compete for it. One language alone is certain from its script.
type writing struct {
	script string
	langs  []Tag
}

// The scripts, as indices of writings.
const (
	noScript = iota
	latin
	arabic
	hebrewScript
	cyrillic
	han
	devanagari
	kana
	hangul
	greek
	bengali
	thaana
	syriac
	otherScript // all that follow are found by unicode's tables
)

// writings is indexed by the constants above. Of languages without locale
// data those are listed that would otherwise be taken for one that has it.
var writings = []writing{
	noScript:     {"Zyyy", nil},
	latin:        {"Latn", []Tag{"en", "fr", "es", "de", "pt", "it", "tr", "az", "id", "sw", "kmr", "nl", "pl", "sv"}},
	arabic:       {"Arab", []Tag{"ar", "fa", "ur", "ckb", "ps", "sd", "ug"}},
	hebrewScript: {"Hebr", []Tag{"he", "yi"}},
	cyrillic:     {"Cyrl", []Tag{"ru", "uk", "be", "bg", "sr", "kk"}},
	han:          {"Hani", []Tag{"zh-Hans", "zh-Hant"}},
	devanagari:   {"Deva", []Tag{"hi", "mr", "ne"}},
	kana:         {"Jpan", []Tag{"ja"}},
	hangul:       {"Kore", []Tag{"ko"}},
	greek:        {"Grek", []Tag{"el"}},
	bengali:      {"Beng", []Tag{"bn"}},
	thaana:       {"Thaa", []Tag{"dv"}},
	syriac:       {"Syrc", []Tag{"syr"}},
	otherScript:  {"Zyyy", nil},
}

// otherScripts are written by one language mostly.
var otherScripts = []struct {
	table *unicode.RangeTable
	tag   Tag
}{
	{unicode.Thai, "th"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Ethiopic, "am"}, {unicode.Tamil, "ta"},
	{unicode.Telugu, "te"}, {unicode.Kannada, "kn"}, {unicode.Malayalam, "ml"}, {unicode.Gujarati, "gu"}, {unicode.Gurmukhi, "pa"},
	{unicode.Sinhala, "si"}, {unicode.Khmer, "km"}, {unicode.Lao, "lo"}, {unicode.Myanmar, "my"}, {unicode.Tibetan, "bo"},
	{unicode.Mongolian, "mn-Mong"}, {unicode.Nko, "nqo"}, {unicode.Tifinagh, "zgh"}, {unicode.Oriya, "or"},
}

const (
	scanBytes  = 8192 // of a text, to find its script
	scoreBytes = 4096 // of a text, to find its language, and fewer
	checkBytes = 512  // if one leads so early by so much as
	decided    = 200  // that the rest would hardly change it
)

// Detect tells the language of a text from its script, then from letters,
// frequent words and the shapes of words that only some languages have
// (data/<tag>/detect.txt). Where nothing speaks for any language, or words that
// the likeliest never has speak against it (Punjabi and Saraiki look like Urdu),
// it gives the script alone ("und-Arab"), and "und" for text without letters. sure is false
// where another language is nearly as likely, or another script nearly as
// frequent; names and headlines of a few words often are not sure. Only the
// first kilobytes of a long text are read.
func Detect(text string) (t Tag, sure bool) {
	v := judge(text)
	return v.tag, v.clear && v.margin >= sureMargin && v.evidence >= sureEvidence
}

// A verdict is what is known of the language of a text.
type verdict struct {
	tag              Tag
	clear            bool // hardly any letters are of another script
	margin, evidence int  // by how much the language leads, and what speaks for it
}

// certain stands for the evidence of a script that has one language.
const certain = 1 << 20

func judge(text string) verdict {
	text = withoutTargets(text)
	w, clear, other := mainScript(text)
	if other != noScript && !latinSentence(text) {
		w = other
	}
	if w == otherScript {
		return verdict{tag: otherTag(text)}
	}
	langs := writings[w].langs
	switch len(langs) {
	case 0:
		return verdict{tag: Und}
	case 1:
		return verdict{langs[0], clear, certain, certain}
	}
	best, margin, evidence := scriptTables[w]().score(text, w)
	if best < 0 {
		return verdict{tag: Und + "-" + Tag(writings[w].script)}
	}
	return verdict{langs[best], clear, margin, evidence}
}

// withoutTargets takes out where links lead, as Markdown writes them behind their
// words: [App Store](https://example.org) or [App Store][appstore]. Addresses and
// names of references are in no language, or in English.
func withoutTargets(text string) string {
	if len(text) > scanBytes {
		text = text[:scanBytes]
	}
	var b strings.Builder
	rest := text
	for {
		i := strings.IndexByte(rest, ']')
		if i < 0 || i+1 == len(rest) {
			break
		}
		end := -1
		switch rest[i+1] {
		case '(':
			end = strings.IndexAny(rest[i+1:], ")\n")
		case '[':
			end = strings.IndexAny(rest[i+1:], "]\n")
		}
		b.WriteString(rest[:i+1])
		rest = rest[i+1:]
		if end > 0 {
			rest = rest[end:]
		}
	}
	if b.Len() == 0 {
		return text
	}
	return b.String() + rest
}

const (
	sureMargin   = 20
	sureEvidence = 30
)

// latinSentence tells whether a text that holds more Latin letters than others
// is a sentence with foreign words in it. Otherwise the Latin letters are names:
// Russian that lists five products has more of them than of its own.
func latinSentence(text string) bool {
	best, _, _ := scriptTables[latin]().score(text, latin)
	return best >= 0 && scriptTables[latin]().greets(text, home{latin, best})
}

// fewest is how many letters of another script make the Latin ones of a text
// doubtful.
const fewest = 10

// mainScript counts the letters of each script and gives the one with most of
// them, and whether it clearly has. Where that is Latin but there are letters of
// another one as well, it gives that too.
func mainScript(text string) (w int, clear bool, other int) {
	if len(text) > scanBytes {
		text = text[:scanBytes]
	}
	var n [otherScript + 1]int
	total := 0
	for _, r := range text {
		if c := scriptOfRune(r); c != noScript {
			n[c]++
			total++
		}
	}
	// A Chinese character says as much as two or three letters; kana beside
	// Chinese characters is Japanese.
	if n[kana] > 0 && n[kana]*5 >= n[han] {
		n[kana] += n[han]
		n[han] = 0
	}
	total += n[han] + n[kana] + n[hangul]
	n[han], n[kana], n[hangul] = 2*n[han], 2*n[kana], 2*n[hangul]
	// Foreign names stand in Latin letters in all scripts, but hardly the
	// other way round.
	weigh := func(i int) int {
		if i == latin {
			return n[i] * 3
		}
		return n[i] * 5
	}
	for i := range n {
		if weigh(i) > weigh(w) {
			w = i
		}
	}
	if w == latin {
		most := max(fewest, total/20)
		for i := range n {
			if i != latin && n[i] >= most {
				other, most = i, n[i]
			}
		}
	}
	return w, n[w]*4 > total*3, other
}

func scriptOfRune(r rune) int {
	if r >= 0 && r < rune(len(quickScripts)) {
		return int(quickScripts[r])
	}
	return findScript(r)
}

// quickScripts gives the script of the characters that most text is made of.
var quickScripts = func() (t [0x800]uint8) {
	for r := range t {
		t[r] = uint8(findScript(rune(r)))
	}
	return t
}()

func findScript(r rune) int {
	switch {
	case r < 0x41, r > 'Z' && r < 'a', r > 'z' && r < 0xC0 && r != 0xAA && r != 0xBA:
		return noScript
	case r < 0x2B0, r >= 0x1E00 && r <= 0x1EFF:
		return latin
	case r >= 0x370 && r <= 0x3FF:
		return greek
	case r >= 0x400 && r <= 0x52F:
		return cyrillic
	case r >= 0x5D0 && r <= 0x5F2, r >= 0xFB1D && r <= 0xFB4F:
		return hebrewScript
	case r >= 0x620 && r <= 0x64A && r != tatweel, r >= 0x66E && r <= 0x6D5, r >= 0x6E5 && r <= 0x6E6, r >= 0x6EE && r <= 0x6EF,
		r >= 0x6FA && r <= 0x6FF, r >= 0x750 && r <= 0x77F, r >= 0x8A0 && r <= 0x8C9, r >= 0xFB50 && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC:
		return arabic
	case r >= 0x700 && r <= 0x74F:
		return syriac
	case r >= 0x780 && r <= 0x7BF:
		return thaana
	case r >= 0x900 && r <= 0x97F:
		return devanagari
	case r >= 0x980 && r <= 0x9FF:
		return bengali
	case r >= 0x3041 && r <= 0x30FA, r >= 0x31F0 && r <= 0x31FF:
		return kana
	case r >= 0x3400 && r <= 0x9FFF, r >= 0x20000 && r <= 0x323AF:
		return han
	case r >= 0xAC00 && r <= 0xD7A3, r >= 0x1100 && r <= 0x11FF:
		return hangul
	case r > 0x530 && unicode.IsLetter(r):
		return otherScript
	}
	return noScript
}

func otherTag(text string) Tag {
	for _, r := range text {
		if scriptOfRune(r) != otherScript {
			continue
		}
		for _, o := range otherScripts {
			if unicode.Is(o.table, r) {
				return o.tag
			}
		}
		return Und
	}
	return Und
}

// A scriptTable is what the languages of one script differ in. A mask has a
// bit for each language, in the order of writing.langs.
type scriptTable struct {
	n         int
	shapes    shapeTable
	greetings []func() *greeting // one for each language
}

// letterMasks says which languages write a letter, and for which it is
// foreign but no wonder.
type letterMasks struct{ own, also, lacks uint16 }

var scriptTables = func() []func() *scriptTable {
	l := make([]func() *scriptTable, len(writings))
	for i, w := range writings {
		l[i] = sync.OnceValue(func() *scriptTable { return loadScript(w) })
	}
	return l
}()

func loadScript(w writing) *scriptTable {
	words, pieces, letters := map[string]uint16{}, map[string]uint16{}, map[string]letterMasks{}
	weights := map[string]*[16]int8{}
	at := func(s string) *[16]int8 {
		if weights[s] == nil {
			weights[s] = new([16]int8)
		}
		return weights[s]
	}
	for i, tag := range w.langs {
		bit := uint16(1) << i
		dataLines(dataFile(tag, "detect.txt"), func(line string) {
			kind, rest, _ := strings.Cut(line, " ")
			for _, v := range strings.Fields(rest) {
				switch kind {
				case "words":
					words["_"+v+"_"] |= bit
				case "never":
					at("_" + v + "_")[i] -= neverWeight
				case "pieces":
					pieces[v] |= bit
				default:
					letters[v] = letters[v].with(kind, bit)
				}
			}
		})
		dataLines(dataFile(tag, "trigrams.txt"), func(line string) {
			weight, rest, _ := strings.Cut(line, " ")
			n, _ := strconv.Atoi(weight)
			for _, v := range strings.Fields(rest) {
				at(v)[i] += int8(n)
			}
		})
	}
	for s, langs := range words {
		share(at(s), langs, wordWeight)
	}
	for s, langs := range pieces {
		share(at(s), langs, pieceWeight)
	}
	for s, m := range letters {
		m.weigh(at(s), len(w.langs))
	}
	return &scriptTable{len(w.langs), newShapeTable(weights), newGreetings(words, len(w.langs))}
}

// share parts a weight between the languages of a mask.
func share(w *[16]int8, langs uint16, weight int) {
	part := int8(max(1, weight/bits.OnesCount16(langs)))
	for ; langs != 0; langs &= langs - 1 {
		w[bits.TrailingZeros16(langs)] += part
	}
}

func (m letterMasks) with(kind string, bit uint16) letterMasks {
	switch kind {
	case "letters":
		m.own |= bit
	case "also":
		m.also |= bit
	case "lacks":
		m.lacks |= bit
	}
	return m
}

// weigh says what a letter speaks for and against, among n languages.
func (m letterMasks) weigh(w *[16]int8, n int) {
	k := bits.OnesCount16(m.own)
	for i := range n {
		switch bit := uint16(1) << i; {
		case m.lacks&bit != 0:
			w[i] -= lacking
		case k == 0 || m.also&bit != 0:
		case m.own&bit == 0:
			w[i] -= foreign
		case k*2 <= n: // what most of them write says nothing
			w[i] += int8(letterWeight / k)
		}
	}
}

// The weights of evidence. A word or letter that k languages share counts a
// k-th for each of them.
const (
	wordWeight   = 24
	pieceWeight  = 8
	letterWeight = 12
	foreign      = 8  // against a language that does not write a letter
	lacking      = 4  // against one that writes it in foreign names only
	neverWeight  = 96 // against one for a word that is a neighbour's and never its own
)

// priors are what speaks for a language before anything is read, in the order
// of writing.langs: little, but a name of one word is better taken for
// Russian than for no language. In Arabic script nothing is presumed.
var priors = [otherScript + 1][16]int{
	latin:        {6, 4, 4, 3, 3, 3, 2, 0, 1, 0, 0, 1, 1, 0},
	hebrewScript: {6, 0},
	cyrillic:     {12, 6, 0, 2, 1, 1},
	han:          {1, 0},
	devanagari:   {4, 0, 0},
}

// score adds up what speaks for each language and gives the best one, -1 if
// nothing speaks for any, its margin over the second and its own score.
func (t *scriptTable) score(text string, w int) (best, margin, evidence int) {
	p := points{table: t, said: priors[w]}
	if len(text) > scoreBytes {
		text = text[:scoreBytes]
	}
	cased := w == latin || w == cyrillic
	check := checkBytes
	for i, r := range text {
		if i >= check {
			if _, margin, _ := pick(p.said[:t.n]); margin >= decided {
				break
			}
			check += checkBytes
		}
		upper := false
		if cased {
			small := lower(r)
			upper, r = small != r, small
		}
		if c := scriptOfRune(r); c == w || w == cyrillic && r == 'ʼ' {
			p.letter(r, upper)
			continue
		}
		switch r {
		case '¿', '¡':
			t.shapes.add(&p.said, []rune{r})
		case '.', '?', '!', '\n':
			p.endWord()
			p.inside = false
		}
		if !isHaraka(r) && r != tatweel && !unicode.IsMark(r) {
			p.endWord()
		}
	}
	p.endWord()
	for i := range p.said {
		p.said[i] += p.named[i] / 2
	}
	return pick(p.said[:t.n])
}

// points are what the words of a text say for each language. Words that begin
// with a capital inside a sentence are counted apart, and half: names say little,
// and those in the news of all languages are English ones.
type points struct {
	table       *scriptTable
	said, named [16]int
	word        [64]rune // the letters of the word, behind a boundary
	n           int      // of them
	name        bool     // it begins with a capital
	inside      bool     // another word of the sentence stands before it
}

func (p *points) letter(r rune, upper bool) {
	if p.n == 0 {
		p.name = upper
	}
	if p.n < len(p.word)-2 {
		p.n++
		p.word[p.n] = r
	}
}

// endWord counts the word, if there is one.
func (p *points) endWord() {
	if p.n == 0 {
		return
	}
	to := &p.said
	if p.name && p.inside {
		to = &p.named
	}
	p.word[0], p.word[p.n+1] = '_', '_'
	p.table.shapes.add(to, p.word[:p.n+2])
	p.n, p.inside = 0, true
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

func pick(s []int) (best, margin, evidence int) {
	best = -1
	second := 0
	for i, v := range s {
		switch {
		case best < 0 && v > 0:
			best = i
		case best >= 0 && v > s[best]:
			second, best = s[best], i
		case v > second:
			second = v
		}
	}
	if best < 0 {
		return -1, 0, 0
	}
	return best, s[best] - second, s[best]
}
