package entity

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"

	"mihbara/generator/lang"
)

// A Sound is a key under which the spellings of a name in several scripts meet:
// its consonants by classes, four bits each, the first eight of them. It is coarser
// than a [Skeleton], which is measured by distance, for it must be the same: w, y, h
// and what stands for them are left out; b p f, g j k q, the sibilants and the
// dentals are one each. A letter that is heard in two ways gives two keys.
type Sound uint32

// soundClasses are the classes in the order of their numbers, from 1.
const soundClasses = "BKSTLMNR"

// Bounds of a key's consonants and of a word's keys.
const (
	mostSounds   = 8
	mostReadings = 6
)

// Len gives the number of consonants.
func (s Sound) Len() int { return (bits.Len32(uint32(s)) + 3) / 4 }

// and gives s with the consonants of classes behind it; one that repeats the last is
// not heard.
func (s Sound) and(classes string) Sound {
	for _, c := range []byte(classes) {
		n := Sound(strings.IndexByte(soundClasses, c) + 1)
		if s&0xF != n && s.Len() < mostSounds {
			s = s<<4 | n
		}
	}
	return s
}

// lettersHeard says what letters are heard as: alternatives parted by bars, the
// likelier first, "-" for nothing. What stands in no line is a vowel. The longest
// letters win; those behind "fr:" are for French alone, and before the common ones;
// # is the end of a word.
const lettersHeard = `
sch tch sh zh ts tz cz sz = S
ch = S|K|-
dj ck qu gh = K
kh w h ugh igh = -
th dh = T
ph = B
ks x = KS
b p f = B
v = -|B
k q c g j = K
ce ci cy s z ş š ž ś ç = S
t d þ ð = T
l = L
m = M
n ñ = N
r = R
fr:ch es:ch = S
fr:t# fr:d# = T|-
fr:s# fr:x# fr:z# = S|-
fr:p# = B|-
es:j = -|K
tr:c az:c kmr:c tr:ce az:ce kmr:ce tr:ci az:ci kmr:ci = K
kmr:x = -

ب پ = B
ف = B|-
ق ك گ غ ج = K
س ص ز ظ ش چ تش تس = S
ژ = K|S
ت د ط ض ث ذ ٹ ڈ ة = T
ة# = -
كس = KS
ل ڵ = L
م = M
ن ں = N
ر ڑ ڕ = R
ڤ = -|B

פ ף = B
ב = B|-
ג ק ז' ג' = K
כ ך = K|-
ז ס צ ץ ש טש תש צ' ץ' = S
ד ט ת = T
ל = L
מ ם = M
נ ן = N
ר = R
קס = KS

б п ф = B
в = -|B
к дж = K
г = K|-
ж = K|S
з с ц ч ш щ тс тч тш = S
т д = T
л = L
м = M
н = N
р = R
кс = KS

β π φ = B
γ κ = K
σ ς ζ = S
τ δ θ = T
ξ = KS
ψ = BS
λ = L
μ = M
ν = N
ρ = R
`

// longestRule is the most letters of a line of [lettersHeard].
const longestRule = 3

// soundRules gives what letters are heard as, those of one language behind its tag
// and a colon.
var soundRules = sync.OnceValue(func() map[string][]string {
	rules := map[string][]string{}
	for line := range strings.Lines(lettersHeard) {
		letters, heard, _ := strings.Cut(strings.TrimSpace(line), " = ")
		for _, l := range strings.Fields(letters) {
			rules[l] = strings.Split(heard, "|")
		}
	}
	return rules
})

// AppendSounds appends the keys of a word in the language t to list, the likeliest
// first. Prefixes of the word are heard as well, but the Arabic article is not.
func AppendSounds(list []Sound, word string, t lang.Tag) []Sound {
	own := string(base(t))
	letters := soundLetters(word, t)
	if rest, found := strings.CutPrefix(letters, "ال"); found && len(rest) >= 2*len("ا") && (own == "ar" || own == "ur") {
		letters = rest
	}
	readings := make([]Sound, 1, mostReadings)
	for letters += "#"; letters != "#"; {
		heard, n := soundAt(letters, own)
		readings = branched(readings, heard)
		letters = letters[n:]
	}
	for _, r := range readings {
		if !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

// soundAt gives what the first letters are heard as, and how many bytes these are.
func soundAt(letters, own string) (heard []string, size int) {
	ends := make([]int, 0, longestRule)
	for i := range letters {
		if i > 0 {
			ends = append(ends, i)
		}
		if len(ends) == longestRule {
			break
		}
	}
	if len(ends) < longestRule {
		ends = append(ends, len(letters))
	}
	rules := soundRules()
	for _, end := range slices.Backward(ends) {
		heard := rules[own+":"+letters[:end]]
		if heard == nil {
			heard = rules[letters[:end]]
		}
		if heard != nil {
			return heard, len(strings.TrimSuffix(letters[:end], "#"))
		}
	}
	return nil, ends[0]
}

// branched adds what was heard to all readings; a second way to hear it doubles
// them, unless there are too many.
func branched(readings []Sound, heard []string) []Sound {
	n := len(readings)
	for _, h := range heard[min(1, len(heard)):] {
		for _, r := range readings[:n] {
			if len(readings) < mostReadings {
				readings = append(readings, r.and(strings.Trim(h, "-")))
			}
		}
	}
	if len(heard) > 0 {
		for i := range n {
			readings[i] = readings[i].and(strings.Trim(heard[0], "-"))
		}
	}
	return readings
}

// heardApart are letters that a light key takes for others and that are not heard
// like these.
const heardApart = "çşšžśñ"

// soundLetters gives the letters of a word for soundAt: small, without accents that
// say nothing, apostrophes only behind a Hebrew letter.
func soundLetters(word string, t lang.Tag) string {
	var b strings.Builder
	b.Grow(len(word) + 1)
	last := rune(0)
	for _, r := range lang.Normal(word) {
		r = unicode.ToLower(r)
		switch {
		case strings.ContainsRune(heardApart, r):
			if base(t) == "fr" && r == 'ç' {
				r = 's'
			} else if r == 'ç' {
				r = 'ş'
			}
			b.WriteRune(r)
		case r == '\'' || r == '’' || r == '׳':
			if 0x5D0 <= last && last <= 0x5EA {
				b.WriteByte('\'')
			}
		case unicode.IsLetter(r):
			b.WriteString(lang.Light(string(r), t))
		}
		last = r
	}
	return b.String()
}
