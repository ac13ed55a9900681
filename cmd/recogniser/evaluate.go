package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// try trains on most of the text of a language and judges on what was held back,
// each part of the text in its turn.
func try(args []string, out io.Writer) error {
	set := flag.NewFlagSet("try", flag.ContinueOnError)
	from := sourceFlags(set)
	shares := set.String("kb", "0,30,50", "the `SHARES` of the mentions that a knowledge base holds, in per cent")
	folds := set.Int("folds", 5, "into how many `PARTS` the text is cut; 1 with --on: that text is not trained on")
	on := set.String("on", "", "judge on this `FILE` of annotated text alone, or on articles")
	options := usual
	changed := optionFlags(set, &options)
	return eachCourse(set, args, from, func(c *course, files [][]recogniser.Document) error {
		if len(c.parts) > 0 {
			p, err := newPool(c, files, changed(c.options))
			if err != nil {
				return err
			}
			return tryJoint(p, *on, out)
		}
		switch {
		case *on != "" && !slices.Contains(c.names(), *on):
			return fmt.Errorf("%s is not trained on %q, but on %s", c.language, *on, strings.Join(c.names(), ", "))
		case *folds < 1 || *on == "" && *folds < 2:
			return fmt.Errorf("--folds %d holds nothing back to judge on: write 5", *folds)
		}
		t, err := newTable(c.language, *shares)
		if err != nil {
			return err
		}
		start, size := time.Now(), 0
		for fold := range *folds {
			most, rest := c.parted(files, fold, *folds, *on)
			m := recogniser.Train(c.language, most, changed(c.options))
			size = max(size, len(m.Bytes()))
			t.add(recogniser.New(m), rest)
		}
		fmt.Fprintf(out, "%s: trained %d times in %.1f s, %d bytes\n%s", c.language, *folds, time.Since(start).Seconds(), size, t)
		return nil
	})
}

// optionFlags declares a flag for each option and gives what changes those that
// were given.
func optionFlags(set *flag.FlagSet, o *recogniser.Options) func(recogniser.Options) recogniser.Options {
	set.IntVar(&o.Runs, "runs", o.Runs, "runs whose weights are averaged")
	set.IntVar(&o.Rounds, "rounds", o.Rounds, "rounds over the text")
	set.IntVar(&o.Bits, "bits", o.Bits, "binary logarithm of the rows of weights")
	set.IntVar(&o.Margin, "margin", o.Margin, "by which the right label must lead")
	set.IntVar(&o.Miss, "miss", o.Miss, "what a name that is missed costs more")
	set.IntVar(&o.Scale, "scale", o.Scale, "of the weights, in 16ths")
	set.IntVar(&o.Eager, "eager", o.Eager, "what is taken off the score of no name")
	return func(c recogniser.Options) recogniser.Options {
		set.Visit(func(f *flag.Flag) {
			switch f.Name {
			case "runs":
				c.Runs = o.Runs
			case "rounds":
				c.Rounds = o.Rounds
			case "bits":
				c.Bits = o.Bits
			case "margin":
				c.Margin = o.Margin
			case "miss":
				c.Miss = o.Miss
			case "scale":
				c.Scale = o.Scale
			case "eager":
				c.Eager = o.Eager
			}
		})
		return c
	}
}

// evaluate judges the embedded weights on annotated text.
func evaluate(args []string, out io.Writer) error {
	set := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	language := set.String("lang", "", "the `LANGUAGE` of the text")
	shares := set.String("kb", "0,30,50", "the `SHARES` of the mentions that a knowledge base holds, in per cent")
	sentences := set.Int("document", sentencesADocument, "the `SENTENCES` of a document, where the file marks none")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := lang.ParseTag(*language)
	if err != nil || set.NArg() == 0 {
		return fmt.Errorf("say what to judge: recogniser evaluate --lang ar FILE.conll")
	}
	r := recogniser.For(t)
	if r == nil {
		return fmt.Errorf("there are no weights for %s", t)
	}
	var all []recogniser.Document
	for _, name := range set.Args() {
		list, err := readConll(name, *sentences)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	table, err := newTable(t, *shares)
	if err != nil {
		return err
	}
	table.add(r, all)
	_, err = io.WriteString(out, table.String())
	return err
}

// A table counts what was found in documents of a language: by the recogniser
// alone, and together with knowledge bases that hold a share of the mentions
// besides what is built in.
type table struct {
	language lang.Tag
	alone    recogniser.Scores
	shares   []int
	names    []int               // in the knowledge bases
	known    []recogniser.Scores // by the knowledge base alone
	both     []recogniser.Scores
}

func newTable(t lang.Tag, shares string) (*table, error) {
	b := &table{language: t, alone: recogniser.Scores{}}
	for share := range strings.SplitSeq(shares, ",") {
		n, err := strconv.Atoi(share)
		if err != nil {
			return nil, fmt.Errorf("%q is no share: write --kb 0,30,50", share)
		}
		b.shares, b.names = append(b.shares, n), append(b.names, 0)
		b.known, b.both = append(b.known, recogniser.Scores{}), append(b.both, recogniser.Scores{})
	}
	return b, nil
}

// add judges a recogniser on documents, which share a knowledge base.
func (b *table) add(r *recogniser.Recogniser, documents []recogniser.Document) {
	found := make([][]recogniser.Name, len(documents))
	for i := range documents {
		found[i] = r.Names(documents[i].Text)
		b.alone.Add(&documents[i], found[i])
	}
	for k, share := range b.shares {
		known := frequent(documents, b.language, share)
		b.names[k] += len(known)
		lexicon := entity.NewLexicon(append(entity.Builtin(), known...))
		matcher := entity.NewMatcher(1<<26, nil)
		for i := range documents {
			d := &documents[i]
			mentions := matcher.Annotate(d.Text, b.language, lexicon, nil, nil)
			b.known[k].Add(d, recogniser.Combine(mentions, nil))
			b.both[k].Add(d, recogniser.Combine(mentions, found[i]))
		}
	}
}

func (b *table) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s, the recogniser alone\n%s", b.language, b.alone)
	for k, share := range b.shares {
		fmt.Fprintf(&s, "%s, knowledge base of %d %% (%d names; alone F1 %.1f) and recogniser\n%s", b.language, share, b.names[k], b.known[k].All().F1(), b.both[k])
	}
	return s.String()
}
