package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"mihbara/generator/lang"
)

// A replacement puts `with` in place of the bytes [at, at+cut) of a flow.
type replacement struct {
	at, cut int
	with    string
}

// A manner is how a language spaces its punctuation and numbers.
type manner struct {
	french bool   // spaces before ; ! ? : and inside « »
	spaced bool   // before ; ! ? too where the writer left them out, as in Canada one does
	hard   string // the space between groups of three digits (CLDR); "" where there is none
}

func mannerOf(t lang.Tag) manner {
	canadian := t == "fr-CA"
	if len(t) > 2 && t[2] == '-' {
		t = t[:2]
	}
	switch t {
	case "fr":
		return manner{true, !canadian, "\u202F"}
	case "ru", "uk", "be", "bg", "pl", "sv":
		return manner{false, false, "\u00A0"}
	}
	return manner{}
}

// repair sets the text of a block as its language prints it: no space before
// ، ؛ ؟ and a full stop, quotation marks of the language for straight ones,
// French thin spaces, hard ones in numbers where lines would tear them. Code and
// addresses stay as they are, and so does whatever is doubtful: a straight mark
// is better than a wrong one.
func (r *renderer) repair(f *flow, tag lang.Tag) {
	how := mannerOf(tag)
	if !untidy(f.text, how) {
		return
	}
	f.kinds = 0 // the text changes
	var todo []replacement
	quotes, singles := 0, 0
	next := 0
	for i := 0; i < len(f.text); i++ {
		switch c := f.text[i]; {
		case c == ' ':
			end := i + 1
			for end < len(f.text) && f.text[end] == ' ' {
				end++
			}
			if f.isExact(i, &next) {
				continue
			}
			if with, ok := f.spaceBefore(i, end, how); ok {
				todo = append(todo, replacement{i, end - i, with})
			}
			i = end - 1
		case (c == ';' || c == '!' || c == '?' || c == ':') && how.spaced && f.lacksSpace(i) && !f.isExact(i, &next):
			todo = append(todo, replacement{i, 0, frenchSpace(rune(c))})
		case c == '"' && !f.isExact(i, &next):
			quotes++
		case c == '\'' && !f.isExact(i, &next):
			if f.isApostrophe(i) {
				todo = append(todo, replacement{i, 1, "’"})
			} else {
				singles++
			}
		}
	}
	if quotes > 1 {
		todo = f.pairQuotes(todo, r.locale(tag), how.french)
	}
	if singles > 0 && (tag == "en" || strings.HasPrefix(string(tag), "en-")) {
		todo = merge(todo, f.singleQuotes())
	}
	f.rewrite(todo)
}

// Typeset gives a line without markup, a headline or standfirst written in t, as
// [Options].Typography sets the text of a block. A line that runs against its
// language, as an English headline of an Arabic article does, is left as it is;
// so is all that is tidy.
func Typeset(s string, t lang.Tag) string {
	if s == "" || !untidy(unsafe.Slice(unsafe.StringData(s), len(s)), mannerOf(t)) {
		return s
	}
	if d := lang.DirectionOf(t); lang.WordsDirection(s, d) != d {
		return s
	}
	f, r := flow{text: []byte(s)}, renderer{}
	r.repair(&f, t)
	return string(f.text)
}

// untidy tells whether repair may find anything to do in s: straight quotes, or
// a space beside punctuation that takes none. It looks for the punctuation,
// which is rarer than spaces.
func untidy(s []byte, how manner) bool {
	if bytes.IndexByte(s, '"') >= 0 || bytes.IndexByte(s, '\'') >= 0 || follows(s, '.', " ") {
		return true
	}
	// The second bytes of ، ؛ ؟
	if follows(s, 0x8C, " \xD8") || follows(s, 0x9B, " \xD8") || follows(s, 0x9F, " \xD8") {
		return true
	}
	if how.hard != "" && tornNumber(s) {
		return true
	}
	if how.spaced && bytes.ContainsAny(s, ";!?:") {
		return true
	}
	return how.french && (follows(s, ';', " ") || follows(s, '!', " ") || follows(s, '?', " ") || follows(s, ':', " ") ||
		follows(s, 0xBB, " \xC2") || bytes.Contains(s, []byte("« ")))
}

// tornNumber tells whether a space stands in s between a digit and another, or a
// sign.
func tornNumber(s []byte) bool {
	for at := 0; ; at++ {
		i := bytes.IndexByte(s[at:], ' ')
		if i < 0 {
			return false
		}
		if at += i; at > 0 && isDigit(s[at-1]) && at+1 < len(s) && !isLetter(s[at+1]) && s[at+1] != '(' {
			return true
		}
	}
}

