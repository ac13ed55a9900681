package output

import (
	"bytes"
	"fmt"
	"io"
	"iter"
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
// The sorted part is read, and its HASH compared, when a path is first looked
// up, and then searched as it lies: a build that changes nothing, or only pages
// that it knows to be ours, reads a hundred bytes of the list of a million paths.
// So damage to the sorted part may be found while a build is under way; what
// that build finds done is then not believed: its end leaves the folder marked
// as unfinished.

const magic = "mihbara-output 1\n"

// A State says which build wrote the folder last, and whether it finished.
type State struct {
	ID         string // of the store that the build belonged to
	Generation uint64 // of that store
	Complete   bool   // false while it is being written, or when it was interrupted
}

// A list is the ownership list in memory. Not safe for concurrent use.
type list struct {
	base     []byte              // sorted lines
	count    int                 // lines in base
	lazy     func() []byte       // the whole list as it lies on disk, nil if it cannot be read; nil when base is here
	source   io.Closer           // what lazy reads
	size     int                 // of base, here or not
	added    pathSet             // perhaps of base too
	gone     map[string]struct{} // perhaps not of base
	kept     map[string]struct{} // folders that stood before us
	state    State
	damaged  bool // ends in a torn line or worse: write it anew, append nothing
	doubtful bool // the damage was found after the list was opened
	appended int  // bytes of records since base
}

func newList() *list {
	return &list{gone: map[string]struct{}{}, kept: map[string]struct{}{}}
}

// parseList reads data; it never fails.
func parseList(data []byte) *list {
	head, ok := cutHead(data)
	if !ok || len(data)-head.length < head.size {
		return salvage(data)
	}
	l := newList()
	l.count, l.size = head.count, head.size
	l.lazy = func() []byte { return data }
	if l.load(); l.doubtful || !l.follow(data[head.length+head.size:]) {
		return salvage(data)
	}
	return l
}

// A listFile is the list on disk, open for reading.
type listFile interface {
	io.ReaderAt
	io.Closer
}

// openList reads the ends of a list of size bytes, and the rest when it is
// needed. Whole reads it; nil is a failure of the disk.
//
// The list closes file when it needs it no longer; see [list.close].
func openList(file listFile, size int64) (*list, error) {
	whole := func() ([]byte, error) {
		data := make([]byte, size)
		n, err := file.ReadAt(data, 0)
		if err == io.EOF {
			err = nil
		}
		return data[:n], err
	}
	first := make([]byte, min(size, headRoom))
	if _, err := file.ReadAt(first, 0); err != nil && err != io.EOF {
		file.Close()
		return nil, err
	}
	if head, ok := cutHead(first); ok && int64(head.length)+int64(head.size) <= size {
		l := newList()
		l.count, l.size = head.count, head.size
		l.lazy = func() []byte { data, _ := whole(); return data }
		records := make([]byte, size-int64(head.length)-int64(head.size))
		if _, err := file.ReadAt(records, size-int64(len(records))); err != nil && err != io.EOF {
			file.Close()
			return nil, err
		}
		if l.follow(records) {
			l.source = file
			return l, nil
		}
	}
	defer file.Close()
	data, err := whole()
	if err != nil {
		return nil, err
	}
	return salvage(data), nil
}

// load brings the sorted part in, if it is not yet.
func (l *list) load() {
	if l.lazy == nil {
		return
	}
	data := l.lazy()
	l.close()
	l.lazy = nil
	head, ok := cutHead(data)
	if ok && head.size == l.size && len(data)-head.length >= head.size {
		base := data[head.length:][:head.size:head.size]
		if (head.size == 0 || base[head.size-1] == '\n') && xxhash.Sum64(base) == head.hash {
			l.base = base
			return
		}
	}
	saved := salvage(data)
	for p := range l.added.all() {
		saved.add(p)
	}
	for p := range l.gone {
		saved.remove(p)
	}
	for k := range l.kept {
		saved.kept[k] = struct{}{}
	}
	saved.settle()
	saved.doubtful = true
	*l = *saved
}

// close lets go of the file of a list that was never loaded.
func (l *list) close() {
	if l.source != nil {
		l.source.Close()
		l.source = nil
	}
}

// follow takes in the records and says whether they are whole, but for the last.
func (l *list) follow(records []byte) bool {
	l.appended = len(records)
	for len(records) > 0 {
		line, rest, whole := bytes.Cut(records, []byte("\n"))
		if !whole || !l.apply(string(line)) {
			if len(rest) > 0 {
				return false
			}
			l.damaged = true
		}
		records = rest
	}
	return true
}

// A head is the first two lines of the list.
type head struct {
	length      int // of the two
	count, size int
	hash        uint64
}

// headRoom is more than a head can take.
const headRoom = 256

func cutHead(data []byte) (h head, ok bool) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return head{}, false
	}
	line, _, ok := bytes.Cut(rest[:min(len(rest), headRoom-len(magic))], []byte("\n"))
	if !ok {
		return head{}, false
	}
	if n, err := fmt.Sscanf(string(line), "paths %d %d %x", &h.count, &h.size, &h.hash); n != 3 || err != nil || h.size < 0 {
		return head{}, false
	}
	h.length = len(magic) + len(line) + 1
	return h, true
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

