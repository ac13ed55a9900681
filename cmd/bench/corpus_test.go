package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"mihbara/generator/lang"
)

func small(t testing.TB, n int, name string) *corpus {
	t.Helper()
	c, err := newCorpus(n, shapes()[name], 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func hash(c *corpus) string {
	h := sha256.New()
	for f := range c.articles {
		fmt.Fprintf(h, "%s %d\n%s", f.path, len(f.data), f.data)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// The reference figures are those of this corpus. Whoever changes it on purpose
// measures again and writes the new hash here.
func TestCorpusIsTheSameOnEveryMachine(t *testing.T) {
	for name, want := range map[string]string{"articles": "0dc657fbfb31e9ab", "short": "0208f80755a218a6"} {
		if got := hash(small(t, 200, name)); got != want {
			t.Errorf("%s: the corpus is %s, not %s", name, got, want)
		}
	}
}

func TestCorpusHasWhatWasAskedFor(t *testing.T) {
	for name, s := range shapes() {
		want := 600
		if name == "short" {
			want = 12000 // enough to hold rare texts, such as those without a name
		}
		c := small(t, want, name)
		seen := map[string]bool{}
		versions := map[string]int{}
		n, words := 0, 0
		for f := range c.articles {
			n++
			if seen[f.path] {
				t.Errorf("%s: %s comes twice", name, f.path)
			}
			seen[f.path] = true
			head, body, ok := strings.Cut(strings.TrimPrefix(string(f.data), "---\n"), "\n---\n")
			if !ok {
				t.Fatalf("%s: %s has no front matter", name, f.path)
			}
			words += len(strings.Fields(body))
			_, key, _ := strings.Cut(head, "translationKey: ")
			versions[key[:13]]++
		}
		if n != want {
			t.Errorf("%s: %d articles, not %d", name, n, want)
		}
		if mean := words / n; mean < s.words || mean > s.words+30 {
			t.Errorf("%s: %d words an article, not about %d", name, mean, s.words)
		}
		if share := len(versions) * 100 / n; share > 92 || share < 70 {
			t.Errorf("%s: %d articles of %d events, so that too many or too few are translated", name, n, len(versions))
		}
	}
}

func TestTextsAreInTheirLanguageAndVaried(t *testing.T) {
	forms := map[string]map[string]bool{}
	right, n := map[string]int{}, map[string]int{}
	for f := range small(t, 1200, "articles").articles {
		l := strings.Split(f.path, "/")[1]
		_, body, _ := strings.Cut(strings.TrimPrefix(string(f.data), "---\n"), "\n---\n")
		n[l]++
		if tag, _ := lang.Detect(body); tag == lang.Tag(l) {
			right[l]++
		}
		if forms[l] == nil {
			forms[l] = map[string]bool{}
		}
		for _, w := range strings.FieldsFunc(body, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\u200c' && r != '’' }) {
			forms[l][strings.ToLower(w)] = true
		}
	}
	for _, l := range languages {
		if right[l] < n[l]*98/100 {
			t.Errorf("%s: %d of %d texts are recognised as such", l, right[l], n[l])
		}
		if len(forms[l]) < 1500 {
			t.Errorf("%s: only %d word forms", l, len(forms[l]))
		} else {
			t.Logf("%s: %d word forms", l, len(forms[l]))
		}
	}
}

func BenchmarkCorpus(b *testing.B) {
	for b.Loop() {
		bytes := int64(0)
		for f := range small(b, 200, "articles").articles {
			bytes += int64(len(f.data))
		}
		b.SetBytes(bytes)
	}
}
