package frontmatter

import (
	"strings"

	"mihbara/generator/diag"
)

// A Format names the syntax of a block; "" says that a file has none.
type Format string

// The formats that [Split] and [ParseFile] read.
const (
	YAML Format = "yaml"
	TOML Format = "toml"
	JSON Format = "json"
)

// A Kind says which of a Value's fields holds its value.
type Kind uint8

// The kinds of a [Value]. Time is only a TOML date or time; in YAML and JSON
// dates are strings, and its reader must look into Text either way.
const (
	Null Kind = iota
	String
	Int
	Float
	Bool
	Time
	List
	Map
)

// String gives the word by which a diagnostic calls the kind.
func (k Kind) String() string {
	return [...]string{"nothing", "text", "a whole number", "a number", "true or false", "a date", "a list", "a map"}[k]
}

// A Value is one value with its place in the source. Text holds the text of a
// String and, for every other scalar, the text as written: `slug: 007` is an
// Int whose Text is "007".
type Value struct {
	Pos   diag.Position
	Kind  Kind
	Text  string
	Int   int64
	Float float64
	Bool  bool
	List  []Value
	Map   []Field
}

// A Field is a key and its value, in source order.
type Field struct {
	Key    string
	KeyPos diag.Position
	Value  Value
}

// Name gives the key in the form in which keys are compared: lower case,
// without hyphens and underscores, since `publishDate`, `publish_date` and
// `publish-date` are one key to those who write it.
func (f Field) Name() string { return Name(f.Key) }

// Name gives the form in which keys are compared; see [Field.Name].
func Name(key string) string {
	plain := true
	for i := range len(key) {
		if c := key[i]; c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == ' ' || c >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return key
	}
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(key))
}

// A Block is what was read: the fields and where the body begins. BodyOffset
// counts bytes in the data given to [Split], BodyLine counts from 1.
type Block struct {
	Format     Format
	Fields     []Field
	BodyOffset int
	BodyLine   int
	room       *room
}

// Release leaves the memory of the fields and their lists to another block. It
// is for those who read many; no [Field] or [Value] of b may be used afterwards,
// while texts and positions may.
func (b *Block) Release() {
	if b.room != nil {
		b.room.release()
	}
	b.Fields, b.room = nil, nil
}

// Get gives the value of the field whose key compares equal to key.
func (b Block) Get(key string) (Value, bool) { return find(b.Fields, key) }

// Get gives the value below v whose key compares equal to key; v need not be a Map.
func (v Value) Get(key string) (Value, bool) { return find(v.Map, key) }

// find looks from the end, because of two spellings of a key the last counts.
func find(fields []Field, key string) (Value, bool) {
	name := Name(key)
	for i := len(fields) - 1; i >= 0; i-- {
		if fields[i].Name() == name {
			return fields[i].Value, true
		}
	}
	return Value{}, false
}

// Scalar gives the text of a value that is one, as written; false for Null,
// List and Map.
func (v Value) Scalar() (string, bool) {
	switch v.Kind {
	case Null, List, Map:
		return "", false
	}
	return v.Text, true
}

// Any gives v as plain data: nil, bool, int64, float64, string, []any or
// map[string]any. A date stays the string that was written.
func (v Value) Any() any {
	switch v.Kind {
	case Null:
		return nil
	case Int:
		return v.Int
	case Float:
		return v.Float
	case Bool:
		return v.Bool
	case List:
		list := make([]any, len(v.List))
		for i, item := range v.List {
			list[i] = item.Any()
		}
		return list
	case Map:
		m := make(map[string]any, len(v.Map))
		for _, f := range v.Map {
			m[f.Key] = f.Value.Any()
		}
		return m
	}
	return v.Text
}
