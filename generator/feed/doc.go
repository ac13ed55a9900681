// Package feed draws what other programs read: the Atom feed of a language, the
// sitemaps and robots.txt.
//
// It takes a [page.Spec] of a kind for which IsFeed holds and asks the same
// [page.Questions] as a page does; it sees articles through their cards, so
// that a body edit changes no feed. It gives bytes that are the same for the
// same answers: the time of a feed is that of its newest article, never the
// clock.
package feed

import (
	"fmt"

	"mihbara/generator/page"
)

// Draw makes the file for a spec of a feed kind, whose bytes are appended to
// dst. Any other kind is an error.
func Draw(dst []byte, q page.Questions, s page.Spec) (page.File, error) {
	var data []byte
	switch s.Kind {
	case page.KindFeed:
		data = Atom(dst, q, s)
	case page.KindSitemaps:
		data = Sitemaps(dst, q)
	case page.KindSitemap:
		data = Sitemap(dst, q, s)
	case page.KindRobots:
		data = Robots(dst, q)
	default:
		return page.File{}, fmt.Errorf("no feed of kind %q", s.Kind)
	}
	return page.File{Data: data}, nil
}
