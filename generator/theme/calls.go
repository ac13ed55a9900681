package theme

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"mihbara/generator/page"
)

// direct compiles the calls that pages are made of, so that they write without
// going through reflection; nil for any other pipeline.
func (c *compiler) direct(cmds []*parse.CommandNode, dot reflect.Type) step {
	cmd := cmds[0]
	f, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return nil
	}
	if len(cmds) > 1 {
		if len(cmds) == 2 && simpleEscape(cmds[1]) {
			if f.Ident == "t_attr" {
				return c.attributeMessage(cmd.Args[1:], dot)
			}
			return c.plain(f.Ident, cmd.Args[1:], dot)
		}
		return nil
	}
	switch {
	case len(cmd.Args) < 2:
		return nil
	case f.Ident == "part" || f.Ident == "each":
		return c.parts(f.Ident == "each", cmd.Args[1:], dot)
	case f.Ident == "t":
		return c.message(cmd.Args[1:], dot)
	case len(cmd.Args) > 2:
		return nil
	}
	arg := c.operand(cmd.Args[1], dot)
	str := arg.typ.Kind() == reflect.String
	switch {
	case f.Ident == "b" && arg.typ == typeText:
		return func(x *run, dot reflect.Value) { x.out = x.s.appendIsolate(x.out, at[page.Text](arg.get(x, dot))) }
	case f.Ident == "inner" && arg.typ == typeText:
		return func(x *run, dot reflect.Value) { x.out = x.s.appendInner(x.out, at[page.Text](arg.get(x, dot))) }
	case f.Ident == "mark" && arg.typ == typeText:
		return func(x *run, dot reflect.Value) { x.out = x.s.appendMark(x.out, at[page.Text](arg.get(x, dot))) }
	case f.Ident == "date" && arg.typ == typeDate:
		return func(x *run, dot reflect.Value) { x.out = x.s.appendDate(x.out, at[page.Date](arg.get(x, dot))) }
	case f.Ident == "url_attr" && str:
		return func(x *run, dot reflect.Value) { x.out = x.s.appendLink(x.out, arg.get(x, dot).String()) }
	case f.Ident == "asset_attr" && str:
		return func(x *run, dot reflect.Value) { x.out = x.s.appendLink(x.out, "/assets/"+arg.get(x, dot).String()) }
	}
	return nil
}

// plain compiles calls whose strings html/template still escapes.
func (c *compiler) plain(name string, args []parse.Node, dot reflect.Type) step {
	switch {
	case name == "comma" && len(args) == 0:
		return func(x *run, _ reflect.Value) { x.out = appendEscaped(x.out, x.s.comma(), &htmlTable) }
	case name == "attr" && len(args) == 1:
		if arg := c.operand(args[0], dot); arg.typ == typeText {
			return func(x *run, dot reflect.Value) {
				x.out = appendEscaped(x.out, x.s.attr(*at[page.Text](arg.get(x, dot))), &htmlTable)
			}
		}
	case name == "number" && len(args) == 1:
		if arg := c.operand(args[0], dot); arg.typ.Kind() == reflect.Int {
			return func(x *run, dot reflect.Value) {
				x.out = appendEscaped(x.out, x.s.number(int(arg.get(x, dot).Int())), &htmlTable)
			}
		}
	}
	return nil
}

// at gives a pointer to a value of type T, of which it makes a copy only if it
// has no address.
func at[T any](v reflect.Value) *T {
	if v.CanAddr() {
		return v.Addr().Interface().(*T)
	}
	t := v.Interface().(T)
	return &t
}

