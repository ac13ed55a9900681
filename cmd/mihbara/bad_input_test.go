package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// plainSite is a small site that builds without a word; cases put something bad
// beside it, and the good article must be built all the same.
var plainSite = map[string]string{
	"site.toml":                  "title = \"Test\"\nlanguages = [\"en\", \"ar\"]\n",
	"content/en/2024/05/good.md": "---\ntitle: Good\ndate: 2024-05-01T08:00:00Z\n---\nNothing is wrong with this one.\n",
}

const goodPage = "en/2024/05/01/good/index.html"

// badSite makes the plain site with more files; a file whose content is
// "(none)" is left out.
func badSite(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, list := range []map[string]string{plainSite, files} {
		for name, content := range list {
			if _, replaced := files[name]; replaced && content == plainSite[name] {
				continue
			}
			writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), content)
		}
	}
	return dir
}

func story(title, more, body string) string {
	return "---\ntitle: " + title + "\ndate: 2024-05-02T08:00:00Z\n" + more + "---\n" + body + "\n"
}

// wants checks the problems: each line must occur, in this order.
func wants(t *testing.T, said, lines string) {
	t.Helper()
	rest := said
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		i := strings.Index(rest, line)
		if i < 0 {
			t.Errorf("not said (in this order): %s\nsaid:\n%s", line, said)
			return
		}
		rest = rest[i+len(line):]
	}
}

