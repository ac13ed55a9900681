package recogniser

import (
	"cmp"

	"mihbara/generator/lang"
)

// Options of training. They are part of what a weight file says: [Languages]
// holds those that were chosen on held-back text.
type Options struct {
	Runs   int // whose weights are averaged, each with the sentences in another order; 0: one
	Rounds int // over the text
	Bits   int // the weights have 1<<Bits rows
	Margin int // by which the right label must lead
	Miss   int // what it costs more to take a name for none
	Scale  int // of the weights that are kept, as 16ths
	Eager  int // what is taken off the score of "no name", for more recall
}

// Train makes a model from annotated text: an averaged structured perceptron.
// All of it is whole numbers, and the order of sentences is shuffled by a hash:
// the same text gives the same model everywhere.
func Train(t lang.Tag, documents []Document, o Options) *Model {
	tr := newTrainer(t, documents, o)
	for run := range max(1, o.Runs) {
		tr.begin()
		for round := range o.Rounds {
			tr.shuffle(uint64(run*o.Rounds + round))
			for _, s := range tr.sentences {
				tr.learn(s)
			}
		}
		tr.end()
	}
	return tr.model()
}

// begin forgets what was learnt before.
func (tr *trainer) begin() {
	tr.count = 0
	for _, w := range tr.tables() {
		clear(w.now)
		clear(w.past)
	}
}

// end adds the averages of a run, as 256ths of 16ths, to the sums of all runs.
func (tr *trainer) end() {
	for _, w := range tr.tables() {
		for i := range w.now {
			for l := range w.now[i] {
				w.sum[i][l] += (int64(w.now[i][l])*tr.count - w.past[i][l]) * 256 / max(1, tr.count)
			}
		}
	}
}

func (tr *trainer) tables() []*weights { return []*weights{&tr.rows, &tr.pairs, &tr.moves} }

// A trainer holds weights as they change. Behind each table of weights stands
// one of the same size that sums each change times the number of the sentence
// that made it, for the average.
type trainer struct {
	Options
	tag       lang.Tag
	sentences []*sample
	rows      weights
	pairs     weights
	moves     weights
	count     int64 // sentences learnt
	work      sampleScratch
}

// A weights is a table of rows of eight.
type weights struct {
	now  [][8]int32
	past [][8]int64
	sum  [][8]int64 // of the averages of all runs
}

func newWeights(n int) weights {
	return weights{make([][8]int32, n), make([][8]int64, n), make([][8]int64, n)}
}

// change moves weight from one label to another.
func (w *weights) change(row int, right, wrong label, at int64) {
	w.now[row][right]++
	w.now[row][wrong]--
	w.past[row][right] += at
	w.past[row][wrong] -= at
}

// A sample is a sentence ready to be learnt.
type sample struct {
	words []*lesson
	gold  []label
}

// A lesson is a word as rows of weights.
type lesson struct {
	rows  [roles][]int32
	class class
}

type sampleScratch struct {
	scores [][8]int
	back   [][8]label
	got    []label
	table  [labels][8]int
}

func newTrainer(t lang.Tag, documents []Document, o Options) *trainer {
	tr := &trainer{Options: o, tag: t, rows: newWeights(1 << o.Bits),
		pairs: newWeights(2 * classes * classes), moves: newWeights(classes * labels)}
	readers := map[lang.Tag]*reader{}
	for i := range documents {
		l := cmp.Or(documents[i].Language, t)
		if readers[l] == nil {
			readers[l] = tr.newReader(l)
		}
		for _, d := range documents[i].Sentences() {
			if x := readers[l].sample(&d); x != nil {
				tr.sentences = append(tr.sentences, x)
			}
		}
	}
	return tr
}

// A reader makes samples of the sentences of one language.
type reader struct {
	*trainer
	speller *speller
	words   *vocabulary
	lessons map[*word]*lesson
	scratch scratch
}

func (tr *trainer) newReader(t lang.Tag) *reader {
	sp := spellerOf(tr.tag, t)
	r := &reader{trainer: tr, speller: sp, lessons: map[*word]*lesson{},
		words: newVocabulary(&Model{Language: t, speller: sp, rows: make([]int8, 8)}, 1<<30)}
	for m := range r.words.marks {
		r.lessons[r.words.marks[m]] = tr.lesson(spellMark(mark(m)))
	}
	return r
}

// sample makes a sentence ready to be learnt, nil if it has no words.
func (r *reader) sample(d *Document) *sample {
	s := &r.scratch
	s.tokenise(d.Text, lang.Words(d.Text), r.words)
	if len(s.tokens) == 2 {
		return nil
	}
	x := &sample{gold: goldLabels(s.tokens, d.Names)}
	for _, tk := range s.tokens {
		if r.lessons[tk.word] == nil {
			r.lessons[tk.word] = r.lesson(r.speller.spell(tk.word.text))
		}
		x.words = append(x.words, r.lessons[tk.word])
	}
	return x
}

func (tr *trainer) lesson(s *spelling) *lesson {
	l := &lesson{class: s.class}
	for r := range s.features {
		for _, h := range s.features[r] {
			l.rows[r] = append(l.rows[r], int32(h&(1<<tr.Bits-1)))
		}
	}
	return l
}

