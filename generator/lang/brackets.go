package lang

import (
	"sync"

	"golang.org/x/text/unicode/bidi"
)

// bracketPairs are the brackets of BidiBrackets.txt (Unicode 15, unchanged in
// 17), each opening one before the one that closes it.
const bracketPairs = "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋\u2329\u232A❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜" +
	"\u3008\u3009《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"

// A bracket is what pairs with it.
type bracket struct {
	closing rune // canonical, the same for both of a pair
	opens   bool
}

var brackets = sync.OnceValue(func() map[rune]bracket {
	m := map[rune]bracket{}
	runes := []rune(bracketPairs)
	for i := 0; i+1 < len(runes); i += 2 {
		closing := runes[i+1]
		if closing == 0x232A { // canonically equivalent to 〉, so that one closes the other
			closing = 0x3009
		}
		m[runes[i]], m[runes[i+1]] = bracket{closing, true}, bracket{closing, false}
	}
	return m
})

// maxBrackets is how many brackets may be open at once; beyond that none of the
// sequence pairs (BD16).
const maxBrackets = 63

// A pair is where two brackets stand in a sequence.
type pair struct{ open, close int }

// pairs gives the pairs of brackets in the order of their opening ones (BD16).
// Only neutral ones count: an override may have given others a direction.
func (s *sequence) pairs() []pair {
	var open []pair // close is of no meaning
	var list []pair
	table := brackets()
	for k, i := range s.at {
		if s.classes[k] != bidi.ON {
			continue
		}
		b, ok := table[s.p.runes[i]]
		switch {
		case !ok:
		case b.opens:
			if len(open) == maxBrackets {
				return nil
			}
			open = append(open, pair{open: k})
		default:
			for n := len(open) - 1; n >= 0; n-- {
				if table[s.p.runes[s.at[open[n].open]]].closing == b.closing {
					list = append(list, pair{open[n].open, k})
					open = open[:n]
					break
				}
			}
		}
	}
	return inOrder(list)
}

// inOrder sorts pairs by their opening bracket; they come sorted by their
// closing one, and are few.
func inOrder(list []pair) []pair {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].open < list[j-1].open; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

// brackets gives both of a pair the same direction: that of the sequence if
// something inside has it, else that of what is inside if what stands before
// has it too (N0).
func (s *sequence) brackets() {
	embedding := directionAt(s.level)
	for _, b := range s.pairs() {
		inside := bidi.ON
		for k := b.open + 1; k < b.close && inside != embedding; k++ {
			if d := strongOf(s.classes[k]); d != bidi.ON {
				inside = d
			}
		}
		switch inside {
		case bidi.ON:
			continue
		case embedding:
			s.setBracket(b.open, embedding)
			s.setBracket(b.close, embedding)
		default:
			to := embedding
			if s.strongBefore(b.open) == inside {
				to = inside
			}
			s.setBracket(b.open, to)
			s.setBracket(b.close, to)
		}
	}
}

// strongBefore gives the last direction before k.
func (s *sequence) strongBefore(k int) bidi.Class {
	for k--; k >= 0; k-- {
		if d := strongOf(s.classes[k]); d != bidi.ON {
			return d
		}
	}
	return s.sos
}

// setBracket gives a bracket a direction, and the marks that stand on it.
func (s *sequence) setBracket(k int, to bidi.Class) {
	s.classes[k] = to
	for k++; k < len(s.at) && s.p.classes[s.at[k]] == bidi.NSM; k++ {
		s.classes[k] = to
	}
}
