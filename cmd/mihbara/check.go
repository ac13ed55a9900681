package main

import (
	"context"

	"mihbara/generator"
)

func checkCommand() command {
	return command{
		name:    "check",
		summary: "find problems without writing anything",
		shared:  "source base-url now drafts future json quiet",
		help: `Works the whole site out in memory and prints every problem in source order:
file:line:column, what is wrong, what to do.`,
		run: func(ctx context.Context, c *call) error {
			if len(c.args) > 0 {
				return usagef("unexpected %q; the site's folder is named with --source", c.args[0])
			}
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
		},
	}
}
