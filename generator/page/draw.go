package page

import "fmt"

// A File is what stands at an output path: bytes, or a source to copy.
type File struct {
	Data []byte
	// Copy is a source path below the site's folder (or the theme's
	// "assets/…"); then Data is nil and the file is copied as it is.
	Copy string
}

// A Renderer makes HTML of a view by the theme's template of that name.
// Texts of the user interface are asked of q, see [Questions].Phrases. The HTML
// is appended to dst. Errors name the template's file and line.
type Renderer interface {
	Render(dst []byte, q Questions, template Kind, view View) ([]byte, error)
}

// A View is what a template sees: one struct a kind of page, each with a
// [Base]. [Draw] uses the memory of a view again once it is drawn.
type View interface{ Page() *Base }

// Draw makes the file for a spec. Kinds for which [Kind.IsFeed] or [Kind.IsSearch]
// holds are drawn by feed.Draw and search.Draw instead. Its bytes are appended to dst. It is an error if what
// the spec names does not exist.
func Draw(dst []byte, q Questions, r Renderer, s Spec) (File, error) {
	switch s.Kind {
	case KindFile, KindSource:
		return File{Copy: s.Target}, nil
	case KindCoverage:
		return File{Data: append(dst, Coverage(q, s)...)}, nil
	}
	v, err := ViewOf(q, s)
	if err != nil {
		return File{}, err
	}
	data, err := r.Render(dst, q, s.Kind, v)
	v.Page().leave()
	return File{Data: data}, err
}

// ViewOf makes the view of a spec whose kind has a template.
func ViewOf(q Questions, s Spec) (View, error) {
	switch s.Kind {
	case KindArticle, KindStanding:
		return articleView(q, s)
	case KindHome, KindList:
		return listView(q, s)
	case KindEntity:
		return entityView(q, s)
	case KindStory:
		return storyView(q, s)
	case KindNames:
		return namesView(q, s)
	case KindRoot:
		return rootView(q, s), nil
	case KindNotFound:
		return notFoundView(q, s), nil
	case KindRedirect:
		return redirectView(q, s), nil
	}
	return nil, fmt.Errorf("no view for a page of kind %q", s.Kind)
}

// Views gives an empty view for each kind that has a template, so that a theme
// can check its templates against their types.
func Views() map[Kind]View {
	return map[Kind]View{
		KindArticle: &ArticleView{}, KindStanding: &ArticleView{},
		KindHome: &ListView{}, KindList: &ListView{}, KindEntity: &EntityView{}, KindStory: &StoryView{}, KindNames: &NamesView{},
		KindRoot: &RootView{}, KindNotFound: &NotFoundView{}, KindRedirect: &RedirectView{},
	}
}
