package lang

import "golang.org/x/text/unicode/bidi"

// A sequence is an isolating run sequence (BD13): characters of one level that
// the rules W and N see beside each other, with isolates between them left out.
type sequence struct {
	p        *paragraph
	at       []int        // the characters
	classes  []bidi.Class // of each of them, after the rules so far
	level    Level
	sos, eos bidi.Class // what stands before and after: L or R
}

// sequences parts the paragraph (X10). What X9 removes is in none.
func (p *paragraph) sequences() []*sequence {
	runs, runAt := p.levelRuns()
	var list []*sequence
	for _, run := range runs {
		first := run[0]
		if p.classes[first] == bidi.PDI && p.match[first] != unmatched {
			continue // goes on from the run in which its isolate begins
		}
		s := &sequence{p: p, level: p.levels[first]}
		for {
			s.at = append(s.at, run...)
			last := run[len(run)-1]
			if !beginsIsolate(p.classes[last]) || p.match[last] == unmatched {
				break
			}
			run = runs[runAt[p.match[last]]]
		}
		s.begin()
		list = append(list, s)
	}
	return list
}

// levelRuns gives the runs of characters of one level (BD7), and of each
// character the run that it is in.
func (p *paragraph) levelRuns() (runs [][]int, runAt []int) {
	runAt = make([]int, len(p.classes))
	kept := make([]int, 0, len(p.classes))
	for i, c := range p.classes {
		if removed(c) {
			continue
		}
		kept = append(kept, i)
		n := len(kept)
		if n > 1 && p.levels[kept[n-2]] == p.levels[i] {
			last := runs[len(runs)-1]
			runs[len(runs)-1] = kept[n-1-len(last) : n]
		} else {
			runs = append(runs, kept[n-1:n])
		}
		runAt[i] = len(runs) - 1
	}
	return runs, runAt
}

// begin finds the classes and what stands around the sequence.
func (s *sequence) begin() {
	p := s.p
	s.classes = make([]bidi.Class, len(s.at))
	for k, i := range s.at {
		s.classes[k] = p.resolved[i]
	}
	before, after := p.level, p.level
	for i := s.at[0] - 1; i >= 0; i-- {
		if !removed(p.classes[i]) {
			before = p.levels[i]
			break
		}
	}
	last := s.at[len(s.at)-1]
	if !beginsIsolate(p.classes[last]) { // an isolate that never ends reaches to the end of the paragraph
		for i := last + 1; i < len(p.classes); i++ {
			if !removed(p.classes[i]) {
				after = p.levels[i]
				break
			}
		}
	}
	s.sos, s.eos = directionAt(max(before, s.level)), directionAt(max(after, s.level))
}

// directionAt gives the strong class of a level.
func directionAt(l Level) bidi.Class {
	if l%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// weak resolves numbers and what belongs to them (W1–W7).
func (s *sequence) weak() {
	s.marksAndNumbers()
	s.separators()
	s.terminators()
	s.numbersAfterLatin()
}

// marksAndNumbers gives marks the class of what they stand on, makes numbers
// after Arabic letters Arabic ones, and Arabic letters right-to-left ones (W1–W3).
func (s *sequence) marksAndNumbers() {
	previous, strong := s.sos, s.sos
	for k, c := range s.classes {
		switch c {
		case bidi.NSM:
			c = previous
			if beginsIsolate(previous) || previous == bidi.PDI {
				c = bidi.ON
			}
			s.classes[k] = c
		}
		previous = c
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
		case bidi.EN:
			if strong == bidi.AL {
				s.classes[k] = bidi.AN
			}
		}
	}
	for k, c := range s.classes {
		if c == bidi.AL {
			s.classes[k] = bidi.R
		}
	}
}

// separators makes a single separator between two numbers part of them (W4).
func (s *sequence) separators() {
	for k := 1; k+1 < len(s.classes); k++ {
		c, before, after := s.classes[k], s.classes[k-1], s.classes[k+1]
		if before != after {
			continue
		}
		if before == bidi.EN && (c == bidi.ES || c == bidi.CS) || before == bidi.AN && c == bidi.CS {
			s.classes[k] = before
		}
	}
}

// terminators makes signs beside a European number part of it, and other signs
// neutral (W5, W6).
func (s *sequence) terminators() {
	for k := 0; k < len(s.classes); k++ {
		switch s.classes[k] {
		case bidi.ET:
			end := k
			for end < len(s.classes) && s.classes[end] == bidi.ET {
				end++
			}
			to := bidi.ON
			if k > 0 && s.classes[k-1] == bidi.EN || end < len(s.classes) && s.classes[end] == bidi.EN {
				to = bidi.EN
			}
			for ; k < end; k++ {
				s.classes[k] = to
			}
			k--
		case bidi.ES, bidi.CS:
			s.classes[k] = bidi.ON
		}
	}
}

// numbersAfterLatin makes European numbers after left-to-right text part of it
// (W7).
func (s *sequence) numbersAfterLatin() {
	strong := s.sos
	for k, c := range s.classes {
		switch {
		case c == bidi.L || c == bidi.R:
			strong = c
		case c == bidi.EN && strong == bidi.L:
			s.classes[k] = bidi.L
		}
	}
}

// strongOf gives the direction that a class has for the rules N, ON for none:
// numbers count as right to left.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// neutral gives what is left a direction (N1, N2).
func (s *sequence) neutral() {
	before := s.sos
	for k := 0; k < len(s.classes); k++ {
		if d := strongOf(s.classes[k]); d != bidi.ON {
			before = d
			continue
		}
		end, after := k, s.eos
		for end < len(s.classes) && strongOf(s.classes[end]) == bidi.ON {
			end++
		}
		if end < len(s.classes) {
			after = strongOf(s.classes[end])
		}
		to := directionAt(s.level)
		if before == after {
			to = before
		}
		for ; k < end; k++ {
			s.classes[k] = to
		}
		k--
	}
}

// implicit raises the level of what runs against it (I1, I2).
func (s *sequence) implicit() {
	for k, i := range s.at {
		l := s.level
		switch c := s.classes[k]; {
		case l%2 == 0 && c == bidi.R, l%2 == 1 && c != bidi.R:
			l++
		case l%2 == 0 && c != bidi.L:
			l += 2
		}
		s.p.levels[i] = l
	}
}
