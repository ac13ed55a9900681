package generator

import (
	"strings"

	"github.com/cespare/xxhash/v2"

	"mihbara/generator/incremental"
)

// Nearly every article is the only one at its path, at its address and under its
// translation key. A group for each of these would be tens of thousands of groups
// of one row, each with its own place in memory and in the store. So such rows
// stand on shelves, groups of many keys, and a question is about the range of one
// key: a change on a shelf asks the questions about the keys behind it again,
// which are few hundred in an archive of a hundred thousand articles.

// shelf names the group that holds the rows of a key.
func shelf(key string) string {
	const digits = "0123456789abcdef"
	h := xxhash.Sum64String(key)
	return string([]byte{digits[h>>60], digits[h>>56&0xF], digits[h>>54&0x3]}) // 1,024
}

// onShelf is what the Sort of a key's rows begins with. No key's is the beginning
// of another's.
func onShelf(key string) string { return strings.ReplaceAll(key, "\x00", "\x00\x01") + "\x00\x00" }

// shelved asks for the rows of a key, of which after gives the Sort behind
// onShelf.
func shelved(a *incremental.Asker, index incremental.Index, key string) (rows []incremental.Row, after func(incremental.Row) string) {
	from := onShelf(key)
	rows = a.Rows(index, shelf(key), incremental.Range{From: from, To: from + "\xff"})
	return rows, func(r incremental.Row) string { return r.Sort[len(from):] }
}
