package site

import (
	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
)

func (r *reader) menu(f frontmatter.Field) []MenuItem {
	if f.Value.Kind != frontmatter.List {
		r.wrong(f, "a list of tables, [[menu]]")
		return nil
	}
	var menu []MenuItem
	for _, v := range f.Value.List {
		if id, ok := v.Scalar(); ok { // menu = ["pages/about"]
			menu = append(menu, MenuItem{Page: id})
			continue
		}
		var m MenuItem
		r.table([]string{"page", "url", "label", "weight"}, "key of a menu entry", v.Map, func(name string, f frontmatter.Field) {
			switch name {
			case "page":
				m.Page = r.str(f, "")
			case "url":
				m.URL = r.str(f, "")
			case "label":
				m.Label = r.text(f)
			case "weight":
				m.Weight = r.number(f, 0, -1e6, 1e6)
			}
		})
		switch {
		case m.Page == "" && m.URL == "":
			r.add(diag.Errorf(v.Pos, "a menu entry needs page or url").WithHint(`write: page = "pages/about"`))
			continue
		case m.URL != "" && len(m.Label) == 0:
			r.add(diag.Errorf(v.Pos, "the menu entry for %s has no label", m.URL))
			continue
		}
		menu = append(menu, m)
	}
	return menu
}

// sections reads [sections.key] tables, a list of keys, or key = "label".
func (r *reader) sections(f frontmatter.Field) []Section {
	if f.Value.Kind == frontmatter.List {
		var list []Section
		for _, key := range r.list(f) {
			list = append(list, Section{Key: key})
		}
		return list
	}
	var list []Section
	for _, x := range r.fields(f) {
		s := Section{Key: x.Key}
		s.Label, s.Note, _ = r.labelled(x, false)
		list = append(list, s)
	}
	return list
}

func (r *reader) authors(f frontmatter.Field) []Author {
	var list []Author
	for _, x := range r.fields(f) {
		a := Author{Key: x.Key}
		a.Label, a.Note, a.SameAs = r.labelled(x, true)
		list = append(list, a)
	}
	return list
}

// labelled reads key = "label", key = {ar = "…", en = "…"}, or a table with
// label (or name) and description.
func (r *reader) labelled(x frontmatter.Field, person bool) (label, note Text, sameAs []string) {
	_, hasLabel := x.Value.Get("label")
	_, hasName := x.Value.Get("name")
	_, hasNote := x.Value.Get("description")
	if !hasLabel && !hasName && !hasNote {
		return r.text(x), nil, nil
	}
	known := []string{"label", "name", "description"}
	if person {
		known = append(known, "sameAs")
	}
	r.table(known, "key of "+x.Key, x.Value.Map, func(name string, f frontmatter.Field) {
		switch name {
		case "description":
			note = r.text(f)
		case "sameAs":
			sameAs = r.list(f)
		default:
			label = r.text(f)
		}
	})
	return label, note, sameAs
}

func (r *reader) publisher(f frontmatter.Field) Publisher {
	if _, ok := f.Value.Scalar(); ok {
		return Publisher{Name: r.text(f)}
	}
	var p Publisher
	r.table([]string{"name", "logo", "url"}, "key of publisher", r.fields(f), func(name string, f frontmatter.Field) {
		switch name {
		case "name":
			p.Name = r.text(f)
		case "logo":
			p.Logo = r.str(f, "")
		case "url":
			p.URL = r.str(f, "")
		}
	})
	return p
}
