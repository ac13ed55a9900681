package generator

import (
	"cmp"
	"maps"
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Label answers [page.Questions].
func (q *answers) Label(k archive.Kind, key string, t lang.Tag) (*page.Label, bool) {
	if k == archive.ByEntity {
		return q.entityLabel(entity.ID(key), t)
	}
	if !q.plan {
		if l, ok := incremental.Get(q.asker, aspListed, string(archive.GroupOf(t, k, key))); ok {
			return l, true
		}
	}
	switch k {
	case archive.ByTag:
		if x, ok := incremental.Get(q.asker, aspTag, key); ok && len(x.Labels) > 0 {
			name, in := among(x.Labels, t)
			note, noteIn := among(x.Notes, t)
			return &page.Label{Name: textOf(name, in), Note: textOf(note, noteIn), Always: x.Always}, true
		}
	case archive.BySection:
		if l, ok := q.sectionLabel(key, t); ok {
			return l, true
		}
	case archive.ByAuthor:
		if l, ok := q.authorLabel(key, t); ok {
			return l, true
		}
	}
	return q.usedName(k, key, t)
}

func (q *answers) entityLabel(id entity.ID, t lang.Tag) (*page.Label, bool) {
	e, ok := incremental.Get(q.asker, aspLabel, string(id))
	if !ok {
		return nil, false
	}
	return q.site.labels.get(labelKey{e, t}, func() *page.Label { return labelOf(e, t) }), true
}

// A labelKey is what the label of an entity follows from.
type labelKey struct {
	of *entity.Entity
	in lang.Tag
}

func labelOf(e *entity.Entity, t lang.Tag) *page.Label {
	name, in := e.Label(t)
	note, noteIn := among(e.Notes, t)
	l := &page.Label{Name: textOf(name, in), Note: textOf(note, noteIn), Type: e.Type, Link: e.Link, Always: e.Always, Loose: page.LooseNames(e)}
	if e.Wikidata != "" {
		l.SameAs = append(l.SameAs, "https://www.wikidata.org/entity/"+e.Wikidata)
	}
	l.SameAs = append(l.SameAs, e.SameAs...)
	return l
}

func (q *answers) sectionLabel(key string, t lang.Tag) (*page.Label, bool) {
	list, _ := incremental.Get(q.asker, aspSections, configFile)
	for _, x := range list {
		if sectionID(x.Key) == key {
			name, in := textIn(x.Label, t)
			note, noteIn := textIn(x.Note, t)
			return &page.Label{Name: textOf(cmp.Or(name, key), in), Note: textOf(note, noteIn)}, true
		}
	}
	return nil, false
}

func (q *answers) authorLabel(key string, t lang.Tag) (*page.Label, bool) {
	list, _ := incremental.Get(q.asker, aspAuthors, configFile)
	for _, x := range list {
		if name, in := textIn(x.Label, t); x.Key == key && name != "" {
			note, noteIn := textIn(x.Note, t)
			return &page.Label{Name: textOf(name, in), Note: textOf(note, noteIn), SameAs: x.SameAs}, true
		}
	}
	return nil, false
}

// usedName gives the name by which the earliest article calls a group.
func (q *answers) usedName(k archive.Kind, key string, t lang.Tag) (*page.Label, bool) {
	rows := q.asker.Rows(ixName, string(archive.GroupOf(t, k, key)), incremental.Range{Limit: 1})
	if len(rows) == 0 {
		return nil, false
	}
	return &page.Label{Name: textOf(rows[0].Key, t), Type: entity.Type(rows[0].Payload)}, true
}

// among gives the text for a language, else a more general one's, English,
// Arabic, the first.
func among(texts map[lang.Tag]string, t lang.Tag) (string, lang.Tag) {
	if m, ok := lang.Match(t, slices.Sorted(maps.Keys(texts))); ok {
		return texts[m], m
	}
	for _, other := range []lang.Tag{"en", "ar"} {
		if s := texts[other]; s != "" {
			return s, other
		}
	}
	for _, other := range slices.Sorted(maps.Keys(texts)) {
		return texts[other], other
	}
	return "", t
}

// Initials answers [page.Questions].
func (q *answers) Initials(t lang.Tag, k archive.Kind) []string {
	var out []string
	for _, r := range q.asker.Rows(ixInitials, string(archive.GroupOf(t, k, "")), incremental.Range{}) {
		out = append(out, r.Key)
	}
	return out
}

// Names answers [page.Questions].
func (q *answers) Names(t lang.Tag, k archive.Kind, initial string, n int) []page.Named {
	var out []page.Named
	for _, r := range q.asker.Rows(ixNames, string(archive.GroupOf(t, k, ""))+"/"+initial, incremental.Range{Limit: n}) {
		if x, err := incremental.Decode[page.Named](r.Payload); err == nil {
			out = append(out, x)
		}
	}
	return out
}
