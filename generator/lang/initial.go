package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Initial gives the heading that s stands under in an A–Z list of the
// language: its first letter in capital form, without accents unless the
// language counts the accented letter as one of its own (CLDR 48.2, index
// characters), after the Arabic article; "#" for digits and for text without
// letters; the pinyin letter for simplified Chinese, the row of the kana for
// Japanese, the first consonant for Korean, "漢" for other Chinese characters.
func (l *Locale) Initial(s string) string {
	s = l.sortForm(s)
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if i < 0 {
		return "#"
	}
	s = s[i:]
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsDigit(r):
		return "#"
	case unicode.Is(unicode.Han, r):
		return l.hanInitial(r)
	case r >= 0xAC00 && r <= 0xD7A3:
		return hangulInitial(r)
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return kanaInitial(r)
	}
	return l.letterInitial(s, r, size)
}

// letterInitial finds the heading among the locale's own, longest first, then
// by the letter without its accents.
func (l *Locale) letterInitial(s string, r rune, size int) string {
	if n := len(s); n > size {
		for _, x := range l.index {
			if len(x) > size && utf8.RuneCountInString(x) > 1 && strings.HasPrefix(s, x) {
				return x
			}
		}
	}
	r = l.upper(r)
	if slices.Contains(l.index, string(r)) {
		return string(r)
	}
	r = l.upper(withoutAccent(r))
	return string(r)
}

func (l *Locale) upper(r rune) rune {
	if l.collator.base == "tr" || l.collator.base == "az" {
		return unicode.TurkishCase.ToUpper(r)
	}
	return unicode.ToUpper(r)
}

// withoutAccent gives the letter below the accents; for Arabic letters the one
// that carries the hamza.
func withoutAccent(r rune) rune {
	switch r {
	case 'ٱ':
		return 'ا'
	case 'ø', 'Ø':
		return 'O'
	case 'ł', 'Ł':
		return 'L'
	case 'đ', 'Đ':
		return 'D'
	case 'æ', 'Æ':
		return 'A'
	case 'œ', 'Œ':
		return 'O'
	case 'ß', 'ẞ':
		return 'S'
	case 'þ', 'Þ':
		return 'T'
	}
	if finals := "ךכםמןנףפץצ"; strings.ContainsRune(finals, r) {
		all := []rune(finals)
		if i := slices.Index(all, r); i%2 == 0 {
			return all[i+1]
		}
		return r
	}
	d := norm.NFKD.String(string(r))
	first, _ := utf8.DecodeRuneInString(d)
	return first
}

// pinyinFirst are the characters that begin each letter of the pinyin order;
// I, U and V begin no syllable.
const pinyinFirst = "阿A八B嚓C咑D妸E发F旮G哈H丌J咔K垃L妈M拏N噢O妑P七Q呥R仨S他T屲W夕X丫Y帀Z"

type pinyinLetter struct {
	key    string
	letter string
}

var pinyinLetters = sync.OnceValue(func() []pinyinLetter {
	c := collate.New(language.MustParse("zh"))
	var b collate.Buffer
	var letters []pinyinLetter
	all := []rune(pinyinFirst)
	for i := 0; i+1 < len(all); i += 2 {
		letters = append(letters, pinyinLetter{string(c.KeyFromString(&b, string(all[i]))), string(all[i+1])})
	}
	return letters
})

func (l *Locale) hanInitial(r rune) string {
	if l.Script != "Hans" {
		return "漢"
	}
	key, found := l.SortKey(string(r))[1:], "" // without the rank of the script
	for _, p := range pinyinLetters() {
		if key < p.key {
			break
		}
		found = p.letter
	}
	return or(found, "漢")
}

// hangulInitial gives the first consonant of a syllable, doubled ones with
// their single.
func hangulInitial(r rune) string {
	return string([]rune("ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ")[(r-0xAC00)/588])
}

// kanaInitial gives the row of a kana.
func kanaInitial(r rune) string {
	if r >= 'ァ' && r <= 'ヶ' {
		r -= 'ァ' - 'ぁ'
	}
	row := "漢"
	for _, first := range []rune("ぁかさたなはまやらわ") {
		if r >= first || first == 'や' && r == 'ゃ' {
			row = string(first)
		}
	}
	if row == "ぁ" {
		return "あ"
	}
	return row
}
