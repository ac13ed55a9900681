package page

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// PlanArticle gives the pages of one article that stands at a site path: itself,
// the untouched seed beside it, a redirect for each alias. t is the language of
// the frame in which they are drawn.
func PlanArticle(a *article.Article, url string, t lang.Tag) []Claim {
	if url == "" {
		return nil
	}
	kind := KindArticle
	if a.Type == article.TypePage {
		kind = KindStanding
	}
	out := OutputPath(url)
	claims := append(make([]Claim, 0, 2+len(a.Aliases)),
		Claim{Path: out, Explicit: a.URL != "", Spec: Spec{Kind: kind, Language: t, Article: a.ID}})
	if a.Format == article.Text {
		claims = append(claims, Claim{Path: path.Join(path.Dir(out), "source.txt"), Spec: Spec{Kind: KindSource, Article: a.ID, Target: a.Path}})
	}
	for _, alias := range a.Aliases {
		if p := OutputPath(alias); p != out {
			claims = append(claims, Claim{Path: p, Explicit: true, Spec: Spec{Kind: KindRedirect, Language: t, Article: a.ID, Target: url}})
		}
	}
	return claims
}

// PlanGroup gives the page of a group, or of a group narrowed to a year, month,
// day or its undated articles, if there is to be one, and what belongs to it:
// its feed, the sitemap of a language or of a language's month.
//
// Every group with an article has its front; every month of it a page, linked
// or not, so that a growing list changes no URL. Years and days have pages in a
// language's own group, days of another group where the month is too long for
// one page. What a site does without, [Frame.narrows] says. Languages that the site does not declare have no lists.
func PlanGroup(q Questions, g archive.Group) []Claim { return planGroup(q, g, false) }

// PlanPeriod is [PlanGroup] for a period that is known to have articles, and a day
// whose month is known to be too long for one page: nothing is asked about that.
func PlanPeriod(q Questions, period archive.Group) []Claim { return planGroup(q, period, true) }

func planGroup(q Questions, g archive.Group, known bool) []Claim {
	p := g.Parts()
	f := q.Frame(p.Language)
	if f.Language != p.Language {
		return nil
	}
	spec := Spec{Kind: KindList, Language: p.Language, Group: g}
	claim := Claim{Path: string(g) + "/index.html", Spec: spec}
	home := p.Kind == archive.ByLanguage
	claims := func(kind Kind, path string) []Claim {
		return []Claim{claim, {Path: path, Spec: Spec{Kind: kind, Language: p.Language, Group: g}}}
	}
	switch {
	case !f.narrows(p):
		return nil
	case p.Kind == archive.ByName && (f.NamePages == 0 || !q.AtLeast(p.Whole(), f.NamePages)):
		return nil
	case len(p.Period) == 0 && !p.Undated && home:
		// A declared language has its front page even before its first article.
		claim.Spec.Kind = KindHome
		list := []Claim{claim}
		if f.Feed {
			list = claims(KindFeed, string(g)+"/feed.xml")
		}
		if f.SitemapMonths {
			return list
		}
		for part := range SitemapParts(q, p.Language) {
			s := Spec{Kind: KindSitemap, Language: p.Language, Group: g, Key: strconv.Itoa(part)}
			list = append(list, Claim{Path: OutputPath(SitemapPath(p.Language, part)), Spec: s})
		}
		return list
	case len(p.Period) == 0 && !p.Undated:
		if !q.AtLeast(g, 1) {
			if l, ok := q.Label(p.Kind, p.Key, p.Language); !ok || !l.Always {
				return nil
			}
		}
		if f.feeds(p.Kind) {
			return claims(KindFeed, string(g)+"/feed.xml")
		}
	case !known && !q.AtLeast(g, 1):
		return nil
	case p.Undated && home && f.SitemapMonths:
		return claims(KindSitemap, string(p.Whole())+"/sitemap-undated.xml")
	case len(p.Period) == 2 && home && f.SitemapMonths:
		return claims(KindSitemap, fmt.Sprintf("%s/sitemap-%04d-%02d.xml", p.Language, p.Period[0], p.Period[1]))
	case len(p.Period) == 3 && !home && !known:
		month := p.Whole().Within(p.Period[:2]...)
		if !q.AtLeast(month, f.MonthMax+1) {
			return nil
		}
	}
	return []Claim{claim}
}

