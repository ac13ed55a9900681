// Package frontmatter is the only door to YAML, TOML and JSON, and to files
// that are not UTF-8.
//
// [Split] finds the front matter of a Markdown file and reads it, [ParseFile]
// reads a whole settings file, [Decode] turns what editors of the last thirty
// years saved into UTF-8. All three formats give the same ordered [Field]s,
// each with the position of its key and of its value, so that a problem found
// much later can still point at the line.
//
// The package promises: no input panics, hangs or grows without bound (size,
// depth and alias expansions are limited before a library sees them); whatever
// can be read of a broken file is in the [Block], and what cannot is named in
// a diagnostic; a key given twice counts as its last value, with a warning.
// It does not know what a key means.
package frontmatter
