package lang

import (
	"embed"
	"strconv"
	"strings"
)

// The files are embedded by name, so that data other parts of the package
// keep beside them is embedded once, by those who read it.
//
//go:embed data/*/locale.txt data/*/numbers.txt data/*/relative.txt data/*/months.txt data/*/hand.txt
//go:embed data/*/territories.txt data/*/scripts.txt data/*/endonyms.txt data/*/umm-al-qura.txt data/*/ascii.txt data/*/detect.txt data/*/trigrams.txt
var localeFiles embed.FS

// dataFile gives the text of data/<tag>/<name>, "" if there is none.
func dataFile(tag Tag, name string) string {
	b, err := localeFiles.ReadFile("data/" + string(tag) + "/" + name)
	if err != nil {
		return ""
	}
	return string(b)
}

// dataLines calls f with every line of text that is neither empty nor a
// comment.
func dataLines(text string, f func(line string)) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && line[0] != '#' {
			f(line)
		}
	}
}

// readPairs adds the lines "key = value" of text to m. A later file wins over
// an earlier one, and an empty value takes a key away.
func readPairs(m map[string]string, text string) {
	dataLines(text, func(line string) {
		key, value, _ := strings.Cut(line, " =")
		m[key] = unescape(strings.TrimPrefix(value, " "))
	})
}

// unescape turns \u200f into the character: data files write so what an
// editor would not show.
func unescape(s string) string {
	for {
		i := strings.Index(s, `\u`)
		if i < 0 || len(s) < i+6 {
			return s
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil {
			return s
		}
		s = s[:i] + string(rune(n)) + s[i+6:]
	}
}

// list splits a value of several parts.
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, " | ")
}
