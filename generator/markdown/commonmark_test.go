package markdown

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestCommonMark compares the structure of what we draw with the examples of
// the CommonMark specification, which goldmark's module carries. Where we mean
// to differ, the difference is a reason in the table below.
func TestCommonMark(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skip("the go command does not tell where goldmark is")
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip("goldmark's module has no specification beside it")
	}
	var examples []struct {
		Markdown, HTML string
		Example        int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	ours := map[int]string{
		79:  "an empty heading is not drawn: a reader of the outline would stumble over it",
		148: "a line end before an end tag is a space, also where the tag's element is a raw pre",
		608: "bare addresses are linked, as GFM does",
		611: "bare addresses are linked, as GFM does",
		612: "bare addresses are linked, as GFM does",
		300: "text after a heading in a tight item is a paragraph, so that it can have its own direction",
	}
	failed := 0
	for _, e := range examples {
		d, _ := Parse([]byte(e.Markdown), Options{Language: "en", HTML: "trusted"})
		got, want := shape(t, d.HTML), shape(t, e.HTML)
		if got != want && ours[e.Example] == "" {
			failed++
			t.Errorf("example %d\n%s\nshows  %s\nwanted %s", e.Example, e.Markdown, got, want)
		}
	}
	t.Logf("%d of %d examples as specified, %d differ by intent", len(examples)-failed-len(ours), len(examples), len(ours))
}

// shape gives the elements and text of HTML without what only we add.
func shape(t *testing.T, s string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(s), nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	var write func(n *html.Node, pre bool)
	write = func(n *html.Node, pre bool) {
		switch n.Type {
		case html.TextNode:
			if !pre {
				b.WriteString(strings.Join(strings.Fields(" "+n.Data+" "), " "))
				return
			}
			b.WriteString(n.Data)
		case html.ElementNode:
			wrapper := n.Data == "div" && len(n.Attr) == 1 && (n.Attr[0].Val == "code" || n.Attr[0].Val == "table") || n.Data == "html" || n.Data == "head" || n.Data == "body" || n.Data == "span"
			if !wrapper {
				b.WriteString("<" + n.Data)
				for _, a := range n.Attr {
					if a.Key == "href" || a.Key == "src" || a.Key == "title" || a.Key == "alt" || a.Key == "start" {
						b.WriteString(" " + a.Key + "=" + strings.Join(strings.Fields(a.Val), " "))
					}
				}
				b.WriteString(">")
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				write(c, pre || n.Data == "pre")
			}
			if !wrapper {
				b.WriteString("</" + n.Data + ">")
			}
		}
	}
	for _, n := range nodes {
		write(n, false)
	}
	return b.String()
}
