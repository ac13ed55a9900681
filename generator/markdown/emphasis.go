package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// An emphasisParser reads * _ ** __ ~ ~~ as CommonMark and GFM do, but lets
// emphasis stand between a quotation mark and a letter in scripts that attach
// words to quotes: in وقال**«نعم»**ثم the rules of CommonMark see neither an
// opening nor a closing mark, because they take a letter before punctuation for
// the middle of a word (commonmark-spec #650).
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*', '_', '~'} }

func (emphasisParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	c := line[0]
	n := 1
	for n < len(line) && line[n] == c {
		n++
	}
	if c == '~' && (n > 2 || before == '~') {
		return nil
	}
	if !stateOf(pc).delimiter(parent, segment.Start) {
		return nil
	}
	after := ' '
	if n < len(line) {
		after, _ = utf8.DecodeRune(line[n:])
	}
	canOpen, canClose := flanks(before, after, c)
	node := parser.NewDelimiter(canOpen, canClose, n, c, emphasisMatch{c == '~'})
	node.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(node)
	return node
}

// flanks tells whether a delimiter run between two characters can open and
// close emphasis.
func flanks(before, after rune, delimiter byte) (canOpen, canClose bool) {
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore, punctAfter := util.IsPunctRune(before), util.IsPunctRune(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore || attaches(before) && opens(after))
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter || attaches(after) && closes(before))
	if delimiter == '_' {
		return left && (!right || punctBefore), right && (!left || punctAfter)
	}
	return left, right
}

// attaches tells whether r is a letter of a script whose words commonly touch
// quotes and brackets: right-to-left scripts with their one-letter prefixes,
// and those that put no space between words.
func attaches(r rune) bool {
	switch {
	case r < 0x590:
		return false
	case r <= 0x8FF, r >= 0xFB1D && r <= 0xFEFC, r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF: // right to left
	case r >= 0xE00 && r <= 0xEFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF: // Thai, Lao, Myanmar, Khmer
	case r >= 0x2E80 && r <= 0xD7FF, r >= 0xF900 && r <= 0xFAFF, r >= 0x20000 && r <= 0x3FFFF: // East Asian
	default:
		return false
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// opens tells whether punctuation r may begin a quotation or a bracket.
func opens(r rune) bool {
	return r == '"' || r == '\'' || unicode.In(r, unicode.Ps, unicode.Pi, unicode.Pf, unicode.Sc) || r == '#' || r == '@' || r == '+' || r == '-' || r == '−'
}

// closes tells whether punctuation r may end a quotation, a bracket or a
// sentence.
func closes(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pi, unicode.Pf, unicode.Po, unicode.Sc) && r != '#' && r != '@' || r == '+'
}

// An emphasisMatch pairs delimiters of one kind.
type emphasisMatch struct{ struck bool }

func (emphasisMatch) IsDelimiter(b byte) bool { return b == '*' || b == '_' || b == '~' }

func (emphasisMatch) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && (opener.Char != '~' || opener.OriginalLength == closer.OriginalLength)
}

func (m emphasisMatch) OnMatch(consumed int) ast.Node {
	if m.struck {
		return east.NewStrikethrough()
	}
	return ast.NewEmphasis(consumed)
}
