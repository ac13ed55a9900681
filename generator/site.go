package generator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mihbara/generator/archive"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/page"
	"mihbara/generator/site"
	"mihbara/generator/theme"
)

// Options say which site is built, and how. Source, Clock and Version are
// needed.
type Options struct {
	Source  string // folder of the site
	Out     string // output folder; "" is "public" inside Source
	BaseURL string // instead of the one of site.toml; "" leaves that
	// Clock tells the time: that of the file system, to know whether a file may
	// have changed without a trace, and that of the build where Now is zero.
	Clock   func() time.Time
	Now     time.Time // the time for which the site is built
	Drafts  bool      // build drafts too
	Future  bool      // build articles whose date has not come too
	Version string    // of the program: a store of another one is dropped
	NoStore bool      // work everything out anew and keep nothing
	Workers int       // 0: one a processor

	snapshot bool // where another process holds the store, read a copy of it
	sole     bool // where another process holds the store, fail

	// Memory tells how many bytes of memory the process has held at most; nil or 0
	// where that is not known.
	Memory func() int64

	Notice   func(line string)                   // what happened to the store or the output
	Progress func(stage string, done, total int) // from several goroutines; nil for none
}

func (o *Options) out() string {
	if o.Out != "" {
		return o.Out
	}
	return filepath.Join(o.Source, "public")
}

func (o *Options) notice(format string, args ...any) {
	if o.Notice != nil {
		o.Notice(fmt.Sprintf(format, args...))
	}
}

// StoreDir is the folder of the store inside the site's folder. It may be
// deleted at any time.
const StoreDir = ".mihbara"

// ErrNoSite means that the folder holds neither site.toml nor content/ nor
// seeds/.
var ErrNoSite = errors.New("there is no site here")

// A Site is a site's folder together with all that was worked out of it. It is
// used by one goroutine; [Live] guards it where pages are drawn meanwhile.
type Site struct {
	options     Options
	engine      *incremental.Engine
	sources     *sources
	sink        sink
	rooms       rooms
	storeDir    string // folder of the store; "" if there is none
	snapshotDir string // folder of a copy of the store, removed by Close
	opened      *meter // of the build that the site is opened for
	files       []found
	saved       []found // what the store has as all files
	scanned     []diag.Diagnostic
	aliases     sync.Map // decoded aliases of this run, by index and key
	names       *entity.Matcher
	triggers    *entity.Matcher
	terms       archive.TermReader
	frames      sync.Map // frames with their locales, by frames without
	labels      memo[labelKey, *page.Label]
	builtins    memo[*site.Settings, []incremental.Part] // what rereadBuiltin gave in this run

	themeMu       sync.Mutex
	themeFiles    map[string]found
	loaded        *theme.Theme
	loadedName    string
	themeProblems []diag.Diagnostic
}

