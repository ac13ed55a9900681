package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// newFlags are the flags of "mihbara new".
type newFlags struct {
	lang, date, id, slug, section, title, kind string
}

// kinds are what can be made.
var kinds = [...]string{"article", "entity", "tag", "site"}

func newCommand() command {
	var f newFlags
	return command{
		name:      "new",
		arguments: "article|entity|tag|site NAME",
		summary:   "make an article, an entity, a tag or a whole site",
		help: `
  mihbara new site DIR                      a site with a first article
  mihbara new article "HEADLINE" --lang ar  content/ar/<year>/<month>/<slug>.md
  mihbara new entity "NAME" --type person   content/entities/<id>.md
  mihbara new tag "NAME"                    content/tags/<id>.md

The file has its front matter; write the rest. The id in it is the article's
identity, in feeds too: keep it when you rename the file or change its URL.
A file that exists is never overwritten.`,
		shared: "source now quiet",
		flags: func(c *call) {
			f = newFlags{}
			c.set.StringVar(&f.lang, "lang", "", "`LANGUAGE` of the headline or name (the site's default if not given); for a site its languages, \"ar,en\"")
			c.set.StringVar(&f.date, "date", "", "`DATE` of an article, 2026-05-01 or 2026-05-01T06:00:00+03:00 (now if not given)")
			c.set.StringVar(&f.slug, "slug", "", "file name of an article, and so the `NAME` in its URL (from the headline if not given)")
			c.set.StringVar(&f.section, "section", "", "`SECTION` of an article")
			c.set.StringVar(&f.kind, "type", "", "`TYPE` of an entity: person, organisation, place or event")
			c.set.StringVar(&f.id, "id", "", "`ID` of an entity or tag (from the name if not given)")
			c.set.StringVar(&f.title, "title", "", "`TITLE` of a site (the folder's name if not given)")
		},
		run: func(_ context.Context, c *call) error { return c.makeNew(f) },
	}
}

func (c *call) makeNew(f newFlags) error {
	if len(c.args) == 0 {
		return usagef("say what to make: %s", strings.Join(kinds[:], ", "))
	}
	kind := c.args[0]
	if !slices.Contains(kinds[:], kind) {
		return usagef("%q cannot be made%s", kind, diag.DidYouMean(kind, kinds[:]))
	}
	if len(c.args) != 2 || strings.TrimSpace(c.args[1]) == "" {
		return usagef(`name the one %s to make (put a name of several words in quotes)`, kind)
	}
	name := strings.TrimSpace(c.args[1])
	if kind == "site" {
		return c.newSite(name, f)
	}
	settings, err := c.settings()
	if err != nil {
		return err
	}
	tag, err := language(f.lang, settings.DefaultLanguage)
	if err != nil {
		return err
	}
	var file newFile
	switch kind {
	case "article":
		file, err = c.newArticle(name, tag, settings, f)
	case "entity":
		file, err = newEntity(name, tag, f)
	case "tag":
		file, err = newTag(name, tag, f)
	}
	if err != nil {
		return err
	}
	if err := create(c.source, []newFile{file}); err != nil {
		return err
	}
	if kind == "article" && !settings.Declared(tag) {
		fmt.Fprintln(c.errOut, diag.Warnf(diag.Position{File: "site.toml"}, "the site does not declare the language %s", tag).
			WithHint("add %q to languages", tag))
	}
	c.printf("%s\n", filepath.Join(c.source, filepath.FromSlash(file.path)))
	return nil
}

// settings reads site.toml, after making sure that there is a site.
func (c *call) settings() (site.Settings, error) {
	data, err := os.ReadFile(filepath.Join(c.source, "site.toml"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return site.Settings{}, err
	}
	if err != nil && !exists(c.source, "content") && !exists(c.source, "seeds") {
		return site.Settings{}, usagef("there is no site in %s: make one with \"mihbara new site DIR\", or name yours with --source", c.source)
	}
	settings, problems := site.Parse("site.toml", data)
	c.report(slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Severity != diag.Error }), true)
	return settings, nil
}

func exists(elements ...string) bool {
	_, err := os.Stat(filepath.Join(elements...))
	return err == nil
}

// language reads a language tag from the command line.
func language(s string, otherwise lang.Tag) (lang.Tag, error) {
	if s == "" {
		return otherwise, nil
	}
	tag, err := lang.ParseTag(s)
	if err != nil {
		return "", usagef("--lang %s: %v", s, err)
	}
	return tag, nil
}

