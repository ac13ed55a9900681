package lint

import (
	"strings"
	"testing"
	"time"
)

// longest is several times what the slowest page takes, for machines that have
// more to do; what doubles with each character takes longer by far.
const longest = 5 * time.Second

// TestHostilePagesEndInTime has pages of some hundred kilobytes that make a
// careless rule look at everything once for each of its parts.
func TestHostilePagesEndInTime(t *testing.T) {
	for name, body := range map[string]string{
		"deep blocks":               strings.Repeat("<div>", 10_000) + "x",
		"deep inline":               strings.Repeat("<b dir=auto>ا", 5_000),
		"links in a line":           strings.Repeat("<a href=/>John Smith</a>, عربي ", 8_000),
		"numbers in a line":         strings.Repeat("عدد +5 -3 2017-08-28 1 200 000 ", 8_000),
		"isolates in a line":        strings.Repeat("<bdi>ب<i>", 5_000),
		"blocks in open inline":     strings.Repeat("<b>", 400) + strings.Repeat("<p>ا", 5_000),
		"controls":                  strings.Repeat("\u2067(", 60_000) + strings.Repeat(")\u2069", 60_000),
		"brackets":                  "<p>" + strings.Repeat("(ا", 60_000) + strings.Repeat(")", 60_000),
		"lists in lists":            strings.Repeat("<ul><li dir=ltr>a", 5_000),
		"a style sheet":             "<style>" + strings.Repeat("a{float:left;direction:rtl}", 10_000) + "</style>",
		"an attribute of one run":   "<p title=\"" + strings.Repeat("ا - b", 40_000) + "\">",
		"headings with the same id": strings.Repeat("<h2 id=-><bdi>عنوان</bdi></h2>", 8_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			Page("x.html", []byte(whole(body, "ar")))
			if d := time.Since(start); d > longest {
				t.Errorf("%v for %d KB", d, len(body)>>10)
			} else {
				t.Logf("%v for %d KB", d.Round(time.Millisecond), len(body)>>10)
			}
		})
	}
}
