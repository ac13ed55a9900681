// Package lint holds pages to the rules of direction and language that browsers
// let anybody break in silence: no direction on the root, a paragraph that runs
// the wrong way, a date after Arabic letters that is shown backwards, a control
// character that turns the rest of the line round.
//
// It takes a folder of HTML files, feeds and style sheets, whoever wrote them, and
// gives findings with file, line and the id of the rule ([Rules] lists them). It
// reads nothing but those files, fetches nothing, and changes nothing.
//
// What a page shows where is worked out with the Unicode Bidirectional Algorithm
// ([lang.Levels]) and the HTML standard's reading of dir, <bdi> and <bdo>; no
// browser is needed. Style sheets are read for sides, forced directions and what
// does not suit the scripts of the folder's pages (site.go); what they make of an
// element is not known here: text is taken for the block or the inline text that
// its element usually is.
//
// The flow: tree.go reads a file into elements and texts with their places,
// line.go puts together what stands on one line, the other files hold the rules
// by their groups: document.go, script.go, frame.go and record.go (D), block.go (B),
// inline.go and nested.go (N), attribute.go and feed.go (T), control.go (H), style.go,
// icon.go and leading.go (L, Y), data.go, figures.go and sequence.go (O, Z).
//
// testdata/rules.txt has examples that break and keep each rule; testdata/items.txt
// lists the 96 items that our own pages are held to, and what holds them.
package lint
