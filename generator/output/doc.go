// Package output keeps the output folder: every file in it whole or absent,
// rewritten only when its bytes differ, and nothing touched that Mihbara did
// not write.
//
// It takes paths and bytes and knows nothing of pages or news. A build is
//
//	f, err := output.Open("public")
//	err = f.Begin(id, generation)      // from here on the folder is unfinished
//	changed, err := f.Write("ar/index.html", page)
//	removed, err := f.Prune(planned)
//	err = f.Complete()                 // all is written
//
// # What it promises
//
// A kill -9 at any moment leaves every file whole. Files are written under
// another name in the folder they will stand in (".mihbara-tmp-…") and renamed;
// there is no plain create for new files where others see them, however
// tempting, because a kill in the middle of it would leave half a page under its
// final name until somebody builds again, and a deploy may come first. What a
// kill leaves behind is at most one temporary file per writer, which the next
// [Folder.Begin] removes, and a folder that says "unfinished".
//
// The first build of a folder, where nothing is ours and nothing else stands but
// hidden files, has a stage (stage.go): a folder of its own below the output
// folder, closed to others, where files may be created plainly and need no line
// in the list. It is moved into place, a rename for each name at the top, when
// the build completes or is given up. That is 3 calls of the system a file and
// one a folder, 4 a file in all, where the usual way takes 15.
//
// Roads not taken, measured on 34,000 files of 5.7 KB in 22,000 folders: a
// plain create in place takes 15.5 µs of processor a file on tmpfs, a rename
// 20.5, a rename and a record of the list 22, O_TMPFILE and a link 17, and only
// the first is as short as the stage; openat2 costs 1 µs more than openat. On
// ext4 all of them take 70 to 90 µs, nearly all of it the file system's own.
//
// The ownership list (".mihbara-output", described in list.go) names a path
// before its file first appears. Whatever the list names may be overwritten and
// removed; whatever it does not name is foreign, is never overwritten and never
// removed, and stops the one page that needs its place with [ErrForeign]. A
// foreign file with exactly the bytes that we would write is adopted, so that a
// folder whose list was lost heals when nothing else changed.
//
// Pages are not synced one by one: 35,000 syncs would cost minutes. The list
// is synced before the first change. After a power cut (not a kill) a file system that reorders
// writes may have lost page bytes although the list says complete; `build
// --verify` finds that.
//
// # What it refuses
//
// Paths that could leave the folder, in whatever way: all work outside a stage
// goes through one [os.Root], folders are opened one below the other, and a
// symbolic link where a folder or a page should stand counts as foreign. Two processes may write
// the same folder at once (nothing is locked); they then disagree about the
// list, [Folder.Complete] notices and leaves the folder marked unfinished, so
// that the next build compares everything.
package output
