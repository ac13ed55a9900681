package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"mihbara/generator/lang"
	"mihbara/generator/tag"
)

func TestJudgementsNameTopics(t *testing.T) {
	all := judgements()
	if len(all) != 40 {
		t.Errorf("%d judgements", len(all))
	}
	for name, j := range all {
		for _, id := range slices.Concat(j.is, j.may) {
			if tag.StarterTag(id) == nil {
				t.Errorf("%s: there is no topic %q", name, id)
			}
		}
	}
}

func TestScoreCountsWhatItSees(t *testing.T) {
	told := func([]tag.Found) []tag.Topic { return []tag.Topic{{ID: "sport"}, {ID: "crime"}} }
	samples := []sample{
		{language: "en", judged: judgement{is: []string{"sport"}, may: []string{"crime"}}},
		{language: "en", judged: judgement{is: []string{"politics"}}},
		{language: "en", judged: judgement{is: []string{"crime"}}, open: true},
		{language: "ar", judged: judgement{is: []string{"arts"}}},
	}
	if q := score(samples, []lang.Tag{"en"}, told); q != (quality{given: 5, right: 3, expected: 3, got: 2, texts: 3}) {
		t.Errorf("%+v", q)
	}
}

// TestTagsOfTheCorpus holds what the README says. The corpus is no part of the
// project.
func TestTagsOfTheCorpus(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("there is no corpus at ", folder)
	}
	samples, err := readSamples(folder)
	if err != nil {
		t.Fatal(err)
	}
	q := score(samples, languages[:complete], tag.Topics)
	if float64(q.right) < .95*float64(q.given) || float64(q.got) < .75*float64(q.expected) {
		t.Errorf("precision, recall and texts without a tag: %v", q)
	}
}
