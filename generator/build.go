package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/incremental"
	"mihbara/generator/output"
	"mihbara/generator/page"
)

// A Summary says what a build did.
type Summary struct {
	Articles int      // articles on the site
	Pages    int      // files in the output
	Rendered []string // output paths that were drawn, sorted
	Written  []string // output paths whose bytes changed, sorted
	Removed  []string // output paths that are gone, sorted
	// Diagnostics are all problems of the site as it is now, in source order.
	Diagnostics []diag.Diagnostic
	// Moved are addresses of articles that changed without a redirect.
	Moved []Move
}

// A Move is an article whose address is another than in the last build.
type Move struct {
	ID       article.ID
	From, To string // paths on the site; To is "" if the article is gone
}

// Errors counts the diagnostics that keep a build from succeeding.
func (s *Summary) Errors() int { return s.count(diag.Error) }

// Warnings counts the diagnostics about what is doubtful.
func (s *Summary) Warnings() int { return s.count(diag.Warning) }

func (s *Summary) count(severity diag.Severity) int {
	n := 0
	for _, d := range s.Diagnostics {
		if d.Severity == severity {
			n++
		}
	}
	return n
}

// The store of builds and that of previews, which show drafts, are two, so that
// neither hinders the other.
const (
	buildStore   = "build"
	previewStore = "preview"
)

// Build brings the output folder up to date. Errors are faults of the machine
// or of the options; what is wrong with the content is in the summary. Nothing
// is written where site.toml has errors; see [SettingsError].
func Build(ctx context.Context, o Options) (Summary, error) {
	var sum Summary
	err := withSite(o, buildStore, func(s *Site) (err error) {
		sum, err = s.build(ctx, nil)
		return err
	})
	return sum, err
}

// withSite opens a site, and opens it again with an empty store if the store
// turns out damaged, or as it is if a source changed under the hands of use.
func withSite(o Options, store string, use func(*Site) error) error {
	for try := 0; ; try++ {
		s, err := open(o, store)
		if err != nil {
			return err
		}
		err = guarded(s, use)
		closed := s.Close()
		damaged := errors.Is(err, incremental.ErrDamaged)
		if damaged || errors.Is(closed, incremental.ErrDamaged) {
			o.notice("the store was dropped (%v); everything is worked out anew", errors.Join(err, closed))
			if err := os.RemoveAll(filepath.Join(o.Source, StoreDir, store)); err != nil {
				return err
			}
			if damaged && try == 0 {
				continue
			}
			return err
		}
		if errors.Is(err, incremental.ErrChanged) && try < 3 {
			continue
		}
		if err == nil {
			err = closed
		}
		return err
	}
}

// guarded runs use and turns the discovery that the store is damaged into an
// error.
func guarded(s *Site, use func(*Site) error) (err error) {
	defer incremental.RecoverDamage(&err)
	return use(s)
}

// build brings the output folder up to date after changes at the paths of only
// and below; nil stands for any.
func (s *Site) build(ctx context.Context, only []string) (Summary, error) {
	if unusable := (*SettingsError)(nil); errors.As(s.usable(), &unusable) {
		c := s.counts()
		return Summary{Articles: c.Articles, Pages: c.Pages, Diagnostics: unusable.Problems}, nil
	}
	m := s.measuring()
	folder, err := output.Open(s.options.out())
	if err != nil {
		return Summary{}, err
	}
	defer folder.Close()
	m.stage("open")
	if err := s.look(ctx, only); err != nil {
		return Summary{}, err
	}
	m.stage("scan")
	id, generation := s.engine.Identity()
	out := &folderSink{folder: folder, dir: s.options.out(), trusted: generation > 0 && folder.State() == output.State{ID: id, Generation: generation, Complete: true}}
	if !out.trusted {
		s.forceWrong(folder)
	}
	if err := folder.Begin(id, generation+1); err != nil {
		return Summary{}, err
	}
	s.sink = measuredSink{out, m}
	defer func() { s.sink = nowhere{} }()
	wait := s.readThemeAhead()
	m.stage("compare")
	stats, err := s.engine.Run(ctx, "")
	wait()
	if err != nil {
		return Summary{}, err
	}
	m.strata(&stats)
	var moved []Move
	if generation > 0 {
		moved = s.moves(&stats)
	}
	if stats.FilesChanged() {
		s.keepMoves(moved)
	}
	if err := s.settle(out, &stats); err != nil {
		return Summary{}, err
	}
	m.stage("commit")
	if err := s.keepFigures(m, out, &stats); err != nil {
		return Summary{}, err
	}
	sum := s.summary(out, &stats)
	sum.Moved = moved
	return sum, nil
}

