package markdown

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"mihbara/generator/diag"
)

// The bounds. goldmark is linear on ordinary text but not on hostile text, and
// its tree is as deep as the source says.
const (
	// maxDepth is how many blocks may be open inside one another.
	maxDepth = 200
	// maxWork bounds the steps spent on matching delimiters and brackets in
	// one document, which grow with the square of their number in a paragraph.
	maxWork = 50_000_000
	// maxCells bounds the empty cells that short rows of a wide table make.
	maxCells = 500_000
	// maxPipes bounds escaped pipes, each of which goldmark compares with all.
	maxPipes = 2_000
)

// grammar gives the parser: CommonMark, tables, strikethrough, task lists,
// footnotes, definition lists, and our own rules. It holds no state of a
// document and is shared. addressGrammar also links bare addresses, for which
// it has to stop at every space; most articles have none.
var (
	grammar        = sync.OnceValue(func() parser.Parser { return newGrammar() })
	addressGrammar = sync.OnceValue(func() parser.Parser {
		return newGrammar(util.Prioritized(autolinkParser{}, 999))
	})
)

func newGrammar(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(headingParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(boundedParser{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(boundedParser{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(boundedParser{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(noteParser{extension.NewFootnoteBlockParser()}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(append(more,
			util.Prioritized(plainParser{}, 0),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(shortcodeParser{}, 50),
			util.Prioritized(codeParser{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(noteLinkParser{extension.NewFootnoteParser()}, 101),
			util.Prioritized(newLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasisParser{}, 500),
		)...),
		parser.WithParagraphTransformers(
			util.Prioritized(referenceTransformer{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// A state is what our rules remember while one document is parsed.
type state struct {
	src   *source
	work  int              // steps spent, see maxWork
	block ast.Node         // the block whose inline text is being parsed
	marks int              // delimiters and brackets in it so far
	ticks *[80]ast.Node    // block in which no closing run of that many backticks was found
	codes [4]ast.Node      // block in which no end of that kind of shortcode was found
	notes []*east.Footnote // all footnotes defined
	pipes int              // escaped pipes seen in tables

	plained bool // paragraphs without markup were taken, see plainParser
}

var stateKey = parser.NewContextKey()

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

// parse gives goldmark's tree of s.
func parse(s *source) ast.Node {
	pc := parser.NewContext()
	st := &state{src: s}
	pc.Set(stateKey, st)
	g := grammar
	if s.addresses {
		g = addressGrammar
	}
	root := g().Parse(text.NewReader(s.text), parser.WithContext(pc))
	for _, n := range st.notes {
		if n.Parent() == nil {
			s.tell(diag.Warnf(s.pos(n.Pos()), "footnote [^%s] is not referred to and not shown", n.Ref).
				WithHint("refer to it with [^%s] or remove it", n.Ref))
		}
	}
	return root
}

const tooComplex = "too many emphasis marks or brackets; the rest is shown as they stand"

// spend takes n steps from the document's work, and tells whether there were
// enough left.
func (s *state) spend(n int, at int) bool {
	if s.work += n; s.work <= maxWork {
		return true
	}
	if !s.src.again(tooComplex) {
		s.src.once(diag.Warnf(s.src.pos(at), tooComplex).WithHint("split the text into more files"))
	}
	return false
}

// delimiter counts one more delimiter or bracket in the block parent.
func (s *state) delimiter(parent ast.Node, at int) bool {
	if s.block != parent {
		s.block, s.marks = parent, 0
	}
	s.marks++
	return s.spend(s.marks, at)
}

// A boundedParser refuses to nest blocks deeper than maxDepth; what is refused
// becomes text of the innermost block.
type boundedParser struct{ parser.BlockParser }

const tooDeep = "blocks nested deeper than 200 are shown as text"

func (b boundedParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) < maxDepth {
		return b.BlockParser.Open(parent, reader, pc)
	}
	if s := stateOf(pc); !s.src.again(tooDeep) {
		_, at := reader.Position()
		s.src.once(diag.Warnf(s.src.pos(at.Start), tooDeep))
	}
	return nil, parser.NoChildren
}

// A noteParser remembers footnotes, so that one that nothing refers to can be told.
type noteParser struct{ parser.BlockParser }

func (b noteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	n, state := b.BlockParser.Open(parent, reader, pc)
	if note, ok := n.(*east.Footnote); ok {
		s := stateOf(pc)
		s.notes = append(s.notes, note)
	}
	return n, state
}

// A noteLinkParser pays for goldmark's search through all footnotes.
type noteLinkParser struct{ parser.InlineParser }

func (p noteLinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	rest := bytes.TrimPrefix(line, []byte{'!'})
	if len(rest) < 2 || rest[0] != '[' || rest[1] != '^' {
		return nil
	}
	if s := stateOf(pc); !s.spend(len(s.notes), at.Start) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// A linkParser is goldmark's, bounded: each closing bracket may look through
// everything since its opening one.
type linkParser struct {
	parser.InlineParser
	parser.CloseBlocker
}

func newLinkParser() linkParser {
	p := parser.NewLinkParser()
	return linkParser{p, p.(parser.CloseBlocker)}
}

func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	s := stateOf(pc)
	if !s.delimiter(parent, at.Start) {
		return nil
	}
	if line[0] == ']' && len(line) > 1 && (line[1] == '(' || line[1] == '[') && !s.spend(len(line)/2, at.Start) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// A codeParser is goldmark's with a memory: a run of backticks that found no
// partner in a block need not be looked for there again.
type codeParser struct{ parser.InlineParser }

func (p codeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '`' {
		n++
	}
	s := stateOf(pc)
	if s.ticks == nil {
		s.ticks = new([80]ast.Node)
	}
	if n >= len(s.ticks) || s.ticks[n] == parent {
		block.Advance(n)
		return ast.NewTextSegment(at.WithStop(at.Start + n))
	}
	node := p.InlineParser.Parse(parent, block, pc)
	if _, found := node.(*ast.CodeSpan); !found {
		s.ticks[n] = parent
	}
	return node
}

// A headingParser reads {#id} at the end of a heading. goldmark can do so too,
// but looks at any attributes and takes quadratic time on many braces.
type headingParser struct{ parser.BlockParser }

func (b headingParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	b.BlockParser.Close(node, reader, pc)
	lines := node.Lines()
	if node.Parent() == nil || lines.Len() == 0 {
		return
	}
	last := lines.At(lines.Len() - 1)
	line := bytes.TrimRight(last.Value(reader.Source()), " \t\n")
	open := bytes.LastIndex(line, []byte("{#"))
	if open < 0 || !bytes.HasSuffix(line, []byte("}")) || open > 0 && line[open-1] == '\\' {
		return
	}
	id := line[open+2 : len(line)-1]
	if len(id) == 0 || bytes.ContainsAny(id, " \t{}\"'<>=&") {
		return
	}
	node.SetAttributeString("id", bytes.Clone(id))
	rest := bytes.TrimRight(line[:open], " \t")
	if hashes := bytes.TrimRight(rest, "#"); len(hashes) == 0 || hashes[len(hashes)-1] == ' ' {
		rest = bytes.TrimRight(hashes, " \t")
	}
	last.Stop = last.Start + max(0, len(rest)-last.Padding)
	last.ForceNewline = false
	lines.Set(lines.Len()-1, last)
}

// A referenceTransformer looks for link references only in a paragraph that
// begins as one must. Translators' headers (`[#]: subject: (A (nested) title)`)
// are meant to be such references, which nobody sees; those that are none by
// the letter are not shown either.
type referenceTransformer struct{ parser.ParagraphTransformer }

const headerNote = "lines that begin with [#]: are taken for a header and not shown"

func (t referenceTransformer) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if lines := node.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		rest := bytes.TrimLeft(first.Value(reader.Source()), " \t\n\v\f\r")
		if len(rest) > 0 && rest[0] != '[' {
			return
		}
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
	if node.Parent() == nil {
		return
	}
	lines, headers := node.Lines(), 0
	for headers < lines.Len() {
		line := lines.At(headers)
		if !isHeaderLine(line.Value(reader.Source())) {
			break
		}
		headers++
	}
	if headers == 0 {
		return
	}
	if s := stateOf(pc); !s.src.again(headerNote) {
		s.src.once(diag.Notef(s.src.pos(lines.At(0).Start), headerNote).WithHint("write front matter"))
	}
	if lines.SetSliced(headers, lines.Len()); lines.Len() == 0 {
		node.Parent().RemoveChild(node.Parent(), node)
		return
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// isHeaderLine tells `[#]: key: value`.
func isHeaderLine(line []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(line, " "), []byte("[#]: "))
	if !ok {
		return false
	}
	n := 0
	for n < len(rest) && isLetter(rest[n]) {
		n++
	}
	return n > 0 && n < len(rest) && rest[n] == ':'
}

// A tableTransformer refuses tables that would grow far beyond their source.
type tableTransformer struct{ parser.ParagraphTransformer }

func (t tableTransformer) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	if lines.Len() < 2 {
		return
	}
	widest, total, escaped := 0, 0, 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := reader.Source()[seg.Start:seg.Stop]
		n := bytes.Count(line, []byte{'|'})
		widest, total = max(widest, n), total+n
		if n > 0 {
			escaped += bytes.Count(line, []byte(`\|`))
		}
	}
	s := stateOf(pc)
	s.pipes += escaped
	if cells := widest * lines.Len(); s.pipes > maxPipes || cells > maxCells && cells > 4*total {
		s.src.once(diag.Warnf(s.src.pos(node.Pos()), "a table too large for its text is shown as text").
			WithHint("give each row as many cells as its header"))
		return
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}
