// Package diag says what is wrong in a source, where, and what to do about it.
//
// A [Diagnostic] is for the person who writes the source: file, line and
// column as an editor shows them, one sentence on what is wrong, one on what
// to change, and the nearest known name where a name was mistyped. The package
// neither prints nor exits; cmd does.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Severity says whether a problem lets a build succeed.
type Severity uint8

const (
	// Note tells how something was read; nothing needs to change.
	Note Severity = iota
	// Warning means that the page was built but something is doubtful.
	Warning
	// Error means that something could not be built; the exit code is 1.
	Error
)

// String gives the word that is printed before the message.
func (s Severity) String() string { return [...]string{"note", "warning", "error"}[s] }

// A Position is a place in a source file. Line and Column count from 1 and
// Column counts characters (code points), so that an editor can jump to it in
// any script. The zero Line means the whole file.
type Position struct {
	File         string `cbor:"f,omitempty" json:"file"`
	Line, Column int    `cbor:",omitempty"`
}

// String gives file:line:column, leaving out what is not known.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// At gives the position of the byte offset in data, the content of file.
// Offsets beyond the end give the end.
func At(file string, data []byte, offset int) Position {
	offset = max(0, min(offset, len(data)))
	before := string(data[:offset])
	line := 1 + strings.Count(before, "\n")
	start := strings.LastIndexByte(before, '\n') + 1
	return Position{File: file, Line: line, Column: 1 + utf8.RuneCountInString(before[start:])}
}

// A Diagnostic is one problem, where it is, and what to do about it.
type Diagnostic struct {
	Severity Severity `cbor:"s" json:"severity"`
	Pos      Position `cbor:"p" json:"pos"`
	Message  string   `cbor:"m" json:"message"`                  // what is wrong; lower case, no full stop
	Hint     string   `cbor:"h,omitempty" json:"hint,omitempty"` // what to change; empty where we do not know
}

// String gives the line that a terminal shows: position, severity unless it is
// an error, message and, after a dash, the hint.
func (d Diagnostic) String() string {
	var b strings.Builder
	if s := d.Pos.String(); s != "" {
		b.WriteString(s + ": ")
	}
	if d.Severity != Error {
		b.WriteString(d.Severity.String() + ": ")
	}
	b.WriteString(d.Message)
	if d.Hint != "" {
		b.WriteString(" — " + d.Hint)
	}
	return b.String()
}

// Errorf, Warnf and Notef make a Diagnostic without a hint.
func Errorf(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Error, pos, fmt.Sprintf(format, args...), ""}
}

// Warnf makes a Warning without a hint.
func Warnf(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Warning, pos, fmt.Sprintf(format, args...), ""}
}

// Notef makes a Note without a hint.
func Notef(pos Position, format string, args ...any) Diagnostic {
	return Diagnostic{Note, pos, fmt.Sprintf(format, args...), ""}
}

// WithHint returns d with the hint.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// Sort puts diagnostics in source order: by file, line, column, then text, and
// drops exact repetitions.
func Sort(list []Diagnostic) []Diagnostic {
	slices.SortFunc(list, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Hint, b.Hint))
	})
	return slices.Compact(list)
}
