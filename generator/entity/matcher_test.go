package entity

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"hash"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mihbara/generator/lang"
)

var updateGolden = flag.Bool("update", false, "write testdata/golden.tsv anew")

func keyHash(key string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, key)
	return h.Sum64()
}

// A sample is a text with its language.
type sample struct {
	name string
	tag  lang.Tag
	text string
}

// samplesBelow gives the files below root whose names end in suffix, by path;
// their first folder is their language.
func samplesBelow(t testing.TB, root string, suffix string) []sample {
	var list []sample
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, suffix) {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		folder, _, _ := strings.Cut(rel, "/")
		if folder == "LICENCES" {
			return nil
		}
		data, err := os.ReadFile(p)
		list = append(list, sample{rel, lang.Tag(folder), string(data)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// write puts what was found, and what was asked, into a hash.
func write(h hash.Hash, s sample, mentions []Mention, keys []string) {
	fmt.Fprintf(h, "%s %q\n", s.name, keys)
	for _, m := range mentions {
		fmt.Fprintf(h, "\t%d %d %s %s %s %s\n", m.Start, m.End, m.Text, m.Entity, m.Type, m.By)
	}
}

// TestGolden holds the mentions and keys of the whole corpus, language by
// language, against those that the matcher gave when it worked every word out
// anew in each text. Whoever changes a rule or a word list writes the file anew
// (-update) and says why.
func TestGolden(t *testing.T) {
	lexicon := NewLexicon(append(cast(), manyEntities(1000)...))
	sums := map[lang.Tag]hash.Hash{}
	counts := map[lang.Tag][2]int{}
	for _, s := range samplesBelow(t, filepath.Join(shared(t), "corpus"), ".txt") {
		if sums[s.tag] == nil {
			sums[s.tag] = sha256.New()
		}
		mentions, keys := Annotate(s.text, s.tag, lexicon, []string{"-country-sy", "+country-ml", "raisi"})
		write(sums[s.tag], s, mentions, keys)
		n := counts[s.tag]
		counts[s.tag] = [2]int{n[0] + 1, n[1] + len(mentions)}
	}
	var got strings.Builder
	got.WriteString("# language, articles, mentions, SHA-256 of all mentions and keys; see TestGolden\n")
	for _, tag := range sortedTags(sums) {
		fmt.Fprintf(&got, "%s\t%d\t%d\t%x\n", tag, counts[tag][0], counts[tag][1], sums[tag].Sum(nil))
	}
	file := filepath.Join("testdata", "golden.tsv")
	if *updateGolden {
		if err := os.WriteFile(file, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

// checkSame holds what a matcher finds and notes against a text on its own.
func checkSame(t *testing.T, m *Matcher, s sample, lexicon Lexicon, overrides []string) {
	t.Helper()
	want, keys := Annotate(s.text, s.tag, lexicon, overrides)
	noted := map[uint64]bool{}
	got := m.Annotate(s.text, s.tag, lexicon, overrides, func(hashes []uint64) {
		for _, h := range hashes {
			noted[h] = true
		}
	})
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %v\nwant %v", s.name, got, want)
	}
	asked := map[uint64]bool{}
	for _, key := range keys {
		asked[keyHash(key)] = true
		if !noted[keyHash(key)] {
			t.Errorf("%s: %q is not noted", s.name, key)
		}
	}
	if len(noted) != len(asked) {
		t.Errorf("%s: %d keys are noted, %d were asked", s.name, len(noted), len(asked))
	}
}

func TestAMatcherFindsWhatATextOnItsOwnHolds(t *testing.T) {
	list := samplesBelow(t, filepath.Join("..", "..", "content"), ".md")
	list = append(list, samplesBelow(t, filepath.Join(shared(t), "corpus"), ".txt")...)
	first, second := siteLexicon(t), NewLexicon(cast())
	for _, size := range []int{1, 3000, 300_000, 16 << 20} {
		m := NewMatcher(size, keyHash)
		for n, s := range list {
			if size < 1<<20 && n%(13-min(size, 3000)/600) != 0 {
				continue
			}
			checkSame(t, m, s, first, nil)
		}
		m.Renew()
		for n, s := range list {
			if n%7 == 0 {
				checkSame(t, m, s, second, []string{"+raisi", "-country-ir"})
			}
		}
	}
}

func TestAMatcherServesManyGoroutines(t *testing.T) {
	lexicon := NewLexicon(cast())
	m := NewMatcher(30_000, keyHash)
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			for i := range 50 {
				text := fmt.Sprintf("وصل إبراهيم رئيسي إلى سوريا والعراق %d ثم قال رئيسي كلمة%d. U.S.-led Iran", i%20, (n+i)%30)
				checkSame(t, m, sample{fmt.Sprint(n, " ", i), "ar", text}, lexicon, nil)
			}
		})
	}
	group.Wait()
}

func TestAMatcherAsksOnceUntilItIsRenewed(t *testing.T) {
	asked := counting{NewLexicon(cast()), map[string]int{}}
	m := NewMatcher(1<<20, nil)
	for range 3 {
		m.Annotate("سوريا والعراق", "ar", asked, nil, nil)
	}
	if n := asked.times["سوريا"]; n != 1 {
		t.Errorf("asked %d times", n)
	}
	m.Renew()
	if got := m.Annotate("سوريا والعراق", "ar", NewLexicon(nil), nil, nil); got != nil {
		t.Errorf("a forgotten answer was used: %v", got)
	}
}

type counting struct {
	Lexicon
	times map[string]int
}

func (c counting) Starting(key string) []Alias {
	c.times[key]++
	return c.Lexicon.Starting(key)
}

// BenchmarkMatcher annotates real articles with the site's own knowledge base
// and 5,000 more people: with every word known, and from nothing.
func BenchmarkMatcher(b *testing.B) {
	lexicon := NewLexicon(append(readEntities(b, filepath.Join("..", "..", "content", "entities")), manyEntities(5000)...))
	all := samplesBelow(b, filepath.Join(shared(b), "corpus"), ".txt")
	for _, tag := range judgedLanguages {
		var list []sample
		size := 0
		for _, s := range all {
			if s.tag == tag {
				list = append(list, s)
				size += len(s.text)
			}
		}
		noted := 0
		pass := func(m *Matcher) {
			for _, s := range list {
				m.Annotate(s.text, s.tag, lexicon, nil, func(hashes []uint64) { noted += len(hashes) })
			}
		}
		b.Run("warm/"+string(tag), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			m := NewMatcher(16<<20, keyHash)
			pass(m)
			for b.Loop() {
				pass(m)
			}
		})
		b.Run("cold/"+string(tag), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				pass(NewMatcher(16<<20, keyHash))
			}
		})
	}
}
