package generator

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"

	"mihbara/generator/archive"
	"mihbara/generator/diag"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/site"
	"mihbara/generator/theme"
	"mihbara/themes"
)

// Aspects of the settings. Reading is what an article's source is read by; a
// change of a title or a menu leaves it alone.
var (
	aspReading   = incremental.Aspect[*site.Settings]{Stratum: "settings", Name: "reading", Often: true}
	aspRelated   = incremental.Aspect[site.Related]{Stratum: "settings", Name: "related", Often: true}
	aspCoverage  = incremental.Aspect[bool]{Stratum: "settings", Name: "coverage", Often: true}
	aspFonts     = incremental.Aspect[string]{Stratum: "settings", Name: "fonts", Often: true}
	aspTwins     = incremental.Aspect[bool]{Stratum: "settings", Name: "duplicates", Often: true}
	aspTold      = incremental.Aspect[bool]{Stratum: "settings", Name: "stories", Often: true}
	aspSections  = incremental.Aspect[[]site.Section]{Stratum: "settings", Name: "sections", Often: true}
	aspAuthors   = incremental.Aspect[[]site.Author]{Stratum: "settings", Name: "authors", Often: true}
	aspRedirects = incremental.Aspect[[]site.Redirect]{Stratum: "settings", Name: "redirects"}
)

// aspFrame is a language's frame without what depends on its articles.
func aspFrame(t lang.Tag) incremental.Aspect[*savedFrame] {
	return incremental.Aspect[*savedFrame]{Stratum: "settings", Name: "frame/" + string(t), Often: true}
}

// aspWhole is a language's whole frame, without its Locale.
func aspWhole(t lang.Tag) incremental.Aspect[*page.Frame] {
	return incremental.Aspect[*page.Frame]{Stratum: "frames", Name: "frame/" + string(t), Often: true}
}

// drawFrames completes the frames with what depends on articles, once for all
// pages: each of them then asks one question.
func (s *Site) drawFrames(a *incremental.Asker, key string) (incremental.Result, error) {
	var r incremental.Result
	if key != configFile {
		return r, nil
	}
	q := s.planning(a)
	settings, _ := incremental.Get(a, aspReading, configFile)
	for _, t := range settings.Languages {
		saved, _ := incremental.Get(a, aspFrame(t), configFile)
		f := saved.Frame
		f.Staging = q.staging()
		for _, k := range archive.Kinds {
			if a.AtLeast(ixInitials, string(archive.GroupOf(t, k, "")), 1, incremental.Range{}) {
				f.Kinds = append(f.Kinds, k)
			}
		}
		menu := *settings
		menu.Menu = saved.Menu
		f.Menu = page.MenuOf(&menu, t, func(key string) (page.Text, string, bool) {
			c, ok := q.standingPage(key, t)
			if !ok {
				return page.Text{}, "", false
			}
			return textOf(c.Headline, c.Language), c.URL, true
		})
		r.Aspects = append(r.Aspects, aspWhole(t).Of(&f))
	}
	return r, nil
}

type savedFrame struct {
	Frame page.Frame // without its Locale
	Menu  []site.MenuItem
}

// readConfig reads site.toml or redirects.toml.
func (s *Site) readConfig(a *incremental.Asker, key string) (incremental.Result, error) {
	data, err := s.readInput(a, key)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed(key, err), nil
	}
	if key == redirectsFile {
		list, problems := site.ParseRedirects(key, data)
		return incremental.Result{Aspects: []incremental.Part{aspRedirects.Of(list)}, Messages: tell(problems)}, nil
	}
	settings, problems := site.Parse(key, data)
	for _, r := range a.Rows(inOption, "baseURL", incremental.Range{}) {
		settings.BaseURL = strings.TrimSuffix(string(r.Payload), "/")
	}
	_, embedded := themes.Files(settings.Theme)
	if own := a.Rows(inTheme, themeKey, incremental.Range{}); !embedded && strings.HasPrefix(string(own[0].Payload), ownNone) {
		problems = append(problems, diag.Errorf(diag.Position{File: key}, "there is no theme %q%s", settings.Theme, diag.DidYouMean(settings.Theme, []string{themes.Default})).
			WithHint("put it into themes/%s, or leave the setting out to use %s", settings.Theme, themes.Default))
	}
	r := incremental.Result{Messages: tell(problems), Aspects: []incremental.Part{
		aspReading.Of(readingOf(settings)), aspRelated.Of(settings.Related), aspTwins.Of(settings.Related.Duplicates), aspTold.Of(settings.Related.Stories),
		aspCoverage.Of(settings.Entities.Coverage), aspFonts.Of(settings.Fonts),
		aspSections.Of(settings.Sections), aspAuthors.Of(settings.Authors),
	}}
	for _, t := range settings.Languages {
		r.Aspects = append(r.Aspects, aspFrame(t).Of(frameOf(&settings, t)))
		r.Rows = append(r.Rows, incremental.Row{Index: ixAlways, Group: string(archive.GroupOf(t, archive.ByLanguage, ""))})
	}
	return r, nil
}

// readInput reads the file of the function's own group.
func (s *Site) readInput(a *incremental.Asker, p string) ([]byte, error) {
	return s.sources.read(p, hashOf(payload(a)))
}

// failed is the result for a source that could be found but not read.
func failed(p string, err error) incremental.Result {
	return incremental.Result{Messages: tell([]diag.Diagnostic{unreadable(p, err)})}
}

