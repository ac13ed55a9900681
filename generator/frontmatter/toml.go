package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mihbara/generator/diag"
)

// tomlErrors is how many broken lines of one file are named.
const tomlErrors = 20

type tomlReader struct {
	s      *source
	base   int // of the parser's data in the file
	p      unstable.Parser
	root   Value
	prefix []tomlKey // the table that the next keys belong to
	diags  []diag.Diagnostic
}

type tomlKey struct {
	name string
	pos  diag.Position
}

// parseTOML reads the bytes between two offsets. After a broken line it goes
// on with the next one, in the table it was in.
func (s *source) parseTOML(offset, end int) ([]Field, []diag.Diagnostic) {
	t := &tomlReader{s: s, root: Value{Kind: Map}}
	for broken := 0; offset < end && broken < tomlErrors; broken++ {
		t.base = offset
		t.p.Reset(s.data[offset:end:end])
		if err := t.expressions(); err == nil {
			break
		} else {
			offset = t.fail(err)
		}
	}
	return t.root.Map, t.diags
}

// expressions reads until the end or the first error. A panic of the library
// is an error like any other.
func (t *tomlReader) expressions() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	for t.p.NextExpression() {
		e := t.p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			t.prefix = t.keys(e)
			t.table(t.prefix, e.Kind == unstable.ArrayTable)
		case unstable.KeyValue:
			keys := t.keys(e)
			t.set(append(slices.Clone(t.prefix), keys...), t.value(e.Value(), keys[len(keys)-1].pos, 1))
		}
	}
	return t.p.Error()
}

// fail names the error and gives the offset of the line after it.
func (t *tomlReader) fail(err error) int {
	data := t.p.Data()
	at := 0
	var perr *unstable.ParserError
	if errors.As(err, &perr) && cap(perr.Highlight) <= cap(data) {
		at = min(len(data), cap(data)-cap(perr.Highlight))
	}
	line := data[bytes.LastIndexByte(data[:at], '\n')+1:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	t.diags = append(t.diags, diag.Errorf(t.s.at(t.base+at), "cannot read this TOML: %s", err).WithHint("%s", hintTOML(string(line))))
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return t.base + at + i + 1
	}
	return t.base + len(data)
}

func hintTOML(line string) string {
	key, value, ok := strings.Cut(line, "=")
	value = strings.TrimSpace(value)
	switch {
	case !ok && strings.Contains(line, ":"):
		return "TOML is written `key = \"value\"`, with = and not :"
	case !ok:
		return "every line is `key = value` or [table]"
	case strings.ContainsFunc(strings.Trim(strings.TrimSpace(key), `"'`), func(r rune) bool { return r > 127 }) && !strings.ContainsAny(key, `"'`):
		return "a key that is not plain Latin letters needs quotes"
	case value != "" && !strings.ContainsAny(value[:1], `"'[{0123456789+-`) && value != "true" && value != "false":
		return "a text needs quotes"
	}
	return "check quotes, commas and brackets in this line"
}

func (t *tomlReader) keys(e *unstable.Node) []tomlKey {
	var keys []tomlKey
	for it := e.Key(); it.Next() && len(keys) <= maxDepth; { // deep refuses a longer one
		n := it.Node()
		keys = append(keys, tomlKey{string(n.Data), t.s.at(t.base + int(n.Raw.Offset))})
	}
	return keys
}

// deep refuses paths that no other code could walk.
func (t *tomlReader) deep(keys []tomlKey) bool {
	if len(keys) <= maxDepth {
		return false
	}
	t.diags = append(t.diags, diag.Errorf(keys[0].pos, "this TOML is nested too deeply to be read (more than %d levels)", maxDepth))
	return true
}

// step gives the map below v with the key, making it where it is missing. Of a
// list of tables it is the last one.
func (t *tomlReader) step(v *Value, k tomlKey) *Value {
	i := slices.IndexFunc(v.Map, func(f Field) bool { return f.Key == k.name })
	if i < 0 {
		v.Map = append(v.Map, Field{k.name, k.pos, Value{Pos: k.pos, Kind: Map}})
		i = len(v.Map) - 1
	}
	below := &v.Map[i].Value
	if below.Kind == List && len(below.List) > 0 {
		below = &below.List[len(below.List)-1]
	}
	if below.Kind != Map {
		t.diags = append(t.diags, diag.Warnf(k.pos, "%q was %s before and is a table here; the table counts", k.name, below.Kind).
			WithHint("the other one is at %s", v.Map[i].KeyPos))
		*below = Value{Pos: k.pos, Kind: Map}
	}
	return below
}

// table enters [a.b] or adds to [[a.b]].
func (t *tomlReader) table(keys []tomlKey, array bool) {
	if len(keys) == 0 || t.deep(keys) {
		return
	}
	at := &t.root
	for _, k := range keys[:len(keys)-1] {
		at = t.step(at, k)
	}
	k := keys[len(keys)-1]
	if !array {
		t.step(at, k)
		return
	}
	i := slices.IndexFunc(at.Map, func(f Field) bool { return f.Key == k.name })
	if i < 0 || at.Map[i].Value.Kind != List {
		at.Map = put(at.Map, Field{k.name, k.pos, Value{Pos: k.pos, Kind: List}}, &t.diags)
		i = len(at.Map) - 1
	}
	list := &at.Map[i].Value
	list.List = append(list.List, Value{Pos: k.pos, Kind: Map})
}

func (t *tomlReader) set(keys []tomlKey, v Value) {
	if t.deep(keys) {
		return
	}
	at := &t.root
	for _, k := range keys[:len(keys)-1] {
		at = t.step(at, k)
	}
	k := keys[len(keys)-1]
	at.Map = put(at.Map, Field{k.name, k.pos, v}, &t.diags)
}

// value converts a node; pos is where it stands if the node does not say.
func (t *tomlReader) value(n *unstable.Node, pos diag.Position, depth int) Value {
	if n.Raw.Length > 0 {
		pos = t.s.at(t.base + int(n.Raw.Offset))
	}
	v := Value{Pos: pos}
	if depth > maxDepth {
		t.diags = append(t.diags, diag.Errorf(pos, "this TOML is nested too deeply to be read (more than %d levels)", maxDepth))
		return v
	}
	switch n.Kind {
	case unstable.String:
		v.Kind, v.Text = String, string(n.Data)
	case unstable.Bool:
		v.Kind, v.Text, v.Bool = Bool, string(n.Data), string(n.Data) == "true"
	case unstable.Integer, unstable.Float:
		return number(pos, string(n.Data))
	case unstable.LocalDate, unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		v.Kind, v.Text = Time, string(n.Data)
	case unstable.Array:
		v.Kind = List
		for it := n.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				v.List = append(v.List, t.value(it.Node(), pos, depth+1))
			}
		}
	case unstable.InlineTable:
		inner := &tomlReader{s: t.s, base: t.base, root: Value{Kind: Map}}
		for it := n.Children(); it.Next(); {
			if e := it.Node(); e.Kind == unstable.KeyValue {
				keys := t.keys(e)
				inner.set(keys, t.value(e.Value(), keys[len(keys)-1].pos, depth+len(keys)))
			}
		}
		v.Kind, v.Map = Map, inner.root.Map
		t.diags = append(t.diags, inner.diags...)
	}
	return v
}
