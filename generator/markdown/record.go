package markdown

import (
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/record"
)

// gaps are what may stand between the texts of two runs, see separators.
var gaps = [...]string{"", " ", "\t", "\n", "\n\n"}

// AppendBinary appends d as a record:
//
//	HTML; the number of words
//	whether Text is kept, and then Text
//	the runs: where each begins in the HTML after the last one, how long it is
//	there, linkable or not and the gap before its text; if Text is kept, also
//	where its text begins and ends
//	the destinations, the headings
//
// Nearly always Text is what the runs show with a gap before each, and is not
// kept: UnmarshalBinary takes it from the HTML.
func (d Document) AppendBinary(b []byte) ([]byte, error) {
	if d.record != nil {
		return append(b, d.record...), nil
	}
	b = slices.Grow(b, len(d.HTML)+8*len(d.Runs)+64*len(d.Refs)+64*len(d.Headings)+16) // nearly always enough
	b = record.AppendInt(record.AppendString(b, d.HTML), d.Words)
	kept := !d.textInRuns()
	if b = record.AppendFlags(b, kept); kept {
		b = record.AppendString(b, d.Text)
	}
	b = record.AppendLen(b, d.Runs)
	html, text := 0, 0
	for _, r := range d.Runs {
		how := 0
		if !kept {
			how = gapOf(d.Text[text:r.Text])
		}
		how *= 2
		if r.Linkable {
			how++
		}
		b = record.AppendInt(record.AppendInt(b, r.HTML-html), r.HTMLEnd-r.HTML)
		b = record.AppendUint(b, uint64(how))
		if kept {
			b = record.AppendInt(record.AppendInt(b, r.Text), r.TextEnd)
		}
		html, text = r.HTMLEnd, r.TextEnd
	}
	b = record.AppendLen(b, d.Refs)
	file := ""
	for _, r := range d.Refs {
		b = record.AppendInt(record.AppendInt(b, r.HTML), r.HTMLEnd-r.HTML)
		b = record.AppendString(record.AppendUint(b, uint64(r.Kind)), r.Dest)
		b, file = appendPosition(b, r.Pos, file), r.Pos.File
	}
	b = record.AppendLen(b, d.Headings)
	for _, h := range d.Headings {
		b = record.AppendInt(b, h.Level)
		b = record.AppendString(record.AppendString(b, h.ID), h.Text)
		b, file = appendPosition(b, h.Pos, file), h.Pos.File
	}
	return b, nil
}

// appendPosition appends a position, and its file if it is another one than that
// of the position before.
func appendPosition(b []byte, p diag.Position, file string) []byte {
	other := p.File != file
	if b = record.AppendFlags(b, other); other {
		b = record.AppendString(b, p.File)
	}
	return record.AppendInt(record.AppendInt(b, p.Line), p.Column)
}

func readPosition(r *record.Reader, file string) diag.Position {
	p := diag.Position{File: file}
	var other bool
	if r.Flags(&other); other {
		p.File = r.String()
	}
	p.Line, p.Column = r.Int(), r.Int()
	return p
}

func gapOf(s string) int {
	for i, gap := range gaps {
		if s == gap {
			return i
		}
	}
	return -1
}

// textInRuns says whether Text is the runs' HTML, unescaped, with a gap before
// each.
func (d *Document) textInRuns() bool {
	html, text := 0, 0
	for _, r := range d.Runs {
		if r.Text < text || r.TextEnd < r.Text || r.TextEnd > len(d.Text) || r.HTML < html || r.HTMLEnd < r.HTML || r.HTMLEnd > len(d.HTML) ||
			gapOf(d.Text[text:r.Text]) < 0 {
			return false
		}
		if !shows(d.HTML[r.HTML:r.HTMLEnd], d.Text[r.Text:r.TextEnd]) {
			return false
		}
		html, text = r.HTMLEnd, r.TextEnd
	}
	return text == len(d.Text)
}

// shows says whether a run's HTML, unescaped, is text.
func shows(html, text string) bool {
	for {
		i := strings.IndexByte(html, '&')
		if i < 0 {
			return html == text
		}
		if len(text) <= i || html[:i] != text[:i] {
			return false
		}
		c, n := unescaped(html[i:])
		if text[i] != c {
			return false
		}
		html, text = html[i+n:], text[i+1:]
	}
}