func TestBadInput(t *testing.T) {
	arabic := "قال الرئيس إن الاجتماع كان مفيدا وإن الوفد سيعود إلى دمشق يوم الخميس."
	for _, c := range []struct {
		name  string
		files map[string]string
		code  int
		said  string // lines, in order
		built string // output files, besides the good page
		not   string // output files that must not exist
	}{
		{"an article in Windows-1256 is converted, with a note", map[string]string{"seeds/w.txt": windows1256(t, arabic)}, exitFine,
			"seeds/w.txt: note: the file is not UTF-8 and was read as Windows-1256", "ar/undated/w/index.html", ""},
		{"an article in UTF-16 with a mark is converted, with a note", map[string]string{"seeds/u.txt": utf16LE(arabic)}, exitFine,
			"seeds/u.txt: note: the file is not UTF-8 and was read as UTF-16", "ar/undated/u/index.html", ""},
		{"a few bad bytes in UTF-8 are shown as such", map[string]string{"content/en/a.md": story("A", "", "قال الرئيس \x80 يوم \xff الخميس")}, exitFine,
			"content/en/a.md: note: 2 places are not valid UTF-8", "en/2024/05/02/a/index.html", ""},
		{"a file that is no text", map[string]string{"content/en/a.md": "MZ\x00\x01\x02\x00\x00\xff\xfe\x00 abc \x00"}, exitProblems,
			"content/en/a.md: this file is not text", "", "en/undated/a/index.html"},
		{"a picture by the name of a text", map[string]string{"seeds/a.txt": noise()}, exitProblems,
			"seeds/a.txt: this file is not text", "", "en/undated/a/index.html"},
		{"a draft takes no address from what is published", map[string]string{
			"content/en/a.md": story("A", "url: /en/same/\ndraft: true\n", "First."), "content/en/b.md": story("B", "url: /en/same/\n", "Second.")}, exitFine,
			": note: is a draft", "en/same/index.html", ""},
		{"an old address of one article is the address of another", map[string]string{"content/en/a.md": story("A", "aliases: [/en/2024/05/01/good/]\n", "x")}, exitProblems,
			"content/en/a.md: /en/2024/05/01/good/ is taken by content/en/2024/05/good.md", "en/2024/05/02/a/index.html", ""},
		{"an old address that is the address still", map[string]string{"content/en/a.md": story("A", "aliases: [/en/2024/05/02/a/]\n", "x")}, exitFine,
			"", "en/2024/05/02/a/index.html", ""},
		{"a file without a word", map[string]string{"content/en/a.md": " \n"}, exitFine, "content/en/a.md: warning: this file is empty", "en/undated/a/index.html", ""},
		{"two files with one address: the first path keeps it", map[string]string{
			"content/en/a.md": story("A", "url: /en/same/\n", "First."), "content/en/b.md": story("B", "url: /en/same/\n", "Second.")}, exitProblems,
			"content/en/b.md: its address /en/same/ is taken by content/en/a.md", "en/same/index.html", ""},
		{"two files with one id", map[string]string{
			"content/en/a.md": story("A", "id: one\n", "x"), "content/en/b.md": story("B", "id: one\n", "x")}, exitProblems,
			`content/en/b.md: the id "one" is taken by content/en/a.md`, "en/2024/05/02/a/index.html", "en/2024/05/02/b/index.html"},
		{"a slug cannot leave its folder", map[string]string{"content/en/a.md": story("A", "slug: ../../../up\n", "x")}, exitProblems,
			`content/en/a.md:4:7: slug "../../../up" leads out of its folder`, "", "../up/index.html up/index.html"},
		{"an address cannot leave the site", map[string]string{"content/en/a.md": story("A", "url: /../up/\naliases: [/../old/, /old/]\n", "x")}, exitProblems,
			"content/en/a.md:4:6: url \"/../up/\" cannot be used\ncontent/en/a.md:5:11: warning: aliases \"/../old/\" cannot be used", "", "../up/index.html ../old/index.html"},
		{"names that differ only in case", map[string]string{"content/en/Same.md": story("A", "", "x"), "content/en/same.md": story("B", "", "x")}, exitProblems,
			"content/en/same.md: its address /en/2024/05/02/same/ is taken by content/en/Same.md", "en/2024/05/02/same/index.html", ""},
		{"pictures whose names differ only in case", map[string]string{
			"content/static/Map.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", "content/static/map.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='2' height='2'/>"}, exitProblems,
			"content/static/Map.svg: /Map.svg is, where case does not count, the same as /map.svg", "map.svg", "Map.svg"},
		{"one address is a file and the folder of another", map[string]string{
			"content/en/a.md": story("A", "url: /en/x.html\n", "x"), "content/en/b.md": story("B", "url: /en/x.html/y/\n", "x")}, exitProblems,
			"content/en/b.md: /en/x.html/y/ lies below /en/x.html, which is a file", "en/x.html", "en/x.html/y/index.html"},
		{"an address as long as no file name can be", map[string]string{"content/en/a.md": story("A", "url: /en/"+strings.Repeat("x", 300)+"/\n", "x")}, exitProblems,
			"content/en/a.md:4:6: url", "", ""},
		{"names that no file system likes", map[string]string{
			"content/en/a b%20?#&\"<>.md": story("A", "", "x"), "content/en/new\nline.md": story("B", "", "x"), "content/en/CON.md": story("C", "", "x"),
			"content/en/\u202etxt.md": story("D", "", "x"), "content/en/bad\xffname.md": story("E", "", "x")}, exitFine,
			"", "en/2024/05/02/a-b-20/index.html en/2024/05/02/new-line/index.html en/2024/05/02/con/index.html en/2024/05/02/txt/index.html en/2024/05/02/bad-name/index.html", ""},
		{"front matter that never ends", map[string]string{"content/en/a.md": "---\ntitle: A\nText.\n"}, exitProblems,
			"content/en/a.md:1:1: the front matter that begins here with --- is never closed", "", "en/undated/a/index.html"},
		{"front matter that cannot be read", map[string]string{"content/en/a.md": "---\ntitle: A\ntags: [a\n---\nText.\n"}, exitProblems,
			"content/en/a.md:3:7: cannot read this YAML", "", "en/undated/a/index.html"},
		{"a sidecar that cannot be read", map[string]string{"seeds/a.txt": "Words.\n", "seeds/a.toml": "title = [\n"}, exitProblems,
			"seeds/a.toml:1:", "", "en/undated/a/index.html"},
		{"a sidecar of nothing", map[string]string{"seeds/a.yaml": "title: A\n"}, exitFine,
			"seeds/a.yaml: warning: is a sidecar of no article", "", ""},
		{"YAML aliases that multiply", map[string]string{"content/en/a.md": "---\ntitle: A\n" + bomb() + "---\nx\n"}, exitProblems,
			"content/en/a.md:", "", "en/undated/a/index.html"},
		{"YAML a hundred thousand deep", map[string]string{"content/en/a.md": "---\na: " + strings.Repeat("[", 100_000) + "\n---\nx\n"}, exitProblems,
			"content/en/a.md:2:1: this YAML is nested too deeply", "", "en/undated/a/index.html"},
		{"TOML a hundred thousand deep", map[string]string{"content/en/a.md": "+++\na = " + strings.Repeat("[", 100_000) + "\n+++\nx\n"}, exitProblems,
			"content/en/a.md:2:", "", "en/undated/a/index.html"},
		{"JSON a hundred thousand deep", map[string]string{"content/en/a.md": "{\"a\": " + strings.Repeat("[", 100_000) + "}\n\nx\n"}, exitProblems,
			"content/en/a.md:1:", "", "en/undated/a/index.html"},
		{"quotes a million deep", map[string]string{"content/en/a.md": story("A", "", strings.Repeat(">", 1_000_000)+" x")}, exitFine,
			"content/en/a.md:5:201: warning: blocks nested deeper than 200", "en/2024/05/02/a/index.html", ""},
		{"brackets a million deep", map[string]string{"content/en/a.md": story("A", "", strings.Repeat("[", 1_000_000)+" x")}, exitFine,
			"content/en/a.md:5:", "en/2024/05/02/a/index.html", ""},
		{"a field of the template that does not exist", map[string]string{"themes/broadsheet/templates/article.html": "<!doctype html>\n{{.Nope}}"}, exitProblems,
			"themes/broadsheet/templates/article.html:2:2: ArticleView has no field \"Nope\"\nwhile drawing /en/2024/05/01/good/", "", goodPage},
		{"a template that fails while it draws", map[string]string{"themes/broadsheet/templates/article.html": "<!doctype html>\n{{index .Languages 9999}}"}, exitProblems,
			"themes/broadsheet/templates/article.html:2:", "", goodPage},
		{"an entity with two ids", map[string]string{"content/entities/beirut.md": "---\nid: a\nid: b\ntype: place\nlabels: {en: Beirut}\n---\n"}, exitFine,
			"content/entities/beirut.md:3:1: warning: key \"id\" is given twice\ncontent/entities/beirut.md:3:1: warning: the id is the file name, beirut", "", ""},
		{"two files of one entity", map[string]string{"content/entities/beirut.md": "---\ntype: place\nlabels: {en: Beirut}\n---\n", "content/entities/sub/beirut.md": "---\ntype: place\nlabels: {en: Beirut}\n---\n"}, exitProblems,
			`content/entities/sub/beirut.md: the entity "beirut" is defined twice; content/entities/beirut.md counts`, "", ""},
		{"an entity that is nothing", map[string]string{"content/entities/x.md": "Just words.\n"}, exitProblems, "content/entities/x.md: the entity has no", "", ""},
		{"redirects that cannot be read", map[string]string{"content/redirects.toml": "\"/a/\" = \"/b/\"\n/x = [\n"}, exitProblems, "content/redirects.toml:2:1: cannot read this TOML", "", ""},
		{"messages that cannot be read", map[string]string{"themes/broadsheet/messages/en.toml": "x = [\n"}, exitProblems, "themes/broadsheet/messages/en.toml:1:", "", ""},
		{"a theme that does not exist", map[string]string{"site.toml": plainSite["site.toml"] + "theme = \"bordsheet\"\n"}, exitProblems,
			`site.toml: there is no theme "bordsheet" (did you mean "broadsheet"?)`, "", ""},
		{"a setting that does not exist", map[string]string{"site.toml": plainSite["site.toml"] + "base_ulr = \"x\"\n"}, exitFine, `site.toml:3:1: warning: unknown setting "base_ulr" (did you mean "baseURL"?)`, "", ""},
		{"a picture that is none", map[string]string{"content/en/a.md": story("A", "", "![x](bad.png)"), "content/en/bad.png": "words"}, exitFine,
			"content/en/bad.png: warning: is no picture that could be measured", "en/2024/05/02/a/index.html en/bad.png", ""},
		{"links and pictures that lead nowhere", map[string]string{"content/en/a.md": story("A", "", "![x](no.png) [y](no.md)")}, exitFine,
			"content/en/a.md:5:1: warning: no.png leads to no file\ncontent/en/a.md:5:14: warning: no.md leads to no file", "en/2024/05/02/a/index.html", ""},
		{"a foreign file in the way", map[string]string{"public/en/index.html": "mine"}, exitProblems,
			"en/index.html: cannot be written: en/index.html is in the way", "", ""},
		{"a foreign file where a folder must be", map[string]string{"public/assets": "mine"}, exitProblems,
			"assets/broadsheet.css: cannot be written: assets is in the way", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := badSite(t, c.files)
			_, first := build(t, c.code, "--source", dir)
			said := first
			if n := strings.Count(first, "\n"); n > 10 {
				t.Errorf("one fault, %d lines:\n%s", n, first)
			}
			if c.said == "" && said != "" {
				t.Errorf("said: %s", said)
			}
			if strings.Contains(c.said, ": note: ") { // which a build only counts
				said = mihbara(t, "check", testNow, "--source", dir).errOut
			}
			wants(t, said, c.said)
			built := c.built
			if !strings.Contains(c.not, goodPage) {
				built += " " + goodPage
			}
			for p := range strings.FieldsSeq(built) {
				if _, err := os.Stat(filepath.Join(dir, "public", filepath.FromSlash(p))); err != nil {
					t.Errorf("%s was not built", p)
				}
			}
			for p := range strings.FieldsSeq(c.not) {
				if _, err := os.Stat(filepath.Join(dir, "public", filepath.FromSlash(p))); err == nil {
					t.Errorf("%s was built", p)
				}
			}
			for name, content := range c.files { // nothing of the author's is changed
				if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil || string(data) != content {
					t.Errorf("%s was touched: %v", name, err)
				}
			}
			// A warm build says what a clean one says, and both draw the same.
			again, saidAgain := build(t, c.code, "--source", dir)
			if saidAgain != first || again.Written > 0 {
				t.Errorf("the second build wrote %d files and said:\n%s\nthe first:\n%s", again.Written, saidAgain, first)
			}
		})
	}
}

