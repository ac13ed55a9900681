package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"mihbara/generator/lang"
)

const visualFile = "testdata/visual.txt"

// A fixture is one text of testdata/visual.txt, whose head says how to write
// one.
type fixture struct {
	head   string // the line as it stands in the file, without "=== "
	name   string
	lang   lang.Tag
	place  string // where the text stands on the page: "body", "headline" …
	slug   string // of its article
	source string
	bare   string // how it would be seen if it were written on the page as it is; "" if that is not said
	seen   []string
}

// TestVisualOrder builds a site of the texts of testdata/visual.txt and looks in
// a browser where each letter is drawn. The order must be the one that the file
// gives, and the one that the Unicode algorithm as [lang.Levels] has it finds in
// the page's markup. With MIHBARA_UPDATE=1 what is seen is written to the file.
func TestVisualOrder(t *testing.T) {
	intro, list := readFixtures(t)
	ctx := browser(t)
	out := visualSite(t, list)
	page := serveFolder(t, out)
	wrong := 0
	for i := range list {
		f := &list[i]
		ok := t.Run(f.name, func(t *testing.T) {
			seen := f.look(t, ctx, page, out)
			if os.Getenv("MIHBARA_UPDATE") != "" {
				f.seen = seen
			}
			if !slices.Equal(seen, f.seen) {
				t.Errorf("%s of\n%sis seen, from left to right, as\n%s\nwanted\n%s", f.place, f.source, strings.Join(seen, "\n"), strings.Join(f.seen, "\n"))
			}
		})
		if !ok {
			wrong++
		}
	}
	t.Logf("visual order: %d fixtures, %d not as they should be", len(list), wrong)
	if len(list) < 80 {
		t.Errorf("%d fixtures, at least 80 are wanted", len(list))
	}
	if os.Getenv("MIHBARA_UPDATE") != "" {
		writeFixtures(t, intro, list)
	}
}

func readFixtures(t *testing.T) (intro string, list []fixture) {
	t.Helper()
	data, err := os.ReadFile(visualFile)
	if err != nil {
		t.Fatal(err)
	}
	intro, rest, _ := strings.Cut(string(data), "\n=== ")
	names := map[string]bool{}
	for i, part := range strings.Split(rest, "\n=== ") {
		f := readFixture(t, part)
		f.slug = fmt.Sprintf("f%03d", i)
		if names[f.name] {
			t.Errorf("two fixtures are named %q", f.name)
		}
		names[f.name] = true
		list = append(list, f)
	}
	return intro, list
}

func readFixture(t *testing.T, part string) fixture {
	t.Helper()
	head, rest, _ := strings.Cut(strings.TrimRight(part, "\n"), "\n")
	f := fixture{head: head, place: "body"}
	name, options, ok := strings.Cut(strings.TrimSuffix(head, "]"), " [")
	tag, place, _ := strings.Cut(options, " ")
	var err error
	if f.lang, err = lang.ParseTag(tag); err != nil || !ok {
		t.Fatalf("%s: a fixture begins with === item, name [language place]: %v", head, err)
	}
	f.name, f.place = name, cmp.Or(place, f.place)
	source, seen, ok := strings.Cut(rest, "\n--- seen\n")
	if !ok {
		t.Fatalf("%s: no line --- seen", head)
	}
	source, f.bare, _ = strings.Cut(source, "\n--- bare\n")
	f.source, f.seen = source+"\n", strings.Split(seen, "\n")
	return f
}

func writeFixtures(t *testing.T, intro string, list []fixture) {
	t.Helper()
	var b strings.Builder
	b.WriteString(intro)
	for _, f := range list {
		fmt.Fprintf(&b, "\n=== %s\n%s", f.head, f.source)
		if f.bare != "" {
			fmt.Fprintf(&b, "--- bare\n%s\n", f.bare)
		}
		fmt.Fprintf(&b, "--- seen\n%s", strings.Join(f.seen, "\n"))
	}
	b.WriteString("\n")
	if err := os.WriteFile(visualFile, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// visualSite builds a site with an article for each fixture and gives the
// folder.
func visualSite(t *testing.T, list []fixture) string {
	t.Helper()
	dir := t.TempDir()
	var tags []string
	for _, f := range list {
		if tag := fmt.Sprintf("%q", f.lang); !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
		for name, content := range f.files() {
			writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), content)
		}
	}
	writeFile(t, filepath.Join(dir, "site.toml"), "languages = ["+strings.Join(tags, ", ")+`]
base_url = "https://example.org/"
title = { ar = "محبرة", en = "Mihbara" }
[lists]
front = 1000
max = 1000
`)
	writeFile(t, filepath.Join(dir, "content", "static", "p.svg"), `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>`)
	out := filepath.Join(dir, "public")
	sum, problems := build(t, exitFine, "--source", dir, "--out", out)
	if sum.Articles != len(list) {
		t.Errorf("%d articles of %d fixtures\n%s", sum.Articles, len(list), problems)
	}
	return out
}

