package main

import (
	"fmt"
	"io"
	"math/bits"
	"math/rand/v2"
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// six are the languages in which most is asked.
var six = [...]lang.Tag{"ar", "en", "fa", "he", "ur", "fr"}

// firstInstant and week say when the articles are dated: all in one week.
const (
	firstInstant = 1_700_000_000
	week         = 7 * 24 * 3600
)

// A newsroom answers archive.Relate from memory.
type newsroom struct {
	reports []*report // by the number of an article
	rows    map[archive.Term][]archive.Neighbour
}

// Before answers [archive.Neighbourhood]: nothing is asked of tags and names.
func (n *newsroom) Before(list []archive.Neighbour, _ archive.Topic, _ lang.Tag, _ string, _ int) ([]archive.Neighbour, int) {
	return list, 0
}

// Earliest answers [archive.Neighbourhood].
func (n *newsroom) Earliest(archive.Band, string) (archive.Neighbour, archive.Sketch, bool) {
	return archive.Neighbour{}, nil, false
}

// Terms answers [archive.Neighbourhood].
func (n *newsroom) Terms(id article.ID) archive.Terms { return n.reports[number(id)].terms }

// Sharing answers [archive.Neighbourhood].
func (n *newsroom) Sharing(list []archive.Neighbour, x archive.Term, from, to string, limit int) ([]archive.Neighbour, int) {
	found := 0
	for _, row := range slices.Backward(n.rows[x]) {
		if row.Sort < from || row.Sort >= to {
			continue
		}
		if found < limit {
			list = append(list, row)
		}
		found++
	}
	return list, bits.Len(uint(found))
}

func idOf(i int) article.ID { return article.ID(fmt.Sprintf("%06d", i)) }

func number(id article.ID) (i int) {
	_, _ = fmt.Sscanf(string(id), "%d", &i)
	return i
}

// judge gives the articles names and dates at random, files them in their order and
// looks at what each continues.
func judge(corpus []*report, seed uint64) (v verdict) {
	r := rand.New(rand.NewPCG(seed, 11))
	reports := slices.Clone(corpus)
	r.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
	dates := make([]int64, len(reports))
	for i := range dates {
		dates[i] = firstInstant + r.Int64N(week)
	}
	slices.Sort(dates)
	n := &newsroom{reports, map[archive.Term][]archive.Neighbour{}}
	story := make([]int, len(reports)) // the first article of its story
	for i, x := range reports {
		card := article.Card{ID: idOf(i), Language: x.language, Published: article.Moment{Unix: dates[i], Set: true}}
		links := archive.Relate(n, archive.Place{Card: card}, nil, x.terms, archive.Options{NoAbroad: true, NoDuplicates: true})
		var parent *report
		story[i] = i
		if links.Parent != "" {
			parent, story[i] = reports[number(links.Parent)], story[number(links.Parent)]
		}
		v.link(x, parent, reports[:i])
		row := archive.Neighbour{ID: card.ID, Number: uint32(i), Sort: archive.Sort(card), Language: x.language}
		for _, t := range append(x.terms.Leading(), archive.AnyTerm) {
			n.rows[t] = append(n.rows[t], row)
		}
	}
	v.pairs(reports, story)
	return v
}

// A share is how many of some were right.
type share struct{ right, of int }

func (s *share) count(right bool) {
	s.of++
	if right {
		s.right++
	}
}

func (s *share) add(t share) { s.right, s.of = s.right+t.right, s.of+t.of }

func (s share) String() string {
	return fmt.Sprintf("%.3f (%d of %d)", float64(s.right)/float64(max(1, s.of)), s.right, s.of)
}

// A verdict is how well stories were found.
type verdict struct {
	document, event    share            // links between languages: to the same report, to one on the same event
	parallel           share            // those from parallel articles, to the same event
	own                share            // links within a language, to the same event
	inSix, inTwelve    share            // articles with an earlier one of their document in another language: found
	pairsSix, pairsAll share            // pairs of one document in two languages: in one story
	wrong, missed      []string         // for a look
	missedIn           map[lang.Tag]int // by language
}

func (v *verdict) add(w verdict) {
	for _, x := range []struct{ to, from *share }{{&v.document, &w.document}, {&v.event, &w.event}, {&v.parallel, &w.parallel}, {&v.own, &w.own},
		{&v.inSix, &w.inSix}, {&v.inTwelve, &w.inTwelve}, {&v.pairsSix, &w.pairsSix}, {&v.pairsAll, &w.pairsAll}} {
		x.to.add(*x.from)
	}
	v.wrong, v.missed = append(v.wrong, w.wrong...), append(v.missed, w.missed...)
	for t, n := range w.missedIn {
		v.miss(t, n)
	}
}

func (v *verdict) miss(t lang.Tag, n int) {
	if v.missedIn == nil {
		v.missedIn = map[lang.Tag]int{}
	}
	v.missedIn[t] += n
}

// link looks at what an article continues, nil for nothing, of those before it.
func (v *verdict) link(x, parent *report, earlier []*report) {
	if parent != nil {
		same := parent.event == x.event
		switch {
		case parent.language == x.language:
			v.own.count(same)
		default:
			v.document.count(parent.document == x.document)
			v.event.count(same)
			if x.parallel {
				v.parallel.count(same)
			}
		}
		if !same {
			v.wrong = append(v.wrong, x.file+" → "+parent.file)
		}
	}
	if !x.parallel {
		return
	}
	any, anySix := false, false
	for _, e := range earlier {
		if e.document == x.document && e.language != x.language {
			any = true
			anySix = anySix || slices.Contains(six[:], e.language)
		}
	}
	found := parent != nil && parent.event == x.event
	if any {
		v.inTwelve.count(found)
		if !found {
			v.missed = append(v.missed, x.file)
			v.miss(x.language, 1)
		}
	}
	if anySix && slices.Contains(six[:], x.language) {
		v.inSix.count(found)
	}
}

// pairs looks at which articles are in one story.
func (v *verdict) pairs(reports []*report, story []int) {
	for i, x := range reports {
		for j, y := range reports[:i] {
			if !x.parallel || x.document != y.document || x.language == y.language {
				continue
			}
			v.pairsAll.count(story[i] == story[j])
			if slices.Contains(six[:], x.language) && slices.Contains(six[:], y.language) {
				v.pairsSix.count(story[i] == story[j])
			}
		}
	}
}

func (v *verdict) print(out io.Writer) {
	for _, line := range []struct {
		what string
		share
	}{
		{"links between languages, on the same event", v.event},
		{"  of them to a translation", v.document},
		{"  those from parallel stories, on the same event", v.parallel},
		{"links within a language, on the same event", v.own},
		{"parallel stories found, ar en fa he ur fr", v.inSix},
		{"parallel stories found, all twelve", v.inTwelve},
		{"pairs of translations in one story, ar en fa he ur fr", v.pairsSix},
		{"pairs of translations in one story, all twelve", v.pairsAll},
	} {
		fmt.Fprintf(out, "%-54s %v\n", line.what, line.share)
	}
	fmt.Fprint(out, "not found, by language:")
	for _, t := range append(six[:], "es", "ru", "tr", "zh-Hans", "ckb", "kmr") {
		fmt.Fprintf(out, " %s %d", t, v.missedIn[t])
	}
	fmt.Fprintln(out)
}

func (v *verdict) printWrong(out io.Writer) {
	for _, w := range v.wrong {
		fmt.Fprintln(out, "wrong:", w)
	}
	for _, m := range v.missed {
		fmt.Fprintln(out, "not found:", m)
	}
}
