package markdown

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
)

// TestHostile feeds inputs on which a naive parser overflows its stack or takes
// the square of their length. Each must end within seconds, whole.
func TestHostile(t *testing.T) {
	repeat := func(s string, n int) func() string { return func() string { return strings.Repeat(s, n) } }
	// The two that the package promises are fed whole; the others a quarter of
	// it, which already shows a square, unless CI asks for all.
	const million = 1_000_000
	many := million / 4
	if os.Getenv("CI") == "true" {
		many = million
	}
	inputs := []struct {
		name  string
		input func() string
	}{
		{"a million quotes on one line", repeat(">", million)},
		{"a million quotes with spaces", repeat("> ", million)},
		{"a million brackets", repeat("[", million)},
		{"half a million pairs of brackets", func() string { return strings.Repeat("[", many/2) + strings.Repeat("]", many/2) }},
		{"links without end", repeat("[a](", many/4)},
		{"links with titles without end", repeat(`[a](b "`, many/8)},
		{"reference links without end", repeat("[a][", many/4)},
		{"pictures in pictures", repeat("![", many/2)},
		{"a million list marks on one line", repeat("- ", many/2)},
		{"lists ever deeper", func() string {
			var b strings.Builder
			for i := range many / 500 {
				b.WriteString(strings.Repeat("  ", i) + "- a\n")
			}
			return b.String()
		}},
		{"emphasis without end", repeat("*a **a ", many/8)},
		{"emphasis of all kinds", repeat("*a_b~c ", many/8)},
		{"nested emphasis", func() string { return strings.Repeat("*a ", many/8) + strings.Repeat(" a*", many/8) }},
		{"emphasis that closes nothing", repeat("a**b c* ", many/8)},
		{"backticks of all lengths", func() string {
			var b strings.Builder
			for i := range 1400 {
				b.WriteString(strings.Repeat("`", i) + " ")
			}
			return b.String()
		}},
		{"tags without end", repeat("<a ", many/4)},
		{"comments without end", repeat("<!-- ", many/8)},
		{"declarations without end", repeat("<!A ", many/8)},
		{"shortcodes without end", repeat("{{< a ", many/8)},
		{"braces in headings", func() string { return "# " + strings.Repeat("{#a", many/4) }},
		{"footnotes", func() string {
			return strings.Repeat("[^a] ", many/8) + "\n\n" + strings.Repeat("[^b]: c\n", many/16)
		}},
		{"a wide table with short rows", func() string {
			return strings.Repeat("|a", 5000) + "|\n" + strings.Repeat("|-", 5000) + "|\n" + strings.Repeat("a\n", 50000)
		}},
		{"escaped pipes in code", func() string { return "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", many/16) }},
		{"parentheses in an address", func() string { return "https://a.org/" + strings.Repeat(")", many) }},
		{"ampersands in an address", func() string { return "https://a.org/" + strings.Repeat("&a;", many/4) }},
		{"addresses without a host", repeat("https:// ", many/8)},
		{"mail addresses glued", repeat("a@b.", many/4)},
		{"overrides", repeat("\u202E", many/4)},
		{"isolates", repeat("\u2066", many/8)},
		{"isolates in emphasis", repeat("*\u2066*", many/16)},
		{"references", repeat("&#x202E;", many/8)},
		{"definitions", repeat("a\n: b\n\n", many/16)},
		{"link definitions", func() string {
			var b strings.Builder
			for i := range million / 32 {
				b.WriteString("[" + strings.Repeat("a", i%20) + "]: b\n")
			}
			return b.String()
		}},
		{"setext underlines", repeat("a\n-\n", many/8)},
		{"quotation marks", repeat(`"a `, many/4)},
		{"digits and hyphens", repeat("ا 1-2-3 ", many/16)},
		{"html blocks", repeat("<div>\n", many/8)},
		{"html blocks apart", repeat("<div>\n\n", many/8)},
		{"Arabic list markers", repeat("١. ا\n", many/8)},
		{"one long word", repeat("ا", many)},
		{"hard breaks", repeat("a  \n", many/8)},
		{"headings of one text", repeat("# ا\n", many/16)},
	}
	for _, in := range inputs {
		t.Run(in.name, func(t *testing.T) {
			src := []byte(in.input())
			modes := []string{"off"}
			if bytes.IndexByte(src, '<') >= 0 {
				modes = append(modes, "sanitise")
			}
			for _, mode := range modes {
				start := time.Now()
				d, diags := Parse(src, Options{Path: "a.md", Language: "ar", HTML: mode, Typography: true})
				took := time.Since(start)
				if took > 20*time.Second {
					t.Errorf("%d bytes took %v", len(src), took)
				}
				if took > 500*time.Millisecond {
					t.Logf("%s: %d bytes took %v", mode, len(src), took)
				}
				if len(diags) > most+1 {
					t.Errorf("%d diagnostics", len(diags))
				}
				checkRuns(t, Document{HTML: d.HTML, Text: d.Text, Runs: d.Runs})
				checkTags(t, clip(d.HTML))
			}
		})
	}
}

