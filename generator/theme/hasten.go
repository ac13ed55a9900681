package theme

import (
	"html/template"
	"io"
	"slices"
	"strings"
	"text/template/parse"
)

// hasten drops work that html/template does twice. Its escaper puts its
// functions behind every action, even where ours have just given safe HTML, a
// safe attribute or an encoded URL; they would return those as they are, at the
// price of a call by reflection each. Where the chain is not exactly one that
// we know, it stays.
func (s *set) hasten() {
	var names []string
	for _, t := range s.t.Templates() {
		names = append(names, t.Name())
	}
	slices.Sort(names)
	for _, n := range names {
		// Escaping happens before execution, which fails for want of data.
		func() {
			defer func() { _ = recover() }()
			s.t.ExecuteTemplate(io.Discard, n, nil)
		}()
	}
	for _, t := range s.t.Templates() {
		if t.Tree != nil {
			walk(t.Tree.Root, hastenPipe)
		}
	}
}

const escaper = "_html_template_"

func hastenPipe(n parse.Node) {
	p, ok := n.(*parse.PipeNode)
	if !ok || len(p.Cmds) < 2 || len(p.Decl) > 0 {
		return
	}
	f, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok {
		return
	}
	var chain []string
	for _, c := range p.Cmds[1:] {
		i, ok := c.Args[0].(*parse.IdentifierNode)
		if !ok || len(c.Args) != 1 || !strings.HasPrefix(i.Ident, escaper) {
			return
		}
		chain = append(chain, strings.TrimPrefix(i.Ident, escaper))
	}
	switch f.Ident {
	case "t", "b", "inner", "date", "list", "part", "each":
		if slices.Equal(chain, []string{"htmlescaper"}) {
			p.Cmds = p.Cmds[:1]
		} else if f.Ident == "t" && slices.Equal(chain, []string{"attrescaper"}) {
			f.Ident = "t_attr"
		}
	case "mark":
		if slices.Equal(chain, []string{"htmlnamefilter"}) {
			p.Cmds = p.Cmds[:1]
		}
	case "url", "asset":
		if slices.Equal(chain, []string{"urlfilter", "urlnormalizer", "attrescaper"}) || slices.Equal(chain, []string{"urlfilter", "attrescaper"}) ||
			slices.Equal(chain, []string{"urlfilter", "urlnormalizer"}) {
			f.Ident += "_attr"
			p.Cmds = p.Cmds[:1]
		}
	}
}

// attribute gives a path as url does, escaped for a quoted attribute.
func (s *set) attribute(path string) template.HTML { return template.HTML(s.appendLink(nil, path)) }

func (s *set) assetAttribute(name string) template.HTML { return s.attribute("/assets/" + name) }

// safeScheme says that a URL is a path or of a scheme that runs nothing.
func safeScheme(u string) bool {
	scheme, _, _ := strings.Cut(u, ":")
	if strings.ContainsAny(scheme, "/?#") {
		return true
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}