// goldLabels gives the labels of tokens in which names stand. A mark belongs to
// a name if words of it stand on both sides.
func goldLabels(tokens []token, names []Name) []label {
	list := make([]label, len(tokens))
	for _, n := range names {
		k := kindOfType(n.Type)
		first, last := -1, -1
		for i, tk := range tokens {
			if tk.word.text != "" && int(tk.start) >= n.Start && int(tk.end) <= n.End {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if first < 0 {
			continue
		}
		list[first] = beginOf(k)
		for i := first + 1; i <= last; i++ {
			list[i] = insideOf(k)
		}
	}
	return list
}

// shuffle orders the sentences by a hash of round and place.
func (tr *trainer) shuffle(round uint64) {
	h := mix(hashStart, round)
	for i := len(tr.sentences) - 1; i > 0; i-- {
		h = mix(h, uint64(i))
		j := int(h % uint64(i+1))
		tr.sentences[i], tr.sentences[j] = tr.sentences[j], tr.sentences[i]
	}
}

// learn labels a sentence and, where a wrong labelling comes too close to the
// right one, moves weight from it.
func (tr *trainer) learn(x *sample) {
	tr.count++
	got := tr.guess(x)
	for i, right := range x.gold {
		wrong := got[i]
		if right != wrong {
			tr.correct(x, i, right, wrong)
		}
		if i == 0 {
			continue
		}
		if b, w := x.gold[i-1], got[i-1]; right != wrong || b != w {
			base := int(x.words[i].class) * labels
			tr.moves.now[base+int(right)][b]++
			tr.moves.past[base+int(right)][b] += tr.count
			tr.moves.now[base+int(wrong)][w]--
			tr.moves.past[base+int(wrong)][w] -= tr.count
		}
	}
}

// correct moves the weights of all features of a token.
func (tr *trainer) correct(x *sample, i int, right, wrong label) {
	for r, j := range [roles]int{i, i - 1, i + 1, i - 2, i + 2} {
		if j < 0 || j >= len(x.words) {
			continue
		}
		for _, row := range x.words[j].rows[r] {
			tr.rows.change(int(row), right, wrong, tr.count)
		}
	}
	if i > 0 {
		tr.pairs.change(pairRow(0, x.words[i-1].class, x.words[i].class), right, wrong, tr.count)
	}
	if i+1 < len(x.words) {
		tr.pairs.change(pairRow(1, x.words[i].class, x.words[i+1].class), right, wrong, tr.count)
	}
}

func pairRow(side int, a, b class) int { return (side*classes+int(a))*classes + int(b) }

// guess gives the best labels of a sentence when the wrong ones get a start.
func (tr *trainer) guess(x *sample) []label {
	n := len(x.words)
	w := &tr.work
	w.back, w.got = grown(w.back, n), grown(w.got, n)
	v := viterbi{}
	v.start()
	for i := range x.words {
		scores := tr.scores(x, i)
		for l := range label(labels) {
			if l != x.gold[i] {
				scores[l] += tr.Margin
				if l == outside {
					scores[l] += tr.Miss
				}
			}
			scores[l] *= 8
		}
		tr.movesOf(x.words[i].class)
		v.step(&w.table, &scores, &w.back[i])
	}
	v.trace(w.back, w.got)
	return w.got
}

func (tr *trainer) scores(x *sample, i int) (e [8]int) {
	for r, j := range [roles]int{i, i - 1, i + 1, i - 2, i + 2} {
		if j < 0 || j >= len(x.words) {
			continue
		}
		for _, row := range x.words[j].rows[r] {
			addRow(&e, &tr.rows.now[row])
		}
	}
	if i > 0 {
		addRow(&e, &tr.pairs.now[pairRow(0, x.words[i-1].class, x.words[i].class)])
	}
	if i+1 < len(x.words) {
		addRow(&e, &tr.pairs.now[pairRow(1, x.words[i].class, x.words[i+1].class)])
	}
	return e
}

func addRow(e *[8]int, row *[8]int32) {
	for l := range labels {
		e[l] += int(row[l])
	}
}

// movesOf writes the moves of a class as [viterbi.step] takes them.
func (tr *trainer) movesOf(c class) {
	for l := range label(labels) {
		row := &tr.moves.now[int(c)*labels+int(l)]
		for b := range label(labels) {
			score := int(row[b])
			if !mayFollow(b, l) {
				score = never
			}
			tr.work.table[l][b] = 8*score + int(b)
		}
	}
}

// model gives the averaged weights as a model.
func (tr *trainer) model() *Model {
	f := &weightFile{rows: make([]int8, 8<<tr.Bits)}
	for i := range tr.rows.now {
		for l := range labels {
			f.rows[8*i+l] = int8(max(-127, min(127, tr.average(&tr.rows, i, l))))
		}
	}
	for i := range tr.pairs.now {
		for l := range labels {
			f.pairs[i][l] = int16(tr.average(&tr.pairs, i, l))
		}
	}
	for c := range classes {
		for l := range labels {
			for b := range labels {
				x := tr.average(&tr.moves, c*labels+l, b)
				if label(l) == outside {
					x -= tr.Eager
				}
				f.moves[c][l][b] = int16(x)
			}
		}
	}
	return f.model(tr.tag)
}

// average gives the average of a weight over all sentences learnt, scaled and
// rounded.
func (tr *trainer) average(w *weights, row, lane int) int {
	n := int64(256 * max(1, tr.Runs))
	sum := w.sum[row][lane] * int64(tr.Scale)
	if sum < 0 {
		return -int((-sum + 8*n) / (16 * n))
	}
	return int((sum + 8*n) / (16 * n))
}
