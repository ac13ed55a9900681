package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A shape is how long articles are and how much each refers to.
type shape struct {
	words, names, tags int
}

// shapes by name. The numbers of "articles" are those with which the peer
// writes what the reference table says; see README.md.
func shapes() map[string]shape {
	return map[string]shape{
		"articles": {words: 380, names: 10, tags: 3},
		"short":    {words: 60, names: 3, tags: 2},
	}
}

// How the corpus is mixed, in thousandths of events.
const (
	translated  = 180 // have a second language
	translated3 = 40  // and a third
	continued   = 250 // go on with an earlier event's names and tags
	repeated    = 15  // nearly repeat the last text of their language
)

// The corpus spans fifteen years.
const years = 15

func firstDay() time.Time { return time.Date(2011, 1, 1, 5, 0, 0, 0, time.UTC) }

// A file is one source of the corpus.
type file struct {
	path string
	data []byte
}

// An event is what articles in several languages report of.
type event struct {
	names []int // of the list of names
	tags  []int // of each language's tags
}

// A sent is the last text of a language, which may be sent again.
type sent struct {
	body  string
	names []int
}

// A corpus makes articles one after another, in the order of their dates. It
// keeps no article: a million take no more memory than one.
type corpus struct {
	shape
	random
	total      int
	names      []name
	vocabulary [len(languages)]*vocabulary
	nameRanks  zipf
	tagRanks   zipf
	recent     []event
	last       [len(languages)]sent
	events     int
}

