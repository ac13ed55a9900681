package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"mihbara/generator/diag"
	"mihbara/generator/incremental"
	"mihbara/generator/page"
	"mihbara/generator/preview"
)

// lastPlan is the last stratum that a preview runs: pages are drawn when they
// are asked for.
const lastPlan = "plan site"

// A Live is a site that is kept up to date in memory and drawn page by page. It
// never writes the output. It is a [preview.Source].
type Live struct {
	mu       sync.RWMutex // held for writing while the site is brought up to date
	site     *Site
	problems []diag.Diagnostic
	shown    bool // the site was brought up to date once
}

// Serve shows the site, drafts and future articles included, until ctx ends. It
// calls ready with the URL when the first page can be asked for, and updated
// after every change.
func Serve(ctx context.Context, o Options, p preview.Options, updated func(Summary)) error {
	o.Drafts, o.Future = true, true
	return withSite(o, previewStore, func(s *Site) error {
		l := &Live{site: s}
		sum, err := l.update(ctx, nil)
		if err != nil {
			return err
		}
		updated(sum)
		changed := make(chan struct{}, 1)
		p.Changed = changed
		p.BasePath = l.basePath()
		return together(ctx, func(ctx context.Context) error {
			return preview.Serve(ctx, p, l)
		}, func(ctx context.Context) error {
			return s.watch(ctx, func(only []string) error {
				sum, err := l.update(ctx, only)
				if err != nil {
					return err
				}
				updated(sum)
				select {
				case changed <- struct{}{}:
				default:
				}
				return nil
			})
		})
	})
}

// together runs functions until one ends, ends the others, and gives the first
// error.
func together(ctx context.Context, run ...func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, len(run))
	for _, f := range run {
		go func() { ended <- f(ctx) }()
	}
	var err error
	for range run {
		e := <-ended
		if err == nil && !errors.Is(e, context.Canceled) {
			err = e
		}
		cancel()
	}
	return err
}

// clockTick is how often a site that is watched looks whether an article's time
// has come.
const clockTick = 30 * time.Second

// watch calls update after changes of the site's folder, with the paths at which
// something happened, and from time to time, with nil, until ctx ends or update
// fails.
func (s *Site) watch(ctx context.Context, update func(only []string) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	once := func(only []string) {
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		if err := update(only); err != nil {
			cancel(err)
		}
	}
	go func() {
		t := time.NewTicker(clockTick)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				once(nil)
			}
		}
	}()
	var roots []string
	for _, r := range []string{configFile, "content", "seeds", "themes"} {
		roots = append(roots, filepath.Join(s.options.Source, r))
	}
	o := preview.WatchOptions{Notice: s.options.Notice, Ready: func() { once(nil) },
		Ignore: func(p string) bool { return hidden(filepath.Base(p)) }}
	err := preview.Watch(ctx, roots, o, func(paths []string) { once(s.inSite(paths)) })
	mu.Lock() // an update that still runs must end before the site is closed
	defer mu.Unlock()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// manyPaths is for how many paths a scan of the whole site is not the dearer one.
const manyPaths = 200

// inSite gives paths that the watcher names as they are in the site; nil where
// anything may have changed: after much at once, and with the settings, which
// name the theme.
func (s *Site) inSite(paths []string) []string {
	if len(paths) > manyPaths {
		return nil
	}
	list := make([]string, 0, len(paths))
	for _, p := range paths {
		p, err := filepath.Rel(s.options.Source, p)
		p = filepath.ToSlash(p)
		if err != nil || !strings.Contains(p, "/") { // site.toml, a root, or the site
			return nil
		}
		list = append(list, p)
	}
	return list
}

func (l *Live) update(ctx context.Context, only []string) (Summary, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if unusable := (*SettingsError)(nil); l.shown && errors.As(l.site.usable(), &unusable) {
		c := l.site.counts() // the site as it was goes on standing under the overlay
		l.problems = unusable.Problems
		return Summary{Articles: c.Articles, Pages: c.Pages, Diagnostics: l.problems}, nil
	}
	if err := l.site.look(ctx, only); err != nil {
		return Summary{}, err
	}
	wait := l.site.readThemeAhead()
	stats, err := l.site.engine.Run(ctx, lastPlan)
	wait()
	if err != nil {
		return Summary{}, err
	}
	l.site.saveStats()
	l.site.saveCounts(&stats)
	if err := l.site.engine.Commit(false); err != nil {
		return Summary{}, err
	}
	sum := l.site.summary(&folderSink{}, &stats)
	l.problems, l.shown = sum.Diagnostics, true
	return sum, nil
}

// basePath gives the path of the site's base URL.
func (l *Live) basePath() string {
	settings, _ := incremental.Current(l.site.engine, aspReading, configFile)
	if f, ok := incremental.Current(l.site.engine, aspFrame(settings.DefaultLanguage), configFile); ok {
		return f.Frame.BasePath
	}
	return ""
}

// Page draws the page at a path on the site; see [preview.Source].
func (l *Live) Page(_ context.Context, urlPath string) (preview.Page, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	data, err := l.draw(page.OutputPath(urlPath))
	if !errors.Is(err, incremental.ErrNoKey) {
		return preview.Page{Body: data}, err
	}
	data, err = l.draw("404.html")
	if errors.Is(err, incremental.ErrNoKey) {
		return preview.Page{}, fs.ErrNotExist
	}
	return preview.Page{Body: data, Status: 404, Type: "text/html; charset=utf-8"}, err
}

func (l *Live) draw(out string) ([]byte, error) {
	r, err := l.site.engine.Draw("render", out)
	if err != nil || r.File != nil {
		return r.File, err
	}
	list, _ := decodeList[diag.Diagnostic](r.Messages)
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return nil, fmt.Errorf("%s: %s", out, strings.Join(lines, "\n"))
}

// Diagnostics gives the problems of the site as it is; see [preview.Source].
func (l *Live) Diagnostics() []diag.Diagnostic {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.problems
}

// Line gives a line of a source file; see [preview.Source].
func (l *Live) Line(file string, n int) string {
	f, err := l.site.sources.root.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, 8<<20))
	if err != nil {
		return ""
	}
	for i := 1; i < n; i++ {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return strings.TrimRight(string(line), "\r")
}

// Watch builds, and builds again after every change, until ctx ends. It calls
// built after each build.
func Watch(ctx context.Context, o Options, built func(Summary)) error {
	return withSite(o, buildStore, func(s *Site) error {
		sum, err := s.build(ctx, nil)
		if err != nil {
			return err
		}
		built(sum)
		return s.watch(ctx, func(only []string) error {
			sum, err := s.build(ctx, only)
			if err == nil {
				built(sum)
			}
			return err
		})
	})
}
