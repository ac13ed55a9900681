//go:build ignore

// This program writes the text files of generator/lang/data that come from
// CLDR. It reads the unpacked npm packages of CLDR 48.2 and changes no file
// that is marked as written by hand:
//
//	npm install --legacy-peer-deps cldr-core@48.2.0 cldr-dates-full@48.2.0 \
//	  cldr-localenames-full@48.2.0 cldr-misc-full@48.2.0 cldr-numbers-full@48.2.0 \
//	  cldr-cal-islamic-full@48.2.0 cldr-cal-hebrew-full@48.2.0 cldr-cal-persian-full@46.1.0
//	go run generator/lang/gen/main.go -cldr node_modules -data generator/lang/data
//
// (The last three are the calendars; npm has the Persian one up to 46.1.)
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A source is one of our locales and the CLDR locale that its data comes from.
type source struct{ tag, cldr, parent string }

// locales lists all locales that get files. Regional ones hold only what
// differs from their parent.
var locales = []source{
	{"ar", "ar", ""}, {"ar-AE", "ar-AE", "ar"}, {"ar-DZ", "ar-DZ", "ar"}, {"ar-EG", "ar-EG", "ar"},
	{"ar-IQ", "ar-IQ", "ar"}, {"ar-JO", "ar-JO", "ar"}, {"ar-LB", "ar-LB", "ar"}, {"ar-LY", "ar-LY", "ar"},
	{"ar-MA", "ar-MA", "ar"}, {"ar-PS", "ar-PS", "ar"}, {"ar-SA", "ar-SA", "ar"}, {"ar-SD", "ar-SD", "ar"},
	{"ar-SY", "ar-SY", "ar"}, {"ar-TN", "ar-TN", "ar"},
	{"az", "az", ""}, {"bn", "bn", ""}, {"ckb", "ckb", ""}, {"ckb-IR", "ckb-IR", "ckb"}, {"de", "de", ""},
	{"dv", "dv", ""}, {"el", "el", ""}, {"en", "en", ""}, {"en-GB", "en-GB", "en"}, {"es", "es", ""},
	{"fa", "fa", ""}, {"fa-AF", "fa-AF", "fa"}, {"fr", "fr", ""}, {"he", "he", ""}, {"hi", "hi", ""},
	{"id", "id", ""}, {"it", "it", ""}, {"ja", "ja", ""}, {"kmr", "ku", ""}, {"ko", "ko", ""}, {"nl", "nl", ""},
	{"pl", "pl", ""}, {"ps", "ps", ""}, {"pt", "pt", ""}, {"ru", "ru", ""}, {"sd", "sd", ""}, {"sv", "sv", ""},
	{"sw", "sw", ""}, {"syr", "syr", ""}, {"tr", "tr", ""}, {"ug", "ug", ""}, {"uk", "uk", ""}, {"ur", "ur", ""},
	{"ur-IN", "ur-IN", "ur"}, {"yi", "yi", ""}, {"zh-Hans", "zh-Hans", ""}, {"zh-Hant", "zh-Hant", ""},
}

// calendars names the second calendar of a locale: from
// calendarPreferenceData, and for the Arabic of no country Umm al-Qura, as
// newspapers of the Gulf print it. "none" ends what a parent would give.
var calendars = map[string]string{
	"ar": "umalqura", "ar-DZ": "none", "ar-EG": "none", "ar-IQ": "none", "ar-JO": "none", "ar-LB": "none",
	"ar-LY": "none", "ar-MA": "none", "ar-PS": "none", "ar-SD": "none", "ar-SY": "none", "ar-TN": "none",
	"fa": "persian", "ps": "persian", "ckb-IR": "persian", "he": "hebrew",
}

const licence = "licence: Unicode-3.0; written by gen/main.go, not by hand"

var (
	root = flag.String("cldr", "node_modules", "folder with the unpacked CLDR packages")
	out  = flag.String("data", "data", "folder to write to")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	for _, s := range locales {
		writeLocale(s)
		writeSymbols(s)
		writeRelative(s)
		writeMonths(s)
		writeTerritories(s)
	}
	writeCodes()
	writeScripts()
	writeEndonyms()
}

