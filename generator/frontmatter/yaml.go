package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"mihbara/generator/diag"
)

// yamlRetries is how many broken keys of one block are named before we give up.
const yamlRetries = 8

// parseYAML reads a block: most by [source.plainYAML], the others by the
// library. Where the library refuses it, the key that holds the
// broken line is blanked and the rest read again, so that every broken key is
// named and every sound one is kept.
func (s *source) parseYAML(offset, end int) ([]Field, bool, []diag.Diagnostic) {
	if fields, diags, ok := s.plainYAML(s.data[offset:end], offset); ok {
		return fields, true, diags
	}
	return s.libraryYAML(offset, end)
}

// libraryYAML reads any YAML.
func (s *source) libraryYAML(offset, end int) ([]Field, bool, []diag.Diagnostic) {
	if end-offset > maxYAML {
		return nil, true, []diag.Diagnostic{diag.Errorf(s.at(offset), "the YAML here is %d kB long; more than %d kB is only read of plain `key: value` lines and lists", (end-offset)>>10, maxYAML>>10).
			WithHint("is the closing line where it should be? Large data is better kept in TOML")}
	}
	text := unixLines(s.data[offset:end])
	line := s.at(offset).Line
	if at := tooDeep(text); at >= 0 {
		return nil, true, []diag.Diagnostic{diag.Errorf(s.at(offset+at), "this YAML is nested too deeply to be read (more than %d levels)", maxDepth)}
	}
	var diags []diag.Diagnostic
	for try := 0; ; try++ {
		y := &yamlReader{s: s, line: line}
		fields, isMap, err := y.parse(text)
		if err == nil {
			return fields, isMap || len(diags) > 0, append(diags, y.diags...)
		}
		at, message := err.line, err.message
		diags = append(diags, diag.Errorf(s.place(line+at-1, err.column), "cannot read this YAML: %s", message).
			WithHint("%s", hintYAML(lineOf(text, at), message)))
		rest, ok := blankKey(text, at)
		if !ok || try == yamlRetries || len(text) > maxRetry {
			return nil, true, diags
		}
		text = rest
	}
}

// unixLines gives text with \n as the only line end, so that the library counts
// lines as editors do; it counts \r\n as one or two, as it happens.
func unixLines(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\r"), []byte(" "))
}

// A yamlError is a broken place, counted from 1 in the text given to parse.
type yamlError struct {
	line, column int
	message      string
}

type yamlReader struct {
	s       *source
	line    int // of the block's first line in the file
	anchors map[string]Value
	sizes   map[string]int
	nodes   int
	swollen bool // the aliases expand to too many values: said once, not for each
	diags   []diag.Diagnostic
}

// parse gives the fields of the first document, and whether it is a map.
func (y *yamlReader) parse(text []byte) (fields []Field, isMap bool, broken *yamlError) {
	defer func() {
		// The library is fuzzed less than we need; its panic is a broken file.
		if r := recover(); r != nil {
			fields, isMap, broken = nil, true, &yamlError{1, 1, fmt.Sprint(r)}
		}
	}()
	file, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		broken = &yamlError{line: 1, column: 1, message: err.Error()}
		var at interface {
			GetToken() *token.Token
			GetMessage() string
		}
		if errors.As(err, &at) {
			broken.message = at.GetMessage()
			if t := at.GetToken(); t != nil && t.Position != nil {
				broken.line, broken.column = t.Position.Line, t.Position.Column
			}
		}
		return nil, true, broken
	}
	documents := 0
	var root Value
	for _, d := range file.Docs {
		if d == nil || d.Body == nil {
			continue
		}
		if documents++; documents == 1 {
			root = y.value(d.Body, 0)
		} else {
			y.diags = append(y.diags, diag.Warnf(y.pos(d.Body.GetToken()), "only the first YAML document of a file is read").WithHint("delete the line --- above"))
			break
		}
	}
	return root.Map, documents == 0 || root.Kind == Map || root.Kind == Null, nil
}

func (y *yamlReader) pos(t *token.Token) diag.Position {
	if t == nil || t.Position == nil {
		return y.s.place(y.line, 1)
	}
	return y.s.place(y.line+t.Position.Line-1, t.Position.Column)
}

