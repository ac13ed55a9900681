// Package article turns one source into one article.
//
// A source is a raw text (a seed) or a Markdown file, with or without front
// matter, with or without a sidecar; [Parse] reads it by itself, without
// looking at any other file, and gives an [Article] of plain data that can be
// encoded. What the source does not say is derived and named in
// Article.Derived: language, headline, lead, dateline, section, and a date
// where the name of the file holds one. No date is invented.
//
// [Permalink] and [Article.Card] say where the article stands and what other
// pages may show of it.
//
// What cannot be read is named in a diagnostic with its place. An Error means
// that the article must not be built, because it would say or be something
// else than its author wrote; the Article then holds what could be read.
package article
