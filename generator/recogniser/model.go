package recogniser

import "mihbara/generator/lang"

// A Model is what was learnt of one language. It does not change.
type Model struct {
	Language lang.Tag
	speller  *speller
	rows     []int8 // rows of 8: feature h has row h mod their number
	pairs    [2]pairTable
	moves    *moveTable
	file     *weightFile
}

// A pairTable scores two neighbours by their classes: the word and the one
// before it, or the word and the one after.
type pairTable [classes * classes]vector

// A moveTable scores a label behind another one. By the class of the word:
// "of" goes on with a name where a comma ends one. Entries are eight times the
// score plus the label before, see decoder.step.
type moveTable [classes][labels][8]int

// word works out what the model says of a word.
func (m *Model) word(text string, hash uint64, s *spelling) *word {
	w := &word{text: text, hash: hash, class: s.class, keys: s.keys}
	mask := uint64(len(m.rows)/8 - 1)
	for r := range s.features {
		var sum [labels]int32
		for _, h := range s.features[r] {
			row := m.rows[h&mask*8:][:labels]
			for l, x := range row {
				sum[l] += int32(x)
			}
		}
		w.roles[r] = newVector(&sum)
	}
	return w
}

// newMoves gives the table of moves from plain scores, by class, label and the
// label before.
func newMoves(plain *[classes][labels][labels]int16) *moveTable {
	t := &moveTable{}
	for c := range plain {
		for l := range label(labels) {
			for b := range label(labels) {
				score := int(plain[c][l][b])
				if !mayFollow(b, l) {
					score = never
				}
				t[c][l][b] = 8*score + int(b)
			}
		}
	}
	return t
}

// never is the score of what cannot be.
const never = -1 << 32
