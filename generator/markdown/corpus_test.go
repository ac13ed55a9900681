package markdown

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// shared finds the folder of real articles beside the repository.
func shared(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Skip("no go.mod above the test")
		}
		dir = parent
	}
	dir = filepath.Join(dir, "..", "shared")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no folder of real articles beside the repository")
	}
	return dir
}

// body cuts front matter off, well enough for a test.
func body(data []byte) []byte {
	for _, fence := range []string{"---\n", "+++\n"} {
		if bytes.HasPrefix(data, []byte(fence)) {
			if i := bytes.Index(data[4:], []byte("\n"+fence)); i >= 0 {
				return data[4+i+1+len(fence):]
			}
		}
	}
	return data
}

// TestRealArticles draws all real articles in all settings and checks what is
// true of every document.
func TestRealArticles(t *testing.T) {
	root := shared(t)
	files, warned := 0, map[string]int{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || e.IsDir() || ext != ".md" && ext != ".txt" && ext != ".markdown" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		name, _ := filepath.Rel(root, path)
		src := body(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
		tag := lang.Tag("ar")
		for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '.' || r == '-' }) {
			if t, err := lang.ParseTag(part); err == nil && len(part) == 2 {
				tag = t
			}
		}
		for _, mode := range []string{"off", "sanitise", "trusted", "plain"} {
			o := Options{Path: name, Language: tag, HTML: mode, Typography: true}
			draw := Parse
			if mode == "plain" {
				draw = PlainText
			}
			d, diags := draw(src, o)
			check(t, src, d, diags, mode == "trusted")
			for _, x := range diags {
				warned[strings.SplitN(x.Message, " (", 2)[0]]++
			}
			if t.Failed() {
				t.Fatalf("in %s, %s", name, mode)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files; diagnostics by kind: %v", files, warned)
}
