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
	kinds := make([]int32, len(m))
	var list []Mention
	var index map[Mention]int32 // once there are many
	for i, x := range m {
		kind := Mention{Entity: x.Entity, Type: x.Type, By: x.By}
		n, ok := int32(0), false
		if index != nil {
			n, ok = index[kind]
		} else if j := slices.Index(list, kind); j >= 0 {
			n, ok = int32(j), true
		}
		if !ok {
			n, list = int32(len(list)), append(list, kind)
			if index != nil {
				index[kind] = n
			} else if len(list) > 32 {
				index = map[Mention]int32{}
				for j, k := range list {
					index[k] = int32(j)
				}
			}
		}
		kinds[i] = n
	}
	b = record.AppendLen(b, m)
	b = record.AppendLen(b, list)
	for _, k := range list {
		b = record.AppendString(appendType(record.AppendString(b, k.Entity), k.Type), otherFinder(k.By))
	}
	end := 0
	for i, x := range m {
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

// UnmarshalBinary reads what AppendBinary appended.
func (m *Mentions) UnmarshalBinary(data []byte) error {
	r := record.NewReader(data)
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
