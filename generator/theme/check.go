package theme

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"

	"text/template/parse"

	"mihbara/generator/diag"
	"mihbara/generator/page"
)

// check walks each kind's template with the type of its view, into all
// templates that it uses, and names fields, methods, functions and templates
// that do not exist. A part whose type cannot be known is not judged.
func (t *Theme) check() []diag.Diagnostic {
	c := &checker{theme: t, seen: map[string]bool{}, functions: (&set{}).functions()}
	views := page.Views()
	for _, k := range page.Templates {
		if t.trees[string(k)] == nil {
			if t.broken[string(k)] == nil {
				c.problems = append(c.problems, diag.Errorf(diag.Position{}, "the theme has no template %q", string(k)+".html"))
			}
			continue
		}
		c.template(string(k), reflect.TypeOf(views[k]))
	}
	return c.problems
}

type checker struct {
	theme     *Theme
	seen      map[string]bool // template and type already walked
	functions map[string]any
	problems  []diag.Diagnostic

	tree *parse.Tree
	vars []variable
}

type variable struct {
	name string
	typ  reflect.Type // nil: not known
}

// builtins are the functions of text/template with the type they give, nil
// where it depends on what they get.
var builtins = map[string]reflect.Type{
	"and": nil, "or": nil, "call": nil, "index": nil, "slice": nil, "html": str, "js": str, "urlquery": str,
	"print": str, "printf": str, "println": str, "len": reflect.TypeFor[int](), "not": boolean,
	"eq": boolean, "ne": boolean, "lt": boolean, "le": boolean, "gt": boolean, "ge": boolean,
	"break": nil, "continue": nil,
}

var (
	str     = reflect.TypeFor[string]()
	boolean = reflect.TypeFor[bool]()
)

func (c *checker) template(name string, dot reflect.Type) {
	tree := c.theme.trees[name]
	key := name + " " + fmt.Sprint(dot)
	if tree == nil || c.seen[key] {
		return
	}
	c.seen[key] = true
	outerTree, outerVars := c.tree, c.vars
	c.tree, c.vars = tree, []variable{{"$", dot}}
	c.list(tree.Root, dot)
	c.tree, c.vars = outerTree, outerVars
}

func (c *checker) list(l *parse.ListNode, dot reflect.Type) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			c.pipe(n.Pipe, dot)
		case *parse.TemplateNode:
			arg := c.pipe(n.Pipe, dot)
			c.call(n, n.Name, arg)
		case *parse.IfNode:
			c.branch(&n.BranchNode, dot, dot)
		case *parse.WithNode:
			mark := len(c.vars)
			inner := c.pipe(n.Pipe, dot)
			c.list(n.List, inner)
			c.vars = c.vars[:mark]
			c.list(n.ElseList, dot)
		case *parse.RangeNode:
			c.loop(n, dot)
		}
	}
}

func (c *checker) branch(n *parse.BranchNode, dot, inner reflect.Type) {
	mark := len(c.vars)
	c.pipe(n.Pipe, dot)
	c.list(n.List, inner)
	c.list(n.ElseList, dot)
	c.vars = c.vars[:mark]
}

func (c *checker) loop(n *parse.RangeNode, dot reflect.Type) {
	mark := len(c.vars)
	over := deref(c.pipe(n.Pipe, dot))
	var key, elem reflect.Type
	if over != nil {
		switch over.Kind() {
		case reflect.Slice, reflect.Array:
			key, elem = reflect.TypeFor[int](), over.Elem()
		case reflect.Map:
			key, elem = over.Key(), over.Elem()
		case reflect.Int:
			elem = over
		case reflect.Interface, reflect.Func, reflect.Chan:
		default:
			c.problem(n, "range over %s, which is no list", over)
		}
	}
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		c.vars[len(c.vars)-1].typ = elem
	case 2:
		c.vars[len(c.vars)-2].typ, c.vars[len(c.vars)-1].typ = key, elem
	}
	c.list(n.List, elem)
	c.vars = c.vars[:mark]
	c.list(n.ElseList, dot)
}

// call follows a template into the one that it uses.
func (c *checker) call(n parse.Node, name string, arg reflect.Type) {
	if c.theme.trees[name] == nil {
		if c.theme.broken[name] == nil {
			c.problem(n, "unknown template %q%s", name, diag.DidYouMean(name, slices.Sorted(maps.Keys(c.theme.trees))))
		}
		return
	}
	c.template(name, arg)
}

// pipe gives the type of a pipeline's value and declares its variables.
func (c *checker) pipe(p *parse.PipeNode, dot reflect.Type) reflect.Type {
	if p == nil {
		return nil
	}
	var typ reflect.Type
	for i, cmd := range p.Cmds {
		typ = c.command(cmd, dot, i > 0)
	}
	for _, v := range p.Decl {
		if p.IsAssign {
			continue
		}
		c.vars = append(c.vars, variable{v.Ident[0], typ})
	}
	return typ
}

