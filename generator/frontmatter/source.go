package frontmatter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/diag"
)

// Limits that no hand-written file comes near. Depth stays below what the
// engine's encoding nests; nodes bound what YAML aliases may expand to.
const (
	maxSize  = 1 << 20
	maxDepth = 20
	maxNodes = 100_000
)

// A source is a file with the starts of its lines, so that a thousand
// positions cost one pass.
type source struct {
	path  string
	data  []byte
	lines []int
}

func newSource(path string, data []byte) *source {
	return &source{path: path, data: data}
}

func (s *source) starts() []int {
	if s.lines == nil {
		s.lines = append(s.lines, 0)
		for i, c := range s.data {
			if c == '\n' {
				s.lines = append(s.lines, i+1)
			}
		}
	}
	return s.lines
}

// at gives the position of a byte offset.
func (s *source) at(offset int) diag.Position {
	offset = max(0, min(offset, len(s.data)))
	lines := s.starts()
	i, found := slices.BinarySearch(lines, offset)
	if !found {
		i--
	}
	return diag.Position{File: s.path, Line: i + 1, Column: 1 + utf8.RuneCount(s.data[lines[i]:offset])}
}

// place keeps a line and column that a library counted inside the file.
func (s *source) place(line, column int) diag.Position {
	lines := s.starts()
	line = max(1, min(line, len(lines)))
	end := len(s.data)
	if line < len(lines) {
		end = lines[line]
	}
	text := strings.TrimRight(string(s.data[lines[line-1]:end]), "\r\n")
	return diag.Position{File: s.path, Line: line, Column: max(1, min(column, 1+utf8.RuneCountInString(text)))}
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
