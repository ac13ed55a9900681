package page

import (
	"sync"
	"unsafe"
)

// A room is where the view of a page keeps what is of no more use once the page
// is drawn: half of what drawing would otherwise leave to the garbage collector.
// [Draw] gives it to the next page. A view that is not drawn by it keeps its
// room.
type room struct {
	cards    []CardView
	entities []mentioned
	which    []int
	items    []EntityItem
	links    []byte // opening tags of the links in the text
	body     []byte
	data     jsonWriter
}

// manyCards and largeText bound what one page leaves to the next: what is larger
// is rare, and kept would only take memory.
const (
	manyCards = 512
	largeText = 256 << 10
)

var rooms = sync.OnceValue(func() *sync.Pool { return &sync.Pool{New: func() any { return &room{} }} })

// work gives the page's room.
func (b *Base) work() *room {
	if b.room == nil {
		b.room = rooms().Get().(*room)
	}
	return b.room
}

// leave gives the page's room to another one. The view must not be used any more.
func (b *Base) leave() {
	r := b.room
	if r == nil {
		return
	}
	b.room = nil
	if cap(r.cards) > manyCards || len(r.body)+len(r.links)+len(r.data.b) > largeText {
		return
	}
	clear(r.cards)
	clear(r.entities)
	clear(r.items)
	r.cards, r.entities, r.items = r.cards[:0], r.entities[:0], r.items[:0]
	r.which, r.links, r.body = r.which[:0], r.links[:0], r.body[:0]
	r.data = jsonWriter{b: r.data.b[:0]}
	rooms().Put(r)
}

// cardsFor gives an empty list with place for n cards.
func (b *Base) cardsFor(n int) []CardView {
	r := b.work()
	from := len(r.cards)
	if cap(r.cards)-from < n {
		// Lists that were given before stay where they are.
		r.cards, from = make([]CardView, 0, max(n, 32)), 0
	}
	r.cards = r.cards[:from+n]
	return r.cards[from : from : from+n]
}

// shared shows bytes of a room as a string.
func shared(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
