package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Nearly all news is paragraphs between blank lines, with some headings, lists
// and quotes. Such a body needs no parser of blocks for most of itself: a line
// that begins as no other block does, after a blank line, ends all that stands
// before it. Paragraphs without marks are taken as they are; those with marks,
// and stretches that hold other blocks, are given to goldmark one by one.
// FuzzSimple holds that both ways give the same.

// A simpleBlock is a paragraph, the heading of one line, or a stretch of other
// blocks.
type simpleBlock struct {
	start, end int      // of its lines, with the last line end
	level      int      // of a heading, else 0
	text       int      // where the words of a heading begin
	plain      bool     // a heading, or a paragraph without marks
	kinds      byte     // of all bytes of its lines, of a plain paragraph
	root       ast.Node // of what is not plain, when it was parsed
}

// What a line may begin with.
const (
	otherStart = iota // another block, or the underline of a heading
	wideStart         // a block that may go on over what begins as text, or take the paragraph before
	wordStart         // text
	digitStart        // text, unless it numbers an item
	hashStart         // a heading, if it is a simple one
	blankStart        // nothing, if no more than spaces
)

var lineStarts = func() (t [256]uint8) {
	for c := range t {
		switch {
		case isLetter(byte(c)), c >= 0x80:
			t[c] = wordStart
		case isDigit(byte(c)):
			t[c] = digitStart
		case c < ' ':
			t[c] = wideStart
		}
	}
	for _, c := range []byte("\"'([") { // ]: , which may define something, is looked for before
		t[c] = wordStart
	}
	for _, c := range []byte("`~<:") { // fences, HTML, definitions
		t[c] = wideStart
	}
	t['#'], t[' '], t['\t'], t['\n'] = hashStart, blankStart, blankStart, blankStart
	return t
}()

// simpleBlocks parts the body into its blocks; false if that cannot be done so.
func (s *source) simpleBlocks(list []simpleBlock) ([]simpleBlock, bool) {
	if len(s.markers) > 0 || len(s.changed) > 0 || bytes.Contains(s.text, []byte("]:")) {
		return nil, false
	}
	const (
		blank     = iota // after a blank line
		heading          // after a heading
		paragraph        // in a paragraph
		other            // in a stretch of other blocks
	)
	within := blank
	first, start := 0, 0 // the first block since the last blank line, and where it begins
	for at, end := 0, 0; at < len(s.text); at = end {
		if i := bytes.IndexByte(s.text[at:], '\n'); i >= 0 {
			end = at + i + 1
		} else {
			end = len(s.text)
		}
		line := s.text[at:end]
		block := simpleBlock{start: at, end: end}
		safe := false
		switch lineStarts[line[0]] {
		case wideStart:
			return nil, false
		case blankStart:
			rest := bytes.TrimLeft(line, " \t\n")
			if len(rest) == 0 {
				within = blank
				continue
			}
			if lineStarts[rest[0]] == wideStart {
				return nil, false
			}
		case hashStart:
			block, safe = s.simpleHeading(line, at, end)
		case digitStart:
			n := 1
			for n < len(line) && isDigit(line[n]) {
				n++
			}
			safe = n == len(line) || line[n] != '.' && line[n] != ')'
		case wordStart:
			safe = true
		}
		if within == blank {
			first, start = len(list), at
		}
		switch {
		case within == other, within == blank && !safe && len(list) > 0 && list[len(list)-1].other():
			list[len(list)-1].end, within = end, other
		case !safe:
			list = append(list[:first], simpleBlock{start: start, end: end, level: -1})
			within = other
		case block.level > 0:
			list, within = append(list, block), heading
		case within == paragraph:
			last := &list[len(list)-1]
			all, plain := s.plainLine(line)
			last.end, last.plain, last.kinds = end, last.plain && plain, last.kinds|all
		default:
			block.kinds, block.plain = s.plainLine(line)
			list, within = append(list, block), paragraph
		}
	}
	return list, true
}

