package archive

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// A number is one that a text writes in digits: significant times ten to the power
// of exponent, without zeros at the end of significant.
type number struct {
	significant uint64
	exponent    int
}

// mostDigits is how many digits a number may have to be one: what has more is a
// telephone number or an account.
const mostDigits = 15

// multipliers are words behind a number that make it larger, by language, with the
// power of ten; "*" stands for any ending.
const multipliers = `
en thousand 3 k 3 million 6 m 6 mn 6 billion 9 bn 9 trillion 12 lakh 5 crore 7
ar الف 3 الاف 3 مليون 6 مليوني 6 ملايين 6 مليار 9 مليارات 9 تريليون 12
fa هزار 3 ميليون 6 ميليارد 9 تريليون 12
ur هزار 3 لاكه 5 ملين 6 كروڑ 7 ارب 9 كهرب 11
he אלף 3 אלפי 3 מיליון 6 מיליוני 6 מיליארד 9 מיליארדי 9
fr mille 3 million 6 millions 6 milliard 9 milliards 9
es mil 3 millon 6 millones 6 billon 12
ru тыс 3 тысяч* 3 млн 6 миллион* 6 млрд 9 миллиард* 9
tr bin 3 milyon* 6 milyar* 9
de tausend 3 million 6 millionen 6 mio 6 milliarde 9 milliarden 9 mrd 9
ckb هزار 3 مليۆن 6 مليار 9
kmr hezar 3 milyon 6 milyar 9
zh 百 2 千 3 万 4 亿 8
`

// powers are the powers of ten of the multipliers of one language, by word and by
// the beginning of a word.
type powers struct{ words, beginnings map[string]int }

var multiplying = sync.OnceValue(func() map[string]powers {
	m := map[string]powers{}
	for line := range strings.Lines(strings.TrimSpace(multipliers)) {
		f := strings.Fields(line)
		of := powers{map[string]int{}, map[string]int{}}
		for i := 1; i+1 < len(f); i += 2 {
			power := int(f[i+1][0] - '0')
			if len(f[i+1]) == 2 {
				power = 10 + int(f[i+1][1]-'0')
			}
			if beginning, ok := strings.CutSuffix(f[i], "*"); ok {
				of.beginnings[beginning] = power
			} else {
				of.words[f[i]] = power
			}
		}
		m[f[0]] = of
	}
	return m
})

// multiplier gives the power of ten that a word stands for, 0 for none.
func multiplier(word, base string, t lang.Tag) int {
	of, ok := multiplying()[base]
	if !ok {
		return 0
	}
	key := lang.Light(word, t)
	if n := of.words[key]; n > 0 {
		return n
	}
	for stem := key; len(stem) > 3 && len(of.beginnings) > 0; {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
		if n := of.beginnings[stem]; n > 0 {
			return n
		}
	}
	return 0
}

// numberIn reads the number with which a word begins, in any digits; rest is what
// stands behind it. ok is false for what is no number, such as a version.
func numberIn(word string) (n number, rest string, ok bool) {
	digits, groups, end := make([]byte, 0, mostDigits), []int{}, 0
	for i, r := range word {
		if d, is := digit(r); is {
			digits = append(digits, d)
			end = i + utf8.RuneLen(r)
			continue
		}
		if !parting(r) {
			break
		}
		groups = append(groups, len(digits))
	}
	for len(groups) > 0 && groups[len(groups)-1] == len(digits) {
		groups = groups[:len(groups)-1]
	}
	if len(digits) == 0 || len(digits) > mostDigits {
		return n, "", false
	}
	fraction, ok := fractionDigits(digits, groups)
	for _, d := range digits {
		n.significant = n.significant*10 + uint64(d)
	}
	n.exponent = -fraction
	return n.reduced(), word[end:], ok
}

// fractionDigits tells thousands from a fraction: groups of three are thousands,
// whatever parts them.
func fractionDigits(digits []byte, groups []int) (n int, ok bool) {
	if len(groups) == 0 {
		return 0, true
	}
	thousands := groups[0] <= 3 && digits[0] != 0
	for i, g := range groups {
		end := len(digits)
		if i+1 < len(groups) {
			end = groups[i+1]
		}
		thousands = thousands && end-g == 3
	}
	if thousands {
		return 0, true
	}
	return len(digits) - groups[0], len(groups) == 1
}

func digit(r rune) (byte, bool) {
	switch {
	case '0' <= r && r <= '9':
		return byte(r - '0'), true
	case 0x660 <= r && r <= 0x669:
		return byte(r - 0x660), true
	case 0x6F0 <= r && r <= 0x6F9:
		return byte(r - 0x6F0), true
	case 0x966 <= r && r <= 0x96F:
		return byte(r - 0x966), true
	case 0x9E6 <= r && r <= 0x9EF:
		return byte(r - 0x9E6), true
	}
	return 0, false
}

// parting says whether r parts the thousands of a number or its fraction.
func parting(r rune) bool {
	return r == ',' || r == '.' || r == '٬' || r == '٫' || r == '’' || r == '\'' || r == 0xA0 || r == 0x202F
}

func (n number) reduced() number {
	for n.significant > 0 && n.significant%10 == 0 {
		n.significant /= 10
		n.exponent++
	}
	return n
}

func (n number) times(power int) number {
	n.exponent += power
	return n
}

// significantDigits and wholeDigits count digits: 1, 0, 0 has one of three.
func (n number) significantDigits() (count int) {
	for s := n.significant; s > 0; s /= 10 {
		count++
	}
	return count
}

func (n number) wholeDigits() int { return n.significantDigits() + n.exponent }

func (n number) hash() uint64 { return mix(n.significant ^ mix(uint64(n.exponent+64))) }

// whole gives the number if it is a whole one and small.
func (n number) whole() (v uint64, ok bool) {
	if n.exponent < 0 || n.wholeDigits() > 4 {
		return 0, false
	}
	v = n.significant
	for range n.exponent {
		v *= 10
	}
	return v, true
}

// Numbers that many texts hold: those up to a dozen are often written in words,
// and years stand everywhere.
const (
	fewestCounted = 13
	firstYear     = 1900
	lastYear      = 2049
)

// numberWeights are by how many digits a number has (2, 3, 4, 5 and more) and how
// many of them are significant (1, 2, 3 and more).
var numberWeights = [...][3]int{{2, 7, 7}, {5, 10, 14}, {8, 16, 22}, {12, 20, heaviest}}

// weight gives what a number weighs in quarters of a bit, see [Term].
func (n number) weight() int {
	if n.significant == 0 {
		return 0
	}
	significant := min(n.significantDigits(), 3)
	if v, ok := n.whole(); ok {
		switch {
		case v < fewestCounted:
			return 0
		case v >= firstYear && v <= lastYear:
			return bit
		}
	}
	if n.exponent < 0 {
		return [...]int{0, 12, 20}[significant-1] // 1.5, 12.75
	}
	digits := min(n.wholeDigits(), len(numberWeights)+1)
	return numberWeights[digits-2][significant-1]
}

// isDigit says whether a word begins with a digit.
func isDigit(word string) bool {
	if word[0] < utf8.RuneSelf {
		return '0' <= word[0] && word[0] <= '9'
	}
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(r)
}
