package generator

import (
	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/record"
)

// A place is what decides where an article stands, with what lists of names
// need.
type place struct {
	archive.Place
	Standing bool     // a page without a date
	Derived  []string // those of Tags that its text gave
}

// AppendBinary appends p as a record.
func (p place) AppendBinary(b []byte) ([]byte, error) {
	return p.Place.AppendBinary(record.AppendStrings(record.AppendFlags(b, p.Standing), p.Derived))
}

// UnmarshalBinary reads what AppendBinary appended. The texts of p are parts of
// data, which must not change.
func (p *place) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	r.Flags(&p.Standing)
	p.Derived = record.Strings[string](r)
	if err := r.Broken(); err != nil {
		return err
	}
	return p.Place.UnmarshalBinary(data[len(data)-len(r.Rest()):])
}

// entityIDs and texts are lists that an aspect of every article holds.
type (
	entityIDs []entity.ID
	texts     []string
)

// AppendBinary appends l as a record.
func (l entityIDs) AppendBinary(b []byte) ([]byte, error) { return record.AppendStrings(b, l), nil }

// UnmarshalBinary reads what AppendBinary appended. The texts of l are parts of
// data, which must not change.
func (l *entityIDs) UnmarshalBinary(data []byte) (err error) {
	*l, err = listOf[entity.ID](data)
	return err
}

// AppendBinary appends l as a record.
func (l texts) AppendBinary(b []byte) ([]byte, error) { return record.AppendStrings(b, l), nil }

// UnmarshalBinary reads what AppendBinary appended. The texts of l are parts of
// data, which must not change.
func (l *texts) UnmarshalBinary(data []byte) (err error) {
	*l, err = listOf[string](data)
	return err
}

func listOf[S ~string](data []byte) ([]S, error) {
	r := record.Share(data)
	list := record.Strings[S](r)
	return list, r.Err()
}
