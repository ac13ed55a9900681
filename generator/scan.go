package generator

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"mihbara/generator/diag"
	"mihbara/generator/incremental"
)

// stat is what tells whether a file changed since it was read. Settled means
// that the file was over two seconds old when it was scanned: only then do equal
// numbers mean equal bytes, since two edits within one tick of the file system's
// clock leave no trace.
type stat struct {
	_                  struct{} `cbor:",toarray"`
	Size, Mtime, Ctime int64
	Inode, Hash        uint64
	Settled            bool
}

// settleTime is how old, in nanoseconds, a change must be to be told apart from
// a later one.
const settleTime = 2e9

// sources reads the site's folder. All access goes through one os.Root, so that
// no link leads out of it.
type sources struct {
	root  *os.Root
	theme string // name of the theme: only its own folder is read

	mu     sync.Mutex
	kept   map[string][]byte // files read by the scan and not yet used
	size   int
	racing map[string]bool // files that changed between scan and use
	stale  bool            // the last scan saw other stats than the one before
}

// keepBytes bounds what the scan keeps in memory for the parser.
const keepBytes = 64 << 20

// found is one file that the scan saw.
type found struct {
	path  string
	index incremental.Index // "" for a file of no use
	stat  stat
}

// scan walks over the site's folder, hashes what may have changed and returns
// the files, sorted, with what could not be read.
func (s *sources) scan(ctx context.Context, before map[string]stat, now int64) (map[string]found, []diag.Diagnostic, error) {
	w := &walker{sources: s, files: map[string]found{}}
	for _, top := range []string{"site.toml", "content", "seeds", "themes/" + s.theme} {
		if err := w.visit(top); err != nil {
			return nil, nil, err
		}
	}
	var stale []string
	for p, f := range w.files {
		old, ok := before[p]
		if ok && old.Settled && old.Size == f.stat.Size && old.Mtime == f.stat.Mtime && old.Ctime == f.stat.Ctime && old.Inode == f.stat.Inode {
			f.stat.Hash, f.stat.Settled = old.Hash, true
			w.files[p] = f
			continue
		}
		stale = append(stale, p)
	}
	slices.Sort(stale)
	s.stale = len(stale) > 0 || len(before) != len(w.files)
	if err := s.hash(ctx, w, stale, now); err != nil {
		return nil, nil, err
	}
	w.lonely()
	return w.files, w.problems, nil
}

// lonely names the sidecars beside which no article stands.
func (w *walker) lonely() {
	for p, f := range w.files {
		if f.index != inSidecar {
			continue
		}
		base := strings.TrimSuffix(p, path.Ext(p))
		_, lower := w.files[base+".txt"]
		_, upper := w.files[base+".TXT"]
		if !lower && !upper {
			w.problems = append(w.problems, diag.Warnf(diag.Position{File: p}, "is a sidecar of no article: there is no %s.txt", base).
				WithHint("give it the name of its article"))
		}
	}
}

// hash reads the files and notes the hashes of their bytes.
func (s *sources) hash(ctx context.Context, w *walker, stale []string, now int64) error {
	hashes := make([]uint64, len(stale))
	errs := make([]error, len(stale))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8) // reading waits for the disk more than for a processor
	for i, p := range stale {
		g.Go(func() error {
			data, err := s.root.ReadFile(p)
			if err != nil {
				errs[i] = err
				return ctx.Err()
			}
			hashes[i] = xxhash.Sum64(data)
			s.keep(p, data)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, p := range stale {
		if errs[i] != nil {
			delete(w.files, p)
			if !errors.Is(errs[i], fs.ErrNotExist) {
				w.problems = append(w.problems, unreadable(p, errs[i]))
			}
			continue
		}
		f := w.files[p]
		f.stat.Hash = hashes[i]
		f.stat.Settled = max(f.stat.Mtime, f.stat.Ctime) < now-settleTime
		w.files[p] = f
	}
	return nil
}

func unreadable(p string, err error) diag.Diagnostic {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	d := diag.Errorf(diag.Position{File: p}, "cannot be read: %v", err)
	if errors.Is(err, fs.ErrPermission) {
		return d.WithHint("give the user who builds the site permission to read it")
	}
	return d
}

func (s *sources) keep(p string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string][]byte{}
	}
	if s.size+len(data) <= keepBytes {
		s.kept[p] = data
		s.size += len(data)
	}
}

// read returns the bytes of a file whose hash the scan noted. A file that
// changed in between is read as it is and remembered as racing, so that the next
// scan looks at it again.
func (s *sources) read(p string, hash uint64) ([]byte, error) {
	s.mu.Lock()
	data, ok := s.kept[p]
	if ok {
		delete(s.kept, p)
		s.size -= len(data)
	}
	s.mu.Unlock()
	if ok && xxhash.Sum64(data) == hash {
		return data, nil
	}
	data, err := s.root.ReadFile(p)
	if err != nil || xxhash.Sum64(data) != hash {
		s.mu.Lock()
		s.racing[p] = true
		s.mu.Unlock()
	}
	return data, err
}

// A walker collects the files below the site's folder.
type walker struct {
	*sources
	files    map[string]found
	problems []diag.Diagnostic
}

func (w *walker) visit(p string) error {
	info, err := w.root.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.entry(p, info)
}

func (w *walker) entry(p string, info fs.FileInfo) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return w.link(p)
	case info.IsDir():
		return w.folder(p)
	case info.Mode().IsRegular():
		w.file(p, info)
	default:
		w.problems = append(w.problems, diag.Warnf(diag.Position{File: p}, "is neither a file nor a folder and was left out"))
	}
	return nil
}

