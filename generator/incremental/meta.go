package incremental

import "mihbara/generator/record"

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

// AppendBinary appends the meta as a record. The rows of one task mostly share
// their sort and key, so each of these is only written where it is another than
// in the row before: what an article gives shrinks to a third.
func (m meta) AppendBinary(b []byte) ([]byte, error) {
	b = record.AppendFlags(b, m.HasFile)
	if m.HasFile {
		b = record.AppendHash(b, m.File)
	}
	b = record.AppendLen(b, m.Rows)
	var last given
	for _, g := range m.Rows {
		sort, key := g.Sort != last.Sort, g.Key != last.Key
		b = record.AppendString(record.AppendFlags(record.AppendUint(b, uint64(g.Index)), sort, key), g.Group)
		if sort {
			b = record.AppendString(b, g.Sort)
		}
		if key {
			b = record.AppendString(b, g.Key)
		}
		b = record.AppendHash(b, g.Payload)
		last = g
	}
	b = record.AppendLen(b, m.Aspects)
	for _, a := range m.Aspects {
		b = record.AppendHash(record.AppendString(b, a.Name), a.Hash)
	}
	return record.AppendStrings(b, m.Reasons), nil
}

// UnmarshalBinary reads what AppendBinary wrote.
func (m *meta) UnmarshalBinary(data []byte) error {
	r := record.NewReader(data)
	*m = meta{}
	if r.Flags(&m.HasFile); m.HasFile {
		m.File = r.Hash()
	}
	if n, ok := r.Len(); ok {
		m.Rows = make([]given, n)
		readRows(r, m.Rows)
	}
	if n, ok := r.Len(); ok {
		m.Aspects = make([]aspectHash, n)
		for i := range m.Aspects {
			m.Aspects[i] = aspectHash{r.String(), r.Hash()}
		}
	}
	m.Reasons = record.Strings[string](r)
	return r.Err()
}

func readRows(r *record.Reader, rows []given) {
	var last given
	for i := range rows {
		var sort, key bool
		last.Index = uint8(r.Uint())
		r.Flags(&sort, &key)
		last.Group = r.String()
		if sort {
			last.Sort = r.String()
		}
		if key {
			last.Key = r.String()
		}
		last.Payload = r.Hash()
		rows[i] = last
	}
}
