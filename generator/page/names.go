package page

import (
	"slices"

	"mihbara/generator/archive"
)

// A NamesView is an A–Z list of tags, entities, sections or authors: its front,
// with some names under each initial, or one initial with all of its names. Where
// initials have no pages, the front has all names.
type NamesView struct {
	Base
	Of       archive.Kind
	Heading  Text
	Initial  string // "" on the front
	Trail    []Crumb
	Initials []Initial
	Names    []NameLink // of the initial
	Kinds    []NameKind // the A–Z lists of the other kinds
}

// An Initial is a heading of an A–Z list.
type Initial struct {
	Initial string
	URL     string // of its page; its place on the front if it has none
	ID      string // of its place on the front, if it has no page
	Current bool
	Names   []NameLink // the first of them, on the front
	More    bool       // there are more names than shown here
}

// A NameLink is a line of an A–Z list.
type NameLink struct {
	Name, Note Text
	URL        string
}

// namesOnFront is how many names of an initial the front of an A–Z list shows.
const namesOnFront = 12

func namesView(q Questions, s Spec) (*NamesView, error) {
	k := archive.Kind(s.Key)
	v := &NamesView{Base: newBase(q, s, namesPath(s.Language, k, s.Initial)), Of: k, Initial: s.Initial}
	initials := q.Initials(v.Language, k)
	if s.Initial != "" && !slices.Contains(initials, s.Initial) {
		return nil, notThere("A–Z list "+s.Key, s.Initial)
	}
	for _, i := range initials {
		e := Initial{Initial: i, URL: namesPath(v.Language, k, i), Current: i == s.Initial}
		switch {
		case s.Initial == "" && !v.Frame.Initials:
			e.ID = "a-z-" + initialName(i)
			e.URL = "#" + Escape(e.ID)
			e.Names = v.links(q.Names(v.Language, k, i, 0))
		case s.Initial == "":
			e.Names = v.links(q.Names(v.Language, k, i, namesOnFront+1))
			if e.More = len(e.Names) > namesOnFront; e.More {
				e.Names = e.Names[:namesOnFront]
			}
		}
		v.Initials = append(v.Initials, e)
	}
	for _, o := range v.Frame.Kinds {
		if o != k {
			v.Kinds = append(v.Kinds, NameKind{o, namesPath(v.Language, o, "")})
		}
	}
	v.Heading = q.Phrases(v.Language, v.Kind).Say("kind-"+string(k), 0)
	v.Trail = []Crumb{{Text: v.Frame.Title, URL: GroupURL(v.Language, archive.ByLanguage, "")}}
	name := v.Heading.S
	if s.Initial != "" {
		v.Names = v.links(q.Names(v.Language, k, s.Initial, 0))
		v.Trail = append(v.Trail, Crumb{Text: v.Heading, URL: namesPath(v.Language, k, "")})
		v.titled(name, "")
		v.Title = Title(v.Direction, name, s.Initial, v.Frame.Title.S)
		return v, nil
	}
	v.titled(name, "")
	return v, nil
}

func (v *NamesView) links(names []Named) []NameLink {
	list := make([]NameLink, len(names))
	for i, n := range names {
		list[i] = NameLink{n.Name, n.Note, GroupURL(v.Language, v.Of, n.Key)}
	}
	return list
}
