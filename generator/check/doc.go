// Package check reads an output folder as a visitor's browser and a search
// engine would, and says what is wrong with it: links that lead nowhere,
// pictures that are not there, ids that a page has twice or not at all, pages
// that name each other as translations on one side only.
//
// It looks at files and at nothing else, so that it finds what a template, an
// article's own HTML and the program's own code did wrong alike, and can be
// pointed at an output that stands on another machine's disk. It neither
// fetches anything nor follows links that leave the site.
package check
