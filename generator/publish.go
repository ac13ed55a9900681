package generator

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/recogniser"
	"mihbara/generator/site"
	"mihbara/generator/tag"
)

// Aspects of an article that is shown on the site.
var (
	aspPath     = incremental.Aspect[string]{Stratum: "publish", Name: "path"}
	aspCard     = incremental.Aspect[*article.Card]{Stratum: "publish", Name: "card", Often: true}
	aspPlace    = incremental.Aspect[*place]{Stratum: "publish", Name: "place"}
	aspEntities = incremental.Aspect[entityIDs]{Stratum: "publish", Name: "entities", Often: true}
)

// publish decides whether an article is part of the site, says in which groups it
// stands and plans its pages.
func (s *Site) publish(a *incremental.Asker, id string) (incremental.Result, error) {
	own := a.Own()
	art, ok := incremental.Get(a, aspHead, own[0].Key)
	if !ok {
		return incremental.Result{}, nil
	}
	settings, _ := incremental.Get(a, aspReading, configFile)
	var problems []diag.Diagnostic
	for _, other := range own[1:] {
		problems = append(problems, diag.Errorf(diag.Position{File: other.Key}, "the id %q is taken by %s, so this file was not built", id, art.Path).
			WithHint("give one of the two another id"))
	}
	card := art.Card(settings)
	if why := hiddenBecause(a, art); why != "" {
		problems = append(problems, diag.Notef(diag.Position{File: art.Path}, "%s, so it is not shown", why))
		return incremental.Result{Messages: tell(problems)}, nil
	}
	if winner := takenBy(a, card.URL, id); winner != "" {
		problems = append(problems, diag.Errorf(diag.Position{File: art.Path}, "its address %s is taken by %s, so this file was not built", card.URL, winner).
			WithHint("give one of the two another slug or url"))
		return incremental.Result{Messages: tell(problems)}, nil
	}
	mentioned, _ := incremental.Get(a, aspMentioned, art.Path)
	tags := tagsOf(a, art)
	overrides, unknown := knownOverrides(a, art)
	problems = append(problems, unknown...)
	p := placeOf(art, card, tags, entitiesOf(overrides, mentioned), settings)
	found := foundNames(a, art, settings)
	for _, n := range found {
		p.Names = append(p.Names, n.slug)
	}
	r := incremental.Result{Messages: tell(problems), Aspects: []incremental.Part{
		aspPath.Of(art.Path), aspCard.Of(&card), aspPlace.Of(p), aspEntities.Of(entityIDs(p.Entities)),
	}}
	related, _ := incremental.Get(a, aspRelated, configFile)
	var sketch []byte
	if related.Duplicates {
		sketch, _ = incremental.Get(a, aspSketch, art.Path)
	}
	var terms archive.Terms
	if related.Stories {
		terms, _ = incremental.Get(a, aspTerms, art.Path)
	}
	coverage, _ := incremental.Get(a, aspCoverage, configFile)
	r.Rows = foundRows(found, p.Card)
	r.Rows = append(r.Rows, p.rows(art, tags, sketch, settings, wanted{abroad: related.Abroad, coverage: coverage, terms: terms})...)
	r.Rows = appendClaims(r.Rows, art.Path, page.PlanArticle(art, card.URL, drawnIn(settings, art.Language))...)
	return r, nil
}

// drawnIn gives the language of the frame in which a page of a language is drawn.
func drawnIn(s *site.Settings, t lang.Tag) lang.Tag {
	if s.Declared(t) {
		return t
	}
	return s.DefaultLanguage
}

// takenBy gives the source that claims an address before the article of that id
// and is shown: a draft takes nothing away from what is published.
func takenBy(a *incremental.Asker, url, id string) (source string) {
	claims, after := shelved(a, ixClaim, foldPath(page.OutputPath(url)))
	for _, claim := range claims {
		if claim.Key == id {
			return ""
		}
		source := after(claim)
		if other, ok := incremental.Get(a, aspHead, source); ok && hiddenBecause(a, other) == "" {
			return source
		}
	}
	return ""
}

