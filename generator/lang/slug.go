package lang

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A SlugMode says which letters a slug may hold.
type SlugMode string

// The slug modes: the letters of the text itself, or Latin ones only.
const (
	SlugUnicode SlugMode = "unicode"
	SlugASCII   SlugMode = "ascii"
)

// slugBytes is the longest slug: 255 bytes are the limit of file names, and a
// percent-encoded one of this length is still short enough to paste.
const slugBytes = 120

// Slug makes a URL segment of s (RTL.md Z15): lower-case letters, digits and
// vowel signs in NFC, words joined by "-", at most 120 bytes, cut at a word.
// Arabic and Hebrew vowel marks, tatweel and all invisible characters are
// gone. SlugASCII spells other scripts in Latin letters by a simple table;
// what has no spelling there is dropped. The slug may be "".
func Slug(s string, mode SlugMode) string {
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	if mode == SlugASCII {
		s = transliterate(s)
	}
	var buf [2 * slugBytes]byte
	b := appendSlug(buf[:0], s)
	if !norm.NFC.IsNormal(b) { // a sign moved to its letter when what stood between was dropped
		b = norm.NFC.Bytes(b)
	}
	if string(b) == s && len(s) <= slugBytes {
		return s
	}
	return cutSlug(b)
}

// appendSlug appends the words of s. It stops when there is more than a slug
// may hold, so that a long text costs no more than a title.
func appendSlug(b []byte, s string) []byte {
	gap := false // a hyphen is due before the next letter
	for i, r := range s {
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				b = appendGap(b, gap)
				b, gap = append(b, byte(r)), false
				continue
			}
		}
		switch {
		case isPlainLetter(r):
			b = appendGap(b, gap)
			b, gap = utf8.AppendRune(b, r), false
		case r == tatweel || isHaraka(r) || isBidiControl(r) || isZeroWidth(r) && r != zwnj:
			continue // spelling does not change
		case isQuoteInWord(r) && dropQuote(b, s[i:]):
			continue
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b = appendGap(b, gap)
			b, gap = utf8.AppendRune(b, unicode.ToLower(r)), false
		case unicode.IsMark(r) && len(b) > 0 && !gap:
			if r != 0x307 || b[len(b)-1] != 'i' { // İ in lower case is i
				b = utf8.AppendRune(b, r)
			}
		default:
			gap = true
		}
		if len(b) > slugBytes+utf8.UTFMax {
			break
		}
	}
	return b
}

func appendGap(b []byte, gap bool) []byte {
	if gap && len(b) > 0 {
		return append(b, '-')
	}
	return b
}

// isQuoteInWord covers apostrophes, the Hebrew geresh and gershayim, and what
// is typed for them.
func isQuoteInWord(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '"', '״', '׳', '`':
		return true
	}
	return false
}

// dropQuote says whether a quotation mark that follows b and begins rest is
// part of a word (don't, צה"ל) and vanishes. After one or two letters it
// parts words (l'État).
func dropQuote(b []byte, rest string) bool {
	_, size := utf8.DecodeRuneInString(rest)
	after, _ := utf8.DecodeRuneInString(rest[size:])
	before, _ := utf8.DecodeLastRune(b)
	if !unicode.IsLetter(after) || !unicode.IsLetter(before) {
		return false
	}
	if unicode.Is(unicode.Hebrew, before) {
		return true
	}
	if rest[0] == '"' {
		return false
	}
	word := b[strings.LastIndexByte(string(b), '-')+1:]
	return utf8.RuneCount(word) > 2
}

// cutSlug cuts b to slugBytes at a word; a first word that is longer is cut
// before a letter, so that no vowel sign is lost from under it.
func cutSlug(b []byte) string {
	if len(b) <= slugBytes {
		return string(b)
	}
	if b[slugBytes] != '-' {
		if i := strings.LastIndexByte(string(b[:slugBytes]), '-'); i > 0 {
			return string(b[:i])
		}
	}
	end := slugBytes
	for end > 0 {
		r, _ := utf8.DecodeRune(b[end:])
		if utf8.RuneStart(b[end]) && !unicode.IsMark(r) {
			break
		}
		end--
	}
	return strings.Trim(string(b[:end]), "-")
}

// HeadingID makes the id of a heading: its slug, and where that is empty
// (emoji, punctuation) the code points of its first characters. It is never
// "". Two headings may get the same id; the caller numbers them.
func HeadingID(s string) string {
	if id := Slug(s, SlugUnicode); id != "" {
		return id
	}
	var id []string
	for _, r := range s {
		if unicode.IsSpace(r) || isBidiControl(r) || isZeroWidth(r) || r == utf8.RuneError {
			continue
		}
		id = append(id, fmt.Sprintf("u%04x", r))
		if len(id) == 4 {
			break
		}
	}
	if id == nil {
		return "section"
	}
	return strings.Join(id, "-")
}

// latinLetters maps letters of other scripts to Latin spelling.
var latinLetters = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{}
	dataLines(dataFile(Und, "ascii.txt"), func(line string) {
		for _, pair := range strings.Fields(line) {
			r, size := utf8.DecodeRuneInString(pair)
			m[r] = pair[size:]
		}
	})
	return m
})

// transliterate spells s, which is in NFKC, in ASCII: by table, and else
// without accents.
func transliterate(s string) string {
	if onlyASCII(s) {
		return s
	}
	var b strings.Builder
	all := []rune(s)
	for i, r := range all {
		switch {
		case isQuoteInWord(r) && i > 0 && unicode.Is(unicode.Hebrew, all[i-1]):
			// gershayim, as in צה"ל
		case isQuoteInWord(r):
			b.WriteByte('\'')
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case isZeroWidth(r) && r != zwnj || isBidiControl(r):
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			b.WriteString(spell(r))
			if i+1 < len(all) && isIndicConsonant(r) && unicode.IsLetter(all[i+1]) {
				b.WriteByte('a') // the vowel that is not written, but not at the end of a word
			}
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// spell gives the Latin spelling of a letter, or of the letter below its
// accents, "" if there is none.
func spell(r rune) string {
	m := latinLetters()
	if t, ok := m[r]; ok {
		return t
	}
	var t string
	for _, d := range norm.NFKD.String(string(r)) {
		if d < utf8.RuneSelf {
			t += string(d)
		} else {
			t += m[d]
		}
	}
	return t
}

func isIndicConsonant(r rune) bool {
	return r >= 0x0915 && r <= 0x0939 || r >= 0x0995 && r <= 0x09B9
}