// message compiles {{t "key" n "name" value …}}.
func (c *compiler) message(args []parse.Node, dot reflect.Type) step {
	terms := make([]term, len(args))
	for i, a := range args {
		terms[i] = c.operand(a, dot)
	}
	key, terms := terms[0], terms[1:]
	if key.typ.Kind() != reflect.String {
		return nil
	}
	if len(terms) == 0 {
		return func(x *run, dot reflect.Value) { x.out = x.s.appendMessage(x.out, key.get(x, dot).String(), 0, nil) }
	}
	var count *term
	if len(terms)%2 == 1 {
		if count, terms = &terms[0], terms[1:]; count.typ != reflect.TypeFor[int]() {
			return nil
		}
	}
	for i := 0; i < len(terms); i += 2 {
		if terms[i].typ.Kind() != reflect.String {
			return nil
		}
	}
	return func(x *run, dot reflect.Value) {
		n := 0
		if count != nil {
			n = int(count.get(x, dot).Int())
		}
		var room [2]value
		values := room[:0]
		for i := 0; i < len(terms); i += 2 {
			values = append(values, value{terms[i].get(x, dot).String(), string(x.s.argument(terms[i+1].get(x, dot).Interface()))})
		}
		x.out = x.s.appendMessage(x.out, key.get(x, dot).String(), n, values)
	}
}

// attributeMessage compiles {{t "key" n}} in an attribute.
func (c *compiler) attributeMessage(args []parse.Node, dot reflect.Type) step {
	if len(args) == 0 || len(args) > 2 {
		return nil
	}
	key := c.operand(args[0], dot)
	if key.typ.Kind() != reflect.String {
		return nil
	}
	count := constant(0)
	if len(args) == 2 {
		if count = c.operand(args[1], dot); count.typ != reflect.TypeFor[int]() {
			return nil
		}
	}
	return func(x *run, dot reflect.Value) {
		start, name := len(x.out), key.get(x, dot).String()
		if p, ok := x.s.book.Phrase(name); ok && p.From != x.s.base.Language {
			return // see textAttribute
		}
		x.out = x.s.appendPhrase(x.out, name, int(count.get(x, dot).Int()), nil)
		if bytes.IndexByte(x.out[start:], '+') >= 0 {
			x.out = appendEscaped(x.out[:start], string(x.out[start:]), &normTable)
		}
	}
}

// parts compiles {{part "name" x}} and {{each "name" list}}: what depends on
// the frame alone is remembered, all else drawn.
func (c *compiler) parts(each bool, args []parse.Node, dot reflect.Type) step {
	text, ok := args[0].(*parse.StringNode)
	if !ok || len(args) != 2 {
		return nil
	}
	name, arg := text.Text, c.operand(args[1], dot)
	if !each {
		p := c.program(name, arg.typ)
		if arg.typ != reflect.TypeFor[*page.Frame]() {
			return func(x *run, dot reflect.Value) { p.run(x, arg.get(x, dot)) }
		}
		return func(x *run, dot reflect.Value) {
			v := arg.get(x, dot)
			same := v.Interface().(*page.Frame) == x.s.base.Frame
			x.remembered(same, name, func() { p.run(x, v) })
		}
	}
	if arg.typ.Kind() != reflect.Slice {
		return nil
	}
	p := c.program(name, arg.typ.Elem())
	all := func(x *run, list reflect.Value) {
		for i := range list.Len() {
			p.run(x, list.Index(i))
		}
	}
	if arg.typ != reflect.TypeFor[[]page.LanguageLink]() {
		return func(x *run, dot reflect.Value) { all(x, arg.get(x, dot)) }
	}
	return func(x *run, dot reflect.Value) {
		list := arg.get(x, dot)
		known := x.s.base.Frame.Languages
		same := list.Len() > 0 && len(known) == list.Len() && list.Pointer() == reflect.ValueOf(known).Pointer()
		x.remembered(same, "each "+name, func() { all(x, list) })
	}
}

// program gives a template's program for a type.
func (c *compiler) program(name string, t reflect.Type) *program {
	p := c.set.program(name, t)
	if p == nil {
		unsupported()
	}
	return p
}

