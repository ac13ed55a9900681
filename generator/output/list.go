package output

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// The ownership list, .mihbara-output, is text in UTF-8 whose lines end with
// one line feed. It is three parts:
//
//	mihbara-output 1                              magic word and version
//	paths COUNT BYTES HASH                        what the next BYTES bytes are
//	ar/index.html                                 COUNT lines, a path each,
//	ar/tags/syria/index.html                      sorted by byte, none twice
//	CHECK + PATH                                  records, oldest first: PATH is ours from now on,
//	CHECK - PATH                                  PATH is no longer ours,
//	CHECK folder PATH                             the folder stood before us and is never removed,
//	CHECK begin GENERATION ID                     being written by this build,
//	CHECK done GENERATION ID                      completely written by this build
//
// COUNT, BYTES and GENERATION are decimal. HASH is the xxHash64 of the BYTES
// bytes, 16 hexadecimal digits. CHECK is the lower half of the xxHash64 of the
// rest of its line without the line feed, 8 hexadecimal digits.
//
// Records are appended with one write each time, before the change they
// announce. The last begin or done says in which state the folder is. A last
// line without a line feed or with a wrong CHECK is a torn write: the change
// it announced never began, so it is as if it were not there, and the list is
// written anew before the next record. Anything else that is wrong
// means damage by others: then every line that still can be a path counts as
// owned (a damaged one names no file, in all likelihood) and the state is
// unknown, so that the next build compares everything.
//
// The sorted part is searched as it lies, without parsing it: a million paths
// cost a read and a hash, not a million map entries.

const magic = "mihbara-output 1\n"

// A State says which build wrote the folder last, and whether it finished.
type State struct {
	ID         string // of the store that the build belonged to
	Generation uint64 // of that store
	Complete   bool   // false while it is being written, or when it was interrupted
}

// A list is the ownership list in memory. Not safe for concurrent use.
type list struct {
	base     []byte // sorted lines
	count    int    // lines in base
	added    map[string]struct{}
	gone     map[string]struct{} // of base
	kept     map[string]struct{} // folders that stood before us
	state    State
	damaged  bool // ends in a torn line or worse: write it anew, append nothing
	appended int  // bytes of records since base
}

func newList() *list {
	return &list{added: map[string]struct{}{}, gone: map[string]struct{}{}, kept: map[string]struct{}{}}
}

// parseList reads data; it never fails.
func parseList(data []byte) *list {
	l := newList()
	base, count, records, ok := cutBase(data)
	if !ok {
		return salvage(data)
	}
	l.base, l.count, l.appended = base, count, len(records)
	for len(records) > 0 {
		line, rest, whole := bytes.Cut(records, []byte("\n"))
		if !whole || !l.apply(string(line)) {
			if len(rest) > 0 {
				return salvage(data)
			}
			l.damaged = true
		}
		records = rest
	}
	l.settle()
	return l
}

// cutBase checks the first two parts and returns the sorted lines and the records.
func cutBase(data []byte) (base []byte, count int, records []byte, ok bool) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, 0, nil, false
	}
	head, rest, ok := bytes.Cut(rest, []byte("\n"))
	if !ok {
		return nil, 0, nil, false
	}
	var size int
	var hash uint64
	if n, err := fmt.Sscanf(string(head), "paths %d %d %x", &count, &size, &hash); n != 3 || err != nil || size < 0 || size > len(rest) {
		return nil, 0, nil, false
	}
	base, records = rest[:size:size], rest[size:]
	ends := size == 0 || base[size-1] == '\n'
	return base, count, records, ends && xxhash.Sum64(base) == hash
}

// salvage keeps what can be a path and knows nothing about the state.
func salvage(data []byte) *list {
	l := newList()
	l.damaged = true
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if !l.apply(line) && CheckPath(line) == nil {
			l.add(line)
		}
	}
	l.settle()
	l.state = State{}
	return l
}

// apply takes in one record and says whether it was one.
func (l *list) apply(line string) bool {
	if len(line) < 10 || line[8] != ' ' || line[:8] != check(line[9:]) {
		return false
	}
	verb, rest, ok := strings.Cut(line[9:], " ")
	if !ok {
		return false
	}
	switch verb {
	case "+":
		if CheckPath(rest) != nil {
			return false
		}
		l.add(rest)
	case "-":
		l.remove(rest)
	case "folder":
		l.kept[rest] = struct{}{}
	case "begin", "done":
		generation, id, ok := strings.Cut(rest, " ")
		n, err := strconv.ParseUint(generation, 10, 64)
		if !ok || err != nil {
			return false
		}
		l.state = State{ID: id, Generation: n, Complete: verb == "done"}
	default:
		return false
	}
	return true
}