// bomb is the front matter of a billion values.
func bomb() string {
	s := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		s += string(c) + ": &" + string(c) + " [" + strings.TrimSuffix(strings.Repeat("*"+string(c-1)+", ", 9), ", ") + "]\n"
	}
	return s
}

// noise is what a compressed picture looks like to somebody who takes it for
// text.
func noise() string {
	out := []byte("\xff\xd8\xff\xe0")
	for x := uint32(1); len(out) < 4000; {
		x = x*1664525 + 1013904223
		if c := byte(x >> 24); c != 0 {
			out = append(out, c)
		}
	}
	return string(out)
}

func windows1256(t *testing.T, s string) string {
	t.Helper()
	// Of the code page only what the test's sentence needs.
	table := map[rune]byte{' ': ' ', '.': '.'}
	for i, r := range []rune("ءآأؤإئابةتثجحخدذرزسشصض") {
		table[r] = byte(0xc1 + i)
	}
	for r, b := range map[rune]byte{'ط': 0xd8, 'ظ': 0xd9, 'ع': 0xda, 'غ': 0xdb, 'ف': 0xdd, 'ق': 0xde, 'ك': 0xdf, 'ل': 0xe1, 'م': 0xe3, 'ن': 0xe4, 'ه': 0xe5, 'و': 0xe6, 'ى': 0xec, 'ي': 0xed} {
		table[r] = b
	}
	var out []byte
	for _, r := range s {
		b, ok := table[r]
		if !ok {
			t.Fatalf("%q is missing in the table", r)
		}
		out = append(out, b)
	}
	return string(out)
}

