package main

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// Sentences that the project wrote itself stand in read/<language>.sentences.txt:
// names in brackets, [ORG …], and slots for names that are drawn from the lists
// of the recogniser, so that it learns what the lists are worth.

// drawn is how often each sentence is taken, each time with other names.
const drawn = 6

// writtenSentences gives the sentences of a language as documents, none if there
// are none.
func writtenSentences(t lang.Tag) []recogniser.Document {
	data, err := readings.ReadFile("read/" + string(t) + ".sentences.txt")
	if err != nil {
		return nil
	}
	s := slots{
		given:  slices.Collect(recogniser.Listed(t, "given")),
		family: slices.Collect(recogniser.Listed(t, "family")),
		places: slices.Collect(recogniser.Listed(t, "places")),
	}
	var list []recogniser.Document
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for n := range drawn {
			list = append(list, s.fill(line, n))
		}
	}
	return list
}

// slots are the lists that slots are filled from.
type slots struct{ given, family, places []string }

// fill writes a sentence with the names that a hash of it and n draws.
func (s *slots) fill(line string, n int) recogniser.Document {
	f := filler{slots: s, seed: line + strconv.Itoa(n)}
	for line != "" {
		i := strings.IndexAny(line, "[]{")
		if i < 0 {
			f.write(line)
			break
		}
		f.write(line[:i])
		line = f.mark(line[i:])
	}
	f.d.Text = f.text.String()
	for _, w := range wordsOf(f.d.Text) {
		f.d.Words = append(f.d.Words, recogniser.Span{Start: w.Start, End: w.End})
	}
	return f.d
}

type filler struct {
	*slots
	seed  string
	count int
	text  strings.Builder
	d     recogniser.Document
	open  entity.Type // of the bracket that is open
	start int
}

func (f *filler) write(s string) { f.text.WriteString(s) }

// mark reads what begins with a bracket or a slot and gives the rest.
func (f *filler) mark(s string) string {
	types := map[string]entity.Type{"PER": entity.Person, "LOC": entity.Place, "ORG": entity.Organisation}
	switch s[0] {
	case '[':
		code, rest, _ := strings.Cut(s[1:], " ")
		f.open, f.start = types[code], f.text.Len()
		return rest
	case ']':
		f.name(f.start, f.open)
		f.open = ""
		return s[1:]
	}
	slot, rest, _ := strings.Cut(s[1:], "}")
	start := f.text.Len()
	switch slot {
	case "P":
		f.write(f.draw(f.given) + " " + f.draw(f.family))
	case "F":
		f.write(f.draw(f.family))
	case "G":
		f.write(f.draw(f.given))
	case "L":
		f.write(f.draw(f.places))
	}
	if f.open == "" {
		of := entity.Person
		if slot == "L" {
			of = entity.Place
		}
		f.name(start, of)
	}
	return rest
}

// name notes a name that ends here; what is written together before it belongs
// to its first word.
func (f *filler) name(start int, of entity.Type) {
	text := f.text.String()
	start = strings.LastIndexAny(text[:start], " \"(-") + 1
	f.d.Names = append(f.d.Names, recogniser.Name{Start: start, End: len(text), Type: of})
}

func (f *filler) draw(list []string) string {
	h := fnv.New64a()
	h.Write([]byte(f.seed + strconv.Itoa(f.count)))
	f.count++
	return list[h.Sum64()%uint64(len(list))]
}
