package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// A pool is the text of a joint model. The articles of the corpus are the same ones
// in all languages: what is held back in one is held back in all, or a name would be
// known from the translation.
type pool struct {
	*course
	options   recogniser.Options
	documents []recogniser.Document
	articles  []int                     // the number of each article; 0 for other text
	whole     map[int]*recogniser.Model // by fold, of all languages
}

// jointFolds is how many parts the articles are cut into.
const jointFolds = 5

func newPool(c *course, files [][]recogniser.Document, o recogniser.Options) (*pool, error) {
	p := &pool{course: c, options: o, whole: map[int]*recogniser.Model{}}
	for i := range c.parts {
		for _, name := range c.parts[i].names() {
			numbers := make([]int, len(files[0]))
			if name == articles {
				var err error
				if numbers, err = articleNumbers(c.parts[i].language); err != nil {
					return nil, err
				}
			}
			p.documents = append(p.documents, files[0]...)
			p.articles = append(p.articles, numbers...)
			files = files[1:]
		}
	}
	return p, nil
}

// articleNumbers gives the numbers of the articles of [readArticles].
func articleNumbers(t lang.Tag) ([]int, error) {
	data, err := readings.ReadFile("read/" + string(t) + ".txt")
	if err != nil {
		return nil, err
	}
	_, order, err := parseReadings(string(data), t)
	if err != nil {
		return nil, err
	}
	list := make([]int, len(order))
	for i, number := range order {
		if list[i], err = strconv.Atoi(number); err != nil {
			return nil, fmt.Errorf("read/%s.txt: %w", t, err)
		}
	}
	return list, nil
}

// model gives the model of all text but the articles of a fold and what is written
// in one language.
func (p *pool) model(fold int, without lang.Tag) *recogniser.Model {
	if m := p.whole[fold]; m != nil && without == "" {
		return m
	}
	m := recogniser.Train(p.language, p.most(fold, without), p.options)
	if without == "" {
		p.whole[fold] = m
	}
	return m
}

// most gives what is not held back.
func (p *pool) most(fold int, without lang.Tag) []recogniser.Document {
	var list []recogniser.Document
	for i, d := range p.documents {
		if d.Language != without && (p.articles[i] == 0 || p.articles[i]%jointFolds != fold) {
			list = append(list, d)
		}
	}
	return list
}

// held gives the articles of a fold in a language.
func (p *pool) held(fold int, t lang.Tag) []recogniser.Document {
	var list []recogniser.Document
	for i, d := range p.documents {
		if d.Language == t && p.articles[i] > 0 && p.articles[i]%jointFolds == fold {
			list = append(list, d)
		}
	}
	return list
}

// A jointRow judges a joint model in a language.
type jointRow struct {
	*table
	suggested recogniser.Score
}

func (r *jointRow) add(found *recogniser.Recogniser, documents []recogniser.Document, builtin entity.Lexicon) {
	r.table.add(found, documents)
	for i := range documents {
		d := &documents[i]
		there := map[string]bool{}
		for _, n := range d.Names {
			there[string(n.Type)+keyOf(d.Text[n.Start:n.End], r.language)] = true
		}
		mentions, _ := entity.Annotate(d.Text, r.language, builtin, nil)
		for _, s := range found.Suggestions(d.Text, nil, mentions) {
			r.suggested.Found++
			if there[string(s.Type)+keyOf(s.Name, r.language)] {
				r.suggested.Both++
			}
		}
	}
}

func (r *jointRow) String() string {
	var s strings.Builder
	for _, x := range []recogniser.Score{r.alone.All(), r.both[0].All()} {
		fmt.Fprintf(&s, "  %5.1f %5.1f %5.1f", x.Precision(), x.Recall(), x.F1())
	}
	fmt.Fprintf(&s, "  %5d %5.1f\n", r.suggested.Found, r.suggested.Precision())
	return s.String()
}

// A trial is how much of a language a joint model saw before it is judged on it, and
// which lead it then needs.
type trial struct {
	what   string
	unseen bool
	open   func(*recogniser.Model) *recogniser.Recogniser
}

var trials = []trial{{"unseen", true, recogniser.NewCautious}, {"seen", false, recogniser.New}}

// tryJoint judges a joint model on the articles of each of its languages, or of those
// named, by weights that saw no text of the language and by such that saw the other
// articles of it.
func tryJoint(p *pool, named string, out io.Writer) error {
	builtin := entity.NewLexicon(entity.Builtin())
	fmt.Fprintln(out, "          alone: precision, recall, F1; with the built-in base; suggested, right in per cent")
	for i := range p.parts {
		t := p.parts[i].language
		if !p.parts[i].articles || named != "" && !slices.Contains(strings.Split(named, ","), string(t)) {
			continue
		}
		for _, w := range trials {
			row, err := p.judge(t, w, builtin)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%-3s %-6s%s", t, w.what, row)
		}
	}
	return nil
}

func (p *pool) judge(t lang.Tag, w trial, builtin entity.Lexicon) (*jointRow, error) {
	b, err := newTable(t, "0")
	if err != nil {
		return nil, err
	}
	without := lang.Tag("")
	if w.unseen {
		without = t
	}
	row := &jointRow{table: b}
	for fold := range jointFolds {
		row.add(w.open(p.model(fold, without).In(t)), p.held(fold, t), builtin)
	}
	return row, nil
}
