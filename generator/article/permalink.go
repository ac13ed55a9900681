package article

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// Permalink gives the path of a's page on the site: it begins with "/", ends
// with "/" unless it names a file, and is not percent-encoded. It depends on
// nothing but the article and the settings.
//
// An explicit URL counts. Else a page stands at /{lang}/{slug}/, an undated
// article at /{lang}/undated/{slug}/, and any other by the site's pattern.
func Permalink(a *Article, s *site.Settings) string {
	if a.URL != "" {
		return a.URL
	}
	language, slug := string(a.Language), slugOf(a, s)
	switch {
	case a.Type == TypePage:
		return "/" + language + "/" + slug + "/"
	case !a.Published.Set:
		return "/" + language + "/undated/" + slug + "/"
	}
	d := a.Published.Civil()
	pattern := s.Permalink
	if pattern == "" {
		pattern = site.DefaultPermalink
	}
	if pattern == site.DefaultPermalink {
		return fmt.Sprintf("/%s/%04d/%02d/%02d/%s/", language, d.Year, d.Month, d.Day, slug)
	}
	folder := strings.HasSuffix(pattern, "/")
	out := path.Clean(strings.NewReplacer(
		"{lang}", language, "{yyyy}", fmt.Sprintf("%04d", d.Year), "{mm}", fmt.Sprintf("%02d", d.Month), "{dd}", fmt.Sprintf("%02d", d.Day),
		"{slug}", slug, "{section}", lang.Slug(a.Section, s.Slugs), "{id}", lang.Slug(string(a.ID), s.Slugs)).Replace(pattern))
	if folder {
		out += "/"
	}
	return out
}

// slugOf gives the explicit slug, else the file's name without date and
// language, else the headline with a piece of the id's hash, so that no
// article's URL depends on another's existence.
func slugOf(a *Article, s *site.Settings) string {
	if a.Slug != "" {
		return a.Slug
	}
	if s.SlugFromID {
		if slug := lang.Slug(string(a.ID), s.Slugs); slug != "" {
			return slug
		}
	}
	name := placeOf(a.Path, s)
	if telling(name.rest) {
		if slug := lang.Slug(name.rest, s.Slugs); slug != "" {
			return slug
		}
	}
	return strings.TrimPrefix(lang.Slug(a.Headline, s.Slugs)+"-"+idHash(a.ID), "-")
}

// Handle names an article in a path that must stay when its headline changes: the
// slug of the last part of its id and six letters of the id's hash.
func Handle(id ID, m lang.SlugMode) string {
	return strings.TrimPrefix(lang.Slug(path.Base(string(id)), m)+"-"+idHash(id), "-")
}

// idHash gives six letters that belong to the id.
func idHash(id ID) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:3])
}

// telling says whether a file name is one that a person gave: it has a letter,
// and is not a number in disguise such as 000_091af1424fcd9861.
func telling(name string) bool {
	letters, hexadecimal, count := false, true, 0
	for _, r := range name {
		switch {
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F':
			count++
			letters = letters || r > '9'
		case unicode.IsLetter(r):
			letters, hexadecimal = true, false
		}
	}
	return letters && !(hexadecimal && count >= 8 && strings.ContainsAny(name, "0123456789"))
}

// urls reads slug, url and aliases. What leads out of the site is an error, not
// a guess: an archive must not publish at a URL that it has to take back.
func (p *parser) urls() {
	if f, ok := p.header.get("slug"); ok {
		p.a.Slug = p.slug(f)
	}
	if f, ok := p.header.get("url"); ok {
		if text, scalar := f.Value.Scalar(); !scalar {
			p.wrong(f, "a path")
		} else if pattern(text) {
			p.add(diag.Warnf(f.Value.Pos, "%s %q is a pattern of another system; it is not used", f.Key, text).WithHint("write the path of this page, like /ar/about/"))
			p.keep(f)
		} else if strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") {
			p.add(diag.Warnf(f.Value.Pos, "%s is the address of another site; it is read as canonical", f.Key).WithHint("write canonical: %s", text))
			if p.a.Canonical == "" {
				p.a.Canonical = lang.StripControls(text)
			}
		} else if clean, problem := site.CleanPath(lang.StripControls(text)); problem != "" && text != "" {
			p.add(diag.Errorf(f.Value.Pos, "%s %q cannot be used: %s", f.Key, text, problem).WithHint("write a path on this site, like /ar/about/"))
		} else {
			p.a.URL = clean
		}
	}
	if f, ok := p.header.get("aliases"); ok {
		list := f.Value.List
		if _, one := f.Value.Scalar(); one {
			list = []frontmatter.Value{f.Value}
		}
		for _, v := range list {
			p.alias(f.Key, v)
		}
	}
}

// pattern tells the permalinks of Jekyll and Eleventy that are no paths.
func pattern(text string) bool {
	switch text {
	case "pretty", "date", "ordinal", "weekdate", "none", "false":
		return true
	}
	return strings.Contains(text, "/:") || strings.Contains(text, "{{") || strings.Contains(text, "{%")
}

func (p *parser) alias(key string, v frontmatter.Value) {
	text, ok := v.Scalar()
	if !ok || text == "" {
		return
	}
	clean, problem := site.CleanPath(lang.StripControls(text))
	switch {
	case problem != "":
		p.add(diag.Warnf(v.Pos, "%s %q cannot be used: %s", key, text, problem).WithHint("write an old path on this site, like /2019/old-name/"))
	case !slices.Contains(p.a.Aliases, clean):
		p.a.Aliases = append(p.a.Aliases, clean)
	}
}

func (p *parser) slug(f frontmatter.Field) string {
	text, ok := f.Value.Scalar()
	if !ok {
		p.wrong(f, "a text")
		return ""
	}
	if text = strings.Trim(strings.TrimSpace(text), "/"); text == "" {
		return ""
	}
	if slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '\\' }), "..") {
		p.add(diag.Errorf(f.Value.Pos, "%s %q leads out of its folder", f.Key, text).WithHint("a slug is one part of a path, without .. and /"))
		return ""
	}
	if strings.ContainsAny(text, `/\`) {
		p.add(diag.Warnf(f.Value.Pos, "%s %q holds a slash; it is read as %q", f.Key, text, lang.Slug(text, p.s.Slugs)).WithHint("use url for a whole path"))
	}
	slug := lang.Slug(text, lang.SlugUnicode)
	if slug == "" {
		p.add(diag.Warnf(f.Value.Pos, "%s %q has no letter or digit; it is not used", f.Key, text))
	}
	return slug
}
