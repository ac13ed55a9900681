package lang

import "strings"

// Words of Latin script that tell what a number or a full stop beside them
// belongs to, in every language that borrows them.

// units are what may stand behind a number and a space and is read with it from
// the left: measures of the SI and others of the news, times of day and zones,
// ISO 4217 codes, magnitudes of a sum.
var units = setOf(`
	nm µm mm cm m km mi ft in yd ha m² m³ km² km³ cm² cm³ ml mL cl l L
	mg g kg t kt Mt lb oz ppm ppb % mmHg mmol dB
	s ms min h km/h m/s mph kn rpm Hz kHz MHz GHz THz
	W kW MW GW TW kWh MWh GWh TWh V kV A mA mAh Ah J kJ MJ cal kcal N Pa hPa bar hp
	B kB KB MB GB TB PB Kb Mb Gb kbps Mbps Gbps MB/s GB/s px dpi fps MP
	am pm AM PM a.m p.m A.M P.M GMT UTC CET CEST EST EDT BST EET EEST
	USD EUR GBP CHF JPY CNY INR RUB TRY ILS IRR IQD SYP LBP JOD EGP SAR AED QAR KWD BHD OMR YER LYD TND DZD MAD SDG PKR AFN
	hundred thousand million billion trillion mn mln bn tn M K k`)

// numbered are words whose number goes with them although it holds hyphens.
var numbered = setOf("ISBN ISSN ISMN EAN IBAN OCLC LCCN PMID ORCID IMEI CAS VIN CVE RFC")

// shortForms end in a full stop of their own, behind a name or between others.
// Those of single letters (U.S., a.m., J.R.R.) need no list.
var shortForms = setOf("Inc Ltd Co Corp Bros Jr Sr Esq Ph.D Pty Plc Mfg Ltda Cie etc vs Mt St Ave Blvd Govt Univ Assn Dept Intl")

// exclaimed are names that end in an exclamation mark.
var exclaimed = setOf("Yahoo Jeopardy Wham Mia Oklahoma Airplane Bravo Hola Panic Oliver Viva Shazam")

func setOf(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// IsUnit says whether a word of Latin script is read with the number before it:
// km/h, GB, GMT, USD, million. It is written without a full stop: "p.m".
func IsUnit(word string) bool { return units[word] }

// IsShortForm says whether a full stop behind a word belongs to it: Inc, Ltd, Jr.
// Words of single letters (U.S.) are none.
func IsShortForm(word string) bool { return shortForms[word] }

// endsWithRupees says whether s ends with an abbreviation of money that stands
// before its number with a full stop.
func endsWithRupees(s string) bool {
	for _, word := range []string{"Rs", "Re", "Rp", "Tk"} {
		if before, ok := strings.CutSuffix(s, word); ok {
			return !attachedBefore(before)
		}
	}
	return false
}

// unitAt gives the size of the unit that s begins with, without the full stop of
// p.m., 0 if it begins with none.
func unitAt(s string) int {
	n := 0
	for n < len(s) && (isASCIILetter(s[n]) || s[n] == '/' || s[n] == '.' || s[n] >= 0xC2 && s[n] <= 0xC3 && n+1 < len(s)) {
		if s[n] >= 0x80 { // µ ² ³
			n++
		}
		n++
	}
	if n < len(s) && isASCIIDigit(s[n]) {
		return 0
	}
	w := strings.TrimRight(s[:n], "./")
	if !units[w] {
		return 0
	}
	return len(w)
}

// endsShort says whether the full stop at i is that of an abbreviation that
// begins no earlier than start, and not that of the sentence.
func (f *intruders) endsShort(start, i int) bool {
	rest := strings.TrimLeft(f.text[i+1:], " ")
	if rest == "" || rest[0] == '\n' {
		return false
	}
	from := i
	for from > start && (isASCIILetter(f.text[from-1]) || f.text[from-1] == '.') {
		from--
	}
	w := f.text[from:i]
	if shortForms[w] {
		return true
	}
	if len(w) < 3 || len(w)%2 == 0 {
		return false
	}
	for k := 1; k < len(w); k += 2 { // letters with a full stop between each two
		if w[k] != '.' || w[k-1] == '.' {
			return false
		}
	}
	return w[len(w)-1] != '.'
}

// endsExclaimed says whether the exclamation mark at i is that of a name.
func (f *intruders) endsExclaimed(start, i int) bool {
	rest := strings.TrimLeft(f.text[i+1:], " ")
	if rest == "" || rest[0] == '\n' {
		return false
	}
	from := i
	for from > start && isASCIILetter(f.text[from-1]) {
		from--
	}
	return exclaimed[f.text[from:i]]
}

// namesNumber says whether the last word of the phrase [start, end) is one of
// those whose number goes with them.
func (f *intruders) namesNumber(start, end int) bool {
	p := f.text[start:end]
	return numbered[p[strings.LastIndexByte(p, ' ')+1:]]
}
