package article

import (
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
)

// clean gives a text of one line as it is shown: entities decoded, since
// exports from other systems are full of &#8217;, white space made single,
// controls that would turn the rest of a page around taken out, in NFC. The marks
// LRM, RLM and ALM go too, which stay in bodies: fields are data, of which
// addresses, sort keys and structured data are made, and what runs against them
// is isolated where they are shown (RTL.md H4, T4).
func clean(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if !tidy(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	return lang.Normal(lang.StripControls(s))
}

// tidy tells from its bytes that s has no white space but single spaces between
// its words. It may say no where all is well.
func tidy(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c == ' ' && before == ' ' || c < ' ' {
			return false
		}
		if (c == 0xC2 || c == 0xE1 || c == 0xE2 || c == 0xE3) && foreignSpace(s[i:]) {
			return false
		}
		before = c
	}
	return before != ' ' || s == ""
}

// foreignSpace tells whether white space outside ASCII, or a character with the
// same first two bytes, stands at the start of s.
func foreignSpace(s string) bool {
	if len(s) < 2 {
		return true
	}
	switch s[0] {
	case 0xC2:
		return s[1] == 0x85 || s[1] == 0xA0
	case 0xE1:
		return s[1] == 0x9A
	case 0xE2:
		if s[1] == 0x80 && len(s) > 2 {
			r := s[2]
			return r <= 0x8A || r == 0xA8 || r == 0xA9 || r == 0xAF
		}
		return s[1] == 0x81
	}
	return s[1] == 0x80
}

// wrong names a value of the wrong kind; the key is then as good as missing.
func (p *parser) wrong(f frontmatter.Field, want string) {
	p.add(diag.Warnf(f.Value.Pos, "%s is %s where %s should be; it is not used", f.Key, f.Value.Kind, want))
}

// text reads a key that holds one line of text.
func (p *parser) text(key string) string {
	f, ok := p.header.get(key)
	if !ok {
		return ""
	}
	text, ok := f.Value.Scalar()
	if !ok && f.Value.Kind == frontmatter.List && len(f.Value.List) == 1 {
		text, ok = f.Value.List[0].Scalar()
	}
	if !ok && f.Value.Kind == frontmatter.Map {
		if name, found := f.Value.Get("name"); found {
			text, ok = name.Scalar()
		}
	}
	if !ok {
		p.wrong(f, "a text")
		return ""
	}
	return clean(text)
}

// lead reads the summary, in which editors use Markdown and HTML.
func (p *parser) lead() string {
	text := p.text("summary")
	if strings.ContainsAny(text, "*_`[<") {
		d, _ := markdown.Parse([]byte(text), markdown.Options{HTML: "sanitise"})
		text = clean(d.Text)
	}
	return text
}

func (p *parser) bool(key string) bool {
	f, ok := p.header.get(key)
	if !ok {
		return false
	}
	if f.Value.Kind == frontmatter.Bool {
		return f.Value.Bool
	}
	if text, ok := f.Value.Scalar(); ok {
		switch strings.ToLower(text) {
		case "true", "yes", "on", "1":
			return true
		case "false", "no", "off", "0", "":
			return false
		}
	}
	p.wrong(f, "true or false")
	return false
}

func (p *parser) number(key string) int {
	f, ok := p.header.get(key)
	if !ok {
		return 0
	}
	if text, ok := f.Value.Scalar(); ok {
		if n, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && n > -1e9 && n < 1e9 {
			return int(n)
		}
	}
	p.wrong(f, "a number")
	return 0
}

