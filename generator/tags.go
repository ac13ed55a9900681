package generator

import (
	"path"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/frontmatter"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
)

// A tag is what content/tags/<id>.md says of a tag.
type tag struct {
	ID       string
	Path     string
	Labels   map[lang.Tag]string
	Notes    map[lang.Tag]string
	Triggers map[lang.Tag][]string // words that give the tag to an article that holds them
	Always   bool
	Topic    string // IPTC media topic, "medtop:20000065", or ""
}

var (
	aspTagFile = incremental.Aspect[*tag]{Stratum: "tags", Name: "tag"}
	aspTag     = incremental.Aspect[*tag]{Stratum: "vocabulary", Name: "tag", Often: true}
)

// tagKeys are the keys of a tag's front matter.
var tagKeys = [...]string{"id", "labels", "description", "triggers", "always", "iptc"}

func (s *Site) readTag(a *incremental.Asker, p string) (incremental.Result, error) {
	data, err := s.readInput(a, p)
	if err != nil {
		return failed(p, err), nil
	}
	t, problems := parseTag(p, data)
	r := incremental.Result{Messages: tell(problems)}
	if !broken(problems) {
		r.Aspects = []incremental.Part{aspTagFile.Of(t)}
		r.Rows = []incremental.Row{{Index: ixTagID, Group: t.ID, Sort: p, Key: p}}
	}
	return r, nil
}

func parseTag(p string, data []byte) (*tag, []diag.Diagnostic) {
	text, note := frontmatter.Decode(p, data)
	block, problems := frontmatter.Split(p, text)
	if note != "" {
		problems = append(problems, diag.Notef(diag.Position{File: p}, "%s", note))
	}
	t := &tag{ID: tagID(strings.TrimSuffix(path.Base(p), path.Ext(p))), Path: p}
	for _, f := range block.Fields {
		switch f.Name() {
		case "id":
			if v, ok := f.Value.Scalar(); ok && tagID(v) != "" {
				t.ID = tagID(v)
			}
		case "labels", "label":
			t.Labels, problems = textByLanguage(f.Value, problems)
		case "description", "notes":
			t.Notes, problems = textByLanguage(f.Value, problems)
		case "triggers":
			t.Triggers, problems = wordsByLanguage(f.Value, problems)
		case "always":
			t.Always = f.Value.Bool
		case "iptc", "mediatopic":
			t.Topic, _ = f.Value.Scalar()
		default:
			problems = append(problems, diag.Warnf(f.KeyPos, "a tag has no key %q%s", f.Key, diag.DidYouMean(f.Key, tagKeys[:])).
				WithHint("known keys: %s", strings.Join(tagKeys[:], ", ")))
		}
	}
	if len(t.Labels) == 0 {
		problems = append(problems, diag.Warnf(diag.Position{File: p}, "the tag %q has no labels", t.ID).WithHint("write labels: {ar: …, en: …}"))
	}
	return t, problems
}

// tagID gives the id under which a tag is filed.
func tagID(name string) string { return lang.Slug(name, lang.SlugUnicode) }

func textByLanguage(v frontmatter.Value, problems []diag.Diagnostic) (map[lang.Tag]string, []diag.Diagnostic) {
	out := map[lang.Tag]string{}
	words, problems := wordsByLanguage(v, problems)
	for t, list := range words {
		if len(list) > 0 {
			out[t] = list[0]
		}
	}
	return out, problems
}

func wordsByLanguage(v frontmatter.Value, problems []diag.Diagnostic) (map[lang.Tag][]string, []diag.Diagnostic) {
	out := map[lang.Tag][]string{}
	if v.Kind != frontmatter.Map {
		return out, append(problems, diag.Errorf(v.Pos, "is %s; a map from languages to texts is needed", v.Kind).WithHint("write {ar: …, en: …}"))
	}
	for _, f := range v.Map {
		t, err := lang.ParseTag(f.Key)
		if err != nil {
			problems = append(problems, diag.Errorf(f.KeyPos, "%q is not a language", f.Key).WithHint("write a tag such as ar, fa, en or zh-Hans"))
			continue
		}
		if text, ok := f.Value.Scalar(); ok {
			out[t] = []string{lang.Normal(lang.StripControls(text))}
		}
		for _, x := range f.Value.List {
			if text, ok := x.Scalar(); ok {
				out[t] = append(out[t], lang.Normal(lang.StripControls(text)))
			}
		}
	}
	return out, problems
}

// knowTag settles which file defines a tag.
func (s *Site) knowTag(a *incremental.Asker, id string) (incremental.Result, error) {
	var r incremental.Result
	var problems []diag.Diagnostic
	own := a.Own()
	t, _ := incremental.Get(a, aspTagFile, own[0].Key)
	for _, other := range own[1:] {
		problems = append(problems, diag.Errorf(diag.Position{File: other.Key}, "the tag %q is defined twice; %s counts", id, t.Path).
			WithHint("delete one of the two files"))
	}
	r.Aspects = []incremental.Part{aspTag.Of(t)}
	r.Messages = tell(problems)
	r.Rows = append(r.Rows, t.rows()...)
	if t.Always {
		r.Rows = append(r.Rows, always(a, archive.ByTag, id)...)
	}
	return r, nil
}

// rows gives the triggers as aliases of a pretended entity, since they are
// found by the same matcher, and the labels by which articles may name the tag.
func (t *tag) rows() []incremental.Row {
	var rows []incremental.Row
	e := &entity.Entity{ID: entity.ID(t.ID), Type: entity.Event, Aliases: t.Triggers, Link: true}
	for i, alias := range entity.Aliases(e) {
		data, _ := alias.AppendBinary(nil)
		for _, k := range alias.Keys() {
			rows = append(rows, aliasRow(ixTrigger, k, t.ID, i, data))
		}
	}
	if len(rows) > 0 {
		rows = append(rows, incremental.Row{Index: ixTrigger, Group: anyTrigger, Key: t.ID})
	}
	seen := map[string]bool{}
	for tag, label := range t.Labels {
		if k := tagNameKey(label, tag); !seen[k] {
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
