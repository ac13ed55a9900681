package lint

import "strings"

// A cssRule is one rule of a style sheet: its selectors, and its declarations as
// they stand, whose first byte is byte at of the sheet. Rules within at-rules such
// as @media are rules like others; the at-rule itself is none.
type cssRule struct {
	selector string
	body     string
	at       int
}

// cssRules reads the rules of a style sheet without comments. Nested rules come
// after the rule that holds them, with their own selectors only; what is broken
// gives rules or none.
func cssRules(css string) []cssRule {
	var list []cssRule
	type open struct{ selector, body, at int }
	var stack []open
	from := 0 // where the present selector or declaration begins
	for i := 0; i < len(css); i++ {
		switch css[i] {
		case '"', '\'':
			i = stringEnd(css, i)
		case ';':
			from = i + 1
		case '{':
			stack = append(stack, open{from, i, i + 1})
			from = i + 1
		case '}':
			if n := len(stack); n > 0 {
				o := stack[n-1]
				stack = stack[:n-1]
				if selector := strings.TrimSpace(css[o.selector:o.body]); selector != "" && selector[0] != '@' {
					list = append(list, cssRule{selector, css[o.at:i], o.at})
				}
			}
			from = i + 1
		}
	}
	return list
}

// stringEnd gives the place of the quotation mark that ends the string at i.
func stringEnd(css string, i int) int {
	for k := i + 1; k < len(css); k++ {
		switch css[k] {
		case '\\':
			k++
		case css[i]:
			return k
		case '\n':
			return k
		}
	}
	return len(css) - 1
}

// declared calls f for each declaration of a rule, not of rules nested in it,
// with the place of its name in the sheet.
func (r *cssRule) declared(f func(property, value string, at int)) {
	from := 0
	for i := 0; i <= len(r.body); i++ {
		if i < len(r.body) {
			switch r.body[i] {
			case '"', '\'':
				i = stringEnd(r.body, i)
				continue
			case '{':
				depth := 1
				for i++; i < len(r.body) && depth > 0; i++ {
					if r.body[i] == '{' {
						depth++
					} else if r.body[i] == '}' {
						depth--
					}
				}
				from = i
				i--
				continue
			case ';':
			default:
				continue
			}
		}
		property, value, ok := strings.Cut(r.body[from:min(i, len(r.body))], ":")
		if ok {
			lead := len(property) - len(strings.TrimLeft(property, " \t\r\n"))
			f(strings.ToLower(strings.TrimSpace(property)), strings.TrimSpace(value), r.at+from+lead)
		}
		from = i + 1
	}
}

// rules calls f for each rule of the page's style elements, and for the style of
// each element as if it were a rule for that element alone, which n then is. at
// gives the place in the file of byte i of the sheet.
func (p *page) rules(f func(r cssRule, n *node, at func(i int) int)) {
	for _, n := range p.nodes {
		switch {
		case n.name == textNode && n.parent.name == "style":
			for _, r := range cssRules(withoutComments(n.text)) {
				f(r, nil, n.inside)
			}
		case n.name != textNode && n.get("style") != "":
			f(cssRule{body: n.get("style")}, n, func(int) int { return n.offset })
		}
	}
}
