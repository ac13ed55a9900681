package generator

import (
	"cmp"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The law of floors: a package imports only from floors below its own, and of
// those only what its line names. A new edge is argued in review, by changing
// this table.
//
//	floor 0  diag · lang · output · record
//	floor 1  incremental · frontmatter · markdown · lint · preview · deploy
//	floor 2  site · tag
//	floor 3  article
//	floor 4  entity
//	floor 5  archive · recogniser
//	floor 6  page · importer
//	floor 7  theme · feed · search · check
//	floor 8  generator
//	floor 9  cmd
var floors = map[string]string{
	"diag":        "",
	"lang":        "",
	"incremental": "record",
	"output":      "",
	"record":      "",

	// What the tests of several packages share.
	"lang/langtest":     "",
	"record/recordtest": "",

	"frontmatter": "diag",
	"markdown":    "diag lang record",
	"lint":        "diag lang",
	"preview":     "diag output",
	"deploy":      "diag output",
	"site":        "diag lang frontmatter",
	"tag":         "diag frontmatter lang",
	"article":     "diag lang frontmatter markdown record site",
	"entity":      "article diag frontmatter lang record",
	"recogniser":  "entity lang record",
	"archive":     "article diag entity lang record site tag",
	"page":        "archive article diag entity lang frontmatter markdown recogniser record site",
	"importer":    "article diag frontmatter lang",
	"theme":       "page archive article diag entity lang frontmatter markdown site",
	"feed":        "page archive article diag entity lang frontmatter markdown site",
	"search":      "page archive article diag entity lang frontmatter markdown site",
	"check":       "page archive article diag entity lang frontmatter markdown site",
}

// doors says which packages may import a module of others. Each has one door,
// so that it can be replaced by changing one package; the reasons for more
// stand beside.
var doors = map[string]string{
	"github.com/yuin/goldmark":           "markdown",
	"github.com/alecthomas/chroma":       "markdown",
	"github.com/microcosm-cc/bluemonday": "markdown",
	"github.com/goccy/go-yaml":           "frontmatter",
	"github.com/pelletier/go-toml":       "frontmatter",
	"github.com/fsnotify/fsnotify":       "preview",
	"github.com/cockroachdb/pebble":      "incremental",
	"github.com/fxamacker/cbor":          "incremental",
	"github.com/clipperhouse/uax29":      "lang",
	// A hash function is one call without a type of its own, and what one of
	// the three has hashed the others compare: the engine's answers, the
	// output's files, the sources.
	"github.com/cespare/xxhash": "incremental output generator",

	// The Go project's own, which the language's promise covers in effect.
	"golang.org/x/image": "generator", // the size of WebP pictures
	// HTML is cut into tokens where Markdown brings raw HTML, and where finished
	// pages are read; neither shows the other what it found.
	"golang.org/x/net": "markdown check lint",
	// The standard library has no call that looks at a file from its folder.
	"golang.org/x/sys": "generator",
	// An errgroup with a limit is the only form of concurrency in both.
	"golang.org/x/sync": "incremental generator",
	// Character sets belong to reading, collation and tags to languages. To
	// normalise or case-fold a name is one call wherever names become paths.
	"golang.org/x/text/encoding":     "frontmatter",
	"golang.org/x/text/language":     "lang",
	"golang.org/x/text/collate":      "lang",
	"golang.org/x/text/cases":        "generator",
	"golang.org/x/text/unicode/norm": "lang article generator",
	"golang.org/x/text/unicode/bidi": "lang", // the classes of characters; the algorithm is ours
}

// testDoors are those of the tests and of cmd/bench, besides the ones above. A
// test may also import any package of ours that is below the floor of its own.
var testDoors = map[string]string{
	"github.com/chromedp/chromedp":    "preview cmd/mihbara",
	"github.com/chromedp/cdproto":     "preview cmd/mihbara",
	"github.com/rogpeppe/go-internal": "cmd/mihbara",
	"github.com/fxamacker/cbor":       "markdown",  // that a document survives the store
	"github.com/yuin/goldmark":        "cmd/bench", // what bare Markdown costs, as a measure
}

// vague names say nothing about what a package holds, so everything would end
// up there.
var vague = []string{"util", "utils", "helper", "helpers", "common", "base", "types", "misc", "shared", "tools", "lib", "core"}

// A sourceFile is one Go file of the module.
type sourceFile struct {
	room    string // "lang", "generator", "cmd/mihbara", "themes"
	path    string // slash-separated, from the module's root
	test    bool
	imports []string
}

const module = "mihbara/"

func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	var list []sourceFile
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && p != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "public") {
			return fs.SkipDir
		}
		if path.Ext(p) != ".go" {
			return nil
		}
		data, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), p, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := sourceFile{room: roomOf(path.Dir(p)), path: p, test: strings.HasSuffix(p, "_test.go")}
		for _, i := range parsed.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, name)
		}
		list = append(list, f)
		return nil
	})
	if err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	return list
}

