package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"mihbara/generator"
)

// options gives what the shared flags say.
func (c *call) options(p *progress) generator.Options {
	return generator.Options{
		Source: c.source, Out: c.output(), BaseURL: c.baseURL, Clock: c.clock, Now: c.at, Drafts: c.drafts, Future: c.future,
		Version:  programVersion(),
		Notice:   func(line string) { fmt.Fprintln(c.errOut, line) },
		Progress: p.show,
	}
}

// siteError says what to do where there is no site.
func (c *call) siteError(err error) error {
	if unusable := (*generator.SettingsError)(nil); errors.As(err, &unusable) {
		c.report(unusable.Problems, false)
		return errProblems
	}
	if errors.Is(err, generator.ErrNoSite) || errors.Is(err, os.ErrNotExist) && !isFolder(c.source) {
		return usagef("%s is no site: it holds neither site.toml nor content/ nor seeds/; name one with --source, or begin one with \"mihbara new site DIR\"", c.source)
	}
	return err
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// programVersion names this very program: a store that another one wrote is
// dropped, be it only another build of the same sources by a developer.
func programVersion() string {
	if id := buildID(); id != "" {
		return id
	}
	info, _ := debug.ReadBuildInfo()
	return fmt.Sprint(info)
}

// buildID reads the Go build ID, a hash of all that went into the program, from
// the program's own file. The linker writes it near the beginning as
// "\xff Go build ID: \"…\"\n \xff" (cmd/internal/buildid); "" where it is not.
func buildID() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return ""
	}
	_, after, ok := bytes.Cut(head, []byte("\xff Go build ID: \""))
	id, _, ended := bytes.Cut(after, []byte("\"\n \xff"))
	if !ok || !ended {
		return ""
	}
	return string(id)
}
