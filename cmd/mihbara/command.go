package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mihbara/generator/diag"
)

// A command is one subcommand. Each lives in the file of its name.
type command struct {
	name      string
	arguments string // after the name in the usage line, "[FILE…]"
	summary   string // a line of the overview, lower case, no full stop
	help      string // paragraphs for "mihbara help NAME"
	shared    string // shared flags that it takes, "source out"
	flags     func(c *call)
	run       func(ctx context.Context, c *call) error
}

// A call is one command line, taken apart.
type call struct {
	command
	in          io.Reader
	out, errOut io.Writer
	set         *flag.FlagSet // for the flags of the command's own
	args        []string      // what is not a flag
	clock       func() time.Time

	// The shared flags. Those that the command does not take have their defaults.
	source  string // --source: the site's folder
	outDir  string // --out; "" is public inside source, see output
	baseURL string // --base-url; "" is what site.toml says
	at      time.Time
	drafts  bool
	future  bool
	json    bool
	quiet   bool
}

// output gives the output folder.
func (c *call) output() string {
	if c.outDir != "" {
		return c.outDir
	}
	return filepath.Join(c.source, "public")
}

// now gives the time for which a site is built: --now, else the clock. It is
// asked once in a run.
func (c *call) now() time.Time {
	if c.at.IsZero() {
		c.at = c.clock()
	}
	return c.at
}

// share declares the shared flags that the command takes, the same everywhere.
func (c *call) share() {
	for name := range strings.FieldsSeq(c.shared) {
		switch name {
		case "source":
			c.set.StringVar(&c.source, name, ".", "the site's `DIR`")
		case "out":
			c.set.StringVar(&c.outDir, name, "", "write to `DIR` (public inside the site if not given)")
		case "base-url":
			c.set.Func(name, "the `URL` at which the site will stand, instead of the one in site.toml", func(s string) error {
				c.baseURL = s
				return checkBaseURL(s)
			})
		case "now":
			c.set.Func(name, "build as at this `TIME`, such as 2026-05-01T06:00:00Z (the clock if not given)", func(s string) (err error) {
				c.at, err = time.Parse(time.RFC3339, s)
				return err
			})
		case "drafts":
			c.set.BoolVar(&c.drafts, name, false, "build drafts too; the output is marked and must not be deployed")
		case "future":
			c.set.BoolVar(&c.future, name, false, "build articles with a date to come too; marked likewise")
		case "json":
			c.set.BoolVar(&c.json, name, false, "print the summary as JSON, for machines")
		case "quiet":
			c.set.BoolVar(&c.quiet, name, false, "print problems only")
		default:
			panic("no shared flag " + name)
		}
	}
}

// checkBaseURL takes the URL of a site, or only its path.
func checkBaseURL(s string) error {
	u, err := url.Parse(s)
	web := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//")
	if !web || err != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("write it like https://example.org/archive/")
	}
	return nil
}

// call takes the command line apart and runs the command.
func (cmd command) call(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	c := cmd.prepare(in, out, errOut)
	switch err := c.parse(args); {
	case errors.Is(err, flag.ErrHelp):
		c.usage(out)
		return exitFine
	case err != nil:
		return cmd.finish(err, errOut)
	}
	return cmd.finish(cmd.run(ctx, c), errOut)
}

// prepare declares the flags.
func (cmd command) prepare(in io.Reader, out, errOut io.Writer) *call {
	c := &call{command: cmd, in: in, out: out, errOut: errOut, source: ".", clock: time.Now}
	c.set = flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	c.set.SetOutput(io.Discard)
	c.set.Usage = func() {}
	c.share()
	if cmd.flags != nil {
		cmd.flags(c)
	}
	return c
}

// parse reads flags and arguments in any order; after "--" all are arguments.
func (c *call) parse(args []string) error {
	var rest []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, rest = args[:i], args[i+1:]
	}
	for {
		if err := c.set.Parse(args); err != nil {
			return c.flagError(err)
		}
		if c.set.NArg() == 0 {
			c.args = append(c.args, rest...)
			return nil
		}
		c.args = append(c.args, c.set.Arg(0))
		args = c.set.Args()[1:]
	}
}

// flagError says what package flag says, with the nearest flag that there is.
func (c *call) flagError(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return usagef("%s", strings.ReplaceAll(err.Error(), " -", " --"))
	}
	var known []string
	c.set.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
	hint := ""
	if n := diag.Nearest(name, known); n != "" {
		hint = fmt.Sprintf(" (did you mean --%s?)", n)
	}
	return usagef("unknown flag --%s%s", strings.TrimPrefix(name, "-"), hint)
}

// given says whether the flag stands on the command line.
func (c *call) given(name string) bool {
	found := false
	c.set.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// printf prints for a person; nothing if the command is to be quiet or prints
// for machines.
func (c *call) printf(format string, args ...any) {
	if !c.quiet && !c.json {
		fmt.Fprintf(c.out, format, args...)
	}
}

// report prints problems, one a line, and says whether one of them is an error.
// Notes, which ask nobody to do anything, are printed only if all is true;
// otherwise, unless the command is to be quiet, how many there are.
func (c *call) report(list []diag.Diagnostic, all bool) (failed bool) {
	notes := 0
	for _, d := range list {
		failed = failed || d.Severity == diag.Error
		if d.Severity == diag.Note && !all {
			notes++
			continue
		}
		fmt.Fprintln(c.errOut, d)
	}
	if notes > 0 && !c.quiet && !c.json {
		fmt.Fprintf(c.errOut, "%s; \"mihbara check\" prints them\n", plural(notes, "note", "notes"))
	}
	return failed
}

// printJSON prints one value, a line.
func (c *call) printJSON(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
