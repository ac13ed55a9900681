package theme

import (
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"text/template/parse"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// A program is a template, already escaped by html/template, as a tree of Go
// closures for one type of data. It writes what html/template would write, ten
// times as fast, because fields are found and chains of escapers chosen once.
//
// What it cannot do (an interface value, a method with arguments, break) makes
// compiling fail, and whatever goes wrong while it runs (a nil pointer, an
// index out of range) makes the page be drawn by html/template again, which
// then says what is wrong. So it needs no errors of its own.
type program struct {
	body  step
	slots int // how many variables it has, $ included
}

// A step writes a piece of a page.
type step func(x *run, dot reflect.Value)

// A term gives a value of a type that is known.
type term struct {
	get func(x *run, dot reflect.Value) reflect.Value
	typ reflect.Type
}

// A run is one execution.
type run struct {
	s    *set
	out  []byte
	vars []reflect.Value // all variables of the templates that are running
	base int             // where those of the current one begin
}

// errUnsupported says that html/template has to draw the template.
var errUnsupported = errors.New("theme: not compiled")

type programKey struct {
	name string
	typ  reflect.Type
}

// program gives the template compiled for a type, nil if it cannot be.
func (s *set) program(name string, t reflect.Type) *program {
	key := programKey{name, t}
	if p, ok := s.programs[key]; ok {
		return p
	}
	p := &program{}
	s.programs[key] = p // a template may use itself
	c := &compiler{set: s, slots: 1, scope: []slot{{"$", 0, t}}}
	tmpl := s.t.Lookup(name)
	ok := tmpl != nil && tmpl.Tree != nil && func() (ok bool) {
		defer func() {
			if r := recover(); r != nil && r != errUnsupported {
				panic(r)
			}
		}()
		p.body = c.list(tmpl.Tree.Root, t)
		return true
	}()
	if !ok {
		s.programs[key] = nil
		return nil
	}
	p.slots = c.slots
	return p
}

// fast appends what a program writes; false if html/template has to draw the
// page.
func (s *set) fast(dst []byte, name string, data any) (out []byte, ok bool) {
	if s.slow {
		return dst, false
	}
	v := reflect.ValueOf(data)
	if !v.IsValid() {
		return dst, false
	}
	if v.Kind() == reflect.Struct {
		// Fields of what can be addressed need not be copied to be shown.
		p := reflect.New(v.Type())
		p.Elem().Set(v)
		v = p.Elem()
	}
	p := s.program(name, v.Type())
	if p == nil || p.body == nil {
		return dst, false
	}
	defer func() {
		if recover() != nil {
			out, ok = dst, false
		}
	}()
	x := &s.running
	x.s, x.out, x.base = s, dst, 0
	x.vars = x.vars[:0]
	p.run(x, v)
	out, x.out = x.out, nil
	return out, true
}

func (p *program) run(x *run, dot reflect.Value) {
	base := x.base
	x.base = len(x.vars)
	for range p.slots {
		x.vars = append(x.vars, reflect.Value{})
	}
	x.vars[x.base] = dot
	p.body(x, dot)
	clear(x.vars[x.base:]) // what was drawn is let go
	x.vars, x.base = x.vars[:x.base], base
}

type compiler struct {
	set   *set
	slots int
	scope []slot
}

type slot struct {
	name string
	at   int
	typ  reflect.Type
}

func unsupported() { panic(errUnsupported) }

func (c *compiler) declare(name string, t reflect.Type) int {
	c.scope = append(c.scope, slot{name, c.slots, t})
	c.slots++
	return c.slots - 1
}

func (c *compiler) list(l *parse.ListNode, dot reflect.Type) step {
	if l == nil {
		return func(*run, reflect.Value) {}
	}
	steps := make([]step, 0, len(l.Nodes))
	for _, n := range l.Nodes {
		if s := c.node(n, dot); s != nil {
			steps = append(steps, s)
		}
	}
	if len(steps) == 1 {
		return steps[0]
	}
	return func(x *run, dot reflect.Value) {
		for _, s := range steps {
			s(x, dot)
		}
	}
}

func (c *compiler) node(n parse.Node, dot reflect.Type) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(x *run, _ reflect.Value) { x.out = append(x.out, text...) }
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return c.action(n.Pipe, dot)
	case *parse.IfNode:
		mark := len(c.scope)
		_, cond := c.condition(n.Pipe, dot)
		yes, no := c.list(n.List, dot), c.list(n.ElseList, dot)
		c.scope = c.scope[:mark]
		return func(x *run, dot reflect.Value) {
			if cond(x, dot) {
				yes(x, dot)
			} else {
				no(x, dot)
			}
		}
	case *parse.WithNode:
		return c.with(n, dot)
	case *parse.RangeNode:
		return c.loop(n, dot)
	case *parse.TemplateNode:
		return c.call(n, dot)
	}
	unsupported()
	return nil
}

