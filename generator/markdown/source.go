package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// A source is the body made ready for goldmark, and the problems found in it.
// Cleaning keeps lines and columns: a carriage return ends a line, a list
// marker of Arabic digits has as many characters in ASCII digits. Only NFC makes
// one character of several, code included, since a page is to be in NFC as a
// whole and both look the same; where it does is kept.
type source struct {
	path    string
	line    int // of the first line
	text    []byte
	markers map[int]string // offset of a list marker that was written in other digits → their name
	changed []int          // the offsets, ascending
	shrunk  []lang.Shrink  // where the text has fewer characters than the file

	addresses bool // the text may hold web or mail addresses

	// Where the last asked position was, and where its line begins: asked in
	// ascending order, positions cost one pass.
	at, atStart, atLine, atColumn int

	diags  []diag.Diagnostic
	untold int            // problems beyond `most`
	seen   map[string]int // message → index in diags, for problems told once a file
	count  map[string]int
}

// newSource cleans data. What changes the meaning of the text is told.
func newSource(data []byte, o Options) *source {
	s := &source{path: o.Path, line: max(1, o.Line), text: data}
	s.rewind()
	if !o.Sound && !utf8.Valid(data) {
		bad := bytes.IndexFunc(data, func(r rune) bool { return r == utf8.RuneError })
		s.text = bytes.ToValidUTF8(data, []byte("\uFFFD"))
		s.once(diag.Warnf(s.pos(min(bad, len(s.text))), "bytes that are not UTF-8 are shown as \uFFFD").
			WithHint("save the file as UTF-8"))
	}
	if bytes.IndexByte(s.text, '\r') >= 0 {
		s.text = bytes.ReplaceAll(s.text, []byte("\r\n"), []byte("\n"))
		s.text = bytes.ReplaceAll(s.text, []byte("\r"), []byte("\n"))
	}
	if bytes.IndexByte(s.text, 0) >= 0 {
		s.text = bytes.ReplaceAll(s.text, []byte{0}, []byte("\uFFFD"))
	}
	s.text, s.shrunk = lang.Compose(s.text)
	s.rewind()
	return s
}

// rewind forgets the last position, after the text was replaced.
func (s *source) rewind() { s.at, s.atStart, s.atLine, s.atColumn = 0, 0, s.line, 1 }

// pos gives the position of an offset of the text in the file.
func (s *source) pos(offset int) diag.Position {
	offset = max(0, min(offset, len(s.text)))
	if offset < s.at {
		start := bytes.LastIndexByte(s.text[:offset], '\n') + 1
		s.atLine -= bytes.Count(s.text[start:s.at], []byte{'\n'})
		s.at, s.atStart, s.atColumn = start, start, 1
	}
	between := s.text[s.at:offset]
	if n := bytes.Count(between, []byte{'\n'}); n > 0 {
		s.atLine += n
		between = between[bytes.LastIndexByte(between, '\n')+1:]
		s.atStart, s.atColumn = offset-len(between), 1
	}
	s.atColumn += utf8.RuneCount(between)
	s.at = offset
	return diag.Position{File: s.path, Line: s.atLine, Column: s.atColumn + s.fewer(offset) - s.fewer(s.atStart)}
}

// fewer tells how many characters fewer than the file the text has up to an
// offset.
func (s *source) fewer(offset int) int {
	i := sort.Search(len(s.shrunk), func(i int) bool { return s.shrunk[i].At > offset })
	if i == 0 {
		return 0
	}
	return s.shrunk[i-1].Fewer
}

// most is how many problems of one document are told.
const most = 100

// tell records a problem.
func (s *source) tell(d diag.Diagnostic) {
	if len(s.diags) < most {
		s.diags = append(s.diags, d)
		return
	}
	s.untold++
}

// once records a problem the first time that it is told; later ones with the
// same message are counted, because a file with a million of them must not
// give a million lines.
func (s *source) once(d diag.Diagnostic) {
	if s.seen == nil {
		s.seen, s.count = map[string]int{}, map[string]int{}
	}
	s.count[d.Message]++
	if _, ok := s.seen[d.Message]; !ok {
		s.seen[d.Message] = min(len(s.diags), most-1)
		s.tell(d)
	}
}

// again tells whether the message was told before, and counts it if so; it
// spares the work of finding a position that will not be shown.
func (s *source) again(message string) bool {
	if _, ok := s.seen[message]; ok {
		s.count[message]++
		return true
	}
	return false
}

// diagnostics gives what was found, in source order.
func (s *source) diagnostics() []diag.Diagnostic {
	for message, i := range s.seen {
		if n := s.count[message]; n > 1 {
			s.diags[i].Message = fmt.Sprintf("%s (%d times)", message, n)
		}
	}
	if len(s.diags) == 0 {
		return nil
	}
	list := slices.Clone(s.diags)
	if s.untold > 0 {
		list = append(list, diag.Notef(list[0].Pos, "%d more problems in this file are not listed", s.untold))
	}
	return diag.Sort(list)
}
