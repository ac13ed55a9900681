package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// A span is a range of bytes in a flow's text.
type span struct{ start, end int }

// A mark is markup at a place in a flow's text.
type mark struct {
	at   int
	html string // before the attribute of ref, or all of it
	attr string // the attribute of ref, with its leading space
	tail string // what follows the attribute
	ref  Ref    // where attr is not empty
	deaf int8   // +1 begins, -1 ends something whose text must not be linked
}

// A flow is the running text of one block and the markup in it, before it is
// written. Text comes together here over all markup, so that quotation marks,
// spaces and numbers are seen as the reader sees them. "\n" in the text is a
// hard break.
type flow struct {
	text  []byte
	marks []mark
	exact []span   // code and addresses: shown as written
	open  []string // elements open at the end of the text; one of Markdown's own is own or ownLink
	links int      // how many of them are links
	soft  bool     // a line of the source ended here; what follows decides whether that is a space
	kinds byte     // of all bytes of the text, with kindsKnown, or 0

	exactly bool // no text but an address: positional forms of letters stay
}

// What flow.open holds besides names of raw elements and of isolates: Markdown's
// own elements, which raw tags cannot close, and the trusted tags, which nobody
// closes but their writer.
const own, ownLink, trustedTag = "", "#a", "<"

func isOwn(name string) bool { return name == own || name == ownLink }

// push and pop keep f.open and the count of links.
func (f *flow) push(name string) {
	f.open = append(f.open, name)
	if name == "a" || name == ownLink {
		f.links++
	}
}

func (f *flow) pop() (name string) {
	name = f.open[len(f.open)-1]
	f.open = f.open[:len(f.open)-1]
	if name == "a" || name == ownLink {
		f.links--
	}
	return name
}

// shutRaws closes the raw elements and isolates opened since Markdown's last
// own element.
func (f *flow) shutRaws() {
	for len(f.open) > 0 && !isOwn(f.open[len(f.open)-1]) {
		f.shut()
	}
}

// reset empties f for another block.
func (f *flow) reset() {
	f.text, f.marks, f.exact, f.open, f.soft = f.text[:0], f.marks[:0], f.exact[:0], f.open[:0], false
	f.links, f.kinds = 0, 0
}

// empty tells whether the flow shows nothing.
func (f *flow) empty() bool { return len(f.marks) == 0 && len(bytes.TrimSpace(f.text)) == 0 }

// mark adds markup at the end of the text.
func (f *flow) mark(m mark) {
	f.settle(0)
	m.at = len(f.text)
	f.marks = append(f.marks, m)
}

// html adds markup that has no destination.
func (f *flow) html(s string) { f.mark(mark{html: s}) }

// settle turns a pending line end into a space. Chinese and Japanese put no
// space between words, so there a line end is nothing; next is the character
// that follows, 0 where markup does.
func (f *flow) settle(next rune) {
	if !f.soft {
		return
	}
	f.soft = false
	last, _ := utf8.DecodeLastRune(f.text)
	if len(f.text) == 0 || last == '\n' || last == ' ' || isWide(last) && (next == 0 || isWide(next)) {
		return
	}
	f.text = append(f.text, ' ')
}

// isWide tells whether r belongs to a script that has no spaces between words
// and breaks lines anywhere. Korean has spaces.
func isWide(r rune) bool {
	return r >= 0x2E80 && r <= 0xA4CF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE4F ||
		r >= 0xFF00 && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF
}

// begin and end put an element of Markdown's own around text; raw elements and
// isolates that are open inside it are closed first, so that nothing crosses.
func (f *flow) begin(m mark) {
	f.mark(m)
	f.push(own)
}

// beginLink is begin for a link. Inside another link, which only raw HTML and
// footnotes can bring about, it adds no markup, since links do not nest.
func (f *flow) beginLink(m mark) (linked bool) {
	if f.links > 0 {
		f.push(own)
		return false
	}
	f.mark(m)
	f.push(ownLink)
	return true
}

func (f *flow) end(html string, deaf int8) {
	f.shutRaws()
	if len(f.open) > 0 {
		f.pop()
	}
	if html == "" && deaf == 0 {
		return
	}
	soft := f.soft
	f.soft = false
	f.mark(mark{html: html, deaf: deaf})
	f.soft = soft
}

// endLink ends what beginLink began.
func (f *flow) endLink(linked bool) {
	if linked {
		f.end("</a>", -1)
	} else {
		f.end("", 0)
	}
}

// shut closes the innermost raw element or isolate.
func (f *flow) shut() {
	name := f.pop()
	if name == trustedTag {
		return
	}
	soft := f.soft
	f.soft = false
	f.mark(mark{html: "</" + name + ">", deaf: deafness(name, -1)})
	f.soft = soft
}