// narrows says whether the site has pages for a group narrowed like that; every
// whole group has one.
func (f *Frame) narrows(p archive.Parts) bool {
	home := p.Kind == archive.ByLanguage
	switch len(p.Period) {
	case 1:
		return home || f.Periods == site.PeriodYear
	case 2:
		return home || f.Periods == site.PeriodMonth
	case 3:
		return home && f.Days || !home && f.Periods == site.PeriodMonth
	}
	return home || !p.Undated || f.Periods != site.PeriodNone
}

// feeds says whether the groups of a kind have a feed each.
func (f *Frame) feeds(k archive.Kind) bool { return slices.Contains(f.FeedKinds, k) }

// SitemapArticles is how many articles one sitemap of a language lists before
// the next begins. With its other pages it stays below the 50,000 addresses that
// a sitemap may hold, and no page added there moves an article into another.
const SitemapArticles = 45_000

// SitemapParts counts the sitemaps of a language that has one for all months.
func SitemapParts(q Questions, t lang.Tag) int {
	n := 1
	for q.AtLeast(archive.GroupOf(t, archive.ByLanguage, ""), n*SitemapArticles+1) {
		n++
	}
	return n
}

// SitemapPath is the site path of such a sitemap, the first being 0.
func SitemapPath(t lang.Tag, part int) string {
	if part == 0 {
		return "/" + string(t) + "/sitemap.xml"
	}
	return fmt.Sprintf("/%s/sitemap-%d.xml", t, part+1)
}

// PlanEntity gives the page of an entity in all languages and the picture of
// its coverage, as far as the site has them, if any article mentions it or it always has a page.
func PlanEntity(q Questions, id entity.ID) []Claim {
	if len(q.Languages(archive.ByEntity, string(id))) == 0 {
		return nil
	}
	dir := path.Join("entities", string(id))
	f := q.Frame("")
	var claims []Claim
	if f.Neutral {
		claims = append(claims, Claim{Path: dir + "/index.html", Spec: Spec{Kind: KindEntity, Language: f.Language, Key: string(id)}})
	}
	if f.Coverage {
		claims = append(claims, Claim{Path: dir + "/coverage.svg", Spec: Spec{Kind: KindCoverage, Key: string(id)}})
	}
	return claims
}

// PlanStory gives the page of the story that an article which others continue is
// part of. It stands under the article that begins it; where another one came to
// stand before that, a way leads from the old address to the new one.
func PlanStory(q Questions, id article.ID) []Claim {
	c, ok := q.Card(id)
	if !ok {
		return nil
	}
	f := q.Frame(c.Language)
	spec := Spec{Kind: KindStory, Language: f.Language, Article: id}
	if up := q.Ancestors(id, storyDepth); len(up) > 0 {
		first := up[len(up)-1]
		spec = Spec{Kind: KindRedirect, Language: f.Language, Article: first, Target: storyPath(f, first)}
	}
	return []Claim{{Path: OutputPath(storyPath(f, id)), Spec: spec}}
}

