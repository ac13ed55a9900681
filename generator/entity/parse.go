package entity

import (
	"maps"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// ParseEntity reads one file of the knowledge base.
func ParseEntity(path string, data []byte) (*Entity, []diag.Diagnostic) {
	return &Entity{Path: path, Link: true}, nil
}

func sortedTags[V any](m map[lang.Tag]V) []lang.Tag { return slices.Sorted(maps.Keys(m)) }

func parent(t lang.Tag) lang.Tag {
	i := strings.LastIndexByte(string(t), '-')
	if i < 0 {
		return ""
	}
	return t[:i]
}
