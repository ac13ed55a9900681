package generator

import (
	"cmp"
	"strconv"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// AtLeast answers [page.Questions].
func (q *answers) AtLeast(g archive.Group, n int) bool {
	group, from, to := g.Span()
	return q.asker.AtLeast(ixList, string(group), n, incremental.Range{From: from, To: to})
}

// Newest answers [page.Questions].
func (q *answers) Newest(g archive.Group, n int) []article.ID {
	group, from, to := g.Span()
	q.listed, q.next = q.listed[:0], 0
	q.asker.Each(ixList, string(group), incremental.Range{From: from, To: to, Limit: n, Reverse: true}, func(_, key string, _ []byte, by incremental.Giver) {
		q.listed = append(q.listed, listed{article.ID(key), by})
	})
	ids := make([]article.ID, len(q.listed))
	for i, l := range q.listed {
		ids[i] = l.id
	}
	return ids
}

// Neighbours answers [page.Questions]. It looks within the month first: a
// question about a whole language would be asked again for every article
// whenever one is added.
func (q *answers) Neighbours(g archive.Group, c *article.Card) (older, newer article.ID) {
	if !c.Published.Set {
		return "", ""
	}
	sort, d := archive.Sort(*c), c.Published.Civil()
	month, from, to := g.Within(d.Year, d.Month).Span()
	older = q.first(month, incremental.Range{From: from, To: sort, Limit: 1, Reverse: true})
	newer = q.first(month, incremental.Range{From: sort + "\x00", To: to, Limit: 1})
	dated, _ := archive.Bounds()
	if older == "" {
		older = q.first(g, incremental.Range{From: dated, To: sort, Limit: 1, Reverse: true})
	}
	if newer == "" {
		newer = q.first(g, incremental.Range{From: sort + "\x00", Limit: 1})
	}
	return older, newer
}

// Oldest answers [page.Questions].
func (q *answers) Oldest(g archive.Group) article.ID {
	dated, _ := archive.Bounds()
	group, from, to := g.Span()
	return q.first(group, incremental.Range{From: cmp.Or(from, dated), To: to, Limit: 1})
}

func (q *answers) first(listed archive.Group, r incremental.Range) (id article.ID) {
	q.asker.Each(ixList, string(listed), r, func(_, key string, _ []byte, _ incremental.Giver) { id = article.ID(key) })
	return id
}

// counts counts the dated articles of a group by the first bytes of their
// places.
func (q *answers) counts(g archive.Group, width int) []incremental.Count {
	group, from, to := g.Span()
	if from == "" {
		from, _ = archive.Bounds()
	}
	return q.asker.Counts(ixList, string(group), width, incremental.Range{From: from, To: to})
}

// Months answers [page.Questions].
func (q *answers) Months(g archive.Group) []archive.MonthCount {
	return months(q.counts(g, archive.MonthWidth))
}

func months(counts []incremental.Count) []archive.MonthCount {
	out := make([]archive.MonthCount, 0, len(counts))
	for _, c := range counts {
		out = append(out, archive.MonthCount{Year: number(c.Prefix[1:5]), Month: number(c.Prefix[5:7]), Count: c.N})
	}
	return out
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// Days answers [page.Questions].
func (q *answers) Days(month archive.Group) []page.DayCount {
	var out []page.DayCount
	for _, c := range q.counts(month, archive.DayWidth) {
		out = append(out, page.DayCount{Day: number(c.Prefix[7:9]), Count: c.N})
	}
	return out
}

// Beside answers [page.Questions].
func (q *answers) Beside(p archive.Parts) (older, newer []int) {
	if len(p.Period) == 0 {
		return nil, nil
	}
	whole := p.Whole()
	start, end := p.Span()
	dated, _ := archive.Bounds()
	at := func(r incremental.Range) (period []int) {
		q.asker.Each(ixList, string(whole), r, func(s, _ string, _ []byte, _ incremental.Giver) {
			period = []int{number(s[1:5]), number(s[5:7]), number(s[7:9])}[:len(p.Period)]
		})
		return period
	}
	return at(incremental.Range{From: dated, To: start, Limit: 1, Reverse: true}), at(incremental.Range{From: end, Limit: 1})
}

// Languages answers [page.Questions].
func (q *answers) Languages(k archive.Kind, key string) []lang.Tag {
	var out []lang.Tag
	for _, r := range q.asker.Rows(ixLanguages, string(k)+"/"+key, incremental.Range{}) {
		out = append(out, lang.Tag(r.Key))
	}
	return out
}
