package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// frequent gives the most frequent names of annotated text as entities, as many
// as cover a share of the mentions, in per cent: what an editor would have
// entered first.
func frequent(documents []recogniser.Document, t lang.Tag, share int) []*entity.Entity {
	type name struct {
		text string
		of   entity.Type
	}
	count, all := map[name]int{}, 0
	for i := range documents {
		for _, n := range documents[i].Names {
			count[name{documents[i].Text[n.Start:n.End], n.Type}]++
			all++
		}
	}
	order := slices.SortedFunc(maps.Keys(count), func(a, b name) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.text, b.text), cmp.Compare(a.of, b.of))
	})
	var list []*entity.Entity
	seen, covered := map[string]bool{}, 0
	for _, n := range order {
		if 100*covered >= share*all {
			break
		}
		if covered += count[n]; seen[n.text] {
			continue
		}
		seen[n.text] = true
		list = append(list, &entity.Entity{ID: entity.ID(fmt.Sprintf("known-%d", len(list))), Type: n.of, Link: true,
			Labels: map[lang.Tag]string{t: n.text}})
	}
	return list
}