// forceWrong makes every file be written that is not in the folder as the
// engine remembers it.
func (s *Site) forceWrong(folder *output.Folder) {
	for p, hash := range s.engine.Files("render") {
		if have, ok := folder.Hash(p); !ok || have != hash {
			s.engine.Force("render", p)
		}
	}
}

// settle removes what should not exist, commits and marks the folder as
// complete, in this order: killed in between, the folder is not complete, and
// the next build compares everything.
func (s *Site) settle(out *folderSink, stats *incremental.Stats) error {
	if !out.trusted {
		keep := map[string]bool{}
		for p := range s.engine.Files("render") {
			keep[p] = true
		}
		removed, err := out.folder.Prune(func(p string) bool { return keep[p] })
		out.removed = append(out.removed, removed...)
		if err != nil {
			return err
		}
	}
	changed := stats.FilesChanged() || !out.trusted
	s.saveStats()
	s.saveCounts(stats)
	if err := s.engine.Commit(changed); err != nil {
		return err
	}
	if !changed || len(out.problems) > 0 {
		return nil
	}
	return out.folder.Complete()
}

// counts are kept so that a build that does nothing need not count.
type counts struct {
	_               struct{} `cbor:",toarray"`
	Articles, Pages int
}

const countsBlob = "counts"

func (s *Site) counts() counts {
	data := s.engine.Blob(countsBlob)
	if len(data) == 0 {
		return counts{}
	}
	c, err := incremental.Decode[counts](data)
	if err != nil {
		return counts{}
	}
	return c
}

func (s *Site) saveCounts(stats *incremental.Stats) {
	c := s.counts()
	next := counts{
		Articles: c.Articles + stats.Added["relate"] - len(stats.Vanished["relate"]),
		Pages:    c.Pages + stats.Added["render"] - len(stats.Vanished["render"]),
	}
	if next != c {
		s.engine.PutBlob(countsBlob, incremental.Encode(next))
	}
}

func (s *Site) summary(out *folderSink, stats *incremental.Stats) Summary {
	c := s.counts()
	slices.Sort(out.written)
	slices.Sort(out.removed)
	return Summary{
		Articles: c.Articles, Pages: c.Pages, Rendered: stats.Ran["render"], Written: out.written,
		Removed: slices.Compact(out.removed), Diagnostics: s.diagnostics(out.problems...),
	}
}

// Verify works everything out anew, in memory, and lists where the output
// folder is not what a clean build gives.
func Verify(ctx context.Context, o Options) ([]Difference, Summary, error) {
	o.NoStore = true
	var list []Difference
	var sum Summary
	err := withSite(o, "", func(s *Site) error {
		if err := s.usable(); err != nil {
			return err
		}
		folder, err := output.Open(o.out())
		if err != nil {
			return err
		}
		defer folder.Close()
		if err := s.look(ctx, nil); err != nil {
			return err
		}
		out := &compareSink{folder: folder, seen: map[string]bool{}}
		s.sink = out
		stats, err := s.engine.Run(ctx, "")
		if err != nil {
			return err
		}
		s.saveCounts(&stats)
		list = out.differences()
		sum = s.summary(&folderSink{}, &stats)
		return nil
	})
	return list, sum, err
}

