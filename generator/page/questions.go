package page

import (
	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// Questions is all that a page may ask while it is planned or drawn. Each call
// is one question; the generator answers it over the engine and notes question
// and answer, a test answers from maps. "Not there" is an answer. Values that
// come back are shared and must not be changed.
type Questions interface {
	// Of the site.

	// Frame is what every page in a language shows of the site. A language that
	// the site does not declare, and "", give the frame of the default language.
	// As long as the answer is the same, the pointer should be too: pieces of
	// pages that depend on the frame alone are then drawn once.
	Frame(t lang.Tag) *Frame
	// Phrases are the texts of the user interface that pages of a kind can show,
	// in a language; nil if there are none. One question gives all of them, and
	// as long as none has changed the pointer should be the same, as with Frame.
	Phrases(t lang.Tag, k Kind) *Phrasebook
	// Target is what a link to a place leads to. The place is a source path
	// below the site's folder ("content/ar/photo.jpg", "content/ar/other.md"),
	// or, beginning with a slash, a path on the site ("/logo.svg", "/ar/about/").
	// False if nothing is published there.
	Target(place string) (Target, bool)

	// Of one article.

	// Article is the whole record, false if it is not (or not yet, or no
	// longer) part of the site. Only the article's own page asks it.
	Article(id article.ID) (*article.Article, bool)
	// Card is the part of an article that other pages may show.
	Card(id article.ID) (*article.Card, bool)
	// Mentions are the entities found in the article's body, in order; offsets
	// are bytes of its Body.Text.
	Mentions(id article.ID) []entity.Mention
	// Suggested are the names in the article's body that no knowledge base knows,
	// most frequent first; asked only where the frame says Recognised.
	Suggested(id article.ID) []recogniser.Suggestion
	// Memberships are the groups that an article belongs to by its tags
	// (derived ones too), section and authors, in the order of its source.
	Memberships(id article.ID) []Membership
	// Links are the related articles and the near-duplicate that it repeats.
	Links(id article.ID) archive.Links
	// Ancestors is the story so far: the parent, its parent and so on, nearest
	// first, at most n.
	Ancestors(id article.ID, n int) []article.ID
	// Children are the articles that follow the article in its story, oldest
	// first.
	Children(id article.ID) []article.ID
	// Story are the oldest n articles of the story that an article begins, that
	// article first: its children, theirs and so on, by date.
	Story(root article.ID, n int) []article.ID
	// About are the entities that an article is about.
	About(id article.ID) []entity.ID
	// Translations are the articles of the same translation key, this one
	// included, in the order of the site's languages, then by id.
	Translations(id article.ID) []article.ID
	// Future says whether the article is shown although its date has not come.
	Future(id article.ID) bool

	// Of groups of articles.

	// AtLeast says whether a group has n articles or more. A group narrowed to a
	// period or to its undated articles counts those.
	AtLeast(g archive.Group, n int) bool
	// Newest gives at most n articles of a group: dated ones from the newest,
	// then undated ones; ties by id.
	Newest(g archive.Group, n int) []article.ID
	// Oldest gives the first dated article of a group, "" if it has none.
	Oldest(g archive.Group) article.ID
	// Neighbours gives the article before and after another in a group's order
	// of dates; "" at the ends and for undated articles.
	Neighbours(g archive.Group, of *article.Card) (older, newer article.ID)
	// Months counts a group's dated articles by month, oldest first, months
	// without any left out. Of a year it gives that year's months.
	Months(g archive.Group) []archive.MonthCount
	// Days counts the articles of a group's month by day, first day first, days
	// without any left out.
	Days(month archive.Group) []DayCount
	// Beside gives the periods of the same length before and after that of a
	// group that have articles of the same group; nil at the ends.
	Beside(p archive.Parts) (older, newer []int)
	// Languages are the languages in which the group has articles (or a page
	// nevertheless, as its source says "always"), in the order of the site.
	Languages(k archive.Kind, key string) []lang.Tag
	// Label is how a tag, entity, section or author is called in a language.
	// False if nothing of that key is known.
	Label(k archive.Kind, key string, t lang.Tag) (*Label, bool)
	// Initials are the headings of the A–Z list of a kind in a language, in the
	// order of its collation; only groups that have a page count.
	Initials(t lang.Tag, k archive.Kind) []string
	// Names are at most n names under a heading of an A–Z list, collated; n = 0
	// gives all.
	Names(t lang.Tag, k archive.Kind, initial string, n int) []Named
	// Findable are the names that a reader of a language finds by a beginning of a
	// word (see package search), collated; only groups that have a page count.
	Findable(t lang.Tag, beginning string) []Findable
	// FindsMany says whether there are n of them or more.
	FindsMany(t lang.Tag, beginning string, n int) bool
	// Shards are the beginnings whose names are a file of their own.
	Shards(t lang.Tag) []string
	// Standing are the pages without a date (About, Imprint) of a language, by
	// weight and then id.
	Standing(t lang.Tag) []article.ID

	// Of an entity.

	// Entity is the whole record; only the entity's own page asks it.
	Entity(id entity.ID) (*entity.Entity, bool)
	// Counts says how many articles mention an entity, by language, in the order
	// of the site.
	Counts(id entity.ID) []LanguageCount
	// Coverage counts the dated articles that mention an entity, in all
	// languages, by month, oldest first.
	Coverage(id entity.ID) []archive.MonthCount
	// Company are the n entities that most often stand in one article with the
	// group's entity, of its newest articles, and how often two of these stand in
	// one article.
	Company(g archive.Group, n int) Company
}

// A Frame is what every page in a language shows of the site.
type Frame struct {
	Language  lang.Tag
	Direction lang.Direction
	Locale    *lang.Locale // dates, numbers and lists, as the site wants them
	Prefers   lang.Preferences
	Title     Text   // the name of the site
	Tagline   Text   // a line under the name, "" if none
	Publisher Text   // who publishes; the title if the site does not say
	Logo      string // place of a picture of the publisher, "" if none
	BaseURL   string // "https://example.org/archive", no slash at the end; "" if the site does not say
	BasePath  string // the path of BaseURL: "/archive", "" at the root of a host

	RelativeURLs bool           // links are written relative to the page (file://)
	Fonts        string         // the script whose bundled faces the pages use, as ISO 15924 names it ("Aran" for Nastaliq), "" for none
	Slugs        lang.SlugMode  // how the names of authors and tags become paths
	Default      lang.Tag       // the default language of the site
	Languages    []LanguageLink // the declared languages, in the order of the site
	Menu         []MenuItem     // the site's menu in this language
	Copyright    Text           // a line at the foot, "" if none

	ListFront int // how many articles the front of a long list shows
	ListMax   int // how many articles a list may have on one page
	MonthMax  int // how many articles a month may have on one page

	Periods    string // by what the lists of tags, entities, sections and authors are split: "month", "year", "none"
	Days       bool   // a language has a page for each day
	Fold       bool   // the front of a list leaves out what repeats another article of it
	Initials   bool   // an A–Z list has a page for each initial
	Neutral    bool   // an entity has a page in all languages
	Recognised bool   // articles show names that no one has entered
	NamePages  int    // how many articles such a name needs to have a page; 0: it has none
	Coverage   bool   // an entity has a picture of its coverage
	NameLinks  bool   // the first mention of an entity in a text leads to its page

	SitemapMonths bool // a language has a sitemap for each month, not one for all

	Feed      bool           // each language has a feed
	FeedItems int            // how many articles it holds
	FeedFull  bool           // with their whole text, not only the lead
	FeedKinds []archive.Kind // the kinds whose groups have a feed each

	FindNames  bool // the A–Z lists have a field that finds names
	ShardNames int  // how many names one file holds for it

	Kinds   []archive.Kind // the kinds that have an A–Z list in this language
	Staging bool           // drafts or future articles are built: not for the public
	memory  *memory        // nil: nothing is remembered
	NoIndex bool           // the site asks search engines to stay away
}

// A LanguageLink is a declared language by its own name.
type LanguageLink struct {
	Language  lang.Tag
	Direction lang.Direction
	Name      string // endonym
	URL       string // site path of the language's home, or of a page in that language
	Current   bool   // it is the language of the page
	Exact     bool   // URL is the same page in that language, not only its home
}

// A MenuItem is an entry of the site's menu.
type MenuItem struct {
	Text Text
	URL  string // a path on the site, beginning with a slash, or an absolute URL
}

// A Target is what a link leads to.
type Target struct {
	URL           string // path on the site, beginning with a slash, not percent-encoded
	Width, Height int    // of a picture, in CSS pixels; 0 if not a picture or not known
}

// A Membership is a group to which an article belongs.
type Membership struct {
	Kind    archive.Kind
	Key     string
	Label   Text
	Derived bool // the text says so, not its source
}

// A Label is how a tag, entity, section or author is called in a language.
// Where there is no name in that language another one's is given, and Name.Lang
// says which.
type Label struct {
	Name   Text
	Note   Text        // what it is in a line, "" if not known
	Type   entity.Type // of an entity
	SameAs []string    // URLs of the same entity elsewhere, Wikidata first
	Link   bool        // mentions of an entity in running text are linked
	Always bool        // it has a page in every declared language
	// Loose are the names of an entity that end in a symbol (Yahoo!), in any
	// language: text that runs the other way would part it from them.
	Loose []string
}

// A Named is a line of an A–Z list.
type Named struct {
	Key  string
	Name Text
	Note Text
}

// A Findable is a name that a reader can find.
type Findable struct {
	URL   string // its page: a path on the site, percent-encoded
	Name  Text
	Note  Text
	Forms []Text // what it is called besides
}

// A Company is who an entity appears with.
type Company struct {
	List []Companion // most often first, ties by id
	Ties []Tie       // by places
}

// A Companion is an entity with how many articles it shares with another.
type Companion struct {
	ID    entity.ID
	Count int
}

// A Tie is how many articles two companions share: places in the list, A before B.
type Tie struct{ A, B, Count int }

// A DayCount is how many articles of a month fall on a day.
type DayCount struct{ Day, Count int }

// A LanguageCount is how many articles a language has.
type LanguageCount struct {
	Language lang.Tag
	Count    int
}
