package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

func ExampleParse() {
	d, diags := Parse([]byte("التقى **إبراهيم رئيسي** ، الخميس ، الوفد في [دمشق](/d)."), Options{Path: "a.md", Language: "ar", Typography: true})
	name := "إبراهيم رئيسي"
	at := strings.Index(d.Text, name)
	fmt.Println(d.Apply(
		[]Insertion{{at, at + len(name), `<a href="/e/raisi">`, "</a>"}},
		func(r Ref) string { return ` href="/ar` + r.Dest + `"` }))
	fmt.Println(len(diags))
	// Output:
	// <p>التقى <strong><a href="/e/raisi">إبراهيم رئيسي</a></strong>، الخميس، الوفد في <a href="/ar/d">دمشق</a>.</p>
	//
	// 0
}

func ExamplePlainText() {
	d, _ := PlainText([]byte("وصل الوزير ، الخميس ، إلى دمشق.\nولم يدل بتصريح ."), Options{Language: "ar", Typography: true})
	fmt.Print(d.HTML)
	// Output:
	// <p>وصل الوزير، الخميس، إلى دمشق.</p>
	// <p>ولم يدل بتصريح.</p>
}

func TestApply(t *testing.T) {
	d, _ := Parse([]byte("a & b < c *d* e [f](g)"), Options{Language: "en"})
	span := func(s string) (int, int) {
		i := strings.Index(d.Text, s)
		return i, i + len(s)
	}
	around := func(s string) Insertion {
		start, end := span(s)
		return Insertion{start, end, "<i>", "</i>"}
	}
	for _, c := range []struct {
		name string
		ins  []Insertion
		want string
	}{
		{"nothing to put leaves the HTML", nil, d.HTML},
		{"a span after escaped characters", []Insertion{around("c")}, "<p>a &amp; b &lt; <i>c</i> <em>d</em> e <a href=\"g\">f</a></p>\n"},
		{"a span that holds escaped characters", []Insertion{around("& b <")}, "<p>a <i>&amp; b &lt;</i> c <em>d</em> e <a href=\"g\">f</a></p>\n"},
		{"a span over markup is left out", []Insertion{around("c d")}, d.HTML},
		{"of two that overlap the first stays", []Insertion{around("b < c"), around("a & b")}, "<p><i>a &amp; b</i> &lt; c <em>d</em> e <a href=\"g\">f</a></p>\n"},
		{"order does not matter", []Insertion{around("e"), around("a")}, "<p><i>a</i> &amp; b &lt; c <em>d</em> <i>e</i> <a href=\"g\">f</a></p>\n"},
		{"nonsense is left out", []Insertion{{-5, -1, "<i>", "</i>"}, {3, 2, "<i>", "</i>"}, {1 << 40, 1<<40 + 1, "<i>", "</i>"}}, d.HTML},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := d.Apply(c.ins, nil); got != c.want {
				t.Errorf("%s, wanted %s", got, c.want)
			}
		})
	}
	if got := d.Apply(nil, func(Ref) string { return "" }); strings.Contains(got, "href") {
		t.Errorf("the attribute is still in %s", got)
	}
	if start, end := span("f"); d.Linkable(start, end) {
		t.Error("text of a link is linkable")
	}
	if start, end := span("d"); !d.Linkable(start, end) {
		t.Error("emphasised text is not linkable")
	}
}

func TestDocumentIsStored(t *testing.T) {
	d, _ := Parse([]byte(sample), Options{Path: "a.md", Language: "ar", Typography: true})
	data, err := cbor.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back Document
	if err := cbor.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", d) {
		t.Error("the document read is not the one stored")
	}
	t.Logf("%d bytes of source, %d stored", len(sample), len(data))
}

func TestStrip(t *testing.T) {
	for _, c := range []struct{ name, md, want string }{
		{"plain text stays", "رئيسي في دمشق", "رئيسي في دمشق"},
		{"emphasis, links and code lose their marks", "**a** [b](c) `d` ~~e~~", "a b d e"},
		{"lines become one", "a\nb\n\n- c", "a b c"},
		{"references are resolved", "a &amp; b", "a & b"},
		{"a number sign inside stays", "C# and F#", "C# and F#"},
		{"pictures are nothing", "a ![b](c)", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Strip(c.md); got != c.want {
				t.Errorf("%q, wanted %q", got, c.want)
			}
		})
	}
}

func TestPositions(t *testing.T) {
	t.Run("the body's first line is counted from the file's", func(t *testing.T) {
		_, diags := Parse([]byte("a\n\nنص <b>"), Options{Path: "a.md", Line: 10})
		if len(diags) != 1 || diags[0].Pos.String() != "a.md:12:4" {
			t.Error(diags)
		}
	})
	t.Run("carriage returns and other digits do not move them", func(t *testing.T) {
		_, diags := Parse([]byte("١. ا\r\n٢. ب <b>\r\n"), Options{Path: "a.md"})
		if len(diags) != 1 || diags[0].Pos.String() != "a.md:2:6" {
			t.Error(diags)
		}
	})
	t.Run("characters that are composed count as they are written", func(t *testing.T) {
		for src, want := range map[string]string{
			"cafe\u0301 e\u0301 <b>":                "a.md:1:10",
			"e\u0301e\u0301\n\ne\u0301 <b>":         "a.md:3:4",
			"١. e\u0301\n٢. e\u0301 e\u0301 <b>":    "a.md:2:10",
			"\u0958 <b>":                            "a.md:1:3", // which NFC takes apart
			"[e\u0301](e\u0301.md) e\u0301 **<b>**": "a.md:1:18",
			"> e\u0301\n> e\u0301 <b>":              "a.md:2:6",
		} {
			_, diags := Parse([]byte(src), Options{Path: "a.md"})
			if len(diags) != 1 || diags[0].Pos.String() != want {
				t.Errorf("%+q: %v, wanted %s", src, diags, want)
			}
		}
	})
	t.Run("bytes that are not UTF-8 are told", func(t *testing.T) {
		d, diags := Parse([]byte("a\nb\xff"), Options{Path: "a.md"})
		if len(diags) != 1 || diags[0].Pos.String() != "a.md:2:2" || d.Text != "a b\uFFFD" {
			t.Error(diags, d.Text)
		}
	})
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{{"", 0}, {"واحد اثنان، ثلاثة", 3}, {"می‌شود", 1}, {"don't stop — now 12:30", 4}, {"中文 ab", 3}, {"éa ça", 2}} {
		if got := countWords([]byte(c.text)); got != c.want {
			t.Errorf("%q has %d words, wanted %d", c.text, got, c.want)
		}
	}
}