// newCorpus prepares a corpus of so many articles.
func newCorpus(total int, s shape, seed uint64) (*corpus, error) {
	c := &corpus{shape: s, random: random(seed), total: total, tagRanks: newZipf(tagsPerLanguage, 0.8)}
	var err error
	if c.names, err = loadNames(); err != nil {
		return nil, err
	}
	c.nameRanks = newZipf(len(c.names), 0.8)
	for i, l := range languages {
		if c.vocabulary[i], err = loadVocabulary(l); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// articles gives the articles, oldest first.
func (c *corpus) articles(yield func(file) bool) {
	for n := 0; n < c.total; c.events++ {
		e := c.event()
		when := c.date(n)
		first := c.language()
		for k := range c.versions() {
			if n == c.total {
				return
			}
			if !yield(c.article(n, (first+k*5)%len(languages), when.Add(time.Duration(k*37)*time.Minute), e)) {
				return
			}
			n++
		}
	}
}

// versions is in how many languages an event is told.
func (c *corpus) versions() int {
	switch x := c.below(1000); {
	case x < translated3:
		return 3
	case x < translated:
		return 2
	}
	return 1
}

func (c *corpus) language() int {
	x := c.below(100)
	for i, s := range shares {
		if x -= s; x < 0 {
			return i
		}
	}
	return 0
}

// date spreads the articles over the years, in order, a few hours from even.
func (c *corpus) date(n int) time.Time {
	span := int64(years * 365 * 24 * 60)
	minute := span*int64(n)/int64(c.total) + int64(c.below(int(span/int64(c.total))+1))
	return firstDay().Add(time.Duration(minute) * time.Minute)
}

// event draws names and tags; some go on with what was reported lately.
func (c *corpus) event() event {
	var e event
	if len(c.recent) > 0 && c.chance(continued) {
		old := c.recent[c.below(len(c.recent))]
		e.tags = old.tags
		e.names = append(e.names, old.names[:len(old.names)*2/3]...)
	}
	for len(e.tags) < c.tags {
		if t := c.tagRanks.draw(&c.random); !slices.Contains(e.tags, t) {
			e.tags = append(e.tags, t)
		}
	}
	want := max(1, c.shape.names*3/4+c.below(c.shape.names/2+1))
	for len(e.names) < want {
		if n := c.nameRanks.draw(&c.random); !slices.Contains(e.names, n) {
			e.names = append(e.names, n)
		}
	}
	if len(c.recent) < 64 {
		c.recent = append(c.recent, e)
	} else {
		c.recent[c.events%64] = e
	}
	return e
}

// article writes the n-th article: an event in a language.
func (c *corpus) article(n, language int, when time.Time, e event) file {
	v := c.vocabulary[language]
	last := &c.last[language]
	again := len(last.names) > 0 && c.chance(repeated)
	if again {
		e.names = last.names
	}
	w := &writer{random: &c.random, v: v, language: language, names: c.names, event: e}
	headline := capital(w.sentence(v.headlines))
	lead := capital(w.sentence(v.sentences)) + w.stop()
	w.turn = 0 // the text has all names, whatever headline and lead had
	body := ""
	if again {
		body = w.repeat(last.body)
	} else {
		body = w.body(c.words)
	}
	*last = sent{body, w.used()}
	var b strings.Builder
	slug := fmt.Sprintf("report-%07d", n)
	fmt.Fprintf(&b, "---\nid: %s\nslug: %[1]s\ntitle: %s\ndate: %s\ndescription: %s\n", slug, quote(headline), when.Format(time.RFC3339), quote(lead))
	fmt.Fprintf(&b, "translationKey: event-%07d\ntags: [", c.events)
	for i, t := range e.tags {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(v.tags[t])
	}
	b.WriteString("]\nnames: [")
	for i, x := range w.used() {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(c.names[x].id)
	}
	b.WriteString("]\n---\n\n")
	b.WriteString(body)
	return file{fmt.Sprintf("content/%s/%s/%s.md", languages[language], when.Format("2006/01"), slug), []byte(b.String())}
}

// quote writes s as YAML.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// A writer writes one article.
type writer struct {
	*random
	v        *vocabulary
	language int
	names    []name
	event    event
	turn     int // how many names were written
}

// stop ends a sentence.
func (w *writer) stop() string {
	if languages[w.language] == "ur" {
		return "۔"
	}
	return "."
}

// used are the names that the text holds.
func (w *writer) used() []int { return w.event.names[:min(w.turn, len(w.event.names))] }

func (w *writer) sentence(list []pattern) string {
	var b strings.Builder
	p := list[w.below(len(list))]
	for i, part := range p {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		switch part {
		case "name":
			standsAlone := strings.HasSuffix(p[i-1], " ") || p[i-1] == ""
			b.WriteString(w.name(standsAlone))
		case "num":
			b.WriteString(strconv.Itoa(2 + w.below(10)*w.below(90)))
		default:
			words := w.v.words[part]
			b.WriteString(words[w.below(len(words))])
		}
	}
	return b.String()
}

// name writes each of the event's names in turn, then any of them; in Arabic
// and Hebrew with a particle before it now and then.
func (w *writer) name(particles bool) string {
	i := w.turn
	if i >= len(w.event.names) {
		i = w.below(len(w.event.names))
	}
	w.turn++
	label := w.names[w.event.names[i]].labels[w.language]
	if !particles || !w.chance(120) {
		return label
	}
	switch languages[w.language] {
	case "ar":
		switch rest, article := strings.CutPrefix(label, "ال"); {
		case w.chance(500):
			return "و" + label
		case article:
			return "لل" + rest
		default:
			return "ل" + label
		}
	case "he":
		return [...]string{"ו", "ל", "מ"}[w.below(3)] + label
	}
	return label
}

// body writes paragraphs until there are so many words, with what Markdown has
// here and there.
func (w *writer) body(words int) string {
	var b strings.Builder
	for n, k := 0, 0; n < words; k++ {
		var p strings.Builder
		for s := 2 + w.below(3); s > 0 && n < words; s-- {
			text := capital(w.sentence(w.v.sentences)) + w.stop()
			n += len(strings.Fields(text))
			if p.Len() > 0 {
				p.WriteByte(' ')
			}
			p.WriteString(text)
		}
		w.paragraph(&b, p.String(), k)
	}
	return b.String()
}

func (w *writer) paragraph(b *strings.Builder, text string, k int) {
	if k == 0 {
		b.WriteString(text + "\n")
		return
	}
	b.WriteByte('\n')
	switch x := w.below(100); {
	case x < 6:
		b.WriteString("## " + capital(w.sentence(w.v.headlines)) + "\n\n" + text + "\n")
	case x < 10:
		b.WriteString("> " + text + "\n")
	case x < 13:
		b.WriteString("- " + strings.ReplaceAll(text, w.stop()+" ", w.stop()+"\n- ") + "\n")
	case x < 18:
		first, rest, _ := strings.Cut(text, " ")
		b.WriteString("**" + first + "** " + rest + "\n")
	case x < 22:
		first, rest, _ := strings.Cut(text, " ")
		fmt.Fprintf(b, "[%s](https://example.org/%d) %s\n", first, w.below(1000), rest)
	default:
		b.WriteString(text + "\n")
	}
}

// repeat gives an earlier text with another ending, as agencies send it again.
func (w *writer) repeat(text string) string {
	cut := strings.LastIndex(strings.TrimSpace(text), "\n\n")
	if cut < 0 {
		cut = len(text)
	}
	w.turn = len(w.event.names)
	return text[:cut] + "\n\n" + capital(w.sentence(w.v.sentences)) + w.stop() + "\n"
}
