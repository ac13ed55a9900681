package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lacking ends a test that needs what this machine does not have: it is
// skipped, but not where everything must run.
func lacking(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("CI must have ", what)
	}
	t.Skip("this machine lacks ", what, "; .ci/run fetches it")
}

// program finds the first of several programs.
func program(t *testing.T, what string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	lacking(t, what)
	return ""
}

// npmFile finds a file of the npm packages that .ci/run puts into
// MIHBARA_CI_TOOLS, or else into the user's cache folder.
func npmFile(t *testing.T, name string) string {
	t.Helper()
	cache, _ := os.UserCacheDir()
	dir := cmp.Or(os.Getenv("MIHBARA_CI_TOOLS"), filepath.Join(cache, "mihbara-ci"))
	file := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
	if _, err := os.Stat(file); err != nil {
		lacking(t, "the npm package "+name)
	}
	return file
}

// checkNu has all pages and pictures checked by the Nu HTML Checker, in one
// process. Its warnings count as its errors do.
func checkNu(t *testing.T, out string) {
	java := program(t, "a Java runtime", "java")
	jar := npmFile(t, "vnu-jar/build/dist/vnu.jar")
	// The grammar of HTML is deep, and the default stack is not.
	c := exec.CommandContext(t.Context(), java, "-Xss16m", "-Xmx1g", "-jar", jar, "--skip-non-html", "--also-check-svg", "--format", "gnu", "--stdout", ".")
	c.Dir = out
	var said, failed bytes.Buffer
	c.Stdout, c.Stderr = &said, &failed
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	findings := 0
	for line := range strings.Lines(said.String()) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if findings++; findings <= 50 {
			t.Error(line)
		}
	}
	if findings > 50 {
		t.Errorf("and %d more", findings-50)
	}
	if err != nil && findings == 0 || failed.Len() > 0 {
		t.Errorf("the checker failed: %v\n%s", err, failed.String())
	}
}

// checkStyles holds the style sheets of the output to logical properties: one
// style sheet serves both directions.
func checkStyles(t *testing.T, out string) {
	node := program(t, "Node", "node")
	main := npmFile(t, "stylelint/bin/stylelint.mjs")
	plugin := npmFile(t, "stylelint-use-logical/index.mjs")
	sheets, err := filepath.Glob(filepath.Join(out, "assets", "*.css"))
	if err != nil || len(sheets) == 0 {
		t.Fatal(sheets, err)
	}
	config, err := json.Marshal(map[string]any{
		"plugins": []string{plugin},
		"rules": map[string]any{
			"csstools/use-logical": []any{"always", map[string]any{"except": []string{}}},
			// Direction is said in HTML, where it holds without a style sheet.
			"property-disallowed-list":                   []string{"direction"},
			"declaration-property-value-disallowed-list": map[string][]string{"/^(text-align|float|clear)$/": {"left", "right"}, "unicode-bidi": {"/^(?!isolate$)/"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "stylelint.json")
	writeFile(t, file, string(config))
	c := exec.CommandContext(t.Context(), node, append([]string{main, "--config", file}, sheets...)...)
	if said, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
