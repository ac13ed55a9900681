// Package markdown turns the body of an article into HTML with marks. It is
// the only door to goldmark, chroma, bluemonday and x/net/html.
//
// It takes the bytes of a Markdown body ([Parse]) or of a raw seed
// ([PlainText]) and gives a [Document]: HTML, the plain text that it shows, and
// for every piece of running text where it stands in both ([Run]). Whoever
// finds an entity in the text can so wrap it in the HTML ([Document.Apply])
// without parsing HTML again; link and image destinations ([Ref]) can be
// rewritten in the same step.
//
// What a reader of Arabic, Persian or Hebrew must not have to notice is done
// here: a block whose direction or language differs from its surroundings says
// so, text is in NFC and in letters, code and tables keep their place, numbers with signs are isolated, spaces before
// commas go, bidi controls cannot leak. DESIGN.md §5 and the groups A2, A3 and
// A5 of the direction rules say what and why.
//
// The package promises: no panic and no endless run on any input, balanced tags
// unless raw HTML is trusted, nothing dropped without a diagnostic, the same
// bytes for the same input. It refuses: front matter (the caller cuts it off),
// reading files, deciding URLs.
//
// The flow: [Parse] cleans the bytes (source.go), goldmark with our bounds and
// inline rules makes its tree (grammar.go, emphasis.go, autolink.go,
// markers.go, shortcode.go), blocks are drawn (block.go, table.go, rawhtml.go,
// highlight.go); the text of each block first gathers in a flow (inline.go,
// flow.go), is repaired and isolated there (typography.go, isolate.go), and is
// written with its runs.
package markdown
