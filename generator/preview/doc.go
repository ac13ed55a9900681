// Package preview shows a site while it is being written: a local server whose
// pages come from a [Source], reload themselves and show what is wrong, and a
// watcher that says when files change. It knows nothing of news and never
// touches the output folder.
//
// # The server
//
// [Serve] answers GET and HEAD. Every HTML page gets one script,
// "<base>.mihbara/live.js", which listens to "<base>.mihbara/events"
// (server-sent events) for
//
//	reload    this page's bytes are others now; the scroll position is kept
//	css       a JSON list of URL paths: swap these stylesheets in place
//	problems  a JSON list of problems: show them over the page, or take the
//	          overlay away if there are none
//
// The source only says that something changed. The server then draws the pages
// that are open in a browser again and compares, so a page that an edit did
// not touch does not flicker. If a page cannot be drawn, the last good one is
// shown from memory, under the overlay.
//
// A web site that is open in the same browser must not read drafts through the
// server: it listens on the loopback interface unless told otherwise, and
// refuses Host headers with a name that is not ours (DNS rebinding needs one).
//
// # The watcher
//
// [Watch] is the only door to fsnotify. What it reports is a hint: that
// something happened at a path or near it, perhaps several times. It promises
// that after a change a batch comes, not what is in it; whoever builds looks
// at the files.
package preview
