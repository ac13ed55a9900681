package generator

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/site"
)

// Lexicon gives the names that a site's folder knows: its content/entities/
// and, unless site.toml turns them off, the built-in ones. Files that cannot be
// understood are left out; a folder that is no site has the built-in ones.
func Lexicon(source string) (entity.Lexicon, error) {
	dir := os.DirFS(source)
	data, _ := fs.ReadFile(dir, configFile)
	settings, _ := site.Parse(configFile, data)
	files, err := fs.Glob(dir, "content/entities/*.md")
	if err != nil {
		return nil, err
	}
	var list []*entity.Entity
	own := map[entity.ID]bool{}
	for _, p := range files {
		data, err := fs.ReadFile(dir, p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.TrimSuffix(path.Base(p), ".md"), err)
		}
		e, problems := entity.ParseEntity(p, data)
		if e != nil && !e.IsNote() && !broken(problems) && !own[e.ID] {
			own[e.ID] = true
			list = append(list, e)
		}
	}
	if settings.Entities.Builtin {
		for _, e := range entity.Builtin() {
			if !own[e.ID] {
				list = append(list, e)
			}
		}
	}
	return entity.NewLexicon(list), nil
}
