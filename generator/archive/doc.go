// Package archive looks at all articles together: which groups an article
// belongs to and where it stands in them, what it is related to, which earlier
// article it continues and which it repeats.
//
// All of it looks backward, over a bounded neighbourhood: what is said of an
// article depends on articles before it and never on later ones, so that adding
// one at the end of an archive of any size touches no older page. Scores are
// integers and ties are broken by date and id.
//
// The package is pure: what it wants to know of the archive it asks through
// [Neighbourhood], and it refuses to walk over everything.
package archive
