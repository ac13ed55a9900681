package lang

// A shapeTable maps letters, words ("_the_") and pieces of words ("ing_"), "_"
// being where a word begins and ends, to what they say for each language. It
// is a table with open addresses that also holds every beginning of what it
// knows, so that most searches end after two or three letters.
type shapeTable struct {
	slots []shape
	mask  uint64
}

type shape struct {
	hash   uint64
	speaks bool // false for a mere beginning
	weight [16]int8
}

func newShapeTable(weights map[string]*[16]int8) shapeTable {
	entries := map[uint64]shape{}
	for s, w := range weights {
		h := uint64(hashStart)
		for _, r := range s {
			h = hashNext(h, r)
			if _, ok := entries[h]; !ok {
				entries[h] = shape{hash: h}
			}
		}
		entries[h] = shape{h, true, *w}
	}
	size := 64
	for size < 3*len(entries) {
		size *= 2
	}
	t := shapeTable{slots: make([]shape, size), mask: uint64(size - 1)}
	for h, e := range entries {
		*t.find(h) = e
	}
	return t
}

const hashStart = 14695981039346656037

func hashNext(h uint64, r rune) uint64 { return (h ^ uint64(r)) * 1099511628211 }

// find gives the slot of h or the empty one where it would stand.
func (t *shapeTable) find(h uint64) *shape {
	for i := (h ^ h>>29) & t.mask; ; i = (i + 1) & t.mask {
		if e := &t.slots[i]; e.hash == h || e.hash == 0 {
			return e
		}
	}
}

// add scores a word, given with its two boundaries, and all its pieces.
func (t *shapeTable) add(s *[16]int, word []rune) {
	for i := range word {
		h := uint64(hashStart)
		for _, r := range word[i:] {
			h = hashNext(h, r)
			e := t.find(h)
			if e.hash == 0 {
				break
			}
			if e.speaks {
				for l, w := range e.weight {
					s[l] += int(w)
				}
			}
		}
	}
}