// roomOf turns "generator/lang" into "lang" and leaves what is not below
// generator as it is.
func roomOf(dir string) string { return strings.TrimPrefix(dir, "generator/") }

func TestPackagesImportOnlyWhatTheirFloorAllows(t *testing.T) {
	for _, f := range sourceFiles(t) {
		for _, name := range f.imports {
			if rest, ours := strings.CutPrefix(name, module); ours {
				if !mayImport(f, roomOf(rest)) {
					t.Errorf("%s: %s may not import %s", f.path, f.room, rest)
				}
			}
		}
	}
}

func mayImport(f sourceFile, to string) bool {
	allowed, isRoom := floors[f.room]
	switch {
	case f.room == to: // an external test of a package
		return true
	case f.test && to == f.room+"/"+path.Base(f.room)+"test": // what its tests share with those of others
		return true
	case !isRoom && f.room != "generator":
		return strings.HasPrefix(f.room, "cmd/") || path.Base(f.room) == "gen" && below("lang", to) // generators of data
	case f.room == "generator":
		return !strings.HasPrefix(to, "cmd/")
	case slices.Contains(strings.Fields(allowed), to):
		return true
	case f.test:
		return to == "themes" && f.room == "theme" || below(f.room, to)
	}
	return false
}

// below says whether to stands on a lower floor than room: whether, following
// what may be imported, one never gets back.
func below(room, to string) bool {
	_, known := floors[to]
	return known && height(to) < height(room)
}

func height(room string) int {
	h := 0
	for _, r := range strings.Fields(floors[room]) {
		h = max(h, height(r)+1)
	}
	return h
}

func TestModulesOfOthersEnterByOneDoor(t *testing.T) {
	used := map[string]bool{}
	for _, f := range sourceFiles(t) {
		for _, name := range f.imports {
			if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
				continue // the standard library and ours
			}
			door, ok := doorOf(doors, name)
			if !ok && f.test {
				door, ok = doorOf(testDoors, name)
			}
			switch {
			case !ok:
				t.Errorf("%s: %s has no door; argue for one in the table, or do without it", f.path, name)
			case slices.Contains(strings.Fields(doors[door]), f.room):
				used[door+" "+f.room] = true
			case slices.Contains(strings.Fields(testDoors[door]), f.room):
			case f.test && strings.HasPrefix(door, "golang.org/x/"): // tests may look with other eyes
			default:
				t.Errorf("%s: %s enters by %s, not by %s", f.path, name, cmp.Or(doors[door], testDoors[door]), f.room)
			}
		}
	}
	for door, rooms := range doors {
		for _, room := range strings.Fields(rooms) {
			if !used[door+" "+room] {
				t.Errorf("%s does not import %s any more: take it out of the table", room, door)
			}
		}
	}
}

func doorOf(table map[string]string, name string) (string, bool) {
	for _, door := range slices.Sorted(maps.Keys(table)) {
		if name == door || strings.HasPrefix(name, door+"/") {
			return door, true
		}
	}
	return "", false
}

func TestPackagesAreNamedForWhatTheyHold(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range sourceFiles(t) {
		name := path.Base(f.room)
		if slices.Contains(vague, name) {
			t.Errorf("%s: a package named %s would hold anything", f.path, name)
		}
		if dir := path.Dir(f.path); !seen[dir] && strings.HasPrefix(dir, "generator/") && strings.Count(dir, "/") == 1 {
			seen[dir] = true
			if _, ok := floors[f.room]; !ok {
				t.Errorf("%s has no line in the table of floors", dir)
			}
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(dir), "doc.go")); err != nil && !documented(dir) {
				t.Errorf("%s: a package says in doc.go what it takes, gives, promises and refuses", dir)
			}
		}
	}
}

// documented says whether some file of a package has the package's comment: a
// package of one file needs no doc.go.
func documented(dir string) bool {
	files, _ := filepath.Glob(filepath.Join("..", filepath.FromSlash(dir), "*.go"))
	return slices.ContainsFunc(files, func(name string) bool {
		data, err := os.ReadFile(name)
		return err == nil && strings.HasPrefix(string(data), "// Package "+path.Base(dir)+" ")
	})
}

// TestNoPackageWorksBehindTheScenes keeps out what would make a package depend
// on the order in which packages begin.
func TestNoPackageWorksBehindTheScenes(t *testing.T) {
	for _, f := range sourceFiles(t) {
		data, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(f.path)))
		if err != nil {
			t.Fatal(err)
		}
		if !f.test && strings.Contains(string(data), "\nfunc init()") {
			t.Errorf("%s: has an init function", f.path)
		}
	}
}