// link follows a symbolic link to a file inside the site.
func (w *walker) link(p string) error {
	info, err := w.root.Stat(p)
	switch {
	case err != nil:
		w.problems = append(w.problems, diag.Errorf(diag.Position{File: p}, "is a symbolic link that leads nowhere or out of the site's folder, and was refused").
			WithHint("put a copy of the file here"))
	case info.IsDir():
		w.problems = append(w.problems, diag.Errorf(diag.Position{File: p}, "is a symbolic link to a folder, and was refused").
			WithHint("move the folder here: a link could lead in a circle"))
	default:
		w.file(p, info)
	}
	return nil
}

func (w *walker) folder(p string) error {
	dir, err := w.root.Open(p)
	if err == nil {
		defer dir.Close()
		var entries []fs.DirEntry
		if entries, err = dir.ReadDir(-1); err == nil {
			return w.entries(p, entries)
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		w.problems = append(w.problems, unreadable(p, err))
		return nil
	}
	return fmt.Errorf("%s: %w", p, err)
}

func (w *walker) entries(p string, entries []fs.DirEntry) error {
	for _, e := range entries {
		name := e.Name()
		if hidden(name) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // gone since the folder was read
			continue
		}
		if err == nil {
			err = w.entry(path.Join(p, name), info)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hidden files, and what editors leave beside a file while it is open, are
// nobody's content.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

func (w *walker) file(p string, info fs.FileInfo) {
	f := found{path: p, index: indexOf(p)}
	if f.index == "" {
		w.problems = append(w.problems, diag.Warnf(diag.Position{File: p}, "is not a raw article (.txt) and was left out").
			WithHint("raw articles end in .txt, their sidecars in .yaml or .toml; pictures belong into content/"))
		return
	}
	f.stat.Size, f.stat.Mtime = info.Size(), info.ModTime().UnixNano()
	f.stat.Ctime, f.stat.Inode = changeOf(info)
	w.files[p] = f
}

// indexOf says what a file is by its place and name.
func indexOf(p string) incremental.Index {
	ext := strings.ToLower(path.Ext(p))
	markdown := ext == ".md" || ext == ".markdown"
	data := ext == ".yaml" || ext == ".yml" || ext == ".toml" || ext == ".json"
	switch top, rest, _ := strings.Cut(p, "/"); {
	case p == configFile || p == redirectsFile:
		return inConfig
	case top == "themes":
		return inTheme
	case top == "seeds" && ext == ".txt":
		return inSource
	case top == "seeds" && data:
		return inSidecar
	case top == "seeds":
		return ""
	case strings.HasPrefix(rest, "entities/") && markdown:
		return inEntity
	case strings.HasPrefix(rest, "tags/") && markdown:
		return inTag
	case markdown && !strings.HasPrefix(rest, "static/"):
		return inSource
	}
	return inFile
}

const (
	configFile    = "site.toml"
	redirectsFile = "content/redirects.toml"
)

// feed tells the engine what the scan found.
func (s *Site) feed(files map[string]found) {
	for _, p := range slices.Sorted(maps.Keys(s.files)) {
		old := s.files[p]
		if f, ok := files[p]; (!ok || f.index != old.index) && old.index != inTheme {
			s.engine.SetInput(old.index, p, nil)
		}
	}
	h := xxhash.New()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		f := files[p]
		if f.index == inTheme {
			fmt.Fprintf(h, "%s %x\n", p, f.stat.Hash)
			continue
		}
		if old, ok := s.files[p]; ok && old.stat.Hash == f.stat.Hash && old.index == f.index {
			continue
		}
		s.engine.SetInput(f.index, p, binary.BigEndian.AppendUint64(nil, f.stat.Hash))
	}
	if _, ok := files[configFile]; !ok {
		s.engine.SetInput(inConfig, configFile, []byte("missing"))
	}
	own := ownNone
	if len(s.themeFiles) > 0 {
		own = ownSome
	}
	s.engine.SetInput(inTheme, themeKey, h.Sum([]byte(own+s.sources.theme+" ")))
	s.files = files
}

// The payload of the theme begins with one of these: whether the site has files
// of the theme itself.
const (
	ownNone = "-"
	ownSome = "+"
)

// hashOf reads the hash that feed put into a payload.
func hashOf(payload []byte) uint64 {
	if len(payload) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(payload)
}

// statsBlob is the name under which the stats of the last scan are kept.
const statsBlob = "stats"

type savedStat struct {
	_    struct{} `cbor:",toarray"`
	Path string
	Stat stat
}

func (s *Site) loadStats() map[string]found {
	list, err := decodeList[savedStat](s.engine.Blob(statsBlob))
	if err != nil {
		return nil
	}
	files := make(map[string]found, len(list))
	for _, e := range list {
		files[e.Path] = found{e.Path, indexOf(e.Path), e.Stat}
	}
	return files
}

// decodeList reads an encoded list; no bytes are an empty one.
func decodeList[T any](data []byte) ([]T, error) {
	if len(data) == 0 {
		return nil, nil
	}
	return incremental.Decode[[]T](data)
}

func (s *Site) saveStats() {
	if !s.sources.stale && len(s.sources.racing) == 0 {
		return
	}
	list := make([]savedStat, 0, len(s.files))
	for p, f := range s.files {
		if s.sources.racing[p] {
			f.stat.Settled = false
		}
		list = append(list, savedStat{Path: p, Stat: f.stat})
	}
	slices.SortFunc(list, func(a, b savedStat) int { return cmp.Compare(a.Path, b.Path) })
	s.engine.PutBlob(statsBlob, incremental.Encode(list))
}
