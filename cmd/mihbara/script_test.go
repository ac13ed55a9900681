package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the test binary a mihbara too, which the scripts run.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"mihbara": func() { main() },
	})
}

// TestScripts runs testdata/script/*.txtar. The first word of a file's name is
// the subcommand; a bug report pastes in as one. With MIHBARA_UPDATE=1 the
// expected files in the scripts are rewritten.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("MIHBARA_UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			return nil
		},
	})
}

func TestScriptsAreNamedForTheirCommand(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		first, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txtar"), "_")
		if _, ok := find(first); !ok && first != "usage" {
			t.Errorf("%s begins with no command", file)
		}
	}
}

func TestEveryCommandIsExplained(t *testing.T) {
	for _, c := range commands() {
		var out, errOut strings.Builder
		if code := run(context.Background(), []string{c.name, "--help"}, nil, &out, &errOut); code != exitFine || errOut.String() != "" {
			t.Errorf("%s --help: %d %s", c.name, code, errOut.String())
		}
		if c.summary == "" || c.help == "" || strings.HasSuffix(c.summary, ".") || !strings.Contains(out.String(), c.summary) {
			t.Errorf("%s: summary or help", c.name)
		}
		for line := range strings.Lines(out.String()) {
			if len([]rune(line)) > 140 {
				t.Errorf("%s: a line of help is too long for a terminal: %s", c.name, line)
			}
		}
	}
}
