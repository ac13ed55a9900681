package check

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mihbara/generator/diag"
)

// Links checks all references inside an output folder. base is the URL at which
// the folder will stand ("https://example.org/archive/"), or only its path
// ("/archive/", "/" or ""): what begins with it is a reference to the site
// itself.
//
// It reads HTML (links, pictures, scripts, redirects, structured data), Atom
// feeds, sitemaps, SVG pictures and style sheets. Errors are what a visitor or
// a search engine would stumble over; warnings cost a detour. The positions are
// in the output files. The result is in source order and depends on the files'
// bytes only.
func Links(fsys fs.FS, base string) []diag.Diagnostic {
	c := &checker{site: siteAt(base), fsys: fsys, files: map[string]bool{}, folders: map[string]bool{},
		wanted: map[string][]fragment{}, pages: map[string]*translations{}}
	c.list()
	for _, p := range c.sorted {
		c.file(p)
	}
	c.fragments()
	c.reciprocity()
	return diag.Sort(c.problems)
}

// A checker holds what is known of the folder. Pages are read one after the
// other and forgotten, so that a million of them need not fit into memory.
type checker struct {
	site     place
	fsys     fs.FS
	sorted   []string // all files
	files    map[string]bool
	folders  map[string]bool
	wanted   map[string][]fragment    // by page: ids of it that others link to
	pages    map[string]*translations // by page: what it says of its translations
	problems []diag.Diagnostic
}

// A fragment is a link to a part of another page.
type fragment struct {
	from diag.Position
	id   string
}

// list walks over the folder. Hidden files are the program's or the server's
// own.
func (c *checker) list() {
	err := fs.WalkDir(c.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			c.problems = append(c.problems, diag.Errorf(diag.Position{File: p}, "cannot be read: %v", err))
		case p != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			c.folders[p] = true
		default:
			c.files[p] = true
			c.sorted = append(c.sorted, p)
		}
		return nil
	})
	if err != nil {
		c.problems = append(c.problems, diag.Errorf(diag.Position{}, "the output folder cannot be read: %v", err))
	}
	slices.Sort(c.sorted)
}

// file reads one file by what its name says it is.
func (c *checker) file(p string) {
	read := map[string]func([]byte) document{
		".html": readHTML, ".htm": readHTML, ".css": readCSS, ".xml": readXML, ".svg": readXML,
	}[strings.ToLower(path.Ext(p))]
	if read == nil {
		return
	}
	data, err := fs.ReadFile(c.fsys, p)
	if err != nil {
		c.problems = append(c.problems, diag.Errorf(diag.Position{File: p}, "cannot be read: %v", err))
		return
	}
	doc := read(data)
	at := func(offset int) diag.Position { return diag.At(p, data, offset) }
	ids := c.ids(&doc, at)
	for _, r := range doc.references {
		c.reference(p, r, ids, at)
	}
	if doc.html {
		c.pages[p] = c.translations(p, &doc, at)
	}
}

// ids gives the ids of a document and reports those that it has twice.
func (c *checker) ids(doc *document, at func(int) diag.Position) map[string]bool {
	have := make(map[string]bool, len(doc.ids))
	for _, id := range doc.ids {
		if have[id.text] {
			c.problems = append(c.problems, diag.Errorf(at(id.offset), "the id %q is on this page twice", id.text).
				WithHint("a link to it and a label for it find only the first"))
		}
		have[id.text] = true
	}
	return have
}

// reference checks one reference of the file p.
func (c *checker) reference(p string, r reference, ids map[string]bool, at func(int) diag.Position) {
	to := c.site.resolve(p, r.dest)
	switch {
	case to.invalid:
		c.errorf(at(r.offset), "%s is no URL: %q", r.what, r.dest)
	case to.outside:
		d := diag.Errorf(at(r.offset), "%s leads to %s, which is on this host but not below %s", r.what, r.dest, cmp.Or(c.site.path, "/"))
		c.problems = append(c.problems, d.WithHint("write the whole URL if another site on this host is meant"))
	case to.external:
	case c.folders[to.file] && to.file != ".": // "/ar/tags" for "/ar/tags/"
		if !c.files[path.Join(to.file, "index.html")] {
			c.errorf(at(r.offset), "%s leads nowhere: %s is a folder without a page", r.what, r.dest)
			return
		}
		c.problems = append(c.problems, diag.Warnf(at(r.offset), "%s leads to %s by a detour: the slash at its end is missing", r.what, r.dest))
	case !c.files[to.file]:
		c.errorf(at(r.offset), "%s leads nowhere: %s (there is no %s)", r.what, r.dest, to.file)
	case to.fragment == "" || !r.follows || !isHTML(to.file) || strings.EqualFold(to.fragment, "top"):
	case to.file != p:
		c.wanted[to.file] = append(c.wanted[to.file], fragment{at(r.offset), to.fragment})
	case !ids[to.fragment]:
		c.errorf(at(r.offset), "%s leads to a part of this page that it does not have: #%s", r.what, to.fragment)
	}
}

func (c *checker) errorf(pos diag.Position, format string, args ...any) {
	c.problems = append(c.problems, diag.Errorf(pos, format, args...))
}

// fragments reads the pages to whose parts others link once more. They are few,
// and to keep the ids of all pages would take more than the pages.
func (c *checker) fragments() {
	for p, list := range c.wanted {
		data, err := fs.ReadFile(c.fsys, p)
		if err != nil {
			continue // reported when it was read first
		}
		doc := readHTML(data)
		for _, f := range list {
			if !slices.ContainsFunc(doc.ids, func(id mark) bool { return id.text == f.id }) {
				c.errorf(f.from, "the link leads to a part that %s does not have: #%s", p, f.id)
			}
		}
	}
}

func isHTML(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == ".html" || ext == ".htm"
}