// node is a JSON value with forgiving access: a missing step gives nil.
type node struct{ v any }

func load(path string) node {
	b, err := os.ReadFile(filepath.Join(*root, path))
	if err != nil {
		return node{}
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		log.Fatalf("%s: %v", path, err)
	}
	return node{v}
}

func (n node) at(keys ...string) node {
	for _, k := range keys {
		m, _ := n.v.(map[string]any)
		n = node{m[k]}
	}
	return n
}

func (n node) str() string {
	if m, ok := n.v.(map[string]any); ok {
		n = node{m["_value"]}
	}
	s, _ := n.v.(string)
	return s
}

func (n node) keys() []string {
	m, _ := n.v.(map[string]any)
	var k []string
	for s := range m {
		k = append(k, s)
	}
	slices.Sort(k)
	return k
}

// list gives the values of the keys 1 to n, or of the given names.
func (n node) list(names ...string) string {
	var l []string
	for _, k := range names {
		l = append(l, n.at(k).str())
	}
	if strings.Join(l, "") == "" {
		return ""
	}
	return strings.Join(l, " | ")
}

func numbers(n int) []string {
	var l []string
	for i := range n {
		l = append(l, fmt.Sprint(i+1))
	}
	return l
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// resource gives one file of one locale, below its "main" wrapper.
func resource(pkg, locale, file string) node {
	return load(filepath.Join("cldr-"+pkg+"-full", "main", locale, file+".json")).at("main", locale)
}

// pair is one line of a data file.
type pair struct{ key, value string }

// writeFile writes the lines that differ from the parent's.
func writeFile(tag, name, origin string, own, parent []pair) {
	var b strings.Builder
	fmt.Fprintf(&b, "# origin: %s; %s\n", origin, licence)
	n := 0
	for _, p := range own {
		if p.value == "" || slices.Contains(parent, p) {
			continue
		}
		fmt.Fprintf(&b, "%s = %s\n", p.key, visible(p.value))
		n++
	}
	save(tag, name, b.String(), n)
}

func save(tag, name, text string, lines int) {
	path := filepath.Join(*out, tag, name)
	if lines == 0 {
		os.Remove(path)
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}

// visible escapes what an editor would not show.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	return b.String()
}

func writeLocale(s source) {
	var parent []pair
	if s.parent != "" {
		parent = localeLines(source{s.parent, s.parent, ""})
	}
	writeFile(s.tag, "locale.txt", "CLDR 48.2 ("+s.cldr+"), packages core, dates, localenames, misc, numbers", localeLines(s), parent)
}

func localeLines(s source) []pair {
	base := strings.Split(s.cldr, "-")[0]
	names, english := resource("localenames", s.cldr, "languages").at("localeDisplayNames", "languages"), resource("localenames", "en", "languages").at("localeDisplayNames", "languages")
	num := resource("numbers", s.cldr, "numbers").at("numbers")
	system := num.at("defaultNumberingSystem").str()
	greg := resource("dates", s.cldr, "ca-gregorian").at("dates", "calendars", "gregorian")
	skeletons := greg.at("dateTimeFormats", "availableFormats")
	period := greg.at("dayPeriods", "format", "abbreviated")
	lists := resource("misc", s.cldr, "listPatterns").at("listPatterns", "listPattern-type-standard")
	quotes := resource("misc", s.cldr, "delimiters").at("delimiters")
	first := func(l ...string) string {
		for _, v := range l {
			if v != "" {
				return v
			}
		}
		return ""
	}
	lines := []pair{
		{"name", first(names.at(s.cldr).str(), composed(s.cldr, s.cldr), names.at(base).str())},
		{"english", first(english.at(s.cldr).str(), composed(s.cldr, "en"), english.at(base).str())},
		{"script", script(s.cldr)},
		{"digits", system},
		{"grouping", grouping(num.at("decimalFormats-numberSystem-"+system, "standard").str())},
		{"grouping.minimum", num.at("minimumGroupingDigits").str()},
		{"date.full", greg.at("dateFormats", "full").str()},
		{"date.long", greg.at("dateFormats", "long").str()},
		{"date.medium", skeletons.at("yMMMd").str()},
		{"date.month", first(skeletons.at("yMMMM").str(), skeletons.at("yMMM").str())},
		{"date.year", skeletons.at("y").str()},
		{"time", greg.at("timeFormats", "short").str()},
		{"am", period.at("am").str()},
		{"pm", period.at("pm").str()},
		{"list.two", lists.at("2").str()},
		{"list.start", lists.at("start").str()},
		{"list.middle", lists.at("middle").str()},
		{"list.end", lists.at("end").str()},
		{"quote.open", quotes.at("quotationStart").str()},
		{"quote.close", quotes.at("quotationEnd").str()},
		{"index", index(s.cldr)},
		{"week.first", firstDay(s.cldr)},
		{"calendar2", calendars[s.tag]},
	}
	rules := load("cldr-core/supplemental/plurals.json").at("supplemental", "plurals-type-cardinal", base)
	for _, form := range []string{"zero", "one", "two", "few", "many"} {
		rule, _, _ := strings.Cut(rules.at("pluralRule-count-"+form).str(), "@")
		lines = append(lines, pair{"plural." + form, strings.TrimSpace(rule)})
	}
	return lines
}

// systems are the digits that a site may choose, as lang.DigitSystems has them.
var systems = []string{"latn", "arab", "arabext", "deva", "beng"}

// digitPattern is the part of a number pattern where the digits go.
var digitPattern = regexp.MustCompile(`[#0][#0,.]*`)

// writeSymbols writes the signs that stand with each kind of digits.
func writeSymbols(s source) {
	var parent []pair
	if s.parent != "" {
		parent = symbolLines(s.parent)
	}
	writeFile(s.tag, "numbers.txt", "CLDR 48.2 ("+s.cldr+"), package numbers", symbolLines(s.cldr), parent)
}

func symbolLines(locale string) []pair {
	num := resource("numbers", locale, "numbers").at("numbers")
	var lines []pair
	for _, system := range systems {
		symbols := num.at("symbols-numberSystem-" + system)
		if symbols.v == nil {
			continue
		}
		percent, _, _ := strings.Cut(num.at("percentFormats-numberSystem-"+system, "standard").str(), ";")
		lines = append(lines,
			pair{system + ".decimal", symbols.at("decimal").str()},
			pair{system + ".group", symbols.at("group").str()},
			pair{system + ".minus", symbols.at("minusSign").str()},
			pair{system + ".percent", strings.Replace(digitPattern.ReplaceAllString(percent, "{0}"), "%", symbols.at("percentSign").str(), 1)},
		)
	}
	return lines
}

// writeRelative writes the words for times counted from now.
func writeRelative(s source) {
	var parent []pair
	if s.parent != "" {
		parent = relativeLines(s.parent)
	}
	if lines := relativeLines(s.cldr); lines != nil { // else what is there is written by hand
		writeFile(s.tag, "relative.txt", "CLDR 48.2 ("+s.cldr+"), package dates", lines, parent)
	}
}

func relativeLines(locale string) []pair {
	fields := resource("dates", locale, "dateFields").at("dates", "fields")
	var lines []pair
	for _, unit := range []string{"minute", "hour", "day", "week", "month", "year"} {
		f := fields.at(unit)
		if strings.HasPrefix(f.at("relativeTime-type-past", "relativeTimePattern-count-other").str(), "-{0}") {
			return nil // the root's
		}
		for _, n := range []string{"-2", "-1", "0", "1", "2"} {
			lines = append(lines, pair{unit + "." + n, f.at("relative-type-" + n).str()})
		}
		for _, tense := range []string{"past", "future"} {
			for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
				lines = append(lines, pair{unit + "." + tense + "." + form, f.at("relativeTime-type-"+tense, "relativeTimePattern-count-"+form).str()})
			}
		}
	}
	return lines
}

