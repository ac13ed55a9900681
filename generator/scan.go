package generator

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"

	"mihbara/generator/diag"
	"mihbara/generator/incremental"
)

// stat is what tells whether a file changed since it was read. Settled means
// that the file was over two seconds old when it was scanned: only then do equal
// numbers mean equal bytes, since two edits within one tick of the file system's
// clock leave no trace.
type stat struct {
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
	racing map[string]bool   // files that changed between scan and use
	stale  bool              // the last scan saw other stats than the one before
	told   []diag.Diagnostic // what the last scan found wrong, file by file
}

// keepBytes bounds what the scan keeps in memory for the parser.
const keepBytes = 64 << 20

// scan walks over the site's folder, hashes what may have changed and returns
// the files and folders, sorted as lists of them are, with what could not be
// read. Before is what the last scan returned. If only is not nil, nothing but
// what stands at these paths and below can have changed since.
func (s *sources) scan(ctx context.Context, before []found, now int64, only []string) ([]found, []diag.Diagnostic, error) {
	tops := []string{configFile, "content", "seeds", "themes/" + s.theme}
	only = narrow(before, only, tops)
	w := &walker{sources: s, before: before, now: now, ctx: ctx}
	files, err := w.walk(tops, only)
	if err != nil {
		return nil, nil, err
	}
	if only != nil {
		for _, d := range s.told {
			again := slices.ContainsFunc(only, func(p string) bool { return within(d.Pos.File, p) })
			if !again && !slices.Contains(w.problems, d) {
				w.problems = append(w.problems, d)
			}
		}
	}
	s.told = w.problems
	s.stale = len(before) != len(files) || len(files) > 0 && &before[0] != &files[0]
	return files, slices.Concat(w.problems, lonely(files)), nil
}

// narrow gives those of the paths at which something of the site can have
// changed, without those within others. It gives nil where that is not all that
// must be looked at: a folder is not known, or a name differs from a known one
// only in its case, which on some systems are one.
func narrow(before []found, paths, tops []string) []string {
	if paths == nil || !namesAreWhole {
		return nil
	}
	list := []string{}
	for _, p := range paths {
		inside := slices.ContainsFunc(tops, func(top string) bool { return within(p, top) })
		if inside && !slices.ContainsFunc(strings.Split(p, "/"), hidden) {
			list = append(list, p)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	list = slices.DeleteFunc(slices.Clone(list), func(p string) bool {
		return slices.ContainsFunc(list, func(q string) bool { return p != q && within(p, q) })
	})
	for _, p := range list {
		above, name := cut(p)
		if f, ok := lookUp(before, above); !ok || f.index != isFolder {
			return nil
		}
		w := walker{before: before}
		from, to := w.part(above, 0)
		for _, f := range before[from:to] {
			if sibling := baseOf(f.path); sibling != name && strings.EqualFold(sibling, name) {
				return nil
			}
		}
	}
	return list
}

// lonely names the sidecars beside which no article stands.
func lonely(files []found) (problems []diag.Diagnostic) {
	for _, f := range files {
		if f.index != inSidecar {
			continue
		}
		base := strings.TrimSuffix(f.path, path.Ext(f.path))
		_, lower := lookUp(files, base+".txt")
		_, upper := lookUp(files, base+".TXT")
		if !lower && !upper {
			problems = append(problems, diag.Warnf(diag.Position{File: f.path}, "is a sidecar of no article: there is no %s.txt", base).
				WithHint("give it the name of its article"))
		}
	}
	return problems
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
func (s *Site) feed(files []found) {
	h := xxhash.New()
	for old, now := s.files, files; len(old) > 0 || len(now) > 0; {
		if len(old) > 0 && old[0].index == isFolder {
			old = old[1:]
			continue
		}
		if len(now) > 0 && now[0].index == isFolder {
			now = now[1:]
			continue
		}
		by := order(old, now)
		if by <= 0 {
			if (by < 0 || old[0].index != now[0].index) && old[0].index != inTheme {
				s.engine.SetInput(old[0].index, old[0].path, nil)
			}
		}
		if by >= 0 {
			f := now[0]
			switch {
			case f.index == inTheme:
				fmt.Fprintf(h, "%s %x\n", f.path, f.stat.Hash)
			case by > 0 || old[0].stat.Hash != f.stat.Hash || old[0].index != f.index:
				s.engine.SetInput(f.index, f.path, binary.BigEndian.AppendUint64(nil, f.stat.Hash))
			}
			now = now[1:]
		}
		if by <= 0 {
			old = old[1:]
		}
	}
	if _, ok := lookUp(files, configFile); !ok {
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

// decodeList reads an encoded list; no bytes are an empty one.
func decodeList[T any](data []byte) ([]T, error) {
	if len(data) == 0 {
		return nil, nil
	}
	return incremental.Decode[[]T](data)
}
