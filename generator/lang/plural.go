package lang

import (
	"strconv"
	"strings"
)

// A PluralForm is one of CLDR's six plural categories.
type PluralForm string

// The plural forms, in the order in which rules are tried.
const (
	Zero  PluralForm = "zero"
	One   PluralForm = "one"
	Two   PluralForm = "two"
	Few   PluralForm = "few"
	Many  PluralForm = "many"
	Other PluralForm = "other"
)

// A pluralRule is a CLDR rule for whole numbers: some of its clauses must
// hold, and a clause holds if all its conditions do.
type pluralRule struct {
	form    PluralForm
	clauses [][]condition
}

// A condition is "n % modulo = ranges" or, negated, "!=". For the operands
// that are 0 for every whole number (v f t c e) constant is true and the
// number is taken as 0.
type condition struct {
	constant bool
	modulo   int
	negate   bool
	ranges   [][2]int
}

func newPluralRules(m map[string]string) []pluralRule {
	var rules []pluralRule
	for _, form := range []PluralForm{Zero, One, Two, Few, Many} {
		if text := m["plural."+string(form)]; text != "" {
			rules = append(rules, parsePluralRule(form, text))
		}
	}
	return rules
}

// parsePluralRule reads the syntax of UTS #35, part 3, as in
// "v = 0 and i % 10 = 2..4 and i % 100 != 12..14 or n = 0".
func parsePluralRule(form PluralForm, text string) pluralRule {
	rule := pluralRule{form: form}
	for clause := range strings.SplitSeq(text, " or ") {
		var all []condition
		for c := range strings.SplitSeq(clause, " and ") {
			all = append(all, parseCondition(strings.Fields(c)))
		}
		rule.clauses = append(rule.clauses, all)
	}
	return rule
}

func parseCondition(f []string) condition {
	c := condition{constant: f[0] != "n" && f[0] != "i"}
	for i, word := range f {
		switch word {
		case "%":
			c.modulo, _ = strconv.Atoi(f[i+1])
		case "!=":
			c.negate = true
		}
	}
	for r := range strings.SplitSeq(f[len(f)-1], ",") {
		low, high, ok := strings.Cut(r, "..")
		a, _ := strconv.Atoi(low)
		b := a
		if ok {
			b, _ = strconv.Atoi(high)
		}
		c.ranges = append(c.ranges, [2]int{a, b})
	}
	return c
}

func (c condition) holds(n int) bool {
	if c.constant {
		n = 0
	}
	if c.modulo > 0 {
		n %= c.modulo
	}
	for _, r := range c.ranges {
		if r[0] <= n && n <= r[1] {
			return !c.negate
		}
	}
	return c.negate
}

func (r pluralRule) holds(n int) bool {
	for _, clause := range r.clauses {
		ok := true
		for _, c := range clause {
			ok = ok && c.holds(n)
		}
		if ok {
			return true
		}
	}
	return false
}

// Plural gives the form that the whole number n takes (CLDR 48.2, cardinal).
func (l *Locale) Plural(n int) PluralForm {
	if n < 0 {
		n = -n
	}
	for _, r := range l.plural {
		if r.holds(n) {
			return r.form
		}
	}
	return Other
}

// PluralForms gives the forms that a message must have, in the order of the
// constants: all six for Arabic, one and other for English.
func (l *Locale) PluralForms() []PluralForm {
	var f []PluralForm
	for _, r := range l.plural {
		f = append(f, r.form)
	}
	return append(f, Other)
}