// closeAll ends what the block left open.
func (f *flow) closeAll() {
	f.soft = false
	for len(f.open) > 0 {
		if isOwn(f.open[len(f.open)-1]) {
			f.pop()
			continue
		}
		f.shut()
	}
}

// trim takes spaces and breaks off both ends of the text, as far as no markup
// or code stands there.
func (f *flow) trim() {
	from, to := len(f.text), 0
	if n := len(f.marks); n > 0 {
		from, to = f.marks[0].at, f.marks[n-1].at
	}
	if n := len(f.exact); n > 0 {
		from, to = min(from, f.exact[0].start), max(to, f.exact[n-1].end)
	}
	f.text = f.text[:to+len(bytes.TrimRight(f.text[to:], " \n"))]
	from = min(from, len(f.text))
	lead := from - len(bytes.TrimLeft(f.text[:from], " \n"))
	if lead == 0 {
		return
	}
	f.text = append(f.text[:0], f.text[lead:]...)
	for i := range f.marks {
		f.marks[i].at -= lead
	}
	for i := range f.exact {
		f.exact[i].start -= lead
		f.exact[i].end -= lead
	}
}

// breakLine ends the line, and takes the spaces before it as far as no markup
// or code stands there.
func (f *flow) breakLine() {
	limit := 0
	if n := len(f.marks); n > 0 {
		limit = f.marks[n-1].at
	}
	if n := len(f.exact); n > 0 {
		limit = max(limit, f.exact[n-1].end)
	}
	limit = min(limit, len(f.text))
	f.soft = false
	f.text = append(f.text[:limit+len(bytes.TrimRight(f.text[limit:], " "))], '\n')
}

// deafness gives how an element of that name changes the count of elements
// whose text must not be linked.
func deafness(name string, sign int8) int8 {
	switch name {
	case "a", "code", "pre", "kbd", "samp", "var", "tt", "script", "style", "textarea", "button", "select", "option", "svg", "math",
		"h1", "h2", "h3", "h4", "h5", "h6":
		return sign
	}
	return 0
}

// plain gives the text without code and addresses, from which direction and
// language are read, or about the first limit bytes of it. It is the flow's
// own memory where nothing was left out.
func (f *flow) plain(limit int) []byte {
	if len(f.exact) == 0 {
		return cut(f.text, limit)
	}
	var b []byte
	at := 0
	for _, s := range f.exact {
		if len(b) >= limit {
			break
		}
		b = append(b, f.text[at:s.start]...)
		at = s.end
	}
	if len(b) < limit {
		b = append(b, f.text[at:]...)
	}
	return cut(b, limit)
}

// kindsOf gives the kinds of text, which plain gave.
func (f *flow) kindsOf(text []byte) byte {
	if f.kinds != 0 && len(text) == len(f.text) {
		return f.kinds
	}
	return kindsOf(text)
}

// cut gives at most limit bytes of s, whole characters.
func cut(s []byte, limit int) []byte {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// isExact tells whether the byte at is in code or an address. Spans are
// ascending; next is the first that may hold it.
func (f *flow) isExact(at int, next *int) bool {
	for *next < len(f.exact) && f.exact[*next].end <= at {
		*next++
	}
	return *next < len(f.exact) && f.exact[*next].start <= at
}

// emit writes the flow: text escaped and with its runs, markup between, and
// isolates, which cross no markup, innermost. They are ascending; one inside
// another follows it.
func (r *renderer) emit(f *flow, isolates []lang.Span) {
	at, m := 0, 0
	write := func(to int) {
		r.write(f.text[at:to])
		at = to
	}
	isolated := func(to int) {
		if text := f.text[at:to]; r.opts.Typography && bytes.IndexByte(text, ' ') >= 0 {
			r.write([]byte(lang.Unbroken(string(text))))
			at = to
			return
		}
		write(to)
	}
	upTo := func(limit int) {
		for ; m < len(f.marks) && f.marks[m].at <= limit; m++ {
			write(f.marks[m].at)
			r.markup(&f.marks[m])
		}
	}
	outer := 0 // where the isolate ends that holds others
	shut := func(before int) {
		if outer > 0 && outer <= before {
			write(outer)
			r.put("</bdi>")
			outer = 0
		}
	}
	for i, iso := range isolates {
		shut(iso.Start)
		upTo(iso.Start)
		write(iso.Start)
		r.put(opening(iso.Dir, f.text[iso.Start:iso.End]))
		if i+1 < len(isolates) && isolates[i+1].Start < iso.End {
			outer = iso.End
			continue
		}
		isolated(iso.End)
		r.put("</bdi>")
	}
	shut(len(f.text))
	upTo(len(f.text))
	write(len(f.text))
}

// opening opens an isolate. The style sheet keeps a number with hyphens on one
// line.
func opening(d lang.Direction, text []byte) string {
	switch {
	case d == lang.RTL:
		return `<bdi dir="rtl">`
	case bytes.IndexByte(text, '-') > 0 && lang.IsHyphened(string(text)):
		return `<bdi class="number" dir="ltr">`
	}
	return `<bdi dir="ltr">`
}

// markup writes m and notes its destination.
func (r *renderer) markup(m *mark) {
	r.deaf += int(m.deaf)
	r.put(m.html)
	if m.attr != "" {
		m.ref.HTML = len(r.out)
		r.put(m.attr)
		m.ref.HTMLEnd = len(r.out)
		r.refs = append(r.refs, m.ref)
	}
	r.put(m.tail)
}

// write writes text, splitting runs at hard breaks.
func (r *renderer) write(text []byte) {
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			r.run(text)
			return
		}
		if i > 0 {
			r.run(text[:i])
		}
		r.put("<br>\n")
		r.separate("\n")
		text = text[i+1:]
	}
}

