package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// The lengths of derived texts, in characters. A headline of more is cut at a
// word; a lead of more does not fit a card.
const (
	headlineRunes = 110
	leadRunes     = 220
)

// derive fills what the source does not say from the body's text.
func (p *parser) derive() {
	a := p.a
	text := strings.TrimSpace(beginning(p.opening()))
	if a.Dateline == "" && a.Type == TypeArticle {
		if line, rest := dateline(text); line != "" {
			a.Dateline, text = strings.Clone(line), rest
			p.derived("dateline")
		}
	} else if a.Dateline != "" {
		_, text = dateline(text)
	}
	rest := text
	if a.Headline == "" {
		a.Headline, rest = p.headline(text)
		a.Headline = strings.Clone(a.Headline)
		p.derived("headline")
	}
	if a.Lead == "" {
		// A copy, so that a card does not keep the whole text in memory.
		if a.Lead = strings.Clone(excerpt(clean(firstBlock(rest)), leadRunes)); a.Lead != "" {
			p.derived("lead")
		}
	}
}

// beginning cuts a text that is much longer than any headline and lead.
func beginning(text string) string {
	const enough = 8 << 10
	if len(text) <= enough {
		return text
	}
	end := enough
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// excerpt cuts at a word after n characters. Vowel signs do not count, or a
// fully vowelled headline would be cut at half its width.
func excerpt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	runes, letters := 0, 0
	for _, r := range s {
		if runes++; !unicode.Is(unicode.Mn, r) {
			if letters++; letters > n {
				return lang.Excerpt(s, runes-1)
			}
		}
	}
	return s
}

// headline gives the first heading, else the first sentence, and the text that
// a lead may be taken from; of a source without a word, its name.
func (p *parser) headline(text string) (headline, rest string) {
	for _, h := range p.a.Body.Headings {
		if headline = clean(h.Text); headline != "" {
			return excerpt(headline, headlineRunes), text
		}
	}
	sentence, rest := firstSentence(text)
	headline = strings.TrimRight(clean(strings.TrimLeft(sentence, "-–—•* \t")), ".。۔।")
	if headline = strings.TrimSpace(headline); headline == "" {
		return strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(p.place.rest)), rest
	}
	if cut := excerpt(headline, headlineRunes); cut != headline {
		return cut, text // the lead then has the whole sentence
	}
	return headline, rest
}

// opening gives the body's text from its first paragraph that is running text,
// not a heading, code or a lone link.
func (p *parser) opening() string {
	d := &p.a.Body
	for _, r := range d.Runs {
		if r.Linkable && strings.TrimSpace(d.Text[r.Text:r.TextEnd]) != "" {
			return d.Text[strings.LastIndex(d.Text[:r.Text], "\n\n")+1:]
		}
	}
	if len(d.Headings) > 0 {
		return ""
	}
	return d.Text
}

// firstBlock gives the text up to the first blank line, or line if the text
// has one paragraph a line.
func firstBlock(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.Index(text, "\n\n"); i >= 0 {
		text = text[:i]
	}
	return text
}

// firstSentence cuts text after its first sentence, which ends at a line end
// at the latest.
func firstSentence(text string) (sentence, rest string) {
	for i, r := range text {
		switch r {
		case '\n':
			return text[:i], text[i:]
		case '。', '！', '？':
			return cutAfter(text, i+utf8.RuneLen(r))
		case '.', '!', '?', '؟', '۔', '।', '…':
			end := i + utf8.RuneLen(r)
			if endsSentence(text, i, end, r) {
				return cutAfter(text, end)
			}
		}
	}
	return text, ""
}

// cutAfter cuts at end and takes closing quotes and brackets with the sentence.
func cutAfter(text string, end int) (sentence, rest string) {
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune("\"'”’»)]}›」』）", r) {
			break
		}
		end += n
	}
	return text[:end], text[end:]
}

// endsSentence tells a full stop from that of "د. خالد", "U.S.", "St. Petersburg"
// and "3.5": a space or the end follows, no short word stands before, and the
// next word does not begin in lower case or with a digit.
func endsSentence(text string, at, end int, stop rune) bool {
	_, after := cutAfter(text, end)
	if after == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(after)
	if !unicode.IsSpace(next) {
		return false
	}
	if stop != '.' && stop != '…' {
		return true
	}
	after = strings.TrimLeft(after, " \t\u00a0\"'“‘«([")
	if first, _ := utf8.DecodeRuneInString(after); stop == '.' && unicode.IsDigit(first) || unicode.IsLower(first) {
		return false
	}
	if stop == '…' {
		return true
	}
	word := text[:at]
	if i := strings.LastIndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }); i >= 0 {
		word = word[i:]
		_, n := utf8.DecodeRuneInString(word)
		word = word[n:]
	}
	if utf8.RuneCountInString(word) == 1 && !isWordCharacter(word) || strings.Contains(word, ".") {
		return false
	}
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "dr", "st", "gen", "col", "lt", "sen", "rep", "gov", "prof", "rev", "no", "vs", "jr", "sr", "mme", "mlle", "av", "sn", "ул", "им", "sra":
		return false
	}
	return true
}

// isWordCharacter says that one character may be a whole last word, as in
// Chinese; a single letter is an initial.
func isWordCharacter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r)
}
