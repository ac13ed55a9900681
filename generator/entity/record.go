package entity

import (
	"slices"

	"mihbara/generator/record"
)

// Mentions are the mentions of one text, in its order.
type Mentions []Mention

// AppendBinary appends m as a record: the different entities with their types
// and finders, in the order of their first mention, then of each mention where
// it begins after the end of the one before, how long it is, the number of its
// entity, and its text, if it is kept. Without texts, that is some ten bytes a
// mention.
func (m Mentions) AppendBinary(b []byte) ([]byte, error) {
	var room [2][64]int32 // enough for most texts
	kinds, first := m.kinds(room[0][:0], room[1][:0])
	b = slices.Grow(b, 32*len(first)+8*len(m)+8)
	b = record.AppendLen(b, m)
	if len(m) == 0 {
		first = nil
	}
	b = record.AppendLen(b, first)
	for _, i := range first {
		b = record.AppendString(appendType(record.AppendString(b, m[i].Entity), m[i].Type), otherFinder(m[i].By))
	}
	end := 0
	for i := range m {
		x := &m[i]
		b = record.AppendInt(record.AppendInt(b, x.Start-end), x.End-x.Start)
		n := uint64(kinds[i]) << 1
		if x.Text == "" {
			b = record.AppendUint(b, n)
		} else {
			b = record.AppendString(record.AppendUint(b, n|1), x.Text)
		}
		end = x.End
	}
	return b, nil
}

// kinds appends to kinds the number of each mention's entity among those that
// differ in what they are or how they were found, and to first the mention that
// is the first of each.
func (m Mentions) kinds(kinds, first []int32) (_, _ []int32) {
	var index map[Mention]int32 // once there are many
	for i := range m {
		x, n := &m[i], int32(len(first))
		kind := Mention{Entity: x.Entity, Type: x.Type, By: x.By}
		if known, ok := index[kind]; ok {
			n = known
		} else if index == nil {
			for j, f := range first {
				if y := &m[f]; y.Entity == x.Entity && y.Type == x.Type && y.By == x.By {
					n = int32(j)
					break
				}
			}
		}
		if kinds = append(kinds, n); int(n) < len(first) {
			continue
		}
		first = append(first, int32(i))
		switch {
		case index != nil:
			index[kind] = n
		case len(first) > 32:
			index = map[Mention]int32{}
			for j, f := range first {
				index[Mention{Entity: m[f].Entity, Type: m[f].Type, By: m[f].By}] = int32(j)
			}
		}
	}
	return kinds, first
}

// UnmarshalBinary reads what AppendBinary appended. The texts of m are parts of
// data, which must not change.
func (m *Mentions) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	*m = nil
	n, ok := r.Len()
	kinds, _ := r.Len()
	list := make([]Mention, kinds)
	for i := range list {
		list[i] = Mention{Entity: ID(r.String()), Type: readType(r), By: otherFinder(r.String())}
	}
	if !ok {
		return r.Err()
	}
	*m = make(Mentions, n)
	end := 0
	for i := range *m {
		start := end + r.Int()
		end = start + r.Int()
		kind := r.Uint()
		if kind>>1 >= uint64(len(list)) {
			r.Break()
			break
		}
		x := &(*m)[i]
		*x = list[kind>>1]
		if x.Start, x.End = start, end; kind&1 != 0 {
			x.Text = r.String()
		}
	}
	return r.Err()
}

// Mentioned are the entities of a text's mentions, in the order of their first
// mention. One that was found in several ways comes once for each.
type Mentioned []ID

// UnmarshalBinary reads them from what [Mentions.AppendBinary] appended, which
// begins with them. They are parts of data, which must not change.
func (m *Mentioned) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	r.Len()
	kinds, _ := r.Len()
	*m = make(Mentioned, kinds)
	for i := range *m {
		(*m)[i] = ID(r.String())
		readType(r)
		_ = r.String() // by whom
	}
	return r.Broken()
}

// appendType appends the number of a type, from 1, or 0 and its name.
func appendType(b []byte, t Type) []byte {
	if i := slices.Index(Types(), t); i >= 0 {
		return record.AppendUint(b, uint64(i)+1)
	}
	return record.AppendString(record.AppendUint(b, 0), t)
}

func readType(r *record.Reader) Type {
	n := r.Uint()
	if n == 0 {
		return Type(r.String())
	}
	if all := Types(); n <= uint64(len(all)) {
		return all[n-1]
	}
	r.Break()
	return ""
}

// otherFinder lets the knowledge base, which finds nearly all, have no name,
// and no name that of the knowledge base. Its inverse is itself.
func otherFinder(by string) string {
	switch by {
	case "kb":
		return ""
	case "":
		return "kb"
	}
	return by
}
