package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"mihbara/generator/diag"
)

func helpCommand() command {
	return command{
		name:      "help",
		arguments: "[COMMAND]",
		summary:   "explain Mihbara, or one command",
		help:      "Without a command, the list of all.",
		run: func(_ context.Context, c *call) error {
			switch len(c.args) {
			case 0:
				overview(c.out)
				return nil
			case 1:
			default:
				return usagef("one command at a time")
			}
			about, ok := find(c.args[0])
			if !ok {
				return usagef("there is no command %q%s", c.args[0], diag.DidYouMean(c.args[0], names()))
			}
			about.prepare(c.in, c.out, c.errOut).usage(c.out)
			return nil
		},
	}
}

// overview is what a newcomer sees first.
func overview(w io.Writer) {
	fmt.Fprint(w, `Mihbara turns raw articles and Markdown into a static news archive in many
languages: every name linked, every tag, day and story with a page.

Usage: mihbara COMMAND [flags] [arguments]

Commands:
`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, `
A site is a folder:
  content/<lang>/…/*.md   articles, with front matter or without
  content/<lang>/pages/   About, Contact, Imprint …
  content/entities/       people, organisations, places, events
  content/tags/           tags and the words that give them
  seeds/**/*.txt          raw articles, exactly as received
  site.toml               settings; every one has a default
  public/                 what Mihbara writes; never edit it

Start with "mihbara new site DIR", or "mihbara help COMMAND".
Exit codes: 0 fine, 1 problems in the content, 2 wrong usage, 3 the machine's
fault (disk, permission, lock).
`)
}

// usage explains one command.
func (c *call) usage(w io.Writer) {
	line := "mihbara " + c.name
	hasFlags := false
	c.set.VisitAll(func(*flag.Flag) { hasFlags = true })
	if hasFlags {
		line += " [flags]"
	}
	if c.arguments != "" {
		line += " " + c.arguments
	}
	fmt.Fprintf(w, "%s — %s\n\nUsage: %s\n", c.name, c.summary, line)
	if c.help != "" {
		fmt.Fprintf(w, "\n%s\n", strings.Trim(c.help, "\n"))
	}
	if hasFlags {
		fmt.Fprint(w, "\nFlags:\n")
		c.printFlags(w)
	}
}

// printFlags prints the command's own flags first, then the shared ones.
func (c *call) printFlags(w io.Writer) {
	shared := strings.Fields(c.shared)
	var all []*flag.Flag
	c.set.VisitAll(func(f *flag.Flag) { all = append(all, f) })
	slices.SortStableFunc(all, func(a, b *flag.Flag) int {
		return slices.Index(shared, a.Name) - slices.Index(shared, b.Name)
	})
	width := 0
	lines := make([][2]string, len(all))
	for i, f := range all {
		value, text := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			text += " (" + f.DefValue + " if not given)"
		}
		lines[i] = [2]string{strings.TrimSpace("--" + f.Name + " " + value), text}
		width = max(width, len(lines[i][0]))
	}
	for _, l := range lines {
		fmt.Fprintf(w, "  %-*s  %s\n", width, l[0], l[1])
	}
}
