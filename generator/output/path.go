package output

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
)

// ErrForeign is the cause of an error where something that Mihbara did not
// write stands in the way. The error is a *[ForeignError], which names it.
var ErrForeign = errors.New("not written by Mihbara")

// ErrPath is the cause of an error about a path that cannot stand in an output
// folder.
var ErrPath = errors.New("not a path for an output folder")

// A ForeignError names the file or folder that stands in the way.
type ForeignError struct {
	Path string // slash-separated, relative to the output folder
}

// Error says which file is in the way and why it is left alone.
func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s is in the way and was %v", e.Path, ErrForeign)
}

// Unwrap lets errors.Is find [ErrForeign].
func (e *ForeignError) Unwrap() error { return ErrForeign }

const (
	reserved   = ".mihbara-"       // no path of a page has an element that begins so
	listName   = ".mihbara-output" // the ownership list
	tempPrefix = ".mihbara-tmp-"   // a file that is being written
)

// CheckPath says why p cannot name a file in an output folder, or nil. A path
// is slash-separated, relative, in NFC (which the caller sees to, since only
// the caller knows what the name was made from), without empty, "." or ".."
// elements, control characters, backslashes (they separate on Windows) or
// elements that begin with ".mihbara-". The cause is [ErrPath].
func CheckPath(p string) error {
	switch {
	case p == "." || !fs.ValidPath(p):
		return fmt.Errorf("%q: %w", p, ErrPath)
	case strings.ContainsRune(p, '\\'):
		return fmt.Errorf("%q: %w: it holds a backslash", p, ErrPath)
	}
	if strings.ContainsFunc(p, unicode.IsControl) {
		return fmt.Errorf("%q: %w: it holds a control character", p, ErrPath)
	}
	for element := range strings.SplitSeq(p, "/") {
		if len(element) >= len(reserved) && strings.EqualFold(element[:len(reserved)], reserved) {
			return fmt.Errorf("%q: %w: names that begin with %s are taken", p, ErrPath, reserved)
		}
	}
	return nil
}

// fold gives the name under which a file system without letter case would file
// p. It need not agree with any one file system: it only decides which owned
// file is taken out of the way before another takes its name.
func fold(p string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return least
	}, p)
}

// split gives the folder and the last element of p, which [CheckPath] passed or
// which is such a folder.
func split(p string) (folder, name string) {
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		return p[:i], p[i+1:]
	}
	return ".", p
}
