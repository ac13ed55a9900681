package main

import (
	"crypto/sha256"
	"encoding/hex"
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
		Memory:   peakMemory,
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

// headBytes is how much of a program's file holds its Go build ID on every
// platform: in a note of an ELF file, else where the program's text begins.
const headBytes = 64 << 10

// programVersion names this very program: a store that another one wrote is
// dropped, be it only another build of the same sources by a developer. It is a
// hash of the beginning of the program's own file, which holds the Go build ID,
// itself a hash of all that went into the program; reading the whole file would
// cost more than a build that has nothing to do.
func programVersion() string {
	info, _ := debug.ReadBuildInfo()
	h := sha256.New()
	fmt.Fprintln(h, info)
	if name, err := os.Executable(); err == nil {
		if f, err := os.Open(name); err == nil {
			defer f.Close()
			if stat, err := f.Stat(); err == nil {
				fmt.Fprintln(h, stat.Size())
			}
			// A part that cannot be read makes the version less telling, no more.
			_, _ = io.Copy(h, io.LimitReader(f, headBytes))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
