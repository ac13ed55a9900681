package generator

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// A Renaming gives an entity of a site's folder another id, that of another one if
// the two are merged: its files are moved, what articles say of it in their front
// matter follows, and its old addresses lead to the new ones. Nothing is written
// before Apply.
type Renaming struct {
	From, To entity.ID
	Articles int // that name it in their front matter
	Problems []diag.Diagnostic
	source   string
	know     *knowledge
	writes   map[string][]byte
	removes  []string
}

// NewRenaming plans a renaming. Its problems say why it cannot be applied.
func NewRenaming(source string, from, to entity.ID) (*Renaming, error) {
	k, _, err := readKnowledge(source)
	if err != nil {
		return nil, err
	}
	r := &Renaming{From: from, To: to, source: source, know: k, writes: map[string][]byte{}}
	if !r.possible() {
		return r, nil
	}
	return r, r.plan(r.moveFiles)
}

// NewMerging plans that one entity becomes part of another: what the file of that
// lacks is added to it, and nothing in it changes. What finds no place in it is a
// problem, so that no word of an editor is lost.
func NewMerging(source string, into, from entity.ID) (*Renaming, error) {
	k, _, err := readKnowledge(source)
	if err != nil {
		return nil, err
	}
	r := &Renaming{From: from, To: into, source: source, know: k, writes: map[string][]byte{}}
	a, b := r.file(into), r.file(from)
	if a == nil || b == nil {
		return r, nil
	}
	if a == b {
		r.problem(diag.Position{File: a.Path}, "name two", "%s is one entity already", into)
		return r, nil
	}
	if a.Type != b.Type {
		r.problem(diag.Position{File: b.Path}, "correct the type of one of them, if they are the same", "%s is %s, %s is %s", from, b.Type, into, a.Type)
		return r, nil
	}
	return r, r.plan(func() error { return r.absorb(a, b) })
}

func (r *Renaming) plan(files func() error) error {
	languages, err := r.mentioned()
	if err == nil {
		err = files()
	}
	if err == nil {
		err = r.follow()
	}
	if err == nil {
		err = r.redirect(languages)
	}
	return err
}

// file gives an entity that has a file; that it has none is a problem.
func (r *Renaming) file(id entity.ID) *entity.Entity {
	for _, e := range r.know.own {
		if e.ID == id {
			return e
		}
	}
	hint := "mihbara entities check lists what is wrong with files"
	if slices.ContainsFunc(r.know.builtin, func(e *entity.Entity) bool { return e.ID == id }) {
		hint = "it is built in; a file of that id with type and labels replaces it"
	}
	r.problem(diag.Position{}, hint, "no file in %s has the entity %q", entityFolder, id)
	return nil
}

// absorb adds to the file of a what b has besides, and moves the notes of b in
// languages in which a has none.
func (r *Renaming) absorb(a, b *entity.Entity) error {
	merged, lost := entity.Absorb(a.Path, r.know.files[a.Path], b)
	for _, what := range lost {
		r.problem(diag.Position{File: b.Path}, "write it into "+a.Path+" or delete it, and merge again", "would be lost: %s", what)
	}
	r.writes[a.Path] = merged
	r.removes = append(r.removes, b.Path)
	notes, err := r.notes()
	for _, p := range notes {
		data, err := fs.ReadFile(os.DirFS(r.source), p)
		if err != nil {
			return err
		}
		to := path.Dir(p) + "/" + string(r.To) + strings.TrimPrefix(path.Base(p), string(r.From))
		if _, err := fs.Stat(os.DirFS(r.source), to); err == nil {
			r.problem(diag.Position{File: p}, "write it into "+to+" or delete it, and merge again", "would be lost: there is %s", to)
		}
		r.writes[to] = data
		r.removes = append(r.removes, p)
	}
	return err
}

// notes lists the files <id>.<lang>.md.
func (r *Renaming) notes() ([]string, error) {
	return fs.Glob(os.DirFS(r.source), entityFolder+"/"+string(r.From)+".*.md")
}

func (r *Renaming) problem(p diag.Position, hint, format string, args ...any) {
	r.Problems = append(r.Problems, diag.Errorf(p, format, args...).WithHint("%s", hint))
}

func (r *Renaming) possible() bool {
	if r.file(r.From) == nil {
		return false
	}
	var at diag.Position
	is := func(e *entity.Entity) bool { return e.ID == r.To }
	switch {
	case slices.ContainsFunc(r.know.own, is) || slices.ContainsFunc(r.know.builtin, is):
		r.problem(at, "choose another id", "there is an entity %q already", r.To)
	case string(r.To) != lang.Slug(string(r.To), lang.SlugASCII) || r.To == "":
		r.problem(at, "write it like "+lang.Slug(string(r.To), lang.SlugASCII), "%q is no id: small Latin letters, digits and hyphens are wanted", r.To)
	}
	return len(r.Problems) == 0
}

// mentioned gives the languages whose articles mention the entity: those in which
// it has a page.
func (r *Renaming) mentioned() ([]lang.Tag, error) {
	var list []lang.Tag
	err := r.know.eachArticle(r.source, func(a *article.Article, _ string, mentions []entity.Mention) {
		var ids []entity.ID
		for _, m := range mentions {
			ids = append(ids, m.Entity)
		}
		if !slices.Contains(list, a.Language) && slices.Contains(entitiesOf(a.Entities, ids), r.From) {
			list = append(list, a.Language)
		}
	})
	slices.Sort(list)
	return list, err
}

