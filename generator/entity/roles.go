package entity

import (
	"slices"
	"strconv"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// rolesFile says in six languages what an office or a kind of thing is called,
// {} standing for the territory; namesFile has names of territories that read
// better there than those of CLDR.
const (
	rolesFile = "roles.txt"
	namesFile = "names.txt"
)

// noteTags are the languages that roles are written in.
var noteTags = [...]lang.Tag{"ar", "en", "fa", "fr", "he", "ur"}

// roles writes what an entity is in a line.
type roles struct {
	templates map[string]map[lang.Tag]string
	names     map[string]map[lang.Tag]string // territories
}

func readRoles() (*roles, []diag.Diagnostic) {
	r := &roles{templates: map[string]map[lang.Tag]string{}, names: map[string]map[lang.Tag]string{}}
	var problems []diag.Diagnostic
	for file, into := range map[string]map[string]map[lang.Tag]string{rolesFile: r.templates, namesFile: r.names} {
		data, _ := worldFiles.ReadFile("world/" + file)
		w := worldReader{file: file}
		for _, e := range w.read(string(data)) {
			into[string(e.ID)] = e.Labels
		}
		problems = append(problems, w.problems...)
	}
	return r, problems
}

// name gives a territory's name as a line about something needs it.
func (r *roles) name(code string, t lang.Tag) string {
	if s := r.names[code][t]; s != "" {
		return s
	}
	list := lang.TerritoryNames(code, t)
	if len(list) == 0 {
		return ""
	}
	if p := plain(list); len(p) > 0 {
		return p[0]
	}
	return list[0]
}

// notes collects what an entity is.
type notes struct {
	roles  *roles
	entity *Entity
	parts  [len(noteTags)][]string
}

func (r *roles) notes(e *Entity) *notes {
	if r == nil {
		return nil
	}
	return &notes{roles: r, entity: e}
}

// is adds "role [territory [years…]]" and gives what is wrong with it.
func (n *notes) is(text string) (problem string) {
	f := strings.Fields(text)
	if n == nil || len(f) == 0 {
		return "is what?"
	}
	template := n.roles.templates[f[0]]
	if template == nil {
		return f[0] + " does not stand in " + rolesFile
	}
	code, years := "", f[1:]
	if len(years) > 0 && len(years[0]) == 2 {
		code, years = years[0], years[1:]
		if !slices.Contains(n.entity.Lands, code) {
			n.entity.Lands = append(n.entity.Lands, code)
		}
	}
	for _, y := range years {
		if !isYears(y) {
			return y + " is neither a territory nor years such as 2021-2024, 2021- or 2021"
		}
		n.entity.Years = n.entity.Years.and(parseYears(y))
	}
	for i, t := range noteTags {
		s := template[t]
		if strings.Contains(s, "{}") != (code != "") {
			return "the role calls for a territory, or for none"
		}
		if code != "" {
			name := n.roles.name(code, t)
			if name == "" {
				return code + " is no territory"
			}
			s = inflected(s, name, code, t)
		}
		n.parts[i] = append(n.parts[i], s+inYears(years, t))
	}
	return ""
}

// finish writes the lines that nobody has written by hand.
func (n *notes) finish() {
	if n == nil || n.parts[0] == nil {
		return
	}
	if n.entity.Notes == nil {
		n.entity.Notes = map[lang.Tag]string{}
	}
	for i, t := range noteTags {
		if n.entity.Notes[t] == "" {
			n.entity.Notes[t] = strings.Join(n.parts[i], semicolon(t)+" ")
		}
	}
}

func semicolon(t lang.Tag) string {
	if t == "ar" || t == "fa" || t == "ur" {
		return "؛"
	}
	return ";"
}

func isYears(s string) bool {
	from, to, open := strings.Cut(s, "-")
	year := func(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }
	return year(from) && (!open || to == "" || year(to) && to >= from)
}

// parseYears reads what isYears says are years.
func parseYears(s string) Years {
	from, to, open := strings.Cut(s, "-")
	y := Years{yearOf(from), yearOf(to)}
	if !open {
		y.To = y.From
	}
	return y
}

// and gives the years from the first to the last of both.
func (y Years) and(z Years) Years {
	if y == (Years{}) {
		return z
	}
	y.From = min(y.From, z.From)
	if y.To == 0 || z.To == 0 {
		return Years{y.From, 0}
	}
	return Years{y.From, max(y.To, z.To)}
}

// String writes years as files have them, "" if there are none.
func (y Years) String() string {
	switch {
	case y.From == 0:
		return ""
	case y.To == 0:
		return strconv.Itoa(y.From) + "-"
	case y.To == y.From:
		return strconv.Itoa(y.From)
	}
	return strconv.Itoa(y.From) + "-" + strconv.Itoa(y.To)
}

// inYears writes years of office behind a role.
func inYears(years []string, t lang.Tag) string {
	if len(years) == 0 {
		return ""
	}
	if from, open := strings.CutSuffix(years[0], "-"); open && len(years) == 1 {
		return map[lang.Tag]string{"ar": " من عام ", "en": " from ", "fa": " از ", "fr": " à partir de ", "he": " מ-", "ur": "، "}[t] +
			digits(from, t) + map[lang.Tag]string{"ur": " سے"}[t]
	}
	list := make([]string, len(years))
	for i, y := range years {
		list[i] = digits(strings.Replace(y, "-", "–", 1), t)
	}
	switch t {
	case "en", "fr", "he":
		return ", " + strings.Join(list, ", ")
	}
	return " (" + strings.Join(list, "، ") + ")"
}

// digits writes a year in the digits that Persian texts have.
func digits(s string, t lang.Tag) string {
	if t != "fa" {
		return s
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r - '0' + '۰'
		}
		return r
	}, s)
}

// inflected puts a territory's name into a template, with the article that
// English and French want before it.
func inflected(template, name, code string, t lang.Tag) string {
	switch t {
	case "en":
		if strings.Contains(englishArticle, code) && strings.Contains(template, " {}") {
			name = "the " + name
		}
	case "fr":
		if strings.Contains(template, "de {}") {
			return strings.Replace(template, "de {}", frenchOf(name, code), 1)
		}
	}
	return strings.Replace(template, "{}", name, 1)
}

// Territories whose names take an article, or an unexpected one.
const (
	englishArticle = "AE BS CD CF CG DO GB GM KM MH MV NL PH PS SB SC US"
	frenchNone     = "AD AG BH CU CY DJ HK HT IL KN LC MC MG MO MT MU NR OM PR SG SM ST TT TV TW VC"
	frenchPlural   = "AE BS FJ KI KM MH MV NL PH PS PW SB SC TO US"
	frenchMale     = "BZ KH MX MZ SR ZW"
	frenchFemale   = "GW KP KR MK"
)

// frenchOf gives "of the territory": de la Syrie, du Liban, de l’Iran, d’Israël.
func frenchOf(name, code string) string {
	in := func(list string) bool { return strings.Contains(list, code) }
	vowel := strings.HasPrefix(name, "É") || strings.HasPrefix(name, "Î") || strings.ContainsAny(name[:1], "AEIOUY") && code != "YE"
	switch {
	case in(frenchPlural):
		return "des " + name
	case in(frenchNone):
		if vowel || code == "HT" {
			return "d’" + name
		}
		return "de " + name
	case vowel:
		return "de l’" + name
	case in(frenchFemale) || strings.HasSuffix(name, "e") && !in(frenchMale):
		return "de la " + name
	}
	return "du " + name
}
