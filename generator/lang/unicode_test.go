package lang

import (
	"bufio"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/bidi"
)

// unicodeLines calls f with each line of a file of the Unicode Character
// Database that is neither empty nor a comment, without what follows "#".
// Debian's package unicode-data has the files; without it a test is skipped,
// but not where everything must run.
func unicodeLines(t *testing.T, name string, f func(line string)) {
	t.Helper()
	file, err := os.Open(filepath.Join("/usr/share/unicode", filepath.FromSlash(name)))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI must have the package unicode-data: ", err)
		}
		t.Skip("this machine lacks the package unicode-data: ", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if line, _, _ := strings.Cut(lines.Text(), "#"); strings.TrimSpace(line) != "" {
			f(strings.TrimSpace(line))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// A tally counts cases, and shows the first that fail.
type tally struct {
	t           *testing.T
	cases, fail int
}

func (n *tally) check(ok bool, format string, args ...any) {
	n.cases++
	if ok {
		return
	}
	if n.fail++; n.fail <= 10 {
		n.t.Errorf(format, args...)
	}
}

// end prints the counts; a file whose format is no longer understood must not
// pass.
func (n *tally) end(name string, atLeast int) {
	n.t.Helper()
	n.t.Logf("%s: %d cases, %d fail", name, n.cases, n.fail)
	if n.cases < atLeast {
		n.t.Errorf("%s: only %d cases were read", name, n.cases)
	}
}

// codePoints reads "0061 0062".
func codePoints(t *testing.T, list string) string {
	var b strings.Builder
	for f := range strings.FieldsSeq(list) {
		n, err := strconv.ParseInt(f, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteRune(rune(n))
	}
	return b.String()
}

// levelList reads "x 1 0".
func levelList(t *testing.T, list string) []Level {
	var levels []Level
	for f := range strings.FieldsSeq(list) {
		n, err := strconv.Atoi(f)
		if f == "x" {
			n, err = int(NoLevel), nil
		}
		if err != nil {
			t.Fatal(err)
		}
		levels = append(levels, Level(n))
	}
	return levels
}

func indexList(t *testing.T, list string) []int {
	var order []int
	for f := range strings.FieldsSeq(list) {
		n, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		order = append(order, n)
	}
	return order
}

// someOf gives a character of each class, none of them a bracket.
var someOf = map[string]string{
	"L": "a", "R": "א", "AL": "ا", "EN": "1", "ES": "+", "ET": "$", "AN": "٠", "CS": ",", "NSM": "\u0300", "BN": "\u00ad",
	"B": "\u2029", "S": "\t", "WS": " ", "ON": "!", "LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c",
	"LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}

func TestBidiTest(t *testing.T) {
	n := tally{t: t}
	var levels []Level
	var order []int
	unicodeLines(t, "BidiTest.txt", func(line string) {
		if rest, ok := strings.CutPrefix(line, "@Levels:"); ok {
			levels = levelList(t, rest)
			return
		}
		if rest, ok := strings.CutPrefix(line, "@Reorder:"); ok {
			order = indexList(t, rest)
			return
		}
		classes, bits, ok := strings.Cut(line, ";")
		if !ok {
			t.Fatalf("%q", line)
		}
		var text strings.Builder
		for c := range strings.FieldsSeq(classes) {
			if someOf[c] == "" {
				t.Fatalf("no character of class %s", c)
			}
			text.WriteString(someOf[c])
		}
		set, err := strconv.ParseInt(strings.TrimSpace(bits), 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		for bit, base := range []Direction{"", LTR, RTL} {
			if set>>bit&1 == 0 {
				continue
			}
			got := Levels(text.String(), base)
			n.check(slices.Equal(got, levels) && slices.Equal(VisualOrder(got), order), "%s, %q: levels %v, want %v, order %v, want %v",
				classes, base, got, levels, VisualOrder(got), order)
		}
	})
	n.end("BidiTest.txt", 770_000)
}

func TestBidiCharacterTest(t *testing.T) {
	n := tally{t: t}
	bases := map[string]Direction{"0": LTR, "1": RTL, "2": ""}
	unicodeLines(t, "BidiCharacterTest.txt", func(line string) {
		f := strings.Split(line, ";")
		got := Levels(codePoints(t, f[0]), bases[f[1]])
		order := VisualOrder(got)
		n.check(slices.Equal(got, levelList(t, f[3])) && slices.Equal(order, indexList(t, f[4])), "%s: levels %v, order %v", line, got, order)
	})
	n.end("BidiCharacterTest.txt", 91_000)
}

func TestBidiClassesAreThoseOfUnicode(t *testing.T) {
	n := tally{t: t}
	names := map[string]bidi.Class{}
	for name, text := range someOf {
		names[name] = classOf([]rune(text)[0])
	}
	unicodeLines(t, "extracted/DerivedBidiClass.txt", func(line string) {
		codes, class, _ := strings.Cut(line, ";")
		first, last, found := strings.Cut(strings.TrimSpace(codes), "..")
		if !found {
			last = first
		}
		to := []rune(codePoints(t, last))[0]
		for r := []rune(codePoints(t, first))[0]; r <= to; r++ {
			n.check(classOf(r) == names[strings.TrimSpace(class)], "%U: class %v, want %s", r, classOf(r), class)
		}
	})
	n.end("DerivedBidiClass.txt", 280_000)
}

func TestBracketsAreThoseOfUnicode(t *testing.T) {
	n := tally{t: t}
	seen := map[rune]bool{}
	unicodeLines(t, "BidiBrackets.txt", func(line string) {
		f := strings.Split(line, ";")
		r, other := []rune(codePoints(t, f[0]))[0], []rune(codePoints(t, f[1]))[0]
		b, ok := brackets()[r]
		seen[r] = true
		n.check(ok && b.opens == (strings.TrimSpace(f[2]) == "o") && b.closing == brackets()[other].closing, "%s: %v", line, b)
	})
	n.check(len(seen) == len(brackets()), "%d brackets, want %d", len(brackets()), len(seen))
	n.end("BidiBrackets.txt", 100)
}

// breaks reads a line of a break test: "÷ 0061 × 0308 ÷" is one segment.
func breaks(t *testing.T, line string) (text string, segments []string) {
	for part := range strings.SplitSeq(line, "÷") {
		if s := codePoints(t, strings.ReplaceAll(part, "×", " ")); s != "" {
			segments = append(segments, s)
			text += s
		}
	}
	return text, segments
}

// newer are the cases of the Unicode 15 files that the segmenter, which follows
// Unicode 17, answers otherwise: in its tables U+2701 (lower blade scissors) is
// no pictogram, so that a joiner does not bind it.
var newer = []string{"÷ 2701 × 200D × 2701 ÷", "÷ 0061 × 200D × 2701 ÷"}

// TestWordsAreThoseOfUnicode holds the segmenter that excerpts are cut with
// against the break test, and Words, of which we wrote the quick half, against
// those of its segments that hold a letter or a digit.
func TestWordsAreThoseOfUnicode(t *testing.T) {
	segmenter, ours := tally{t: t}, tally{t: t}
	unicodeLines(t, "auxiliary/WordBreakTest.txt", func(line string) {
		text, want := breaks(t, line)
		var got []string
		for w := words.FromString(text); w.Next(); {
			got = append(got, w.Value())
		}
		if slices.Contains(newer, line) {
			segmenter.check(!slices.Equal(got, want), "%s is as in Unicode 15 after all", line)
			return
		}
		segmenter.check(slices.Equal(got, want), "%s: %q, want %q", line, got, want)
		want = slices.DeleteFunc(want, func(s string) bool { return !hasLetter(s) })
		ours.check(slices.Equal(wordsOf(text), want), "%s: words %q, want %q", line, wordsOf(text), want)
	})
	segmenter.end("WordBreakTest.txt", 1800)
	ours.end("words of WordBreakTest.txt", 1800)
}

func TestGraphemesAreThoseOfUnicode(t *testing.T) {
	n := tally{t: t}
	unicodeLines(t, "auxiliary/GraphemeBreakTest.txt", func(line string) {
		text, want := breaks(t, line)
		var got []string
		for g := graphemes.FromString(text); g.Next(); {
			got = append(got, g.Value())
		}
		if slices.Contains(newer, line) {
			n.check(!slices.Equal(got, want), "%s is as in Unicode 15 after all", line)
			return
		}
		n.check(slices.Equal(got, want), "%s: %q, want %q", line, got, want)
	})
	n.end("GraphemeBreakTest.txt", 590)
}

// TestDirectionsOfScriptsAreThoseOfTheirLetters finds scripts that
// scriptDirection forgets.
func TestDirectionsOfScriptsAreThoseOfTheirLetters(t *testing.T) {
	n := tally{t: t}
	unicodeLines(t, "PropertyValueAliases.txt", func(line string) {
		f := strings.Split(line, ";")
		if strings.TrimSpace(f[0]) != "sc" {
			return
		}
		code, table := strings.TrimSpace(f[1]), unicode.Scripts[strings.TrimSpace(f[2])]
		if table == nil || code == "Zyyy" || code == "Zinh" { // what several scripts have in common
			return
		}
		want := LTR
		for r := range runesOf(table) {
			if c := classOf(r); unicode.IsLetter(r) && (c == bidi.R || c == bidi.AL) {
				want = RTL
				break
			}
		}
		n.check(scriptDirection(code) == want, "%s: %s, but its letters are %s", code, scriptDirection(code), want)
	})
	n.end("scripts of PropertyValueAliases.txt", 150)
}

// runesOf gives the characters of a table.
func runesOf(table *unicode.RangeTable) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for _, r := range table.R16 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				if !yield(c) {
					return
				}
			}
		}
		for _, r := range table.R32 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				if !yield(c) {
					return
				}
			}
		}
	}
}