// composed gives "language (territory)" in the language in.
func composed(tag, in string) string {
	sub := strings.Split(tag, "-")
	if len(sub) != 2 || len(sub[1]) != 2 {
		return ""
	}
	l := resource("localenames", in, "languages").at("localeDisplayNames", "languages", sub[0]).str()
	t := resource("localenames", in, "territories").at("localeDisplayNames", "territories", sub[1]).str()
	p := resource("localenames", in, "localeDisplayNames").at("localeDisplayNames", "localeDisplayPattern", "localePattern").str()
	if l == "" || t == "" || p == "" {
		return ""
	}
	return strings.NewReplacer("{0}", l, "{1}", t).Replace(p)
}

// likely gives the likely script and region of a tag of one or two subtags.
func likely(tag string) (script, region string) {
	sub := load("cldr-core/supplemental/likelySubtags.json").at("supplemental", "likelySubtags")
	full := sub.at(tag).str()
	if full == "" {
		full = sub.at(strings.Split(tag, "-")[0]).str()
	}
	p := strings.Split(full, "-")
	if len(p) != 3 {
		return "", ""
	}
	return p[1], p[2]
}

func script(tag string) string {
	if i := strings.IndexByte(tag, '-'); i > 0 && len(tag)-i-1 == 4 {
		return tag[i+1:]
	}
	s, _ := likely(tag)
	return s
}

