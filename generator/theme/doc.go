// Package theme turns views into HTML: it loads a theme's templates, messages
// and assets, checks the templates against the types of the views, and renders.
//
// A theme is a set of files: templates/*.html (html/template; a file
// "article.html" is the template "article", and any template may use any
// other), messages/<language>.toml, assets/ (published as they are, those below
// assets/bundled-fonts only where site.toml says fonts = "bundled") and
// theme.toml. The files of the site's own theme folder replace the embedded
// ones one by one ([Merge]).
//
// Promises: a template sees views and the functions of functions.go, nothing
// else; misspelt fields, functions and templates are found when the theme is
// loaded, with file, line and the nearest known name; the same view, messages
// and templates give the same bytes. A [Theme] does not change after it is
// loaded and may be used by several goroutines.
package theme
