package theme

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Keys names the messages that a page of a kind can show, sorted: those that
// its template and all templates that it uses name, and those of its view
// ([page.Keys]). Where a template puts a key together ({{t (printf "type-%s"
// .Type)}}), all keys of that form count; where it takes one from elsewhere,
// all that there are.
func (t *Theme) Keys(k page.Kind) []string {
	t.examine()
	return t.keys[k]
}

// Phrases gives the texts that a page of a kind can show in a language; what
// the language lacks is that of a more general language or English. The same
// arguments give the same pointer for languages that have a message file.
func (t *Theme) Phrases(tag lang.Tag, k page.Kind) *page.Phrasebook {
	t.examine()
	for at := tag; at != ""; {
		if b := t.books[bookKey{at, k}]; b != nil {
			return b
		}
		i := strings.LastIndexByte(string(at), '-')
		if i < 0 {
			break
		}
		at = at[:i]
	}
	return t.books[bookKey{original, k}]
}

type bookKey struct {
	language lang.Tag
	kind     page.Kind
}

// bind finds the keys of each kind and makes the books. Keys that no language
// has are named.
func (t *Theme) bind() []diag.Diagnostic {
	known := map[string]bool{}
	for _, phrases := range t.messages {
		for key := range phrases {
			known[key] = true
		}
	}
	all := slices.Sorted(maps.Keys(known))
	t.keys, t.books = map[page.Kind][]string{}, map[bookKey]*page.Phrasebook{}
	for _, k := range page.Templates {
		set := map[string]bool{}
		add := func(key string) {
			if known[key] {
				set[key] = true
			}
		}
		for _, key := range page.Keys(k) {
			add(key)
		}
		for _, name := range t.used(string(k)) {
			walk(t.trees[name].Root, func(n parse.Node) {
				form, found := asked(n)
				switch {
				case found && form == nil:
					for _, key := range all {
						add(key)
					}
				case found:
					for _, key := range all {
						if form.MatchString(key) {
							add(key)
						}
					}
				}
			})
		}
		t.keys[k] = slices.Sorted(maps.Keys(set))
		for tag := range t.messages {
			b := t.messages.book(tag, t.keys[k])
			b.Template = t.versions[k]
			t.books[bookKey{tag, k}] = b
		}
		if t.messages[original] == nil {
			t.books[bookKey{original, k}] = &page.Phrasebook{Template: t.versions[k]}
		}
	}
	return t.unknownKeys(all)
}

// book gives the texts for some keys in a language.
func (m Messages) book(t lang.Tag, keys []string) *page.Phrasebook {
	b := &page.Phrasebook{Phrases: make(map[string]page.Phrase, len(keys))}
	for _, key := range keys {
		if p, ok := m.Phrase(t, key); ok {
			b.Phrases[key] = p
		}
	}
	return b
}

// asked gives the form of the keys that a call of t can ask for; nil for a key
// that cannot be known. found is false for other nodes.
func asked(n parse.Node) (form *regexp.Regexp, found bool) {
	c, ok := n.(*parse.CommandNode)
	if !ok {
		return nil, false
	}
	if f, ok := c.Args[0].(*parse.IdentifierNode); !ok || f.Ident != "t" {
		return nil, false
	}
	if len(c.Args) < 2 {
		return nil, true // the key comes through a pipe
	}
	switch a := c.Args[1].(type) {
	case *parse.StringNode:
		return exactly(regexp.QuoteMeta(a.Text)), true
	case *parse.PipeNode:
		if len(a.Cmds) != 1 || len(a.Cmds[0].Args) < 2 {
			return nil, true
		}
		f, ok := a.Cmds[0].Args[0].(*parse.IdentifierNode)
		s, isText := a.Cmds[0].Args[1].(*parse.StringNode)
		if ok && isText && f.Ident == "printf" {
			return exactly(verb.ReplaceAllString(regexp.QuoteMeta(s.Text), ".*")), true
		}
	}
	return nil, true
}

var verb = regexp.MustCompile("%[a-z]")

func exactly(form string) *regexp.Regexp { return regexp.MustCompile("^" + form + "$") }

// unknownKeys names the messages that a template asks for by name and no
// language has.
func (t *Theme) unknownKeys(known []string) []diag.Diagnostic {
	c := &checker{theme: t}
	for _, name := range slices.Sorted(maps.Keys(t.trees)) {
		c.tree = t.trees[name]
		walk(c.tree.Root, func(n parse.Node) {
			cmd, ok := n.(*parse.CommandNode)
			if _, isKey := asked(n); !ok || !isKey || len(cmd.Args) < 2 {
				return
			}
			if s, ok := cmd.Args[1].(*parse.StringNode); ok && !slices.Contains(known, s.Text) {
				c.problem(n, "there is no message %q%s", s.Text, diag.DidYouMean(s.Text, known))
			}
		})
	}
	return c.problems
}
