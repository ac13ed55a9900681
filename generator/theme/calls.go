package theme

import (
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"

	"mihbara/generator/page"
)

// direct compiles the calls that pages are made of, so that they write without
// going through reflection; nil for any other command.
func (c *compiler) direct(cmd *parse.CommandNode, dot reflect.Type) step {
	f, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || len(cmd.Args) < 2 {
		return nil
	}
	if f.Ident == "part" || f.Ident == "each" {
		return c.parts(f.Ident, cmd.Args[1:], dot)
	}
	if len(cmd.Args) != 2 {
		return nil
	}
	arg := c.operand(cmd.Args[1], dot)
	str := arg.typ.Kind() == reflect.String
	switch {
	case f.Ident == "t" && str:
		return func(x *run, dot reflect.Value) {
			x.out.WriteString(string(x.s.text(arg.get(x, dot).String())))
		}
	case f.Ident == "b" && arg.typ == typeText:
		return func(x *run, dot reflect.Value) { x.out.WriteString(string(x.s.isolate(*text(arg.get(x, dot))))) }
	case f.Ident == "mark" && arg.typ == typeText:
		return func(x *run, dot reflect.Value) { x.out.WriteString(string(x.s.mark(*text(arg.get(x, dot))))) }
	case f.Ident == "date" && arg.typ == typeDate:
		return func(x *run, dot reflect.Value) {
			x.out.WriteString(string(x.s.date(arg.get(x, dot).Interface().(page.Date))))
		}
	case f.Ident == "url_attr" && str:
		return func(x *run, dot reflect.Value) {
			x.out.WriteString(string(x.s.attribute(arg.get(x, dot).String())))
		}
	case f.Ident == "asset_attr" && str:
		return func(x *run, dot reflect.Value) {
			x.out.WriteString(string(x.s.assetAttribute(arg.get(x, dot).String())))
		}
	}
	return nil
}

func text(v reflect.Value) *page.Text {
	if v.CanAddr() {
		return v.Addr().Interface().(*page.Text)
	}
	t := v.Interface().(page.Text)
	return &t
}

func (c *compiler) parts(function string, args []parse.Node, dot reflect.Type) step {
	name, ok := args[0].(*parse.StringNode)
	if !ok || len(args) != 2 {
		return nil
	}
	arg := c.operand(args[1], dot)
	return func(x *run, dot reflect.Value) {
		make := x.s.part
		if function == "each" {
			make = x.s.each
		}
		html, err := make(name.Text, arg.get(x, dot).Interface())
		if err != nil {
			panic(err)
		}
		x.out.WriteString(string(html))
	}
}

// function compiles a call for its value. and, or, not and eq are done here,
// all others are called as they stand.
func (c *compiler) function(name string, args []parse.Node, dot reflect.Type) term {
	terms := make([]term, len(args))
	for i, a := range args {
		terms[i] = c.operand(a, dot)
	}
	switch name {
	case "and", "or":
		return c.junction(name == "and", terms)
	case "not":
		if len(terms) != 1 {
			unsupported()
		}
		truth := truthOf(terms[0].typ)
		return verdict(func(x *run, dot reflect.Value) bool { return !truth(terms[0].get(x, dot)) })
	case "eq":
		if len(terms) != 2 || terms[0].typ.Kind() != reflect.String || terms[1].typ.Kind() != reflect.String {
			unsupported()
		}
		return verdict(func(x *run, dot reflect.Value) bool {
			return terms[0].get(x, dot).String() == terms[1].get(x, dot).String()
		})
	case "len":
		if len(terms) != 1 || terms[0].typ.Kind() != reflect.Slice && terms[0].typ.Kind() != reflect.String {
			unsupported()
		}
		return term{func(x *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(terms[0].get(x, dot).Len()) }, reflect.TypeFor[int]()}
	}
	fn, ok := c.set.callable[name]
	if !ok {
		unsupported()
	}
	return called(fn, terms)
}

func verdict(get func(*run, reflect.Value) bool) term {
	return term{func(x *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(get(x, dot)) }, boolean}
}

