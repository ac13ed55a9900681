package markdown

import (
	"bytes"
	"unicode/utf8"

	"mihbara/generator/diag"
)

// PlainText turns a raw seed into a document: paragraphs end at line ends, or,
// where lines were broken at a fixed width, at blank lines. No character means
// markup; addresses are linked; direction, typography, isolation and marks are
// those of [Parse].
func PlainText(src []byte, o Options) (Document, []diag.Diagnostic) {
	s := newSource(src, o)
	s.addresses = mayHoldAddress(s.text)
	r := newRenderer(s, o)
	for _, p := range paragraphs(s.text) {
		f := &r.scratch
		f.reset()
		r.plainParagraph(f, p)
		f.closeAll()
		f.trim()
		if f.empty() {
			continue
		}
		r.separate("\n\n")
		r.leaf("<p", f, "</p>\n")
	}
	return r.document(), s.diagnostics()
}

// plainParagraph gathers the lines of one paragraph.
func (r *renderer) plainParagraph(f *flow, p span) {
	for start := p.start; start < p.end; {
		end := p.end
		if i := bytes.IndexByte(r.src.text[start:p.end], '\n'); i >= 0 {
			end = start + i
		}
		line := r.src.text[start:end]
		lead := len(line) - len(bytes.TrimLeft(line, " \t"))
		if line = bytes.TrimSpace(line); r.src.addresses {
			r.linked(f, line, start+lead, r.addPlain, beforeAddress)
		} else {
			r.addPlain(f, line, start+lead)
		}
		f.soft = true
		start = end + 1
	}
}

// linked adds text with its addresses linked; add adds what lies between, and
// may tells whether an address may follow a character.
func (r *renderer) linked(f *flow, s []byte, offset int, add func(*flow, []byte, int), may func(before rune) bool) {
	at := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || c <= ' ' {
			continue
		}
		before := ' '
		if i > 0 {
			before, _ = utf8.DecodeLastRune(s[:i])
		}
		if !may(before) {
			continue
		}
		n, kind := address(s[i:])
		if n == 0 {
			continue
		}
		add(f, s[at:i], offset+at)
		label := s[i : i+n]
		url := string(label)
		switch kind {
		case emailAddress:
			url = "mailto:" + url
		case bareAddress:
			url = "http://" + url
		}
		f.settle(rune(label[0]))
		attr, ref := r.reference("href", url, Link, offset+i)
		f.address(label, attr, ref)
		at = i + n
		i = at - 1
	}
	add(f, s[at:], offset+at)
}

// beforeAddress tells whether an address may follow a character of plain text:
// a space, a bracket or a quotation mark.
func beforeAddress(before rune) bool {
	switch before {
	case ' ', '\t', '(', '[', '"', '\'', '<', '*', '_', '~':
		return true
	}
	return before >= 0x80 && endsAddress(before)
}

// addPlain adds text in which nothing is escaped.
func (r *renderer) addPlain(f *flow, s []byte, offset int) {
	if len(s) == 0 {
		return
	}
	next, _ := utf8.DecodeRune(s)
	f.settle(next)
	at := 0
	for i := 0; i < len(s); {
		ch, size := rune(s[i]), 1
		if kinds[s[i]]&isSpecial != 0 {
			ch, size = utf8.DecodeRune(s[i:])
			if !isPlain(ch) || isShape(ch) {
				f.text = append(f.text, s[at:i]...)
				r.addRune(f, ch, offset+i)
				at = i + size
			}
		}
		i += size
	}
	f.text = append(f.text, s[at:]...)
}

// paragraphs finds the paragraphs of plain text. Blank lines always part them.
// Single line ends do too, unless the text was wrapped: then lines that are not
// the last of their group are of about one length, and short.
func paragraphs(text []byte) []span {
	var groups []span // between blank lines
	var lines []span
	start := -1
	at := 0
	for line := range bytes.Lines(text) {
		blank := len(bytes.TrimSpace(line)) == 0
		if blank && start >= 0 {
			groups = append(groups, span{start, at})
			start = -1
		}
		if !blank {
			if start < 0 {
				start = at
			}
			lines = append(lines, span{at, at + len(line)})
		}
		at += len(line)
	}
	if start >= 0 {
		groups = append(groups, span{start, at})
	}
	if isWrapped(text, groups) {
		return groups
	}
	return lines
}

// isWrapped tells whether the lines of text were broken at a width of some
// 40 to 100 characters: all lines but the last of each group reach at least two
// thirds of the longest, there are at least three of them, and most of them do
// not end as a sentence does.
func isWrapped(text []byte, groups []span) bool {
	longest, inner := 0, []int(nil)
	stops := 0
	for _, g := range groups {
		lines := bytes.Split(bytes.TrimRight(text[g.start:g.end], "\n"), []byte{'\n'})
		for i, line := range lines {
			line = bytes.TrimSpace(line)
			n := utf8.RuneCount(line)
			longest = max(longest, n)
			if i < len(lines)-1 {
				inner = append(inner, n)
				if r, _ := utf8.DecodeLastRune(line); r == '.' || r == '؟' || r == '!' || r == '?' || r == '۔' || r == '”' || r == '»' || r == '"' || r == '。' {
					stops++
				}
			}
		}
	}
	if len(inner) < 3 || longest < 40 || longest > 100 || 3*stops > len(inner) {
		return false
	}
	for _, n := range inner {
		if 3*n < 2*longest {
			return false
		}
	}
	return true
}
