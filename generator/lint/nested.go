package lint

// nestedNamesAreIsolated reports what the rules of order (N7 to N12) leave to it:
// a name or number inside an isolate that itself runs against its line.
func nestedNamesAreIsolated(p *page, say say) {
	p.turnedTokens(func(l *line, t turned) {
		if n := l.nested(t.at); n != nil {
			say(l.offset(t.at.start), `put it in <bdi dir="ltr"> inside <`+n.name+`>`, "inside <%s>, %s %s is shown as %s", n.name, t.what, l.text[t.at.start:t.at.end], shown{l, l.places(), t.at})
		}
	})
}

// nested gives the element around a span that runs against the line and is said
// to, nil if none is.
func (l *line) nested(at span) *node {
	return l.within(at.start, func(n *node) bool {
		d := n.said()
		return d != "" && !blocks[n.name] && string(n.direction()) != string(l.dir)
	})
}
