package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

func detectCommand() command {
	var wrong bool
	return command{
		name:      "detect",
		arguments: "[FILE|DIR…]",
		summary:   "tell the language of texts, and measure how often that is right",
		shared:    "json",
		help: `Reads articles (.md, .txt) and tables (.tsv), or a text from standard input, and
says which language they are in.

Texts whose language is declared are a test of that: by the key lang of an
article, the folder (ar/…), the ending of its name (name.ar.md) or a column of a
table. A table has the tag and the text in its first two columns, in either
order, or a first line that names its columns: lang and text or title. It prints
how many headlines of at most 60 characters and how many paragraphs of more are
told rightly, what was taken for what, how many of the answers were sure, and how
long one takes. A headline that is longer is cut at a word; where an article has
none, it begins its text. Files that do not say their language are then only
counted.

--wrong prints each text that was taken for another language.`,
		flags: func(c *call) {
			c.set.BoolVar(&wrong, "wrong", false, "print the texts that were taken for another language")
		},
		run: func(ctx context.Context, c *call) error {
			if len(c.args) == 0 {
				text, err := io.ReadAll(c.in)
				if err != nil {
					return err
				}
				c.sayLanguage("standard input", string(text))
				return nil
			}
			d := detection{c: c, known: map[sample]bool{}}
			for _, arg := range c.args {
				if err := d.walk(ctx, arg); err != nil {
					return err
				}
			}
			return d.print(wrong)
		},
	}
}

// sayLanguage prints the language of a text.
func (c *call) sayLanguage(name, text string) {
	t, sure := lang.Detect(text)
	doubt := ""
	if !sure {
		doubt = " (not sure)"
	}
	fmt.Fprintf(c.out, "%s: %s%s\n", name, t, doubt)
}

// The lengths, in characters, of the texts that are measured.
const (
	longestHeadline   = 60
	shortestParagraph = 60
)

// A sample is a text in a language that is known.
type sample struct {
	language lang.Tag
	text     string
}

// A detection gathers the samples of files.
type detection struct {
	c                     *call
	settings              site.Settings
	headlines, paragraphs []sample
	known                 map[sample]bool // those that were gathered: one text counts once
	undeclared            []undeclared    // files that do not say their language
}

type undeclared struct{ file, text string }

func (d *detection) walk(ctx context.Context, root string) error {
	d.settings, _ = site.Parse("site.toml", nil)
	return filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if e.IsDir() {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if rel == "." {
			rel = filepath.Base(file)
		}
		return d.file(file, filepath.ToSlash(rel))
	})
}

// file gathers the samples of a file; rel is its path below the folder that was
// named.
func (d *detection) file(file, rel string) error {
	var use func(file, rel string, data []byte) error
	switch strings.ToLower(filepath.Ext(file)) {
	case ".md", ".markdown", ".txt":
		use = d.article
	case ".tsv":
		use = d.table
	default:
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return use(file, rel, data)
}

// article gathers the headline and the paragraphs of an article. Its language
// folder is below the folder that was named, or is that, or the one that the
// file stands in.
func (d *detection) article(file, rel string, data []byte) error {
	top := "content"
	if strings.EqualFold(filepath.Ext(file), ".txt") {
		top = "seeds"
	}
	above := filepath.ToSlash(strings.TrimSuffix(filepath.ToSlash(filepath.Clean(file)), rel))
	var a *article.Article
	for _, p := range []string{path.Join(top, rel), path.Join(top, path.Base(above), rel)} {
		a, _ = article.Parse(article.Source{Path: p, Data: data}, &d.settings)
		if a == nil || !slices.Contains(a.Derived, "language") {
			break
		}
	}
	if a == nil {
		return nil
	}
	if slices.Contains(a.Derived, "language") {
		d.undeclared = append(d.undeclared, undeclared{file, a.Headline + "\n" + a.Body.Text})
		return nil
	}
	d.headline(a.Language, a.Headline)
	for p := range strings.SplitSeq(a.Body.Text, "\n\n") {
		d.paragraph(a.Language, p)
	}
	return nil
}

func (d *detection) headline(t lang.Tag, text string) {
	if utf8.RuneCountInString(text) > longestHeadline {
		text = strings.TrimSuffix(lang.Excerpt(text, longestHeadline), "…")
	}
	if s := (sample{t, strings.TrimSpace(text)}); s.text != "" && !d.known[s] {
		d.known[s] = true
		d.headlines = append(d.headlines, s)
	}
}

func (d *detection) paragraph(t lang.Tag, text string) {
	if s := (sample{t, text}); utf8.RuneCountInString(text) >= shortestParagraph && !d.known[s] {
		d.known[s] = true
		d.paragraphs = append(d.paragraphs, s)
	}
}

// table gathers the rows of a table.
func (d *detection) table(file, _ string, data []byte) error {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	tagColumn, textColumn := -1, -1
	for first := true; ; first = false {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return usagef("%s: %v", file, err)
		}
		if first {
			tagColumn, textColumn = columns(row)
			if tagColumn >= 0 && textColumn >= 0 {
				continue
			}
		}
		at, text := tagColumn, textColumn
		if at < 0 || text < 0 {
			at, text = 0, 1
			if _, err := lang.ParseTag(row[0]); err != nil {
				at, text = 1, 0
			}
		}
		if len(row) <= max(at, text) {
			continue
		}
		t, err := lang.ParseTag(row[at])
		switch n := utf8.RuneCountInString(row[text]); {
		case err != nil || t == lang.Und:
		case n <= longestHeadline:
			d.headline(t, row[text])
		default:
			d.paragraph(t, row[text])
		}
	}
}

