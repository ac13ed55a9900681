package page

import (
	"fmt"
	"time"
	"unicode"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A Text is a string that knows its language and direction, so that a template
// can isolate it and mark it where they are not the page's.
type Text struct {
	S    string
	Lang lang.Tag
	Dir  lang.Direction
}

// TextIn makes a Text of s, written in t. Its direction is that of its words,
// not of its language: an Arabic record may have a Latin headline, and the tag
// C++ reads from the left on every page.
func TextIn(s string, t lang.Tag) Text {
	return Text{S: s, Lang: t, Dir: lang.WordsDirection(s, lang.DirectionOf(t))}
}

// A Date is a moment as a page writes it.
type Date struct {
	ISO    string // for machines: 2023-05-04 or with time and zone; "" if undated
	Human  string // in the page's language, digits, month names and first calendar
	Time   Text   // the time of day, "" if only the day is known
	Second string // the day in the language's second calendar, "" where it has none
}

func dateOf(f *Frame, l *lang.Locale, m article.Moment) Date {
	if !m.Set {
		return Date{}
	}
	d := dayOf(f, l, m)
	d.Second = l.OtherDay(civil(m))
	if !m.DayOnly {
		// Digits and Latin letters ("8:15 PM") read from left to right on every page.
		d.Time = Text{S: l.Time(m.Clock()), Lang: l.Tag, Dir: lang.LTR}
		if firstStrong(d.Time.S) == lang.RTL {
			d.Time.Dir = lang.RTL
		}
	}
	return d
}

// dayOf is a moment as a card writes it: without its time of day or second
// calendar.
func dayOf(f *Frame, l *lang.Locale, m article.Moment) Date {
	if !m.Set {
		return Date{}
	}
	return Date{ISO: ISO(m), Human: f.day(l, civil(m))}
}

// local is the moment on the clock where it was written, as if that were UTC.
func local(m article.Moment) time.Time { return time.Unix(m.Unix+int64(m.Offset), 0).UTC() }

// civil is [article.Moment.Civil] without making a zone for it.
func civil(m article.Moment) lang.Civil {
	y, mo, d := local(m).Date()
	return lang.Civil{Year: y, Month: int(mo), Day: d}
}

// ISO is [article.Moment.RFC3339] without making a zone for it.
func ISO(m article.Moment) string {
	t := local(m)
	y, mo, d := t.Date()
	if !m.Set || y < 0 || y > 9999 || m.Offset%60 != 0 {
		return m.RFC3339()
	}
	var buf [32]byte
	b := two(append(two(append(two(two(buf[:0], y/100), y%100), '-'), int(mo)), '-'), d)
	if m.DayOnly {
		return string(b)
	}
	h, mi, s := t.Clock()
	b = two(append(two(append(two(append(b, 'T'), h), ':'), mi), ':'), s)
	if m.Offset == 0 {
		return string(append(b, 'Z'))
	}
	sign, minutes := byte('+'), m.Offset/60
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return string(two(append(two(append(b, sign), minutes/60), ':'), minutes%60))
}

// isoMonth is a month for machines: 2023-05.
func isoMonth(c lang.Civil) string {
	if c.Year < 0 || c.Year > 9999 {
		return fmt.Sprintf("%04d-%02d", c.Year, c.Month)
	}
	var buf [8]byte
	return string(two(append(two(two(buf[:0], c.Year/100), c.Year%100), '-'), c.Month))
}

func two(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// The marks that tell a reader of plain text its direction (RTL.md T2).
const (
	rlm = "\u200f"
	lrm = "\u200e"
)

// firstStrong gives the direction of the first letter of s, "" if it has none.
// It looks into isolates too, as title bars do.
func firstStrong(s string) lang.Direction {
	for _, r := range s {
		switch {
		case r < 0x41:
		case 0x590 <= r && r <= 0x8ff, 0xfb1d <= r && r <= 0xfdff, 0xfe70 <= r && r <= 0xfeff,
			0x10800 <= r && r <= 0x10fff, 0x1e800 <= r && r <= 0x1efff:
			if unicode.IsLetter(r) {
				return lang.RTL
			}
		case unicode.IsLetter(r):
			return lang.LTR
		}
	}
	return ""
}

// PlainText makes a string for a place without markup (a title, an attribute, a
// feed's title) on a page of the given direction. What runs against it is
// isolated, all of it if it goes the other way, and it begins with a mark where
// its first letter would turn it.
func PlainText(s string, d lang.Direction) string {
	own := lang.WordsDirection(s, d)
	if own != d {
		return marked(lang.Isolate(s, own, ""), d)
	}
	return marked(lang.IsolateForeign(s, d, ""), d)
}

// marked begins s with the mark of d if its first letter goes the other way:
// title bars and feed readers take the direction from that.
func marked(s string, d lang.Direction) string {
	switch first := firstStrong(s); {
	case first == "" || first == d:
		return s
	case d == lang.RTL:
		return rlm + s
	}
	return lrm + s
}

// Title joins the parts of a page's title, each isolated.
func Title(d lang.Direction, parts ...string) string {
	room := 0
	for _, p := range parts {
		room += len(" — ") + 4*len(rlm) + len(p)
	}
	b := append(make([]byte, 0, room+len(rlm)), rlm...)
	for _, p := range parts {
		if p == "" {
			continue
		}
		if len(b) > len(rlm) {
			b = append(b, " — "...)
		}
		b = lang.AppendIsolate(b, p, lang.WordsDirection(p, d), "")
	}
	if d == lang.RTL {
		return string(b)
	}
	return marked(string(b[len(rlm):]), d)
}

func notThere(what string, id any) error { return fmt.Errorf("%s %v: not part of the site", what, id) }
