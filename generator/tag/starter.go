package tag

import (
	"embed"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

//go:embed starter
var starterFiles embed.FS

// topicsFile has a row for each topic of the starter set, rarityFile one for each
// concept.
const (
	topicsFile = "starter/topics.txt"
	rarityFile = "starter/rarity.txt"
)

// Starter gives the tags of the starter set in the order of their IPTC codes: id,
// labels and code. Their words are concepts, see [Finder].
func Starter() []*Tag { return starter() }

// StarterTag gives one of them, nil if there is none of that id.
func StarterTag(id string) *Tag {
	for _, t := range starter() {
		if t.ID == id {
			return t
		}
	}
	return nil
}

var starter = sync.OnceValue(func() []*Tag {
	head, rows := table(topicsFile)
	list := make([]*Tag, len(rows))
	for i, row := range rows {
		t := &Tag{ID: row[0], Topic: row[1], Labels: map[lang.Tag]string{}}
		for c, label := range row[2:] {
			if label != "" {
				t.Labels[lang.Tag(head[2+c])] = label
			}
		}
		list[i] = t
	}
	return list
})

// table reads a table of the starter set: columns parted by bars, the first row
// naming them. A row may lack columns at its end.
func table(name string) (head []string, rows [][]string) {
	data, err := starterFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "|")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		if head == nil {
			head = row
			continue
		}
		rows = append(rows, row)
	}
	return head, rows
}
