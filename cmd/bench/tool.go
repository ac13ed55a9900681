package main

import (
	"fmt"
	"os"
	"path/filepath"

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
	// forget drops what the tool remembers of earlier builds.
	forget func(dir string) error
	// edits says whether scenarios beyond the clean build are measured.
	edits bool
}

// mihbara is our program, in a mode.
func mihbara(binary, mode string) tool {
	return tool{
		name: "mihbara " + mode,
		prepare: func(dir string) (theme, error) {
			if err := os.WriteFile(filepath.Join(dir, "site.toml"), []byte(settings(mode)), 0o666); err != nil {
				return theme{}, err
			}
			return ownTheme(dir)
		},
		command: func(dir, out string) []string {
			return []string{binary, "build", "--source", dir, "--out", out, "--json", "--now", "2026-06-01T00:00:00Z"}
		},
		forget: func(dir string) error { return os.RemoveAll(filepath.Join(dir, ".mihbara")) },
		edits:  true,
	}
}

// ownTheme copies the theme's style sheet and a template of articles into the
// site, so that they can be changed.
func ownTheme(dir string) (theme, error) {
	files, _ := themes.Files(themes.Default)
	put := func(name string) (string, error) {
		data, ok := files[name]
		if !ok {
			return "", fmt.Errorf("the theme has no %s", name)
		}
		p := filepath.Join(dir, "themes", themes.Default, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			return "", err
		}
		return p, os.WriteFile(p, data, 0o666)
	}
	css, err := put("assets/broadsheet.css")
	if err != nil {
		return theme{}, err
	}
	template, err := put("templates/colophon.html")
	return theme{css, template}, err
}
