package generator

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/incremental"
	"mihbara/generator/page"
)

// A Reach is how much of the output one kind of change would draw again, for all
// things that could be so changed. It counts the pages and other files that asked
// about what the change alters when they were drawn last; nothing is run. What a
// change does by way of others, such as a story that an article joins, is not
// known before.
type Reach struct {
	Change string `json:"change"`
	Things int    `json:"things"` // that could be changed
	// The middle of all things by how many files they draw, and the one that
	// draws the most.
	Typical Reached `json:"typical"`
	Most    Reached `json:"most"`
}

// Reached is what a change of one thing draws.
type Reached struct {
	Thing string `json:"thing"`
	Pages int    `json:"pages"` // HTML
	Files int    `json:"files"` // feeds, sitemaps, pictures and the like
}

// A change is a thing that may be changed, with what others would notice.
type change struct {
	thing   string
	notices []incremental.Subject
}

// A changeKind is a kind of change and all things that could be so changed.
type changeKind struct {
	what    string
	changes []change
}

// reach tells what changes would draw.
func (s *Site) reach() ([]Reach, error) {
	text, headline := s.articleChanges()
	kinds := []changeKind{
		{"the text of an article", text},
		{"the headline of an article", headline},
		{"the name of an entity", s.entityChanges()},
		{"an asset, such as the style sheet", s.assetChanges()},
		{"the title of the site", s.frameChanges()},
	}
	for _, c := range s.templateChanges() {
		kinds = append(kinds, changeKind{"the template " + c.thing, []change{c}})
	}
	reached, err := s.reached(kinds)
	if err != nil {
		return nil, err
	}
	added, err := s.additions()
	if err != nil {
		return nil, err
	}
	kinds, reached = append(kinds, changeKind{what: "a new article like one that there is"}), append(reached, added)
	var list []Reach
	for i, sorted := range reached {
		if n := len(sorted); n > 0 && sorted[n-1].Pages+sorted[n-1].Files > 0 {
			list = append(list, Reach{Change: kinds[i].what, Things: n, Typical: sorted[(n-1)/2], Most: sorted[n-1]})
		}
	}
	return list, nil
}

// reached counts what each change of each kind draws, fewest files first.
func (s *Site) reached(kinds []changeKind) ([][]Reached, error) {
	var all []change
	for _, k := range kinds {
		all = append(all, k.changes...)
	}
	list := make([]Reached, len(all))
	for i, c := range all {
		list[i].Thing = c.thing
	}
	err := s.engine.Askers("render", subjects(all), func(i int, out string) { list[i].count(out) })
	out := make([][]Reached, len(kinds))
	for i, k := range kinds {
		out[i], list = list[:len(k.changes)], list[len(k.changes):]
		sortReached(out[i])
	}
	return out, err
}

func (r *Reached) count(out string) {
	if strings.HasSuffix(out, ".html") {
		r.Pages++
	} else {
		r.Files++
	}
}

func sortReached(list []Reached) {
	slices.SortFunc(list, func(a, b Reached) int {
		return cmp.Or(cmp.Compare(a.Pages+a.Files, b.Pages+b.Files), cmp.Compare(a.Pages, b.Pages), cmp.Compare(a.Thing, b.Thing))
	})
}

func subjects(changes []change) iter.Seq2[int, incremental.Subject] {
	return func(yield func(int, incremental.Subject) bool) {
		for i, c := range changes {
			for _, s := range c.notices {
				if !yield(i, s) {
					return
				}
			}
		}
	}
}

// articleChanges gives, of each article in lists, its text and its headline. The
// first is an edit that leaves headline, lead and names alone, the second one that
// leaves the address alone.
func (s *Site) articleChanges() (text, headline []change) {
	for _, id := range s.engine.Keys("relate") {
		p, ok := incremental.Current(s.engine, aspPath, id)
		if !ok {
			continue
		}
		text = append(text, change{p, []incremental.Subject{aspBody.About(p)}})
		headline = append(headline, change{p, []incremental.Subject{aspHead.About(p), aspCard.About(id), aspPlace.About(id)}})
	}
	return text, headline
}

func (s *Site) entityChanges() (list []change) {
	for _, id := range s.engine.Keys("knowledge") {
		list = append(list, change{id, []incremental.Subject{aspLabel.About(id), aspEntity.About(id)}})
	}
	return list
}

// templateChanges gives of each template how pages look in all languages.
func (s *Site) templateChanges() (list []change) {
	looks := s.engine.Subjects("theme", themeKey)
	for _, k := range page.Templates {
		c := change{thing: string(k) + ".html"}
		for _, x := range looks {
			if strings.HasPrefix(x.Aspect, lookPrefix) && strings.HasSuffix(x.Aspect, "/"+string(k)) {
				c.notices = append(c.notices, x)
			}
		}
		list = append(list, c)
	}
	return list
}

func (s *Site) assetChanges() (list []change) {
	for _, name := range s.engine.Keys("plan assets") {
		list = append(list, change{name, []incremental.Subject{aspAsset(name).About(themeKey)}})
	}
	return list
}

// frameChanges gives of each language its frame: what all of its pages share.
func (s *Site) frameChanges() (list []change) {
	settings, ok := incremental.Current(s.engine, aspReading, configFile)
	if !ok {
		return nil
	}
	for _, t := range settings.Languages {
		list = append(list, change{string(t), []incremental.Subject{aspWhole(t).About(configFile)}})
	}
	return list
}

// additions counts, for each dated article, what one more would draw again that
// stood in the same groups and were the newest of all: the pages that show the
// newest of a group, or count it. Its own pages, and those of a group, month or
// day that it is the first of, do not exist yet and are not counted; nor is the
// page of the article whose story it goes on with, nor are undated articles that
// are related to it.
func (s *Site) additions() ([]Reached, error) {
	var models []*place
	var list []Reached
	var newest *place
	for _, id := range s.engine.Keys("relate") {
		p, ok := incremental.Current(s.engine, aspPlace, id)
		if !ok || !p.Card.Published.Set {
			continue
		}
		path, _ := incremental.Current(s.engine, aspPath, id)
		models, list = append(models, p), append(list, Reached{Thing: path})
		if newest == nil || archive.Sort(newest.Card) < archive.Sort(p.Card) {
			newest = p
		}
	}
	rows := func(yield func(int, incremental.Row) bool) {
		for i, p := range models {
			for _, r := range p.again(newest.Card) {
				if !yield(i, r) {
					return
				}
			}
		}
	}
	err := s.engine.Inserted("render", rows, func(i int, out string) { list[i].count(out) })
	sortReached(list)
	return list, err
}

// again gives the rows by which lists and counts would find an article that stood
// in the groups of this one and came after the newest.
func (p *place) again(newest article.Card) (rows []incremental.Row) {
	x := p.Place
	x.Card.Published, x.Card.ID = newest.Published, newest.ID+"~"
	sort, id := archive.Sort(x.Card), string(x.Card.ID)
	for _, g := range x.Listed() {
		rows = append(rows, incremental.Row{Index: ixList, Group: string(g), Sort: sort, Key: id})
	}
	for _, t := range x.Topics() {
		rows = append(rows, incremental.Row{Index: ixTopic, Group: string(t), Sort: sort, Key: id, Payload: []byte(x.Card.Language)})
	}
	for _, e := range x.Entities {
		rows = append(rows, incremental.Row{Index: ixMentioned, Group: string(e), Sort: sort, Key: id})
	}
	return rows
}
