package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A scenario is a change after which everything is built again. Each repeat
// changes something else.
type scenario struct {
	name string
	edit func(s *source, repeat int) error
}

// bodyEdit is the scenario that the peer is measured by too.
const bodyEdit = "body edit"

// scenarios are what happens to a site, in this order.
func scenarios() []scenario {
	return []scenario{
		{"unchanged", func(*source, int) error { return nil }},
		{bodyEdit, func(s *source, k int) error { return s.rewrite(s.pick(k), addSentence) }},
		{"headline edit", func(s *source, k int) error { return s.rewrite(s.pick(k), addToHeadline) }},
		{"new article", func(s *source, k int) error { return s.add(k) }},
		{"tag added", func(s *source, k int) error { return s.rewrite(s.pick(k), addTag) }},
		{"alias added", (*source).addAlias},
		{"css", (*source).editCSS},
		{"template", (*source).editTemplate},
	}
}

// A source is the corpus on disk while it is changed.
type source struct {
	dir      string
	articles []string // paths below dir, oldest first
	theme    theme
	tag      int
}

// A theme is where a program has its templates and style sheet.
type theme struct {
	css, template string // paths
}

func openSource(dir string, t theme) (*source, error) {
	s := &source{dir: dir, theme: t}
	for _, l := range languages {
		list, err := filepath.Glob(filepath.Join(dir, "content", l, "*", "*", "*.md"))
		if err != nil {
			return nil, err
		}
		s.articles = append(s.articles, list...)
	}
	if len(s.articles) == 0 {
		return nil, errors.New("the corpus is empty")
	}
	slices.SortFunc(s.articles, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
	return s, nil
}

// pick gives an article from the middle of the archive, another each time.
func (s *source) pick(k int) string { return s.articles[(len(s.articles)/2+k*17)%len(s.articles)] }

func (s *source) rewrite(p string, change func([]byte) []byte) error {
	old, err := os.ReadFile(p)
	if err != nil {
		return err
	}
	changed := change(old)
	if bytes.Equal(old, changed) {
		return fmt.Errorf("%s: the edit changed nothing", p)
	}
	return os.WriteFile(p, changed, 0o666)
}

// addSentence appends to the body a sentence without names.
func addSentence(b []byte) []byte { return append(bytes.TrimRight(b, "\n"), " 2 + 2 = 4.\n"...) }

func addToHeadline(b []byte) []byte {
	return bytes.Replace(b, []byte("title: \""), []byte("title: \"+ "), 1)
}

// addTag adds a tag that the language has already, for it is that of every
// article that had none of this kind: the last that is drawn the least.
func addTag(b []byte) []byte {
	start := bytes.Index(b, []byte("\ntags: [")) + len("\ntags: [")
	end := start + bytes.IndexByte(b[start:], ']')
	tags := strings.Split(string(b[start:end]), ", ")
	for _, l := range languages {
		v, err := loadVocabulary(l)
		if err != nil || !slices.Contains(v.tags, tags[0]) {
			continue
		}
		for _, t := range v.tags {
			if !slices.Contains(tags, t) {
				return slices.Concat(b[:end], []byte(", "+t), b[end:])
			}
		}
	}
	return b
}

// add writes an article after all others: the newest one again, a day later.
func (s *source) add(k int) error {
	newest := s.articles[len(s.articles)-1-k]
	b, err := os.ReadFile(newest)
	if err != nil {
		return err
	}
	slug := strings.TrimSuffix(filepath.Base(newest), ".md")
	b = bytes.ReplaceAll(b, []byte(slug), []byte("added-"+slug))
	b = bytes.Replace(b, []byte("translationKey: "), []byte("translationKey: added-"), 1)
	b = replaceLine(b, "date: ", firstDay().AddDate(years, 0, 2+k).Format(time.RFC3339))
	return os.WriteFile(filepath.Join(filepath.Dir(newest), "added-"+slug+".md"), b, 0o666)
}

// addAlias gives a name of the knowledge base another spelling: two words that
// follow each other in an article of that language.
func (s *source) addAlias(k int) error {
	article := s.pick(200 + k)
	b, err := os.ReadFile(article)
	if err != nil {
		return err
	}
	entities, err := filepath.Glob(filepath.Join(s.dir, "content", "entities", "*.md"))
	if err != nil || len(entities) == 0 {
		return errors.Join(errors.New("the corpus has no names"), err)
	}
	line := fmt.Sprintf("\naliases:\n  %s: [%s]\nweight: ", languageOf(article), quote(twoWords(b)))
	return s.rewrite(entities[k*7%len(entities)], func(old []byte) []byte {
		return bytes.Replace(old, []byte("\nweight: "), []byte(line), 1)
	})
}

// twoWords gives the first two words of a text that follow each other with
// nothing but a space between.
func twoWords(b []byte) string {
	_, body, _ := bytes.Cut(b, []byte("\n---\n"))
	last := ""
	for _, w := range strings.Fields(string(body)) {
		plain := !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		switch {
		case !plain:
			last = ""
		case last != "":
			return last + " " + w
		default:
			last = w
		}
	}
	return last
}

func languageOf(article string) string {
	return filepath.Base(filepath.Dir(filepath.Dir(filepath.Dir(article))))
}

// replaceLine puts another value behind a key of the front matter.
func replaceLine(b []byte, key, value string) []byte {
	start := bytes.Index(b, []byte("\n"+key)) + 1 + len(key)
	end := start + bytes.IndexByte(b[start:], '\n')
	return slices.Concat(b[:start], []byte(value), b[end:])
}

func (s *source) editCSS(k int) error {
	return appendTo(s.theme.css, fmt.Sprintf("\n.bench-%d { margin: 0 }\n", k))
}

func (s *source) editTemplate(k int) error {
	return appendTo(s.theme.template, fmt.Sprintf("<p>Edition %d</p>\n", k))
}

func appendTo(p, text string) error {
	f, err := os.OpenFile(p, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
