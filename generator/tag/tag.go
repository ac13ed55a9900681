package tag

import (
	"cmp"
	"maps"
	"path"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// A Tag is what content/tags/<id>.md says of a tag, or the starter set.
type Tag struct {
	ID     string
	Path   string // of its file, "" for one of the starter set
	Labels map[lang.Tag]string
	Notes  map[lang.Tag]string
	// Triggers are the words that give the tag to an article that holds them.
	// Nil means that the file does not say: a tag of the starter set then keeps
	// its own; empty means none.
	Triggers map[lang.Tag][]string
	Starter  bool   // it has the words of the starter set, see [Topics]
	Always   bool   // it has a page in every language, used or not
	Topic    string // IPTC media topic, "medtop:20000065", or ""
}

// keys are those of a tag's front matter.
var keys = [...]string{"id", "labels", "description", "triggers", "always", "iptc"}

// Parse reads the file of a tag: p is its path, from which the id follows where
// the file says none, data its bytes. The tag is not to be used if a diagnostic is
// an error.
func Parse(p string, data []byte) (*Tag, []diag.Diagnostic) {
	text, note := frontmatter.Decode(p, data)
	block, problems := frontmatter.Split(p, text)
	if note != "" {
		problems = append(problems, diag.Notef(diag.Position{File: p}, "%s", note))
	}
	t := &Tag{ID: ID(strings.TrimSuffix(path.Base(p), path.Ext(p))), Path: p}
	for _, f := range block.Fields {
		switch f.Name() {
		case "id":
			if v, ok := f.Value.Scalar(); ok && ID(v) != "" {
				t.ID = ID(v)
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
			problems = append(problems, diag.Warnf(f.KeyPos, "a tag has no key %q%s", f.Key, diag.DidYouMean(f.Key, keys[:])).
				WithHint("known keys: %s", strings.Join(keys[:], ", ")))
		}
	}
	if len(t.Labels) == 0 && StarterTag(t.ID) == nil {
		problems = append(problems, diag.Warnf(diag.Position{File: p}, "the tag %q has no labels", t.ID).WithHint("write labels: {ar: …, en: …}"))
	}
	return t, problems
}

// Over gives a tag of which a file and the starter set tell; nil if there is no
// file, or no such tag in the starter set. What the file says counts, and where it
// says nothing, what the starter set says.
func Over(file, starter *Tag) *Tag {
	if starter == nil {
		return file
	}
	t := *starter
	t.Starter = true
	if file == nil {
		return &t
	}
	t.Path, t.Notes, t.Triggers, t.Always, t.Topic = file.Path, file.Notes, file.Triggers, file.Always, cmp.Or(file.Topic, t.Topic)
	t.Starter = file.Triggers == nil
	t.Labels = maps.Clone(t.Labels)
	maps.Copy(t.Labels, file.Labels)
	return &t
}

// ID gives the id under which a tag is filed that an article calls by a name.
func ID(name string) string { return lang.Slug(name, lang.SlugUnicode) }

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