// files gives the sources of the fixture's article.
func (f *fixture) files() map[string]string {
	text := controlled(strings.TrimSuffix(f.source, "\n"))
	head, body := map[string]string{"title": f.slug}, f.slug
	switch f.place {
	case "body":
		body = text
	case "seed":
		name := "seeds/" + f.slug
		return map[string]string{name + ".txt": text + "\n", name + ".yaml": fmt.Sprintf("lang: %s\ntitle: %s\ndate: 2024-05-02\n", f.lang, f.slug)}
	case "headline", "title", "og", "card", "feed":
		head["title"] = text
	case "lead", "description":
		head["summary"] = text
	case "when":
		head["date"] = text
	case "byline":
		head["authors"] = text
	case "tag":
		head["tags"] = text
	case "section", "source":
		head[f.place] = text
	case "alt", "caption", "credit":
		head["image"] = "/p.svg"
		head[map[string]string{"alt": "imageAlt", "caption": "image_caption", "credit": "image_credit"}[f.place]] = text
	}
	if head["date"] == "" {
		head["date"] = "2024-05-02"
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(head)) {
		fmt.Fprintf(&b, "%s: %s\n", key, yamlValue(key, head[key]))
	}
	return map[string]string{"content/" + string(f.lang) + "/" + f.slug + ".md": "---\n" + b.String() + "---\n" + body + "\n"}
}

// yamlValue writes a text, or a list of what stands on its lines.
func yamlValue(key, text string) string {
	if key == "date" {
		return text
	}
	if key != "authors" && key != "tags" {
		return fmt.Sprintf("%q", text)
	}
	var list []string
	for line := range strings.Lines(text) {
		list = append(list, fmt.Sprintf("%q", strings.TrimSpace(line)))
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// controlled puts the characters for <U+202E> and the like.
func controlled(s string) string {
	for {
		before, rest, ok := strings.Cut(s, "<U+")
		code, after, closed := strings.Cut(rest, ">")
		if !ok || !closed {
			return s
		}
		var r rune
		fmt.Sscanf(code, "%x", &r)
		s = before + string(r) + after
	}
}

// A seenLine is what lines.js gives.
type seenLine struct {
	Base lang.Direction
	Text string
	Row  int
	At   [][2]float64
}

// order gives the line as it is seen, from left to right, with brackets as they
// are drawn. It fails where the browser and the Unicode algorithm differ.
func (l *seenLine) order(t *testing.T) string {
	t.Helper()
	levels := lang.Levels(l.Text, l.Base)
	shown := map[int]bool{}
	for _, at := range l.At {
		shown[int(at[0])] = true
	}
	var computed []int
	for _, i := range lang.VisualOrder(levels) {
		if shown[i] {
			computed = append(computed, i)
		}
	}
	at := slices.Clone(l.At)
	slices.SortStableFunc(at, func(a, b [2]float64) int { return cmp.Compare(a[1], b[1]) })
	var seen []int
	for _, a := range at {
		seen = append(seen, int(a[0]))
	}
	text := []rune(l.Text)
	drawn := func(order []int) string {
		var b strings.Builder
		for _, i := range order {
			b.WriteString(cluster(text, i, levels[i]))
		}
		return strings.Join(strings.Fields(b.String()), " ")
	}
	if s, c := drawn(seen), drawn(computed); s != c {
		t.Errorf("%q in a line from the %s: the browser shows\n%s\nand lang.Levels finds\n%s", l.Text, l.Base, s, c)
	}
	return drawn(seen)
}

// cluster gives the character at i with its marks, mirrored if it stands in a
// run from the right.
func cluster(text []rune, i int, level lang.Level) string {
	r := text[i]
	if m, ok := mirrored[r]; ok && level%2 == 1 {
		r = m
	}
	b := []rune{r}
	for _, m := range text[i+1:] {
		if !unicode.Is(unicode.M, m) {
			break
		}
		b = append(b, m)
	}
	return string(b)
}

// mirrored are the characters of the fixtures whose picture is turned round in
// text from the right.
var mirrored = map[rune]rune{
	'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«', '‹': '›', '›': '‹',
}

// drawnLines gives lines as they are seen; the cells of a row are one line.
func drawnLines(t *testing.T, lines []seenLine) []string {
	t.Helper()
	var out []string
	for i := 0; i < len(lines); {
		n := 1
		for lines[i].Row > 0 && i+n < len(lines) && lines[i+n].Row == lines[i].Row {
			n++
		}
		cells := slices.Clone(lines[i : i+n])
		slices.SortFunc(cells, func(a, b seenLine) int { return cmp.Compare(a.At[0][1], b.At[0][1]) })
		var parts []string
		for _, c := range cells {
			parts = append(parts, c.order(t))
		}
		out = append(out, strings.Join(parts, " | "))
		i += n
	}
	return out
}