// follows tells whether c stands somewhere in s after before.
func follows(s []byte, c byte, before string) bool {
	for at := 0; ; at++ {
		i := bytes.IndexByte(s[at:], c)
		if i < 0 {
			return false
		}
		if at += i; at >= len(before) && string(s[at-len(before):at]) == before {
			return true
		}
	}
}

// singleQuotes finds, in English, the straight marks that are quotation marks
// beyond doubt, and the '90s. Marks that do not pair up, that may stand for
// letters left out ('em), or that may be a genitive (the dogs') leave all of
// the block as it is.
func (f *flow) singleQuotes() []replacement {
	var todo []replacement
	next, opened := 0, false
	for i, c := range f.text {
		if c != '\'' || f.isExact(i, &next) || f.isApostrophe(i) {
			continue
		}
		before, _ := utf8.DecodeLastRune(f.text[:i])
		after, _ := utf8.DecodeRune(f.text[i+1:])
		free := i == 0 || unicode.IsSpace(before) || unicode.In(before, unicode.Ps, unicode.Pi, unicode.Pd) || before == '"'
		ends := i+1 == len(f.text) || unicode.IsSpace(after) || unicode.IsPunct(after)
		switch {
		case free && isDecade(f.text[i+1:]):
			todo = append(todo, replacement{i, 1, "’"})
		case free && !opened && unicode.IsLetter(after) && !isElision(f.text[i+1:]):
			todo, opened = append(todo, replacement{i, 1, "‘"}), true
		case !free && opened && ends && before != 's' && before != 'S' && before != 'n':
			todo, opened = append(todo, replacement{i, 1, "’"}), false
		default:
			return nil
		}
	}
	if opened {
		return nil
	}
	return todo
}

// isDecade tells 90s.
func isDecade(s []byte) bool {
	return len(s) >= 3 && isDigit(s[0]) && isDigit(s[1]) && s[2] == 's' && (len(s) == 3 || !isLetter(s[3]))
}

// isElision tells whether s begins with what is left of a word whose beginning
// was left out.
func isElision(s []byte) bool {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	switch strings.ToLower(string(s[:n])) {
	case "tis", "twas", "twere", "twill", "em", "til", "till", "cause", "cos", "n", "round", "bout", "neath", "tude", "s", "t", "d", "ll", "re", "ve":
		return true
	}
	return false
}

// spaceBefore tells what takes the place of the spaces [start, end): nothing
// before punctuation that clings to its word, a thin or hard space in French.
func (f *flow) spaceBefore(start, end int, how manner) (string, bool) {
	if start == 0 || f.text[start-1] == '\n' || end >= len(f.text) {
		return "", false
	}
	before, _ := utf8.DecodeLastRune(f.text[:start])
	next, size := utf8.DecodeRune(f.text[end:])
	switch next {
	case '،', '؛', '؟':
		return "", true
	case '.':
		after, _ := utf8.DecodeRune(f.text[end+size:])
		if end+size == len(f.text) || unicode.IsSpace(after) || unicode.In(after, unicode.Pe, unicode.Pf) || after == '"' {
			return "", unicode.In(before, unicode.L, unicode.M, unicode.N, unicode.Pe, unicode.Pf, unicode.Pi) || before == '%' || before == '"'
		}
		return "", false
	}
	if how.hard != "" && isDigit(f.text[start-1]) {
		if isSignOfNumber(next) {
			return "\u00A0", true
		}
		if f.isGroup(start, end) {
			return how.hard, true
		}
	}
	if !how.french {
		return "", false
	}
	if with := frenchSpace(next); with != "" {
		return with, true
	}
	return "\u00A0", next == '»' || before == '«'
}

// frenchSpace gives the space that French has before a mark, "" for none.
func frenchSpace(mark rune) string {
	switch mark {
	case ';', '!', '?':
		return "\u202F"
	case ':':
		return "\u00A0"
	}
	return ""
}

// lacksSpace says whether the mark at i ends a word or quotation with which it
// stands together, and a space or the end follows. What ends in a mark itself and
// goes on in small letters may be a name: Yahoo! a annoncé.
func (f *flow) lacksSpace(i int) bool {
	before, _ := utf8.DecodeLastRune(f.text[:i])
	if !unicode.In(before, unicode.L, unicode.N) && !strings.ContainsRune(")»”%\"", before) {
		return false
	}
	rest := bytes.TrimLeft(f.text[i+1:], "»”\")!?")
	if len(rest) == 0 {
		return f.text[i] != ':'
	}
	if rest[0] != ' ' && rest[0] != '\n' {
		return false
	}
	after, _ := utf8.DecodeRune(bytes.TrimLeft(rest, " \n"))
	return f.text[i] != '!' || !unicode.IsLower(after)
}