// run writes text without breaks as a run, or as more of the last run where
// nothing came between, so that no name is split by markup that was dropped.
func (r *renderer) run(text []byte) {
	if r.gap != "" {
		if len(r.text) > 0 {
			r.text = append(r.text, r.gap...)
		}
		r.gap = ""
	}
	start, html := len(r.text), len(r.out)
	r.text = append(r.text, text...)
	r.out = appendEscaped(r.out, text)
	linkable := r.deaf == 0
	if n := len(r.runs); n > 0 {
		if last := &r.runs[n-1]; last.TextEnd == start && last.HTMLEnd == html && last.Linkable == linkable {
			last.TextEnd, last.HTMLEnd = len(r.text), len(r.out)
			return
		}
	}
	r.runs = append(r.runs, Run{Text: start, TextEnd: len(r.text), HTML: html, HTMLEnd: len(r.out), Linkable: linkable})
}

// separators are what may stand between texts, the weakest first.
const separators = " \t\n"

// separate asks for sep before the next text. The strongest wish wins: a blank
// line over a line end over a tab over a space.
func (r *renderer) separate(sep string) {
	if len(sep) > len(r.gap) || len(sep) == len(r.gap) && strings.Index(separators, sep) > strings.Index(separators, r.gap) {
		r.gap = sep
	}
}

// put writes markup.
func (r *renderer) put(s string) { r.out = append(r.out, s...) }

// appendEscaped appends text with & < > escaped; quotation marks stay, since
// text never stands in an attribute.
func appendEscaped(out, text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '<') < 0 && bytes.IndexByte(text, '>') < 0 {
		return append(out, text...)
	}
	at := 0
	for i, c := range text {
		var with string
		switch c {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		default:
			continue
		}
		out = append(out, text[at:i]...)
		out = append(out, with...)
		at = i + 1
	}
	return append(out, text[at:]...)
}

// attribute gives ` name="value"`, escaped; controls are left out, since in an
// attribute they cannot be marked up or shown.
func attribute(name, value string) string { return attributeOf(name, value, isPlain) }

// attributeOf is attribute with what stays of characters beyond ASCII.
func attributeOf(name, value string, stays func(ch rune) bool) string {
	b := make([]byte, 0, len(name)+len(value)+4)
	b = append(append(append(b, ' '), name...), `="`...)
	for i, ch := range value {
		switch {
		case ch == '&':
			b = append(b, "&amp;"...)
		case ch == '<':
			b = append(b, "&lt;"...)
		case ch == '>':
			b = append(b, "&gt;"...)
		case ch == '"':
			b = append(b, "&quot;"...)
		case ch == '\n' || ch == '\t':
			b = append(b, ' ')
		case ch < 0x80 && ch >= ' ':
			b = append(b, value[i])
		case stays(ch):
			b = utf8.AppendRune(b, ch)
		}
	}
	return string(append(b, '"'))
}

// A problem of the writer's text found while a flow is built.
const (
	removedControl = "direction control characters (U+202A to U+202E) are removed"
	openIsolate    = "a direction isolate is not closed in its block and ends with it"
	strayIsolate   = "a direction isolate is closed that was not opened; the mark is removed"
)

// warn tells message once a file, at the offset of its first occurrence.
func (r *renderer) warn(offset int, message, hint string) {
	if r.src.again(message) {
		return
	}
	d := diag.Warnf(r.src.pos(offset), "%s", message)
	if hint != "" {
		d = d.WithHint("%s", hint)
	}
	r.src.once(d)
}
