package generator

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// An Import writes entities from elsewhere into the knowledge base of a site's
// folder. What an editor wrote is never changed: a file gets only names in
// languages in which it has none, descriptions likewise, and its Wikidata item.
// Entities are the same if they have the same item, or if the one that is there
// has none, the same type and the same English label or id; so what is imported
// does not stand beside what is built in.
type Import struct {
	Made, Merged, Same int // files written, files that something was added to, nothing to do
	root               *os.Root
	dry                bool
	byItem             map[string]entity.ID
	itemOf             map[entity.ID]string
	byName             map[string]entity.ID // type and label in English, of what has no item
	builtin            map[entity.ID]*entity.Entity
	own                map[entity.ID]string // path
}

const entityFolder = "content/entities"

// NewImport reads the knowledge base of a site's folder. If dry, nothing will be
// written. Close must be called.
func NewImport(source string, dry bool) (*Import, error) {
	k, _, err := readKnowledge(source)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(source)
	if err != nil {
		return nil, err
	}
	m := &Import{root: root, dry: dry, byItem: map[string]entity.ID{}, itemOf: map[entity.ID]string{}, byName: map[string]entity.ID{}, builtin: map[entity.ID]*entity.Entity{}, own: map[entity.ID]string{}}
	for _, e := range k.builtin {
		m.builtin[e.ID] = e
		m.item(e)
	}
	for _, e := range k.own {
		m.own[e.ID] = e.Path
		m.item(e)
	}
	return m, nil
}

// Close lets go of the folder.
func (m *Import) Close() error { return m.root.Close() }

// Has says whether an entity has a file or is built in.
func (m *Import) Has(id entity.ID) bool { return m.own[id] != "" || m.builtin[id] != nil }

func (m *Import) item(e *entity.Entity) {
	switch name := e.Labels["en"]; {
	case e.Wikidata != "":
		m.byItem[e.Wikidata], m.itemOf[e.ID] = e.ID, e.Wikidata
	case name != "":
		m.byName[nameKey(e)] = e.ID
	}
}

func nameKey(e *entity.Entity) string { return string(e.Type) + " " + e.Labels["en"] }

// Add takes one entity. What it gives as error is the disk's.
func (m *Import) Add(e *entity.Entity) error {
	e.ID = m.identity(e)
	if p, ok := m.own[e.ID]; ok {
		return m.merge(p, e)
	}
	if b := m.builtin[e.ID]; b != nil {
		return m.extend(b, e)
	}
	m.Made++
	return m.write(entityFolder+"/"+string(e.ID)+".md", entity.Format(e), e)
}

// identity gives the id of the entity that e is, or a free one.
func (m *Import) identity(e *entity.Entity) entity.ID {
	if id, ok := m.byItem[e.Wikidata]; ok && e.Wikidata != "" {
		return id
	}
	if id, ok := m.byName[nameKey(e)]; ok && (e.ID == "" || e.ID == id) {
		return id
	}
	given := entity.ID(lang.Slug(string(e.ID), lang.SlugASCII))
	if given != "" && (e.Wikidata == "" || m.itemOf[given] == "") {
		return given // a spreadsheet's word
	}
	name, _ := e.Label("en")
	id := cmp.Or(given, entity.ID(lang.Slug(name, lang.SlugASCII)))
	if id != "" && m.own[id] == "" && m.builtin[id] == nil {
		return id
	}
	return entity.ID(strings.Trim(string(id)+"-"+strings.ToLower(e.Wikidata), "-"))
}

// extend makes a file of a built-in entity with what e knows besides: the file
// replaces the built-in one as a whole.
func (m *Import) extend(b, e *entity.Entity) error {
	whole := entity.Format(b)
	merged := entity.Merge(string(b.ID)+".md", whole, e)
	if merged == nil {
		m.Same++
		return nil
	}
	m.Made++
	return m.write(entityFolder+"/"+string(b.ID)+".md", merged, b)
}

func (m *Import) merge(p string, e *entity.Entity) error {
	data, err := m.root.ReadFile(p)
	if err != nil {
		return err
	}
	merged := entity.Merge(p, data, e)
	if merged == nil || bytes.Equal(merged, data) {
		m.Same++
		return nil
	}
	m.Merged++
	return m.write(p, merged, e)
}

func (m *Import) write(p string, data []byte, e *entity.Entity) error {
	m.own[e.ID] = p
	m.item(e)
	if m.dry {
		return nil
	}
	return replaceFile(m.root, p, data)
}

// replaceFile writes a file beside its place and moves it there, so that a file
// is whole or as it was.
func replaceFile(root *os.Root, p string, data []byte) error {
	if err := root.MkdirAll(path.Dir(p), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	beside := p + ".new"
	if err := root.WriteFile(beside, data, 0o666); err != nil {
		return fmt.Errorf("%s: %w", p, err)
	}
	return root.Rename(beside, p)
}
