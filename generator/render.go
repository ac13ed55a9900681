package generator

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/feed"
	"mihbara/generator/incremental"
	"mihbara/generator/page"
	"mihbara/generator/search"
	"mihbara/generator/theme"
)

// render draws what stands at an output path.
func (s *Site) render(a *incremental.Asker, out string) (incremental.Result, error) {
	own := a.Own()
	var spec page.Spec
	if err := spec.UnmarshalBinary(own[0].Payload); err != nil {
		return incremental.Result{}, err
	}
	problems := losers(out, own)
	if d, blocked := inTheWay(a, out, own[0].Key); blocked {
		return incremental.Result{Messages: tell(append(problems, d)), Kind: string(spec.Kind)}, nil
	}
	q := s.drawing(a)
	ofArticle := spec.Kind == page.KindArticle || spec.Kind == page.KindStanding
	if ofArticle {
		q.own = ownArticle{id: spec.Article, path: own[0].Key, shown: true} // as its plan says
	}
	data, found := s.draw(q, spec)
	if ofArticle {
		found = append(found, deadLinks(q, spec.Article)...)
	}
	return incremental.Result{File: data, Messages: tell(append(problems, found...)), Kind: string(spec.Kind)}, nil
}

// inTheWay tells whether a path cannot stand beside another one: because they
// are one where case does not count, as on most desktops, or because the other
// is a file and this one lies below it. The path that folding leaves as it is
// and the file keep their places, so that most paths have nothing to ask.
func inTheWay(a *incremental.Asker, out, owner string) (diag.Diagnostic, bool) {
	pos := diag.Position{File: owner}
	if fold := foldPath(out); fold != out {
		winner := fold
		if !a.AtLeast(ixURL, fold, 1, incremental.Range{}) {
			winner = a.Rows(ixFolded, fold, incremental.Range{Limit: 1})[0].Key
		}
		if winner != out {
			return diag.Errorf(pos, "%s is, where case does not count, the same as %s, so this was not built", page.SitePath(out), page.SitePath(winner)).
				WithHint("give one of the two another name"), true
		}
	}
	for i := strings.LastIndexByte(out, '/'); i > 0; i = strings.LastIndexByte(out[:i], '/') {
		if dir := out[:i]; path.Ext(dir) != "" && a.AtLeast(ixURL, dir, 1, incremental.Range{}) {
			return diag.Errorf(pos, "%s lies below %s, which is a file, so this was not built", page.SitePath(out), page.SitePath(dir)).
				WithHint("give one of the two another address"), true
		}
	}
	return diag.Diagnostic{}, false
}

// losers names those whose claim to a path comes second. What the site makes of
// itself has no file that its editor could change: there the winner is named.
func losers(out string, own []incremental.Row) []diag.Diagnostic {
	var problems []diag.Diagnostic
	for _, other := range own[1:] {
		if string(other.Payload) == string(own[0].Payload) {
			continue
		}
		if !isSource(other.Key) && isSource(own[0].Key) {
			problems = append(problems, diag.Notef(diag.Position{File: own[0].Key}, "stands at %s instead of what the site would make there", page.SitePath(out)).
				WithHint("give it another address if that is not wanted"))
			continue
		}
		problems = append(problems, diag.Errorf(diag.Position{File: other.Key}, "%s is taken by %s, so this was not built", page.SitePath(out), own[0].Key).
			WithHint("give one of the two another address"))
	}
	return problems
}

func isSource(p string) bool {
	return strings.HasPrefix(p, "content/") || strings.HasPrefix(p, "seeds/")
}

// draw makes the bytes of a spec, which nobody else holds, so that write may use
// their room again. A page that cannot be drawn has no file, as in a clean build.
func (s *Site) draw(q *answers, spec page.Spec) ([]byte, []diag.Diagnostic) {
	if spec.Kind == kindStaging {
		return []byte(stagingText), nil
	}
	var file page.File
	var err error
	room := s.rooms.take()
	switch {
	case spec.Kind.IsFeed():
		file, err = feed.Draw(room, q, spec)
	case spec.Kind.IsSearch():
		file, err = search.Draw(room, q, spec)
	default:
		t, _ := s.theme()
		file, err = page.Draw(room, q, t, spec)
	}
	if file.Data == nil {
		s.rooms.give(room)
	}
	if err == nil && file.Copy != "" {
		file.Data, err = s.copied(q, file.Copy)
	}
	if err != nil {
		return nil, []diag.Diagnostic{drawingError(err, spec)}
	}
	if file.Data == nil {
		file.Data = []byte{}
	}
	return file.Data, nil
}

const whileDrawing = " (while drawing "

func drawingError(err error, spec page.Spec) diag.Diagnostic {
	var te *theme.Error
	if errors.As(err, &te) {
		d := te.Diagnostic
		d.Message += whileDrawing + te.Page + ")"
		return d
	}
	return diag.Errorf(diag.Position{File: spec.Target}, "the page of kind %s cannot be drawn: %v", spec.Kind, err)
}

// copied gives the bytes of a file that is published as it is: an asset of the
// theme, a source, or a file beside it.
func (s *Site) copied(q *answers, p string) ([]byte, error) {
	if name, ok := strings.CutPrefix(p, "assets/"); ok {
		if _, ok := incremental.Get(q.asker, aspAsset(name), themeKey); ok {
			t, _ := s.theme()
			data, _ := t.Asset(name)
			return bytes.Clone(data), nil
		}
	}
	for _, index := range []incremental.Index{inFile, inSource} {
		if rows := q.asker.Rows(index, p, incremental.Range{}); len(rows) > 0 {
			return s.sources.read(p, hashOf(rows[0].Payload))
		}
	}
	return nil, fmt.Errorf("%s is neither a source nor an asset nor a file of the site", p)
}

// deadLinks names links and pictures of an article whose files are not there.
func deadLinks(q *answers, id article.ID) []diag.Diagnostic {
	art, ok := q.Article(id)
	if !ok {
		return nil
	}
	var out []diag.Diagnostic
	for _, r := range art.Body.Refs {
		dest, _, _ := strings.Cut(r.Dest, "#")
		dest, _, _ = strings.Cut(dest, "?")
		if dest == "" || strings.Contains(dest, ":") || strings.HasPrefix(dest, "/") {
			continue
		}
		place := path.Join(path.Dir(art.Path), unescape(dest))
		if _, ok := q.Target(place); !ok {
			out = append(out, diag.Warnf(r.Pos, "%s leads to no file: there is no %s", dest, place).
				WithHint("paths are relative to the article's own folder"))
		}
	}
	return out
}

// write and drop keep the output folder in step with the engine. What was
// written is of no more use to anyone.
func (s *Site) write(out string, data []byte, hash, previous uint64) error {
	err := s.sink.write(out, data, hash, previous)
	s.rooms.give(data)
	return err
}

func (s *Site) drop(out string) error { return s.sink.drop(out) }
