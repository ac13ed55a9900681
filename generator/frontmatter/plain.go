package frontmatter

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/diag"
)

// plainYAML reads the part of YAML that nearly all front matter is written in:
// `key: value` on one line, lists on one line or one item a line, a map of such
// values, comments on lines of their own. It is many times faster than the library, of which an
// archive of a million files has need, and gives up (ok is false) at the first
// thing whose meaning needs a second look; the library then reads the block.
// FuzzPlainYAML holds that both always give the same.
//
// text begins at offset in the file.
func (s *source) plainYAML(text []byte, offset int) (fields []Field, diags []diag.Diagnostic, ok bool) {
	for _, c := range text {
		if c < ' ' && c != '\n' {
			return nil, nil, false
		}
	}
	if !utf8.Valid(text) {
		return nil, nil, false
	}
	m := rooms().Get().(*room)
	defer func() {
		if ok {
			m.fields, s.room = fields, m
		} else {
			m.release()
		}
	}()
	fields = m.fields[:0]
	p := plainReader{s: s, room: m, line: bytes.Count(s.data[:offset], []byte("\n")), listIndent: -1}
	var index map[string]bool // keys, once there are many
	for rest := string(text); rest != ""; {
		line := rest
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			line, rest = rest[:i], rest[i+1:]
		} else {
			rest = ""
		}
		p.line++
		trimmed := strings.TrimLeft(line, " ")
		switch {
		case trimmed == "", line[0] == '#':
			continue
		case line[0] == ' ' && trimmed[0] != '-':
			if len(fields) == 0 || !p.inner(&fields[len(fields)-1].Value, line, len(line)-len(trimmed), &diags) {
				return nil, nil, false
			}
			continue
		case line[0] == ' ', line[0] == '-':
			if len(fields) == 0 || !p.item(&fields[len(fields)-1].Value, len(line)-len(trimmed), trimmed) {
				return nil, nil, false
			}
			continue
		}
		f, ok := p.field(line, 0)
		if !ok {
			return nil, nil, false
		}
		if len(fields) > 50 {
			if index == nil {
				index = make(map[string]bool, cap(fields))
				for _, g := range fields {
					index[g.Key] = true
				}
			}
			if !index[f.Key] {
				index[f.Key] = true
				fields = append(fields, f)
				continue
			}
		}
		fields = put(fields, f, &diags)
	}
	return fields, diags, true
}

// A room is the memory of a block, which [Block.Release] leaves to another.
type room struct {
	fields []Field
	values []Value // of which the lists are parts
}

// rooms are those that are free.
var rooms = sync.OnceValue(func() *sync.Pool { return &sync.Pool{New: func() any { return new(room) }} })

// roomValues is how many items of lists a room has; more are on their own.
const roomValues = 64

// list gives an empty list with room for n items.
func (m *room) list(n int) []Value {
	if m.values == nil {
		m.values = make([]Value, 0, roomValues)
	}
	at := len(m.values)
	if cap(m.values)-at < n {
		return make([]Value, 0, n)
	}
	m.values = m.values[:at+n]
	return m.values[at : at : at+n]
}

func (m *room) release() {
	if cap(m.fields) > 4*roomValues {
		m.fields = nil
	}
	clear(m.fields[:cap(m.fields)])
	clear(m.values)
	m.fields, m.values = m.fields[:0], m.values[:0]
	rooms().Put(m)
}

type plainReader struct {
	s          *source
	room       *room
	line       int // number of the current line
	listIndent int // of the items or keys below the last key, -1 if it has none yet, -2 if it may not have any

	lastLine, lastAt, lastColumn int // of the position given last
}

// pos counts on from the last place in the line, which may be very long.
func (p *plainReader) pos(line string, at int) diag.Position {
	if p.line != p.lastLine || at < p.lastAt {
		p.lastLine, p.lastAt, p.lastColumn = p.line, 0, 1
	}
	p.lastColumn += utf8.RuneCountInString(line[p.lastAt:at])
	p.lastAt = at
	return diag.Position{File: p.s.path, Line: p.line, Column: p.lastColumn}
}

// inner adds `  key: value` to the map of the last key. Maps go no deeper here.
func (p *plainReader) inner(v *Value, line string, indent int, diags *[]diag.Diagnostic) bool {
	if v.Kind == List || p.listIndent == -2 || p.listIndent >= 0 && p.listIndent != indent {
		return false
	}
	f, ok := p.field(line, indent)
	if !ok {
		return false
	}
	if p.listIndent = indent; v.Kind == Null {
		*v = Value{Pos: f.KeyPos, Kind: Map}
	}
	v.Map = put(v.Map, f, diags)
	return len(v.Map) < 50
}

// field reads `key: value` or `key:` from start.
func (p *plainReader) field(line string, start int) (Field, bool) {
	n := start
	for n < len(line) && plainKey(line[n]) {
		n++
	}
	if n == start || n == len(line) || line[n] != ':' || line[start] >= '0' && line[start] <= '9' || line[start] == '-' {
		return Field{}, false
	}
	f := Field{Key: line[start:n], KeyPos: p.pos(line, start)}
	if reserved(f.Key) {
		return Field{}, false
	}
	rest := strings.TrimRight(line[n+1:], " ")
	if rest == "" {
		p.listIndent = -1
		f.Value.Pos = p.pos(line, n)
		return f, true
	}
	if rest[0] != ' ' {
		return Field{}, false
	}
	p.listIndent = -2
	value := strings.TrimLeft(rest, " ")
	at := n + 1 + len(rest) - len(value)
	var ok bool
	if value[0] == '[' {
		f.Value, ok = p.flow(line, at, value)
	} else {
		f.Value, ok = p.scalar(line, at, value)
	}
	return f, ok
}

