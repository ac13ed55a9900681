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
	files    []string // below the folder of annotated text
	besides  []string // files of another kind of text: trained on, never judged on
	options  recogniser.Options
}

// usual are the options where nothing else was found to be better.
var usual = recogniser.Options{Rounds: 10, Bits: 17, Margin: 10, Miss: 20, Scale: 64, Eager: 0}

// courses lists the languages that have weights, in the order of training.
func courses() []course {
	return []course{
		{"ar", []string{"ar/anercorp-train.conll"}, nil, usual},
		{"fa", []string{"fa/parstwiner-train.conll", "fa/parstwiner-dev.conll"}, nil, usual},
		{"ur", []string{"ur/ilner-train.conll", "ur/ilner-dev.conll"}, nil, usual},
		{"en", []string{"en/wikigold.conll", "en/uner-ewt-dev.conll"}, nil, usual},
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

// documents reads the annotated text of a course, a list a file: those of
// c.files, then those of c.besides.
func (c *course) documents(folder string) ([][]recogniser.Document, error) {
	var all [][]recogniser.Document
	for _, name := range slices.Concat(c.files, c.besides) {
		list, err := readConll(filepath.Join(folder, filepath.FromSlash(name)), sentencesADocument)
		if err != nil {
			return nil, err
		}
		all = append(all, list)
	}
	return all, nil
}

func readConll(name string, sentences int) ([]recogniser.Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return recogniser.ReadConll(f, name, sentences)
}

// Of each block of so many documents the last ones are held back: runs of
// documents, since neighbours speak of the same people.
const (
	block    = 35
	heldBack = 5
)

// parted parts the documents of each file into those to train on and those held
// back.
func (c *course) parted(files [][]recogniser.Document) (most, rest []recogniser.Document) {
	for n, list := range files {
		for i, d := range list {
			if n < len(c.files) && i%block >= block-heldBack {
				rest = append(rest, d)
			} else {
				most = append(most, d)
			}
		}
	}
	return most, rest
}
