package main

import (
	"context"
	"errors"
	"net"
	"strconv"

	"mihbara/generator"
	"mihbara/generator/preview"
)

func serveCommand() command {
	var address string
	var port int
	var remote bool
	return command{
		name:    "serve",
		summary: "preview the site in a browser, with live reload",
		shared:  "source base-url now quiet",
		help: `Reads the site and draws the pages that a browser asks for, drafts and future
articles included, each with a mark. Open pages reload themselves after a
change; problems are shown over the page with file, line and hint. The output
folder is never written.

Only this machine can reach the server unless --remote says otherwise.`,
		flags: func(c *call) {
			c.set.StringVar(&address, "address", "", "listen on this `HOST`:PORT (127.0.0.1:1414, or the next free port)")
			c.set.IntVar(&port, "port", 0, "listen on this `PORT` of 127.0.0.1")
			c.set.BoolVar(&remote, "remote", false, "let other machines reach the preview; drafts are then open to all who can")
		},
		run: func(ctx context.Context, c *call) error {
			if len(c.args) > 0 {
				return usagef("unexpected %q; the site's folder is named with --source", c.args[0])
			}
			if c.given("port") {
				if c.given("address") {
					return usagef("--address and --port exclude each other")
				}
				address = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
			}
			return c.serve(ctx, preview.Options{Address: address, AllowRemote: remote})
		},
	}
}

func (c *call) serve(ctx context.Context, p preview.Options) error {
	p.Ready = func(url string) { c.printf("%s (stop with Ctrl-C)\n", url) }
	first := true
	err := generator.Serve(ctx, c.options(nil), p, func(sum generator.Summary) {
		failed := c.report(sum.Diagnostics, false)
		switch {
		case first:
			c.printf("%s, drafts and future ones included\n", plural(sum.Articles, "article", "articles"))
		case failed:
			c.printf("changed; %s\n", plural(sum.Errors(), "problem", "problems"))
		}
		first = false
	})
	if ctx.Err() != nil {
		return nil
	}
	if errors.Is(err, preview.ErrRemote) {
		return usagef("%v; say --remote if that is what you want", err)
	}
	return c.siteError(err)
}
