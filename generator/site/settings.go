package site

import (
	"time"
	_ "time/tzdata" // the binary must know time zones where the system does not

	"mihbara/generator/lang"
)

// A Text is one text in several languages. The tag "" holds a text that was
// written without a language and stands for all.
type Text = map[lang.Tag]string

// Settings are what site.toml says. The comment of each field names its key.
type Settings struct {
	Title           Text       // title = "…" or [title] ar = "…"
	Tagline         Text       // tagline (description): a line under the name
	Copyright       Text       // copyright: a line at the foot of each page
	BaseURL         string     // baseURL: "https://example.org/archive", without a slash at the end; "" if not said
	Languages       []lang.Tag // languages = ["ar", "en"], in the order of menus; never empty
	DefaultLanguage lang.Tag   // defaultLanguage; the first of Languages
	Theme           string     // theme: a folder below themes/, "broadsheet"
	Fonts           string     // fonts = "system" | "bundled": type in the reader's own faces, or in those of the theme where it has some for the script
	TimeZone        string     // timeZone: IANA name, "UTC"; for dates without a zone

	Permalink  string        // permalink: pattern of article URLs
	Slugs      lang.SlugMode // slugs = "unicode" | "ascii"
	SlugFromID bool          // slugs = "id": the slug is the article's id

	HTML       string // html = "off" | "sanitise" | "trusted": raw HTML in Markdown
	Typography bool   // typography = true: repair spaces and quotation marks on pages

	Digits    map[lang.Tag]string // [digits] ar = "arab": see [lang.DigitSystems]
	Months    map[lang.Tag]string // [months] ar = "levant": see [lang.MonthSets]
	Calendars map[lang.Tag]string // [calendars] fa = "first": see [lang.CalendarPlaces]

	ListFront int // [lists] front = 30: articles on the front of a long list
	ListMax   int // [lists] max = 60: articles on one page before a list is split
	MonthMax  int // [lists] month = 200: articles of a month on one page before it is split by day

	ListPeriods  string // [lists] periods = "month" | "year" | "none": how lists of tags, entities, sections and authors are split
	ListDays     bool   // [lists] days = true: a language has a page for each day
	ListArticle  bool   // [lists] article = false: the Arabic article counts in A–Z lists
	ListInitials bool   // [lists] initials = true: an A–Z list has a page for each initial
	ListFold     bool   // [lists] fold = false: the front of a list leaves out what repeats another article of it

	Menu     []MenuItem // [[menu]]
	Sections []Section  // [sections.politics]
	Entities Entities   // [entities]
	Feeds    Feeds      // [feeds]
	Related  Related    // [related]

	SitemapMonths bool // [sitemap] months = true: a sitemap for each month of a language, not one for all

	Publisher Publisher // [publisher]
	Authors   []Author  // [authors.layla-haddad]

	SearchNames bool // [search] names = true: the A–Z lists have a field that finds names
	SearchShard int  // [search] shard = 500: names in one file before it is split

	RelativeURLs bool // relativeURLs: links relative to the page, for file://
	NoIndex      bool // noindex: ask search engines to stay away

	StarterTags bool // [tags] starter = true: articles without tags get those of the starter set that their text is about

	Params map[string]any // [params]: the site's own values for its templates; nil, bool, int64, float64, string, []any, map[string]any

	zone *time.Location
}

// A MenuItem is one entry of the site's menu: a page by its id, or a URL.
type MenuItem struct {
	Page   string // page: id of an article or page without its language ("pages/about"); the menu shows it in each language that has it
	URL    string // url: a path on the site, where {lang} stands for the language, or an absolute URL
	Label  Text   // label; of a page the headline if empty
	Weight int    // weight: less is earlier; ties stay in the order of the file
}

// A Section is a part of the newspaper, named by its key.
type Section struct {
	Key   string
	Label Text
	Note  Text // description
}

// An Author is someone whose name is shown differently from what articles say.
type Author struct {
	Key    string // the slug of the name as articles write it
	Label  Text
	Note   Text // description
	SameAs []string
}

// Entities says how names are recognised.
type Entities struct {
	Builtin    bool   // builtin = true: entities that the program knows
	Recognised string // recognised = "off" | "sidebar" | "pages": names that no one has entered, as plain text beside the article, or with a page
	// RecognisedArticles is how many articles such a name needs for a page.
	RecognisedArticles int  // recognisedArticles = 3
	Neutral            bool // neutral = true: each has a page in all languages besides those in one
	Coverage           bool // coverage = true: a picture of how often it was written about
	Links              bool // links = true: the first mention of each in a text leads to its page
}

