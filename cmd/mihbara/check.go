package main

import (
	"cmp"
	"context"
	"os"

	"mihbara/generator"
	"mihbara/generator/check"
)

func checkCommand() command {
	var links, lint bool
	return command{
		name:    "check",
		summary: "find problems without writing anything",
		shared:  "source out base-url now drafts future json quiet",
		help: `Works the whole site out in memory and prints every problem in source order:
file:line:column, what is wrong, what to do.

With --links it looks at the output folder instead, as the last build left it:
dead links, missing pictures, doubled ids, translations that do not lead back.
Name the address that the folder was built for with --base-url if it is below a
path: --base-url https://example.org/archive/.

With --lint it looks there for faults of direction and language, as "mihbara
lint" does. Both may be given.`,
		flags: func(c *call) {
			c.set.BoolVar(&links, "links", false, "check the links of the output folder")
			c.set.BoolVar(&lint, "lint", false, "check the output folder for faults of direction and language")
		},
		run: func(ctx context.Context, c *call) error {
			switch {
			case len(c.args) > 0:
				return usagef("unexpected %q; the site's folder is named with --source", c.args[0])
			case links && lint && c.json:
				return usagef("--json tells of one thing at a time; leave out --links or --lint")
			case links || lint:
				return c.checkOutput(links, lint)
			}
			return c.check(ctx)
		},
	}
}

func (c *call) check(ctx context.Context) error {
	start := c.clock()
	p := c.progress()
	sum, err := generator.Check(ctx, c.options(p))
	p.end()
	if err != nil {
		return c.siteError(err)
	}
	if c.json {
		if err := c.tell(&sum, c.clock().Sub(start)); err != nil {
			return err
		}
		return c.outcome(&sum)
	}
	c.report(sum.Diagnostics, !c.quiet)
	c.printf("%s: %s, %s\n", plural(sum.Articles, "article", "articles"),
		plural(sum.Errors(), "problem", "problems"), plural(sum.Warnings(), "warning", "warnings"))
	return c.outcome(&sum)
}

// checkOutput checks what the last build wrote.
func (c *call) checkOutput(links, lint bool) error {
	if !isFolder(c.output()) {
		return usagef("there is no output folder %s; build the site first, or name it with --out", c.output())
	}
	var dead, faulty error
	if links {
		dead = c.checkLinks()
	}
	if lint {
		faulty = c.lint([]string{c.output()}, nil, false)
	}
	return cmp.Or(dead, faulty)
}

func (c *call) checkLinks() error {
	list := check.Links(os.DirFS(c.output()), c.baseURL)
	failed := c.report(list, !c.quiet)
	if c.json {
		if err := c.printJSON(list); err != nil {
			return err
		}
	}
	c.printf("%s: %s\n", c.output(), plural(len(list), "finding", "findings"))
	if failed {
		return errProblems
	}
	return nil
}
