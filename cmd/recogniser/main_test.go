package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// atRoot goes to the module's root, from where the command is run, and skips
// where the text of others is not beside it.
func atRoot(t *testing.T, needed ...string) {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
	for _, name := range needed {
		if _, err := os.Stat(filepath.Join("..", "shared", name)); err != nil {
			t.Skip("the folder shared beside the project has no " + name)
		}
	}
}

// TestWeightsAreReproduced trains the language with the least text; the check
// command does so for all.
func TestWeightsAreReproduced(t *testing.T) {
	atRoot(t, "corpus")
	if err := run([]string{"check", "he"}, io.Discard); err != nil {
		t.Error(err)
	}
}

func TestEvaluatePrintsATable(t *testing.T) {
	name := filepath.Join(t.TempDir(), "en.conll")
	text := "Margaret\tB-PER\nHolloway\tI-PER\nflew\tO\nto\tO\nBerlin\tB-LOC\n.\tO\n\n"
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run([]string{"evaluate", "--lang", "en", "--kb", "0,50", name}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the recogniser alone", "knowledge base of 50 %", "PER       100.0   100.0  100.0       1      1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

func TestCommandLinesThatAreWrong(t *testing.T) {
	for _, args := range [][]string{{}, {"trian"}, {"try", "xx"}, {"evaluate"}, {"evaluate", "--lang", "xx", "main.go"}} {
		if err := run(args, io.Discard); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

func TestSlotsAreFilledAndMarked(t *testing.T) {
	s := slots{given: []string{"Ann"}, family: []string{"Lee"}, places: []string{"Old Town"}}
	d := s.fill("in-{L} [ORG Bank of {L}] named {P}.", 0)
	if want := "in-Old Town Bank of Old Town named Ann Lee."; d.Text != want {
		t.Fatalf("%q, want %q", d.Text, want)
	}
	var got []string
	for _, n := range d.Names {
		got = append(got, n.Type.Code()+" "+d.Text[n.Start:n.End])
	}
	if want := []string{"LOC Old Town", "ORG Bank of Old Town", "PER Ann Lee"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNamesOfAReadingAreMarked(t *testing.T) {
	lists, order, err := parseReadings("# x\n001 LOC: לבנון\n001 ORG: צבא לבנון; C SPAN\n", "he")
	if err != nil || !slices.Equal(order, []string{"001"}) {
		t.Fatal(order, err)
	}
	text := "צבא לבנון בלבנון, C-SPAN וצבא\nלבנון c-span"
	d := markNames(text, lists["001"], "he")
	var got []string
	for _, n := range d.Names {
		got = append(got, n.Type.Code()+" "+d.Text[n.Start:n.End])
	}
	if want := []string{"ORG צבא לבנון", "LOC בלבנון", "ORG C-SPAN", "LOC לבנון"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, _, err := parseReadings("001 XXX: a", "he"); err == nil {
		t.Error("an unknown type is taken")
	}
}

func TestHeldBackDocumentsAreNotTrainedOn(t *testing.T) {
	c := course{files: []string{"a"}, besides: []string{"b"}}
	a := make([]recogniser.Document, 70)
	b := make([]recogniser.Document, 40)
	most, rest := c.parted([][]recogniser.Document{a, b, nil}, 1, 5, "")
	if len(rest) != 14 || len(most) != 96 {
		t.Errorf("%d to train on, %d held back", len(most), len(rest))
	}
}

// TestArticlesAreHeldBackInAllLanguages holds that no translation of an article that a
// joint model is judged on was trained on.
func TestArticlesAreHeldBackInAllLanguages(t *testing.T) {
	part := func(l lang.Tag) course { return course{language: l, articles: true} }
	c := &course{parts: []course{part("es"), part("ckb"), {language: "de"}}}
	var files [][]recogniser.Document
	for _, p := range c.parts {
		if p.articles {
			numbers, err := articleNumbers(p.language)
			if err != nil {
				t.Fatal(err)
			}
			list := make([]recogniser.Document, len(numbers))
			for i, n := range numbers {
				list[i] = recogniser.Document{Text: strconv.Itoa(n), Language: p.language}
			}
			files = append(files, list)
		}
		files = append(files, []recogniser.Document{{Text: "written", Language: p.language}})
	}
	p, err := newPool(c, files, joint)
	if err != nil {
		t.Fatal(err)
	}
	back := map[string]bool{}
	for _, d := range p.held(2, "es") {
		back[d.Text] = true
	}
	if len(back) != 8 || !back["2"] {
		t.Errorf("held back are %v", back)
	}
	for _, d := range p.most(2, "es") {
		if back[d.Text] || d.Language == "es" {
			t.Errorf("%s of %s is trained on", d.Text, d.Language)
		}
	}
	if n := len(p.most(2, "")); n != 40+30+3-8-len(p.held(2, "ckb")) {
		t.Errorf("%d are trained on", n)
	}
}

// TestJudgedLinks holds that the links of the last draw are right, that those that
// were are still made, and that no wrong one of any draw has come back.
func TestJudgedLinks(t *testing.T) {
	atRoot(t, "corpus")
	f := linkFlags{source: ".", corpus: filepath.Join("..", "shared", "corpus")}
	lexicon, err := f.lexicon()
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("cmd/recogniser/judged/*.tsv")
	if len(files) < 2 {
		t.Fatalf("%d files of verdicts", len(files))
	}
	for i, name := range files {
		list, err := readVerdicts(name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := count(list, f.corpus, lexicon)
		if err != nil {
			t.Fatal(err)
		}
		if i == len(files)-1 && (c.all.right+c.all.wrong < 300 || c.all.precision() < 0.98) {
			t.Errorf("%s:\n%s", name, c)
		}
		if 100*c.all.kept < 98*c.all.right || c.all.still > 5 {
			t.Errorf("%s: links were lost or wrong ones are back:\n%s", name, c)
		}
	}
}

func TestLinksAreDrawnAgainAsTheyWere(t *testing.T) {
	atRoot(t, "corpus")
	var first, second strings.Builder
	for _, out := range []*strings.Builder{&first, &second} {
		if err := run([]string{"links", "--seed", "7", "--each", "5", "--languages", "ar,he"}, out); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() || strings.Count(first.String(), "\n") != 11 {
		t.Errorf("%s\nand then\n%s", first.String(), second.String())
	}
}