func utf16LE(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

// TestOneBadTemplateIsNotManyProblems: a thousand pages with one fault in their
// template are one line to read, not a thousand.
func TestOneBadTemplateIsNotManyProblems(t *testing.T) {
	files := map[string]string{"themes/broadsheet/templates/article.html": "<!doctype html>\n{{index .Languages 9999}}"}
	for i := range 20 {
		files["content/en/n"+string(rune('a'+i))+".md"] = story("N", "", "x")
	}
	_, said := build(t, exitProblems, "--source", badSite(t, files))
	if n := strings.Count(said, "\n"); n > 3 {
		t.Errorf("%d lines:\n%s", n, said)
	}
	wants(t, said, "article.html:2:\nand 20 more)")
}

// TestBrokenSettingsLeaveTheOutputAlone: without settings nobody knows at which
// addresses and in which languages the site stands, so what is published stays.
func TestBrokenSettingsLeaveTheOutputAlone(t *testing.T) {
	dir := badSite(t, nil)
	build(t, exitFine, "--source", dir)
	before := tree(t, filepath.Join(dir, "public"))
	writeFile(t, filepath.Join(dir, "site.toml"), "languages = [\"en\", \"ar\"\ntitle = \"Test\"\n")
	sum, said := build(t, exitProblems, "--source", dir)
	wants(t, said, "site.toml:2:1: cannot read this TOML")
	if sum.Written+sum.Removed > 0 || !sameTree(before, tree(t, filepath.Join(dir, "public"))) {
		t.Errorf("written or removed: %+v", sum)
	}
	writeFile(t, filepath.Join(dir, "site.toml"), plainSite["site.toml"])
	if sum, _ := build(t, exitFine, "--source", dir); sum.Written+sum.Removed > 0 {
		t.Errorf("mended, it wrote: %+v", sum)
	}
}

// tree gives all files below a folder.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
			files[p] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sameTree compares the files but for the list of what is ours, which counts
// the builds.
func sameTree(a, b map[string]string) bool {
	same := func(a, b map[string]string) bool {
		for p, s := range a {
			if o, ok := b[p]; !strings.HasPrefix(p, ".") && (!ok || o != s) {
				return false
			}
		}
		return true
	}
	return same(a, b) && same(b, a)
}
