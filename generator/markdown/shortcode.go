package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// shortcodes are the ways in which other systems call templates from a text.
// The longer openings come first.
var shortcodes = [4]struct{ open, end, kind string }{
	{"{{<", ">}}", "a Hugo shortcode"},
	{"{{%", "%}}", "a Hugo shortcode"},
	{"{{", "}}", "a template expression (Liquid, Zola, Nunjucks)"},
	{"{%", "%}", "a template tag (Liquid, Zola, Nunjucks)"},
}

// A shortcode is a template call as it stands in the source.
type shortcode struct {
	ast.BaseInline
	kind     int // index in shortcodes
	segments []text.Segment
}

var kindShortcode = ast.NewNodeKind("Shortcode")

// Kind and Dump make shortcode a node.
func (n *shortcode) Kind() ast.NodeKind { return kindShortcode }

// Dump writes the node for debugging.
func (n *shortcode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// source gives the call as written, on one line.
func (n *shortcode) source(src []byte) []byte {
	var b []byte
	for _, s := range n.segments {
		b = append(b, bytes.TrimRight(s.Value(src), "\n")...)
		b = append(b, ' ')
	}
	return bytes.TrimSpace(b)
}

// A shortcodeParser takes template calls out of the text before Markdown finds
// emphasis, quotes or tags in them.
type shortcodeParser struct{}

func (shortcodeParser) Trigger() []byte { return []byte{'{'} }

func (shortcodeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	kind := -1
	for i, s := range shortcodes {
		if bytes.HasPrefix(line, []byte(s.open)) {
			kind = i
			break
		}
	}
	st := stateOf(pc)
	if kind < 0 || st.codes[kind] == parent {
		return nil
	}
	n := &shortcode{kind: kind}
	n.SetPos(at.Start)
	skip := len(shortcodes[kind].open)
	for line != nil {
		if i := bytes.Index(line[min(skip, len(line)):], []byte(shortcodes[kind].end)); i >= 0 {
			stop := skip + i + len(shortcodes[kind].end)
			n.segments = append(n.segments, at.WithStop(at.Start+stop-at.Padding))
			block.Advance(stop)
			return n
		}
		n.segments = append(n.segments, at)
		skip = 0
		block.AdvanceLine()
		line, at = block.PeekLine()
	}
	st.codes[kind] = parent
	return nil
}
