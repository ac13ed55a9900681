package recogniser

import "mihbara/generator/entity"

// A label says what a token is: outside every name, the first token of one of
// a type, or a later one.
type label uint8

// The labels. Begin and inside of a type stand together: see beginOf.
const (
	outside label = iota
	beginPerson
	insidePerson
	beginPlace
	insidePlace
	beginOrganisation
	insideOrganisation
	labels = 7
)

// A kind is one of the three types that the recogniser knows.
type kind uint8

const (
	person kind = iota
	place
	organisation
	kinds = 3
)

func beginOf(k kind) label  { return label(1 + 2*k) }
func insideOf(k kind) label { return label(2 + 2*k) }

func (l label) begins() bool { return l%2 == 1 }

// kind gives the type of a label other than outside.
func (l label) kind() kind { return kind((l - 1) / 2) }

// mayFollow says whether b may stand behind a: a name goes on only where one of
// its type is under way.
func mayFollow(a, b label) bool {
	return b == outside || b.begins() || a == b || a == b-1
}

// Type gives the type in the words of package entity.
func (k kind) Type() entity.Type {
	return [kinds]entity.Type{entity.Person, entity.Place, entity.Organisation}[k]
}

// code gives the type as annotated text writes it.
func (k kind) code() string { return k.Type().Code() }

// kindOf reads a code of annotated text; false for those that are not ours.
func kindOf(code string) (kind, bool) {
	for k := range kind(kinds) {
		if k.code() == code {
			return k, true
		}
	}
	return 0, false
}

// kindOfType is the other way round; an event is none of ours, and none is asked
// for.
func kindOfType(t entity.Type) kind {
	for k := range kind(kinds) {
		if k.Type() == t {
			return k
		}
	}
	panic("recogniser: no kind is " + string(t))
}
