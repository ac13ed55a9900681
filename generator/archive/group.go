package archive

import (
	"path"
	"strconv"
	"strings"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// A Group is a list of articles, named by the path of the page that shows it:
// "ar" (everything in Arabic), "ar/2023/05/14" (a day), "ar/tags/syria",
// "ar/tags/syria/2023/05" (a month of a tag), "ar/undated". The language comes
// first, always.
type Group string

// A Kind says by what the articles of a group belong together.
type Kind string

// The kinds of groups. The value is the folder in the URL; a language's own
// group and its days have none.
const (
	ByLanguage Kind = ""
	ByTag      Kind = "tags"
	ByEntity   Kind = "entities"
	BySection  Kind = "sections"
	ByAuthor   Kind = "authors"
	ByName     Kind = "names" // names that no one has entered
)

// Kinds lists the kinds that have an A–Z list of their groups.
var Kinds = [...]Kind{ByTag, ByEntity, BySection, ByAuthor, ByName}

// GroupOf returns the group of kind k named key in the language; ByLanguage
// takes no key.
func GroupOf(t lang.Tag, k Kind, key string) Group {
	switch {
	case k == "" && key == "":
		return Group(t)
	case t != "" && k != "" && key != "" && key[0] != '.' && strings.IndexByte(key, '/') < 0:
		return Group(string(t) + "/" + string(k) + "/" + key)
	}
	return Group(path.Join(string(t), string(k), key))
}

// Within narrows a group to a period: a year (1 number), a month (2) or a day
// (3).
func (g Group) Within(period ...int) Group {
	var room [64]byte
	return Group(g.AppendWithin(room[:0], period...))
}

// AppendWithin appends the name that [Group.Within] gives.
func (g Group) AppendWithin(b []byte, period ...int) []byte {
	b = append(b, g...)
	for i, n := range period {
		b = appendPadded(append(b, '/'), n, periodWidths[i])
	}
	return b
}

// Undated narrows a group to its articles without a date.
func (g Group) Undated() Group { return g + "/undated" }

// Parts takes a group's name apart.
func (g Group) Parts() Parts {
	t, rest, more := strings.Cut(string(g), "/")
	p := Parts{Language: lang.Tag(t), whole: Group(t)}
	if kind, key, ok := strings.Cut(rest, "/"); ok {
		for _, k := range Kinds {
			if kind == string(k) {
				p.Kind = k
				p.Key, rest, more = strings.Cut(key, "/")
				p.whole = g[:len(t)+1+len(kind)+1+len(p.Key)]
				break
			}
		}
	}
	if rest == "undated" {
		p.Undated = true
		return p
	}
	if more {
		p.Period = make([]int, 0, len(periodWidths))
	}
	for more {
		var f string
		f, rest, more = strings.Cut(rest, "/")
		n, err := strconv.Atoi(f)
		if err != nil {
			n = 0
		}
		p.Period = append(p.Period, n)
	}
	return p
}

// Parts is a group's name taken apart. Period holds a year, a year and a month,
// or a year, a month and a day; it is empty for the whole group.
type Parts struct {
	Language lang.Tag
	Kind     Kind
	Key      string
	Period   []int
	Undated  bool
	whole    Group // the beginning of the name that was taken apart
}

// Whole gives the group without its period.
func (p Parts) Whole() Group {
	if p.whole != "" {
		return p.whole
	}
	return GroupOf(p.Language, p.Kind, p.Key)
}

// A MonthCount is how many articles of a group fall into a month.
type MonthCount struct{ Year, Month, Count int }

// Links are what an article shows of other articles: the result of Relate.
type Links struct {
	Related   []article.ID // best first, in the article's language
	Abroad    []article.ID // best first, in other languages
	Parent    article.ID   // the earlier article of the same story, "" for the first
	Duplicate article.ID   // the earliest near-duplicate, "" if it is the earliest
}
