package page

import (
	"hash/maphash"
	"sync/atomic"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A memory keeps what the pages of a frame show again and again: articles as
// cards, and dates. An article's card stands on some twenty pages, a year's name
// on thousands. What is kept follows from its key alone, of which a pointer to a
// shared card is a part, so that nothing kept can be out of date.
//
// Each key has one slot, where the last one stays: a memory never grows, and in
// an archive that it cannot hold it costs little. Several goroutines may use it.
type memory struct {
	seed  maphash.Seed
	cards [1 << 13]atomic.Pointer[shownCard]
	dates [1 << 12]atomic.Pointer[shownDate]
}

type shownCard struct {
	of   *article.Card
	in   *lang.Locale
	view CardView
}

type shownDate struct {
	of    lang.Civil
	in    *lang.Locale
	style lang.DateStyle
	text  string
}

// Remember makes the frame remember what its pages show, which is right where
// the same answers give the same pointers. It is called before the frame is
// shared.
func (f *Frame) Remember() { f.memory = &memory{seed: maphash.MakeSeed()} }

// card makes v the view of a card, without its picture, which has to be asked
// for.
func (f *Frame) card(v *CardView, l *lang.Locale, c *article.Card) {
	m := f.memory
	if m == nil {
		v.of(f, l, c)
		return
	}
	slot := &m.cards[maphash.String(m.seed, string(c.ID))%uint64(len(m.cards))]
	if s := slot.Load(); s != nil && s.of == c && s.in == l {
		*v = s.view
		return
	}
	s := &shownCard{of: c, in: l}
	s.view.of(f, l, c)
	slot.Store(s)
	*v = s.view
}

// date gives a date as [lang.Locale.Date] writes it.
func (f *Frame) date(l *lang.Locale, c lang.Civil, style lang.DateStyle) string {
	m := f.memory
	if m == nil {
		return l.Date(c, style)
	}
	n := ((uint(c.Year)*16+uint(c.Month))*32+uint(c.Day))*8 + uint(style)
	slot := &m.dates[n*0x9e3779b1>>8%uint(len(m.dates))]
	if s := slot.Load(); s != nil && s.of == c && s.in == l && s.style == style {
		return s.text
	}
	s := &shownDate{c, l, style, l.Date(c, style)}
	slot.Store(s)
	return s.text
}
