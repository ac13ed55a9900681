package markdown

import (
	"slices"
	"sort"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// Options say how a body is read. The zero value reads Markdown of an unknown
// language with raw HTML off.
type Options struct {
	Path       string   // source file, for diagnostics
	Line       int      // line in that file on which the body begins; 0 means 1
	Language   lang.Tag // declared or detected language of the article; "" means unknown
	HTML       string   // raw HTML: "off" (also ""), "sanitise" or "trusted"
	Typography bool     // repair spaces and quotation marks on the output
	Digits     string   // CLDR numbering system of numbers that Mihbara writes in Language; "" for the language's own
	Sound      bool     // src is known to be valid UTF-8, so that it need not be looked at again
	Headings   int      // least level of a heading: 2 leaves h1 to the page; all levels move together; 0 and 1 leave them
}

// A Document is HTML with marks: where running text stands, so that names can
// be found in it and linked, and where destinations stand, so that they can be
// rewritten. It does not change after it is made.
type Document struct {
	HTML string `cbor:"h,omitempty"`
	// Text is the plain text as it is shown, see [Document.PlainText]. Blocks are separated by "\n\n",
	// hard breaks are "\n"; table cells are separated by "\t", rows by "\n".
	Text     string    `cbor:"t,omitempty"`
	Runs     []Run     `cbor:"r,omitempty"` // ascending, not overlapping
	Refs     []Ref     `cbor:"d,omitempty"` // ascending
	Headings []Heading `cbor:"e,omitempty"` // in source order
	Words    int       `cbor:"w,omitempty"` // of running text; in scripts without spaces, characters

	record []byte // where Text can be found, nil if it is there
}

// A Run is a piece of running text without markup in it:
// html.UnescapeString(HTML[HTML:HTMLEnd]) == Text[Text:TextEnd], and in it only
// & < > are escaped, as &amp; &lt; &gt;.
type Run struct {
	_             struct{} `cbor:",toarray"`
	Text, TextEnd int      // bytes in Document.Text
	HTML, HTMLEnd int      // bytes in Document.HTML
	Linkable      bool     // false in links, code and headings
}

// A RefKind tells links from pictures.
type RefKind uint8

const (
	// Link is the href of a link.
	Link RefKind = iota
	// Image is the src of a picture or another embedded file.
	Image
)

// A Ref is a destination. HTML[HTML:HTMLEnd] is the whole attribute, ` href="…"`
// or ` src="…"`, with its leading space.
type Ref struct {
	HTML    int           `cbor:"a"`
	HTMLEnd int           `cbor:"b"`
	Kind    RefKind       `cbor:"k,omitempty"`
	Dest    string        `cbor:"d"` // as written, escapes and entities resolved, not percent-encoded
	Pos     diag.Position `cbor:"p"`
}

// A Heading is one heading of the body.
type Heading struct {
	Level int           `cbor:"l"` // as drawn, after Options.Headings
	ID    string        `cbor:"i"` // unique in the document, never empty
	Text  string        `cbor:"t"` // plain text
	Pos   diag.Position `cbor:"p"`
}

// An Insertion puts HTML around a span of the text.
type Insertion struct {
	Start, End  int    // bytes in Document.Text
	Open, Close string // HTML put before and after
}

// RunAt gives the run that holds the whole span [start, end) of Text, and
// false where the span crosses markup or lies between runs.
func (d *Document) RunAt(start, end int) (Run, bool) {
	i := sort.Search(len(d.Runs), func(i int) bool { return d.Runs[i].TextEnd > start })
	if i == len(d.Runs) || start < d.Runs[i].Text || end > d.Runs[i].TextEnd || end <= start {
		return Run{}, false
	}
	return d.Runs[i], true
}

// Linkable tells whether [start, end) of Text lies in one run outside links,
// code and headings, so that [Document.Apply] can link it.
func (d *Document) Linkable(start, end int) bool {
	r, ok := d.RunAt(start, end)
	return ok && r.Linkable
}

// An edit replaces out[start:end].
type edit struct {
	start, end int
	with       string
}

// Apply gives the final HTML: ins around spans of the text, each destination
// replaced by attr(ref), which is the whole attribute with its leading space
// ("" removes it; a nil attr leaves all). Insertions may come in any order; one
// that crosses runs (ask [Document.RunAt]) or overlaps an earlier one is left
// out. HTML in insertions is taken as it is.
func (d *Document) Apply(ins []Insertion, attr func(Ref) string) string {
	if len(ins) == 0 && (attr == nil || len(d.Refs) == 0) {
		return d.HTML
	}
	return string(d.AppendApplied(nil, ins, attr))
}

// AppendApplied appends what [Document.Apply] gives.
func (d *Document) AppendApplied(dst []byte, ins []Insertion, attr func(Ref) string) []byte {
	edits := d.insertions(ins)
	if attr != nil {
		for _, r := range d.Refs {
			edits = append(edits, edit{r.HTML, r.HTMLEnd, attr(r)})
		}
	}
	byPlace := func(a, b edit) int { return a.start - b.start }
	if !slices.IsSortedFunc(edits, byPlace) {
		slices.SortStableFunc(edits, byPlace)
	}
	dst = slices.Grow(dst, len(d.HTML)+64*len(edits))
	at := 0
	for _, e := range edits {
		dst = append(append(dst, d.HTML[at:e.start]...), e.with...)
		at = e.end
	}
	return append(dst, d.HTML[at:]...)
}

// insertions turns spans of text into edits of the HTML, two for each span.
func (d *Document) insertions(ins []Insertion) []edit {
	if len(ins) == 0 {
		return nil
	}
	sorted, byStart := ins, func(a, b Insertion) int { return a.Start - b.Start }
	if !slices.IsSortedFunc(sorted, byStart) {
		sorted = slices.Clone(ins)
		slices.SortStableFunc(sorted, byStart)
	}
	edits := make([]edit, 0, 2*len(sorted)+len(d.Refs))
	last := 0
	for _, in := range sorted {
		run, ok := d.RunAt(in.Start, in.End)
		if !ok || in.Start < last {
			continue
		}
		last = in.End
		start := d.offset(run, run.Text, run.HTML, in.Start)
		end := d.offset(run, in.Start, start, in.End)
		edits = append(edits, edit{start, start, in.Open}, edit{end, end, in.Close})
	}
	return edits
}

// offset gives the place in HTML of the offset `to` of the text, where `from`
// of the text stands at html.
func (d *Document) offset(run Run, from, html, to int) int {
	if run.HTMLEnd-run.HTML == run.TextEnd-run.Text {
		return html + to - from
	}
	s, n := d.HTML[html:run.HTMLEnd], to-from
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '&')
		if i < 0 || i >= n {
			return html + at + n
		}
		_, width := unescaped(s[at+i:])
		at, n = at+i+width, n-i-1
	}
}