func (c *compiler) with(n *parse.WithNode, dot reflect.Type) step {
	mark := len(c.scope)
	value := c.pipe(n.Pipe, dot)
	truth := truthOf(value.typ)
	yes := c.list(n.List, value.typ)
	c.scope = c.scope[:mark]
	no := c.list(n.ElseList, dot)
	return func(x *run, dot reflect.Value) {
		if v := value.get(x, dot); truth(v) {
			yes(x, v)
		} else {
			no(x, dot)
		}
	}
}

func (c *compiler) loop(n *parse.RangeNode, dot reflect.Type) step {
	mark := len(c.scope)
	decl := n.Pipe.Decl
	bare := *n.Pipe
	bare.Decl = nil
	value := c.pipe(&bare, dot)
	if value.typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		unsupported()
	}
	elem, index, item := value.typ.Elem(), -1, -1
	switch len(decl) {
	case 1:
		item = c.declare(decl[0].Ident[0], elem)
	case 2:
		index = c.declare(decl[0].Ident[0], reflect.TypeFor[int]())
		item = c.declare(decl[1].Ident[0], elem)
	}
	body := c.list(n.List, elem)
	c.scope = c.scope[:mark]
	none := c.list(n.ElseList, dot)
	return func(x *run, dot reflect.Value) {
		list := value.get(x, dot)
		if list.Len() == 0 {
			none(x, dot)
			return
		}
		for i := range list.Len() {
			e := list.Index(i)
			if index >= 0 {
				x.vars[x.base+index] = reflect.ValueOf(i)
			}
			if item >= 0 {
				x.vars[x.base+item] = e
			}
			body(x, e)
		}
	}
}

func (c *compiler) call(n *parse.TemplateNode, dot reflect.Type) step {
	if n.Pipe == nil {
		unsupported()
	}
	arg := c.pipe(n.Pipe, dot)
	p := c.set.program(n.Name, arg.typ)
	if p == nil {
		unsupported()
	}
	return func(x *run, dot reflect.Value) { p.run(x, arg.get(x, dot)) }
}

// condition gives what a pipeline is worth in an if, and its value's term.
func (c *compiler) condition(p *parse.PipeNode, dot reflect.Type) (term, func(*run, reflect.Value) bool) {
	value := c.pipe(p, dot)
	truth := truthOf(value.typ)
	return value, func(x *run, dot reflect.Value) bool { return truth(value.get(x, dot)) }
}

// truthOf says what text/template takes for true in a type.
func truthOf(t reflect.Type) func(reflect.Value) bool {
	switch t.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.String, reflect.Slice, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Int:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	unsupported()
	return nil
}

// pipe compiles a pipeline to its value; variables that it declares are set
// when the value is taken.
func (c *compiler) pipe(p *parse.PipeNode, dot reflect.Type) term {
	if len(p.Cmds) != 1 || p.IsAssign || len(p.Decl) > 1 {
		unsupported()
	}
	value := c.command(p.Cmds[0], dot)
	if len(p.Decl) == 0 {
		return value
	}
	at := c.declare(p.Decl[0].Ident[0], value.typ)
	return term{func(x *run, dot reflect.Value) reflect.Value {
		v := value.get(x, dot)
		x.vars[x.base+at] = v
		return v
	}, value.typ}
}

func (c *compiler) command(cmd *parse.CommandNode, dot reflect.Type) term {
	if f, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.function(f.Ident, cmd.Args[1:], dot)
	}
	if len(cmd.Args) != 1 {
		unsupported() // a method with arguments
	}
	return c.operand(cmd.Args[0], dot)
}