// hiddenBecause says why an article is not to be shown now; "" if it is.
func hiddenBecause(a *incremental.Asker, art *article.Article) string {
	option := func(name string) bool { return a.AtLeast(inOption, name, 1, incremental.Range{}) }
	switch {
	case art.Draft && !option("drafts"):
		return "is a draft"
	case art.Published.Set && !a.Passed(art.Published.Unix) && !option("future"):
		return "has a date that has not come (" + art.Published.RFC3339() + ")"
	case art.Expires.Set && a.Passed(art.Expires.Unix):
		return "has expired (" + art.Expires.RFC3339() + ")"
	}
	return ""
}

// A usedTag is a tag of an article: its id, and how the article writes it.
type usedTag struct {
	id, name string
	derived  bool // from its text
}

// tagsOf gives the tags that an article's source names and those whose triggers
// it holds; if it names none, also those of the starter set that its text is about.
func tagsOf(a *incremental.Asker, art *article.Article) []usedTag {
	var out []usedTag
	add := func(t usedTag) {
		if t.id != "" && !slices.ContainsFunc(out, func(o usedTag) bool { return o.id == t.id }) {
			out = append(out, t)
		}
	}
	for _, name := range art.Tags {
		id := tag.ID(name)
		if known := a.Rows(ixTagName, tagNameKey(name, art.Language), incremental.Range{Limit: 1}); len(known) > 0 {
			id = known[0].Key
		}
		add(usedTag{id: id, name: name})
	}
	triggered, _ := incremental.Get(a, aspTriggered, art.Path)
	for _, id := range triggered {
		add(usedTag{id, id, true})
	}
	topics, _ := incremental.Get(a, aspTopics, art.Path)
	for _, id := range topics {
		if t, ok := incremental.Get(a, aspTag, id); ok && t.Starter {
			add(usedTag{id, id, true})
		}
	}
	return out
}

