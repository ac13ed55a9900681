package incremental

// An arena keeps pieces of bytes, one behind another, in chunks that the garbage
// collector need not look into. What was added stays where it is and must not be
// changed.
type arena struct {
	chunks [][]byte
	size   int // of all pieces, in bytes
}

// largestChunk is how large chunks become: the first are small, for most arenas
// of an edit hold next to nothing.
const (
	smallestChunk = 4 << 10
	largestChunk  = 256 << 10
)

// A spot is where a piece begins: the number of its chunk in the upper half, its
// place therein in the lower.
type spot uint64

// add keeps a copy of b and returns it with its place.
func (a *arena) add(b []byte) ([]byte, spot) {
	last := len(a.chunks) - 1
	if last < 0 || cap(a.chunks[last])-len(a.chunks[last]) < len(b) {
		a.chunks = append(a.chunks, make([]byte, 0, max(min(smallestChunk<<min(len(a.chunks), 6), largestChunk), len(b))))
		last++
	}
	from := len(a.chunks[last])
	c := append(a.chunks[last], b...)
	a.chunks[last] = c
	a.size += len(b)
	return c[from:len(c):len(c)], spot(last)<<32 | spot(from)
}

// at returns what begins at a place, and all that follows it in its chunk.
func (a *arena) at(s spot) []byte { return a.chunks[s>>32][s&(1<<32-1):] }