// items flattens a value into texts: a scalar is split at commas of any script,
// items of a list are taken whole, nested lists and maps with a name count.
func (p *parser) items(key string, v frontmatter.Value) []string {
	if text, ok := v.Scalar(); ok {
		return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",،;؛、，", r) })
	}
	list := make([]string, 0, len(v.List))
	for _, item := range v.List {
		if text, ok := item.Scalar(); ok {
			list = append(list, text)
		} else {
			list = append(list, p.items(key, item)...)
		}
	}
	if v.Kind == frontmatter.Map {
		for _, name := range []string{"name", "title", "label", "id"} {
			if x, ok := v.Get(name); ok {
				if text, ok := x.Scalar(); ok {
					return append(list, text)
				}
			}
		}
		p.add(diag.Warnf(v.Pos, "%s holds a map without a name; it is not used", key))
	}
	return list
}

// cleanList cleans texts and keeps each once, in order.
func cleanList(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	out := make([]string, 0, len(list))
	var seen map[string]bool // once there are many
	for _, text := range list {
		if text = clean(text); text == "" {
			continue
		}
		if len(out) < 16 {
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
			continue
		}
		if seen == nil {
			seen = make(map[string]bool, len(list))
			for _, x := range out {
				seen[x] = true
			}
		}
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// names reads authors: a text is one name, commas and all.
func (p *parser) names(key string) []string {
	f, ok := p.header.get(key)
	if !ok {
		return nil
	}
	if text, ok := f.Value.Scalar(); ok {
		return cleanList([]string{text})
	}
	return cleanList(p.items(f.Key, f.Value))
}

func (p *parser) entities() []string {
	f, ok := p.header.get("entities")
	if !ok {
		return nil
	}
	return cleanList(p.items(f.Key, f.Value))
}

// address reads an absolute URL of the web.
func (p *parser) address(key string) string {
	f, ok := p.header.get(key)
	if !ok {
		return ""
	}
	text := p.text(key)
	if text == "" {
		return ""
	}
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		p.add(diag.Warnf(f.Value.Pos, "%s %q is not an address of the web; it is not used", f.Key, text).WithHint("write it like https://example.org/article"))
		return ""
	}
	return text
}

// kind reads the type: standing pages are told by key or by folder.
func (p *parser) kind() {
	p.a.Type = TypeArticle
	if p.place.page() {
		p.a.Type = TypePage
		if p.place.front {
			p.add(diag.Notef(p.file, "_index.md is the front of a section elsewhere; here it is a standing page"))
		}
	}
	f, ok := p.header.get("type")
	if !ok {
		return
	}
	switch text, _ := f.Value.Scalar(); strings.ToLower(text) {
	case "page":
		p.a.Type = TypePage
	case "article", "post", "posts", "news", "blog", "story":
		p.a.Type = TypeArticle
	default:
		p.keep(f)
	}
}

func (p *parser) status() string {
	return strings.ToLower(p.text("status"))
}

func (p *parser) noIndex() bool {
	if f, ok := p.header.get("robots"); ok {
		text, _ := f.Value.Scalar()
		if strings.Contains(strings.ToLower(text), "noindex") {
			return true
		}
	}
	return p.bool("noindex")
}

// image reads a path, the first of a list, or a map with a path and an
// alternative text.
func (p *parser) image() (place, alt string) {
	alt = p.text("imageAlt")
	f, ok := p.header.get("image")
	if !ok {
		return "", alt
	}
	v := f.Value
	if v.Kind == frontmatter.List && len(v.List) > 0 {
		v = v.List[0]
	}
	if text, ok := v.Scalar(); ok {
		return imagePath(text), alt
	}
	for _, key := range []string{"src", "url", "path", "file", "image", "filename"} {
		if x, ok := v.Get(key); ok {
			place, _ = x.Scalar()
			break
		}
	}
	if x, ok := v.Get("alt"); ok && alt == "" {
		text, _ := x.Scalar()
		alt = clean(text)
	}
	if place == "" {
		p.keep(f) // a map of another system's own, such as {uid: …}
	}
	return imagePath(place), alt
}

// imagePath cleans a path. Those of files are compared in NFC.
func imagePath(s string) string { return norm.NFC.String(lang.StripControls(strings.TrimSpace(s))) }

// topics reads section, categories, tags and taxonomies: the first category is
// the section unless there is one, the others are tags.
func (p *parser) topics() {
	a := p.a
	a.Section = p.text("section")
	var tags, categories []string
	for _, f := range p.header.tags {
		tags = append(tags, p.items("tags", f.Value)...)
	}
	if f, ok := p.header.get("categories"); ok {
		categories = p.items(f.Key, f.Value)
	}
	if f, ok := p.header.get("taxonomies"); ok {
		for _, x := range f.Value.Map {
			if key, _ := meaning(x.Name()); key == "categories" || key == "section" {
				categories = append(categories, p.items(x.Key, x.Value)...)
			} else {
				tags = append(tags, p.items(x.Key, x.Value)...)
			}
		}
		if f.Value.Kind != frontmatter.Map {
			p.wrong(f, "a map")
		}
	}
	categories = cleanList(categories)
	if a.Section == "" && len(categories) > 0 {
		a.Section, categories = categories[0], categories[1:]
	}
	categories = slices.DeleteFunc(categories, func(c string) bool { return c == a.Section })
	for i, tag := range tags {
		tags[i] = strings.TrimLeft(clean(tag), "# ")
	}
	a.Tags = cleanList(append(tags, categories...))
	if a.Section == "" && len(p.place.dirs) > 0 {
		if _, ok := p.s.Section(p.place.dirs[0]); ok {
			a.Section = p.place.dirs[0]
			p.derived("section")
		}
	}
}

func (p *parser) corrections() {
	f, ok := p.header.get("corrections")
	if !ok {
		return
	}
	list := f.Value.List
	if f.Value.Kind != frontmatter.List {
		list = []frontmatter.Value{f.Value}
	}
	for _, v := range list {
		var c Correction
		if text, ok := v.Scalar(); ok {
			c.Text = clean(text)
		}
		for _, x := range v.Map {
			text, _ := x.Value.Scalar()
			switch x.Name() {
			case "date", "on":
				c.Date = p.moment(x)
			case "text", "note", "description", "correction", "what":
				c.Text = clean(text)
			}
		}
		if c.Text == "" {
			p.add(diag.Warnf(v.Pos, "a correction without a text is not shown").WithHint("write: {date: 2023-05-04, text: …}"))
			continue
		}
		p.a.Corrections = append(p.a.Corrections, c)
	}
}

// keep puts a field among the Params.
func (p *parser) keep(f frontmatter.Field) {
	if p.a.Params == nil {
		p.a.Params = map[string]any{}
	}
	p.a.Params[f.Key] = f.Value.Any()
}

// params keeps the keys that we do not know and names those that look mistyped.
func (p *parser) params() {
	for _, f := range p.header.others {
		p.keep(*f)
		name := f.Name()
		if key, _ := meaning(name); key != "" || len(name) < 4 {
			continue
		}
		if near := similar(name); len(near) > 0 {
			if guess := diag.DidYouMean(f.Key, near); guess != "" {
				p.add(diag.Warnf(f.KeyPos, "unknown key %q%s", f.Key, guess).WithHint("an unknown key does nothing; templates find it as .Params.%s", f.Key))
			}
		}
	}
}

// similar gives the known spellings that have nearly the same letters as name:
// those worth comparing, because a typing error changes two letters at most
// and an archive has millions of unknown keys.
func similar(name string) []string {
	bag := letters(name)
	var near []string
	for _, k := range spelled() {
		if len(k.name)-len(name) > 2 || len(name)-len(k.name) > 2 {
			continue
		}
		apart := 0
		for i, n := range k.letters {
			if apart += max(int(n)-int(bag[i]), int(bag[i])-int(n)); apart > 4 {
				break
			}
		}
		if apart <= 4 {
			near = append(near, k.key)
		}
	}
	return near
}

// letters counts the bytes of a name by their last five bits, up to a hundred,
// which no spelling has.
func letters(name string) (bag [32]int8) {
	for i := range len(name) {
		if n := &bag[name[i]&31]; *n < 100 {
			*n++
		}
	}
	return bag
}
