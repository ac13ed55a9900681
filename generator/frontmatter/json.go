package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"mihbara/generator/diag"
)

// bareJSON reads a file that begins with `{`. Liquid (`{%`, `{{`, `{#`) and any
// other brace are text: JSON front matter has a quote or a closing brace next.
func (s *source) bareJSON(start int, none Block) (Block, []diag.Diagnostic) {
	after := bytes.TrimLeft(s.data[start+1:], " \t\r\n")
	if len(after) == 0 || after[0] != '"' && after[0] != '}' {
		return none, nil
	}
	fields, end, diags := s.parseJSON(start, len(s.data))
	if end < 0 {
		end = len(s.data)
	}
	_, next := cutLine(s.data, end)
	if text := bytes.TrimSpace(s.data[end:next]); len(text) == 0 {
		end = next
	}
	if text, next := cutLine(s.data, end); strings.TrimRight(text, " \t;") == "" && strings.HasPrefix(text, ";;;") {
		end = next
	}
	return Block{Format: JSON, Fields: fields, BodyOffset: end, BodyLine: s.at(end).Line}, diags
}

// hexoJSON reads keys without braces up to a line `;;;`; without that line the
// file merely begins with a quotation.
func (s *source) hexoJSON(start, line int, none Block) (Block, []diag.Diagnostic) {
	end, next, bodyLine, ok := s.closing(start, line, ";;;", ";;;")
	if !ok {
		return none, nil
	}
	fields, _, diags := s.parseJSON(start, end)
	return Block{Format: JSON, Fields: fields, BodyOffset: next, BodyLine: bodyLine}, diags
}

// parseJSON reads one object, with or without its braces, between two offsets
// and gives the offset after it, or -1 where it is broken.
func (s *source) parseJSON(offset, end int) ([]Field, int, []diag.Diagnostic) {
	text := s.data[offset:end]
	shift := 0
	if trimmed := bytes.TrimLeft(text, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '"' {
		text = []byte("{" + string(text) + "}")
		shift = 1
	} else if len(trimmed) == 0 {
		return nil, end, nil
	}
	j := &jsonReader{s: s, text: text, base: offset - shift}
	j.dec = json.NewDecoder(bytes.NewReader(text))
	j.dec.UseNumber()
	v, err := j.value(0)
	if err != nil {
		j.fail(err)
		return v.Map, -1, j.diags
	}
	if v.Kind != Map {
		j.diags = append(j.diags, diag.Errorf(v.Pos, "JSON here must be an object, not %s", v.Kind).WithHint("put the keys between { and }"))
	}
	return v.Map, min(end, j.base+int(j.dec.InputOffset())), j.diags
}

type jsonReader struct {
	s     *source
	text  []byte
	base  int // of text in the file
	dec   *json.Decoder
	diags []diag.Diagnostic
}

var errDeep = errors.New("nested too deeply")

// fail names a broken place. After a syntax error the decoder says where it
// stopped; at the end of the text something was left open.
func (j *jsonReader) fail(err error) {
	at := int(j.dec.InputOffset())
	hint := "check quotes, commas and brackets just before this place"
	message := err.Error()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		// Offset counts from the decoder's last token or from the start,
		// depending on the reader inside; never before the last token.
		at = max(at, min(int(syntax.Offset)-1, len(j.text)))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		at, message, hint = len(j.text), "it ends too early", "a closing } or \" is missing"
	case errors.Is(err, errDeep):
		hint = ""
	}
	j.diags = append(j.diags, diag.Errorf(j.s.at(j.base+at), "cannot read this JSON: %s", message).WithHint("%s", hint))
}

// next gives the next token and its position.
func (j *jsonReader) next() (json.Token, diag.Position, error) {
	at := int(j.dec.InputOffset())
	for at < len(j.text) && strings.IndexByte(" \t\r\n,:", j.text[at]) >= 0 {
		at++
	}
	tok, err := j.dec.Token()
	return tok, j.s.at(j.base + at), err
}

func (j *jsonReader) value(depth int) (Value, error) {
	tok, pos, err := j.next()
	if err != nil {
		return Value{Pos: pos}, err
	}
	if depth > maxDepth {
		return Value{Pos: pos}, errDeep
	}
	v := Value{Pos: pos}
	switch t := tok.(type) {
	case nil:
	case bool:
		v.Kind, v.Bool, v.Text = Bool, t, strconv.FormatBool(t)
	case string:
		v.Kind, v.Text = String, t
	case json.Number:
		v = number(pos, t.String())
	case json.Delim:
		if t == '[' {
			v.Kind = List
			for j.dec.More() {
				item, err := j.value(depth + 1)
				if err == nil || item.Kind != Null {
					v.List = append(v.List, item)
				}
				if err != nil {
					return v, err
				}
			}
		} else {
			v.Kind = Map
			for j.dec.More() {
				key, keyPos, err := j.next()
				if err != nil {
					return v, err
				}
				name, _ := key.(string)
				item, err := j.value(depth + 1)
				if err != nil && item.Kind == Null {
					return v, err
				}
				v.Map = put(v.Map, Field{name, keyPos, item}, &j.diags)
				if err != nil {
					return v, err
				}
			}
		}
		_, _, err = j.next()
	}
	return v, err
}

// number gives an Int where one fits, else a Float, else the text.
func number(pos diag.Position, text string) Value {
	plain := strings.ReplaceAll(text, "_", "")
	if n, err := strconv.ParseInt(plain, 10, 64); err == nil {
		return Value{Pos: pos, Kind: Int, Text: text, Int: n}
	}
	if n, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return Value{Pos: pos, Kind: Int, Text: text, Int: n}
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil || f != f || f-f != 0 {
		return Value{Pos: pos, Kind: String, Text: text} // infinities and NaN are not data that a page can use
	}
	return Value{Pos: pos, Kind: Float, Text: text, Float: f}
}