// readingOf leaves only those settings by which sources are read.
func readingOf(s site.Settings) *site.Settings {
	s.Title, s.Tagline, s.Copyright, s.Menu, s.Params, s.BaseURL, s.Fonts = nil, nil, nil, nil, nil, "", ""
	s.ListPeriods, s.ListDays, s.ListInitials, s.ListFold, s.SitemapMonths = "", false, false, false, false
	s.Entities.Neutral, s.Entities.Coverage, s.Entities.Links, s.Entities.RecognisedArticles = false, false, false, 0
	s.ListFront, s.ListMax, s.MonthMax, s.Feeds, s.Publisher = 0, 0, 0, site.Feeds{}, site.Publisher{}
	s.Related = site.Related{}
	s.SearchNames, s.SearchShard = false, 0
	s.RelativeURLs, s.NoIndex, s.Months, s.Calendars, s.Authors = false, false, nil, nil, nil
	sections := make([]site.Section, len(s.Sections))
	for i, x := range s.Sections {
		sections[i].Key = x.Key
	}
	s.Sections = sections
	return &s
}

// frameOf leaves out the locale, which is no plain data; [Site.frame] puts it in.
func frameOf(s *site.Settings, t lang.Tag) *savedFrame {
	f := *page.FrameOf(s, t)
	f.Locale = nil
	return &savedFrame{f, s.Menu}
}

// aspLook is the template of a kind and all texts that pages of it can show in a
// language: a text that changes reaches the pages of the kinds that show it.
func aspLook(t lang.Tag, k page.Kind) incremental.Aspect[*page.Phrasebook] {
	return incremental.Aspect[*page.Phrasebook]{Stratum: "theme", Name: lookPrefix + string(t) + "/" + string(k), Often: true}
}

// lookPrefix begins the names of those aspects and of no other one of the theme.
const lookPrefix = "look/"

func aspAsset(name string) incremental.Aspect[[]byte] {
	return incremental.Aspect[[]byte]{Stratum: "theme", Name: "asset/" + name}
}

// themeKey is the only key of the stratum theme.
const themeKey = "theme"

// lastLanguage is that of the texts which pages show where their own language
// lacks one.
const lastLanguage lang.Tag = "en"

func (s *Site) readTheme(a *incremental.Asker, key string) (incremental.Result, error) {
	t, problems := s.theme()
	problems = slices.Concat(problems, t.Problems())
	r := incremental.Result{}
	looks := func(tag lang.Tag) {
		for _, k := range page.Templates {
			r.Aspects = append(r.Aspects, aspLook(tag, k).Of(t.Phrases(tag, k)))
		}
	}
	for tag := range t.Messages() {
		looks(tag)
	}
	if _, ok := t.Messages()[lastLanguage]; !ok { // pages find at least the template there
		looks(lastLanguage)
	}
	for _, name := range t.Assets() {
		data, _ := t.Asset(name)
		h := binary.BigEndian.AppendUint64(nil, xxhash.Sum64(data))
		r.Aspects = append(r.Aspects, aspAsset(name).Of(h))
		r.Rows = append(r.Rows, incremental.Row{Index: ixAsset, Group: name})
	}
	r.Messages = tell(problems)
	return r, nil
}

// theme gives the theme, read once for each set of its files, and which of them
// could not be read.
func (s *Site) theme() (*theme.Theme, []diag.Diagnostic) {
	s.themeMu.Lock()
	defer s.themeMu.Unlock()
	if s.loaded != nil {
		return s.loaded, s.themeProblems
	}
	embedded, ok := themes.Files(s.sources.theme)
	if !ok {
		embedded, _ = themes.Files(themes.Default)
	}
	own := map[string][]byte{}
	var problems []diag.Diagnostic
	dir := "themes/" + s.sources.theme
	for p, f := range s.themeFiles {
		data, err := s.sources.read(p, f.stat.Hash)
		if err != nil {
			problems = append(problems, unreadable(p, err))
			continue
		}
		own[strings.TrimPrefix(p, dir+"/")] = data
	}
	s.loaded, s.themeProblems = theme.Open(dir, theme.Merge(embedded, own)), problems
	return s.loaded, s.themeProblems
}

// readThemeAhead reads the theme, if a source changed, while the engine finds out
// what is to be drawn by it; that keeps one processor busy. It gives what waits
// for it.
func (s *Site) readThemeAhead() (wait func()) {
	if !s.sources.stale {
		return func() {}
	}
	var reading sync.WaitGroup
	reading.Go(func() { s.theme() })
	return reading.Wait
}

// lookAtTheme takes in which files the theme has now. A theme whose files are as
// they were, with their times, is not read again.
func (s *Site) lookAtTheme(files []found) {
	now := map[string]found{}
	for _, f := range files {
		if f.index == inTheme {
			now[f.path] = f
		}
	}
	s.themeMu.Lock()
	defer s.themeMu.Unlock()
	if s.loadedName != s.sources.theme || !maps.Equal(now, s.themeFiles) {
		s.loaded, s.themeProblems = nil, nil
	}
	s.themeFiles, s.loadedName = now, s.sources.theme
}

// missingMessages names, as a note, what readers of a declared language see in
// English.
func missingMessages(m theme.Messages, languages []lang.Tag) []diag.Diagnostic {
	var out []diag.Diagnostic
	for _, t := range languages {
		if list := m.Missing(t); len(list) > 0 {
			out = append(out, diag.Warnf(diag.Position{File: configFile}, "the theme lacks %d messages in %s: %s", len(list), t, strings.Join(list, ", ")).
				WithHint("readers see them in English; write them into themes/<name>/messages/%s.toml", t))
		}
	}
	return out
}