// clip gives s where it is short enough to be checked in the test's time.
func clip(s string) string {
	if len(s) > 1<<20 {
		return ""
	}
	return s
}

// TestLongArticle parses one article of five megabytes, in CI of fifty.
func TestLongArticle(t *testing.T) {
	size := 5 << 20
	if os.Getenv("CI") == "true" {
		size *= 10
	}
	src := bytes.Repeat([]byte(sample), size/len(sample))
	start := time.Now()
	d, _ := Parse(src, Options{Path: "a.md", Language: "ar", Typography: true})
	t.Logf("%d MB in %v, %d runs", len(src)>>20, time.Since(start), len(d.Runs))
	if len(d.Runs) == 0 || time.Since(start) > time.Minute {
		t.Error("not read in a minute")
	}
}

// sample is an article as they come: some 2 KB, headings, links, a list, a
// quotation.
const sample = `أعلنت الوزارة ، اليوم الخميس ، أن **أعمال الترميم** في المتحف ستبدأ في الربيع المقبل، وأن الزيارات ستستمر
في الجناح الشرقي حتى نهاية العام. وقال المدير في مؤتمر صحفي إن "المبنى القديم" يحتاج إلى عناية كبيرة.

وأضاف أن الكلفة تبلغ 25% مما كان مقررا، وأن [الخطة الكاملة](https://example.org/plan) نشرت في 2023-05-04 على موقع
المتحف، وأن الجمهور مدعو إلى إبداء رأيه فيها قبل الخامس عشر من الشهر المقبل عبر البريد أو في مكتب الاستعلامات.

## ردود الفعل

- رحبت جمعية الأصدقاء بالخطة، وقالت إنها انتظرتها طويلا.
- دعا سكان الحي إلى أن تبقى الساحة مفتوحة أمام المارة.
- طلب المعماريون أن ينشر التقرير الفني كاملا.

> هذا بيت المدينة كلها، ولا يجوز أن يغلق بابه يوما واحدا، كما قال رئيس الجمعية في رسالته إلى الوزير.

وكان المتحف قد فتح أبوابه قبل ثمانين عاما في دار قديمة على ضفة النهر، ثم انتقل إلى مبناه الحالي بعد الفيضان الكبير
الذي أصاب الأحياء الغربية، وفيه اليوم أكثر من أربعين ألف قطعة من عصور مختلفة، بينها مخطوطات لا مثيل لها في البلاد.

The museum also said in a short English note that guided tours will be given twice a day during the works.

`

// The text of the link is an address, and so is its first part.
func TestAnAddressInTheTextOfALinkThatIsAnAddress(t *testing.T) {
	src := []byte("نص ![\xd8[https://a.org/b-c<https://ar.wikipedia.org/wiki/بيروت>\n](https://a.org/b-c)")
	for _, src := range [][]byte{src, bytes.ToValidUTF8(src, nil), []byte("[https://a.b/<https://c.d/>](e)"), []byte("[<https://a.b/>](c)")} {
		d, diags := Parse(src, Options{Path: "a.md", Language: "ar", Typography: true})
		check(t, src, d, diags, false)
	}
}
