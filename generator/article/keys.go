package article

import (
	"sync"

	"mihbara/generator/frontmatter"
)

// Fields lists the front-matter keys that have a meaning, as we write them; a
// help page and suggestions for mistyped keys use it. Other spellings (case,
// hyphens, underscores) and the synonyms of [meaning] are read as well.
func Fields() []string {
	return []string{"id", "type", "title", "date", "updated", "expires", "lang", "slug", "url", "aliases", "author", "byline",
		"dateline", "source", "canonical", "summary", "section", "categories", "tags", "entities", "translationKey",
		"image", "imageAlt", "corrections", "status", "draft", "noindex", "weight"}
}

// spellings lists all keys that a mistyped one may have meant, longer than
// three letters: `uid` is more often a key of its own than a wrong `id`.
func spellings() []string {
	return []string{"type", "title", "date", "updated", "expires", "lang", "slug", "aliases", "author", "byline", "dateline", "source", "canonical",
		"summary", "section", "categories", "tags", "entities", "translationKey", "image", "imageAlt", "corrections", "status", "draft", "noindex", "weight",
		"headline", "published", "publishDate", "lastmod", "modified", "expiryDate", "language", "permalink", "authors",
		"keywords", "description", "excerpt", "category", "taxonomies", "robots", "lang_ref"}
}

// A spelling is one of [spellings] with the name by which keys are compared and
// its letters.
type spelling struct {
	key, name string
	letters   [32]int8
}

var spelled = sync.OnceValue(func() []spelling {
	var list []spelling
	for _, key := range spellings() {
		name := frontmatter.Name(key)
		list = append(list, spelling{key, name, letters(name)})
	}
	return list
})

// meaning gives the key of [Fields] that a spelling stands for, and its rank
// among the spellings of that key: where a file has several, rank 0 counts.
// The name is as [frontmatter.Name] gives it. "" is a key that we do not know.
func meaning(name string) (key string, rank int) {
	switch name {
	case "id", "type", "dateline", "entities", "corrections", "status", "draft", "noindex", "weight", "slug":
		return name, 0
	case "title":
		return "title", 0
	case "headline":
		return "title", 1
	case "date":
		return "date", 0
	case "datepublished":
		return "date", 1
	case "published": // Jekyll's `published: false` is told by its kind
		return "date", 2
	case "pubdate":
		return "date", 3
	case "publishdate", "publisheddate", "publishedat", "publishedon":
		return "date", 4
	case "created", "datecreated", "createdat":
		return "date", 5
	case "updated":
		return "updated", 0
	case "lastmod":
		return "updated", 1
	case "modified", "datemodified", "lastmodified", "lastmodifiedat":
		return "updated", 2
	case "lastupdated", "updatedat", "updateddate":
		return "updated", 3
	case "expires":
		return "expires", 0
	case "expiry", "expirydate", "unpublishdate", "expireson", "expiresat":
		return "expires", 1
	case "lang":
		return "lang", 0
	case "language", "inlanguage":
		return "lang", 1
	case "locale":
		return "lang", 2
	case "url":
		return "url", 0
	case "permalink":
		return "url", 1
	case "aliases":
		return "aliases", 0
	case "alias", "redirectfrom":
		return "aliases", 1
	case "byline":
		return "byline", 0
	case "author":
		return "byline", 1
	case "authors":
		return "byline", 2
	case "source", "sourcename":
		return "source", 0
	case "canonical", "canonicalurl":
		return "canonical", 0
	case "sourceurl", "originalurl", "original":
		return "canonical", 1
	case "lead", "lede":
		return "summary", 0
	case "summary":
		return "summary", 1
	case "description":
		return "summary", 2
	case "excerpt", "standfirst", "abstract":
		return "summary", 3
	case "deck":
		return "summary", 4
	case "section":
		return "section", 0
	case "category":
		return "categories", 0
	case "categories", "sections":
		return "categories", 1
	case "tags":
		return "tags", 0
	case "tag":
		return "tags", 1
	case "keywords":
		return "tags", 2
	case "topics", "topic":
		return "tags", 3
	case "taxonomies":
		return "taxonomies", 0
	case "translationkey":
		return "translationKey", 0
	case "ref", "langref", "languagereference", "translationgroup", "translationref", "blogtranslationkey":
		return "translationKey", 1
	case "image":
		return "image", 0
	case "cover", "coverimage":
		return "image", 1
	case "featuredimage", "featureimage", "thumbnail", "banner", "hero", "heroimage", "images":
		return "image", 2
	case "imagealt", "coveralt", "featuredimagealt":
		return "imageAlt", 0
	case "correction":
		return "corrections", 1
	case "robots":
		return "robots", 0
	}
	return "", 0
}

// A header is what front matter and sidecar say, by meaning. Front matter
// counts more than a sidecar, a lower rank more than a higher one; what does
// not count is kept among the others, so that nothing is lost.
type header struct {
	known  []knownField // one for each meaning, of which there are few
	tags   []*frontmatter.Field
	others []*frontmatter.Field
}

// A knownField is the field that counts for a meaning.
type knownField struct {
	key  string // as meaning gives it
	rank int
	*frontmatter.Field
}

func newHeader(own, sidecar []frontmatter.Field) *header {
	h := &header{known: make([]knownField, 0, min(len(own)+len(sidecar), 32))}
	for i := range own {
		h.add(&own[i], 0)
	}
	for i := range sidecar {
		h.add(&sidecar[i], 100)
	}
	return h
}

// find gives the field that counts for a meaning, nil if there is none.
func (h *header) find(key string) *knownField {
	for i := range h.known {
		if h.known[i].key == key {
			return &h.known[i]
		}
	}
	return nil
}

func (h *header) add(f *frontmatter.Field, penalty int) {
	name := f.Name()
	key, rank := meaning(name)
	if key == "date" && name == "published" && f.Value.Kind == frontmatter.Bool {
		opposite := *f
		opposite.Value.Bool = !f.Value.Bool
		key, f = "draft", &opposite
	}
	rank += penalty
	switch key {
	case "":
		h.others = append(h.others, f)
		return
	case "tags": // keywords and topics add to tags
		h.tags = append(h.tags, f)
		return
	}
	before := h.find(key)
	switch {
	case before == nil:
		h.known = append(h.known, knownField{key, rank, f})
	case rank <= before.rank && f.Value.Kind != frontmatter.Null:
		if before.Value.Kind != frontmatter.Null {
			h.others = append(h.others, before.Field)
		}
		before.Field, before.rank = f, rank
	case before.Value.Kind == frontmatter.Null && f.Value.Kind != frontmatter.Null:
		before.Field, before.rank = f, rank
	case f.Value.Kind != frontmatter.Null:
		h.others = append(h.others, f)
	}
}

// get gives the field of a meaning if it has a value.
func (h *header) get(key string) (frontmatter.Field, bool) {
	if f := h.find(key); f != nil {
		return *f.Field, f.Value.Kind != frontmatter.Null
	}
	return frontmatter.Field{}, false
}
