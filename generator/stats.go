package generator

import (
	"encoding/binary"
	"slices"
	"strings"
)

// What the last scan found is kept in two parts: all files and folders, and
// those that changed since all were written. A part is, byte for byte, a list of
// folders:
//
//	length of the folder's path, its bytes
//	count of the files and folders in it, for each
//	    length of its name, its bytes
//	    what it is, a byte: the place of its index in inputs, and flags
//	    its size and inode; its times of modification and of change and its hash, 8 bytes each
//
// Numbers are those of encoding/binary's Uvarint, fixed ones little endian. A
// file with the flag of those that are gone has nothing after its flags.
const (
	statsBlob   = "stats"
	changesBlob = "stats changed"
)

// The flags of a file, above the place of its index.
const (
	indexFlags  byte = 15
	folderFlags byte = 15 // instead of a place: a folder
	settledFlag byte = 16
	goneFlag    byte = 32
)

// appendStats encodes a sorted list.
func appendStats(b []byte, list []found) []byte {
	for len(list) > 0 {
		folder, _ := cut(list[0].path)
		n := 1
		for n < len(list) {
			if next, _ := cut(list[n].path); next != folder {
				break
			}
			n++
		}
		b = binary.AppendUvarint(b, uint64(len(folder)))
		b = append(b, folder...)
		b = binary.AppendUvarint(b, uint64(n))
		for _, f := range list[:n] {
			b = appendStat(b, f)
		}
		list = list[n:]
	}
	return b
}

func appendStat(b []byte, f found) []byte {
	name := baseOf(f.path)
	b = binary.AppendUvarint(b, uint64(len(name)))
	b = append(b, name...)
	if f.index == "" {
		return append(b, goneFlag)
	}
	flags := folderFlags
	if f.index != isFolder {
		flags = byte(slices.Index(inputs[:], f.index))
	}
	if f.stat.Settled {
		flags |= settledFlag
	}
	b = append(b, flags)
	b = binary.AppendUvarint(b, uint64(f.stat.Size))
	b = binary.AppendUvarint(b, f.stat.Inode)
	b = binary.LittleEndian.AppendUint64(b, uint64(f.stat.Mtime))
	b = binary.LittleEndian.AppendUint64(b, uint64(f.stat.Ctime))
	return binary.LittleEndian.AppendUint64(b, f.stat.Hash)
}

// parseStats decodes a list; what makes no sense is as good as nothing.
func parseStats(data []byte) (list []found, ok bool) {
	r := statReader{rest: data}
	list = make([]found, 0, len(data)/40)
	var names strings.Builder
	names.Grow(len(data)) // paths lie one after the other: one piece of memory, mostly
	for len(r.rest) > 0 && !r.bad {
		folder := r.bytes()
		for range r.number() {
			if r.bad {
				break
			}
			list = append(list, r.file(&names, folder))
		}
	}
	return list, !r.bad && slices.IsSortedFunc(list, func(a, b found) int { return compareFound(a.path, b.path) })
}

type statReader struct {
	rest []byte
	bad  bool
}

func (r *statReader) number() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *statReader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *statReader) bytes() []byte { return r.take(r.number()) }

func (r *statReader) fixed() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *statReader) file(names *strings.Builder, folder []byte) found {
	name := r.bytes()
	start := names.Len()
	if len(folder) > 0 {
		names.Write(folder)
		names.WriteByte('/')
	}
	names.Write(name)
	f := found{path: names.String()[start:]}
	flag := r.take(1)
	if flag == nil || flag[0]&goneFlag != 0 {
		return f
	}
	switch i := flag[0] & indexFlags; {
	case int(i) < len(inputs):
		f.index = inputs[i]
	case i == folderFlags:
		f.index = isFolder
	}
	f.stat.Settled = flag[0]&settledFlag != 0
	f.stat.Size, f.stat.Inode = int64(r.number()), r.number()
	f.stat.Mtime, f.stat.Ctime, f.stat.Hash = int64(r.fixed()), int64(r.fixed()), r.fixed()
	return f
}

// merge gives old with the changes applied.
func merge(old, changes []found) []found {
	if len(changes) == 0 {
		return old
	}
	list := make([]found, 0, len(old)+len(changes))
	for len(old) > 0 || len(changes) > 0 {
		switch by := order(old, changes); {
		case by < 0:
			list = append(list, old[0])
			old = old[1:]
			continue
		case by == 0:
			old = old[1:]
		}
		if changes[0].index != "" {
			list = append(list, changes[0])
		}
		changes = changes[1:]
	}
	return list
}

// order compares the first of two lists; an empty one comes last.
func order(a, b []found) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return compareFound(a[0].path, b[0].path)
}

// differences gives what turns old into new: files as they are, and those that
// are gone without an index.
func differences(old, now []found) []found {
	var list []found
	for len(old) > 0 || len(now) > 0 {
		switch by := order(old, now); {
		case by < 0:
			list = append(list, found{path: old[0].path})
			old = old[1:]
		case by > 0:
			list = append(list, now[0])
			now = now[1:]
		default:
			if old[0].stat != now[0].stat || old[0].index != now[0].index {
				list = append(list, now[0])
			}
			old, now = old[1:], now[1:]
		}
	}
	return list
}

// loadStats gives what the last scan found.
func (s *Site) loadStats() []found {
	all, ok1 := parseStats(s.engine.Blob(statsBlob))
	changes, ok2 := parseStats(s.engine.Blob(changesBlob))
	if !ok1 || !ok2 {
		all, changes = nil, nil
	}
	s.saved = all
	return merge(all, changes)
}

// saveStats keeps what the scan found: what changed since all was written, until
// that becomes much. A file that changed while it was used counts as unsettled.
func (s *Site) saveStats() {
	if !s.sources.stale && len(s.sources.racing) == 0 {
		return
	}
	files := s.files
	if len(s.sources.racing) > 0 {
		files = slices.Clone(files)
		for i, f := range files {
			files[i].stat.Settled = f.stat.Settled && !s.sources.racing[f.path]
		}
	}
	changes := differences(s.saved, files)
	if len(changes) > len(s.saved)/16 {
		s.saved, changes = files, nil
		s.engine.PutBlob(statsBlob, appendStats(nil, files))
	}
	s.engine.PutBlob(changesBlob, appendStats(nil, changes))
}
