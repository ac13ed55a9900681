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
// A theme may write its own structured data in place of .JSONLD, which then is not
// worked out. Inside <script type="application/ld+json">, {{.Headline.S}} writes a
// string with its quotes, {{.Words}} a number; "{{.Frame.BaseURL}}{{.Path}}" puts
// several into one string. <, > and & become escapes, so that no text ends the
// element, and all escapes are such as JSON knows; programs write the same bytes
// as html/template. One thing is no JSON: a value of .Params that JSON has no
// number for (nan, inf), in whose place html/template puts a comment.
//
// Promises: a template sees views and the functions of functions.go, nothing
// else; misspelt fields, functions and templates are found when the theme is
// loaded, with file, line and the nearest known name; the same view, messages
// and templates give the same bytes. A [Theme] does not change after it is
// loaded and may be used by several goroutines.
package theme
