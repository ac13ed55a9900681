package frontmatter

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"mihbara/generator/diag"
)

// Limits that no hand-written file comes near. Depth stays below what the
// engine's encoding nests; nodes bound what YAML aliases may expand to.
const (
	maxSize  = 1 << 20
	maxYAML  = 200 << 10 // for the library, whose time grows with the square of the keys
	maxRetry = 20 << 10  // beyond this, only the first broken key is named
	maxDepth = 20
	maxNodes = 100_000
)

// A source is a file with the starts of its lines, so that a thousand
// positions cost one pass. It also remembers the last place it gave, because
// values come in order and a line may be a megabyte long.
type source struct {
	path  string
	data  []byte
	lines []int
	room  *room // of the fields, if they were plain

	lastOffset, lastColumn int // an offset and its column
	lastLine, lastWidth    int // a line from 1 and the characters in it
}

func newSource(path string, data []byte) *source {
	return &source{path: path, data: data}
}

func (s *source) starts() []int {
	if s.lines == nil {
		s.lines = append(make([]int, 0, 32), 0)
		for at := 0; ; {
			i := bytes.IndexByte(s.data[at:], '\n')
			if i < 0 {
				break
			}
			at += i + 1
			s.lines = append(s.lines, at)
		}
	}
	return s.lines
}

// at gives the position of a byte offset.
func (s *source) at(offset int) diag.Position {
	offset = max(0, min(offset, len(s.data)))
	for offset > 0 && offset < len(s.data) && !utf8.RuneStart(s.data[offset]) {
		offset-- // a library may stop inside a character
	}
	lines := s.starts()
	i, found := slices.BinarySearch(lines, offset)
	if !found {
		i--
	}
	from, column := lines[i], 1
	if s.lastOffset >= from && s.lastOffset <= offset && s.lastColumn > 0 {
		from, column = s.lastOffset, s.lastColumn
	}
	column += utf8.RuneCount(s.data[from:offset])
	s.lastOffset, s.lastColumn = offset, column
	return diag.Position{File: s.path, Line: i + 1, Column: column}
}

// place keeps a line and column that a library counted inside the file.
func (s *source) place(line, column int) diag.Position {
	lines := s.starts()
	line = max(1, min(line, len(lines)))
	if line != s.lastLine {
		end := len(s.data)
		if line < len(lines) {
			end = lines[line]
		}
		s.lastLine, s.lastWidth = line, utf8.RuneCount(bytes.TrimRight(s.data[lines[line-1]:end], "\r\n"))
	}
	return diag.Position{File: s.path, Line: line, Column: max(1, min(column, 1+s.lastWidth))}
}

// put adds a field. A key that is already there is replaced and named, since
// the value that the author sees last is the one that counts.
func put(fields []Field, f Field, diags *[]diag.Diagnostic) []Field {
	for i := range fields {
		if fields[i].Key == f.Key {
			*diags = append(*diags, diag.Warnf(f.KeyPos, "key %q is given twice; this value counts", f.Key).
				WithHint("delete the first one, at %s", fields[i].KeyPos))
			return append(slices.Delete(fields, i, i+1), f)
		}
	}
	return append(fields, f)
}
