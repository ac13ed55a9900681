package main

import (
	"embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed testdata/words/*.txt testdata/names.txt
var data embed.FS

// languages are those of the corpus, in the order of names.txt.
var languages = [...]string{"ar", "en", "fa", "fr", "he", "ur"}

// shares are how many of a hundred articles are in each language.
var shares = [...]int{22, 18, 17, 14, 14, 15}

// tagsPerLanguage is how many tags a language has: its first nouns.
const tagsPerLanguage = 40

// A name is a person, organisation or place with its spelling per language.
type name struct {
	id, kind string
	labels   [len(languages)]string
}

func loadNames() ([]name, error) {
	text, err := data.ReadFile("testdata/names.txt")
	if err != nil {
		return nil, err
	}
	var list []name
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "|")
		if len(fields) != 2+len(languages) {
			return nil, fmt.Errorf("names.txt: %q has not %d fields", line, 2+len(languages))
		}
		list = append(list, name{fields[0], fields[1], [len(languages)]string(fields[2:])})
	}
	return list, nil
}

// A vocabulary is what sentences of a language are made of.
type vocabulary struct {
	words     map[string][]string
	sentences []pattern
	headlines []pattern
	tags      []string
}

// A pattern is a sentence with slots: texts and names of categories in turn,
// the first a text.
type pattern []string

// loadVocabulary reads testdata/words/<language>.txt: sections of words, and
// sections derived from others, "[plural = noun *s]", where the star stands for
// the word. Lines with a comma hold phrases between commas, others words.
func loadVocabulary(language string) (*vocabulary, error) {
	text, err := data.ReadFile("testdata/words/" + language + ".txt")
	if err != nil {
		return nil, err
	}
	v := &vocabulary{words: map[string][]string{}}
	section := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			if section, err = v.open(strings.Trim(line, "[]")); err != nil {
				return nil, fmt.Errorf("%s.txt: %w", language, err)
			}
		case section == "sentence":
			v.sentences = append(v.sentences, parsePattern(line))
		case section == "headline":
			v.headlines = append(v.headlines, parsePattern(line))
		default:
			v.words[section] = append(v.words[section], split(line)...)
		}
	}
	v.tags = v.words["noun"]
	if len(v.tags) == 0 {
		v.tags = v.words["masc"]
	}
	v.tags = distinct(v.tags)[:tagsPerLanguage]
	return v, v.check(language)
}

// open begins a section and fills it if it is derived from another one.
func (v *vocabulary) open(head string) (string, error) {
	section, rule, derived := strings.Cut(head, " = ")
	if !derived {
		return section, nil
	}
	base, form, ok := strings.Cut(rule, " ")
	if !ok || len(v.words[base]) == 0 {
		return "", fmt.Errorf("[%s] derives from nothing", head)
	}
	for _, w := range v.words[base] {
		v.words[section] = append(v.words[section], strings.Replace(form, "*", w, 1))
	}
	return section, nil
}

func (v *vocabulary) check(language string) error {
	for _, list := range [][]pattern{v.sentences, v.headlines} {
		if len(list) == 0 {
			return fmt.Errorf("%s.txt has no sentences or no headlines", language)
		}
		for _, p := range list {
			for i := 1; i < len(p); i += 2 {
				if slot := p[i]; slot != "name" && slot != "num" && len(v.words[slot]) == 0 {
					return fmt.Errorf("%s.txt has no {%s}", language, slot)
				}
			}
		}
	}
	return nil
}

func split(line string) []string {
	if !strings.ContainsAny(line, ",،") {
		return strings.Fields(line)
	}
	list := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == '،' })
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

func distinct(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func parsePattern(line string) pattern {
	var p pattern
	for {
		before, rest, ok := strings.Cut(line, "{")
		p = append(p, before)
		if !ok {
			return p
		}
		slot, after, _ := strings.Cut(rest, "}")
		p, line = append(p, slot), after
	}
}

// capital gives s with its first letter in upper case.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
