package page

import (
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/record"
)

// A Kind says what stands at an output path.
type Kind string

// The kinds of output.
const (
	KindArticle  Kind = "article"  // one article
	KindStanding Kind = "standing" // a page without a date: About, Imprint
	KindHome     Kind = "home"     // the front page of a language
	KindList     Kind = "list"     // a tag, section, author, entity in a language; a year, month, day; undated articles
	KindEntity   Kind = "entity"   // an entity in all languages
	KindStory    Kind = "story"    // the articles of a story, in all languages
	KindCoverage Kind = "coverage" // the picture of an entity's coverage (SVG)
	KindNames    Kind = "names"    // an A–Z list: its front, or one initial
	KindRoot     Kind = "root"     // the choice of a language
	KindNotFound Kind = "notfound" // 404.html
	KindRedirect Kind = "redirect" // an old URL that leads to a new one
	KindSource   Kind = "source"   // the untouched seed
	KindFile     Kind = "file"     // a file published as it is
	KindFeed     Kind = "feed"     // Atom, one a language and, as the site wants, one a group
	KindSitemaps Kind = "sitemaps" // the index of sitemaps
	KindSitemap  Kind = "sitemap"  // the sitemap of a language, or of its month, undated articles or pages
	KindRobots   Kind = "robots"   // robots.txt
	KindFinder   Kind = "finder"   // the script that finds names
	KindShards   Kind = "shards"   // which shards there are
	KindShard    Kind = "shard"    // names of a language that have a word with the same beginning
)

// IsFeed says that package feed draws the kind, not [Draw].
func (k Kind) IsFeed() bool {
	switch k {
	case KindFeed, KindSitemaps, KindSitemap, KindRobots:
		return true
	}
	return false
}

// IsSearch says that package search draws the kind, not [Draw].
func (k Kind) IsSearch() bool { return k == KindFinder || k == KindShards || k == KindShard }

// Templates names the kinds that a theme has a template for.
var Templates = [...]Kind{KindArticle, KindStanding, KindHome, KindList, KindEntity, KindStory, KindNames, KindRoot, KindNotFound, KindRedirect}

// A Spec says what one output path is: plain data, from which [Draw] (or
// feed.Draw) makes the file.
type Spec struct {
	Kind     Kind
	Language lang.Tag      // of the page
	Article  article.ID    // article, standing, source, redirect to an article; story: the first of it
	Group    archive.Group // home, list, sitemap (the whole language, a month or undated; "" = the pages)
	Key      string        // entity, coverage: the entity's id; names: the kind of archive; shard: the beginning; sitemap of a whole language: which of them, from 0
	Initial  string        // names: the heading; "" = the front of the list
	Target   string        // redirect: site path or absolute URL; file, source: source path
}

// AppendBinary appends s as a record of its fields in their order.
func (s Spec) AppendBinary(b []byte) ([]byte, error) {
	b = slices.Grow(b, 7+len(s.Kind)+len(s.Language)+len(s.Article)+len(s.Group)+len(s.Key)+len(s.Initial)+len(s.Target))
	b = record.AppendString(record.AppendString(record.AppendString(b, s.Kind), s.Language), s.Article)
	b = record.AppendString(record.AppendString(b, s.Group), s.Key)
	return record.AppendString(record.AppendString(b, s.Initial), s.Target), nil
}

// UnmarshalBinary reads what AppendBinary appended. The texts of s are parts of
// data, which must not change.
func (s *Spec) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	*s = Spec{Kind: Kind(r.String()), Language: lang.Tag(r.String()), Article: article.ID(r.String()), Group: archive.Group(r.String()),
		Key: r.String(), Initial: r.String(), Target: r.String()}
	return r.Err()
}

// A Claim says that a path of the output belongs to a spec. Path is relative
// to the output folder, with slashes, not percent-encoded, in NFC.
type Claim struct {
	Path string
	Spec Spec
	// Explicit: a person asked for this path (url or alias in front matter, a
	// file of that name); it wins over a path that was derived.
	Explicit bool
}
