// Package themes holds the themes that the program brings along, so that one
// binary is whole.
package themes

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed all:broadsheet
var embedded embed.FS

// Default is the theme of a site that names none.
const Default = "broadsheet"

// Files gives the files of an embedded theme by path below its folder
// ("templates/article.html"), and false if there is no theme of that name. The
// caller owns the map.
func Files(name string) (map[string][]byte, bool) {
	if !fs.ValidPath(name) || name == "." || strings.Contains(name, "/") {
		return nil, false
	}
	files := map[string][]byte{}
	err := fs.WalkDir(embedded, name, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := embedded.ReadFile(p)
		files[strings.TrimPrefix(p, name+"/")] = data
		return err
	})
	return files, err == nil
}