func check(record string) string { return fmt.Sprintf("%08x", uint32(xxhash.Sum64String(record))) }

// record gives the line of one record.
func record(verb, rest string) string {
	r := verb + " " + rest
	return check(r) + " " + r + "\n"
}

func stateRecord(s State) string {
	verb := "begin"
	if s.Complete {
		verb = "done"
	}
	return record(verb, strconv.FormatUint(s.Generation, 10)+" "+s.ID)
}

func (l *list) add(p string) {
	if _, was := l.gone[p]; was {
		delete(l.gone, p)
	} else if !l.inBase(p) {
		l.added[p] = struct{}{}
	}
}

func (l *list) remove(p string) {
	if _, was := l.added[p]; was {
		delete(l.added, p)
	} else if l.inBase(p) {
		l.gone[p] = struct{}{}
	}
}

func (l *list) owns(p string) bool {
	if _, ok := l.added[p]; ok {
		return true
	}
	if _, ok := l.gone[p]; ok {
		return false
	}
	return l.inBase(p)
}

// settle merges what was added and removed into the sorted part.
func (l *list) settle() {
	if len(l.added) == 0 && len(l.gone) == 0 {
		return
	}
	var merged bytes.Buffer
	n := 0
	for p := range l.paths() {
		merged.WriteString(p)
		merged.WriteByte('\n')
		n++
	}
	l.base, l.count = merged.Bytes(), n
	clear(l.added)
	clear(l.gone)
}

// text gives the whole list, for a new file. The list must be settled.
func (l *list) text() []byte {
	var b bytes.Buffer
	b.Grow(len(l.base) + 256)
	b.WriteString(magic)
	fmt.Fprintf(&b, "paths %d %d %016x\n", l.count, len(l.base), xxhash.Sum64(l.base))
	b.Write(l.base)
	for _, k := range slices.Sorted(maps.Keys(l.kept)) {
		b.WriteString(record("folder", k))
	}
	b.WriteString(stateRecord(l.state))
	return b.Bytes()
}

// search gives the offset of the first line of base that is not below p.
func (l *list) search(p string) int {
	low, high := 0, len(l.base) // always starts of lines
	for low < high {
		middle := low + (high-low)/2
		middle = bytes.LastIndexByte(l.base[low:middle], '\n') + 1 + low
		end := middle + bytes.IndexByte(l.base[middle:], '\n')
		if string(l.base[middle:end]) < p {
			low = end + 1
		} else {
			high = middle
		}
	}
	return low
}

// line gives the line of base that starts at offset.
func (l *list) line(offset int) string {
	rest := l.base[offset:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		return string(rest[:i])
	}
	return ""
}

func (l *list) inBase(p string) bool { return p != "" && l.line(l.search(p)) == p }

// ownsBelow says whether anything in the folder is owned, or was when the list
// was read.
func (l *list) ownsBelow(folder string) bool {
	prefix := folder + "/"
	if strings.HasPrefix(l.line(l.search(prefix)), prefix) {
		return true
	}
	for p := range l.added {
		if strings.HasPrefix(p, prefix) {
			return true
		}
	}
	return false
}

// below gives all that is owned in the folder, sorted.
func (l *list) below(folder string) []string {
	var found []string
	prefix := folder + "/"
	for offset := l.search(prefix); offset < len(l.base); {
		p := l.line(offset)
		if !strings.HasPrefix(p, prefix) {
			break
		}
		if _, gone := l.gone[p]; !gone {
			found = append(found, p)
		}
		offset += len(p) + 1
	}
	for p := range l.added {
		if strings.HasPrefix(p, prefix) {
			found = append(found, p)
		}
	}
	slices.Sort(found)
	return found
}

// paths gives all owned paths in order. What changes meanwhile is not seen.
func (l *list) paths() func(yield func(string) bool) {
	base, gone := l.base, maps.Clone(l.gone)
	added := slices.Sorted(maps.Keys(l.added))
	return func(yield func(string) bool) {
		for len(base) > 0 {
			end := bytes.IndexByte(base, '\n')
			p := string(base[:end])
			base = base[end+1:]
			for len(added) > 0 && added[0] < p {
				if !yield(added[0]) {
					return
				}
				added = added[1:]
			}
			if _, out := gone[p]; !out && !yield(p) {
				return
			}
		}
		for _, p := range added {
			if !yield(p) {
				return
			}
		}
	}
}
