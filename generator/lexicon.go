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

	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/site"
)

// A knowledge is the knowledge base of a site's folder, read outside a build.
type knowledge struct {
	own      []*entity.Entity // of files, without notes in other languages
	builtin  []*entity.Entity // that no file replaces; none if site.toml turns them off
	files    map[string][]byte
	settings site.Settings
	// undecided, unless nil, is told of names in an article that may be several
	// entities'.
	undecided func(path, name string, ids []entity.ID)
}

// readKnowledge reads content/entities/ of a site's folder. Files that cannot be
// understood are left out; a folder that is no site has the built-in entities.
func readKnowledge(source string) (*knowledge, []diag.Diagnostic, error) {
	dir := os.DirFS(source)
	data, _ := fs.ReadFile(dir, configFile)
	settings, _ := site.Parse(configFile, data)
	files, err := fs.Glob(dir, "content/entities/*.md")
	if err != nil {
		return nil, nil, err
	}
	k := &knowledge{files: map[string][]byte{}, settings: settings}
	var all []diag.Diagnostic
	own := map[entity.ID]bool{}
	for _, p := range files {
		data, err := fs.ReadFile(dir, p)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", strings.TrimSuffix(path.Base(p), ".md"), err)
		}
		e, problems := entity.ParseEntity(p, data)
		all = append(all, problems...)
		if e != nil && !e.IsNote() && !broken(problems) && !own[e.ID] {
			own[e.ID] = true
			k.own = append(k.own, e)
			k.files[p] = data
		}
	}
	if settings.Entities.Builtin {
		for _, e := range entity.Builtin() {
			if !own[e.ID] {
				k.builtin = append(k.builtin, e)
			}
		}
	}
	return k, all, nil
}

// Lexicon gives the names that a site's folder knows: its content/entities/
// and, unless site.toml turns them off, the built-in ones.
func Lexicon(source string) (entity.Lexicon, error) {
	k, _, err := readKnowledge(source)
	if err != nil {
		return nil, err
	}
	return entity.NewLexicon(slices.Concat(k.own, k.builtin)), nil
}

// CheckEntities looks at the knowledge base of a site's folder: what is wrong
// with its files, and what [entity.Check] says of them; if unseen, also which
// names no article has. The number is of the entities that have a file.
func CheckEntities(source string, unseen bool) (int, []diag.Diagnostic, error) {
	k, problems, err := readKnowledge(source)
	if err != nil {
		return 0, nil, err
	}
	at := func(e *entity.Entity, text string) diag.Position {
		data := k.files[e.Path]
		if i := bytes.Index(data, []byte(text)); i >= 0 && text != "" {
			return diag.At(e.Path, data, i)
		}
		return diag.Position{File: e.Path}
	}
	problems = append(problems, entity.Check(k.own, k.builtin, at)...)
	if unseen {
		s, err := k.sightings(source)
		if err != nil {
			return 0, nil, err
		}
		problems = append(problems, s.Unseen(k.own, at)...)
		problems = append(problems, s.Undecided()...)
	}
	return len(k.own), diag.Sort(problems), nil
}

// sightings looks for names in all articles of a site's folder.
func (k *knowledge) sightings(source string) (*entity.Sightings, error) {
	s := &entity.Sightings{}
	k.undecided = s.SeeUndecided
	return s, k.eachArticle(source, func(a *article.Article, _ string, mentions []entity.Mention) { s.See(mentions, a.Language) })
}

// eachArticle shows all articles of a site's folder in the order of their paths,
// with the entities in them. Those that cannot be understood are left out: the
// build tells of them.
func (k *knowledge) eachArticle(source string, show func(a *article.Article, path string, mentions []entity.Mention)) error {
	lexicon := entity.NewLexicon(slices.Concat(k.own, k.builtin))
	m := entity.NewMatcher(64<<20, nil)
	dir := os.DirFS(source)
	look := func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (p == entityFolder || p == "content/tags" || p == "content/static"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(p) != ".md" && path.Ext(p) != ".txt":
			return nil
		}
		data, err := fs.ReadFile(dir, p)
		if err != nil {
			return err
		}
		if a, problems := article.Parse(article.Source{Path: p, Data: data}, &k.settings); a != nil && !broken(problems) {
			text := passageOf(a, nil)
			if k.undecided != nil {
				text.Undecided = func(name string, ids []entity.ID) { k.undecided(p, name, ids) }
			}
			show(a, p, m.Find(text, lexicon, nil))
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
