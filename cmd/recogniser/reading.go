package main

import (
	"cmp"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// For languages without annotated text, somebody read the articles of the
// corpus and wrote down the names in each, one list a language. The articles
// themselves are no part of the project.
//
//go:embed read
var readings embed.FS

// A reading is a name that stands in an article, as the keys of its words.
type reading struct {
	words []string
	upper bool // the first one is written with a capital
	of    entity.Type
	found bool // it stands somewhere
}

// readArticles gives the articles of the corpus whose names were written down.
func readArticles(corpus string, t lang.Tag) ([]recogniser.Document, error) {
	data, err := readings.ReadFile("read/" + string(t) + ".txt")
	if err != nil {
		return nil, err
	}
	lists, order, err := parseReadings(string(data), t)
	if err != nil {
		return nil, err
	}
	var all []recogniser.Document
	for _, number := range order {
		text, err := os.ReadFile(filepath.Join(corpus, string(t), "ntrex-"+number+".txt"))
		if err != nil {
			return nil, err
		}
		d := markNames(string(text), lists[number], t)
		if missing := unmarked(lists[number]); missing != "" {
			return nil, fmt.Errorf("read/%s.txt: %q is not in article %s", t, missing, number)
		}
		all = append(all, d)
	}
	return all, nil
}

// parseReadings reads lines such as "001 PER: name; name".
func parseReadings(data string, t lang.Tag) (lists map[string][]reading, order []string, err error) {
	lists = map[string][]reading{}
	types := map[string]entity.Type{"PER": entity.Person, "LOC": entity.Place, "ORG": entity.Organisation}
	for line := range strings.Lines(data) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		head, names, _ := strings.Cut(line, ":")
		number, code, _ := strings.Cut(head, " ")
		if types[code] == "" {
			return nil, nil, fmt.Errorf("%q: write a number, PER, LOC or ORG, a colon and names", line)
		}
		if lists[number] == nil {
			order = append(order, number)
		}
		for name := range strings.SplitSeq(names, ";") {
			r := reading{of: types[code]}
			for i, w := range wordsOf(name) {
				r.upper = i == 0 && capital(name[w.Start:]) || i > 0 && r.upper
				r.words = append(r.words, keyOf(name[w.Start:w.End], t))
			}
			if len(r.words) > 0 {
				lists[number] = append(lists[number], r)
			}
		}
	}
	for _, list := range lists { // a longer name before the shorter one that it holds
		slices.SortStableFunc(list, func(a, b reading) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
	return lists, order, nil
}

// keyOf gives the key under which words are compared; an apostrophe at the end may
// be a quotation mark.
func keyOf(word string, t lang.Tag) string { return strings.TrimRight(lang.Light(word, t), "'\"") }

// wordsOf gives the words of a text in their parts, as the recogniser sees them.
func wordsOf(text string) []lang.Word {
	var list []lang.Word
	for _, w := range lang.Words(text) {
		for _, p := range lang.Parts(text[w.Start:w.End]) {
			list = append(list, lang.Word{Start: w.Start + p.Start, End: w.Start + p.End})
		}
	}
	return list
}

// markNames marks the names of an article wherever they stand.
func markNames(text string, names []reading, t lang.Tag) recogniser.Document {
	d := recogniser.Document{Text: text}
	words := wordsOf(text)
	keys := make([]string, len(words))
	for i, w := range words {
		keys[i] = keyOf(text[w.Start:w.End], t)
		d.Words = append(d.Words, recogniser.Span{Start: w.Start, End: w.End})
	}
	for i := 0; i < len(words); i++ {
		for k := range names {
			if n := &names[k]; standsAt(text, words, keys, i, n, t) {
				n.found = true
				last := i + len(n.words) - 1
				d.Names = append(d.Names, recogniser.Name{Start: words[i].Start, End: words[last].End, Type: n.of})
				i = last
				break
			}
		}
	}
	return d
}

// unmarked gives a name that stands nowhere, "" if there is none.
func unmarked(names []reading) string {
	for _, n := range names {
		if !n.found {
			return strings.Join(n.words, " ")
		}
	}
	return ""
}

// standsAt says whether a name stands at word i, on one line; its first word may
// have prefixes.
func standsAt(text string, words []lang.Word, keys []string, i int, n *reading, t lang.Tag) bool {
	if i+len(n.words) > len(words) || strings.Contains(text[words[i].Start:words[i+len(n.words)-1].End], "\n") {
		return false
	}
	if !slices.Equal(keys[i+1:i+len(n.words)], n.words[1:]) {
		return false
	}
	written := text[words[i].Start:words[i].End]
	if capital(written) != n.upper {
		return false
	}
	return slices.ContainsFunc(lang.Clitics(written, t), func(c lang.Clitic) bool { return keyOf(c.Word(), t) == n.words[0] })
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
