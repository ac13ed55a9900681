package recogniser

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// A Document is annotated text: words parted by spaces, sentences by line
// breaks, and the names that stand in it.
type Document struct {
	Text     string
	Words    []Span   // the words as they were annotated, in order
	Names    []Name   // on the bounds of words
	Language lang.Tag // where a joint model is trained on several, else ""
}

// A Span is a piece of a text, in bytes.
type Span struct{ Start, End int }

// ReadConll reads annotated text in columns: a word, white space, other columns
// or none, and last a label such as B-PER, I-LOC or O; an empty line between
// sentences. Names of other types than PER, LOC, ORG are read as no names,
// except for those of GPE and FAC, which are places. Lines that begin with
// -DOCSTART- part documents; in a file without them, each so many sentences are
// a document. Name is for errors.
func ReadConll(r io.Reader, name string, sentences int) ([]Document, error) {
	c := conllReader{sentences: sentences}
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		if err := c.line(strings.TrimRight(in.Text(), "\r")); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c.endDocument()
	return c.documents, nil
}

type conllReader struct {
	sentences int
	marked    bool // documents are marked
	documents []Document
	text      strings.Builder
	words     []Span
	names     []Name
	open      kind // of the name that the last word belongs to
	inName    bool
	inLine    bool // a sentence is under way
	ended     int  // sentences of the document
}

func (c *conllReader) line(s string) error {
	if strings.HasPrefix(s, "# ") && !strings.Contains(s, "\t") {
		return nil // a comment, as Universal NER has them
	}
	if strings.TrimSpace(s) == "" {
		c.endSentence()
		return nil
	}
	fields := strings.Fields(s)
	if i := strings.LastIndexByte(s, '\t'); i > 0 && strings.Count(s, "\t") == 1 {
		fields = []string{s[:i], s[i+1:]}
	}
	if fields[0] == "-DOCSTART-" {
		c.marked = true
		c.endDocument()
		return nil
	}
	if len(fields) < 2 {
		return fmt.Errorf("%q has no label; write a word, a tab and a label such as B-PER or O", s)
	}
	c.word(strings.TrimSpace(fields[0]), strings.TrimSpace(fields[len(fields)-1]))
	return nil
}

func (c *conllReader) word(word, label string) {
	if c.inLine {
		c.text.WriteByte(' ')
	}
	c.inLine = true
	start := c.text.Len()
	c.text.WriteString(strings.Join(strings.Fields(spaced(word)), " "))
	end := c.text.Len()
	c.words = append(c.words, Span{start, end})
	position, code, _ := strings.Cut(label, "-")
	k, ok := conllKind(code)
	switch {
	case !ok:
		c.inName = false
	case c.inName && k == c.open && (position == "I" || position == "E"):
		c.names[len(c.names)-1].End = end
	default:
		c.names = append(c.names, Name{start, end, k.Type()})
		c.inName, c.open = true, k
	}
}

// spaced undoes what IL-NER did to words that it took for one: اقوام_متحدہ is
// اقوام متحدہ in every newspaper. Other scripts have underscores of their own, in
// the names of users.
func spaced(word string) string {
	if strings.IndexByte(word, '_') <= 0 {
		return word
	}
	if r, _ := utf8.DecodeRuneInString(word); !unicode.Is(unicode.Arabic, r) {
		return word
	}
	return strings.ReplaceAll(word, "_", " ")
}

// conllKind reads the types of several corpora.
func conllKind(code string) (kind, bool) {
	switch code = strings.ToUpper(code); code {
	case "GPE", "FAC", "LOCATION", "LOC_GPE":
		code = "LOC"
	case "PERS", "PERSON", "PERSONNE":
		code = "PER"
	case "ORGANIZATION", "ORGANISATION":
		code = "ORG"
	}
	return kindOf(code)
}

func (c *conllReader) endSentence() {
	if !c.inLine {
		return
	}
	c.text.WriteByte('\n')
	c.inLine, c.inName = false, false
	if c.ended++; !c.marked && c.ended >= c.sentences {
		c.endDocument()
	}
}

func (c *conllReader) endDocument() {
	c.ended, c.inLine, c.inName = 0, false, false
	if c.text.Len() == 0 {
		return
	}
	c.documents = append(c.documents, Document{Text: c.text.String(), Words: c.words, Names: c.names})
	c.text.Reset()
	c.words, c.names = nil, nil
}

// Sentences gives the sentences of a document as documents.
func (d *Document) Sentences() []Document {
	var list []Document
	names, words, start := d.Names, d.Words, 0
	for line := range strings.Lines(d.Text) {
		end := start + len(line)
		n, _ := slices.BinarySearchFunc(names, end, func(x Name, at int) int { return x.Start - at })
		w, _ := slices.BinarySearchFunc(words, end, func(x Span, at int) int { return x.Start - at })
		s := Document{Text: strings.TrimSuffix(line, "\n"), Language: d.Language}
		for _, x := range words[:w] {
			s.Words = append(s.Words, Span{x.Start - start, x.End - start})
		}
		for _, x := range names[:n] {
			s.Names = append(s.Names, Name{x.Start - start, x.End - start, x.Type})
		}
		list = append(list, s)
		names, words, start = names[n:], words[w:], end
	}
	return list
}

// Snapped gives names widened to the words as they were annotated, so that
// names found in the text can be compared with the annotated ones. Of two that
// meet in one word the first stays.
func (d *Document) Snapped(names []Name) []Name {
	var list []Name
	w, last := 0, -1
	for _, n := range names {
		for w < len(d.Words) && d.Words[w].End <= n.Start {
			w++
		}
		first := w
		for w < len(d.Words) && d.Words[w].Start < n.End {
			w++
		}
		if w == first || first <= last {
			continue
		}
		last = w - 1
		list = append(list, Name{d.Words[first].Start, d.Words[last].End, n.Type})
	}
	return list
}
