package page

import (
	"sync/atomic"

	"mihbara/generator/lang"
)

// A memory keeps the dates that the pages of a frame show again and again: a
// year's name stands on thousands. What is kept follows from its key alone, so
// that nothing kept can be out of date.
//
// Each key has one slot, where the last one stays: a memory never grows, and in
// an archive that it cannot hold it costs little. Several goroutines may use it.
type memory struct {
	dates [1 << 12]atomic.Pointer[shownDate]
}

type shownDate struct {
	of    lang.Civil
	in    *lang.Locale
	style lang.DateStyle
	text  string
}

// digits gives the numbering system that the site wants in t, if t is the
// frame's language.
func (f *Frame) digits(t lang.Tag) string {
	if t == f.Language {
		return f.Prefers.Digits
	}
	return ""
}

// Remember makes the frame remember what its pages show. It is called before the
// frame is shared.
func (f *Frame) Remember() { f.memory = &memory{} }

// asDay stands for [lang.Locale.Day] among the styles.
const asDay lang.DateStyle = 7

func shown(l *lang.Locale, c lang.Civil, style lang.DateStyle) string {
	if style == asDay {
		return l.Day(c)
	}
	return l.Date(c, style)
}

// day gives a day as [lang.Locale.Day] writes it.
func (f *Frame) day(l *lang.Locale, c lang.Civil) string { return f.date(l, c, asDay) }

// date gives a date as [lang.Locale.Date] writes it.
func (f *Frame) date(l *lang.Locale, c lang.Civil, style lang.DateStyle) string {
	m := f.memory
	if m == nil {
		return shown(l, c, style)
	}
	n := ((uint(c.Year)*16+uint(c.Month))*32+uint(c.Day))*8 + uint(style)
	slot := &m.dates[n*0x9e3779b1>>8%uint(len(m.dates))]
	if s := slot.Load(); s != nil && s.of == c && s.in == l && s.style == style {
		return s.text
	}
	s := &shownDate{c, l, style, shown(l, c, style)}
	slot.Store(s)
	return s.text
}
