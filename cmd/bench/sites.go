package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"mihbara/themes"
)

// Modes are how much of Mihbara takes part. Equal has only what the peer's site
// has; recognised the recogniser of unknown names besides; full everything but
// that.
const (
	equal      = "equal"
	recognised = "recognised"
	full       = "full"
)

// settings gives the site.toml of a mode.
func settings(mode string) string {
	var b strings.Builder
	b.WriteString("base_url = \"https://news.example/\"\ndefault_language = \"ar\"\nlanguages = [")
	for i, l := range languages {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", l)
	}
	b.WriteString("]\nslugs = \"id\"\n")
	if mode != full {
		b.WriteString("permalink = \"/{lang}/{yyyy}/{mm}/{dd}/{slug}/\"\ntypography = false\n")
	}
	b.WriteString("\n[title]\nen = \"The Example Archive\"\nar = \"أرشيف المثال\"\n")
	b.WriteString("\n[feeds]\nitems = 30\n")
	if mode == full {
		b.WriteString("\n[entities]\nbuiltin = true\nrecognised = \"off\"\n")
		return b.String()
	}
	shown := "off"
	if mode == recognised {
		shown = "sidebar"
	}
	// What the peer's site has no page for.
	fmt.Fprintf(&b, `groups = ["tags", "entities"]

[entities]
builtin = false
recognised = %q
neutral = false
coverage = false
links = false

[related]
stories = false
duplicates = false
abroad = false

[lists]
front = 6
max = 6
periods = "year"
days = false
initials = false

[sitemap]
months = false

[search]
names = false

[tags]
starter = false
`, shown)
	return b.String()
}

// entityFile gives the knowledge base's file of a name.
func entityFile(n name) file {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntype: %s\nlabels:\n", n.kind)
	for i, l := range languages {
		fmt.Fprintf(&b, "  %s: %s\n", l, quote(n.labels[i]))
	}
	b.WriteString("weight: 3\n---\n")
	return file{"content/entities/" + n.id + ".md", []byte(b.String())}
}

// labels gives the names as the peer's templates look them up.
func labels(names []name) ([]byte, error) {
	out := map[string]map[string]string{}
	for _, n := range names {
		out[n.id] = map[string]string{}
		for i, l := range languages {
			out[n.id][l] = n.labels[i]
		}
	}
	return json.MarshalIndent(out, "", " ")
}

// equalTheme holds templates that show what those of the peer's site show, so that
// pages of equal are as long.
//
//go:embed testdata/equal/*.html
var equalTheme embed.FS

// equalTemplates gives them as files of a site's own theme.
func equalTemplates() ([]file, error) {
	names, err := fs.Glob(equalTheme, "testdata/equal/*.html")
	var list []file
	for _, p := range names {
		data, readErr := equalTheme.ReadFile(p)
		err = errors.Join(err, readErr)
		list = append(list, file{"themes/" + themes.Default + "/templates/" + path.Base(p), data})
	}
	return list, err
}

// writeCorpus writes the corpus as a site of Mihbara: settings, knowledge base,
// articles.
func writeCorpus(dir string, c *corpus, mode string) error {
	w := newFileWriter(dir)
	w.write(file{"site.toml", []byte(settings(mode))})
	for _, n := range c.names {
		w.write(entityFile(n))
	}
	var err error
	if mode != full {
		var templates []file
		templates, err = equalTemplates()
		for _, f := range templates {
			w.write(f)
		}
	}
	for f := range c.articles {
		w.write(f)
	}
	return errors.Join(err, w.close())
}

// A fileWriter writes files by a few hands, for what takes time is the system's.
type fileWriter struct {
	dir   string
	files chan file
	done  sync.WaitGroup
	once  sync.Once
	err   error
	made  sync.Map
}

func newFileWriter(dir string) *fileWriter {
	w := &fileWriter{dir: dir, files: make(chan file, 64)}
	for range 2 {
		w.done.Go(func() {
			for f := range w.files {
				if err := w.put(f); err != nil {
					w.once.Do(func() { w.err = err })
				}
			}
		})
	}
	return w
}

func (w *fileWriter) write(f file) { w.files <- f }

func (w *fileWriter) close() error {
	close(w.files)
	w.done.Wait()
	return w.err
}

func (w *fileWriter) put(f file) error {
	p := filepath.Join(w.dir, filepath.FromSlash(f.path))
	dir := filepath.Dir(p)
	if _, ok := w.made.Load(dir); !ok {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		w.made.Store(dir, true)
	}
	return os.WriteFile(p, f.data, 0o666)
}
