package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"mihbara/themes"
)

// A tool is a program that builds the corpus.
type tool struct {
	name string
	// prepare writes what the tool needs besides the corpus, and says where the
	// files are that scenarios change.
	prepare func(dir string) (theme, error)
	// command builds the site in dir into out.
	command func(dir, out string) []string
	// scenarios are those measured besides the clean build.
	scenarios []scenario
	serves    bool // an edit is measured in a running preview, too
}

// mihbara is our program, in a mode.
func mihbara(binary, mode string) tool {
	return tool{
		name: "mihbara " + mode,
		prepare: func(dir string) (theme, error) {
			if err := os.WriteFile(filepath.Join(dir, "site.toml"), []byte(settings(mode)), 0o666); err != nil {
				return theme{}, err
			}
			if mode == full { // for the others the corpus holds templates
				if err := os.RemoveAll(filepath.Join(dir, "themes")); err != nil {
					return theme{}, err
				}
			}
			return ownTheme(dir)
		},
		command: func(dir, out string) []string {
			return []string{binary, "build", "--source", dir, "--out", out, "--json", "--now", "2026-06-01T00:00:00Z"}
		},
		scenarios: scenarios(),
		serves:    true,
	}
}

// ownTheme copies the theme's style sheet and a template of articles into the
// site, unless it has its own, so that they can be changed.
func ownTheme(dir string) (theme, error) {
	files, _ := themes.Files(themes.Default)
	own := filepath.Join(dir, "themes", themes.Default)
	t := theme{filepath.Join(own, "assets", "broadsheet.css"), filepath.Join(own, "templates", "colophon.html")}
	for _, p := range []string{t.css, t.template} {
		if _, err := os.Stat(p); err == nil {
			continue
		}
		name, err := filepath.Rel(own, p)
		if err != nil {
			return t, err
		}
		data, ok := files[filepath.ToSlash(name)]
		if !ok {
			return t, fmt.Errorf("the theme has no %s", name)
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o777), os.WriteFile(p, data, 0o666)); err != nil {
			return t, err
		}
	}
	return t, nil
}

// hugo is the peer. It has no incremental build: one edit shows that.
func hugo(binary string, related bool) tool {
	t := tool{name: toolHugo, prepare: hugoSite}
	config := "hugo.toml"
	if related {
		t.scenarios = slices.DeleteFunc(scenarios(), func(s scenario) bool { return s.name != bodyEdit })
	} else {
		t.name, config = toolHugoAlone, "hugo.toml,alone.toml"
	}
	t.command = func(dir, out string) []string {
		return []string{binary, "--source", dir, "--destination", out, "--config", config, "--quiet"}
	}
	return t
}

//go:embed all:testdata/hugo
var peer embed.FS

// hugoSite lays the peer's settings and templates beside the corpus.
func hugoSite(dir string) (theme, error) {
	from, err := fs.Sub(peer, "testdata/hugo")
	if err != nil {
		return theme{}, err
	}
	names, err := loadNames()
	if err != nil {
		return theme{}, err
	}
	data, err := labels(names)
	if err != nil {
		return theme{}, err
	}
	w := newFileWriter(dir)
	w.write(file{"data/names.json", data})
	err = fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(from, p)
		w.write(file{p, text})
		return err
	})
	err = errors.Join(err, w.close())
	return theme{filepath.Join(dir, "static", "css", "site.css"), filepath.Join(dir, "layouts", "_partials", "footer.html")}, err
}

// least is the floor program: this one, as a process of its own.
func least() (tool, error) {
	self, err := os.Executable()
	return tool{
		name:    toolFloor,
		prepare: func(string) (theme, error) { return theme{}, nil },
		command: func(dir, out string) []string { return []string{self, "floor", "--source", dir, "--out", out} },
	}, err
}
