package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"mihbara/generator"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

func annotateCommand() command {
	var language string
	var lines, recognised bool
	return command{
		name:      "annotate",
		arguments: "[FILE…]",
		summary:   "print the entities that are found in a text",
		shared:    "source",
		help: `Reads files, or standard input, as plain text and prints a line for each entity
found: byte offsets, type, id, the words. The knowledge base is that of the
site's folder (content/entities/) with the built-in one.

With --ndjson it reads one {"id","lang","text"} a line and writes one
{"id","lang","mentions":[{"start","end","text","type","entity","by"}]} a line, in
the same order. Offsets count bytes of the text.

With --recognised also the names that the knowledge base does not know, as a
statistical model sees them in ar, en, fa, fr, he and ur: without an id, and one in
four or five of them is wrong.`,
		flags: func(c *call) {
			c.set.StringVar(&language, "lang", "", "the `LANGUAGE` of the text (detected if not given)")
			c.set.BoolVar(&recognised, "recognised", false, "print names too that the knowledge base does not know")
			c.set.BoolVar(&lines, "ndjson", false, "read and write a JSON object a line")
		},
		run: func(ctx context.Context, c *call) error {
			tag := lang.Tag("")
			if language != "" {
				t, err := lang.ParseTag(language)
				if err != nil {
					return usagef("%q is no language tag; write one such as ar, fa or en", language)
				}
				tag = t
			}
			lex, err := generator.Lexicon(c.source)
			if err != nil {
				return c.siteError(err)
			}
			a := &annotator{lex, tag, recognised, bufio.NewWriter(c.out)}
			err = a.all(ctx, c, lines)
			return errors.Join(err, a.out.Flush())
		},
	}
}

// An annotator prints what it finds in texts.
type annotator struct {
	lexicon    entity.Lexicon
	language   lang.Tag // "" to detect it
	recognised bool     // print names that the lexicon does not know
	out        *bufio.Writer
}

func (a *annotator) all(ctx context.Context, c *call, lines bool) error {
	use := a.text
	if lines {
		use = a.lines
	}
	if len(c.args) == 0 {
		return use(ctx, "standard input", c.in)
	}
	for _, name := range c.args {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = use(ctx, name, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *annotator) find(text string, t lang.Tag) (lang.Tag, []entity.Mention) {
	if t == "" {
		t, _ = lang.Detect(text)
	}
	list, _ := entity.Annotate(text, t, a.lexicon, nil)
	if r := recogniser.For(t); a.recognised && r != nil {
		list = withRecognised(list, text, r.Names(text))
	}
	return t, list
}

// withRecognised adds the names that lie beside the mentions.
func withRecognised(list []entity.Mention, text string, names []recogniser.Name) []entity.Mention {
	for _, n := range names {
		if !slices.ContainsFunc(list, func(m entity.Mention) bool { return m.Start < n.End && n.Start < m.End }) {
			list = append(list, entity.Mention{Start: n.Start, End: n.End, Text: text[n.Start:n.End], Type: n.Type, By: "recognised"})
		}
	}
	slices.SortFunc(list, func(a, b entity.Mention) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

func (a *annotator) text(_ context.Context, name string, r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	_, list := a.find(string(data), a.language)
	for _, m := range list {
		fmt.Fprintf(a.out, "%d\t%d\t%s\t%s\t%s\n", m.Start, m.End, m.Type.Code(), m.Entity, m.Text)
	}
	return nil
}

type inputLine struct {
	ID   json.RawMessage `json:"id"`
	Lang string          `json:"lang"`
	Text string          `json:"text"`
}

type outputLine struct {
	ID       json.RawMessage `json:"id"`
	Lang     lang.Tag        `json:"lang"`
	Mentions []outputMention `json:"mentions"`
}

type outputMention struct {
	Start  int       `json:"start"`
	End    int       `json:"end"`
	Text   string    `json:"text"`
	Type   string    `json:"type"`
	Entity entity.ID `json:"entity"`
	By     string    `json:"by"`
}

// lines answers each line as it comes, so that it can stand at the end of a
// pipe that stays open.
func (a *annotator) lines(ctx context.Context, name string, r io.Reader) error {
	in := bufio.NewReaderSize(r, 1<<16)
	e := json.NewEncoder(a.out)
	e.SetEscapeHTML(false)
	for n := 1; ctx.Err() == nil; n++ {
		data, err := in.ReadBytes('\n')
		if len(data) > 0 && string(data) != "\n" {
			if err := a.line(e, data); err != nil {
				return usagef("%s:%d: %v", name, n, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if in.Buffered() == 0 {
			if err := a.out.Flush(); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func (a *annotator) line(e *json.Encoder, data []byte) error {
	var in inputLine
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	t := a.language
	if in.Lang != "" {
		var err error
		if t, err = lang.ParseTag(in.Lang); err != nil {
			return fmt.Errorf("%q is no language tag", in.Lang)
		}
	}
	t, list := a.find(in.Text, t)
	out := outputLine{ID: in.ID, Lang: t, Mentions: []outputMention{}}
	if out.ID == nil {
		out.ID = json.RawMessage("null")
	}
	for _, m := range list {
		out.Mentions = append(out.Mentions, outputMention{m.Start, m.End, m.Text, m.Type.Code(), m.Entity, m.By})
	}
	return e.Encode(out)
}
