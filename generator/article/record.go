package article

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"mihbara/generator/markdown"
	"mihbara/generator/record"
)

// AppendBinary appends a as a record: its fields in the order in which they are
// declared, numbers and answers first. A body is kept as well if there is one;
// the engine keeps bodies on their own.
func (a Article) AppendBinary(b []byte) ([]byte, error) {
	sum, raw := rawSum(a.SHA256)
	body := !empty(&a.Body)
	b = slices.Grow(b, a.recordSize())
	b = record.AppendFlags(b, a.Draft, a.NoIndex, raw, body)
	b = record.AppendInt(record.AppendInt(b, a.Weight), a.Bytes)
	for _, m := range []Moment{a.Published, a.Updated, a.Expires} {
		b = m.appendRecord(b)
	}
	for _, s := range a.texts() {
		b = record.AppendString(b, *s)
	}
	for _, list := range a.lists() {
		b = record.AppendStrings(b, *list)
	}
	b = record.AppendLen(b, a.Corrections)
	for _, c := range a.Corrections {
		b = record.AppendString(c.Date.appendRecord(b), c.Text)
	}
	var err error
	if b, err = record.AppendMap(b, a.Params); err != nil {
		return b, fmt.Errorf("params: %w", err)
	}
	if raw {
		b = record.AppendString(b, string(sum[:]))
	} else {
		b = record.AppendString(b, a.SHA256)
	}
	if body {
		whole, err := a.Body.AppendBinary(nil)
		if err != nil {
			return b, err
		}
		b = record.AppendString(b, string(whole))
	}
	return b, nil
}

// recordSize gives about how many bytes the record of a takes, and seldom less
// than it does.
func (a *Article) recordSize() int {
	n := 256
	for _, s := range a.texts() {
		n += len(*s)
	}
	for _, list := range a.lists() {
		for _, s := range *list {
			n += len(s) + 1
		}
	}
	return n + 64*len(a.Params)
}

// rawSum gives the bytes of a hash in hexadecimal digits, if it is written as
// hex.EncodeToString does.
func rawSum(s string) (sum [sha256.Size]byte, ok bool) {
	if len(s) != 2*len(sum) {
		return sum, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			sum[i/2] = sum[i/2]<<4 | (c - '0')
		case 'a' <= c && c <= 'f':
			sum[i/2] = sum[i/2]<<4 | (c - 'a' + 10)
		default:
			return sum, false
		}
	}
	return sum, true
}

func empty(d *markdown.Document) bool {
	return d.HTML == "" && d.Text == "" && d.Words == 0 && d.Runs == nil && d.Refs == nil && d.Headings == nil
}

// texts and lists give the fields of a record that are texts and lists of texts.
func (a *Article) texts() []*string {
	return []*string{(*string)(&a.ID), &a.Path, &a.Format, &a.Type, (*string)(&a.Language), &a.Headline, &a.Lead, &a.Dateline, &a.Section,
		&a.Slug, &a.URL, &a.TranslationKey, &a.Image, &a.ImageAlt, &a.Source, &a.Canonical, &a.Status}
}

func (a *Article) lists() []*[]string {
	return []*[]string{&a.Byline, &a.Tags, &a.Entities, &a.Aliases, &a.Derived}
}

// UnmarshalBinary reads what AppendBinary appended. The texts of a are parts of
// data, which must not change.
func (a *Article) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	*a = Article{}
	var raw, body bool
	r.Flags(&a.Draft, &a.NoIndex, &raw, &body)
	a.Weight, a.Bytes = r.Int(), r.Int()
	for _, m := range []*Moment{&a.Published, &a.Updated, &a.Expires} {
		m.readRecord(r)
	}
	for _, s := range a.texts() {
		*s = r.String()
	}
	for _, list := range a.lists() {
		*list = record.Strings[string](r)
	}
	if n, ok := r.Len(); ok {
		a.Corrections = make([]Correction, n)
		for i := range a.Corrections {
			a.Corrections[i].Date.readRecord(r)
			a.Corrections[i].Text = r.String()
		}
	}
	a.Params = r.Map()
	if a.SHA256 = r.String(); raw {
		a.SHA256 = hex.EncodeToString([]byte(a.SHA256))
	}
	if body {
		if err := a.Body.UnmarshalBinary([]byte(r.String())); err != nil {
			return err
		}
	}
	return r.Err()
}

// AppendBinary appends c as a record, see [Article.AppendBinary].
func (c Card) AppendBinary(b []byte) ([]byte, error) {
	n := 64
	for _, s := range c.texts() {
		n += len(*s)
	}
	b = slices.Grow(b, n)
	b = record.AppendFlags(b, c.Undated, c.Draft, c.NoIndex, c.Turned.Headline, c.Turned.Lead)
	b = c.Updated.appendRecord(c.Published.appendRecord(b))
	for _, s := range c.texts() {
		b = record.AppendString(b, *s)
	}
	return b, nil
}

func (c *Card) texts() []*string {
	return []*string{(*string)(&c.ID), (*string)(&c.Language), (*string)(&c.Direction), &c.Headline, &c.Lead, &c.URL, &c.Image, &c.Section, &c.TranslationKey}
}

// UnmarshalBinary reads what AppendBinary appended. The texts of c are parts of
// data, which must not change.
func (c *Card) UnmarshalBinary(data []byte) error {
	r := record.Share(data)
	*c = Card{}
	r.Flags(&c.Undated, &c.Draft, &c.NoIndex, &c.Turned.Headline, &c.Turned.Lead)
	c.Published.readRecord(r)
	c.Updated.readRecord(r)
	for _, s := range c.texts() {
		*s = r.String()
	}
	return r.Err()
}

func (m Moment) appendRecord(b []byte) []byte {
	zero := m.Unix == 0 && m.Offset == 0
	if b = record.AppendFlags(b, m.Set, m.DayOnly, !zero); !zero {
		b = record.AppendInt(record.AppendInt(b, m.Unix), m.Offset)
	}
	return b
}

func (m *Moment) readRecord(r *record.Reader) {
	var more bool
	if r.Flags(&m.Set, &m.DayOnly, &more); more {
		m.Unix, m.Offset = r.Int64(), r.Int()
	}
}
