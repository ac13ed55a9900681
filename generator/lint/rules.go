package lint

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mihbara/generator/diag"
)

// A Rule is one thing that is asked of pages.
type Rule struct {
	ID       string        // its name: a letter for its group and a number, D1
	Asks     string        // what is asked, a sentence without its full stop
	Severity diag.Severity // Error where a reader sees something wrong, Warning where it is likely

	check func(p *page, say say)
}

// say reports that a rule is broken at an offset of the file: what is wrong,
// and what to do about it.
type say func(offset int, hint, format string, args ...any)

// Rules gives all rules, by groups: the document, blocks, inline text, what no
// markup can mark, control characters, layout, type, data.
func Rules() []Rule {
	return slices.Concat(documentRules, blockRules, inlineRules, attributeRules, feedRules, controlRules, styleRules, dataRules)
}

// A Finding is a place where a page breaks a rule.
type Finding struct {
	Rule string `json:"rule"`
	diag.Diagnostic
}

// String gives the line that a terminal shows: file, line and column, severity,
// rule, what is wrong and what to do.
func (f Finding) String() string {
	d := f.Diagnostic
	d.Message = f.Rule + ": " + d.Message
	return d.String()
}

// most is how often one rule is reported for one page: a fault of a template
// shows itself on each line of a list.
const most = 5

// Folder checks all HTML files, feeds and style sheets below a folder and gives
// what it finds in the order of the files, and how many HTML files there are. skip names
// rules that are not to be checked. Hidden files and folders are not read. It
// fails only if the folder cannot be read.
func Folder(fsys fs.FS, skip ...string) (list []Finding, pages int, err error) {
	var s site
	var sheets []*page
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || !isHTML(p) && !isStyleSheet(p) && !isFeed(p):
			return nil
		}
		data, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		page := readAs(p, data)
		if isStyleSheet(p) {
			sheets = append(sheets, page)
			return nil
		}
		if isHTML(p) {
			pages++
			s.note(page)
		}
		list = append(list, page.check(skip)...)
		return nil
	})
	list = append(list, s.sheets(sheets, skip)...)
	slices.SortStableFunc(list, func(a, b Finding) int { return comparePaths(a.Pos.File, b.Pos.File) })
	return list, pages, err
}

func isHTML(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == ".html" || ext == ".htm" || ext == ".xhtml"
}

func isStyleSheet(p string) bool { return strings.ToLower(path.Ext(p)) == ".css" }

// readAs reads a file as what its name says it is.
func readAs(name string, data []byte) *page {
	switch {
	case isStyleSheet(name):
		return readStyleSheet(name, data)
	case isFeed(name):
		return readFeed(name, data)
	}
	return read(name, data)
}

// Page checks one file: a style sheet if its name ends in .css, a feed if in
// .xml, .atom or .rss, else HTML. Any bytes give findings or none.
func Page(name string, data []byte, skip ...string) []Finding {
	return readAs(name, data).check(skip)
}

// check holds a page to all rules but some.
func (p *page) check(skip []string) []Finding {
	var list []Finding
	for _, r := range Rules() {
		if !slices.Contains(skip, r.ID) {
			list = append(list, p.judge(r)...)
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return list
}

// comparePaths orders paths as a walk of their folder does: a file in a folder
// stands where the folder does.
func comparePaths(a, b string) int {
	return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
}

// judge applies one rule.
func (p *page) judge(r Rule) []Finding {
	var list []Finding
	more := 0
	r.check(p, func(offset int, hint, format string, args ...any) {
		if len(list) == most {
			more++
			return
		}
		d := diag.Diagnostic{Severity: r.Severity, Pos: diag.At(p.name, p.data, offset), Message: fmt.Sprintf(format, args...), Hint: hint}
		list = append(list, Finding{r.ID, d})
	})
	if more > 0 {
		list[most-1].Message += fmt.Sprintf(" (and %d more on this page)", more)
	}
	return list
}