// triggeredBy lists the tags whose triggers an article's text holds, sorted.
func (s *Site) triggeredBy(a *incremental.Asker, art *article.Article, words []lang.Word) []string {
	if art.Type == article.TypePage || !a.AtLeast(ixTrigger, anyTrigger, 1, incremental.Range{}) {
		return nil
	}
	var ids []string
	for _, m := range s.match(a, ixTrigger, art, words, nil) {
		ids = append(ids, string(m.Entity))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func placeOf(art *article.Article, card article.Card, tags []usedTag, entities []entity.ID, s *site.Settings) *place {
	p := &place{Place: archive.Place{Card: card, Section: sectionID(art.Section)}, Standing: art.Type == article.TypePage}
	for _, t := range tags {
		p.Tags = append(p.Tags, t.id)
		if t.derived {
			p.Derived = append(p.Derived, t.id)
		}
	}
	for _, name := range art.Byline {
		if slug := lang.Slug(name, s.Slugs); slug != "" && !slices.Contains(p.Authors, slug) {
			p.Authors = append(p.Authors, slug)
		}
	}
	p.Entities = entities
	return p
}

// knownOverrides gives what front matter says of entities, without those that
// nobody knows: they have no page to be listed on.
func knownOverrides(a *incremental.Asker, art *article.Article) (known []string, problems []diag.Diagnostic) {
	for _, o := range art.Entities {
		id := strings.TrimPrefix(o, "+")
		if _, ok := incremental.Get(a, aspLabel, id); !ok && !strings.HasPrefix(o, "-") {
			problems = append(problems, diag.Warnf(diag.Position{File: art.Path}, "entities: there is no entity %q, so it is not listed", id).
				WithHint("write %s/%s.md, or take it out", entityFolder, id))
			continue
		}
		known = append(known, o)
	}
	return known, problems
}

// entitiesOf lists what an article is about: what its text mentions, in order,
// without what its front matter takes out ("-id") and with what it puts in
// ("+id", "id"), named in the text or not.
func entitiesOf(overrides []string, mentioned []entity.ID) []entity.ID {
	if len(mentioned)+len(overrides) == 0 {
		return nil
	}
	out := make([]entity.ID, 0, len(mentioned)+len(overrides))
	add := func(id entity.ID) {
		if id != "" && !slices.Contains(out, id) && !slices.Contains(overrides, "-"+string(id)) {
			out = append(out, id)
		}
	}
	for _, id := range mentioned {
		add(id)
	}
	for _, o := range overrides {
		if !strings.HasPrefix(o, "-") {
			add(entity.ID(strings.TrimPrefix(o, "+")))
		}
	}
	return out
}

func sectionID(name string) string { return lang.Slug(name, lang.SlugUnicode) }

// wanted says which rows a site asks for that others do without.
type wanted struct {
	abroad   bool          // ixTopic, for what is related in other languages
	coverage bool          // ixMentioned, for the charts of names
	terms    archive.Terms // ixTerm, for stories
}

// manyClaims is how many rows the claims of most articles are.
const manyClaims = 2

// rows gives every row by which others find the article. Rows share their
// strings: an article stands in dozens of groups.
func (p *place) rows(art *article.Article, tags []usedTag, sketch []byte, s *site.Settings, w wanted) []incremental.Row {
	id, t := string(art.ID), art.Language
	var topics []archive.Topic
	var mentioned []entity.ID
	if w.abroad {
		topics = p.Topics()
	}
	if w.coverage {
		mentioned = p.Entities
	}
	listed, bands, terms := p.Listed(), archive.ParseSketch(sketch).Bands(), w.terms.Leading()
	rows := make([]incremental.Row, 0, 3+manyClaims+len(listed)+len(topics)+len(mentioned)+len(bands)+len(terms)+1+len(tags)+1+len(art.Byline))
	rows = append(rows,
		incremental.Row{Index: ixWhere, Group: shelf(art.Path), Sort: onShelf(art.Path), Payload: []byte(p.Card.URL)},
		incremental.Row{Index: ixTranslation, Group: shelf(p.Card.TranslationKey), Sort: onShelf(p.Card.TranslationKey) + languageSort(s, t) + id, Key: id})
	if p.Standing {
		return append(rows, incremental.Row{Index: ixStanding, Group: string(t), Sort: fmt.Sprintf("%010d%s", art.Weight+1e9, id), Key: id})
	}
	sort := archive.Sort(p.Card)
	rows = append(rows, incremental.Row{Index: ixArticle, Group: id})
	for _, g := range listed {
		rows = append(rows, incremental.Row{Index: ixList, Group: string(g), Sort: sort, Key: id})
	}
	language := []byte(t)
	for _, topic := range topics {
		rows = append(rows, incremental.Row{Index: ixTopic, Group: string(topic), Sort: sort, Key: id, Payload: language})
	}
	for _, e := range mentioned {
		rows = append(rows, incremental.Row{Index: ixMentioned, Group: string(e), Sort: sort, Key: id})
	}
	sketched := append([]byte(t+"\x00"), sketch...)
	for _, b := range bands {
		rows = append(rows, incremental.Row{Index: ixBand, Group: bandGroup(b), Sort: sort, Key: id, Payload: sketched})
	}
	if len(terms) > 0 {
		rows = append(rows, incremental.Row{Index: ixTerm, Group: archive.AnyTerm.Group(), Sort: sort, Key: id})
	}
	for _, x := range terms {
		rows = append(rows, incremental.Row{Index: ixTerm, Group: x.Group(), Sort: sort, Key: id, Payload: language})
	}
	return p.names(rows, art, tags, sort, s)
}

// A foundName is a name in an article that no one has entered, with the place of
// its page.
type foundName struct {
	slug string
	recogniser.Suggestion
}

// foundNames gives the names of an article that may have a page of their own.
func foundNames(a *incremental.Asker, art *article.Article, s *site.Settings) (list []foundName) {
	if s.Entities.Recognised != site.RecognisedPages || art.Type == article.TypePage {
		return nil
	}
	suggested, _ := incremental.Get(a, aspSuggested, art.Path)
	for _, x := range suggested {
		slug := lang.Slug(x.Name, s.Slugs)
		if slug != "" && !slices.ContainsFunc(list, func(o foundName) bool { return o.slug == slug }) {
			list = append(list, foundName{slug, x})
		}
	}
	return list
}

// foundRows says how an article writes such names, and of what type they seem.
func foundRows(list []foundName, c article.Card) (rows []incremental.Row) {
	for _, n := range list {
		rows = append(rows, incremental.Row{Index: ixName, Group: string(archive.GroupOf(c.Language, archive.ByName, n.slug)),
			Sort: archive.Sort(c), Key: n.Name, Payload: []byte(n.Type)})
	}
	return rows
}

// bandGroup names the group of a band.
func bandGroup(b archive.Band) string { return strconv.FormatUint(uint64(b), 16) }

// names appends how the article calls the tags, sections and authors that have no
// file of their own.
func (p *place) names(rows []incremental.Row, art *article.Article, tags []usedTag, sort string, s *site.Settings) []incremental.Row {
	name := func(k archive.Kind, key, text string) incremental.Row {
		return incremental.Row{Index: ixName, Group: string(archive.GroupOf(art.Language, k, key)), Sort: sort, Key: text}
	}
	for _, t := range tags {
		rows = append(rows, name(archive.ByTag, t.id, t.name))
	}
	if p.Section != "" {
		rows = append(rows, name(archive.BySection, p.Section, art.Section))
	}
	for _, author := range art.Byline {
		if slug := lang.Slug(author, s.Slugs); slug != "" {
			rows = append(rows, name(archive.ByAuthor, slug, author))
		}
	}
	return rows
}

// languageSort orders languages as the site declares them, others after them.
func languageSort(s *site.Settings, t lang.Tag) string {
	i := slices.Index(s.Languages, t)
	if i < 0 || i > 999 {
		i = 999
	}
	return string([]byte{'0' + byte(i/100), '0' + byte(i/10%10), '0' + byte(i%10)}) + string(t) + " "
}

// matchedBytes bounds what each matcher keeps: the words of some 10,000 articles
// in six languages.
const matchedBytes = 16 << 20

func (s *Site) newMatcher(index incremental.Index) *entity.Matcher {
	return entity.NewMatcher(matchedBytes, func(key string) uint64 { return s.engine.GroupHash(index, key) })
}

// match finds what an article mentions of the names in an index. The matchers
// outlive a run, and what they were told by the index does not.
func (s *Site) match(a *incremental.Asker, index incremental.Index, art *article.Article, words []lang.Word, overrides []string) []entity.Mention {
	m := s.names
	if index == ixTrigger {
		m = s.triggers
	}
	text := passageOf(art, words)
	text.Overrides = overrides
	return m.Find(text, &lexicon{s, a, index}, func(hashes []uint64) {
		for _, h := range hashes {
			a.Note(h)
		}
	})
}

// passageOf gives an article as names are looked for in it; words are those of its
// text, nil if they are to be found.
func passageOf(art *article.Article, words []lang.Word) *entity.Passage {
	p := &entity.Passage{Body: art.Body.Text, Words: words, Language: art.Language, Overrides: art.Entities}
	if art.Published.Set {
		p.Year = int(art.Published.Civil().Year)
	}
	return p
}

// A lexicon answers a matcher from an index of aliases. What the rows of a
// group say is decoded once a run.
type lexicon struct {
	site  *Site
	asker *incremental.Asker
	index incremental.Index
}

// Starting gives the aliases that begin with a key. Words of one name share
// what was decoded; that a key was used, the matcher notes.
func (l *lexicon) Starting(key string) []entity.Alias {
	rows := l.asker.Lookup(l.index, key)
	if len(rows) == 0 {
		return nil
	}
	cached := string(l.index) + "\x00" + key
	if list, ok := l.site.aliases.Load(cached); ok {
		return list.([]entity.Alias)
	}
	list := make([]entity.Alias, 0, len(rows))
	for _, r := range rows {
		var alias entity.Alias
		if alias.UnmarshalBinary(r.Payload) == nil {
			list = append(list, alias)
		}
	}
	l.site.aliases.Store(cached, list)
	return list
}

// bandSketch takes the payload of a row of ixBand apart.
func bandSketch(payload []byte) (lang.Tag, archive.Sketch) {
	t, sketch, _ := bytes.Cut(payload, []byte{0})
	return lang.Tag(t), archive.ParseSketch(sketch)
}