// moveFiles moves <id>.md and the notes <id>.<lang>.md.
func (r *Renaming) moveFiles() error {
	notes, err := r.notes()
	if err != nil {
		return err
	}
	for _, p := range append([]string{r.file(r.From).Path}, notes...) {
		data, err := fs.ReadFile(os.DirFS(r.source), p)
		if err != nil {
			return err
		}
		to := p // where the id stands in the file and not in its name
		if rest, ok := strings.CutPrefix(path.Base(p), string(r.From)+"."); ok {
			to = path.Dir(p) + "/" + string(r.To) + "." + rest
			r.removes = append(r.removes, p)
		}
		changed, _ := r.rewritten(p, data, "id")
		r.writes[to] = changed
	}
	return nil
}

// follow rewrites what front matter and sidecars say of the entity.
func (r *Renaming) follow() error {
	dir := os.DirFS(r.source)
	look := func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (p == entityFolder || p == "content/tags" || p == "content/static"):
			return fs.SkipDir
		case d.IsDir() || !slices.Contains([]string{".md", ".yaml", ".toml"}, path.Ext(p)):
			return nil
		}
		data, err := fs.ReadFile(dir, p)
		if err != nil || !bytes.Contains(data, []byte(r.From)) {
			return err
		}
		if changed, n := r.rewritten(p, data, "entities"); n > 0 {
			r.writes[p] = changed
			r.Articles++
		}
		return nil
	}
	for _, folder := range [...]string{"content", "seeds"} {
		if err := fs.WalkDir(dir, folder, look); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// rewritten gives a file in which the values of a key name the entity by its new
// id, every other byte as it was, and how many did. What cannot be rewritten so
// is a problem.
func (r *Renaming) rewritten(p string, data []byte, key string) ([]byte, int) {
	values := r.naming(p, data, key)
	for _, v := range slices.Backward(values) {
		at := offsetOf(data, v.Pos)
		n := bytes.Index(data[at:], []byte(v.Text))
		if n < 0 || n > 1 { // a quotation mark may stand before it
			continue
		}
		at += n + len(v.Text) - len(r.From)
		data = slices.Concat(data[:at], []byte(r.To), data[at+len(r.From):])
	}
	if left := r.naming(p, data, key); len(left) > 0 {
		r.problem(left[0].Pos, "write the list of entities as [a, b], or change it by hand first", "cannot rewrite %q in place", left[0].Text)
	}
	return data, len(values)
}

// naming gives the values of a key that name the entity.
func (r *Renaming) naming(p string, data []byte, key string) []frontmatter.Value {
	read := frontmatter.Split
	if path.Ext(p) != ".md" {
		read = frontmatter.ParseFile
	}
	block, _ := read(p, data)
	var list []frontmatter.Value
	for _, f := range block.Fields {
		if f.Name() != key {
			continue
		}
		values := f.Value.List
		if f.Value.Kind != frontmatter.List {
			values = []frontmatter.Value{f.Value}
		}
		for _, v := range values {
			if strings.TrimLeft(v.Text, "+-") == string(r.From) {
				list = append(list, v)
			}
		}
	}
	return list
}

// offsetOf gives the byte at a position.
func offsetOf(data []byte, p diag.Position) int {
	at := 0
	for range p.Line - 1 {
		at += bytes.IndexByte(data[at:], '\n') + 1
	}
	for range p.Column - 1 {
		_, n := utf8.DecodeRune(data[at:])
		at += n
	}
	return at
}

// redirect lets the old addresses lead to the new ones.
func (r *Renaming) redirect(languages []lang.Tag) error {
	data, err := fs.ReadFile(os.DirFS(r.source), redirectsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var lines strings.Builder
	add := func(folder string) {
		fmt.Fprintf(&lines, "\"%s/entities/%s/\" = \"%s/entities/%s/\"\n", folder, r.From, folder, r.To)
	}
	if r.know.settings.Entities.Neutral && len(languages) > 0 {
		add("")
	}
	for _, t := range languages {
		if slices.Contains(r.know.settings.Languages, t) {
			add("/" + string(t))
		}
	}
	if lines.Len() == 0 {
		return nil
	}
	if len(data) > 0 && !bytes.HasSuffix(data, []byte("\n")) {
		data = append(data, '\n')
	}
	whole := append(slices.Clone(data), lines.String()...)
	had, _ := site.ParseRedirects(redirectsFile, data)
	if now, problems := site.ParseRedirects(redirectsFile, whole); broken(problems) || len(now) != len(had)+strings.Count(lines.String(), "\n") {
		r.problem(diag.Position{File: redirectsFile}, "add these lines by hand, above its tables, and try again:\n"+lines.String(), "lines cannot be added at its end")
		return nil
	}
	r.writes[redirectsFile] = whole
	return nil
}

// Files lists what Apply writes, and what it removes.
func (r *Renaming) Files() (written, removed []string) {
	for p := range r.writes {
		written = append(written, p)
	}
	slices.Sort(written)
	return written, r.removes
}

// Apply writes every file beside its place and moves it there, and removes the
// old ones last: where it is cut off, it can be applied again. With problems it
// does nothing.
func (r *Renaming) Apply() error {
	if len(r.Problems) > 0 {
		return nil
	}
	root, err := os.OpenRoot(r.source)
	if err != nil {
		return err
	}
	defer root.Close()
	written, removed := r.Files()
	for _, p := range written {
		if err := replaceFile(root, p, r.writes[p]); err != nil {
			return err
		}
	}
	for _, p := range removed {
		if err := root.Remove(p); err != nil {
			return err
		}
	}
	return nil
}
