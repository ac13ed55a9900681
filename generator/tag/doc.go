// Package tag knows the tags of a site, and which of them a text is about.
//
// [Parse] reads one file of content/tags/. [Starter] gives the tags that are
// there without a file: the seventeen top topics of IPTC's media topics
// (starter/topics.txt), each with words in up to twelve languages
// (starter/<topic>.txt) that are meant to be read and corrected. A row of those
// tables is a [Concept]: the same thing in all languages. So concepts serve twice,
// to tell what a text is about and to compare texts of different languages.
//
//	text → [Finder.Find] (concepts, by the stems of words) → [Topics] (tags)
//
// The package knows no archive and learns nothing from one: how rare a concept is
// stands in starter/rarity.txt, which cmd/tags has measured on annotated text.
package tag
