package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/site"
)

// newSite runs "mihbara new site" and further "mihbara new" in it, and gives
// the files that stand there.
func newSite(t *testing.T, languages string, more ...[]string) map[string][]byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "news")
	calls := append([][]string{{"new", "site", dir, "--lang", languages}}, more...)
	for i, args := range calls {
		if i > 0 {
			args = append(append([]string{"new"}, args...), "--source", dir)
		}
		var out, errOut strings.Builder
		if code := run(context.Background(), args, nil, &out, &errOut); code != exitFine || errOut.String() != "" {
			t.Fatalf("%v: %d %s", args, code, errOut.String())
		}
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, p)
			files[filepath.ToSlash(name)], err = os.ReadFile(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWhatNewMakesHasNoProblems(t *testing.T) {
	for _, languages := range []string{"ar,en", "en", "fa", "he,ar", "fr", "es,ar,en", "zh_cn,ur"} {
		t.Run(languages, func(t *testing.T) {
			files := newSite(t, languages, []string{"entity", "Dag Hammarskjöld", "--type", "person", "--lang", "en"})
			settings, problems := site.Parse("site.toml", files["site.toml"])
			articles := 0
			for name, data := range files {
				var found []diag.Diagnostic
				switch {
				case strings.HasPrefix(name, "content/entities/"):
					_, found = entity.ParseEntity(name, data)
				case strings.HasSuffix(name, ".md"):
					articles++
					var a *article.Article
					a, found = article.Parse(article.Source{Path: name, Data: data}, &settings)
					if want := strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md"); a != nil && (string(a.ID) != want || !settings.Declared(a.Language)) {
						t.Errorf("%s: id %s, language %s", name, a.ID, a.Language)
					}
				}
				problems = append(problems, found...)
			}
			if len(problems) > 0 || articles != 1 {
				t.Errorf("%d articles, %v", articles, problems)
			}
		})
	}
}
