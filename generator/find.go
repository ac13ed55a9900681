package generator

import (
	"maps"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/generator/search"
)

// findRows files a group's name under the beginnings of its words, for readers of
// the group's language; nothing where the site does not want names found.
func findRows(q page.Questions, p archive.Parts, label *page.Label, sort string) []incremental.Row {
	if !q.Frame(p.Language).FindNames {
		return nil
	}
	forms := search.Forms(label.Name.S, furtherNames(q, p), p.Language)
	found := page.Findable{URL: page.Escape(page.GroupURL(p.Language, p.Kind, p.Key)), Name: label.Name, Note: label.Note}
	for _, form := range forms {
		found.Forms = append(found.Forms, textOf(form, p.Language))
	}
	payload := incremental.Encode(found)
	var rows []incremental.Row
	for _, beginning := range search.Beginnings(p.Language, append(forms, label.Name.S)...) {
		rows = append(rows, incremental.Row{Index: ixFind, Group: findGroup(p.Language, beginning), Sort: sort, Key: string(p.Kind) + "/" + p.Key, Payload: payload})
	}
	return rows
}

// furtherNames gives all that an entity is called in a language.
func furtherNames(q page.Questions, p archive.Parts) []string {
	if p.Kind != archive.ByEntity {
		return nil
	}
	e, ok := q.Entity(entity.ID(p.Key))
	if !ok {
		return nil
	}
	var list []string
	if t, ok := lang.Match(p.Language, slices.Sorted(maps.Keys(e.Labels))); ok {
		list = append(list, e.Labels[t])
	}
	if t, ok := lang.Match(p.Language, slices.Sorted(maps.Keys(e.Aliases))); ok {
		list = append(list, e.Aliases[t]...)
	}
	return list
}

func findGroup(t lang.Tag, beginning string) string { return string(t) + "/" + beginning }

// planShard plans the shard of a beginning, and notes that there is one.
func (s *Site) planShard(a *incremental.Asker, group string) (incremental.Result, error) {
	t, beginning, _ := strings.Cut(group, "/")
	claims := search.Plan(s.planning(a), lang.Tag(t), beginning)
	r := incremental.Result{Rows: claimRows("search/"+group, claims...)}
	if len(claims) > 0 {
		r.Rows = append(r.Rows, incremental.Row{Index: ixShard, Group: t, Key: beginning})
	}
	return r, nil
}

// Findable answers [page.Questions].
func (q *answers) Findable(t lang.Tag, beginning string) []page.Findable {
	var out []page.Findable
	for _, r := range q.asker.Rows(ixFind, findGroup(t, beginning), incremental.Range{}) {
		if x, err := incremental.Decode[page.Findable](r.Payload); err == nil {
			out = append(out, x)
		}
	}
	return out
}

// FindsMany answers [page.Questions].
func (q *answers) FindsMany(t lang.Tag, beginning string, n int) bool {
	return q.asker.AtLeast(ixFind, findGroup(t, beginning), n, incremental.Range{})
}

// Shards answers [page.Questions].
func (q *answers) Shards(t lang.Tag) []string {
	rows := q.asker.Rows(ixShard, string(t), incremental.Range{})
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Key
	}
	return out
}
