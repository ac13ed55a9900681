package main

import (
	"context"

	"mihbara/generator"
)

func entitiesCommand() command {
	return command{
		name:      "entities",
		arguments: "check",
		summary:   "look after the knowledge base: find names that will surprise you",
		shared:    "source json quiet",
		help: `"mihbara entities check" reads content/entities/ beside the built-in entities and
prints, file:line:column, what is wrong in the files and what else will surprise:
two entities that share a name without a weight that says which is meant, one
Wikidata item under two ids, names that are common words or too short to be looked
for, an end before its beginning. Notes tell of names that are linked only behind a
word such as a preposition of place, because they are words too.

Built-in entities are no problem of yours: they are named only beside your own.`,
		run: func(_ context.Context, c *call) error {
			if len(c.args) != 1 || c.args[0] != "check" {
				return usagef(`write "mihbara entities check"`)
			}
			n, list, err := generator.CheckEntities(c.source)
			if err != nil {
				return c.siteError(err)
			}
			failed := c.report(list, !c.quiet)
			if c.json {
				if err := c.printJSON(list); err != nil {
					return err
				}
			}
			c.printf("%s: %s\n", plural(n, "entity with a file", "entities with a file"), plural(len(list), "finding", "findings"))
			if failed {
				return errProblems
			}
			return nil
		},
	}
}
