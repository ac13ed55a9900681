package article

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

func settings(t testing.TB, toml string) *site.Settings {
	t.Helper()
	s, diags := site.Parse("site.toml", []byte("languages = [\"ar\", \"en\", \"fa\", \"he\", \"fr\", \"zh-Hans\", \"es\", \"ru\", \"tr\", \"ur\", \"ckb\", \"de\"]\n"+toml))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return &s
}

func lines(diags []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

// shared finds the folder of real input beside the repository.
func shared(t testing.TB) string {
	dir, _ := os.Getwd()
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "..", "shared")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the folder of real input is not beside the repository")
	}
	return dir
}

func TestRealFiles(t *testing.T) {
	root := filepath.Join(shared(t), "corpus")
	s := settings(t, "")
	built, failed, kinds := 0, 0, map[string]int{}
	_ = filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		ext := filepath.Ext(file)
		rel, _ := filepath.Rel(root, file)
		rel = filepath.ToSlash(rel)
		name, declared := "", lang.Tag("")
		switch {
		case ext == ".md" && strings.HasPrefix(rel, "sites/"):
			_, name, _ = strings.Cut(rel, "/content/")
			name = "content/" + name
		case ext == ".txt" && strings.Count(rel, "/") == 1 && !strings.HasPrefix(rel, "LICENCES"):
			folder, base, _ := strings.Cut(rel, "/")
			declared = lang.Tag(folder)
			name = "seeds/" + base
		default:
			return nil
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		a, diags := Parse(Source{Path: name, Data: data}, s)
		broken := false
		for _, d := range diags {
			broken = broken || d.Severity == diag.Error
			if d.Severity > diag.Note {
				kinds[d.Severity.String()]++
				t.Log(d)
			}
		}
		if broken {
			failed++
			return nil
		}
		if a == nil || a.Headline == "" || a.Language == "" || len(Permalink(a, s)) < 4 || Permalink(a, s)[0] != '/' {
			t.Errorf("%s: neither built nor named: %+v", rel, a)
			return nil
		}
		built++
		if declared != "" && a.Language != declared {
			kinds["language "+string(declared)+" read as "+string(a.Language)]++
		}
		return nil
	})
	t.Logf("%d built, %d named as broken, %v", built, failed, kinds)
}
