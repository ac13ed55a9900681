package page

import (
	"cmp"
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A StoryView is the page of a story: its articles in all languages, the oldest
// first, with who and what they are about. It stands in the frame of the language of
// its first article.
type StoryView struct {
	Base
	Heading  Text // the headline of the first article
	Timeline []StoryEntry
	More     bool // there are later articles than these
	Entities []EntityGroup
	Rows     []StoryLanguage
	First    Date
	Latest   Date
	Days     bool // Latest is another day than First
}

// A StoryEntry is an article of a story with those that repeat it.
type StoryEntry struct {
	CardView
	Repeats  []CardView
	Repeated int // how many they are
}

// A StoryLanguage is how many articles of a story are in a language.
type StoryLanguage struct {
	Name  Text // endonym
	Count int
}

// How much a story's page shows, and asks.
const (
	storyShown    = 300
	storyEntities = 16
	// storyDepth is how far an article looks back for the beginning of its story.
	// Where it does not come to it, a page on the way leads on.
	storyDepth = 64
)

// storyPath is the site path of the story that an article begins.
func storyPath(f *Frame, first article.ID) string {
	return "/stories/" + article.Handle(first, f.Slugs) + "/"
}

func storyView(q Questions, s Spec) (*StoryView, error) {
	first, ok := q.Card(s.Article)
	if !ok {
		return nil, notThere("story", s.Article)
	}
	f := q.Frame(s.Language)
	v := &StoryView{Base: newBase(q, s, storyPath(f, s.Article)), Heading: Text{first.Headline, first.Language, first.HeadlineDirection()}}
	ids := q.Story(s.Article, storyShown+1)
	if v.More = len(ids) > storyShown; v.More {
		ids = ids[:storyShown]
	}
	v.timeline(q, ids)
	v.about(q, ids)
	v.titled(first.Headline, first.Lead)
	v.data = func(w *jsonWriter) { storyData(w, v) }
	return v, nil
}

// timeline puts the articles on the page, those that repeat an earlier one under it.
func (v *StoryView) timeline(q Questions, ids []article.ID) {
	at := make(map[article.ID]int, len(ids))
	counts := map[lang.Tag]int{}
	cards := v.cardsFor(len(ids))
	for _, id := range ids {
		c, ok := q.Card(id)
		if !ok {
			continue
		}
		counts[c.Language]++
		cards = cards[:len(cards)+1]
		card := &cards[len(cards)-1]
		v.show(card, q, v.Locale, c)
		if v.First.ISO == "" {
			v.First = card.Date
		}
		v.Latest = card.Date
		if entry, ok := at[q.Links(id).Duplicate]; ok {
			e := &v.Timeline[entry]
			e.Repeats, e.Repeated = append(e.Repeats, *card), e.Repeated+1
			at[id] = entry
			continue
		}
		at[id] = len(v.Timeline)
		v.Timeline = append(v.Timeline, StoryEntry{CardView: *card})
	}
	v.Days = v.First.Human != v.Latest.Human
	v.counted(counts)
}

// counted lists the languages, the declared ones in their order, then others.
func (v *StoryView) counted(counts map[lang.Tag]int) {
	var tags []lang.Tag
	for _, l := range v.Frame.Languages {
		tags = append(tags, l.Language)
	}
	declared := len(tags)
	for t := range counts {
		if !slices.Contains(tags[:declared], t) {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags[declared:])
	for _, t := range tags {
		if n := counts[t]; n > 0 {
			o := lang.For(t)
			v.Rows = append(v.Rows, StoryLanguage{Text{o.Name, t, o.Direction}, n})
		}
	}
}

// about lists the entities of most articles, by type.
func (v *StoryView) about(q Questions, ids []article.ID) {
	counts := map[entity.ID]int{}
	for _, id := range ids {
		for _, e := range q.About(id) {
			counts[e]++
		}
	}
	list := make([]entity.ID, 0, len(counts))
	for id, n := range counts {
		if n > 1 || len(ids) < 3 {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(a, b entity.ID) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	groups := map[entity.Type][]EntityItem{}
	for _, id := range list[:min(len(list), storyEntities)] {
		l, ok := q.Label(archive.ByEntity, string(id), v.Language)
		if !ok {
			continue
		}
		item := EntityItem{ID: id, Label: l.Name, Note: l.Note, URL: neutralPath(v.Frame, id), Coverage: coveragePath(v.Frame, id), Count: counts[id]}
		if g := archive.GroupOf(v.Language, archive.ByEntity, string(id)); q.AtLeast(g, 1) {
			item.URL = groupPath(g)
		}
		groups[l.Type] = append(groups[l.Type], item)
	}
	for _, t := range entityTypes {
		if len(groups[t]) > 0 {
			v.Entities = append(v.Entities, EntityGroup{t, groups[t]})
		}
	}
}
