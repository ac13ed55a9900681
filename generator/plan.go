package generator

import (
	"bytes"
	"image"
	_ "image/gif" // formats whose sizes are read
	_ "image/jpeg"
	_ "image/png"
	"path"
	"strings"

	_ "golang.org/x/image/webp"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/search"
	"mihbara/generator/site"
)

// precedence orders the claims to one path: what a person put there, then
// articles, then ways from old addresses, then everything that follows from
// articles; then by who claims.
func precedence(c page.Claim, owner string) string {
	switch {
	case c.Explicit && c.Spec.Kind != page.KindRedirect:
		return "0" + owner
	case c.Spec.Kind == page.KindArticle, c.Spec.Kind == page.KindStanding:
		return "1" + owner
	case c.Explicit:
		return "2" + owner
	}
	return "3" + owner
}

// claimRows turns claims into rows. The owner, a source path where there is
// one, names the claim in diagnostics.
func claimRows(owner string, claims ...page.Claim) []incremental.Row {
	return appendClaims(make([]incremental.Row, 0, len(claims)), owner, claims...)
}

// appendClaims appends claims as rows.
func appendClaims(rows []incremental.Row, owner string, claims ...page.Claim) []incremental.Row {
	for _, c := range claims {
		spec, _ := c.Spec.AppendBinary(nil)
		first := precedence(c, owner)
		rows = append(rows, incremental.Row{Index: ixURL, Group: c.Path, Sort: first, Key: owner, Payload: spec})
		if fold := foldPath(c.Path); fold != c.Path {
			rows = append(rows, incremental.Row{Index: ixFolded, Group: fold, Sort: first, Key: c.Path})
		}
	}
	return rows
}

// planList plans the page of a listed group and those of the periods that are
// ranges of it: of a language its years and, from each month, the days; of other
// groups the months and, of a month that is too long for one page, its days, or
// the years, as the site wants.
func (s *Site) planList(a *incremental.Asker, group string) (incremental.Result, error) {
	g := archive.Group(group)
	r := s.planGroup(a, g)
	q := s.planning(a)
	p := g.Parts()
	plan := func(claims []page.Claim) { r.Rows = appendClaims(r.Rows, group, claims...) }
	days := func(month archive.Group) {
		period := month.Parts().Period
		for _, d := range q.Days(month) {
			plan(page.PlanPeriod(q, p.Whole().Within(period[0], period[1], d.Day)))
		}
	}
	if len(p.Period) > 0 {
		if q.Frame(p.Language).Days {
			days(g)
		}
		return r, nil
	}
	plan(page.PlanGroup(q, g.Undated()))
	f, year := q.Frame(p.Language), 0
	byYear := p.Kind == archive.ByLanguage || f.Periods == site.PeriodYear
	if !byYear && f.Periods != site.PeriodMonth {
		return r, nil
	}
	for _, m := range q.Months(g) {
		switch {
		case !byYear:
			month := g.Within(m.Year, m.Month)
			plan(page.PlanPeriod(q, month))
			if m.Count > f.MonthMax {
				days(month)
			}
		case m.Year != year:
			year = m.Year
			plan(page.PlanPeriod(q, g.Within(year)))
		}
	}
	return r, nil
}

// planAlways plans the groups that have a page without articles; those with
// articles are planned as lists.
func (s *Site) planAlways(a *incremental.Asker, group string) (incremental.Result, error) {
	if a.AtLeast(ixList, group, 1, incremental.Range{}) {
		return incremental.Result{}, nil
	}
	r := s.planGroup(a, archive.Group(group))
	r.Aspects = nil // those of lists are of the stratum before
	return r, nil
}

// aspListed is how a tag, section or author with articles is called in a
// language, by its listed group. Pages ask for it alone and not for all that it
// follows from; entities have aspLabel.
var aspListed = incremental.Aspect[*page.Label]{Stratum: "plan lists", Name: "label", Often: true}

func (s *Site) planGroup(a *incremental.Asker, g archive.Group) incremental.Result {
	q := s.planning(a)
	claims := page.PlanGroup(q, g)
	r := incremental.Result{Rows: claimRows(string(g), claims...)}
	p := g.Parts()
	if len(claims) == 0 || p.Kind == archive.ByLanguage || len(p.Period) > 0 || p.Undated {
		return r
	}
	settings, _ := incremental.Get(a, aspReading, configFile)
	topic := string(p.Kind) + "/" + p.Key
	r.Rows = append(r.Rows, incremental.Row{Index: ixLanguages, Group: topic, Sort: languageSort(settings, p.Language), Key: string(p.Language)})
	var label page.Label
	if l, ok := q.Label(p.Kind, p.Key, p.Language); ok {
		label = *l
		if p.Kind != archive.ByEntity {
			r.Aspects = []incremental.Part{aspListed.Of(l)}
		}
	}
	if label.Name.S == "" {
		label.Name = page.Text{S: p.Key, Lang: p.Language, Dir: lang.DirectionOf(p.Language)}
	}
	l := lang.For(p.Language).With(lang.Preferences{Article: settings.ListArticle})
	list := string(archive.GroupOf(p.Language, p.Kind, ""))
	r.Rows = append(r.Rows, incremental.Row{Index: ixNames, Group: list + "/" + initialOf(l, label.Name.S),
		Sort: l.SortKey(label.Name.S), Key: p.Key, Payload: incremental.Encode(page.Named{Key: p.Key, Name: label.Name, Note: label.Note})})
	r.Rows = append(r.Rows, findRows(q, p, &label, l.SortKey(label.Name.S))...)
	return r
}

