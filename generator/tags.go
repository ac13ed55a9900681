package generator

import (
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/tag"
)

var (
	aspTagFile = incremental.Aspect[*tag.Tag]{Stratum: "tags", Name: "tag"}
	aspTag     = incremental.Aspect[*tag.Tag]{Stratum: "vocabulary", Name: "tag", Often: true}
)

func (s *Site) readTag(a *incremental.Asker, p string) (incremental.Result, error) {
	data, err := s.readInput(a, p)
	if err != nil {
		return failed(p, err), nil
	}
	t, problems := tag.Parse(p, data)
	r := incremental.Result{Messages: tell(problems)}
	if !broken(problems) {
		r.Aspects = []incremental.Part{aspTagFile.Of(t)}
		r.Rows = []incremental.Row{{Index: ixTagID, Group: t.ID, Sort: p, Key: p}}
	}
	return r, nil
}

// starterTags gives the rows of the starter set, if the site wants it.
func starterTags(a *incremental.Asker) (rows []incremental.Row) {
	if settings, _ := incremental.Get(a, aspReading, configFile); !settings.StarterTags {
		return nil
	}
	for _, t := range tag.Starter() {
		rows = append(rows, incremental.Row{Index: ixTagID, Group: t.ID, Sort: builtinKey, Key: builtinKey})
	}
	return rows
}

// knowTag settles which file defines a tag, and what it has of the starter set.
func (s *Site) knowTag(a *incremental.Asker, id string) (incremental.Result, error) {
	var r incremental.Result
	var problems []diag.Diagnostic
	var t, starter *tag.Tag
	for _, row := range a.Own() { // files before the starter set
		switch {
		case row.Key == builtinKey:
			starter = tag.StarterTag(id)
		case t != nil:
			problems = append(problems, diag.Errorf(diag.Position{File: row.Key}, "the tag %q is defined twice; %s counts", id, t.Path).
				WithHint("delete one of the two files"))
		default:
			t, _ = incremental.Get(a, aspTagFile, row.Key)
		}
	}
	t = tag.Over(t, starter)
	r.Aspects = []incremental.Part{aspTag.Of(t)}
	r.Messages = tell(problems)
	r.Rows = append(r.Rows, rowsOf(t)...)
	if t.Always {
		r.Rows = append(r.Rows, always(a, archive.ByTag, id)...)
	}
	return r, nil
}

// rowsOf gives the triggers of a tag as aliases of a pretended entity, since they are
// found by the same matcher, and the labels by which articles may name the tag.
func rowsOf(t *tag.Tag) []incremental.Row {
	rows := aliasRows(ixTrigger, &entity.Entity{ID: entity.ID(t.ID), Type: entity.Event, Aliases: t.Triggers, Link: true})
	if len(rows) > 0 {
		rows = append(rows, incremental.Row{Index: ixTrigger, Group: anyTrigger, Key: t.ID})
	}
	seen := map[string]bool{}
	for language, label := range t.Labels {
		if k := tagNameKey(label, language); !seen[k] {
			seen[k] = true
			rows = append(rows, incremental.Row{Index: ixTagName, Group: k, Sort: t.ID, Key: t.ID})
		}
	}
	slices.SortFunc(rows, func(a, b incremental.Row) int { return strings.Compare(a.Group+a.Sort, b.Group+b.Sort) })
	return rows
}

// anyTrigger is a group that has a row as soon as a tag has triggers. No word's
// key is empty.
const anyTrigger = ""

func tagNameKey(name string, t lang.Tag) string { return lang.Light(name, t) }
