// Package lang holds all that Mihbara knows of languages: tags, scripts and
// directions, the bidirectional algorithm and what must be isolated for it,
// digits, dates and calendars, plurals, lists, collation, territory names, detection, slugs and the cutting
// of text.
//
// It takes and gives plain strings and small values, reads no clock and no
// file, and imports none of our packages. Data lies as text under
// data/<tag>/, one folder a language, the same file names in each so that a
// gap is visible; the first line of a file names its origin and licence. Most
// of it is written by gen/main.go from CLDR 48.2, the rest by hand and marked
// so. A language's files are read when it is first asked for and never before.
//
// Nothing here panics on bad input: an unknown language degrades to the
// nearest known one, text that is not valid UTF-8 keeps its bytes or loses
// only those that cannot be shown.
package lang