// initialOf is the heading of a name; a name without a letter stands under "#".
func initialOf(l *lang.Locale, name string) string {
	if i := l.Initial(name); i != "" {
		return i
	}
	return "#"
}

func (s *Site) planEntity(a *incremental.Asker, topic string) (incremental.Result, error) {
	id, ok := strings.CutPrefix(topic, string(archive.ByEntity)+"/")
	if !ok {
		return incremental.Result{}, nil
	}
	return incremental.Result{Rows: claimRows(topic, page.PlanEntity(s.planning(a), entity.ID(id))...)}, nil
}

func (s *Site) planStory(a *incremental.Asker, id string) (incremental.Result, error) {
	return incremental.Result{Rows: claimRows("stories/"+id, page.PlanStory(s.planning(a), article.ID(id))...)}, nil
}

// planInitial notes that an A–Z list has an initial.
func (s *Site) planInitial(a *incremental.Asker, group string) (incremental.Result, error) {
	fields := strings.SplitN(group, "/", 3)
	l := lang.For(lang.Tag(fields[0]))
	row := incremental.Row{Index: ixInitials, Group: fields[0] + "/" + fields[1], Sort: l.SortKey(fields[2]), Key: fields[2]}
	return incremental.Result{Rows: []incremental.Row{row}}, nil
}

func (s *Site) planNames(a *incremental.Asker, list string) (incremental.Result, error) {
	t, kind, _ := strings.Cut(list, "/")
	return incremental.Result{Rows: claimRows(list, page.PlanInitials(s.planning(a), lang.Tag(t), archive.Kind(kind))...)}, nil
}

// bundledFonts begins the names of those assets that are published only where
// the site wants them.
const bundledFonts = "bundled-fonts/"

func (s *Site) planAsset(a *incremental.Asker, name string) (incremental.Result, error) {
	if strings.HasPrefix(name, bundledFonts) {
		if fonts, _ := incremental.Get(a, aspFonts, configFile); fonts != site.FontsBundled {
			return incremental.Result{}, nil
		}
	}
	return incremental.Result{Rows: claimRows("assets/"+name, page.PlanAsset(name))}, nil
}

func (s *Site) planSite(a *incremental.Asker, key string) (incremental.Result, error) {
	q := s.planning(a)
	if key == configFile {
		r := incremental.Result{Rows: claimRows(key, append(page.PlanSite(q), search.PlanSite(q)...)...)}
		settings, _ := incremental.Get(a, aspReading, configFile)
		t, _ := s.theme()
		a.Rows(inTheme, themeKey, incremental.Range{}) // which messages it lacks depends on all its files
		r.Messages = tell(missingMessages(t.Messages(), settings.Languages))
		if q.staging() {
			r.Rows = appendClaims(r.Rows, key, page.Claim{Path: stagingFile, Spec: page.Spec{Kind: kindStaging}})
		}
		return r, nil
	}
	var r incremental.Result
	redirects, _ := incremental.Get(a, aspRedirects, key)
	for _, x := range redirects {
		r.Rows = appendClaims(r.Rows, key, page.PlanRedirect(q, x.From, x.To))
	}
	return r, nil
}

// A build with drafts or future articles leaves a file that says so, which a
// deploy refuses.
const (
	kindStaging page.Kind = "staging"
	stagingFile           = "mihbara-staging.txt"
	stagingText           = "This folder holds drafts or future articles. It is not for the public: build it again without --drafts and --future before you deploy.\n"
)

// A size is that of a picture, in CSS pixels.
type size struct{ Width, Height int }

var aspSize = incremental.Aspect[size]{Stratum: "pictures", Name: "size"}

// readFile plans a file that is published as it is and measures it if it is a
// picture.
func (s *Site) readFile(a *incremental.Asker, p string) (incremental.Result, error) {
	r := incremental.Result{Rows: claimRows(p, page.PlanFile(p))}
	if !picture(p) {
		return r, nil
	}
	data, err := s.readInput(a, p)
	if err != nil {
		return failed(p, err), nil
	}
	z := measure(p, data)
	if z.Width > 0 {
		r.Aspects = []incremental.Part{aspSize.Of(z)}
		return r, nil
	}
	r.Messages = tell([]diag.Diagnostic{diag.Warnf(diag.Position{File: p}, "is no picture that could be measured: pages that show it jump while they load").
		WithHint("save it anew as PNG, JPEG, GIF or WebP; an SVG picture needs width and height, or a viewBox")})
	return r, nil
}

func picture(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg":
		return true
	}
	return false
}

func measure(p string, data []byte) size {
	if strings.EqualFold(path.Ext(p), ".svg") {
		return measureSVG(data)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return size{}
	}
	return size{c.Width, c.Height}
}
