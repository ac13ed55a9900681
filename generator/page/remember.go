package page

import (
	"sync"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A memory keeps what the pages of a frame show again and again: articles as
// cards, and the names of periods. An article's card stands on some twenty
// pages, a year's name on thousands. What is kept follows from its key alone, of
// which a pointer to a shared card is a part, so that nothing kept can be out of
// date. Several goroutines may use it.
type memory struct {
	mu      sync.RWMutex
	cards   map[cardKey]*CardView
	periods map[periodKey]string
}

// cardsKept and periodsKept bound a memory; beyond them everything is forgotten,
// which costs time and changes nothing. A card has some 400 bytes.
const (
	cardsKept   = 1 << 14
	periodsKept = 1 << 12
)

type cardKey struct {
	card   *article.Card
	locale *lang.Locale
}

type periodKey struct {
	locale *lang.Locale
	date   lang.Civil
	style  lang.DateStyle
}

// Remember makes the frame remember what its pages show, which is right where
// the same answers give the same pointers. It is called before the frame is
// shared.
func (f *Frame) Remember() { f.memory = &memory{} }

// card gives the view of a card, without its picture, which has to be asked for.
func (f *Frame) card(l *lang.Locale, c *article.Card) *CardView {
	m := f.memory
	if m == nil {
		return newCardView(l, c)
	}
	key := cardKey{c, l}
	m.mu.RLock()
	v := m.cards[key]
	m.mu.RUnlock()
	if v != nil {
		return v
	}
	v = newCardView(l, c)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cards == nil || len(m.cards) >= cardsKept {
		m.cards = map[cardKey]*CardView{}
	}
	m.cards[key] = v
	return v
}

// date gives a date as [lang.Locale.Date] writes it.
func (f *Frame) date(l *lang.Locale, c lang.Civil, style lang.DateStyle) string {
	m := f.memory
	if m == nil {
		return l.Date(c, style)
	}
	key := periodKey{l, c, style}
	m.mu.RLock()
	s, ok := m.periods[key]
	m.mu.RUnlock()
	if ok {
		return s
	}
	s = l.Date(c, style)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.periods == nil || len(m.periods) >= periodsKept {
		m.periods = map[periodKey]string{}
	}
	m.periods[key] = s
	return s
}
