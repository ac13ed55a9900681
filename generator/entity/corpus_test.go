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

// siteLexicon is the knowledge base of the sample site with the territories.
func siteLexicon(t testing.TB) *MapLexicon {
	folder := filepath.Join("..", "..", "content", "entities")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("no sample site")
	}
	return NewLexicon(append(readEntities(t, folder), Builtin()...))
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

// A verdict is one line of testdata/judged.tsv.
type verdict struct {
	file   string
	offset int
	entity ID
	right  bool
}

func readVerdicts(t *testing.T, name string) []verdict {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var list []verdict
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 {
			t.Fatalf("%s: %q", name, line)
		}
		offset, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, verdict{f[0], offset, ID(f[2]), f[3] == "right"})
	}
	return list
}

// TestJudgedLinks holds what a reader found on 60 articles: at least three
// entities an article, at most two links in a hundred wrong, and the links
// that were right are still made. Links that nobody has judged yet count as
// wrong: read them (go test -run ShowLinks -args -links FILE) and add them to
// testdata/judged.tsv.
func TestJudgedLinks(t *testing.T) {
	corpus := filepath.Join(shared(t), "corpus")
	type place struct {
		file   string
		offset int
	}
	judged := map[place]verdict{}
	for _, v := range readVerdicts(t, "judged.tsv") {
		judged[place{v.file, v.offset}] = v
	}
	lexicon := siteLexicon(t)
	articles, links, wrong, entities := 0, 0, 0, 0
	found := map[place]bool{}
	for tag, files := range picked(t, corpus, judgedSeed) {
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			rel, _ := filepath.Rel(corpus, file)
			mentions, _ := Annotate(string(data), tag, lexicon, nil)
			checkMentions(t, string(data), mentions)
			distinct := map[ID]bool{}
			for _, m := range mentions {
				at := place{filepath.ToSlash(rel), m.Start}
				v, known := judged[at]
				found[at] = known && v.entity == m.Entity
				links++
				distinct[m.Entity] = true
				if !known || !v.right || v.entity != m.Entity {
					wrong++
					t.Logf("%s:%d %s: judged %v", rel, m.Start, m.Entity, v)
				}
			}
			articles++
			entities += len(distinct)
		}
	}
	lost := 0
	for at, v := range judged {
		if v.right && !found[at] {
			lost++
			t.Logf("lost: %v", v)
		}
	}
	t.Logf("%d articles, %d links to %.2f entities an article, %d wrong or not judged, %d lost", articles, links, float64(entities)/float64(articles), wrong, lost)
	if entities < 3*articles {
		t.Errorf("%d entities in %d articles", entities, articles)
	}
	if 100*wrong > judgedWrong*links {
		t.Errorf("%d of %d links are wrong or not judged", wrong, links)
	}
	if 100*lost > judgedWrong*len(judged) {
		t.Errorf("%d of %d links that were right are no longer made", lost, len(judged))
	}
}

// BenchmarkCorpus annotates real articles with the site's own knowledge base
// and 5,000 more people.
func BenchmarkCorpus(b *testing.B) {
	corpus := filepath.Join(shared(b), "corpus")
	lexicon := NewLexicon(append(readEntities(b, filepath.Join("..", "..", "content", "entities")), manyEntities(5000)...))
	for _, tag := range judgedLanguages {
		files, _ := filepath.Glob(filepath.Join(corpus, string(tag), "*.txt"))
		var texts []string
		size := 0
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			texts = append(texts, string(data))
			size += len(data)
		}
		b.Run(string(tag), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					Annotate(text, tag, lexicon, nil)
				}
			}
		})
	}
}
