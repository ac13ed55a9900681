package main

import (
	"context"

	"mihbara/generator"
)

func gcCommand() command {
	return command{
		name:    "gc",
		summary: "make the store small",
		shared:  "source json quiet",
		help: `Drops from the store below .mihbara/ what nothing refers to any more and writes
the rest anew. It changes nothing that is built, and needs room for a second
store while it runs. It does nothing while another process, such as a preview,
holds the store.

The store never has to be made small: it may also be deleted, which costs one
build from nothing.`,
		run: func(ctx context.Context, c *call) error {
			if len(c.args) > 0 {
				return usagef("unexpected %q; the site's folder is named with --source", c.args[0])
			}
			list, err := generator.Compact(ctx, c.options(nil))
			if err != nil {
				return c.siteError(err)
			}
			if c.json {
				return c.printJSON(list)
			}
			if len(list) == 0 {
				c.printf("there is no store yet\n")
			}
			for _, x := range list {
				c.printf("store of %ss: %s before, %s after", x.Store, byteSize(x.Before), byteSize(x.After))
				if x.Dropped > 0 {
					c.printf("; %s that nothing asks any more dropped", plural(x.Dropped, "question", "questions"))
				}
				c.printf("\n")
			}
			return nil
		},
	}
}