func firstDay(tag string) string {
	_, region := likely(tag)
	if i := strings.IndexByte(tag, '-'); i > 0 && len(tag)-i-1 == 2 {
		region = tag[i+1:]
	}
	if !strings.Contains(tag, "-") && tag == "ar" {
		region = "001" // the Arabic of no country
	}
	days := load("cldr-core/supplemental/weekData.json").at("supplemental", "weekData", "firstDay")
	day := days.at(region).str()
	if day == "" {
		day = days.at("001").str()
	}
	return fmt.Sprint(slices.Index(weekdays, day))
}

// grouping turns the pattern #,##,##0 into the sizes "3;2", primary first.
func grouping(pattern string) string {
	pattern, _, _ = strings.Cut(pattern, ".")
	parts := strings.Split(pattern, ",")
	switch len(parts) {
	case 2:
		return fmt.Sprint(len(parts[1]))
	case 3:
		return fmt.Sprintf("%d;%d", len(parts[2]), len(parts[1]))
	}
	return ""
}

// index gives the headings of an A–Z list.
func index(tag string) string {
	s := strings.Trim(resource("misc", tag, "characters").at("characters", "index").str(), "[]")
	return strings.NewReplacer("{", "", "}", "").Replace(s)
}

func writeMonths(s source) {
	var parent []pair
	if s.parent != "" {
		parent = monthLines(source{s.parent, s.parent, ""}, calendars[s.parent])
	}
	origin := "CLDR 48.2 (" + s.cldr + "), package dates"
	cal := calendars[s.tag]
	if cal == "" {
		cal = calendars[s.parent]
	}
	switch cal {
	case "umalqura":
		origin += ", cal-islamic"
	case "hebrew":
		origin += ", cal-hebrew"
	case "persian":
		origin += "; CLDR 46.1, package cal-persian"
	}
	writeFile(s.tag, "months.txt", origin, monthLines(s, cal), parent)
}

func monthLines(s source, cal string) []pair {
	greg := resource("dates", s.cldr, "ca-gregorian").at("dates", "calendars", "gregorian")
	m, d := greg.at("months"), greg.at("days")
	lines := []pair{
		{"wide", m.at("format", "wide").list(numbers(12)...)},
		{"wide.alone", m.at("stand-alone", "wide").list(numbers(12)...)},
		{"short", m.at("format", "abbreviated").list(numbers(12)...)},
		{"short.alone", m.at("stand-alone", "abbreviated").list(numbers(12)...)},
		{"day", d.at("format", "wide").list(weekdays...)},
		{"day.alone", d.at("stand-alone", "wide").list(weekdays...)},
	}
	pkg := map[string]string{"umalqura": "islamic", "persian": "persian", "hebrew": "hebrew"}[cal]
	if pkg == "" {
		return lines
	}
	c := resource("cal-"+pkg, s.cldr, "ca-"+pkg).at("dates", "calendars", pkg)
	months := append(numbers(12), map[string][]string{"hebrew": {"13", "7-yeartype-leap"}}[pkg]...)
	return append(lines,
		pair{"calendar2.month", c.at("months", "format", "wide").list(months...)},
		pair{"calendar2.date", c.at("dateFormats", "long").str()},
		pair{"calendar2.era", c.at("eras", "eraAbbr", "0").str()},
	)
}

