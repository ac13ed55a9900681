package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A plainText is a line of a paragraph that holds no inline markup. goldmark
// asks of every byte of a text whether a parser is meant; most paragraphs of
// news hold no mark at all, and are taken from it before it comes to them.
// Being raw, it is not looked into.
type plainText struct {
	ast.BaseInline
	line text.Segment // without its end
	soft bool         // another line follows
}

var kindPlainText = ast.NewNodeKind("PlainText")

// Kind, IsRaw, Pos and Dump make plainText a node.
func (n *plainText) Kind() ast.NodeKind { return kindPlainText }

// IsRaw is always true.
func (n *plainText) IsRaw() bool { return true }

// Pos gives the offset of the line.
func (n *plainText) Pos() int { return n.line.Start }

// Dump writes the node for debugging.
func (n *plainText) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// A plainParser parses nothing. goldmark calls its CloseBlock after the inline
// text of each block, so that at the first of them all blocks are known.
type plainParser struct{}

func (plainParser) Trigger() []byte { return nil }

func (plainParser) Parse(ast.Node, text.Reader, parser.Context) ast.Node { return nil }

func (plainParser) CloseBlock(parent ast.Node, _ text.Reader, pc parser.Context) {
	s := stateOf(pc)
	if s.plained {
		return
	}
	s.plained = true
	for parent.Parent() != nil {
		parent = parent.Parent()
	}
	s.src.takePlain(parent)
}

// takePlain gives the paragraphs below n that goldmark has not come to and that
// hold no markup their text, and takes away their lines.
func (s *source) takePlain(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			if c.FirstChild() == nil && s.isPlain(c.Lines()) {
				s.plainLines(c)
			}
		default:
			if c.Type() == ast.TypeBlock {
				s.takePlain(c)
			}
		}
	}
}

// isPlain tells whether lines hold no markup: no mark, no address, no hard
// line break.
func (s *source) isPlain(lines *text.Segments) bool {
	n := lines.Len()
	for i := range n {
		line := lines.At(i)
		if line.Padding != 0 || line.ForceNewline || line.Start >= line.Stop || i < n-1 && s.text[line.Stop-1] != '\n' {
			return false
		}
		raw := s.text[line.Start:line.Stop]
		if kindsOf(raw)&isMark != 0 || bytes.HasSuffix(raw, []byte("  \n")) || s.addresses && mayHoldAddress(raw) {
			return false
		}
	}
	return n > 0
}

// plainLines does to a block what goldmark does to lines without markup.
func (s *source) plainLines(block ast.Node) {
	lines := block.Lines()
	nodes := make([]plainText, lines.Len())
	for i := range nodes {
		n, line := &nodes[i], lines.At(i)
		if s.text[line.Stop-1] == '\n' {
			line.Stop--
			n.soft = true
		}
		n.line = line.TrimRightSpace(s.text)
		block.AppendChild(block, n)
	}
	block.SetLines(text.NewSegments())
}
