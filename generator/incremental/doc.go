// Package incremental is the engine: it keeps what has been worked out, and
// works out again only what a change could alter.
//
// It knows two things. An index is sorted rows, (group, sort) → key with a
// small payload. A [Stratum] is a pure function over the groups of one index:
// for each group that holds a row it is run once, asks questions of earlier
// strata and of indexes, and gives named aspects of a value, rows of other
// indexes and perhaps the bytes of a file. The strata stand in a fixed order
// and ask only what earlier ones have given, so there are no cycles.
//
//	input rows ─► stratum 0 ─► rows, values ─► stratum 1 ─► … ─► files
//
// A read is a question. An [Asker] notes each question that a function asks;
// nobody declares anything. After a change, what was there before and what is
// there now are both at hand: the questions that were asked about what changed
// are asked of both, and only where the answers differ are the functions run that
// asked them. Work is cut off twice: a value whose aspects come out the same
// wakes nobody, and a file whose bytes come out the same is not written.
//
// Notes are kept by what they are about, so that a change costs what depends on
// it and not what there is: those who asked are found in one place, a batch for
// each commit in which somebody asked. Nothing is taken back from earlier
// batches. What runs again asks again, in a new batch, and its task remembers
// which one counts.
//
// Three kinds of reading exist beside plain questions: [Asker.Own], the rows of
// the group that the function is run for (the engine runs it again whenever
// they change); [Asker.Lookup], for a function that looks up hundreds of groups
// that are mostly empty, noted in a Bloom filter of some ten bits a group; and
// [Asker.Passed], whether the build's clock has reached an instant.
//
// What was worked out lies in memory as bytes, by numbers: a task has one, a row
// holds that of the task that gave it ([Giver]), and what is asked for again and
// again ([Aspect].Often) is decoded once. Indexes that nobody looks at are let go
// when they are much; [Stratum].Asks, a hint and no declaration, says which will be
// wanted later.
//
// All state is a cache in an embedded store. It is dropped, with one line of
// notice, when it is damaged, half-written or from another version; results
// never depend on it. Values and rows are immutable once given.
//
// The package knows nothing of news, of files on disk or of templates.
package incremental
