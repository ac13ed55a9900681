package page

import (
	"maps"
	"net/url"
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// An EntityView is the page of an entity in all languages: its names, how many
// articles each language has, and the newest of each. It stands in the frame of
// the site's default language.
type EntityView struct {
	Base
	Head    EntityHead
	Heading Text
	Note    Text
	Rows    []EntityLanguage
}

// An EntityLanguage is what one language has of an entity.
type EntityLanguage struct {
	Language Text // endonym
	Label    Text
	Note     Text
	URL      string // site path of the entity's page in that language, "" for a language without lists
	Count    int
	Newest   []CardView
}

// newestShown is how many articles of each language an entity's own page shows.
const newestShown = 3

func entityView(q Questions, s Spec) (*EntityView, error) {
	id := entity.ID(s.Key)
	v := &EntityView{Base: newBase(q, s, "/entities/"+s.Key+"/")}
	label, ok := q.Label(archive.ByEntity, s.Key, v.Language)
	if !ok {
		return nil, notThere("entity", s.Key)
	}
	v.Heading, v.Note = label.Name, label.Note
	v.Head = EntityHead{ID: id, Type: label.Type, Coverage: coveragePath(v.Frame, id)}
	if v.Head.Coverage != "" {
		v.Head.Years = v.coverageYears(q.Coverage(id))
	}
	if e, ok := q.Entity(id); ok {
		e = e.In(v.Language)
		v.Head.Names, v.Head.SameAs, v.Head.Facts = otherNames(v.Frame, e, v.Language, true), outlinks(e), v.facts(q, e)
		v.Head.note(q, v.Frame, v.Path, e, noteLanguage(v.Frame, e))
	}
	var versions []version
	for _, c := range q.Counts(id) {
		o := lang.For(c.Language)
		r := EntityLanguage{Language: Text{o.Name, c.Language, o.Direction}, Count: c.Count}
		g := archive.GroupOf(c.Language, archive.ByEntity, s.Key)
		if declared(v.Frame, c.Language) {
			r.URL = groupPath(g)
			versions = append(versions, version{c.Language, r.URL})
		}
		if l, ok := q.Label(archive.ByEntity, s.Key, c.Language); ok {
			r.Label, r.Note = l.Name, l.Note
		}
		r.Newest = v.cardViews(q, lang.For(c.Language), q.Newest(g, newestShown))
		v.Rows = append(v.Rows, r)
	}
	v.titled(label.Name.S, label.Note.S)
	// The page is in all languages: it has no alternates, and none is its own.
	v.Languages, v.Chosen = slices.Clone(v.Languages), Text{}
	for i := range v.Languages {
		v.Languages[i].Current = false
		for _, o := range versions {
			if o.language == v.Languages[i].Language {
				v.Languages[i].URL, v.Languages[i].Exact = o.url, true
			}
		}
	}
	v.data = func(w *jsonWriter) { entityData(w, v) }
	return v, nil
}

// coverageYears adds up by year what the picture of an entity's coverage shows,
// for those who cannot see it. They stand on the page in all languages alone:
// that page counts articles anyway, while a page in one language would be drawn
// again for every article in another.
func (v *EntityView) coverageYears(counts []archive.MonthCount) []Year {
	var years []Year
	at := 0
	for _, c := range counts {
		if len(years) == 0 || at != c.Year {
			at = c.Year
			years = append(years, Year{Name: v.Frame.date(v.Locale, lang.Civil{Year: c.Year, Month: 1, Day: 1}, lang.DateYear)})
		}
		years[len(years)-1].Count += c.Count
	}
	slices.Reverse(years)
	return years
}

// otherNames gives an entity's labels in the site's other languages, in their
// order, or (all) in every other language by tag; each spelling once.
func otherNames(f *Frame, e *entity.Entity, t lang.Tag, all bool) []Text {
	seen := map[string]bool{e.Labels[t]: true, "": true}
	var names []Text
	add := func(l lang.Tag) {
		if s := e.Labels[l]; !seen[s] {
			seen[s] = true
			names = append(names, TextIn(s, l))
		}
	}
	for _, l := range f.Languages {
		add(l.Language)
	}
	if all {
		for _, l := range slices.Sorted(maps.Keys(e.Labels)) {
			add(l)
		}
	}
	return names
}

// outlinks gives the same entity elsewhere, Wikidata first.
func outlinks(e *entity.Entity) []Outlink {
	var list []Outlink
	if e.Wikidata != "" {
		list = append(list, Outlink{wikidataURL(e.Wikidata), "Wikidata"})
	}
	for _, s := range e.SameAs {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			list = append(list, Outlink{s, u.Host})
		}
	}
	return list
}

func wikidataURL(id string) string { return "https://www.wikidata.org/wiki/" + id }
