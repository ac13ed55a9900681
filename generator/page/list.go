package page

import (
	"html/template"
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// A ListView is the page of a group of articles: the front page of a language,
// a tag, section, author or entity in a language, a year, month or day of one
// of them, or its undated articles.
type ListView struct {
	Base
	Of      archive.Kind // by what the articles belong together
	Key     string
	Heading Text   // the name of the group, or the period
	Period  string // "", "year", "month", "day" or "undated"
	Note    Text   // what the group is in a line, "" if not known
	Trail   []Crumb

	Lead  *CardView  // home: the newest article with a date
	Parts []ListPart // the articles, newest first
	Empty bool       // there is no article

	Years       []Year      // the chart of months of a list that is too long for one page, and of a year
	Days        []DayLink   // the days of a month that is too long for one page
	YearPages   bool        // the chart is of years alone, whose months have no pages
	UndatedURL  string      // site path of the undated articles of a list that does not show them itself
	Older       *Crumb      // the period before
	Newer       *Crumb      // the period after
	AllNames    string      // site path of the A–Z list of this kind
	Initials    []NameKind  // home: the A–Z lists
	Entity      *EntityHead // of an entity in a language
	Found       bool        // a name that no one has entered: the page was made automatically
	Translation []Crumb     // the same group in other languages
}

// A ListPart is a run of articles under one heading.
type ListPart struct {
	Heading string // a day, or the month in a list by year, as the page writes it; "" for the only part of a list
	ISO     string // that period for machines
	URL     string // site path of that day's page, "" if it has none
	Cards   []CardView
}

// A Year is a row of the chart of months.
type Year struct {
	Name   string      // the year in the locale's digits
	URL    string      // site path of the year's page, "" if it has none
	Months []MonthLink // none where the list has a page for each year only
	Count  int
}

// A MonthLink is a cell of the chart of months.
type MonthLink struct {
	Name  string // "May 2023"
	Month string // the number of the month in the locale's digits
	URL   string // site path; "" for a month without articles
	Count int
	Level int // 0 for none to 4, a share of the fullest month
}

// A DayLink is a day of a month that is split by day.
type DayLink struct {
	Name, URL string
	Count     int
}

// A NameKind is a link to an A–Z list.
type NameKind struct {
	Kind archive.Kind
	URL  string
}

// An EntityHead is what the page of an entity says about it.
type EntityHead struct {
	ID       entity.ID
	Type     entity.Type
	Facts    []FactLine
	Text     template.HTML // what the editors wrote about it, "" if nothing
	TextIn   Text          // language and direction of Text; S is ""
	Names    []Text        // its names in other languages
	SameAs   []Outlink     // the same entity elsewhere
	Coverage string        // site path of the picture of its coverage, "" if there is none
	Years    []Year        // what the picture shows, in numbers, newest first; only on its page in all languages
	Neutral  string        // site path of its page in all languages, "" if there is none
	Company  []CompanyLink // who it appears with
	Network  *Network      // a picture of that, nil where there is little to show
	First    *CardView     // the oldest article
}

// A CompanyLink is an entity that appears with another.
type CompanyLink struct {
	Crumb
	Count int // of articles that both are in
}

// An Outlink is a link out of the site: its host as text.
type Outlink struct{ URL, Host string }

func listView(q Questions, s Spec) (*ListView, error) {
	p := s.Group.Parts()
	v := &ListView{Base: newBase(q, s, groupPath(s.Group)), Of: p.Kind, Key: p.Key}
	switch {
	case p.Undated:
		v.Period = "undated"
	case len(p.Period) > 0:
		v.Period = [...]string{"year", "month", "day"}[len(p.Period)-1]
	}
	name, ok := v.name(q, p)
	if !ok {
		return nil, notThere("list", s.Group)
	}
	v.fill(q, s.Group, p)
	v.heading(q, p, name)
	if v.Period == "" && v.Frame.feeds(p.Kind) {
		v.GroupFeed = v.Path + "feed.xml"
	}
	v.languages(q, p)
	if v.Found = p.Kind == archive.ByName; v.Found {
		v.NoIndex = true // nobody has looked at it
	}
	v.data = func(w *jsonWriter) { listData(w, v) }
	return v, nil
}

// name gives the name of the whole group: for a language the site's title.
func (v *ListView) name(q Questions, p archive.Parts) (Text, bool) {
	if p.Kind == archive.ByLanguage {
		return v.Frame.Title, true
	}
	l, ok := q.Label(p.Kind, p.Key, p.Language)
	if !ok {
		return Text{}, false
	}
	v.AllNames = namesPath(p.Language, p.Kind, "")
	if v.Period == "" {
		v.Note = l.Note
		if p.Kind == archive.ByEntity {
			v.entity(q, p, l)
		}
	}
	return l.Name, true
}

// heading sets the heading, the way that led here, and the title.
func (v *ListView) heading(q Questions, p archive.Parts, name Text) {
	own := func(s string) Text { return Text{S: s, Lang: v.Language, Dir: v.Direction} }
	home := p.Kind == archive.ByLanguage
	v.Trail = append(make([]Crumb, 0, 4), Crumb{Text: v.Frame.Title, URL: GroupURL(p.Language, archive.ByLanguage, "")})
	if !home {
		v.Trail = append(v.Trail, Crumb{Text: q.Phrases(v.Language, v.Kind).Say("kind-"+string(p.Kind), 0), URL: v.AllNames})
	}
	v.Heading = name
	if v.Period == "" {
		if home {
			v.Trail = nil
			v.titled("", v.Frame.Tagline.S)
			v.Social.Title = PlainText(name.S, v.Direction)
			return
		}
		v.titled(name.S, v.Note.S)
		return
	}
	whole := p.Whole()
	if !home {
		v.Trail = append(v.Trail, Crumb{Text: name, URL: groupPath(whole)})
	}
	if p.Undated {
		v.Heading = q.Phrases(v.Language, v.Kind).Say("undated", 0)
	} else {
		for n := 1; n < len(p.Period); n++ {
			if n == 1 && !home {
				continue // no page
			}
			v.Trail = append(v.Trail, Crumb{Text: own(v.periodName(p.Period[:n])), URL: periodPath(whole, p.Period[:n]...)})
		}
		v.Heading = own(v.periodName(p.Period))
	}
	v.shared(v.Heading.S, "")
	if home {
		v.Title = Title(v.Direction, v.Heading.S, v.Frame.Title.S)
		return
	}
	v.Title = Title(v.Direction, name.S, v.Heading.S, v.Frame.Title.S)
}

func (v *ListView) periodName(p []int) string {
	switch len(p) {
	case 1:
		return v.Frame.date(v.Locale, lang.Civil{Year: p[0], Month: 1, Day: 1}, lang.DateYear)
	case 2:
		return v.Frame.date(v.Locale, lang.Civil{Year: p[0], Month: p[1], Day: 1}, lang.DateMonth)
	}
	return v.Frame.date(v.Locale, lang.Civil{Year: p[0], Month: p[1], Day: p[2]}, lang.DateFull)
}

// fill puts the articles on the page.
func (v *ListView) fill(q Questions, g archive.Group, p archive.Parts) {
	f := v.Frame
	switch v.Period {
	case "":
		v.front(q, g)
	case "undated":
		v.plain(v.cardViews(q, v.Locale, q.Newest(g, 0)))
	case "year":
		if p.Kind != archive.ByLanguage {
			v.beside(q, p)
			v.byPeriod(q, g, false)
			return
		}
		v.Years = v.chart(p.Whole(), q.Months(g))
		v.beside(q, p)
	case "month":
		v.beside(q, p)
		if day := (archive.Parts{Kind: p.Kind, Period: []int{0, 0, 0}}); f.narrows(day) && q.AtLeast(g, f.MonthMax+1) {
			for _, d := range q.Days(g) {
				v.Days = append(v.Days, DayLink{v.periodName([]int{p.Period[0], p.Period[1], d.Day}),
					periodPath(g, d.Day), d.Count})
			}
			return
		}
		v.byPeriod(q, g, p.Kind == archive.ByLanguage && f.Days)
	case "day":
		v.beside(q, p)
		v.plain(v.cardViews(q, v.Locale, q.Newest(g, 0)))
	}
}

// front is the page of a whole group: all of it if it is short, else its newest
// articles and the chart of its periods. A list that is split by nothing is
// always whole.
func (v *ListView) front(q Questions, g archive.Group) {
	f, n := v.Frame, v.Frame.ListMax
	if undated := g.Undated(); f.narrows(undated.Parts()) {
		if split(q, f, g) {
			n = f.ListFront
			v.Years = v.chart(g, q.Months(g))
			v.YearPages = v.Of != archive.ByLanguage && f.Periods == site.PeriodYear
		}
		if v.Years == nil && v.Of == archive.ByEntity && q.AtLeast(g, chartedFrom) {
			v.Years = v.chart(g, q.Months(g))
			v.YearPages = f.Periods == site.PeriodYear
		}
		if q.AtLeast(undated, 1) {
			v.UndatedURL = groupPath(undated)
		}
	} else {
		n = 0
	}
	cards := v.cardViews(q, v.Locale, v.folded(q, q.Newest(g, n)))
	if v.Of == archive.ByLanguage {
		for _, k := range f.Kinds {
			v.Initials = append(v.Initials, NameKind{k, namesPath(v.Language, k, "")})
		}
		if len(cards) > 0 {
			v.Lead, cards = &cards[0], cards[1:]
		}
	}
	v.plain(cards)
}

// folded leaves out, where the site wants that, articles that repeat another one of
// the list. They stay on the pages of months and years.
func (v *ListView) folded(q Questions, ids []article.ID) []article.ID {
	if !v.Frame.Fold {
		return ids
	}
	kept := make([]article.ID, 0, len(ids))
	for _, id := range ids {
		if first := q.Links(id).Duplicate; first == "" || !slices.Contains(ids, first) {
			kept = append(kept, id)
		}
	}
	return kept
}

func (v *ListView) plain(cards []CardView) {
	v.Empty = len(cards) == 0 && v.Lead == nil
	if len(cards) > 0 {
		v.Parts = []ListPart{{Cards: cards}}
	}
}

// partsOfMonth is how many parts a list has at most: the days of a month.
const partsOfMonth = 31

// byPeriod groups the articles of a month by day, and those of a year by month;
// pages says that the days have pages.
func (v *ListView) byPeriod(q Questions, g archive.Group, pages bool) {
	var last lang.Civil
	ids := q.Newest(g, 0)
	cards, first := v.cardsFor(len(ids)), 0
	for _, id := range ids {
		c, ok := q.Card(id)
		if !ok {
			continue
		}
		n := len(cards)
		cards = cards[:n+1]
		v.show(&cards[n], q, v.Locale, c)
		day := civil(c.Published)
		if v.Period == "year" {
			day.Day = 0
		}
		if v.Parts == nil {
			v.Parts = make([]ListPart, 0, min(len(ids), partsOfMonth))
		}
		if len(v.Parts) == 0 || day != last {
			var part ListPart
			if day.Day == 0 {
				part.Heading, part.ISO = v.periodName([]int{day.Year, day.Month}), isoMonth(day)
			} else {
				part.Heading = v.periodName([]int{day.Year, day.Month, day.Day})
				part.ISO = ISO(article.Moment{Unix: c.Published.Unix, Offset: c.Published.Offset, DayOnly: true, Set: true})
			}
			if pages {
				part.URL = periodPath(g.Parts().Whole(), day.Year, day.Month, day.Day)
			}
			v.Parts, last, first = append(v.Parts, part), day, n
		}
		v.Parts[len(v.Parts)-1].Cards = cards[first : n+1 : n+1]
	}
	v.Empty = len(v.Parts) == 0
}

// beside links the periods before and after.
func (v *ListView) beside(q Questions, p archive.Parts) {
	older, newer := q.Beside(p)
	crumb := func(period []int) *Crumb {
		if period == nil {
			return nil
		}
		return &Crumb{Text: Text{v.periodName(period), v.Language, v.Direction}, URL: periodPath(p.Whole(), period...)}
	}
	v.Older, v.Newer = crumb(older), crumb(newer)
}

// chart makes the rows of years, newest first, each with its twelve months if
// they have pages.
func (v *ListView) chart(whole archive.Group, counts []archive.MonthCount) []Year {
	most := 0
	for _, c := range counts {
		most = max(most, c.Count)
	}
	var years []Year
	home := v.Of == archive.ByLanguage
	months := home || v.Frame.Periods == site.PeriodMonth
	at := 0
	for _, c := range counts {
		if len(years) == 0 || at != c.Year {
			at = c.Year
			y := Year{Name: v.periodName([]int{c.Year})}
			if home || !months {
				y.URL = periodPath(whole, c.Year)
			}
			if months {
				y.Months = make([]MonthLink, 12)
			}
			for i := range y.Months {
				y.Months[i] = MonthLink{Name: v.periodName([]int{c.Year, i + 1}), Month: v.Locale.Integer(i + 1)}
			}
			years = append(years, y)
		}
		years[len(years)-1].Count += c.Count
		if !months || c.Month < 1 || c.Month > 12 {
			continue
		}
		cell := &years[len(years)-1].Months[c.Month-1]
		cell.Count, cell.Level = c.Count, level(c.Count, most)
		cell.URL = periodPath(whole, c.Year, c.Month)
	}
	slices.Reverse(years)
	return years
}

// level gives the share of n in most, from 1 to 4, 0 for none.
func level(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return min(4, 1+3*n/most)
}

// languages links the same group in other languages. A period leads to the
// whole group there, which surely exists.
func (v *ListView) languages(q Questions, p archive.Parts) {
	if p.Kind == archive.ByLanguage {
		if v.Period == "" {
			var versions []version
			for _, l := range v.Frame.Languages {
				versions = append(versions, version{l.Language, l.URL})
			}
			v.inLanguages(versions)
			if n := len(v.Alternates); n > 0 {
				v.Alternates[n-1].URL = v.Frame.Absolute("/") // the choice of a language
			}
		}
		return
	}
	if p.Kind == archive.ByAuthor || p.Kind == archive.BySection || v.Period == "" {
		var versions []version
		for _, t := range q.Languages(p.Kind, p.Key) {
			if !declared(v.Frame, t) {
				continue
			}
			u := GroupURL(t, p.Kind, p.Key)
			versions = append(versions, version{t, u})
			if t != v.Language {
				o := lang.For(t)
				v.Translation = append(v.Translation, Crumb{Text: Text{o.Name, t, o.Direction}, URL: u})
			}
		}
		if v.Period == "" {
			v.inLanguages(versions)
		}
	}
}

// entity fills in what the page says about its entity.
func (v *ListView) entity(q Questions, p archive.Parts, l *Label) {
	id := entity.ID(p.Key)
	h := &EntityHead{ID: id, Type: l.Type, Coverage: coveragePath(v.Frame, id), Neutral: neutralPath(v.Frame, id)}
	if e, ok := q.Entity(id); ok {
		e = e.In(v.Language)
		h.Names = otherNames(v.Frame, e, v.Language, false)
		h.SameAs = outlinks(e)
		h.Facts = v.facts(q, e)
		if in := noteLanguage(v.Frame, e); in == v.Language {
			h.note(q, v.Frame, v.Path, e, in)
		}
	}
	g := archive.GroupOf(p.Language, p.Kind, p.Key)
	h.company(q, v.Language, l.Name, q.Company(g, companyShown))
	if first := q.Oldest(g); first != "" {
		h.First = v.cardView(q, v.Locale, first)
	}
	v.Entity = h
}

// chartedFrom is from how many articles on the page of an entity has a chart of
// months even where it has all articles.
const chartedFrom = 10

// companyShown is how many entities a page names that appear with its own.
const companyShown = 12

// company fills in who an entity of that name appears with.
func (h *EntityHead) company(q Questions, t lang.Tag, name Text, c Company) {
	which := make([]int, len(c.List)) // places in h.Company, from 1
	for i, o := range c.List {
		l, ok := q.Label(archive.ByEntity, string(o.ID), t)
		if !ok {
			continue
		}
		h.Company = append(h.Company, CompanyLink{Crumb{l.Name, GroupURL(t, archive.ByEntity, string(o.ID))}, o.Count})
		which[i] = len(h.Company)
	}
	h.Network = networkOf(name, h.Company, which, c.Ties)
}
