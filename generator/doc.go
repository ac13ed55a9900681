// Package generator is the flow from a newsroom's files to a static archive,
// and nothing else: it runs the other packages over the engine and answers what
// pages ask.
//
// # The flow
//
//	content/entities, tags ──► knowledge ─┐
//	seeds/*.txt ──┐                       ▼           ┌──────────── indexes: sorted rows ────────────┐
//	content/*.md ─┴──────────────────► read ─► publish ─► by day · tag · entity · author · translation …  ──► render ──► output ──► public/
//	                                                  └──► relate, plan ──► rows ────────────────────┘    theme · feed · search
//
// Work on each thing by itself, index what all of them say, draw each page from
// what it asks; remember questions and answers, so that whatever would be asked
// and answered the same again is skipped. strata.go lists the functions in their
// order, scan.go is how files enter (walk.go looks at them, stats.go remembers
// what it saw), answers.go is what a page may ask of the site and of an article,
// groups.go of groups, labels.go of names, company.go of an entity, find.go of names
// that are typed; build.go and live.go are the two ways of running it all. figures.go
// keeps where a build's time went, reach.go counts what a change would draw, compact.go makes the store
// small; none of them says anything that an output depends on.
//
// # The house
//
//	diag          one problem: file:line:column, what is wrong, what to do
//	lang          all that is known of languages: script, direction, folding, words, dates, digits, plurals, sorting, slugs, detection
//	incremental   the engine: strata, indexes, questions and its store; knows nothing of news
//	record        plain values as bytes, for what the engine keeps of each article
//	output        the output folder: whole files or none, only when different, only our own
//	frontmatter   the only door to YAML, TOML and JSON, with positions
//	markdown      the only door to goldmark and chroma: HTML with marks where text and links stand
//	tag           tags: their files, the starter set, what a text is about
//	site          site.toml and redirects.toml, checked
//	article       one source → one article
//	entity        knowledge base and matcher
//	recogniser    names that no knowledge base holds, by a statistical model
//	archive       all articles together: groups, related ones, stories, near-duplicates
//	page          the plan (which pages exist, at which path) and the views that templates see
//	theme         templates, messages and assets of a theme
//	feed          feeds and sitemaps
//	search        what a reader's browser needs to find a name: its script and the files that this reads
//	check         dead links and the like in an output folder
//	lint          faults of direction and language in any folder of HTML
//	preview       local server, live reload, watching
//
// Which of them may import which stands in imports_test.go: domain packages know
// no engine; archive and page declare the questions that they ask, and this
// package answers them.
//
// # The law
//
// After any series of edits, additions, renames and deletions of sources,
// templates, messages, settings and names, interrupted anywhere, the output is
// byte for byte what a clean build of the same sources gives for the same time.
// law_test.go keeps it with random edits, damage and kill -9; smallness_test.go
// keeps the opposite, that an edit redraws only what it touches. What follows:
//
//   - Every fact that a function uses comes from its own rows or from a question
//     to its [incremental.Asker]. A function that reads a file, a clock or a
//     variable of its own breaks the law.
//   - No output byte depends on map order, the number of processors, absolute
//     paths or an earlier build.
//   - The store below .mihbara/ is a cache. The output folder knows by itself
//     which files are ours, and by which build.
//
// # Decisions that keep a change small
//
// Other pages see an article through its card. Lists are split by time and not
// by count; a period of a group is a range of the group's rows
// ([archive.Group.Span]). Related articles and stories look backward only. The
// knowledge base is matched through a Bloom filter of each article's words, so
// that a new name visits only articles that may hold it. What all pages of a
// language share, its frame, is one question.
//
// Stories are found by terms ([archive.Term]): what an article holds that is rare
// and the same in all languages. An article looks at the nearest earlier ones that
// hold its heaviest terms, so that a new article asks some hundred rows however long
// the archive is; its parent follows from the two and from what stood before.
//
// # To add …
//
//	a language      a line in lang's table and a folder in lang/data; messages/<tag>.toml in the theme
//	a page kind     a page.Kind with its view and template, and whoever plans it gives rows of ixURL
//	a question      a method of page.Questions, answered in answers.go or the file beside it that its subject has, by an aspect or an index
//	an output file  a page.Claim; a feed format is a file in feed
//	a source field  a key in article; what other pages may show of it goes into article.Card
//
// # Where the plan was bettered
//
// The design wanted rows for every period of every group; they trebled the
// index, so ranges took their place. It wanted notes of 64-bit questions and
// answers; since every answer that changed is found by asking again what was
// asked about touched groups, notes hold questions only, and the answers lie
// with the questions. Questions are kept under the end of the range that they
// ask about, so that an article added at the end of an archive visits none of
// those about what stood before others. Parsing and finding names are one
// function, which the plan had as two: the text is at hand, and keeping every
// document ready for a second step cost more than reading a few files again when
// a name changes.
package generator