// item adds `- value` to the list of the last key.
func (p *plainReader) item(list *Value, indent int, text string) bool {
	if len(text) < 3 || text[0] != '-' || text[1] != ' ' || list.Kind == Map || p.listIndent == -2 || p.listIndent >= 0 && p.listIndent != indent {
		return false
	}
	line := strings.Repeat(" ", indent) + text
	if p.listIndent == -1 {
		p.listIndent = indent
		*list = Value{Pos: p.pos(line, indent), Kind: List}
	}
	value := strings.Trim(text[1:], " ")
	if value == "" {
		return false
	}
	at := len(line) - len(strings.TrimLeft(text[1:], " "))
	v, ok := p.scalar(line, at, value)
	list.List = append(list.List, v)
	return ok
}

// flow reads `[a, "b c", 'd']`; its plain items are simpler than elsewhere.
func (p *plainReader) flow(line string, at int, text string) (Value, bool) {
	v := Value{Pos: p.pos(line, at), Kind: List, List: []Value{}}
	if text[len(text)-1] != ']' || strings.ContainsAny(text, "\t") {
		return v, false
	}
	rest := text[1 : len(text)-1]
	if strings.Trim(rest, " ") == "" {
		return v, true
	}
	v.List = p.room.list(1 + min(strings.Count(rest, ","), 64))
	at++
	for {
		skip := len(rest) - len(strings.TrimLeft(rest, " "))
		at, rest = at+skip, rest[skip:]
		if rest == "" {
			return v, false
		}
		end := strings.IndexByte(rest, ',')
		if rest[0] == '"' || rest[0] == '\'' {
			close := strings.IndexByte(rest[1:], rest[0])
			if close < 0 {
				return v, false
			}
			end = close + 2
			if tail := strings.TrimLeft(rest[end:], " "); tail != "" && tail[0] != ',' {
				return v, false
			}
			end += len(rest[end:]) - len(strings.TrimLeft(rest[end:], " "))
			if end == len(rest) {
				end = -1
			}
		}
		item := rest
		if end >= 0 {
			item = rest[:end]
		}
		trimmed := strings.TrimRight(item, " ")
		if trimmed == "" || trimmed[0] != '"' && trimmed[0] != '\'' && strings.ContainsAny(trimmed, "[]{}:#\"'&*!|>%@`?") {
			return v, false
		}
		x, ok := p.scalar(line, at, trimmed)
		if !ok {
			return v, false
		}
		v.List = append(v.List, x)
		if end < 0 {
			return v, true
		}
		at, rest = at+end+1, rest[end+1:]
	}
}

// scalar reads one value on one line. text has no blanks at its ends.
func (p *plainReader) scalar(line string, at int, text string) (Value, bool) {
	v := Value{Pos: p.pos(line, at), Kind: String}
	for _, r := range text {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == utf8.RuneError {
			return v, false
		}
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if unicode.IsSpace(first) || unicode.IsSpace(last) {
		return v, false
	}
	switch {
	case first == '"':
		if len(text) < 2 || text[len(text)-1] != '"' {
			return v, false
		}
		v.Text = text[1 : len(text)-1]
		return v, unquote(&v.Text)
	case first == '\'':
		if len(text) < 2 || text[len(text)-1] != '\'' {
			return v, false
		}
		v.Text = text[1 : len(text)-1]
		if strings.IndexByte(v.Text, '\'') < 0 {
			return v, true
		}
		pairs := strings.Count(v.Text, "''")
		v.Text = strings.ReplaceAll(v.Text, "''", "'")
		return v, strings.Count(v.Text, "'") == pairs
	case strings.Contains(text, ": "), strings.Contains(text, " #"), last == ':':
		return v, false
	case first >= '0' && first <= '9':
		return p.digits(v, text)
	case first == '_', !unicode.IsLetter(first), reserved(text):
		if text == "true" || text == "false" {
			v.Kind, v.Text, v.Bool = Bool, text, text == "true"
			return v, true
		}
		return v, false
	}
	v.Text = text
	return v, true
}

// unquote takes \" for a quotation mark and knows no other escape.
func unquote(text *string) bool {
	if !strings.ContainsAny(*text, "\"\\") {
		return true
	}
	marks := strings.Count(*text, `\"`)
	if strings.Count(*text, `\`) != marks || strings.Count(*text, `"`) != marks {
		return false
	}
	*text = strings.ReplaceAll(*text, `\"`, `"`)
	return true
}

// digits reads whole numbers and what begins with a day; other numbers have
// too many shapes.
func (p *plainReader) digits(v Value, text string) (Value, bool) {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	switch {
	case n == len(text) && n < 18 && (n == 1 || text[0] != '0'):
		return number(v.Pos, text), true
	case n == 4 && len(text) >= 10 && text[4] == '-' && text[7] == '-' && (len(text) == 10 || text[10] == ' ' || text[10] == 'T'):
		v.Text = text
		return v, true
	case strings.ContainsFunc(text, notInNumbers):
		v.Text = text
		return v, true
	}
	return v, false
}

// notInNumbers tells characters that no number or time of any YAML holds.
func notInNumbers(r rune) bool {
	return r == ' ' || r >= 0x80 && unicode.IsLetter(r) || r >= 'g' && r <= 'w' && r != 'i' && r != 'n' && r != 'o' && r != 't'
}

func plainKey(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// reserved says that a word means something else than itself in some YAML.
func reserved(word string) bool {
	if len(word) > 8 {
		return false
	}
	switch strings.ToLower(word) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan", "infinity":
		return true
	}
	return false
}