// Check works everything out without writing and gives the problems.
func Check(ctx context.Context, o Options) (Summary, error) {
	o.NoStore = true
	var sum Summary
	err := withSite(o, "", func(s *Site) error {
		if err := s.look(ctx, nil); err != nil {
			return err
		}
		stats, err := s.engine.Run(ctx, "")
		if err != nil {
			return err
		}
		s.saveCounts(&stats)
		sum = s.summary(&folderSink{}, &stats)
		return nil
	})
	return sum, err
}

// An Explanation says what a page asked and what made it be drawn.
type Explanation = incremental.Explanation

// ErrNoPage means that nothing is published at an address.
var ErrNoPage = errors.New("nothing is published there")

// Why tells what the page at a path on the site asked when it was drawn last,
// and which answers made it be drawn.
func Why(o Options, url string) (Explanation, error) {
	var x Explanation
	o.snapshot = true
	err := withSite(o, buildStore, func(s *Site) error {
		if _, generation := s.engine.Identity(); generation == 0 {
			return fmt.Errorf("%w: there was no build yet", ErrNoPage)
		}
		var ok bool
		var err error
		x, ok, err = s.engine.Explain("render", page.OutputPath(url))
		if err == nil && !ok {
			err = fmt.Errorf("%s: %w", url, ErrNoPage)
		}
		return err
	})
	return x, err
}

// Moves lists the articles whose addresses changed, now or in earlier builds,
// and from whose old addresses nothing leads: lines that content/redirects.toml
// lacks. Nothing is written.
func Moves(ctx context.Context, o Options) ([]Move, error) {
	var list []Move
	err := withSite(o, buildStore, func(s *Site) error {
		if err := s.usable(); err != nil {
			return err
		}
		if err := s.look(ctx, nil); err != nil {
			return err
		}
		stats, err := s.engine.Run(ctx, "plan site")
		if err == nil {
			list = s.pendingMoves(s.moves(&stats))
		}
		return err
	})
	return list, err
}

// movesBlob keeps the moves that had no redirect when they were built: the hint
// of a build would otherwise send people to a command that knows nothing of it
// any more. It is lost with the store, as hints may be.
const movesBlob = "moves"

func (s *Site) keepMoves(fresh []Move) {
	before := s.engine.Blob(movesBlob)
	if len(fresh) == 0 && len(before) == 0 {
		return
	}
	if after := incremental.Encode(s.pendingMoves(fresh)); !bytes.Equal(before, after) {
		s.engine.PutBlob(movesBlob, after)
	}
}

// pendingMoves adds moves to those kept, leads each to where its article stands
// now and drops what leads somewhere by now.
func (s *Site) pendingMoves(fresh []Move) []Move {
	kept, _ := decodeList[Move](s.engine.Blob(movesBlob))
	byAddress := map[string]Move{}
	for _, m := range slices.Concat(kept, fresh) {
		m.To = ""
		if card, ok := incremental.Current(s.engine, aspCard, string(m.ID)); ok && card != nil {
			m.To = card.URL
		}
		if !s.engine.Exists(ixURL, page.OutputPath(m.From)) {
			byAddress[m.From] = m
		}
	}
	list := make([]Move, 0, len(byAddress))
	for _, from := range slices.Sorted(maps.Keys(byAddress)) {
		list = append(list, byAddress[from])
	}
	return list
}

// moves compares the addresses before and after a run that is not committed.
func (s *Site) moves(stats *incremental.Stats) []Move {
	var list []Move
	for _, id := range slices.Concat(stats.Ran["publish"], stats.Vanished["publish"]) {
		before, ok := incremental.Previous(s.engine, aspCard, id)
		if !ok {
			continue
		}
		after, _ := incremental.Current(s.engine, aspCard, id)
		m := Move{ID: article.ID(id), From: before.URL}
		if after != nil {
			m.To = after.URL
		}
		if m.From != m.To && !s.engine.Exists(ixURL, page.OutputPath(m.From)) {
			list = append(list, m)
		}
	}
	return list
}