// writeUnescaped undoes appendEscaped.
func writeUnescaped(b *strings.Builder, s string) {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return
		}
		b.WriteString(s[:i])
		c, n := unescaped(s[i:])
		b.WriteByte(c)
		s = s[i+n:]
	}
}

// unescapedLen gives how many bytes writeUnescaped writes.
func unescapedLen(s string) int {
	n := len(s)
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return n
		}
		_, width := unescaped(s[i:])
		n -= width - 1
		s = s[i+width:]
	}
}

// unescaped gives the character of which appendEscaped made what s begins with,
// and how many bytes of s that is.
func unescaped(s string) (c byte, n int) {
	switch {
	case s[0] != '&':
	case strings.HasPrefix(s, "&amp;"):
		return '&', len("&amp;")
	case strings.HasPrefix(s, "&lt;"):
		return '<', len("&lt;")
	case strings.HasPrefix(s, "&gt;"):
		return '>', len("&gt;")
	}
	return s[0], 1
}

// UnmarshalBinary reads what AppendBinary appended. The texts of d are parts of
// data, which must not change. Text is read when [Document.PlainText] asks for it.
func (d *Document) UnmarshalBinary(data []byte) error { return d.read(data, false) }

// read reads a record, with Text or, where Text is not kept, with the record in
// its place.
func (d *Document) read(data []byte, whole bool) error {
	r := record.Share(data)
	*d = Document{HTML: r.String(), Words: r.Int()}
	var kept bool
	if r.Flags(&kept); kept {
		d.Text = r.String()
	}
	d.readRuns(r, kept, whole)
	if !kept && !whole {
		d.record = data
	}
	file := ""
	if n, ok := r.Len(); ok {
		d.Refs = make([]Ref, n)
		for i := range d.Refs {
			ref := &d.Refs[i]
			ref.HTML = r.Int()
			ref.HTMLEnd = ref.HTML + r.Int()
			ref.Kind, ref.Dest = RefKind(r.Uint()), r.String()
			ref.Pos = readPosition(r, file)
			file = ref.Pos.File
		}
	}
	if n, ok := r.Len(); ok {
		d.Headings = make([]Heading, n)
		for i := range d.Headings {
			h := &d.Headings[i]
			h.Level, h.ID, h.Text = r.Int(), r.String(), r.String()
			h.Pos = readPosition(r, file)
			file = h.Pos.File
		}
	}
	return r.Err()
}

// PlainText gives d.Text, which a document that was read from its record leaves
// out: it takes as much memory as the HTML, and hardly a page needs it.
func (d *Document) PlainText() string {
	if d.record == nil {
		return d.Text
	}
	var whole Document
	_ = whole.read(d.record, true) // it was read before
	return whole.Text
}

func (d *Document) readRuns(r *record.Reader, kept, whole bool) {
	n, ok := r.Len()
	if !ok {
		return
	}
	d.Runs = make([]Run, n)
	var text strings.Builder
	if whole = whole && !kept; whole {
		text.Grow(len(d.HTML))
	}
	html, at := 0, 0
	for i := range d.Runs {
		run := &d.Runs[i]
		run.HTML = html + r.Int()
		run.HTMLEnd = run.HTML + r.Int()
		how := r.Uint()
		run.Linkable = how&1 != 0
		if html = run.HTMLEnd; kept {
			run.Text, run.TextEnd = r.Int(), r.Int()
			continue
		}
		if how/2 >= uint64(len(gaps)) || run.HTML < 0 || run.HTMLEnd < run.HTML || run.HTMLEnd > len(d.HTML) || at > len(d.HTML)+2*i {
			r.Break()
			return
		}
		shown := d.HTML[run.HTML:run.HTMLEnd]
		run.Text = at + len(gaps[how/2])
		at = run.Text + unescapedLen(shown)
		if run.TextEnd = at; whole {
			text.WriteString(gaps[how/2])
			writeUnescaped(&text, shown)
		}
	}
	if whole {
		d.Text = text.String()
	}
}
