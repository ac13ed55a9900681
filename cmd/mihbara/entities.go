package main

import (
	"context"
	"slices"
	"strings"

	"mihbara/generator"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

func entitiesCommand() command {
	var f importFlags
	var sf suggestFlags
	var unseen bool
	return command{
		name:      "entities",
		arguments: "check | suggest | rename ID NEW | merge ID OTHER | import FILE…",
		summary:   "look after the knowledge base: what will surprise, names that it lacks, names from elsewhere",
		shared:    "source json quiet",
		help: `"mihbara entities check" reads content/entities/ beside the built-in entities and
prints, file:line:column, what is wrong in the files and what else will surprise:
two entities that share a name without a weight that says which is meant, one
Wikidata item under two ids, names that are common words or too short to be looked
for, an end before its beginning. Notes tell of names that are linked only behind a
word such as a preposition of place, because they are words too.

Built-in entities are no problem of yours: they are named only beside your own.
With --unseen it reads the articles too, and notes which of your entities, and which
of their further names, no article has.

"mihbara entities suggest" reads the articles and lists the names that a statistical
model sees in them and the knowledge base lacks, those of most articles first: what
they sound alike in several languages stands together, and an entity that they sound
like is named, which is a guess. One in four or five is wrong. Those that are right
become entities with --accept ID,ID; with --accept ID=OTHER the entity OTHER gets the
names in languages in which it has none. What goes to a file or a pipe is TSV.

"mihbara entities rename ID NEW" gives one of your entities another id: its files are
moved, front matter that names it follows, and its old addresses lead to the new ones
by lines in content/redirects.toml. "mihbara entities merge ID OTHER" makes OTHER part
of ID in the same way: names, facts and notes that the file of ID lacks are added to
it. Both do all of it or nothing: what would be lost is named, and stays.

"mihbara entities import FILE…" writes entities into content/entities/. What stands
in a file there is never changed: names are added in languages in which it has none.
A file is

  .csv or .tsv   a spreadsheet. Its first row names the columns: type, id, wikidata,
                 weight, label.ar, alias.ar (several parted by |), description.ar,
                 and so for any language; born, died, founded, ended, started, date
  .json          the dump of Wikidata, an item a line; also .json.gz and .json.bz2.
                 An import that is cut off goes on where it was`,
		flags: func(c *call) {
			c.set.BoolVar(&unseen, "unseen", false, "check: tell too of entities and further names that no article has")
			f.declare(c)
			sf.declare(c)
		},
		run: func(ctx context.Context, c *call) error {
			switch {
			case len(c.args) == 1 && c.args[0] == "check":
				return c.checkEntities(unseen)
			case len(c.args) == 1 && c.args[0] == "suggest":
				return c.suggestEntities(&sf, f.dry)
			case len(c.args) == 3 && c.args[0] == "rename":
				return c.renameEntity(f.dry, generator.NewRenaming, c.args[1:])
			case len(c.args) == 3 && c.args[0] == "merge":
				return c.renameEntity(f.dry, generator.NewMerging, c.args[1:])
			case len(c.args) > 1 && c.args[0] == "import":
				return c.importEntities(ctx, c.args[1:], &f)
			}
			return usagef(`write "mihbara entities check", "mihbara entities suggest", "mihbara entities rename ID NEW", "mihbara entities merge ID OTHER" or "mihbara entities import FILE…"`)
		},
	}
}

func (c *call) checkEntities(unseen bool) error {
	n, list, err := generator.CheckEntities(c.source, unseen)
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
}

// renameEntity renames or merges, as plan does.
func (c *call) renameEntity(dry bool, plan func(source string, a, b entity.ID) (*generator.Renaming, error), ids []string) error {
	r, err := plan(c.source, entity.ID(ids[0]), entity.ID(ids[1]))
	if err != nil {
		return c.siteError(err)
	}
	if c.report(r.Problems, !c.quiet) {
		return errProblems
	}
	if !dry {
		if err := r.Apply(); err != nil {
			return err
		}
	}
	written, removed := r.Files()
	for _, p := range written {
		c.printf("written: %s\n", p)
	}
	for _, p := range removed {
		c.printf("removed: %s\n", p)
	}
	return nil
}

// importFlags are the flags of the import.
type importFlags struct {
	dry       bool
	types     string
	languages string
	sitelinks int
}

func (f *importFlags) declare(c *call) {
	c.set.BoolVar(&f.dry, "dry-run", false, "import, rename, merge, suggest --accept: write nothing, only tell")
	c.set.StringVar(&f.types, "types", "", "import from Wikidata: `TYPES` that are wanted, such as person,place (all if not given)")
	c.set.StringVar(&f.languages, "languages", "", "import from Wikidata: `LANGUAGES` of names (those of site.toml if not given)")
	c.set.IntVar(&f.sitelinks, "sitelinks", 20, "import from Wikidata: pages in Wikipedia and its sisters that an item has at least, `N`")
}

// filter gives what is wanted of Wikidata.
func (f *importFlags) filter(c *call) (entity.Filter, error) {
	filter := entity.Filter{Sitelinks: f.sitelinks}
	for name := range strings.FieldsFuncSeq(f.types, func(r rune) bool { return r == ',' }) {
		t := entity.Type(strings.TrimSpace(name))
		if !slices.Contains(entity.Types(), t) {
			return filter, usagef("--types %s: it must be some of person, organisation, place, event", name)
		}
		filter.Types = append(filter.Types, t)
	}
	for name := range strings.FieldsFuncSeq(f.languages, func(r rune) bool { return r == ',' }) {
		t, err := lang.ParseTag(strings.TrimSpace(name))
		if err != nil {
			return filter, usagef("--languages %s: %v", name, err)
		}
		filter.Languages = append(filter.Languages, t)
	}
	if filter.Languages == nil {
		settings, err := c.settings()
		if err != nil {
			return filter, err
		}
		filter.Languages = settings.Languages
	}
	return filter, nil
}
