// Package entity knows the people, organisations, places and events of a site
// and finds them in its articles.
//
// [ParseEntity] reads one file of the knowledge base, [Builtin] gives what is
// known without one: the territories of CLDR (builtin.go) and what stands in the
// folder world (world.go, roles.go). [Aliases] gives the names under which an
// entity is looked for. [Annotate] takes a plain text, its language and a [Lexicon] and
// gives the mentions that may be linked. Names in Russian are declined
// (declension.go). The steps of Annotate are a file each:
//
//	text → tokens.go (words, parts, prefixes, keys) → candidates.go (aliases that
//	stand here) → rules.go (tests that a candidate must pass) → annotate.go
//	(longest first, short forms) → linking.go (who is meant, or nobody) → mentions
//
// A [Matcher] does the same for many texts and keeps what it worked out of their
// words: vocabulary.go holds the forms of words, matcher.go what a lexicon
// answered to them. aliasrecord.go and record.go are how names and mentions are kept.
//
// The matcher would rather miss a name than link a wrong one: letter folding
// and prefix stripping only propose; see rules.go for what a candidate must
// pass. Results depend on the text, the language, the overrides and the
// lexicon's answers alone, and Annotate reports every key that it asked for,
// so that whoever keeps its result knows when it may have changed.
//
// The package draws no page, knows no archive and learns nothing from one.
package entity