func (b *simpleBlock) other() bool { return b.level < 0 }

// simpleHeading reads `## words`, in which no other # stands.
func (s *source) simpleHeading(line []byte, start, end int) (simpleBlock, bool) {
	level := 0
	for level < len(line) && line[level] == '#' {
		level++
	}
	rest := line[level:]
	if level > 6 || len(rest) < 2 || rest[0] != ' ' || bytes.IndexByte(rest, '#') >= 0 {
		return simpleBlock{}, false
	}
	if _, plain := s.plainLine(rest); !plain {
		return simpleBlock{}, false
	}
	words := util.TrimLeftSpace(rest)
	if len(util.TrimRightSpace(words)) == 0 {
		return simpleBlock{}, false
	}
	return simpleBlock{start: start, end: end, level: level, text: end - len(words), plain: true}, true
}

// plainLine gives the kinds of all bytes of a line but its end, and whether it
// holds no markup: no mark, no address, no hard line break.
func (s *source) plainLine(line []byte) (all byte, plain bool) {
	all = kindsOf(bytes.TrimSuffix(line, []byte{'\n'}))
	return all, all&isMark == 0 && !bytes.HasSuffix(line, []byte("  \n")) && !(s.addresses && mayHoldAddress(line))
}

// simple draws a body that was parted into blocks.
func (r *renderer) simple(list []simpleBlock) {
	in := inlineParser{src: r.src}
	top := 7
	for i := range list {
		if b := &list[i]; b.plain && b.level > 0 {
			top = min(top, b.level)
		} else if !b.plain {
			b.root = in.parse(b.start, b.end)
			top = min(top, topHeading(b.root))
		}
	}
	r.shift = headingShift(top, r.opts.Headings)
	for i := range list {
		b := &list[i]
		if !b.plain {
			for c := b.root.FirstChild(); c != nil; c = c.NextSibling() {
				r.block(c)
			}
			b.root = nil
			continue
		}
		r.leavePhrasing()
		f := &r.scratch
		f.reset()
		if b.level > 0 {
			r.plainLine(f, b.text, b.end)
		} else {
			if b.kinds&isSpecial == 0 { // the text is then what the lines hold
				f.kinds = b.kinds | kindsKnown
			}
			for at := b.start; at < b.end; {
				end := b.end
				if i := bytes.IndexByte(r.src.text[at:b.end], '\n'); i >= 0 {
					end = at + i + 1
				}
				r.plainLine(f, at, end)
				f.soft = true
				at = end
			}
		}
		f.closeAll()
		f.trim()
		switch {
		case b.level > 0:
			r.headingOf(f, b.level, "", b.start)
		case !f.empty():
			r.separate("\n\n")
			r.leaf("<p", f, "</p>\n")
		}
	}
	r.closeTags(r.floor)
}

func (r *renderer) plainLine(f *flow, start, end int) {
	line := util.TrimRightSpace(r.src.text[start:end])
	if f.kinds == 0 || len(line) == 0 {
		r.addText(f, line, start)
		return
	}
	if f.soft {
		next, _ := utf8.DecodeRune(line)
		f.settle(next)
	}
	f.text = append(f.text, line...)
}

// An inlineParser has goldmark parse pieces of one document.
type inlineParser struct {
	src *source
	pc  parser.Context
}

// parse gives goldmark's tree of the lines [start, end) of the source.
func (p *inlineParser) parse(start, end int) ast.Node {
	s := p.src
	if p.pc == nil {
		p.pc = parser.NewContext()
		p.pc.Set(stateKey, &state{src: s})
	}
	g := grammar
	if s.addresses && mayHoldAddress(s.text[start:end]) {
		g = addressGrammar
	}
	reader := text.NewReader(s.text[:end])
	reader.SetPosition(0, text.NewSegment(start, start))
	reader.AdvanceLine() // to the line that begins there, whose columns it then counts
	stateOf(p.pc).plained = false
	return g().Parse(reader, parser.WithContext(p.pc))
}
