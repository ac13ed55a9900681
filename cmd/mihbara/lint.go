package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lint"
)

func lintCommand() command {
	var rules, summary bool
	var skip, only string
	return command{
		name:      "lint",
		arguments: "[DIR…]",
		summary:   "check pages for faults of direction and language",
		shared:    "source out json quiet",
		help: `Reads all HTML files, feeds and style sheets below the folders, Mihbara's or
another program's, and prints where a page would be shown wrongly to readers of
Arabic, Persian or Hebrew, or of several languages at once: file:line:column,
the id of the rule, what is wrong, what to do. Without a folder it takes the
site's output folder, as the last build left it.

What a line shows is worked out with the Unicode Bidirectional Algorithm: a date
that would be shown backwards is printed as it would be seen. Style sheets are
read for sides, and for what does not suit the scripts of the folder's pages. The
exit code is 1 if there are errors; warnings are likely faults.

A fault of a template is found on each of its pages: where there are many
findings, a table of how often each rule is broken, and on how many files, ends
the list. --summary prints that table alone, with an example of each.

--rules lists the rules; --skip leaves some out, --only all others.`,
		flags: func(c *call) {
			c.set.BoolVar(&rules, "rules", false, "list the rules and check nothing")
			c.set.StringVar(&skip, "skip", "", "leave out `RULES`, such as N1,Y14")
			c.set.StringVar(&only, "only", "", "check `RULES` alone")
			c.set.BoolVar(&summary, "summary", false, "print how often each rule is broken, and an example")
		},
		run: func(_ context.Context, c *call) error {
			if rules {
				return c.listRules()
			}
			skipped, err := ruleIDs(skip)
			if err != nil {
				return err
			}
			wanted, err := ruleIDs(only)
			if err != nil {
				return err
			}
			for _, r := range lint.Rules() {
				if len(wanted) > 0 && !slices.Contains(wanted, r.ID) {
					skipped = append(skipped, r.ID)
				}
			}
			if len(c.args) == 0 {
				if !isFolder(c.output()) {
					return usagef("there is no output folder %s; build the site first, or name a folder of HTML files", c.output())
				}
				c.args = []string{c.output()}
			}
			return c.lint(c.args, skipped, summary)
		},
	}
}

// listRules prints all rules, a line each.
func (c *call) listRules() error {
	for _, r := range lint.Rules() {
		if _, err := fmt.Fprintf(c.out, "%-4s %-8s %s\n", r.ID, r.Severity, r.Asks); err != nil {
			return err
		}
	}
	return nil
}

// ruleIDs reads a list of rules parted by commas.
func ruleIDs(list string) ([]string, error) {
	var known, ids []string
	for _, r := range lint.Rules() {
		known = append(known, r.ID)
	}
	for id := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		id = strings.ToUpper(id)
		if !slices.Contains(known, id) {
			return nil, usagef("there is no rule %q; --rules lists them", id)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// A jsonFinding is a finding as machines read it.
type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// manyFindings is how many end with a table.
const manyFindings = 20

// lint checks folders and prints what it finds, their names before those of the
// files.
func (c *call) lint(folders, skip []string, summary bool) error {
	all, pages, errors := []jsonFinding{}, 0, 0
	for _, dir := range folders {
		if !isFolder(dir) {
			return usagef("%s is no folder", dir)
		}
		list, n, err := lint.Folder(os.DirFS(dir), skip...)
		if err != nil {
			return err
		}
		pages += n
		for _, f := range list {
			f.Pos.File = path.Join(filepath.ToSlash(dir), f.Pos.File)
			if f.Severity == diag.Error {
				errors++
			}
			if !c.json && !summary {
				fmt.Fprintln(c.errOut, f)
			}
			all = append(all, jsonFinding{f.Rule, f.Severity.String(), f.Pos.File, f.Pos.Line, f.Pos.Column, f.Message, f.Hint})
		}
	}
	switch {
	case c.json:
		if err := c.printJSON(all); err != nil {
			return err
		}
	case summary || len(all) > manyFindings:
		c.printBroken(all, summary)
	}
	c.printf("%s: %s, %s\n", plural(pages, "page", "pages"), plural(errors, "error", "errors"), plural(len(all)-errors, "warning", "warnings"))
	if errors > 0 {
		return errProblems
	}
	return nil
}

// printBroken prints a table of the rules that are broken, the most frequent
// first, and if it is wanted an example of each.
func (c *call) printBroken(all []jsonFinding, examples bool) {
	type broken struct {
		rule    lint.Rule
		count   int
		files   map[string]bool
		example jsonFinding
	}
	var list []*broken
	for _, r := range lint.Rules() {
		b := &broken{rule: r, files: map[string]bool{}}
		for _, f := range all {
			if f.Rule == r.ID {
				if b.count == 0 {
					b.example = f
				}
				b.count++
				b.files[f.File] = true
			}
		}
		if b.count > 0 {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b *broken) int { return b.count - a.count })
	for _, b := range list {
		c.printf("%6d  in %5d files  %-3s %-7s  %s\n", b.count, len(b.files), b.rule.ID, b.rule.Severity, b.rule.Asks)
		if e := b.example; examples {
			c.printf("        %s:%d:%d: %s\n", e.File, e.Line, e.Column, e.Message)
		}
	}
}