// remembered runs draw, or writes what it wrote before, if it shows nothing but
// the frame.
func (x *run) remembered(frame bool, name string, draw func()) {
	if !frame || x.s.base.Frame.RelativeURLs { // relative links depend on the page
		draw()
		return
	}
	key := memoKey{name, x.s.base.Frame, x.s.book, x.s.menu}
	if html, ok := x.s.memo[key]; ok {
		x.out = append(x.out, html...)
		return
	}
	start := len(x.out)
	draw()
	x.s.remember(key, string(x.out[start:]))
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
	switch {
	case name == "date" && len(terms) == 1 && terms[0].typ == typeDate:
		return term{func(x *run, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(template.HTML(x.s.appendDate(nil, at[page.Date](terms[0].get(x, dot)))))
		}, typeHTML}
	case name == "list" && len(terms) == 1 && terms[0].typ == reflect.TypeFor[[]page.Crumb]():
		return term{func(x *run, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(x.s.list(*at[[]page.Crumb](terms[0].get(x, dot))))
		}, typeHTML}
	case name == "printf":
		if t, ok := concatenation(args, terms); ok {
			return t
		}
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

// concatenation compiles printf with a format of nothing but text and %s.
func concatenation(args []parse.Node, terms []term) (term, bool) {
	if len(args) == 0 {
		return term{}, false
	}
	format, ok := args[0].(*parse.StringNode)
	if !ok {
		return term{}, false
	}
	texts := strings.Split(format.Text, "%s")
	if len(texts) != len(terms) || strings.Contains(strings.Join(texts, ""), "%") {
		return term{}, false
	}
	for _, t := range terms[1:] {
		if t.typ.Kind() != reflect.String || t.typ.NumMethod() > 0 {
			return term{}, false
		}
	}
	return term{func(x *run, dot reflect.Value) reflect.Value {
		s := texts[0]
		for i, t := range terms[1:] {
			s += t.get(x, dot).String() + texts[i+1]
		}
		return reflect.ValueOf(s)
	}, str}, true
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
	case "commentescaper": // html/template shows nothing of what stands in comments
		return func(string) string { return "" }
	case "htmlnamefilter":
		if safe == typeAttr {
			return same
		}
	case "jsvalescaper":
		switch {
		case safe == typeJS:
			return same
		case !first || isString(t):
			return func(s string) string { return string(page.AppendJSON(nil, s)) }
		case t == reflect.TypeFor[int]() || t == boolean:
			return func(s string) string { return " " + s + " " } // lest it run into a keyword
		}
	case "jsstrescaper":
		if !first || t != reflect.TypeFor[template.JSStr]() {
			return scriptEscape
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

// isString says that a value of a type is a string in a script. One that says by
// itself how it is written there is left to html/template.
func isString(t reflect.Type) bool {
	return t.Kind() == reflect.String && t != typeJS && t != reflect.TypeFor[template.JSStr]() &&
		!t.Implements(reflect.TypeFor[json.Marshaler]()) && !t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// isEscaper says that a command is one of those escapers of html/template.
func isEscaper(cmd *parse.CommandNode, names ...string) bool {
	f, ok := cmd.Args[0].(*parse.IdentifierNode)
	return ok && len(cmd.Args) == 1 && strings.HasPrefix(f.Ident, escaper) && slices.Contains(names, f.Ident[len(escaper):])
}

// simpleEscape says that a command is the escaper for text or attributes, which
// are the same for what is not yet HTML.
func simpleEscape(cmd *parse.CommandNode) bool {
	return isEscaper(cmd, "htmlescaper", "rcdataescaper", "attrescaper")
}

func htmlEscape(s string) string { return escaped(s, &htmlTable) }

func normEscape(s string) string { return escaped(s, &normTable) }

func scriptEscape(s string) string { return string(appendScript(make([]byte, 0, len(s)), s)) }

// callables are the functions that a program may call by reflection.
func callables(functions template.FuncMap) map[string]reflect.Value {
	m := map[string]reflect.Value{}
	for name, f := range functions {
		m[name] = reflect.ValueOf(f)
	}
	m["printf"] = reflect.ValueOf(fmt.Sprintf)
	return m
}
