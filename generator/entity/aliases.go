package entity

// Aliases gives the names under which e is looked for.
func Aliases(e *Entity) []Alias { return nil }
