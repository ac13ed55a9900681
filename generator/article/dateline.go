package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateline takes a dateline off the beginning of a news text: a place, an
// agency in brackets, a dash. It is strict, because a wrong one is worse than
// none: without an agency, Latin places are in capitals and others are short.
//
//	بيروت (رويترز) - قال …      PARIS — Le …      (AP) — The …      新华社北京5月4日电 …
func dateline(text string) (line, rest string) {
	first := text
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		first = text[:i]
	}
	if m := chineseWire.FindString(first); m != "" {
		return strings.TrimSpace(m), strings.TrimLeft(text[len(m):], " 　—-")
	}
	head, after, ok := cutDash(first)
	if !ok || utf8.RuneCountInString(strings.TrimSpace(after)) < 20 {
		return "", text
	}
	if head = strings.TrimSpace(head); !isDateline(head) {
		return "", text
	}
	return clean(head), strings.TrimSpace(text[len(first)-len(after):])
}

// chineseWire is how Chinese agencies begin: agency, place, day, 电 or 讯. It does not change.
var chineseWire = regexp.MustCompile(`^\s*(新华社|中新社|中新网|本报|路透社|法新社|美联社)[^。，\s]{0,12}\d{1,2}月\d{1,2}日(电|讯)`)

// cutDash cuts at the first dash that stands free, within the length of a
// dateline.
func cutDash(s string) (head, after string, ok bool) {
	const longest = 90
	seen := 0
	for i, r := range s {
		if seen++; seen > longest {
			return "", "", false
		}
		switch r {
		case '—', '–', '-', 'ـ', '―':
			end := i + utf8.RuneLen(r)
			before, _ := utf8.DecodeLastRuneInString(s[:i])
			next, _ := utf8.DecodeRuneInString(s[end:])
			if r == '-' && next == '-' { // "PARIS (AP) -- "
				end++
				next, _ = utf8.DecodeRuneInString(s[end:])
			}
			free := unicode.IsSpace(before) && unicode.IsSpace(next)
			if r == '—' || before == ')' || before == '）' {
				free = free || i > 0 && r != 'ـ'
			}
			if free {
				return s[:i], s[end:], true
			}
		case '.', '!', '?', '؟', ':', '،', '؛', '"', '“', '«', '”', '»':
			// "Washington, D.C." and "ST. LOUIS" are capitals around a stop.
			if r == '.' && i > 0 && s[i-1] >= 'A' && s[i-1] <= 'Z' {
				continue
			}
			return "", "", false
		}
	}
	return "", "", false
}

// isDateline judges what stands before the dash.
func isDateline(head string) bool {
	place, agency := head, ""
	if i := strings.IndexAny(head, "(（"); i >= 0 {
		place, agency = strings.TrimSpace(head[:i]), strings.TrimSpace(head[i:])
		if !strings.HasSuffix(agency, ")") && !strings.HasSuffix(agency, "）") || utf8.RuneCountInString(agency) > 30 || strings.Count(agency, "(") > 1 {
			return false
		}
	}
	words := len(strings.Fields(place))
	switch {
	case place == "":
		return agency != ""
	case agency != "":
		return words <= 6 && utf8.RuneCountInString(place) <= 50 && len(strings.Fields(agency)) <= 4 && names(place)
	}
	latin, lower, letters := 0, 0, 0
	first, _, _ := strings.Cut(place, ",")
	for _, r := range first {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.IsUpper(r) || unicode.IsLower(r) {
			latin++
		}
		if unicode.IsLower(r) {
			lower++
		}
	}
	if letters < 3 {
		return false
	}
	if latin > 0 { // a script with capitals
		return lower == 0 && words <= 6
	}
	return words <= 2 && letters <= 20
}

// names says that words begin with a capital where the script has them; small
// ones such as "de" and "al" need not.
func names(place string) bool {
	for word := range strings.FieldsSeq(place) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) && utf8.RuneCountInString(word) > 3 {
			return false
		}
	}
	return true
}
