package incremental

import (
	"encoding/binary"
	"errors"
)

// meta is what the engine keeps of a task beside its aspects.
type meta struct {
	Rows    []given
	Aspects []aspectHash
	HasFile bool
	File    uint64
	Reasons []string
}

// given is a row that a task gave: its identity and a hash of its payload.
type given struct {
	Index            uint8
	Group, Sort, Key string
	Payload          uint64
}

type aspectHash struct {
	Name string
	Hash uint64
}

var errMeta = errors.New("what is known of a task cannot be read")

// AppendBinary appends the meta as it lies in the store: numbers are varints,
// hashes eight little-endian bytes, a text is its length and its bytes. The rows
// of one task mostly share their sort and key, so each of these is only written
// where it is another than in the row before: what an article gives shrinks to a
// third.
func (m *meta) AppendBinary(b []byte) ([]byte, error) {
	str := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	hash := func(h uint64) { b = binary.LittleEndian.AppendUint64(b, h) }
	b = binary.AppendUvarint(b, uint64(len(m.Rows)))
	var last given
	for _, g := range m.Rows {
		flags := byte(0)
		if g.Sort != last.Sort {
			flags |= newSort
		}
		if g.Key != last.Key {
			flags |= newKey
		}
		b = append(b, g.Index, flags)
		str(g.Group)
		if flags&newSort != 0 {
			str(g.Sort)
		}
		if flags&newKey != 0 {
			str(g.Key)
		}
		hash(g.Payload)
		last = g
	}
	b = binary.AppendUvarint(b, uint64(len(m.Aspects)))
	for _, a := range m.Aspects {
		str(a.Name)
		hash(a.Hash)
	}
	if m.HasFile {
		b = append(b, 1)
		hash(m.File)
	} else {
		b = append(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(m.Reasons)))
	for _, r := range m.Reasons {
		str(r)
	}
	return b, nil
}

const (
	newSort = 1 << iota
	newKey
)

// UnmarshalBinary reads what AppendBinary wrote.
func (m *meta) UnmarshalBinary(data []byte) error {
	r := metaReader{data: string(data)} // one copy that all texts share
	*m = meta{}
	n := r.count()
	m.Rows = make([]given, 0, n)
	var last given
	for range n {
		last.Index = r.byte()
		flags := r.byte()
		last.Group = r.text()
		if flags&newSort != 0 {
			last.Sort = r.text()
		}
		if flags&newKey != 0 {
			last.Key = r.text()
		}
		last.Payload = r.hash()
		m.Rows = append(m.Rows, last)
	}
	for range r.count() {
		m.Aspects = append(m.Aspects, aspectHash{r.text(), r.hash()})
	}
	if m.HasFile = r.byte() == 1; m.HasFile {
		m.File = r.hash()
	}
	for range r.count() {
		m.Reasons = append(m.Reasons, r.text())
	}
	if r.broken || r.data != "" {
		return errMeta
	}
	return nil
}

// A metaReader reads until the first thing that is not there; from then on it
// gives nothing.
type metaReader struct {
	data   string
	broken bool
}

func (r *metaReader) cut(n uint64) string {
	if n > uint64(len(r.data)) {
		r.broken, r.data = true, ""
		return ""
	}
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}

func (r *metaReader) byte() byte {
	if s := r.cut(1); s != "" {
		return s[0]
	}
	return 0
}

func (r *metaReader) number() (n uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	r.broken = true
	return 0
}

// count reads how many things follow, each of which takes a byte at least.
func (r *metaReader) count() uint64 {
	n := r.number()
	if n > uint64(len(r.data)) {
		r.broken, r.data = true, ""
		return 0
	}
	return n
}

func (r *metaReader) text() string { return r.cut(r.number()) }

func (r *metaReader) hash() (h uint64) {
	s := r.cut(8)
	for i := range len(s) {
		h |= uint64(s[i]) << (8 * i)
	}
	return h
}
