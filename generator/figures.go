package generator

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"mihbara/generator/incremental"
)

// Figures say where the time of a build went, how large its store is and how
// much a change would draw again. Times of functions are sums over Workers,
// which run at once.
type Figures struct {
	Built   time.Time     `json:"built"`            // the time for which the site was built
	Idle    *time.Time    `json:"idle,omitempty"`   // that of the last build, where it had nothing to do
	Took    time.Duration `json:"took_ns"`          // all of the build, the store's opening included
	Workers int           `json:"workers"`          // functions that run at once
	Peak    int64         `json:"peak_bytes"`       // of resident memory; 0: not known
	Ran     int           `json:"functions"`        // functions that ran
	Drawn   int           `json:"drawn"`            // files
	Written int           `json:"written"`          // files
	Removed int           `json:"removed"`          // files
	Writing time.Duration `json:"writing_ns"`       // files, summed; part of the stage "render"
	Saving  time.Duration `json:"saving_ns"`        // waiting for the store while stages went on; part of them
	Stages  []Stage       `json:"stages"`           // in their order
	Kinds   []KindFigures `json:"kinds"`            // what was drawn, most time first
	Read    []Slow        `json:"slowest_articles"` // to read, slowest first
	Draw    []Slow        `json:"slowest_pages"`    // to draw and write, slowest first

	// Generation is the store's after the build; another one means that the
	// figures of a later build were lost.
	Generation uint64 `json:"generation"`

	Store []Share `json:"store"`
	Reach []Reach `json:"reach"`
}

// A Stage is a part of a build: what comes before the functions and after them,
// and each stratum.
type Stage struct {
	Name string        `json:"name"`
	Took time.Duration `json:"took_ns"`
	Ran  int           `json:"functions"`
	Busy time.Duration `json:"functions_ns"` // summed over the functions
}

// KindFigures are what drawing all files of a kind took.
type KindFigures struct {
	Kind  string        `json:"kind"`
	Drawn int           `json:"drawn"`
	Time  time.Duration `json:"time_ns"` // summed
}

// A Slow thing is a source or an output path with the time it took.
type Slow struct {
	Path string        `json:"path"`
	Time time.Duration `json:"time_ns"`
}

// A Share is how much of the store one kind of what it keeps takes.
type Share struct {
	Kind  string `json:"kind"`
	Bytes int64  `json:"bytes"`
}

// ErrNoBuild means that there was no build that the store knows of.
var ErrNoBuild = errors.New("there was no build yet")

// Stats gives the figures of the last build that had something to do.
func Stats(o Options) (Figures, error) {
	var f Figures
	o.snapshot = true
	err := withSite(o, buildStore, func(s *Site) (err error) {
		if _, generation := s.engine.Identity(); generation == 0 {
			return ErrNoBuild
		}
		f = s.figures()
		shares, err := s.engine.Shares()
		if err != nil {
			return err
		}
		var inTables int64
		for _, x := range shares {
			inTables += x.Bytes
			f.Store = append(f.Store, Share{x.Kind, x.Bytes})
		}
		whole, err := folderSize(s.storeDir)
		if err != nil {
			return err
		}
		f.Store = append(f.Store, Share{"log and the like", max(0, whole-inTables)})
		f.Reach, err = s.reach()
		return err
	})
	return f, err
}

// figuresBlob keeps the figures of the last build that had something to do. It
// goes into the store after the build is committed and says nothing that an
// output could depend on.
const figuresBlob = "figures"

func (s *Site) figures() (f Figures) {
	if data := s.engine.Blob(figuresBlob); len(data) > 0 {
		f, _ = incremental.Decode[Figures](data) // as good as none
	}
	_, generation := s.engine.Identity()
	if last := s.engine.Clock(); f.Generation == generation && last != f.Built.Unix() {
		idle := time.Unix(last, 0).UTC()
		f.Idle = &idle
	}
	f.Built = f.Built.UTC()
	return f
}

// A meter measures a build. It is made anew for each.
type meter struct {
	clock   func() time.Time
	began   time.Time
	last    time.Time // when the stage before ended
	stages  []Stage
	writing atomic.Int64
}

// measuring gives the meter of the build that begins: the first one of a site
// began when the site was opened.
func (s *Site) measuring() *meter {
	m := s.opened
	s.opened = nil
	if m == nil {
		m = newMeter(s.options.Clock)
	}
	return m
}

func newMeter(clock func() time.Time) *meter {
	now := clock()
	return &meter{clock: clock, began: now, last: now}
}

// stage ends a stage.
func (m *meter) stage(name string) {
	now := m.clock()
	m.stages = append(m.stages, Stage{Name: name, Took: now.Sub(m.last)})
	m.last = now
}

// strata ends the run of the functions and counts them.
func (m *meter) strata(stats *incremental.Stats) {
	for _, t := range stats.Times {
		x := Stage{Name: t.Stratum, Took: t.Wall}
		for _, k := range t.Kinds {
			x.Ran += k.Ran
			x.Busy += k.Time
		}
		m.stages = append(m.stages, x)
	}
	m.last = m.clock()
}

// A measuredSink measures the writing of files.
type measuredSink struct {
	*folderSink
	meter *meter
}

func (s measuredSink) write(out string, data []byte, hash, previous uint64) error {
	start := s.meter.clock()
	err := s.folderSink.write(out, data, hash, previous)
	s.meter.writing.Add(int64(s.meter.clock().Sub(start)))
	return err
}

// keepFigures keeps what the build took, unless it had nothing to do.
func (s *Site) keepFigures(m *meter, out *folderSink, stats *incremental.Stats) error {
	_, generation := s.engine.Identity()
	f := Figures{
		Built: time.Unix(s.engine.Clock(), 0).UTC(), Took: m.last.Sub(m.began), Workers: s.engine.Workers(),
		Drawn: len(stats.Ran["render"]), Written: len(out.written), Removed: len(out.removed),
		Generation: generation, Writing: time.Duration(m.writing.Load()), Saving: stats.Saving, Stages: m.stages,
	}
	for _, x := range m.stages {
		f.Ran += x.Ran
	}
	if f.Ran+f.Written+f.Removed == 0 {
		return nil
	}
	if s.options.Memory != nil {
		f.Peak = s.options.Memory()
	}
	for _, t := range stats.Times {
		switch t.Stratum {
		case "read":
			f.Read = slowest(t)
		case "render":
			f.Draw = slowest(t)
			for _, k := range t.Kinds {
				f.Kinds = append(f.Kinds, KindFigures{k.Kind, k.Ran, k.Time})
			}
			slices.SortStableFunc(f.Kinds, func(a, b KindFigures) int { return int(b.Time - a.Time) })
		}
	}
	if err := s.engine.KeepBlob(figuresBlob, incremental.Encode(f)); err != nil {
		return fmt.Errorf("keeping the build's figures: %w", err)
	}
	return nil
}

func slowest(t incremental.Timing) []Slow {
	list := make([]Slow, len(t.Slowest))
	for i, x := range t.Slowest {
		list[i] = Slow{x.Key, x.Time}
	}
	return list
}
