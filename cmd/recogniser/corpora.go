package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// A course is what a language's weights are trained on and how. The options
// were chosen on held-back text, see README.md.
type course struct {
	language lang.Tag
	articles bool     // the articles of the corpus whose names were written down
	files    []string // below the folder of annotated text
	besides  []string // files of another kind of text: trained on, never judged on
	options  recogniser.Options
	parts    []course // of a joint model: a course of each language that it is trained on
}

// usual are the options where nothing else was found to be better.
var usual = recogniser.Options{Runs: 4, Rounds: 10, Bits: 17, Margin: 10, Miss: 25, Scale: 64}

// little are those for languages with little text: more recall.
var little = recogniser.Options{Rounds: 10, Bits: 17, Margin: 10, Miss: 40, Scale: 64}

// joint are those for joint models.
var joint = recogniser.Options{Runs: 4, Rounds: 10, Bits: 18, Margin: 10, Miss: 25, Scale: 64}

// courses lists the languages that have weights, in the order of training.
func courses() []course {
	return []course{
		{language: "ar", files: []string{"ar/anercorp-train.conll"}, options: usual},
		{language: "fa", articles: true, files: []string{"fa/parstwiner-train.conll", "fa/parstwiner-dev.conll"}, options: usual},
		{language: "ur", files: []string{"ur/ilner-train.conll", "ur/ilner-dev.conll"}, options: usual},
		{language: "he", articles: true, options: little},
		{language: "fr", articles: true, besides: []string{"en/wikigold.conll", "en/uner-ewt-dev.conll"}, options: little},
		{language: "en", articles: true, files: []string{"en/wikigold.conll", "en/uner-ewt-dev.conll"}, besides: []string{"en/wnut17-train.conll"}, options: usual},
		{language: "und", options: joint, parts: []course{
			{language: "en", articles: true, files: []string{"en/wikigold.conll", "en/uner-ewt-dev.conll", "en/wnut17-train.conll"}},
			{language: "fr", articles: true},
			{language: "es", articles: true},
			{language: "tr", articles: true},
			{language: "kmr", articles: true},
			{language: "ru", articles: true},
			{language: "de"},
		}},
		{language: "und-Arab", options: joint, parts: []course{
			{language: "fa", articles: true, files: []string{"fa/parstwiner-train.conll"}},
			{language: "ckb", articles: true},
		}},
	}
}

// chosen gives the courses of the languages named, all if none is.
func chosen(names []string) ([]course, error) {
	all := courses()
	if len(names) == 0 {
		return all, nil
	}
	var list []course
	for _, name := range names {
		i := slices.IndexFunc(all, func(c course) bool { return string(c.language) == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no text to train %q on", name)
		}
		list = append(list, all[i])
	}
	return list, nil
}

// sentencesADocument is how many sentences of a file that marks no documents
// are taken as one: about as many as a news article has.
const sentencesADocument = 20

// sources are the folders of text that others wrote.
type sources struct {
	annotated, corpus *string
}

// documents reads the annotated text of a course, a list for each of c.names.
func (c *course) documents(from sources) ([][]recogniser.Document, error) {
	var all [][]recogniser.Document
	for i := range c.parts {
		lists, err := c.parts[i].documents(from)
		if err != nil {
			return nil, err
		}
		for _, list := range lists {
			for d := range list {
				list[d].Language = c.parts[i].language
			}
		}
		all = append(all, lists...)
	}
	if c.articles {
		list, err := readArticles(*from.corpus, c.language)
		if err != nil {
			return nil, err
		}
		all = append(all, list)
	}
	for _, name := range slices.Concat(c.files, c.besides) {
		list, err := readConll(filepath.Join(*from.annotated, filepath.FromSlash(name)), sentencesADocument)
		if err != nil {
			return nil, err
		}
		all = append(all, list)
	}
	return append(all, writtenSentences(c.language)), nil
}

func readConll(name string, sentences int) ([]recogniser.Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return recogniser.ReadConll(f, name, sentences)
}

// held says whether document i of n is held back in a fold of so many: neighbours
// in a corpus speak of the same people, so a fold is in one piece. Where there are
// few documents each is an article of its own.
func held(i, n, fold, folds int) bool {
	if n < 100 {
		return i%folds == fold
	}
	return i*folds/n == fold
}

// parted parts the documents of each file into those to train on and those held
// back in a fold. With on, which is a name of [course.names], that file alone is
// judged on; with one fold, all of it.
func (c *course) parted(files [][]recogniser.Document, fold, folds int, on string) (most, rest []recogniser.Document) {
	for n, name := range c.names() {
		list := files[n]
		if on != "" && name != on || on == "" && (slices.Contains(c.besides, name) || name == written) {
			most = append(most, list...)
			continue
		}
		for i, d := range list {
			if held(i, len(list), fold, folds) {
				rest = append(rest, d)
			} else {
				most = append(most, d)
			}
		}
	}
	return most, rest
}

// Names of texts that are no files of annotated text.
const (
	articles = "articles"
	written  = "written"
)

// names gives what the lists of [course.documents] are.
func (c *course) names() []string {
	var list []string
	if c.articles {
		list = append(list, articles)
	}
	return append(slices.Concat(list, c.files, c.besides), written)
}
