package markdown

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// TestRandomDocuments cuts the test pairs up, mixes them with pieces of syntax,
// and checks what is true of every document. The seed is fixed; CI does more.
func TestRandomDocuments(t *testing.T) {
	rounds := 3000
	if os.Getenv("CI") == "true" {
		rounds = 100_000
	}
	var pool []string
	seeds(t, func(src string) {
		if len(src) < 4096 {
			pool = append(pool, src)
		}
	})
	r := rand.New(rand.NewPCG(2026, 11))
	modes := []string{"off", "sanitise", "trusted"}
	var src []byte
	var mode string
	defer func() {
		if e := recover(); e != nil {
			t.Logf("html = %s, source %q", mode, src)
			panic(e)
		}
	}()
	for range rounds {
		src, mode = mixed(r, pool), modes[r.IntN(len(modes))]
		start := time.Now()
		d, diags := Parse(src, Options{Path: "a.md", Language: "ar", HTML: mode, Typography: true, Headings: 2})
		check(t, src, d, diags, mode == "trusted")
		d, diags = PlainText(src, Options{Path: "a.txt", Language: "fa", Typography: true})
		check(t, src, d, diags, false)
		checkSimple(t, src, Options{Path: "a.md", Language: "ar", HTML: mode, Typography: true, Headings: 2})
		checkSimple(t, simpler(r, src), Options{Path: "a.md", Language: "he", HTML: mode, Headings: 2})
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		if t.Failed() {
			t.Fatalf("html = %s, source %q", mode, src)
		}
	}
}

// mixed gives a document of the pool with up to a dozen cuts and additions.
func mixed(r *rand.Rand, pool []string) []byte {
	pieces := []string{"*", "**", "_", "`", "[", "]", "(", ")", "![", "<b>", "</b>", "<div>", "</div>", "\n\n", "\n", "> ", "- ", "1. ", "١. ", "#", "|", "\u202e", "\u2066", "\u2069", "«", "»", "،", " ، ", "\"", "'", "https://a.b/", "&amp;", "&#x202e;", "<", ">", "{{", "}}", "\\", "    ", "\t", "\r", "\xff", "\x00", "-5", "[^1]", "[^1]: ", ": ", "~~", "<a href=x>", "<pre>", "</pre>", "<p>", "<br>", "<!--", "-->", "  \n", "中", "-- | --\n", "a | b\n"}
	src := []byte(pool[r.IntN(len(pool))])
	for range 1 + r.IntN(12) {
		i := r.IntN(len(src) + 1)
		switch r.IntN(4) {
		case 0:
			src = append(src[:i:i], src[min(len(src), i+r.IntN(6)):]...)
		case 1:
			src = append(append(src[:i:i], pool[r.IntN(len(pool))]...), src[i:]...)
		default:
			src = append(append(src[:i:i], pieces[r.IntN(len(pieces))]...), src[i:]...)
		}
	}
	return src
}

// simpler takes away most of what makes a body not simple.
func simpler(r *rand.Rand, src []byte) []byte {
	var out []byte
	for line := range bytes.Lines(src) {
		if len(line) > 0 && lineStarts[line[0]] <= wideStart && r.IntN(8) > 0 {
			line = append([]byte([]string{"a", "## b ", "\n"}[r.IntN(3)]), line...)
		}
		out = append(out, bytes.ReplaceAll(line, []byte("]:"), []byte("]"))...)
	}
	return out
}
