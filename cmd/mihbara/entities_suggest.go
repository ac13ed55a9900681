package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator"
	"mihbara/generator/entity"
	"mihbara/generator/recogniser"
)

// suggestFlags are the flags of "entities suggest".
type suggestFlags struct {
	least    int
	limit    int
	language string
	tsv      bool
	accept   string
}

func (f *suggestFlags) declare(c *call) {
	c.set.IntVar(&f.least, "least", 3, "suggest: only names that `N` articles have")
	c.set.IntVar(&f.limit, "limit", 50, "suggest: at most `N` names, 0 for all")
	c.set.StringVar(&f.language, "language", "", "suggest: only names that articles in this `LANGUAGE` have")
	c.set.BoolVar(&f.tsv, "tsv", false, "suggest: tab-separated values, for a spreadsheet")
	c.set.StringVar(&f.accept, "accept", "", "suggest: write files for these `IDS`, parted by commas; ID=OTHER gives the names to the entity OTHER")
}

func (c *call) suggestEntities(f *suggestFlags, dry bool) error {
	list, err := generator.Suggest(c.source, f.least)
	if err != nil {
		return c.siteError(err)
	}
	if f.accept != "" {
		return c.acceptEntities(list, f.accept, dry)
	}
	if f.language != "" {
		list = slices.DeleteFunc(list, func(x recogniser.Candidate) bool {
			return !slices.ContainsFunc(x.Names, func(n recogniser.Spelled) bool { return string(n.Language) == f.language })
		})
	}
	all := len(list)
	if f.limit > 0 {
		list = list[:min(all, f.limit)]
	}
	switch {
	case c.json:
		return c.printJSON(list)
	case f.tsv || !isTerminal(c.out):
		c.printf("%s", suggestedTSV(list))
		return nil
	}
	c.printf("%s", suggestedTable(list))
	if more := all - len(list); more > 0 {
		c.printf("%s more: --limit 0 shows them\n", strconv.Itoa(more))
	}
	return nil
}

// suggestedTSV gives a line a name and language.
func suggestedTSV(list []recogniser.Candidate) []byte {
	var b bytes.Buffer
	b.WriteString("id\ttype\tarticles\tmentions\tperhaps\tlanguage\tname\tarticles in it\tfirst article\texample\n")
	for _, x := range list {
		for _, n := range x.Names {
			fmt.Fprintf(&b, "%s\t%s\t%d\t%d\t%s\t%s\t%s\t%d\t%s\t%s\n", x.ID, x.Type, x.Articles, x.Count, x.Perhaps, n.Language, n.Name, n.Articles, n.Path, n.Example)
		}
	}
	return b.Bytes()
}

// suggestedTable gives a block a candidate. What may run from right to left stands
// at the end of its line and isolated.
func suggestedTable(list []recogniser.Candidate) []byte {
	var b bytes.Buffer
	for _, x := range list {
		fmt.Fprintf(&b, "%-32s %-12s %s, %s", x.ID, x.Type, plural(x.Articles, "article", "articles"), plural(x.Count, "mention", "mentions"))
		if x.Perhaps != "" {
			fmt.Fprintf(&b, "; sounds like %s", x.Perhaps)
		}
		b.WriteString("\n")
		for _, n := range x.Names {
			fmt.Fprintf(&b, "  %-8s %4d  %s", n.Language, n.Articles, isolated(n.Name))
			if n.Example != "" {
				fmt.Fprintf(&b, "   %s: %s", n.Path, isolated(n.Example))
			}
			b.WriteString("\n")
		}
	}
	return b.Bytes()
}

// isolated keeps a name from moving what stands beside it (UAX #9, FSI and PDI).
func isolated(s string) string { return "\u2068" + s + "\u2069" }

// acceptEntities writes candidates into the knowledge base.
func (c *call) acceptEntities(list []recogniser.Candidate, ids string, dry bool) error {
	into, err := generator.NewImport(c.source, dry)
	if err != nil {
		return c.siteError(err)
	}
	defer into.Close()
	for given := range strings.SplitSeq(ids, ",") {
		id, target, named := strings.Cut(strings.TrimSpace(given), "=")
		at := slices.IndexFunc(list, func(x recogniser.Candidate) bool { return string(x.ID) == id })
		if at < 0 {
			return usagef("--accept: no suggestion has the id %q; \"mihbara entities suggest\" lists them", id)
		}
		e := list[at].Entity()
		if named {
			if e.ID = entity.ID(target); !into.Has(e.ID) {
				return usagef("--accept %s: there is no entity %q to give the names to", given, target)
			}
		}
		same := into.Same
		if err := into.Add(e); err != nil {
			return err
		}
		if into.Same > same {
			c.printf("%s has names in these languages; write the new ones under its aliases\n", e.ID)
			continue
		}
		c.printf("content/entities/%s.md: %s\n", e.ID, isolated(list[at].Names[0].Name))
	}
	return nil
}