// isSignOfNumber covers what stands behind a number and a space.
func isSignOfNumber(ch rune) bool {
	return ch == '%' || ch == '‰' || ch == '°' || ch >= 0x80 && unicode.Is(unicode.Sc, ch) || ch == '$'
}

// isGroup tells whether the spaces [start, end) part thousands: one to three
// digits before them, or a group that follows such a space, and just three behind.
func (f *flow) isGroup(start, end int) bool {
	n := end
	for n < len(f.text) && isDigit(f.text[n]) {
		n++
	}
	from := start
	for from > 0 && isDigit(f.text[from-1]) {
		from--
	}
	return n-end == 3 && start-from <= 3 && f.text[from] != '0'
}

// isApostrophe tells whether the straight mark at i stands between two letters
// of a script that has apostrophes. In Hebrew it is a geresh, in Arabic script
// a transcription: left alone.
func (f *flow) isApostrophe(i int) bool {
	before, _ := utf8.DecodeLastRune(f.text[:i])
	after, _ := utf8.DecodeRune(f.text[i+1:])
	return unicode.In(before, unicode.Latin, unicode.Cyrillic, unicode.Greek) && unicode.In(after, unicode.Latin, unicode.Cyrillic, unicode.Greek)
}

// pairQuotes replaces straight double quotes that pair up. It merges them into
// todo, which is ascending.
func (f *flow) pairQuotes(todo []replacement, l *lang.Locale, french bool) []replacement {
	openMark, closeMark := l.Quotes()
	if french {
		openMark, closeMark = openMark+"\u00A0", "\u00A0"+closeMark
	}
	var quotes []replacement
	opened := -1
	next := 0
	for i, c := range f.text {
		if c == '\n' {
			continue
		}
		if c != '"' || f.isExact(i, &next) {
			continue
		}
		before, _ := utf8.DecodeLastRune(f.text[:i])
		after, _ := utf8.DecodeRune(f.text[i+1:])
		atStart := i == 0 || unicode.IsSpace(before)
		atEnd := i+1 == len(f.text) || unicode.IsSpace(after)
		switch {
		case unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, after):
			// Gershayim, as in צה"ל.
		case opened < 0 && !atEnd && !unicode.IsDigit(before):
			opened = i
		case opened >= 0 && !atStart:
			quotes = append(quotes, replacement{opened, 1, openMark}, replacement{i, 1, closeMark})
			opened = -1
		}
	}
	return merge(todo, quotes)
}

// merge joins two ascending lists.
func merge(a, b []replacement) []replacement {
	if len(b) == 0 {
		return a
	}
	out := make([]replacement, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].at < b[0].at {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// rewrite applies replacements, ascending and not overlapping, and moves marks
// and spans with the text.
func (f *flow) rewrite(todo []replacement) {
	if len(todo) == 0 {
		return
	}
	out := make([]byte, 0, len(f.text)+2*len(todo))
	at, m, s := 0, 0, 0
	// place moves marks and spans that begin in [at, upTo] of the old text.
	place := func(upTo, shift, limit int) {
		for m < len(f.marks) && f.marks[m].at <= upTo {
			f.marks[m].at = min(f.marks[m].at+shift, limit)
			m++
		}
		for s < len(f.exact) && f.exact[s].start <= upTo {
			f.exact[s].start += shift
			f.exact[s].end += shift
			s++
		}
	}
	for _, t := range todo {
		place(t.at, len(out)-at, len(out)+t.at-at)
		out = append(out, f.text[at:t.at]...)
		before := len(out)
		out = append(out, t.with...)
		at = t.at + t.cut
		for m < len(f.marks) && f.marks[m].at < at { // inside what was cut
			f.marks[m].at = before
			m++
		}
	}
	place(len(f.text), len(out)-at, len(out)+len(f.text)-at)
	f.text = append(out, f.text[at:]...)
}

// locale gives the locale for tag, remembering the last.
func (r *renderer) locale(tag lang.Tag) *lang.Locale {
	if r.lastLocale == nil || r.lastTag != tag {
		r.lastTag, r.lastLocale = tag, lang.For(tag)
		if tag == r.base.tag {
			r.lastLocale = r.lastLocale.With(lang.Preferences{Digits: r.opts.Digits})
		}
	}
	return r.lastLocale
}