// columns reads the names of columns, -1 where there are none.
func columns(row []string) (tag, text int) {
	find := func(names ...string) int {
		return slices.IndexFunc(row, func(s string) bool { return slices.Contains(names, strings.ToLower(strings.TrimSpace(s))) })
	}
	return find("lang", "language", "tag"), find("text", "title", "headline")
}

// A score is how well the language of some texts was told.
type score struct {
	What      string                        `json:"what"`
	Texts     int                           `json:"texts"`
	Right     int                           `json:"right"`
	Sure      int                           `json:"sure"`
	SureWrong int                           `json:"sureAndWrong"`
	Micros    float64                       `json:"microseconds"` // of one
	Taken     map[lang.Tag]map[lang.Tag]int `json:"takenFor"`     // declared → detected
	wrong     []mistake
}

// A mistake is a text that was taken for another language.
type mistake struct {
	sample
	taken lang.Tag
	sure  bool
}

// measure detects the language of all samples.
func measure(what string, samples []sample, clock func() time.Time) score {
	s := score{What: what, Texts: len(samples), Taken: map[lang.Tag]map[lang.Tag]int{}}
	for _, x := range samples {
		got, sure := lang.Detect(x.text)
		if s.Taken[x.language] == nil {
			s.Taken[x.language] = map[lang.Tag]int{}
		}
		s.Taken[x.language][got]++
		_, right := lang.Match(x.language, []lang.Tag{got})
		if right {
			s.Right++
		} else {
			s.wrong = append(s.wrong, mistake{x, got, sure})
		}
		if sure {
			s.Sure++
			if !right {
				s.SureWrong++
			}
		}
	}
	s.Micros = float64(fastest(samples, clock).Nanoseconds()) / 1000 / float64(max(1, len(samples)))
	return s
}

// fastest gives the time of the fastest of some rounds over all samples: what
// else the machine does slows the others down. The data of all languages have
// been read before.
func fastest(samples []sample, clock func() time.Time) time.Duration {
	var best time.Duration
	for start, round := clock(), 0; round < 1000 && clock().Sub(start) < 400*time.Millisecond; round++ {
		from := clock()
		for _, x := range samples {
			lang.Detect(x.text)
		}
		if took := clock().Sub(from); round == 0 || took < best {
			best = took
		}
	}
	return best
}

func (d *detection) print(wrong bool) error {
	if len(d.headlines)+len(d.paragraphs) == 0 {
		for _, u := range d.undeclared {
			d.c.sayLanguage(u.file, u.text)
		}
		return nil
	}
	scores := []score{
		measure(fmt.Sprintf("headlines of at most %d characters", longestHeadline), d.headlines, d.c.clock),
		measure(fmt.Sprintf("paragraphs of at least %d characters", shortestParagraph), d.paragraphs, d.c.clock),
	}
	if d.c.json {
		return d.c.printJSON(scores)
	}
	if n := len(d.undeclared); n > 0 {
		fmt.Fprintf(d.c.out, "left out, because their language is not declared: %s\n\n", plural(n, "file", "files"))
	}
	for _, s := range scores {
		if s.Texts > 0 {
			s.print(d.c.out, wrong)
		}
	}
	return nil
}

func (s score) print(w io.Writer, wrong bool) {
	fmt.Fprintf(w, "%s: declared in rows, detected in columns\n", s.What)
	s.matrix(w)
	fmt.Fprintf(w, "%d of %d right (%.2f %%), %d sure, %d of them wrong, %.1f µs each\n\n",
		s.Right, s.Texts, 100*float64(s.Right)/float64(s.Texts), s.Sure, s.SureWrong, s.Micros)
	if !wrong {
		return
	}
	for _, m := range s.wrong {
		sure := ""
		if m.sure {
			sure = ", sure"
		}
		fmt.Fprintf(w, "%s taken for %s%s: %s\n", m.language, m.taken, sure, strings.Join(strings.Fields(lang.Excerpt(m.text, 160)), " "))
	}
}

// matrix prints what was taken for what.
func (s score) matrix(w io.Writer) {
	var rows, columns []lang.Tag
	for want, m := range s.Taken {
		rows = append(rows, want)
		columns = append(columns, want)
		for got := range m {
			columns = append(columns, got)
		}
	}
	slices.Sort(rows)
	slices.Sort(columns)
	columns = slices.Compact(columns)
	fmt.Fprintf(w, "%9s", "")
	for _, c := range columns {
		fmt.Fprintf(w, " %*s", width(c), c)
	}
	fmt.Fprintln(w)
	for _, r := range rows {
		fmt.Fprintf(w, "%9s", r)
		for _, c := range columns {
			n := "·"
			if s.Taken[r][c] > 0 {
				n = fmt.Sprint(s.Taken[r][c])
			}
			fmt.Fprintf(w, " %*s", width(c), n)
		}
		fmt.Fprintln(w)
	}
}

func width(t lang.Tag) int { return max(5, len(t)) }