func writeTerritories(s source) {
	own := territoryLines(s.cldr)
	var parent []string
	if s.parent != "" {
		parent = territoryLines(s.parent)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# origin: CLDR 48.2 (%s), package localenames; %s; code, name, short or other names\n", s.cldr, licence)
	n := 0
	for _, l := range own {
		if !slices.Contains(parent, l) {
			fmt.Fprintln(&b, visibleKeepTabs(l))
			n++
		}
	}
	save(s.tag, "territories.txt", b.String(), n)
}

func visibleKeepTabs(s string) string {
	parts := strings.Split(s, "\t")
	for i := range parts {
		parts[i] = visible(parts[i])
	}
	return strings.Join(parts, "\t")
}

// codes are the territories that ISO 3166 lists, and XK: CLDR also has groups
// (EU, UN), test codes (XA, XB, ZZ) and exceptional reservations.
func codes() []string {
	t := resource("localenames", "en", "territories").at("localeDisplayNames", "territories")
	two := regexp.MustCompile(`^[A-Z]{2}$`)
	notISO := strings.Fields("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ")
	var l []string
	for _, k := range t.keys() {
		if two.MatchString(k) && !slices.Contains(notISO, k) {
			l = append(l, k)
		}
	}
	return l
}

func territoryLines(cldr string) []string {
	t := resource("localenames", cldr, "territories").at("localeDisplayNames", "territories")
	var lines []string
	for _, c := range codes() {
		names := []string{t.at(c).str()}
		for _, alt := range []string{"-alt-short", "-alt-variant", "-alt-long", "-alt-biot", "-alt-chagos"} {
			if n := t.at(c + alt).str(); n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
		if names[0] == "" || names[0] == c {
			continue // CLDR shows the code where it has no name
		}
		lines = append(lines, c+"\t"+strings.Join(names, "\t"))
	}
	return lines
}

func writeCodes() {
	c := codes()
	text := "# origin: CLDR 48.2 (en), package localenames; " + licence + "; the ISO 3166 alpha-2 codes and XK\n" + strings.Join(c, "\n") + "\n"
	save("und", "territories.txt", text, len(c))
}

// writeScripts writes the likely script of every language or language and
// region that is not written in Latin letters.
func writeScripts() {
	sub := load("cldr-core/supplemental/likelySubtags.json").at("supplemental", "likelySubtags")
	var b strings.Builder
	fmt.Fprintf(&b, "# origin: CLDR 48.2, package core, likelySubtags; %s; tag, script where it is not Latn\n", licence)
	n := 0
	for _, tag := range sub.keys() {
		p := strings.Split(tag, "-")
		full := strings.Split(sub.at(tag).str(), "-")
		if p[0] == "und" || len(full) != 3 || len(p) > 2 || len(p) == 2 && len(p[1]) == 4 {
			continue
		}
		if len(p) == 2 && script(p[0]) == full[1] || len(p) == 1 && full[1] == "Latn" {
			continue
		}
		fmt.Fprintf(&b, "%s\t%s\n", tag, full[1])
		n++
	}
	save("und", "scripts.txt", b.String(), n)
}

// writeEndonyms writes the own and the English name of every language that
// CLDR has names for, so that a language without data still has a name.
func writeEndonyms() {
	english := resource("localenames", "en", "languages").at("localeDisplayNames", "languages")
	dirs, err := os.ReadDir(filepath.Join(*root, "cldr-localenames-full", "main"))
	if err != nil {
		log.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# origin: CLDR 48.2, package localenames; %s; language, name for itself, English name\n", licence)
	n := 0
	for _, d := range dirs {
		tag := d.Name()
		own := resource("localenames", tag, "languages").at("localeDisplayNames", "languages", tag).str()
		en := english.at(tag).str()
		if own == "" || own == tag || en == "" {
			continue
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\n", tag, visible(own), en)
		n++
	}
	save("und", "endonyms.txt", b.String(), n)
}
