package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
	"mihbara/generator/page"
)

// A Theme is a set of templates, messages and assets, ready to render.
type Theme struct {
	trees  map[string]*parse.Tree // by template name
	broken map[string]error       // templates that could not be read
	assets map[string][]byte

	// What a page is drawn without, worked out when examine is called first: a
	// build after an edit draws pages by a theme that was examined by an earlier
	// one.
	examine  func()
	versions map[page.Kind]string
	messages Messages
	keys     map[page.Kind][]string
	books    map[bookKey]*page.Phrasebook
	problems []diag.Diagnostic

	free sync.Pool // *set: a set of templates serves one goroutine at a time
}

// Merge lays the files of a site's own theme over those of an embedded one,
// file by file. Keys are paths below the theme's folder.
func Merge(embedded, own map[string][]byte) map[string][]byte {
	all := maps.Clone(embedded)
	if all == nil {
		all = map[string][]byte{}
	}
	maps.Copy(all, own)
	return all
}

// Load is [Open] together with what is wrong with the theme.
func Load(dir string, files map[string][]byte) (*Theme, []diag.Diagnostic) {
	t := Open(dir, files)
	return t, t.Problems()
}

// Open reads a theme from its files, by path below the theme's folder:
// "templates/article.html", "messages/ar.toml", "assets/broadsheet.css". The
// theme is never nil: a template with an error is named in its problems and
// gives an error when it is rendered. dir is the folder that positions name,
// such as "themes/broadsheet".
func Open(dir string, files map[string][]byte) *Theme {
	t := &Theme{trees: map[string]*parse.Tree{}, broken: map[string]error{}, assets: map[string][]byte{}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		folder, rest, _ := strings.Cut(name, "/")
		switch {
		case folder == "templates" && path.Ext(rest) == ".html":
			t.problems = append(t.problems, t.parse(path.Join(dir, name), strings.TrimSuffix(rest, ".html"), string(files[name]))...)
		case folder == "assets" && rest != "":
			t.assets[rest] = files[name]
		}
	}
	if _, ok := t.assets["chroma.css"]; !ok {
		t.assets["chroma.css"] = []byte(markdown.HighlightCSS())
	}
	t.free.New = func() any { return t.newSet() }
	t.examine = sync.OnceFunc(func() {
		m, bad := ParseMessages(dir, files)
		t.messages = m
		t.problems = append(t.problems, bad...)
		t.problems = append(t.problems, t.check()...)
		t.versions = map[page.Kind]string{}
		for _, k := range page.Templates {
			t.versions[k] = t.version(string(k))
		}
		t.problems = append(t.problems, t.bind()...)
		t.problems = diag.Sort(t.problems)
	})
	return t
}

// Problems gives what is wrong with the theme, sorted.
func (t *Theme) Problems() []diag.Diagnostic {
	t.examine()
	return t.problems
}

// parse reads one template file; {{define}} inside it adds more templates.
func (t *Theme) parse(file, name, text string) []diag.Diagnostic {
	tree := parse.New(file)
	tree.Mode = parse.SkipFuncCheck // check names unknown functions with a suggestion
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		t.broken[name] = err
		d := diagnose(err)
		return []diag.Diagnostic{d}
	}
	for n, sub := range trees {
		if n == file {
			n = name
		}
		tighten(sub.Root)
		t.trees[n] = sub
	}
	return nil
}

var (
	indent = regexp.MustCompile(`\n[ \t\n]+`)
	// The template packages begin every error so; the column counts bytes.
	where = regexp.MustCompile(`^(?:html/)?template: ?([^:]*?):(\d+)(?::(\d+))?: `)
)

// tighten drops the indentation of a template's own text, which a reader of
// the page never sees.
func tighten(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, c := range n.Nodes {
			tighten(c)
		}
	case *parse.TextNode:
		n.Text = indent.ReplaceAll(n.Text, []byte("\n"))
	case *parse.IfNode:
		tighten(n.List)
		tighten(n.ElseList)
	case *parse.RangeNode:
		tighten(n.List)
		tighten(n.ElseList)
	case *parse.WithNode:
		tighten(n.List)
		tighten(n.ElseList)
	}
}