// junction is and or or: the first value that decides, else the last. The
// values must be of one type, or serve only as a condition.
func (c *compiler) junction(and bool, terms []term) term {
	if len(terms) == 0 {
		unsupported()
	}
	same := true
	truths := make([]func(reflect.Value) bool, len(terms))
	for i, t := range terms {
		truths[i] = truthOf(t.typ)
		same = same && t.typ == terms[0].typ
	}
	if same {
		return term{func(x *run, dot reflect.Value) (v reflect.Value) {
			for i, t := range terms {
				if v = t.get(x, dot); truths[i](v) != and {
					return v
				}
			}
			return v
		}, terms[0].typ}
	}
	return verdict(func(x *run, dot reflect.Value) bool {
		for i, t := range terms {
			if truths[i](t.get(x, dot)) != and {
				return !and
			}
		}
		return and
	})
}

// called compiles a call by reflection.
func called(fn reflect.Value, terms []term) term {
	t := fn.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
	}
	if len(terms) < fixed || len(terms) > fixed && !t.IsVariadic() || t.NumOut() == 0 {
		unsupported()
	}
	for i := range fixed {
		if !terms[i].typ.AssignableTo(t.In(i)) && !(terms[i].typ.Kind() == reflect.String && t.In(i).Kind() == reflect.String && terms[i].typ.ConvertibleTo(t.In(i))) {
			unsupported()
		}
	}
	return term{func(x *run, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, len(terms))
		for i, a := range terms {
			in[i] = a.get(x, dot)
			if i < fixed && in[i].Type() != t.In(i) && t.In(i).Kind() == reflect.String {
				in[i] = in[i].Convert(t.In(i))
			}
		}
		out := fn.Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			panic(out[1].Interface())
		}
		return out[0]
	}, t.Out(0)}
}

// escape compiles one of html/template's escapers. The first in a chain sees
// the value's own type, those behind it a string.
func escape(cmd *parse.CommandNode, first bool, t reflect.Type) func(string) string {
	f, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || len(cmd.Args) != 1 {
		unsupported()
	}
	safe := reflect.Type(nil)
	if first && (t == typeHTML || t == typeAttr || t == typeJS) {
		safe = t
	}
	same := func(s string) string { return s }
	switch strings.TrimPrefix(f.Ident, escaper) {
	case "htmlescaper":
		if safe == typeHTML {
			return same
		}
		return htmlEscape
	case "rcdataescaper", "attrescaper":
		if safe == typeHTML {
			return func(s string) string {
				if strings.IndexByte(s, '<') >= 0 {
					panic(errUnsupported) // html/template knows how to strip elements
				}
				return normEscape(s)
			}
		}
		return htmlEscape
	case "htmlnamefilter":
		if safe == typeAttr {
			return same
		}
	case "jsvalescaper":
		if safe == typeJS {
			return same
		}
	case "urlfilter":
		if safe == nil {
			return urlFilter
		}
	case "urlnormalizer":
		if safe == nil {
			return func(s string) string { return urlEscape(s, true) }
		}
	case "urlescaper":
		if safe == nil {
			return func(s string) string { return urlEscape(s, false) }
		}
	}
	unsupported()
	return nil
}

var (
	htmlReplacer = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
	normReplacer = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
)

func htmlEscape(s string) string {
	if !strings.ContainsAny(s, "\x00\"&'+<>") {
		return s
	}
	return htmlReplacer.Replace(s)
}

func normEscape(s string) string {
	if !strings.ContainsAny(s, "\x00\"'+<>") {
		return s
	}
	return normReplacer.Replace(s)
}

func urlFilter(s string) string {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") {
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
		default:
			return "#ZgotmplZ"
		}
	}
	return s
}

// urlEscape percent-encodes as html/template does: for a place inside a URL, or
// (norm) a whole URL, whose delimiters and escapes stay.
func urlEscape(s string, norm bool) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0,
			norm && strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0,
			norm && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// callables are the functions that a program may call by reflection.
func callables(functions template.FuncMap) map[string]reflect.Value {
	m := map[string]reflect.Value{}
	for name, f := range functions {
		m[name] = reflect.ValueOf(f)
	}
	m["printf"] = reflect.ValueOf(fmt.Sprintf)
	return m
}
