package main

import (
	"context"

	"mihbara/generator"
)

func movesCommand() command {
	return command{
		name:    "moves",
		summary: "print redirects for addresses that changed",
		shared:  "source now json",
		help: `Prints, for each article whose address changed since an earlier build and from
whose old address nothing leads, the line that content/redirects.toml lacks.
Nothing is written: append the lines with
  mihbara moves >> content/redirects.toml`,
		run: func(ctx context.Context, c *call) error {
			if len(c.args) > 0 {
				return usagef("unexpected %q", c.args[0])
			}
			list, err := generator.Moves(ctx, c.options(nil))
			if err != nil {
				return c.siteError(err)
			}
			if c.json {
				return c.printJSON(list)
			}
			for _, m := range list {
				if m.To == "" {
					c.printf("# %q is gone; where should it lead?\n# %q = \"\"\n", m.ID, m.From)
					continue
				}
				c.printf("%q = %q\n", m.From, m.To)
			}
			return nil
		},
	}
}