func (c *call) newArticle(headline string, tag lang.Tag, settings site.Settings, f newFlags) (newFile, error) {
	date, year, month, err := c.articleDate(f.date, settings.TimeZone)
	if err != nil {
		return newFile{}, err
	}
	slug := lang.Slug(headline, settings.Slugs)
	if f.slug != "" {
		slug = lang.Slug(f.slug, settings.Slugs)
	}
	if slug == "" {
		return newFile{}, usagef("no file name can be made of %q: give one with --slug", headline)
	}
	id := path.Join(string(tag), year, month, slug)
	var b strings.Builder
	fmt.Fprintf(&b, "---\nid: %s\ntitle: %s\ndate: %s\n", frontmatter.Quote(id), frontmatter.Quote(headline), date)
	if f.section != "" {
		fmt.Fprintf(&b, "section: %s\n", frontmatter.Quote(f.section))
	}
	b.WriteString("tags: []\n---\n\n")
	return newFile{path.Join("content", id+".md"), b.String()}, nil
}

// articleDate gives the date as the front matter says it, and its year and month.
func (c *call) articleDate(given, zone string) (date, year, month string, err error) {
	if given == "" {
		place, err := time.LoadLocation(zone)
		if err != nil {
			place = time.UTC
		}
		given = c.now().In(place).Truncate(time.Minute).Format(time.RFC3339)
	}
	moment, err := time.Parse(time.RFC3339, given)
	if err != nil {
		if moment, err = time.Parse(time.DateOnly, given); err != nil {
			return "", "", "", usagef("--date %s: write 2026-05-01 or 2026-05-01T06:00:00+03:00", given)
		}
	}
	return given, moment.Format("2006"), moment.Format("01"), nil
}

// types are the types of entities.
var types = [...]string{"person", "organisation", "place", "event"}

func newEntity(name string, tag lang.Tag, f newFlags) (newFile, error) {
	kind := f.kind
	if kind == "organization" {
		kind = "organisation"
	}
	if !slices.Contains(types[:], kind) {
		if kind == "" {
			return newFile{}, usagef("say with --type what it is: %s", strings.Join(types[:], ", "))
		}
		return newFile{}, usagef("--type %s%s: it must be one of %s", kind, diag.DidYouMean(kind, types[:]), strings.Join(types[:], ", "))
	}
	id, err := identity(name, f.id)
	if err != nil {
		return newFile{}, err
	}
	text := fmt.Sprintf("---\ntype: %s\nlabels:\n  %s: %s\naliases:\n  %[2]s: []\n---\n", kind, tag, frontmatter.Quote(name))
	return newFile{"content/entities/" + id + ".md", text}, nil
}

func newTag(name string, tag lang.Tag, f newFlags) (newFile, error) {
	id, err := identity(name, f.id)
	if err != nil {
		return newFile{}, err
	}
	text := fmt.Sprintf("---\nlabels:\n  %s: %s\ntriggers:\n  %[1]s: []\n---\n", tag, frontmatter.Quote(name))
	return newFile{"content/tags/" + id + ".md", text}, nil
}

// identity makes the id of an entity or tag, in Latin letters so that it can
// be typed on any keyboard.
func identity(name, given string) (string, error) {
	if given != "" {
		name = given
	}
	id := lang.Slug(name, lang.SlugASCII)
	if id == "" || given != "" && id != given {
		return "", usagef("an id has lower-case Latin letters, digits and hyphens only: give one with --id")
	}
	return id, nil
}

// A newFile is a file to make, its path relative and with slashes.
type newFile struct{ path, text string }

// create makes the files below dir, or none of them if one exists. Nothing is
// made outside dir, whatever links stand in it.
func create(dir string, files []newFile) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		if _, err := root.Lstat(f.path); err == nil {
			return usagef("%s exists already; nothing was written", filepath.Join(dir, filepath.FromSlash(f.path)))
		}
	}
	for _, f := range files {
		if err := root.MkdirAll(path.Dir(f.path), 0o777); err != nil {
			return err
		}
		if f.text == "" { // a folder
			if err := root.MkdirAll(f.path, 0o777); err != nil {
				return err
			}
			continue
		}
		file, err := root.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		_, err = file.WriteString(f.text)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}
