package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStoriesOfTheCorpus holds what is promised of stories across languages. The
// corpus is no part of the project.
func TestStoriesOfTheCorpus(t *testing.T) {
	folder := filepath.Join("..", "..", defaultCorpus)
	if _, err := os.Stat(folder); err != nil {
		t.Skip("there is no corpus at ", folder)
	}
	reports, err := readCorpus(folder)
	if err != nil {
		t.Fatal(err)
	}
	var v verdict
	for seed := range uint64(3) {
		v.add(judge(reports, seed))
	}
	for _, x := range []struct {
		what string
		share
		least float64
	}{
		{"links between languages that are right", v.event, .95},
		{"links to a translation", v.document, .95},
		{"parallel stories found among six languages", v.inSix, .85},
		{"parallel stories found among twelve", v.inTwelve, .6},
		{"pairs in one story among six languages", v.pairsSix, .85},
		{"pairs in one story among twelve", v.pairsAll, .6},
	} {
		if got := float64(x.right) / float64(max(1, x.of)); got < x.least {
			t.Errorf("%s: %v, want %.2f at least", x.what, x.share, x.least)
		}
	}
}

// TestVerdictCountsWhatItSees tells apart what is right, wrong and not found.
func TestVerdictCountsWhatItSees(t *testing.T) {
	en := &report{file: "en/a", language: "en", document: "a", event: "a", parallel: true}
	ar := &report{file: "ar/a", language: "ar", document: "a", event: "a", parallel: true}
	other := &report{file: "fr/b", language: "fr", document: "b", event: "b", parallel: true}
	var v verdict
	v.link(en, nil, nil)
	v.link(ar, en, []*report{en})
	v.link(other, ar, []*report{en, ar})
	v.link(ar, nil, []*report{en, other})
	v.pairs([]*report{en, ar, other}, []int{0, 0, 0})
	if v.event != (share{1, 2}) || v.inSix != (share{1, 2}) || v.pairsSix != (share{1, 1}) || v.missedIn["ar"] != 1 {
		t.Errorf("%+v", v)
	}
	var out bytes.Buffer
	v.print(&out)
	v.printWrong(&out)
	for _, want := range []string{"on the same event             0.500 (1 of 2)", "wrong: fr/b → ar/a", "not found: ar/a", "ar 1 en 0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
