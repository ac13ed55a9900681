package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// rightInLeft looks for phrases that run from the right in left-to-right text.
func (f *intruders) rightInLeft() {
	for i := 0; i < len(f.text); {
		if !rightBytes[f.text[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(f.text[i:])
		if strong(r) != RTL {
			i += size
			continue
		}
		if open := f.openedBefore(i); open >= 0 {
			if end := f.quoted(open, RTL); end > i {
				f.within(f.list[len(f.list)-1])
				i = end
				continue
			}
		}
		i = f.rightPhrase(i)
	}
}

// addRight adds a span from the right and what runs against it in turn.
func (f *intruders) addRight(start, end int) {
	if f.add(start, end, RTL) {
		f.within(f.list[len(f.list)-1])
	}
}

// within adds the numbers and names inside a span from the right.
func (f *intruders) within(s Span) {
	inner := intruders{text: f.text[:s.End], markup: f.markup, list: f.list}
	inner.leftInRight(s.Start)
	f.list = inner.list
}

// openedBefore gives where a quotation mark or bracket stands that opens what
// begins at or, with a number, shortly before i; -1 if none does.
func (f *intruders) openedBefore(i int) int {
	for i > f.done {
		r, size := utf8.DecodeLastRuneInString(f.text[f.done:i])
		i -= size
		if partnerOf(r) != 0 {
			return i
		}
		if unicode.IsLetter(r) || r == '\n' {
			break
		}
	}
	return -1
}

// rightPhrase reads the phrase at i, adds it if it needs an isolate, and gives
// where to go on.
func (f *intruders) rightPhrase(i int) int {
	end, words, symbols := i, 0, false
	pending, inWord := false, false // since end: a symbol or number; a letter before
	var last rune
	at := i
	for at < len(f.text) {
		r, size := utf8.DecodeRuneInString(f.text[at:])
		d := strong(r)
		if d == LTR || r == '\n' || partnerOf(r) != 0 && r != '(' && r != '[' || r == '»' {
			break
		}
		if last >= 0x600 && (r == ';' || r == ',' && f.digitAt(at+size+1)) {
			break
		}
		if r == ',' && last >= 0x600 && f.rightLetterAt(at+size) { // of the sentence around: Arabic has its own
			f.addRight(i, end)
			next := at + size + 1
			f.addRight(next, f.wordsEnd(next))
			return f.wordsEnd(next)
		}
		at += size
		switch {
		case d == RTL || unicode.Is(unicode.Nd, r) && r > 0x80:
			if symbols = symbols || pending; !inWord {
				words++
			}
			end, pending, inWord, last = at, false, true, r
		case inWord && (unicode.Is(unicode.M, r) || isZeroWidth(r)):
			end = at
		default:
			pending, inWord = pending || r != ' ', false
		}
	}
	end = f.closeBrackets(i, end)
	if symbols && words > 1 || f.numberFollows(end) {
		f.addRight(i, end)
	}
	return max(at, end)
}

// rightLetterAt says whether a space and then a letter that goes from right to
// left stand at i.
func (f *intruders) rightLetterAt(i int) bool {
	if i >= len(f.text) || f.text[i] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(f.text[i+1:])
	return strong(r) == RTL
}

func (f *intruders) digitAt(i int) bool { return i < len(f.text) && isASCIIDigit(f.text[i]) }

// wordsEnd gives the end of the words from i on that nothing but spaces parts.
func (f *intruders) wordsEnd(i int) int {
	end := i
	for at, r := range f.text[i:] {
		if strong(r) == RTL || unicode.Is(unicode.M, r) || isZeroWidth(r) {
			end = i + at + utf8.RuneLen(r)
		} else if r != ' ' {
			break
		}
	}
	return end
}

// closeBrackets takes the bracket behind a phrase into it if it closes one of
// the phrase's own, and cuts the phrase before one that does not close.
func (f *intruders) closeBrackets(start, end int) int {
	open := strings.LastIndexAny(f.text[start:end], "([")
	if open < 0 || strings.ContainsAny(f.text[start+open:end], ")]") {
		return end
	}
	if end < len(f.text) && (f.text[end] == ')' || f.text[end] == ']') {
		return end + 1
	}
	return start + len(strings.TrimRight(f.text[start:start+open], " "))
}

// numberFollows says whether a number comes behind i before any letter: the
// algorithm would draw it to the other side of the phrase.
func (f *intruders) numberFollows(i int) bool {
	for _, r := range f.text[i:] {
		switch {
		case unicode.IsDigit(r):
			return true
		case unicode.IsLetter(r) || r == '\n':
			return false
		}
	}
	return false
}
