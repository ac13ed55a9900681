package entity

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// The seed and number of the articles that were judged.
const (
	judgedSeed  = 20230503
	judgedEach  = 10
	judgedWrong = 2 // per cent
)

var judgedLanguages = []lang.Tag{"ar", "fa", "he", "ur", "en", "fr"}

var showLinks = flag.String("links", "", "write every link on the judged articles, with its surroundings, to this file")

// picked gives the judged articles of a corpus, the same on each run.
func picked(t testing.TB, corpus string, seed uint64) map[lang.Tag][]string {
	all := map[lang.Tag][]string{}
	for n, tag := range judgedLanguages {
		files, _ := filepath.Glob(filepath.Join(corpus, string(tag), "*.txt"))
		if len(files) < judgedEach {
			t.Skip("the corpus has too few articles in " + string(tag))
		}
		slices.Sort(files)
		random := rand.New(rand.NewPCG(seed, uint64(n)))
		for _, i := range random.Perm(len(files))[:judgedEach] {
			all[tag] = append(all[tag], files[i])
		}
		slices.Sort(all[tag])
	}
	return all
}

func siteLexicon(t testing.TB) *MapLexicon {
	root := filepath.Join(filepath.Dir(shared(t)), "main")
	if _, err := os.Stat(filepath.Join("..", "..", "content", "entities")); err == nil {
		root = filepath.Join("..", "..")
	}
	return NewLexicon(append(readEntities(t, filepath.Join(root, "content", "entities")), Builtin()...))
}

func TestShowLinks(t *testing.T) {
	if *showLinks == "" {
		t.Skip("only with -links")
	}
	corpus := filepath.Join(shared(t), "corpus")
	lexicon := siteLexicon(t)
	var out bytes.Buffer
	for tag, files := range picked(t, corpus, judgedSeed) {
		for _, file := range files {
			data, _ := os.ReadFile(file)
			text := string(data)
			mentions, _ := Annotate(text, tag, lexicon, nil)
			rel, _ := filepath.Rel(corpus, file)
			for _, m := range mentions {
				before := []rune(text[:m.Start])
				after := []rune(text[m.End:])
				line := fmt.Sprintf("%s\t%d\t%s\t%s⟦%s⟧%s", filepath.ToSlash(rel), m.Start, m.Entity,
					string(before[max(0, len(before)-45):]), m.Text, string(after[:min(len(after), 35)]))
				out.WriteString(strings.ReplaceAll(line, "\n", "⏎") + "\n")
			}
			if len(mentions) == 0 {
				fmt.Fprintf(&out, "%s\t-\t-\tno links\n", filepath.ToSlash(rel))
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	slices.SortStableFunc(lines, func(a, b string) int {
		return strings.Compare(strings.SplitN(a, "\t", 2)[0], strings.SplitN(b, "\t", 2)[0])
	})
	if err := os.WriteFile(*showLinks, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
}

var _ = strconv.Itoa