// What is done with names that no one has entered.
const (
	RecognisedOff     = "off"
	RecognisedSidebar = "sidebar"
	RecognisedPages   = "pages"
)

// Feeds says what feeds hold.
type Feeds struct {
	Enabled bool // enabled = true
	Items   int  // items = 30
	Full    bool // full = false: the whole text, not only the lead
	// Groups are the kinds of lists that have a feed each, some of [ListKinds]:
	// groups = false, true for all, or ["tags", "entities"].
	Groups []string
}

// Related says what is worked out about an article and earlier ones, besides
// those that are about the same.
type Related struct {
	Stories    bool // stories = true: which article continues which
	Duplicates bool // duplicates = true: which article repeats an earlier one
	Abroad     bool // abroad = true: related articles in other languages
}

// A Publisher is who stands behind the site.
type Publisher struct {
	Name Text
	Logo string // path below content/static/, or URL
	URL  string
}

// Defaults gives the settings of a site that says nothing.
func Defaults() Settings {
	return Settings{
		Languages: []lang.Tag{"ar"}, DefaultLanguage: "ar",
		Theme: "broadsheet", Fonts: FontsSystem, TimeZone: "UTC", zone: time.UTC,
		Permalink: DefaultPermalink, Slugs: lang.SlugUnicode, HTML: "off", Typography: true,
		ListFront: 30, ListMax: 60, MonthMax: 200, ListPeriods: PeriodMonth, ListDays: true, ListInitials: true, SearchNames: true, SearchShard: 500,
		SitemapMonths: true, StarterTags: true,
		Entities: Entities{Builtin: true, Recognised: RecognisedOff, RecognisedArticles: 3, Neutral: true, Coverage: true, Links: true},
		Feeds:    Feeds{Enabled: true, Items: 30},
		Related:  Related{Stories: true, Duplicates: true, Abroad: true},
	}
}

// Where the faces of a page come from.
const (
	FontsSystem  = "system"
	FontsBundled = "bundled"
)

// Periods by which a list is split.
const (
	PeriodMonth = "month"
	PeriodYear  = "year"
	PeriodNone  = "none"
)

// ListKinds names the kinds of lists as settings do.
func ListKinds() []string { return []string{"tags", "entities", "sections", "authors"} }

// DefaultPermalink is the pattern of article URLs unless the site has its own.
const DefaultPermalink = "/{lang}/{yyyy}/{mm}/{dd}/{slug}/"

// Location gives the site's time zone; UTC if its name is not known.
func (s *Settings) Location() *time.Location {
	if s.zone != nil {
		return s.zone
	}
	if zone, err := time.LoadLocation(s.TimeZone); err == nil {
		return zone
	}
	return time.UTC
}

// Declared says whether the site declares the language.
func (s *Settings) Declared(t lang.Tag) bool {
	for _, l := range s.Languages {
		if l == t {
			return true
		}
	}
	return false
}

// Prefers gives what the site chooses for a language.
func (s *Settings) Prefers(t lang.Tag) lang.Preferences {
	return lang.Preferences{Digits: s.Digits[t], Months: s.Months[t], Calendar: s.Calendars[t], Article: s.ListArticle}
}

// In gives the text for a language: its own, that of a variety of it, the one
// without a language, that of the default language, or of the first language
// that has one; and the language it is in ("" if it has none).
func (s *Settings) In(text Text, t lang.Tag) (string, lang.Tag) {
	if v, ok := text[t]; ok {
		return v, t
	}
	for _, l := range s.Languages {
		if _, ok := text[l]; ok {
			if m, ok := lang.Match(t, []lang.Tag{l}); ok {
				return text[m], m
			}
		}
	}
	if v, ok := text[""]; ok {
		return v, ""
	}
	for _, l := range append([]lang.Tag{s.DefaultLanguage}, s.Languages...) {
		if v, ok := text[l]; ok {
			return v, l
		}
	}
	first := lang.Tag("")
	for l := range text {
		if first == "" || l < first {
			first = l
		}
	}
	return text[first], first
}

// Section gives the section with the key.
func (s *Settings) Section(key string) (Section, bool) {
	for _, x := range s.Sections {
		if x.Key == key {
			return x, true
		}
	}
	return Section{}, false
}
