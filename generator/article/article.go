package article

import (
	"path"
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
	"mihbara/generator/markdown"
	"mihbara/generator/site"
)

// An ID names an article everywhere. It is what front matter says under `id`,
// or the source path below content/ (seeds keep their "seeds/") without
// extension, in NFC: "en/2023/05/raisi", "seeds/000_091af1424fcd9861".
type ID string

// The formats of a source.
const (
	Markdown = "markdown"
	Text     = "text"
)

// The types of an article. A page has no date, is in no list and stands at
// /{lang}/{slug}/.
const (
	TypeArticle = "article"
	TypePage    = "page"
)

// An Article is one source, read. It is plain data and does not change.
type Article struct {
	ID       ID
	Path     string // of the source, relative to the site, with slashes
	Format   string // [Markdown] or [Text]
	Type     string // [TypeArticle] or [TypePage]
	Language lang.Tag

	Headline string
	Lead     string // one paragraph of plain text
	Dateline string // "بيروت (رويترز)"
	Byline   []string
	Section  string   // key as the source writes it
	Tags     []string // as the source writes them, each once
	Entities []string // overrides: "+id" adds, "-id" removes, "id" fixes

	Published, Updated, Expires Moment

	Slug    string   // explicit, cleaned; "" if derived
	URL     string   // explicit path on the site, cleaned; "" if derived
	Aliases []string // old paths on the site, cleaned
	// TranslationKey is the same for all translations of an article: what front
	// matter says, or the path without its language.
	TranslationKey string

	Image       string // as written: relative to the source, "/…" on the site, or an absolute URL
	ImageAlt    string
	Source      string // who it comes from: the name of an agency
	Canonical   string // absolute URL of the original
	Corrections []Correction

	Status  string
	Weight  int
	Draft   bool
	NoIndex bool

	Params  map[string]any // keys we do not know: nil, bool, int64, float64, string, []any, map[string]any
	Derived []string       // names of fields that the source does not say, sorted

	Body   markdown.Document
	SHA256 string // of the untouched source, in hexadecimal
	Bytes  int    // of the untouched source
}

// A Correction says what was wrong and when it was put right.
type Correction struct {
	Date Moment // may be unset
	Text string
}

// A Card is what another page may show of an article. Lists and related links
// depend on a Card and not on an Article, so that an edit of a body redraws
// one page and not a hundred.
type Card struct {
	_         struct{} `cbor:",toarray"`
	ID        ID
	Language  lang.Tag
	Direction lang.Direction
	Headline  string
	Lead      string // at most CardLead characters
	// Turned says that the words of the headline or of the lead run against
	// Direction, whatever the language: pages show both often and would count
	// their letters each time.
	Turned    struct{ Headline, Lead bool }
	URL       string // path on the site; begins with "/"; not percent-encoded
	Published Moment
	Updated   Moment // not set if it never was
	Image     string // a place: path below the site's folder, "/…" on the site, or an absolute URL
	Section   string
	Undated   bool
	Draft     bool
	NoIndex   bool // search engines should not keep it

	TranslationKey string // what articles that translate one another share
}

// CardLead is how many characters of a lead a card holds: some leads are whole
// paragraphs, and it is cut once, not on every page that shows it.
const CardLead = 200

// Card gives the part of a that other pages may show.
func (a *Article) Card(s *site.Settings) Card {
	c := Card{
		ID: a.ID, Language: a.Language, Direction: lang.DirectionOf(a.Language),
		Headline: a.Headline, Lead: shortened(a.Lead), URL: Permalink(a, s),
		Published: a.Published, Updated: a.Updated, Image: a.imagePlace(), Section: a.Section,
		Undated: !a.Published.Set, Draft: a.Draft, NoIndex: a.NoIndex,
		TranslationKey: a.TranslationKey,
	}
	c.Turned.Headline = lang.WordsDirection(c.Headline, c.Direction) != c.Direction
	c.Turned.Lead = lang.WordsDirection(c.Lead, c.Direction) != c.Direction
	return c
}

// HeadlineDirection and LeadDirection give the directions of the words.
func (c *Card) HeadlineDirection() lang.Direction { return turned(c.Direction, c.Turned.Headline) }

func (c *Card) LeadDirection() lang.Direction { return turned(c.Direction, c.Turned.Lead) }

func turned(d lang.Direction, is bool) lang.Direction {
	switch {
	case !is:
		return d
	case d == lang.RTL:
		return lang.LTR
	}
	return lang.RTL
}

func shortened(lead string) string {
	if utf8.RuneCountInString(lead) <= CardLead {
		return lead
	}
	return lang.Excerpt(lead, CardLead)
}

// imagePlace resolves a picture that is named relative to the source.
func (a *Article) imagePlace() string {
	if a.Image == "" || strings.HasPrefix(a.Image, "/") || strings.Contains(a.Image, "://") {
		return a.Image
	}
	return path.Join(path.Dir(a.Path), a.Image)
}
