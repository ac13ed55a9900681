// Package search makes what a reader's browser needs to find a name in the
// archive: the script, and the files that it reads.
//
// The names of people, places, organisations, tags, sections and authors that
// have a page are found by the beginnings of their words, however they are typed:
// اسد finds الأسد, guterres finds António Guterres. What no name of the page's own
// language begins with is looked for among those of the other languages. Both
// sides make the keys of words by one table, [lang.FoldingTable]; find.js has no
// list of letters of its own.
//
// Names lie in shards, one file of JSON for all that have a word whose loose key
// begins with the same letter ("/search/ar/0633.json"), or, where these are more
// than the site wants in one file, with the same two letters. A name that is added, renamed or lost
// changes the few shards of its words; a reader fetches one or two of them,
// however many names there are. "/search/shards.json" tells which there are.
//
// Texts of articles are not searched.
package search