// PlanInitials gives the A–Z list of a kind in a language: its front and a page
// for each initial; nothing where the language has no group of the kind.
func PlanInitials(q Questions, t lang.Tag, k archive.Kind) []Claim {
	f := q.Frame(t)
	if f.Language != t {
		return nil
	}
	initials := q.Initials(t, k)
	if len(initials) == 0 {
		return nil
	}
	claims := []Claim{{Path: OutputPath(namesPath(t, k, "")), Spec: Spec{Kind: KindNames, Language: t, Key: string(k)}}}
	if !f.Initials {
		return claims
	}
	for _, i := range initials {
		claims = append(claims, Claim{Path: OutputPath(namesPath(t, k, i)), Spec: Spec{Kind: KindNames, Language: t, Key: string(k), Initial: i}})
	}
	return claims
}

// namesPath is the path of an A–Z list: "/ar/tags/", "/ar/tags/a-z/س/". The
// initial of what begins with no letter is "#", which a URL cannot hold.
func namesPath(t lang.Tag, k archive.Kind, initial string) string {
	p := "/" + string(t) + "/" + string(k) + "/"
	if initial == "" {
		return p
	}
	return p + "a-z/" + initialName(initial) + "/"
}

// initialName is an initial as a URL can hold it.
func initialName(initial string) string {
	s := initial // not in lower case: Turkish has İ and I, which only its own rules tell apart
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 || 'a' <= r|0x20 && r|0x20 <= 'z' }) {
		s = "0-9"
	}
	return strings.ReplaceAll(s, "/", "-")
}

// PlanSite gives what exists once: the choice of a language, the page for what
// is not found, robots.txt, the sitemaps of pages and their index. The A–Z
// lists and the front pages come from [PlanInitials] and [PlanGroup].
func PlanSite(q Questions) []Claim {
	f := q.Frame("")
	claims := []Claim{
		{Path: "index.html", Spec: Spec{Kind: KindRoot, Language: f.Language}},
		{Path: "404.html", Spec: Spec{Kind: KindNotFound, Language: f.Language}},
		{Path: "robots.txt", Spec: Spec{Kind: KindRobots}},
		{Path: "sitemap.xml", Spec: Spec{Kind: KindSitemaps}},
	}
	for _, l := range f.Languages {
		if !f.SitemapMonths {
			break // those of languages hold their pages too
		}
		claims = append(claims, Claim{Path: string(l.Language) + "/sitemap-pages.xml", Spec: Spec{Kind: KindSitemap, Language: l.Language}})
	}
	return claims
}

// PlanFile gives the place of a file that is published as it is: source is its
// path below the site's folder. What lies in content/static/ goes to the root,
// everything else below content/ keeps its path, so that translations share one
// picture and a file's URL depends on no article.
func PlanFile(source string) Claim {
	p := strings.TrimPrefix(source, "content/")
	p = strings.TrimPrefix(p, "static/")
	return Claim{Path: p, Explicit: true, Spec: Spec{Kind: KindFile, Target: source}}
}

// PlanAsset gives the place of a theme's asset, named by its path below assets/.
func PlanAsset(name string) Claim {
	return Claim{Path: "assets/" + name, Spec: Spec{Kind: KindFile, Target: "assets/" + name}}
}

// PlanRedirect gives the page that leads from one path on the site to another
// (or to an absolute URL), as content/redirects.toml says.
func PlanRedirect(q Questions, from, to string) Claim {
	f := q.Frame(languageOfPath(q, from))
	return Claim{Path: OutputPath(from), Explicit: true, Spec: Spec{Kind: KindRedirect, Language: f.Language, Target: to}}
}

// languageOfPath gives the declared language that a path on the site begins
// with, "" if none.
func languageOfPath(q Questions, p string) lang.Tag {
	first, _, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/")
	for _, l := range q.Frame("").Languages {
		if string(l.Language) == first {
			return l.Language
		}
	}
	return ""
}

// split says whether a group is too long for one page.
func split(q Questions, f *Frame, g archive.Group) bool { return q.AtLeast(g, f.ListMax+1) }

// declared says whether the site declares the language.
func declared(f *Frame, t lang.Tag) bool {
	return slices.ContainsFunc(f.Languages, func(l LanguageLink) bool { return l.Language == t })
}
