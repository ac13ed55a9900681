package entity

import (
	"strings"
	"unicode"

	"mihbara/generator/lang"
)

// A Skeleton is what a name sounds like, in any script: a letter for each class
// of consonants, w and y for what is a consonant in one spelling and a vowel in
// another. Classes follow Freeman, Condon and Ackerman (NAACL 2006), who compare
// Arabic and English names by classes of letters that stand for each other:
//
//	B  b p f v, ب ف, Б В П Ф
//	K  k g q j, ق ك ج غ
//	S  s sh z th, س ش ص ز
//	T  t d, ت د ط
//	H  kh h, خ ح ه
//	L M N R
type Skeleton string

// soundsOf are the letters of a class; a letter of none is not heard. Where two
// languages hear a letter differently (Persian ض is z, Arabic ض is d) the one of
// more news stands.
const soundsOf = `
B bpfv بپفڤ בפף бпфв βπφ
K kgqjc قكکگجغ גקכך гк γκξ
S szx سشصزثذظژچ זסצץש жзсцчшщ σςζψ
T td تدطضةٹڈ דטת дт δτθ
H h خحهھہە ח х χ
L l ل ל л λ
M m م מם м μ
N n نںڻ נן н ν
R r رڑ ר рρ
w ouw وۆۇ ו оую ουω
y iy يیىې י иыйї ηι
`

// digraphs are pairs of Latin letters that stand for one sound.
var digraphs = map[string]byte{"sh": 'S', "ch": 'S', "th": 'S', "kh": 'H', "gh": 'K', "dj": 'K', "ph": 'B', "ck": 'K', "zh": 'S'}

// Skeletons makes skeletons; the zero value is not ready, see [NewSkeletons].
type Skeletons struct{ sounds map[rune]byte }

// NewSkeletons gives what makes skeletons.
func NewSkeletons() *Skeletons {
	s := &Skeletons{map[rune]byte{}}
	for line := range strings.Lines(strings.TrimSpace(soundsOf)) {
		for _, r := range line[1:] {
			if !unicode.IsSpace(r) {
				s.sounds[r] = line[0]
			}
		}
	}
	return s
}

// Of gives the skeleton of a name. Articles (ال, al-, el-) and an h at the end of
// a word are not heard, nor that a letter is doubled.
func (s *Skeletons) Of(name string, t lang.Tag) Skeleton {
	var b []byte
	for _, w := range lang.Words(name) {
		b = s.word(b, lang.Light(name[w.Start:w.End], t))
	}
	return Skeleton(b)
}

func (s *Skeletons) word(b []byte, word string) []byte {
	switch word {
	case "al", "el", "ul", "the":
		return b
	}
	if rest := strings.TrimPrefix(word, "ال"); len(rest) >= 2*len("ا") {
		word = rest
	}
	letters := []rune(word)
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		if i > 0 && r == letters[i-1] {
			continue
		}
		sound := s.sounds[r]
		if i+1 < len(letters) && r < unicode.MaxASCII {
			if c := digraphs[string(letters[i:i+2])]; c != 0 {
				sound = c
				i++
			} else if r == 'c' && strings.ContainsRune("eiy", letters[i+1]) {
				sound = 'S'
			}
		}
		last := i == len(letters)-1
		if sound == 0 || last && i > 0 && (sound == 'H' && r != 'خ' && r != 'ح' || r == 'ة') {
			continue
		}
		b = append(b, sound)
	}
	return b
}

// Heard is how many consonants the skeleton has.
func (k Skeleton) Heard() (n int) {
	for i := range len(k) {
		if k[i] != 'w' && k[i] != 'y' {
			n++
		}
	}
	return n
}

// Weights of the distance, in tenths of a consonant.
const (
	soundWeight = 10
	glideWeight = 3 // w and y, which many spellings leave out
)

func soundCost(c byte) int {
	if c == 'w' || c == 'y' {
		return glideWeight
	}
	return soundWeight
}

// kindred are classes that stand for each other at times.
func kindred(a, b byte) int {
	switch string([]byte{min(a, b), max(a, b)}) {
	case "Bw", "wy":
		return glideWeight
	case "ST", "HK", "KS":
		return soundWeight / 2
	}
	return soundWeight
}

// Distance compares two skeletons by weighted edits: 0 for the same, 100 for
// nothing in common. Up to 25 two names of one type may be one; it is never
// proof.
func (k Skeleton) Distance(o Skeleton) int {
	whole := max(k.weight(), o.weight())
	if whole == 0 {
		return 100
	}
	row := make([]int, len(o)+1)
	for j := range len(o) {
		row[j+1] = row[j] + soundCost(o[j])
	}
	for i := range len(k) {
		diagonal := row[0]
		row[0] += soundCost(k[i])
		for j := range len(o) {
			change := diagonal
			if k[i] != o[j] {
				change += kindred(k[i], o[j])
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+soundCost(o[j]), diagonal+soundCost(k[i]))
		}
	}
	return min(100, 100*row[len(o)]/whole)
}

func (k Skeleton) weight() (sum int) {
	for i := range len(k) {
		sum += soundCost(k[i])
	}
	return sum
}