func (c *checker) command(cmd *parse.CommandNode, dot reflect.Type, piped bool) reflect.Type {
	var args []reflect.Type
	for _, a := range cmd.Args[1:] {
		args = append(args, c.operand(a, dot))
	}
	f, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return c.operand(cmd.Args[0], dot)
	}
	if called := calls(cmd); called != "" {
		var arg reflect.Type
		if len(args) > 1 {
			arg = args[1]
		}
		if t := deref(arg); f.Ident == "each" && t != nil && t.Kind() == reflect.Slice {
			arg = t.Elem()
		}
		c.call(cmd, called, arg)
	}
	if fn, ok := c.functions[f.Ident]; ok {
		t := reflect.TypeOf(fn)
		n := len(args)
		if piped {
			n++
		}
		if n < t.NumIn() && !t.IsVariadic() || n < t.NumIn()-1 || n > t.NumIn() && !t.IsVariadic() {
			c.problem(cmd, "%s takes %d arguments, not %d", f.Ident, t.NumIn(), n)
		}
		for i, a := range args {
			if i < t.NumIn() && !(t.IsVariadic() && i == t.NumIn()-1) && !fits(a, t.In(i)) {
				c.problem(cmd.Args[i+1], "%s takes %s here, not %s", f.Ident, short(t.In(i)), short(a))
			}
		}
		return t.Out(0)
	}
	typ, ok := builtins[f.Ident]
	if !ok {
		known := append(slices.Collect(maps.Keys(c.functions)), slices.Collect(maps.Keys(builtins))...)
		c.problem(f, "unknown function %q%s", f.Ident, diag.DidYouMean(f.Ident, known))
		return nil
	}
	switch f.Ident {
	case "index":
		if len(args) == 2 {
			if t := deref(args[0]); t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Array) {
				return t.Elem()
			}
		}
	case "slice", "or", "and":
		if len(args) > 0 {
			return args[len(args)-1]
		}
	}
	return typ
}

// fits says whether a value of type a may be given where t is wanted; what is
// not known fits.
func fits(a, t reflect.Type) bool {
	if a == nil || a.AssignableTo(t) || a.Kind() == reflect.Interface {
		return true
	}
	return a.Kind() == reflect.Pointer && a.Elem().AssignableTo(t) || reflect.PointerTo(a).AssignableTo(t)
}

// operand gives the type of an operand, nil if it is not known.
func (c *checker) operand(n parse.Node, dot reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.chain(n, dot, n.Ident)
	case *parse.VariableNode:
		for i := len(c.vars) - 1; i >= 0; i-- {
			if c.vars[i].name == n.Ident[0] {
				return c.chain(n, c.vars[i].typ, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		return c.chain(n, c.operand(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot)
	case *parse.IdentifierNode:
		return c.command(&parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{n}}, dot, false)
	case *parse.StringNode:
		return str
	case *parse.BoolNode:
		return boolean
	}
	return nil
}

// chain follows .A.B from a type.
func (c *checker) chain(n parse.Node, t reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		if t == nil {
			return nil
		}
		next, ok := member(t, name)
		if !ok {
			c.problem(n, "%s has no field %q%s", short(deref(t)), name, diag.DidYouMean(name, members(t)))
			return nil
		}
		t = next
	}
	return t
}

// member gives the type of a field or of what a method gives.
func member(t reflect.Type, name string) (reflect.Type, bool) {
	p := t
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface {
		p = reflect.PointerTo(t)
	}
	if m, ok := p.MethodByName(name); ok && m.Type.NumOut() > 0 {
		return m.Type.Out(0), true
	}
	switch s := deref(t); s.Kind() {
	case reflect.Struct:
		if f, ok := s.FieldByName(name); ok && f.IsExported() {
			return f.Type, true
		}
	case reflect.Map:
		return s.Elem(), true
	case reflect.Interface:
		return nil, true
	}
	return nil, false
}

// members names the fields and methods of a type.
func members(t reflect.Type) []string {
	var list []string
	if s := deref(t); s.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(s) {
			if f.IsExported() {
				list = append(list, f.Name)
			}
		}
		t = reflect.PointerTo(s)
	}
	for i := range t.NumMethod() {
		list = append(list, t.Method(i).Name)
	}
	return list
}

func deref(t reflect.Type) reflect.Type {
	if t != nil && t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// short names a type as a themer knows it: ArticleView, Text, string.
func short(t reflect.Type) string {
	if t == nil {
		return "nothing"
	}
	if t.Kind() == reflect.Slice {
		return "a list of " + short(t.Elem())
	}
	if n := deref(t).Name(); n != "" {
		return n
	}
	return t.String()
}

var place = regexp.MustCompile(`^(.*):(\d+):(\d+)$`)

func (c *checker) problem(n parse.Node, format string, args ...any) {
	at, _ := c.tree.ErrorContext(n)
	pos := diag.Position{File: at}
	if m := place.FindStringSubmatch(at); m != nil {
		pos.File = path.Clean(m[1])
		pos.Line, _ = strconv.Atoi(m[2])
		pos.Column, _ = strconv.Atoi(m[3])
	}
	c.problems = append(c.problems, diag.Errorf(pos, format, args...))
}

// walk calls f for a node and all nodes below it.
func walk(n parse.Node, f func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	f(n)
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, f)
		}
	case *parse.ActionNode:
		walk(n.Pipe, f)
	case *parse.TemplateNode:
		walk(n.Pipe, f)
	case *parse.IfNode:
		walkBranch(&n.BranchNode, f)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, f)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, f)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, f)
		}
	case *parse.CommandNode:
		for _, a := range n.Args {
			walk(a, f)
		}
	}
}

func walkBranch(n *parse.BranchNode, f func(parse.Node)) {
	walk(n.Pipe, f)
	walk(n.List, f)
	walk(n.ElseList, f)
}
