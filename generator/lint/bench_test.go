package lint

import (
	"strings"
	"testing"
)

// BenchmarkPage checks a page as long as an article with its frame.
func BenchmarkPage(b *testing.B) {
	row := `<p>قال <a href="/j"><bdi dir="ltr">John Smith</bdi></a> إن <b>التاريخ</b> <bdi dir="ltr">2017-08-28</bdi> كان يوما من أيام الحرب التي بدأت قبل عامين، وإن 25 شخصا كانوا هناك.</p>` +
		"\n<ul class=\"menu\"><li><a href=\"/ar/tags/\">المواضيع</a></li>\n<li><a href=\"/en/\" hreflang=\"en\" lang=\"en\" dir=\"ltr\">English</a></li></ul>\n"
	page := []byte(whole(strings.Repeat(row, 15), "ar"))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if list := Page("x.html", page); len(list) > 0 {
			b.Fatal(list)
		}
	}
}
