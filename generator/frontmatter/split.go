package frontmatter

import (
	"bytes"
	"path"
	"strings"

	"mihbara/generator/diag"
)

// Split finds the front matter of a Markdown file and reads it; the rest, from
// BodyOffset, is the body. data is UTF-8 (see [Decode]); a byte order mark and
// blank lines before the block do not count.
//
// A file has front matter if it begins with a line `---` (YAML; `---json` and
// `---toml` name the format), `+++` (TOML), a JSON object, or Hexo's JSON ended
// by `;;;`. Liquid (`{% … %}`), Org headers and a `---` that is only a rule are
// body. Where the block is broken there is an Error among the diagnostics and
// the Block holds what could be read.
func Split(file string, data []byte) (Block, []diag.Diagnostic) {
	s := newSource(file, data)
	none := Block{BodyLine: 1}
	start := 0
	if bytes.HasPrefix(data, []byte(bom)) {
		start = len(bom)
		none.BodyOffset = start
	}
	line := 1
	for start < len(data) { // skip blank lines
		text, next := cutLine(data, start)
		if strings.TrimSpace(text) != "" {
			break
		}
		start, line = next, line+1
	}
	first, next := cutLine(data, start)
	switch mark := strings.TrimRight(first, " \t"); {
	case mark == "---" || mark == "---yaml" || mark == "---yml":
		return s.fenced(YAML, next, line+1, none, "---", "...")
	case mark == "---json":
		return s.fenced(JSON, next, line+1, none, "---", "---")
	case mark == "---toml":
		return s.fenced(TOML, next, line+1, none, "---", "---")
	case mark == "---js" || mark == "---javascript":
		block, diags := s.fenced("", next, line+1, none, "---", "---")
		return block, append(diags, diag.Errorf(s.at(start), "front matter in JavaScript is not run").
			WithHint("write it as YAML between two lines ---"))
	case mark == "+++":
		return s.fenced(TOML, next, line+1, none, "+++", "+++")
	case mark == ";;;":
		return s.fenced(JSON, next, line+1, none, ";;;", ";;;")
	case strings.HasPrefix(first, "{"):
		return s.bareJSON(start, none)
	case strings.HasPrefix(first, `"`):
		return s.hexoJSON(start, line, none)
	}
	return none, nil
}

// ParseFile reads a whole file, .yaml, .yml, .toml or .json by its name (any
// other name is read as YAML). BodyOffset is the end of the data.
func ParseFile(file string, data []byte) (Block, []diag.Diagnostic) {
	s := newSource(file, data)
	start := 0
	if bytes.HasPrefix(data, []byte(bom)) {
		start = len(bom)
	}
	format := YAML
	switch strings.ToLower(path.Ext(file)) {
	case ".toml":
		format = TOML
	case ".json":
		format = JSON
	}
	fields, _, diags := s.parse(format, start, len(data))
	return Block{Format: format, Fields: fields, BodyOffset: len(data), BodyLine: len(s.starts())}, diags
}

// cutLine gives the line at offset without its line end, and the next offset.
func cutLine(data []byte, offset int) (string, int) {
	rest := data[offset:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		return strings.TrimSuffix(string(rest[:min(i, 4096)]), "\r"), offset + i + 1
	}
	return string(rest[:min(len(rest), 4096)]), len(data)
}

// fenced reads the block from offset to a line that is closing or other.
func (s *source) fenced(format Format, offset, line int, none Block, closing, other string) (Block, []diag.Diagnostic) {
	end, next, bodyLine, closed := s.closing(offset, line, closing, other)
	if !closed {
		return none, []diag.Diagnostic{s.unclosed(offset, line, closing)}
	}
	block := Block{Format: format, BodyOffset: next, BodyLine: bodyLine}
	if format == "" {
		return block, nil
	}
	fields, isMap, diags := s.parse(format, offset, end)
	if !isMap && len(diags) == 0 {
		// Two rules with prose between them, as in a letter.
		return none, []diag.Diagnostic{diag.Warnf(s.at(offset), "the file begins with %s, but no key follows; it is read as text", closing).
			WithHint("write `key: value` lines there, or delete the first %s", closing)}
	}
	block.Fields, block.room = fields, s.room
	return block, diags
}

// closing looks for the line that ends a block: its start, the offset and
// number of the line after it.
func (s *source) closing(offset, line int, a, b string) (end, next, nextLine int, ok bool) {
	for at := offset; at < len(s.data); {
		rest := s.data[at:]
		n := bytes.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest) - 1
		}
		// Trailing blanks are common; leading ones make it a value.
		if rest[0] == a[0] || rest[0] == b[0] {
			if text := string(bytes.TrimRight(rest[:n+1], " \t\r\n")); text == a || text == b {
				if rest[n] != '\n' {
					line-- // the block ends with the file
				}
				return at, at + n + 1, line + 1, true
			}
		}
		at, line = at+n+1, line+1
	}
	return 0, 0, 0, false
}

// unclosed tells a forgotten closing line, which is an error because the keys
// would show as text, from a rule that opens a text, which is not.
func (s *source) unclosed(offset, line int, mark string) diag.Diagnostic {
	text, _ := cutLine(s.data, offset)
	for at := offset; at < len(s.data) && strings.TrimSpace(text) == ""; {
		text, at = cutLine(s.data, at)
	}
	pos := s.place(line-1, 1)
	if key, _, ok := strings.Cut(text, ":"); ok && mark == "---" && !strings.Contains(strings.TrimSpace(key), " ") || mark != "---" {
		return diag.Errorf(pos, "the front matter that begins here with %s is never closed", mark).
			WithHint("put a line %s after the last key", mark)
	}
	return diag.Warnf(pos, "the file begins with %s, which is never closed; it is read as text", mark).
		WithHint("delete the line, or close the front matter with a second %s", mark)
}

// parse reads the bytes from offset to end and gives the fields, and whether
// there was a map (or nothing) at all.
func (s *source) parse(format Format, offset, end int) ([]Field, bool, []diag.Diagnostic) {
	if end-offset > maxSize {
		return nil, true, []diag.Diagnostic{diag.Errorf(s.at(offset), "the %s here is %d MB long; more than 1 MB is not read", format, (end-offset)>>20).
			WithHint("is the closing line where it should be?")}
	}
	switch format {
	case TOML:
		fields, diags := s.parseTOML(offset, end)
		return fields, true, diags
	case JSON:
		fields, _, diags := s.parseJSON(offset, end)
		return fields, true, diags
	}
	return s.parseYAML(offset, end)
}