// value converts a node. Anchors keep their value for the aliases that follow;
// what aliases expand to is counted, because nine lines of them can mean a
// thousand million values.
func (y *yamlReader) value(n ast.Node, depth int) Value {
	if n == nil {
		return Value{Pos: y.pos(nil)}
	}
	if y.nodes++; depth > maxDepth {
		y.diags = append(y.diags, diag.Errorf(y.pos(n.GetToken()), "this YAML is nested too deeply to be read (more than %d levels)", maxDepth))
		return Value{Pos: y.pos(n.GetToken())}
	}
	v := Value{Pos: y.pos(n.GetToken())}
	switch n := n.(type) {
	case *ast.StringNode:
		v.Kind, v.Text = String, n.Value
	case *ast.LiteralNode:
		v.Kind, v.Text = String, n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode:
		v = number(v.Pos, n.GetToken().Value)
	case *ast.BoolNode:
		v.Kind, v.Bool, v.Text = Bool, n.Value, n.Token.Value
	case *ast.InfinityNode, *ast.NanNode:
		v.Kind, v.Text = String, n.GetToken().Value
	case *ast.MappingNode:
		v.Kind = Map
		if len(n.Values) > 0 && !n.IsFlowStyle {
			v.Pos = y.pos(n.Values[0].Key.GetToken())
		}
		v.Map = y.fields(n.Values, depth)
	case *ast.MappingValueNode:
		v.Kind, v.Pos = Map, y.pos(n.Key.GetToken())
		v.Map = y.fields([]*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		v.Kind, v.List = List, make([]Value, 0, len(n.Values))
		for _, item := range n.Values {
			v.List = append(v.List, y.value(item, depth+1))
		}
	case *ast.AnchorNode:
		before := y.nodes
		v = y.value(n.Value, depth+1)
		if y.anchors == nil {
			y.anchors, y.sizes = map[string]Value{}, map[string]int{}
		}
		name := n.Name.GetToken().Value
		y.anchors[name], y.sizes[name] = v, y.nodes-before
	case *ast.AliasNode:
		v = y.alias(n, v)
	case *ast.TagNode:
		return y.tagged(n, depth)
	case *ast.MappingKeyNode:
		return y.value(n.Value, depth+1)
	case *ast.DocumentNode:
		return y.value(n.Body, depth+1)
	}
	return v
}

func (y *yamlReader) alias(n *ast.AliasNode, v Value) Value {
	name := n.Value.GetToken().Value
	known, ok := y.anchors[name]
	switch {
	case !ok:
		y.diags = append(y.diags, diag.Errorf(v.Pos, "alias *%s has no anchor &%s before it", name, name).
			WithHint("a text that begins with * needs quotes"))
	case y.nodes+y.sizes[name] > maxNodes && y.swollen:
	case y.nodes+y.sizes[name] > maxNodes:
		y.swollen = true
		y.diags = append(y.diags, diag.Errorf(v.Pos, "the aliases in this YAML expand to more than %d values", maxNodes).
			WithHint("write the values out, or delete alias *%s", name))
	case height(known) > maxDepth/2:
		y.diags = append(y.diags, diag.Errorf(v.Pos, "the aliases in this YAML nest too deeply"))
	default:
		y.nodes += y.sizes[name]
		pos := v.Pos
		v = known
		v.Pos = pos
	}
	return v
}

func height(v Value) int {
	h := 0
	for _, item := range v.List {
		h = max(h, 1+height(item))
	}
	for _, f := range v.Map {
		h = max(h, 1+height(f.Value))
	}
	return h
}

// tagged honours the one tag that people write by hand, !!str; the others say
// what the value already is.
func (y *yamlReader) tagged(n *ast.TagNode, depth int) Value {
	v := y.value(n.Value, depth+1)
	if text, ok := v.Scalar(); ok && n.Start != nil && n.Start.Value == "!!str" {
		return Value{Pos: v.Pos, Kind: String, Text: text}
	}
	return v
}

func (y *yamlReader) fields(values []*ast.MappingValueNode, depth int) []Field {
	fields := make([]Field, 0, len(values))
	var merged []Value
	seen := len(values) > 50
	index := map[string]bool{}
	for _, mv := range values {
		key := mv.Key.GetToken()
		if mv.Key.IsMergeKey() {
			merged = append(merged, y.value(mv.Value, depth+1))
			continue
		}
		f := Field{Key: key.Value, KeyPos: y.pos(key), Value: y.value(mv.Value, depth+1)}
		if k, ok := mv.Key.(*ast.MappingKeyNode); ok {
			v := y.value(k.Value, depth+1)
			f.Key, _ = v.Scalar()
			f.KeyPos = v.Pos
		}
		// Looking for a repetition in a list of thousands would be quadratic.
		if seen && !index[f.Key] {
			index[f.Key] = true
			fields = append(fields, f)
			continue
		}
		fields = put(fields, f, &y.diags)
	}
	for _, from := range merged {
		fields = merge(fields, from)
	}
	return fields
}

// merge adds what `<<` names; keys that the map has itself count more.
func merge(fields []Field, from Value) []Field {
	if from.Kind == List {
		for _, item := range from.List {
			fields = merge(fields, item)
		}
		return fields
	}
	for _, f := range from.Map {
		if _, ok := find(fields, f.Key); !ok {
			fields = append(fields, f)
		}
	}
	return fields
}

// tooDeep gives the offset where YAML nests deeper than we read, or -1. It runs
// before the library, whose parser is recursive, and may count brackets inside
// texts: a line with a hundred of them open is not front matter either way.
func tooDeep(text []byte) int {
	const limit = 5 * maxDepth
	var indents []int
	flow := 0
	for at := 0; at < len(text); {
		end := at + bytes.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		line := text[at:end]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		for len(indents) > 0 && indents[len(indents)-1] >= indent {
			indents = indents[:len(indents)-1]
		}
		indents = append(indents, indent)
		marks, head := 0, true
		for i := indent; i < len(line); i++ {
			switch c := line[i]; c {
			case '[', '{':
				flow++
			case ']', '}':
				flow = max(0, flow-1)
			case '-', '?', '!', '&', '*':
				if head || i > 0 && line[i-1] == ' ' {
					marks++
				}
			case ' ':
			default:
				head = false
			}
		}
		if len(indents) > limit || flow > limit || marks > 40*limit || head && marks > limit {
			return at
		}
		at = end + 1
	}
	return -1
}

// lineOf gives the line with the number, from 1.
func lineOf(text []byte, number int) string {
	lines := bytes.SplitN(text, []byte("\n"), number+1)
	if number < 1 || number > len(lines) {
		return ""
	}
	return strings.TrimRight(string(lines[number-1]), "\r")
}

// blankKey empties the top-level key that the line belongs to. Line ends stay,
// so that later positions are right.
func blankKey(text []byte, number int) ([]byte, bool) {
	lines := bytes.SplitAfter(text, []byte("\n"))
	if number < 1 || number > len(lines) {
		return nil, false
	}
	first := number - 1
	for first > 0 && !topLevel(lines[first]) {
		first--
	}
	last := number
	for last < len(lines) && !topLevel(lines[last]) {
		last++
	}
	blank, changed := make([]byte, 0, len(text)), false
	for i, line := range lines {
		if i < first || i >= last {
			blank = append(blank, line...)
			continue
		}
		changed = changed || len(bytes.TrimSpace(line)) > 0
		if bytes.HasSuffix(line, []byte("\n")) {
			blank = append(blank, '\n')
		}
	}
	return blank, changed
}

// topLevel tells a line that begins a key of the block.
func topLevel(line []byte) bool {
	return len(line) > 0 && !bytes.ContainsAny(line[:1], " \t-#]}\r\n") && bytes.ContainsRune(line, ':')
}

// hintYAML says what is probably to be changed in a line that YAML refuses.
func hintYAML(line, message string) string {
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch {
	case strings.Contains(line, "\t") && strings.TrimLeft(line, " \t") != strings.TrimLeft(line, " "):
		return "indent with spaces, not with a tab"
	case value != "" && strings.ContainsAny(value[:1], "@`%*&!|>[{\"'"), strings.Contains(value, ": "), strings.HasSuffix(value, ":"):
		return fmt.Sprintf("put the whole value of %s between single quotes, and double any single quote in it", strings.TrimSpace(key))
	case strings.Contains(message, "non-map"), !strings.Contains(line, ":"):
		return "every line is `key: value`; a longer text needs `key: >` and an indent"
	}
	return "check quotes, colons and indentation in this line and the one above"
}
