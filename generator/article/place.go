package article

import (
	"path"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// A place is what the path of a source says.
type place struct {
	id     string   // without extension, in NFC
	key    string   // id without its language: the default TranslationKey
	dirs   []string // folders below the language folder
	base   string   // name without extension, language and, if index, the folder's name
	format string
	folder lang.Tag // language of the first folder, "" if it names none
	suffix lang.Tag // language of the name's ending, "" if it has none
	index  bool     // index.md: the folder is the article
	front  bool     // _index.md: the front of a section in Hugo and Zola
	date   lang.Civil
	dated  bool   // the name, or its folder, begins with a date
	rest   string // base without its date
}

// placeOf takes a path apart: content/ar/2023/05/name.md, content/x/index.fa.md,
// seeds/name.txt.
func placeOf(file string, s *site.Settings) place {
	file = norm.NFC.String(file)
	var p place
	p.format = Markdown
	ext := path.Ext(file)
	if strings.EqualFold(ext, ".txt") || strings.EqualFold(ext, ".text") {
		p.format = Text
	}
	p.id = strings.TrimPrefix(strings.TrimSuffix(file, ext), "content/")
	parts := strings.Split(p.id, "/")
	p.dirs, p.base = parts[:len(parts)-1], parts[len(parts)-1]
	var root []string
	if len(p.dirs) > 0 && p.dirs[0] == "seeds" {
		root, p.dirs = p.dirs[:1], p.dirs[1:]
	}
	if len(p.dirs) > 0 {
		if t, ok := languageName(p.dirs[0], s); ok {
			p.folder, p.dirs = t, p.dirs[1:]
		}
	}
	if i := strings.LastIndexByte(p.base, '.'); i > 0 {
		if t, ok := languageName(p.base[i+1:], s); ok {
			p.suffix, p.base = t, p.base[:i]
		}
	}
	p.key = path.Join(path.Join(root...), path.Join(p.dirs...), p.base)
	p.front = p.base == "_index"
	if p.index = p.base == "index" || p.front; p.index && len(p.dirs) > 0 {
		p.base = p.dirs[len(p.dirs)-1]
	}
	p.findDate()
	return p
}

// languageName tells folders and endings that name a language from those that
// do not: two letters, or a language that the site declares or we know well.
// Three letters can be an English word (man, min, dev) as well.
func languageName(name string, s *site.Settings) (lang.Tag, bool) {
	if len(name) < 2 || len(name) > 12 {
		return "", false
	}
	for i := range len(name) {
		if c := name[i] | 0x20; !(c >= 'a' && c <= 'z' || name[i] == '-' || name[i] == '_') {
			return "", false
		}
	}
	t, err := lang.ParseTag(name)
	if err != nil || t == lang.Und {
		return "", false
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	if len(first) == 2 || s.Declared(t) {
		return t, true
	}
	for _, k := range lang.Known() {
		if strings.EqualFold(string(k), name) {
			return t, true
		}
	}
	return "", false
}

// findDate looks for a date at the start of the name, then in the folders:
// 2023-05-04-name, 20230504_name, 2023-05-04/name, 2023/05/04/name.
func (p *place) findDate() {
	p.rest = p.base
	if d, rest, ok := datePrefix(p.base); ok {
		p.date, p.dated, p.rest = d, true, rest
		return
	}
	for i := len(p.dirs) - 1; i >= 0; i-- {
		if d, rest, ok := datePrefix(p.dirs[i]); ok && rest == "" {
			p.date, p.dated = d, true
			return
		}
		if i >= 2 && len(p.dirs[i-2]) == 4 && len(p.dirs[i-1]) == 2 && len(p.dirs[i]) == 2 {
			if d, rest, ok := datePrefix(strings.Join(p.dirs[i-2:i+1], "-")); ok && rest == "" {
				p.date, p.dated = d, true
				return
			}
		}
	}
}

// datePrefix takes a whole date off a name.
func datePrefix(name string) (d lang.Civil, rest string, ok bool) {
	name = plainDigits(name)
	switch {
	case len(name) >= 10 && (name[4] == '-' || name[4] == '_') && name[7] == name[4]:
		d, rest, ok = fixedDay(name[:4], name[5:7], name[8:10]), name[10:], true
	case len(name) >= 8:
		d, rest, ok = fixedDay(name[:4], name[4:6], name[6:8]), name[8:], true
	}
	if !ok || d == (lang.Civil{}) || rest != "" && !strings.ContainsAny(rest[:1], "-_. T") {
		return lang.Civil{}, name, false
	}
	return d, strings.TrimLeft(rest, "-_. "), true
}

// fixedDay gives the day, or nothing where the parts are not one.
func fixedDay(y, m, d string) lang.Civil {
	year, a := digits(y, 4)
	month, b := digits(m, 2)
	day, c := digits(d, 2)
	civil, _, how := checkDay(lang.Civil{Year: year, Month: month, Day: day}, "")
	if a+b+c != 8 || how != sound {
		return lang.Civil{}
	}
	return civil
}

// page says whether the file stands among the standing pages.
func (p *place) page() bool { return p.front || len(p.dirs) > 0 && p.dirs[0] == "pages" }

// moment gives the date of the name.
func (p *place) moment(zone *time.Location) Moment {
	if !p.dated {
		return Moment{}
	}
	return dayMoment(p.date, zone)
}
