package recogniser

// liftOfSum is what the lanes of a sum of the seven vectors of a token are
// raised by.
const liftOfSum = 7 * lift

// label gives each token its label: those of the best sequence, by Viterbi's
// algorithm.
func (m *Model) label(s *scratch) {
	n := len(s.tokens)
	s.back = grown(s.back, n)
	s.labels = grown(s.labels, n)
	v := viterbi{}
	v.start()
	for i := range s.tokens {
		e := m.sum(s.tokens, i)
		v.step(&m.moves[s.tokens[i].word.class], &e, &s.back[i])
	}
	v.trace(s.back, s.labels)
}

// grown gives a slice of n elements, list itself where it is large enough.
func grown[T any](list []T, n int) []T {
	if cap(list) >= n {
		return list[:n]
	}
	return make([]T, n, n+n/2)
}

// sum gives the scores of the labels of token i, times eight.
func (m *Model) sum(tokens []token, i int) [8]int {
	w := tokens[i].word
	v := w.roles[itself]
	if i > 0 {
		b := tokens[i-1].word
		v = v.plus(&b.roles[before]).plus(&m.pairs[0][int(b.class)*classes+int(w.class)])
	}
	if i+1 < len(tokens) {
		a := tokens[i+1].word
		v = v.plus(&a.roles[after]).plus(&m.pairs[1][int(w.class)*classes+int(a.class)])
	}
	return v.plus(far(tokens, i-2, twoBefore)).plus(far(tokens, i+2, twoAfter)).scores(i > 0, i+1 < len(tokens))
}

var nothing vector = newVector(&[labels]int32{})

// far gives what token i says of one that is two away, nothing if there is none.
func far(tokens []token, i int, r role) *vector {
	if i < 0 || i >= len(tokens) {
		return &nothing
	}
	return &tokens[i].word.roles[r]
}

func (v vector) plus(w *vector) vector { return vector{v[0] + w[0], v[1] + w[1]} }

// scores unpacks a sum, times eight. At the ends of a text two vectors fewer
// were summed.
func (v vector) scores(hasBefore, hasAfter bool) (e [8]int) {
	down := liftOfSum
	if !hasBefore {
		down -= 2 * lift
	}
	if !hasAfter {
		down -= 2 * lift
	}
	for l := range labels {
		e[l] = (int(v[l/4]>>(16*(l%4))&0xFFFF) - down) * 8
	}
	return e
}

// A viterbi holds the score of the best sequence that ends in each label, times
// eight: the three bits below say which label stood before it, so that one
// comparison chooses both.
type viterbi struct{ best [8]int }

func (v *viterbi) start() {
	for l := range v.best {
		v.best[l] = 8 * never
	}
	v.best[outside] = 0
}

// step goes on by one token: its moves and scores in, for each label the one
// before it out.
func (v *viterbi) step(moves *[labels][8]int, scores *[8]int, back *[8]label) {
	p := v.best
	for _, l := range [...]label{outside, beginPerson, beginPlace, beginOrganisation} {
		m := &moves[l]
		x := max(p[0]+m[0], p[1]+m[1], p[2]+m[2], p[3]+m[3], p[4]+m[4], p[5]+m[5], p[6]+m[6])
		back[l] = label(x & 7)
		v.best[l] = x&^7 + scores[l]
	}
	for _, l := range [...]label{insidePerson, insidePlace, insideOrganisation} {
		x := max(p[l-1]+moves[l][l-1], p[l]+moves[l][l])
		back[l] = label(x & 7)
		v.best[l] = x&^7 + scores[l]
	}
}

// trace follows the best sequence back from its end.
func (v *viterbi) trace(back [][8]label, list []label) {
	last := outside
	for l := range label(labels) {
		if v.best[l] > v.best[last] {
			last = l
		}
	}
	for i := len(back) - 1; i >= 0; i-- {
		list[i] = last
		last = back[i][last]
	}
}
