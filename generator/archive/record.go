package archive

import (
	"slices"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/record"
)

// AppendBinary appends p as a record: what it is about, then its card to the end.
func (p Place) AppendBinary(b []byte) ([]byte, error) {
	b = slices.Grow(b, 512)
	b = record.AppendStrings(record.AppendStrings(b, p.Tags), p.Entities)
	b = record.AppendStrings(record.AppendStrings(record.AppendString(b, p.Section), p.Authors), p.Names)
	return p.Card.AppendBinary(b)
}

// UnmarshalBinary reads what AppendBinary appended. The texts of p are parts of
// data, which must not change.
func (p *Place) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	*p = Place{Tags: record.Strings[string](r), Entities: record.Strings[entity.ID](r), Section: r.String(), Authors: record.Strings[string](r),
		Names: record.Strings[string](r)}
	if err := r.Broken(); err != nil {
		return err
	}
	return p.Card.UnmarshalBinary(data[len(data)-len(r.Rest()):])
}

// AppendBinary appends l as a record of its fields in their order.
func (l Links) AppendBinary(b []byte) ([]byte, error) {
	b = record.AppendStrings(record.AppendStrings(b, l.Related), l.Abroad)
	return record.AppendString(record.AppendString(b, l.Parent), l.Duplicate), nil
}

// UnmarshalBinary reads what AppendBinary appended. The texts of l are parts of
// data, which must not change.
func (l *Links) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	*l = Links{Related: record.Strings[article.ID](r), Abroad: record.Strings[article.ID](r), Parent: article.ID(r.String()), Duplicate: article.ID(r.String())}
	return r.Err()
}
