package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// try trains on most of the text of a language and judges on what was held
// back.
func try(args []string, out io.Writer) error {
	set := flag.NewFlagSet("try", flag.ContinueOnError)
	from := sourceFlags(set)
	shares := set.String("kb", "0,30,50", "the `SHARES` of the mentions that a knowledge base holds, in per cent")
	options := usual
	changed := optionFlags(set, &options)
	return eachCourse(set, args, from, func(c *course, files [][]recogniser.Document) error {
		most, rest := c.parted(files)
		start := time.Now()
		m := recogniser.Train(c.language, most, changed(c.options))
		fmt.Fprintf(out, "%s: trained in %.1f s, %d bytes\n", c.language, time.Since(start).Seconds(), len(m.Bytes()))
		return judge(out, c.language, recogniser.New(m), rest, *shares)
	})
}

// optionFlags declares a flag for each option and gives what changes those that
// were given.
func optionFlags(set *flag.FlagSet, o *recogniser.Options) func(recogniser.Options) recogniser.Options {
	set.IntVar(&o.Rounds, "rounds", o.Rounds, "rounds over the text")
	set.IntVar(&o.Bits, "bits", o.Bits, "binary logarithm of the rows of weights")
	set.IntVar(&o.Margin, "margin", o.Margin, "by which the right label must lead")
	set.IntVar(&o.Miss, "miss", o.Miss, "what a name that is missed costs more")
	set.IntVar(&o.Scale, "scale", o.Scale, "of the weights, in 16ths")
	set.IntVar(&o.Eager, "eager", o.Eager, "what is taken off the score of no name")
	return func(c recogniser.Options) recogniser.Options {
		set.Visit(func(f *flag.Flag) {
			switch f.Name {
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
	return judge(out, t, r, all, *shares)
}

// judge prints the scores of the recogniser with the built-in knowledge base,
// and with one that holds a share of the mentions besides.
func judge(out io.Writer, t lang.Tag, r *recogniser.Recogniser, documents []recogniser.Document, shares string) error {
	alone := recogniser.Scores{}
	for i := range documents {
		alone.Add(&documents[i], r.Names(documents[i].Text))
	}
	fmt.Fprintf(out, "%s, the recogniser alone\n%s", t, alone)
	for share := range strings.SplitSeq(shares, ",") {
		n, err := strconv.Atoi(share)
		if err != nil {
			return fmt.Errorf("%q is no share: write --kb 0,30,50", share)
		}
		known := frequent(documents, t, n)
		lexicon := entity.NewLexicon(append(entity.Builtin(), known...))
		matcher := entity.NewMatcher(1<<26, nil)
		kb, both := recogniser.Scores{}, recogniser.Scores{}
		for i := range documents {
			d := &documents[i]
			mentions := matcher.Annotate(d.Text, t, lexicon, nil, nil)
			kb.Add(d, recogniser.Combine(mentions, nil))
			both.Add(d, recogniser.Combine(mentions, r.Names(d.Text)))
		}
		fmt.Fprintf(out, "%s, knowledge base of %d %% (%d names; alone F1 %.1f) and recogniser\n%s", t, n, len(known), kb.All().F1(), both)
	}
	return nil
}
