package entity

import (
	"slices"
	"strings"
	"sync"

	"mihbara/generator/lang"
	"mihbara/generator/record"
)

// AppendBinary appends a as a record of some fifty bytes: a word of a text that
// begins many names has them all read.
func (a Alias) AppendBinary(b []byte) ([]byte, error) {
	same := slices.Equal(a.Tokens, a.Loose) && (a.Tokens == nil) == (a.Loose == nil)
	b = record.AppendFlags(b, same, a.Unique, a.Bare, a.CaseSensitive, a.Link, a.Demonym, a.Generic, a.National)
	b = record.AppendStrings(b, a.Tokens)
	if !same {
		b = record.AppendStrings(b, a.Loose)
	}
	b = appendType(record.AppendString(b, a.Entity), a.Type)
	b = appendTags(b, a.Languages)
	b = record.AppendUint(record.AppendInt(b, a.Weight), a.Capitals)
	b = record.AppendStrings(b, a.Lands)
	return record.AppendInt(record.AppendInt(record.AppendInt(b, a.Years.From), a.Years.To), a.Since), nil
}

// UnmarshalBinary reads what AppendBinary appended.
func (a *Alias) UnmarshalBinary(data []byte) error {
	r := record.NewReader(data)
	var same bool
	r.Flags(&same, &a.Unique, &a.Bare, &a.CaseSensitive, &a.Link, &a.Demonym, &a.Generic, &a.National)
	a.Tokens = record.Strings[string](r)
	if a.Loose = a.Tokens; !same {
		a.Loose = record.Strings[string](r)
	}
	a.Entity, a.Type = ID(r.String()), readType(r)
	a.Languages = readTags(r)
	a.Weight, a.Capitals = r.Int(), r.Uint()
	a.Lands = record.Strings[string](r)
	a.Years.From, a.Years.To, a.Since = r.Int(), r.Int(), r.Int()
	return r.Err()
}

// appendTags appends a list of languages as one text.
func appendTags(b []byte, list []lang.Tag) []byte {
	b = record.AppendLen(b, list)
	if len(list) == 0 {
		return b
	}
	var s strings.Builder
	for i, t := range list {
		if i > 0 {
			s.WriteByte(',')
		}
		s.WriteString(string(t))
	}
	return record.AppendString(b, s.String())
}

// tagLists holds the lists of languages that were read: there are few, and they are
// long.
var tagLists sync.Map // string → []lang.Tag

func readTags(r *record.Reader) []lang.Tag {
	n, ok := r.Len()
	switch {
	case !ok:
		return nil
	case n == 0:
		return []lang.Tag{}
	}
	joined := r.String()
	if list, ok := tagLists.Load(joined); ok {
		return list.([]lang.Tag)
	}
	list := make([]lang.Tag, 0, n)
	for t := range strings.SplitSeq(strings.Clone(joined), ",") {
		list = append(list, lang.Tag(t))
	}
	if len(list) != n {
		r.Break()
		return nil
	}
	tagLists.Store(strings.Clone(joined), list)
	return list
}