func (c *compiler) operand(n parse.Node, dot reflect.Type) term {
	switch n := n.(type) {
	case *parse.DotNode:
		return term{func(_ *run, dot reflect.Value) reflect.Value { return dot }, dot}
	case *parse.FieldNode:
		return chain(term{func(_ *run, dot reflect.Value) reflect.Value { return dot }, dot}, n.Ident)
	case *parse.VariableNode:
		for i := len(c.scope) - 1; i >= 0; i-- {
			if s := c.scope[i]; s.name == n.Ident[0] {
				return chain(term{func(x *run, _ reflect.Value) reflect.Value { return x.vars[x.base+s.at] }, s.typ}, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		return chain(c.operand(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	case *parse.IdentifierNode:
		return c.function(n.Ident, nil, dot)
	}
	unsupported()
	return term{}
}

func constant(v any) term {
	r := reflect.ValueOf(v)
	return term{func(*run, reflect.Value) reflect.Value { return r }, r.Type()}
}

// chain follows .A.B: fields of structs and methods without arguments.
func chain(from term, names []string) term {
	for _, name := range names {
		from = field(from, name)
	}
	return from
}

func field(from term, name string) term {
	get, t := from.get, from.typ
	ptr := t
	if t.Kind() != reflect.Pointer {
		ptr = reflect.PointerTo(t)
	}
	if m, ok := ptr.MethodByName(name); ok {
		if of := ofPage(name); of != nil && t.Implements(typeView) {
			return term{func(x *run, dot reflect.Value) reflect.Value {
				return of(get(x, dot).Interface().(page.View).Page())
			}, m.Type.Out(0)}
		}
		if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 {
			unsupported()
		}
		return term{func(x *run, dot reflect.Value) reflect.Value {
			v := get(x, dot)
			if v.Kind() != reflect.Pointer {
				v = v.Addr()
			}
			return v.Method(m.Index).Call(nil)[0]
		}, m.Type.Out(0)}
	}
	s := deref(t)
	if s.Kind() != reflect.Struct {
		unsupported()
	}
	f, ok := s.FieldByName(name)
	if !ok || !f.IsExported() || f.Type.Kind() == reflect.Interface {
		unsupported()
	}
	path, isPtr := f.Index, t.Kind() == reflect.Pointer
	if len(path) == 1 {
		i := path[0]
		return term{func(x *run, dot reflect.Value) reflect.Value {
			v := get(x, dot)
			if isPtr {
				v = v.Elem()
			}
			return v.Field(i)
		}, f.Type}
	}
	return term{func(x *run, dot reflect.Value) reflect.Value {
		v := get(x, dot)
		if isPtr {
			v = v.Elem()
		}
		return v.FieldByIndex(path)
	}, f.Type}
}

// ofPage calls the methods of [page.Base] that pages call, without looking for
// them by reflection; nil for any other.
func ofPage(name string) func(*page.Base) reflect.Value {
	switch name {
	case "Page":
		return func(b *page.Base) reflect.Value { return reflect.ValueOf(b) }
	case "JSONLD":
		return func(b *page.Base) reflect.Value { return reflect.ValueOf(b.JSONLD()) }
	}
	return nil
}

// action writes a value, through the chain of escapers behind it.
func (c *compiler) action(p *parse.PipeNode, dot reflect.Type) step {
	if p.IsAssign {
		unsupported()
	}
	if len(p.Decl) > 0 {
		value := c.pipe(p, dot)
		return func(x *run, dot reflect.Value) { value.get(x, dot) }
	}
	if s := c.direct(p.Cmds, dot); s != nil {
		return s
	}
	value := c.command(p.Cmds[0], dot)
	text := textOf(value.typ)
	var escapes []func(string) string
	for i, cmd := range p.Cmds[1:] {
		escapes = append(escapes, escape(cmd, i == 0, value.typ))
	}
	if len(p.Cmds) == 2 && value.typ != typeHTML && simpleEscape(p.Cmds[1]) {
		return func(x *run, dot reflect.Value) { x.out = appendEscaped(x.out, text(value.get(x, dot)), &htmlTable) }
	}
	if len(p.Cmds) == 2 && isString(value.typ) && isEscaper(p.Cmds[1], "jsvalescaper") {
		return func(x *run, dot reflect.Value) { x.out = page.AppendJSON(x.out, text(value.get(x, dot))) }
	}
	return func(x *run, dot reflect.Value) {
		s := text(value.get(x, dot))
		for _, e := range escapes {
			s = e(s)
		}
		x.out = append(x.out, s...)
	}
}

// textOf says how a value of a type is printed.
func textOf(t reflect.Type) func(reflect.Value) string {
	switch stringer := reflect.TypeFor[fmt.Stringer](); {
	case t == reflect.TypeFor[lang.Tag](): // its String is itself
		return reflect.Value.String
	case t.Implements(reflect.TypeFor[error]()), t.Kind() == reflect.Pointer:
		unsupported()
	case t.Implements(stringer):
		return func(v reflect.Value) string { return v.Interface().(fmt.Stringer).String() }
	case reflect.PointerTo(t).Implements(stringer):
		unsupported()
	}
	switch t.Kind() {
	case reflect.String:
		return reflect.Value.String
	case reflect.Int:
		return func(v reflect.Value) string { return strconv.FormatInt(v.Int(), 10) }
	case reflect.Bool:
		return func(v reflect.Value) string { return strconv.FormatBool(v.Bool()) }
	}
	unsupported()
	return nil
}

var (
	typeText = reflect.TypeFor[page.Text]()
	typeDate = reflect.TypeFor[page.Date]()
	typeHTML = reflect.TypeFor[template.HTML]()
	typeAttr = reflect.TypeFor[template.HTMLAttr]()
	typeJS   = reflect.TypeFor[template.JS]()
	typeView = reflect.TypeFor[page.View]()
)