// diagnose takes the position out of an error of the template packages.
func diagnose(err error) diag.Diagnostic {
	s := err.Error()
	m := where.FindStringSubmatch(s)
	if m == nil {
		return diag.Errorf(diag.Position{}, "%s", s)
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	if m[3] != "" {
		column++
	}
	return diag.Errorf(diag.Position{File: m[1], Line: line, Column: column}, "%s", s[len(m[0]):])
}

// An Error says that a template could not draw a page.
type Error struct {
	Page       string // site path of the page
	Diagnostic diag.Diagnostic
}

// Error gives template file, line, what happened, and the page.
func (e *Error) Error() string {
	return fmt.Sprintf("%s (while drawing %s)", e.Diagnostic, e.Page)
}

// Version names the sources of a kind's template with all templates that it
// uses: as long as it is the same, the same view gives the same bytes. "" if
// the theme has no such template.
func (t *Theme) Version(k page.Kind) string {
	t.examine()
	return t.versions[k]
}

func (t *Theme) version(name string) string {
	if t.trees[name] == nil {
		return ""
	}
	h := sha256.New()
	for _, n := range t.used(name) {
		fmt.Fprintf(h, "%s\x00%s\x00", n, t.trees[n].Root.String())
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// used gives the template's name and those of all templates that it uses,
// directly or not, sorted.
func (t *Theme) used(name string) []string {
	seen := map[string]bool{}
	var visit func(string)
	visit = func(n string) {
		if seen[n] || t.trees[n] == nil {
			return
		}
		seen[n] = true
		walk(t.trees[n].Root, func(c parse.Node) {
			if called := calls(c); called != "" {
				visit(called)
			}
		})
	}
	visit(name)
	return slices.Sorted(maps.Keys(seen))
}

// calls gives the name of the template that a node runs: {{template "x" .}},
// {{part "x" .}} or {{each "x" .}}.
func calls(n parse.Node) string {
	switch n := n.(type) {
	case *parse.TemplateNode:
		return n.Name
	case *parse.CommandNode:
		if len(n.Args) >= 2 {
			f, ok := n.Args[0].(*parse.IdentifierNode)
			s, isText := n.Args[1].(*parse.StringNode)
			if ok && isText && (f.Ident == "part" || f.Ident == "each") {
				return s.Text
			}
		}
	}
	return ""
}

// Assets names the theme's assets, sorted, by their paths below assets/.
func (t *Theme) Assets() []string { return slices.Sorted(maps.Keys(t.assets)) }

// Asset gives the bytes of an asset; false if there is none of that name.
func (t *Theme) Asset(name string) ([]byte, bool) {
	b, ok := t.assets[name]
	return b, ok
}

// Messages gives the theme's messages by language.
func (t *Theme) Messages() Messages {
	t.examine()
	return t.messages
}

// A set is the theme's templates with functions that know the page being drawn.
// Templates cannot take such a context otherwise, and one set a goroutine costs
// less than passing it through every partial.
type set struct {
	t    *template.Template
	err  error
	memo map[memoKey]string

	programs map[programKey]*program
	callable map[string]reflect.Value
	slow     bool // this page is drawn by html/template alone
	running  run  // kept for its room
	spans    []lang.Span

	base   *page.Base
	locale *lang.Locale
	book   *page.Phrasebook
	menu   string // the page's own path if the menu has it
}

func (t *Theme) newSet() *set {
	s := &set{memo: map[memoKey]string{}, programs: map[programKey]*program{}}
	functions := s.functions()
	s.callable = callables(functions)
	s.t = template.New("").Funcs(functions)
	for _, name := range slices.Sorted(maps.Keys(t.trees)) {
		if _, err := s.t.AddParseTree(name, t.trees[name].Copy()); err != nil {
			s.err = errors.Join(s.err, err)
		}
	}
	s.hasten()
	return s
}

// Render draws a view by the template of a kind, appended to dst. It may be
// called by several goroutines.
func (t *Theme) Render(dst []byte, q page.Questions, k page.Kind, v page.View) ([]byte, error) {
	b := v.Page()
	if err := t.broken[string(k)]; err != nil {
		return nil, &Error{b.Path, diagnose(err)}
	}
	if t.trees[string(k)] == nil {
		return nil, &Error{b.Path, diag.Errorf(diag.Position{}, "the theme has no template %q", string(k)+".html")}
	}
	s := t.free.Get().(*set)
	defer t.free.Put(s)
	if s.err != nil {
		return nil, &Error{b.Path, diagnose(s.err)}
	}
	s.begin(q, k, b)
	defer s.end()
	if out, ok := s.fast(dst, string(k), v); ok {
		return out, nil
	}
	// Either the templates use what programs cannot do, or something is wrong
	// with them, which html/template will say.
	s.slow = true
	slow := bytes.NewBuffer(dst)
	if err := s.t.ExecuteTemplate(slow, string(k), v); err != nil {
		return nil, &Error{b.Path, diagnose(err)}
	}
	return slow.Bytes(), nil
}

func (s *set) begin(q page.Questions, k page.Kind, b *page.Base) {
	s.base, s.locale, s.menu, s.slow = b, b.Locale, "", false
	s.book = q.Phrases(b.Language, k)
	for _, m := range b.Frame.Menu {
		if m.URL == b.Path {
			s.menu = b.Path
		}
	}
}

func (s *set) end() { s.base, s.book = nil, nil }
