package main

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"mihbara/generator"
)

func whyCommand() command {
	return command{
		name:      "why",
		arguments: "URL",
		summary:   "say what a page depends on and why it was drawn last",
		shared:    "source json",
		help: `Names what the page at the URL (or path on the site, such as /ar/2023/05/04/x/)
asked when it was drawn last, and which answers made it be drawn.`,
		run: func(_ context.Context, c *call) error {
			if len(c.args) != 1 {
				return usagef("name one URL or path on the site")
			}
			p := c.args[0]
			if u, err := url.Parse(p); err == nil {
				p = u.Path
			}
			x, err := generator.Why(c.options(nil), p)
			if errors.Is(err, generator.ErrNoPage) {
				return usagef("%v", err)
			}
			if err != nil {
				return c.siteError(err)
			}
			if c.json {
				return c.printJSON(x)
			}
			c.printf("drawn because of:\n  %s\nasked:\n  %s\n", strings.Join(x.Reasons, "\n  "), strings.Join(x.Questions, "\n  "))
			return nil
		},
	}
}
