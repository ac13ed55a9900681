package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A report is an article of the corpus.
type report struct {
	file     string // as the manifest names it; only to tell of it
	language lang.Tag
	document string // articles of the same document are translations of each other
	event    string // articles of the same event are on the same thing
	parallel bool   // it is one of the documents that are there in twelve languages
	terms    archive.Terms
}

// sameEvent are documents of the corpus that are on the same thing, as reading them
// shows: the earthquake and tsunami of Sulawesi, the referendum in Macedonia, the
// hearing of a judge in Washington, the remnants of a hurricane.
var sameEvent = [...][]string{
	{"ntrex-008", "ntrex-010", "ntrex-028", "ntrex-029"},
	{"ntrex-002", "ntrex-034"},
	{"ntrex-015", "ntrex-027", "ntrex-037"},
	{"ntrex-014", "ntrex-025"},
}

func eventOf(document string) string {
	for _, list := range sameEvent {
		if slices.Contains(list, document) {
			return list[0]
		}
	}
	return document
}

// Columns of the manifest.
const (
	columnFile = iota
	columnLanguage
	_
	_
	_
	_
	columnDocument
	columns
)

// readCorpus reads all articles in plain text and Markdown that have a language.
func readCorpus(folder string) ([]*report, error) {
	data, err := os.ReadFile(filepath.Join(folder, "MANIFEST.tsv"))
	if err != nil {
		return nil, err
	}
	var list []*report
	reader := newReader()
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(row) < columns || filepath.Ext(row[columnFile]) != ".txt" && filepath.Ext(row[columnFile]) != ".md" {
			continue
		}
		t, err := lang.ParseTag(row[columnLanguage])
		if err != nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, row[columnFile]))
		if err != nil {
			return nil, err
		}
		r := &report{file: row[columnFile], language: t, document: row[columnDocument], parallel: strings.HasPrefix(row[columnDocument], "ntrex-")}
		if r.document == "" {
			r.document = r.file // it is like no other
		}
		r.event = eventOf(r.document)
		r.terms = reader.read(string(text), t)
		list = append(list, r)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s has no articles", folder)
	}
	return list, nil
}

// A reader reads the terms of articles as a build does, with the built-in entities.
type reader struct {
	names   entity.Lexicon
	matcher *entity.Matcher
	terms   archive.TermReader
}

func newReader() *reader {
	return &reader{names: entity.NewLexicon(entity.Builtin()), matcher: entity.NewMatcher(64<<20, nil)}
}

func (r *reader) read(text string, t lang.Tag) archive.Terms {
	words := lang.Words(text)
	var ids []entity.ID
	for _, m := range r.matcher.Annotate(text, t, r.names, nil, nil) {
		ids = append(ids, m.Entity)
	}
	return r.terms.Read(archive.Text{Body: text, Words: words, Language: t, Entities: ids})
}