// open opens a site with the store of that name.
func open(o Options, store string) (*Site, error) {
	root, err := os.OpenRoot(o.Source)
	if err != nil {
		return nil, err
	}
	s := &Site{options: o, sources: &sources{root: root, racing: map[string]bool{}}, sink: nowhere{}, opened: newMeter(o.Clock)}
	s.names, s.triggers = s.newMatcher(ixAlias), s.newMatcher(ixTrigger)
	if !s.exists() {
		root.Close()
		return nil, fmt.Errorf("%s: %w", o.Source, ErrNoSite)
	}
	eo := incremental.Options{Version: o.Version, Strata: s.strata(), Inputs: inputs[:], Workers: o.Workers,
		Notice: o.Notice, Progress: o.Progress, Panicked: panicked, Clock: o.Clock}
	if !o.NoStore {
		eo.Dir = filepath.Join(o.Source, StoreDir, store)
	}
	s.engine, err = incremental.Open(eo)
	if errors.Is(err, incremental.ErrLocked) && o.snapshot {
		if s.snapshotDir, err = snapshot(eo.Dir); err != nil {
			root.Close()
			return nil, err
		}
		eo.Dir = s.snapshotDir
		s.engine, err = incremental.Open(eo)
	}
	if errors.Is(err, incremental.ErrLocked) && o.sole {
		root.Close()
		return nil, fmt.Errorf("another process (%s) holds the store; end it first", holder(eo.Dir))
	}
	if errors.Is(err, incremental.ErrLocked) {
		o.notice("another process (%s) holds the store; this one works everything out without it", holder(eo.Dir))
		eo.Dir = ""
		s.engine, err = incremental.Open(eo)
	}
	if pe := (*fs.PathError)(nil); eo.Dir != "" && errors.As(err, &pe) {
		// The store is a cache: a checkout that may only be read builds without.
		o.notice("there is no store, so this works everything out: %v", pe)
		eo.Dir = ""
		s.engine, err = incremental.Open(eo)
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	s.storeDir = eo.Dir
	if eo.Dir != "" && s.snapshotDir == "" {
		writeHolder(eo.Dir)
	}
	return s, nil
}

func (s *Site) exists() bool {
	for _, name := range []string{configFile, "content", "seeds"} {
		if _, err := s.sources.root.Stat(name); err == nil {
			return true
		}
	}
	return false
}

// holderFile names the process that holds a store, for those who find it held.
func holderFile(dir string) string { return dir + ".pid" }

func writeHolder(dir string) {
	// Best effort: the file is only ever shown to people.
	_ = os.WriteFile(holderFile(dir), fmt.Appendf(nil, "%d", os.Getpid()), 0o644)
}

func holder(dir string) string {
	if pid, err := os.ReadFile(holderFile(dir)); err == nil {
		return "process " + strings.TrimSpace(string(pid))
	}
	return "unknown"
}

// Close lets the site go. What was not committed is lost.
func (s *Site) Close() error {
	err := errors.Join(s.engine.Close(), s.sources.root.Close())
	if s.snapshotDir != "" {
		err = errors.Join(err, os.RemoveAll(s.snapshotDir))
	}
	return err
}

// snapshot copies the files of a store that another process holds. Tables never
// change once written; what the log lacks is at worst the build that is under
// way. Where files came or went meanwhile, the copy may be of two states of the
// store, and another is made.
func snapshot(dir string) (to string, err error) {
	if to, err = os.MkdirTemp("", "mihbara-store-*"); err != nil {
		return "", err
	}
	for try := range snapshotTries {
		time.Sleep(time.Duration(try) * snapshotPause)
		var before, after []string
		before, err = fs.Glob(os.DirFS(dir), "*")
		err = errors.Join(err, os.CopyFS(to, os.DirFS(dir)))
		if after, _ = fs.Glob(os.DirFS(dir), "*"); err == nil && slices.Equal(before, after) {
			return to, nil
		}
		if e := errors.Join(os.RemoveAll(to), os.Mkdir(to, 0o700)); e != nil {
			return "", errors.Join(err, e)
		}
	}
	os.RemoveAll(to)
	return "", cmp.Or(err, errors.New("the store changes too fast to be copied; try again when the build has ended"))
}

// A store that changes while it is copied is copied again so often, after a pause
// that grows by so much: a build writes tables once a second at most.
const (
	snapshotTries = 20
	snapshotPause = 10 * time.Millisecond
)

// A SettingsError says that site.toml has errors. Nobody knows then at which
// addresses and in which languages the site is to stand, and to go on with
// defaults would take down what is published: so the output stays as it is.
type SettingsError struct{ Problems []diag.Diagnostic }

// Error gives the problems, a line each.
func (e *SettingsError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, d := range e.Problems {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}

// usable reads site.toml and gives a [SettingsError] where it has errors.
func (s *Site) usable() error {
	data, err := s.sources.root.ReadFile(configFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &SettingsError{[]diag.Diagnostic{unreadable(configFile, err)}}
	}
	_, problems := site.Parse(configFile, data)
	problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if len(problems) == 0 {
		return nil
	}
	return &SettingsError{problems}
}

// look reads the site's folder and tells the engine what changed; if only is not
// nil, at these paths and below at most.
func (s *Site) look(ctx context.Context, only []string) error {
	clock := s.options.Clock()
	now := s.options.Now
	if now.IsZero() {
		now = clock
	}
	if s.files == nil {
		s.files, only = s.loadStats(), nil
	}
	data, _ := s.sources.root.ReadFile(configFile)
	settings, _ := site.Parse(configFile, data)
	s.sources.theme = settings.Theme
	files, problems, err := s.sources.scan(ctx, s.files, clock.UnixNano(), only)
	if err != nil {
		return err
	}
	s.scanned = problems
	s.aliases.Clear()
	s.labels.clear()
	s.builtins.clear()
	s.frames.Clear()
	s.names.Renew()
	s.triggers.Renew()
	s.lookAtTheme(files)
	s.feed(files)
	s.option("drafts", s.options.Drafts)
	s.option("future", s.options.Future)
	var base []byte
	if s.options.BaseURL != "" {
		base = []byte(s.options.BaseURL)
	}
	s.engine.SetInput(inOption, "baseURL", base)
	s.engine.SetInput(inBuiltin, builtinKey, []byte{1})
	s.engine.SetClock(now.Unix())
	return nil
}

func (s *Site) option(name string, on bool) {
	if on {
		s.engine.SetInput(inOption, name, []byte{1})
	} else {
		s.engine.SetInput(inOption, name, nil)
	}
}

// diagnostics gives everything that is to be told to people, in source order.
func (s *Site) diagnostics(more ...diag.Diagnostic) []diag.Diagnostic {
	all := append(append([]diag.Diagnostic(nil), s.scanned...), more...)
	for _, data := range s.engine.Messages() {
		list, err := decodeList[diag.Diagnostic](data)
		if err == nil {
			all = append(all, list...)
		}
	}
	return onePerTemplate(diag.Sort(all))
}

// onePerTemplate names of the many pages that fail by one fault of a template
// the first, and counts the others.
func onePerTemplate(sorted []diag.Diagnostic) []diag.Diagnostic {
	var out []diag.Diagnostic
	for i := 0; i < len(sorted); {
		d, n := sorted[i], 1
		if fault, _, drawn := strings.Cut(d.Message, whileDrawing); drawn {
			for i+n < len(sorted) && sorted[i+n].Pos == d.Pos && strings.HasPrefix(sorted[i+n].Message, fault+whileDrawing) {
				n++
			}
		}
		if n > 1 {
			d.Message = fmt.Sprintf("%s and %d more)", strings.TrimSuffix(d.Message, ")"), n-1)
		}
		out = append(out, d)
		i += n
	}
	return out
}
