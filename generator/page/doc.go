// Package page is the plan of the site: which pages exist, at which path, and
// what stands on each.
//
// It takes a [Questions], which is all that a page may ask of the site, and
// gives
//
//   - claims ([PlanArticle], [PlanGroup], [PlanEntity], [PlanInitials],
//     [PlanSite], [PlanFile], [PlanRedirect]): an output path and the [Spec] of
//     what belongs there;
//   - a file for a spec ([Draw]), by way of one view a kind of page. A view is
//     plain data: templates see nothing else.
//
// Promises: the same answers give the same bytes. Every string that may be in
// another language than the page carries its language and direction ([Text]).
// A page asks narrowly, so that it is drawn again only when something that it
// shows has changed: other articles are seen through their cards, thresholds
// are asked as "at least n", no page shows a count of anything outside its own
// subject.
//
// The package knows no engine, no template language and no feed format: theme
// renders views, feed draws the kinds for which [Kind.IsFeed] holds.
package page
