package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mihbara/generator/lang"
	"mihbara/generator/tag"
)

//go:embed judged.txt
var judgedTable string

// A judgement says what a text is about, and what it may be said to be about.
type judgement struct{ is, may []string }

// judgements gives those of the parallel stories, by the name of their files.
func judgements() map[string]judgement {
	out := map[string]judgement{}
	for line := range strings.Lines(judgedTable) {
		row := strings.Split(strings.TrimSpace(line), "|")
		if len(row) != 3 || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "story |") {
			continue
		}
		out[strings.TrimSpace(row[0])] = judgement{strings.Fields(row[1]), strings.Fields(row[2])}
	}
	return out
}

// categories are those under which other texts of the corpus were published, by
// the beginning of their names. What else they are about nobody said.
var categories = []struct{ prefix, topic string }{
	{"wikinews-politics", "politics"}, {"wikinews-health", "health"}, {"wikinews-culture", "arts"},
}

// languages are those in which the starter set is meant to be complete, then the
// others that it has words of.
var languages = []lang.Tag{"ar", "en", "fa", "he", "ur", "fr", "es", "ru", "tr", "zh-Hans", "ckb", "kmr"}

// complete is how many of them the first are.
const complete = 6

// A sample is a text with what is said of it.
type sample struct {
	language lang.Tag
	found    []tag.Found
	judged   judgement
	open     bool // it may be about anything else
}

func measure(args []string, out io.Writer) error {
	set := flag.NewFlagSet("measure", flag.ContinueOnError)
	from := set.String("from", "../shared/corpus", "the `FOLDER` of parallel stories")
	if err := set.Parse(args); err != nil {
		return err
	}
	samples, err := readSamples(*from)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d texts\n\nleast share | six languages: precision recall without | all: precision recall without\n", len(samples))
	for _, share := range [...]int{15, 20, 25, 27, 30, 35, 40} {
		fmt.Fprintf(out, "%11d |", share)
		for _, n := range []int{complete, len(languages)} {
			fmt.Fprintf(out, " %v |", score(samples, languages[:n], func(f []tag.Found) []tag.Topic { return tag.TopicsAbove(f, share) }))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "\nas built | precision recall without\n")
	for _, t := range languages {
		fmt.Fprintf(out, "%8s | %v\n", t, score(samples, []lang.Tag{t}, tag.Topics))
	}
	return nil
}

// readSamples reads the texts of which something is known.
func readSamples(folder string) ([]sample, error) {
	var list []sample
	var finder tag.Finder
	judged := judgements()
	for _, t := range languages {
		files, err := filepath.Glob(filepath.Join(folder, string(t), "*.txt"))
		if err != nil {
			return nil, err
		}
		for _, p := range files {
			name := strings.TrimSuffix(filepath.Base(p), ".txt")
			s := sample{language: t}
			var known bool
			if s.judged, known = judged[name]; !known {
				s.judged, s.open = categoryOf(name)
				known = s.open
			}
			if !known || strings.HasSuffix(name, ".tashkeel") {
				continue
			}
			data, err := os.ReadFile(p)
			if err != nil {
				return nil, err
			}
			s.found = finder.Find(string(data), nil, t)
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s has no text of which the topic is known", folder)
	}
	return list, nil
}

func categoryOf(name string) (judgement, bool) {
	for _, c := range categories {
		if strings.HasPrefix(name, c.prefix) {
			return judgement{is: []string{c.topic}}, true
		}
	}
	return judgement{}, false
}

// A quality is how well topics were told.
type quality struct{ given, right, expected, got, texts, without int }

// String gives precision, recall, and the share of texts without a topic.
func (q quality) String() string {
	share := func(a, b int) float64 { return float64(a) / float64(max(1, b)) }
	return fmt.Sprintf("%.3f %.3f %.3f", share(q.right, q.given), share(q.got, q.expected), share(q.without, q.texts))
}

// score compares what is told of the samples in some languages with what is known.
func score(samples []sample, in []lang.Tag, topics func([]tag.Found) []tag.Topic) (q quality) {
	for _, s := range samples {
		if !slices.Contains(in, s.language) {
			continue
		}
		q.texts++
		told := topics(s.found)
		if len(told) == 0 {
			q.without++
		}
		for _, x := range told {
			is := slices.Contains(s.judged.is, x.ID)
			if s.open && !is {
				continue
			}
			q.given++
			if is || slices.Contains(s.judged.may, x.ID) {
				q.right++
			}
		}
		q.expected += len(s.judged.is)
		for _, x := range s.judged.is {
			if slices.ContainsFunc(told, func(t tag.Topic) bool { return t.ID == x }) {
				q.got++
			}
		}
	}
	return q
}
