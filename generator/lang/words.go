package lang

import (
	"embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// A Word is where a word stands in a text: byte offsets on character
// boundaries, Start < End.
type Word struct{ Start, End int }

// Words gives the words of text in order: the words of UAX #29 that hold a
// letter or a digit. A word with zero-width non-joiners inside stays whole, so
// do can't and Iran's; hyphens part words; the French elisions (l', d', qu')
// are words of their own, without the apostrophe. Each Han character is a word.
func Words(text string) []Word { return AppendWords(make([]Word, 0, len(text)/6+1), text) }

// AppendWords appends the words of text to list, as [Words] gives them. What
// list holds before does not matter to them.
func AppendWords(list []Word, text string) []Word {
	from := len(list)
	classes := wordClasses()
	var slow *words.Iterator[string]
	for i := 0; i < len(text); {
		end, word := 0, true
		if text[i] == ' ' && i+1 < len(text) { // nearly always before a letter
			if class, n := classAt(classes, text, i+1); class == charLetter {
				i++
				end = quickWord(classes, text, i+n)
			}
		}
		start, plain := i, true
		if end == 0 {
			end, word = quickSegment(classes, text, i)
		}
		if end == 0 {
			if slow == nil {
				slow = words.FromString("")
			}
			slow.SetText(text[start:])
			slow.Next()
			end, plain = start+slow.End(), false
			word = hasLetter(text[start:end])
		}
		i = end
		if !word {
			continue
		}
		if n := len(list); n > from && start-list[n-1].End >= 2 && hebrewQuoteJoins(text, list[n-1], Word{start, end}) {
			list[n-1].End = end
			continue
		}
		if plain {
			list = append(list, Word{start, end})
			continue
		}
		list = appendElided(list, text, Word{start, end})
	}
	return list
}

// hasLetter says whether s holds a letter or a digit; the first character
// decides nearly always.
func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// hebrewQuoteJoins says whether a and b are the two sides of an acronym whose
// gershayim was typed as a curly quote (נאט“ו): one Hebrew letter follows it.
func hebrewQuoteJoins(text string, a, b Word) bool {
	gap := text[a.End:b.Start]
	if gap != "“" && gap != "”" && gap != "״" && gap != "‘" && gap != "’" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text[a.Start:a.End])
	first, n := utf8.DecodeRuneInString(text[b.Start:b.End])
	single := b.Start+n == b.End || gap == "‘" || gap == "’"
	return 0x5D0 <= last && last <= 0x5EA && 0x5D0 <= first && first <= 0x5EA && single
}

// appendElided appends w, parted behind a French elision.
func appendElided(list []Word, text string, w Word) []Word {
	s := text[w.Start:w.End]
	i := strings.IndexAny(s, "'’")
	if i <= 0 || i > len("jusqu") || !elides(s[:i]) {
		return append(list, w)
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	if i+n >= len(s) || !hasLetter(s[i+n:]) {
		return append(list, w)
	}
	return append(list, Word{w.Start, w.Start + i}, Word{w.Start + i + n, w.End})
}

// elides says whether s loses its vowel before another one in French.
func elides(s string) bool {
	switch strings.ToLower(s) {
	case "l", "d", "qu", "j", "m", "n", "s", "t", "c", "jusqu", "lorsqu", "puisqu":
		return true
	}
	return false
}

// Parts gives the pieces of word between its joints: apostrophes, hyphens and
// zero-width non-joiners, each between two letters. A word without joints is
// its own only part. Hebrew geresh and gershayim are letters, not joints.
func Parts(word string) []Word {
	return AppendParts(nil, word)
}

// AppendParts appends the parts of word to list, as [Parts] gives them.
func AppendParts(list []Word, word string) []Word {
	if HasOnePart(word) {
		return append(list, Word{0, len(word)})
	}
	start, last := 0, rune(0)
	for i, r := range word {
		if joint(r) && i > start && !(0x5D0 <= last && last <= 0x5EA) {
			list = append(list, Word{start, i})
			start = i + utf8.RuneLen(r)
		} else if joint(r) && i == start && !(0x5D0 <= last && last <= 0x5EA) {
			start = i + utf8.RuneLen(r)
		}
		last = r
	}
	if start < len(word) {
		list = append(list, Word{start, len(word)})
	}
	return list
}

// HasOnePart says whether word surely holds no joint, so that it is its only
// part, by its bytes alone: joints are ' and - or begin with E2 or CA.
func HasOnePart(word string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; len(word) >= 8; word = word[8:] { // a byte is 0 where x-ones borrows; a 1 above one may too, hence surely
		x := uint64(word[0]) | uint64(word[1])<<8 | uint64(word[2])<<16 | uint64(word[3])<<24 |
			uint64(word[4])<<32 | uint64(word[5])<<40 | uint64(word[6])<<48 | uint64(word[7])<<56
		a, b, c, d := x^0x27*ones, x^0x2D*ones, x^0xE2*ones, x^0xCA*ones
		if ((a-ones)&^a|(b-ones)&^b|(c-ones)&^c|(d-ones)&^d)&high != 0 {
			return false
		}
	}
	for i := 0; i < len(word); i++ {
		if mayJoin[word[i]] {
			return false
		}
	}
	return true
}

var mayJoin = [256]bool{'\'': true, '-': true, 0xE2: true, 0xCA: true}

func joint(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '-' || r == '‐' || r == '‑' || r == 0x200C
}

//go:embed data/*/function-words.txt
var functionWordFiles embed.FS

// functionWords holds the light keys of each language's function words.
var functionWords = sync.OnceValue(loadFunctionWords)

func loadFunctionWords() map[Tag]map[string]bool {
	sets := map[Tag]map[string]bool{}
	folders, _ := functionWordFiles.ReadDir("data")
	for _, f := range folders {
		data, err := functionWordFiles.ReadFile("data/" + f.Name() + "/function-words.txt")
		if err != nil {
			continue
		}
		sets[Tag(f.Name())] = wordSet(string(data), Tag(f.Name()))
	}
	return sets
}

// wordSet reads a list of words parted by white space; the first line is its
// origin and licence, and lines that begin with # say what follows.
func wordSet(data string, t Tag) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			set[Light(w, t)] = true
		}
	}
	return set
}

// FunctionWord says whether word, in any case or pointing, is one of the words
// that hold sentences of the language t together: articles, prepositions,
// pronouns, conjunctions, auxiliaries. A language without a list has none.
func FunctionWord(word string, t Tag) bool { return FunctionKey(Light(word, t), t) }

// FunctionKey is [FunctionWord] for whoever has the word's light key already.
func FunctionKey(light string, t Tag) bool {
	sets := functionWords()
	for ; t != ""; t = t.parent() {
		if set, ok := sets[t]; ok {
			return set[light]
		}
	}
	return false
}
