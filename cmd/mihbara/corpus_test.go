package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// TestCorpusIsBuiltWithoutFaults builds the real articles of ../shared/corpus,
// dropped as raw text, holds their pages to the linter's rules, and compares the
// build with a clean one.
func TestCorpusIsBuiltWithoutFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("builds hundreds of articles")
	}
	root := filepath.Join(moduleRoot(t), "..", "shared", "corpus")
	texts, _ := filepath.Glob(filepath.Join(root, "*", "*.txt"))
	if len(texts) == 0 {
		t.Skip("no texts in ", root)
	}
	dir := t.TempDir()
	var languages []string
	articles := 0
	for _, name := range texts {
		language := filepath.Base(filepath.Dir(name))
		if _, err := lang.ParseTag(language); err != nil {
			continue // licences
		}
		if n := len(languages); n == 0 || languages[n-1] != language {
			languages = append(languages, language)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		articles++
		seed := filepath.Join(dir, "seeds", language+"-"+filepath.Base(name))
		writeFile(t, seed, string(text))
		writeFile(t, strings.TrimSuffix(seed, ".txt")+".yaml", "lang: "+language+"\n")
	}
	writeFile(t, filepath.Join(dir, "site.toml"), "base_url = \"https://mihbara.example/\"\nlanguages = [\""+strings.Join(languages, `", "`)+"\"]\n")
	out := filepath.Join(dir, "public")
	sum, problems := build(t, exitFine, "--source", dir, "--out", out)
	if sum.Articles != articles {
		t.Errorf("%d articles of %d texts\n%s", sum.Articles, articles, problems)
	}
	t.Logf("%d articles in %d languages, %d files", articles, len(languages), sum.Pages)
	checkDirection(t, out)
	build(t, exitFine, "--source", dir, "--out", out, "--verify")
}