func check(record string) string {
	return string(appendCheck(make([]byte, 0, 8), []byte(record)))
}

func appendCheck(b, record []byte) []byte {
	const digits = "0123456789abcdef"
	sum := uint32(xxhash.Sum64(record))
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, digits[sum>>shift&15])
	}
	return b
}

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
	delete(l.gone, p)
	l.added.add(p)
}

func (l *list) remove(p string) {
	l.added.remove(p)
	if l.lazy != nil || len(l.base) > 0 {
		l.gone[p] = struct{}{}
	}
}

func (l *list) owns(p string) bool {
	if l.added.has(p) {
		return true
	}
	if _, ok := l.gone[p]; ok {
		return false
	}
	return l.inBase(p)
}

// settle merges what was added and removed into the sorted part.
func (l *list) settle() {
	l.load()
	if l.added.count == 0 && len(l.gone) == 0 {
		return
	}
	merged := make([]byte, 0, len(l.base)+len(l.added.text))
	n := 0
	l.merge(func(p []byte) bool {
		merged = append(append(merged, p...), '\n')
		n++
		return true
	})
	l.base, l.count, l.size = merged, n, len(merged)
	l.added = pathSet{}
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

func (l *list) inBase(p string) bool {
	l.load()
	return p != "" && l.line(l.search(p)) == p
}

// ownsBelow says whether anything in the folder is owned, or was when the list
// was read.
func (l *list) ownsBelow(folder string) bool {
	l.load()
	prefix := folder + "/"
	if strings.HasPrefix(l.line(l.search(prefix)), prefix) {
		return true
	}
	for p := range l.added.all() {
		if strings.HasPrefix(p, prefix) {
			return true
		}
	}
	return false
}

// below gives all that is owned in the folder, sorted.
func (l *list) below(folder string) []string {
	l.load()
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
	for p := range l.added.all() {
		if strings.HasPrefix(p, prefix) {
			found = append(found, p)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// paths gives all owned paths in order. What changes meanwhile is not seen.
func (l *list) paths() iter.Seq[string] {
	l.load()
	still := list{base: l.base, gone: maps.Clone(l.gone)}
	added := l.added.sorted()
	return func(yield func(string) bool) {
		still.mergeWith(added, func(p []byte) bool { return yield(string(p)) })
	}
}

func (l *list) merge(yield func(p []byte) bool) { l.mergeWith(l.added.sorted(), yield) }

// mergeWith gives the owned paths of base and the added ones, sorted, each once.
func (l *list) mergeWith(added [][]byte, yield func(p []byte) bool) {
	for base := l.base; len(base) > 0; {
		end := bytes.IndexByte(base, '\n')
		p := base[:end]
		base = base[end+1:]
		for len(added) > 0 && bytes.Compare(added[0], p) <= 0 {
			if string(added[0]) != string(p) && !yield(added[0]) {
				return
			}
			added = added[1:]
		}
		if len(l.gone) > 0 {
			if _, out := l.gone[string(p)]; out {
				continue
			}
		}
		if !yield(p) {
			return
		}
	}
	for _, p := range added {
		if !yield(p) {
			return
		}
	}
}
