package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// An autolinkParser links bare addresses as GFM does, but letters of any script
// may stand in them (/wiki/بيروت is not cut), and punctuation of any script
// ends them (goldmark's own rule knows ASCII only; RTL.md Z17).
type autolinkParser struct{}

func (autolinkParser) Trigger() []byte { return []byte{' ', '*', '_', '~', '('} }

func (autolinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, segment := block.PeekLine()
	lead := 0
	switch line[0] {
	case ' ', '\t', '*', '_', '~', '(':
		lead = 1
	}
	n, kind := address(line[lead:])
	if n == 0 {
		return nil
	}
	if lead > 0 {
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+1))
	}
	start := segment.Start + lead - segment.Padding
	block.Advance(lead + n)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, start+n)))
	link.SetPos(start)
	switch kind {
	case emailAddress:
		link.AutoLinkType = ast.AutoLinkEmail
	case bareAddress:
		link.Protocol = []byte("http")
	}
	return link
}

// mayHoldAddress tells whether [address] may find something anywhere in s.
func mayHoldAddress(s []byte) bool {
	return bytes.IndexByte(s, '@') >= 0 || bytes.Contains(s, []byte("://")) || bytes.Contains(s, []byte("www."))
}

type addressKind uint8

const (
	fullAddress  addressKind = iota // with a scheme
	bareAddress                     // www.
	emailAddress                    // name@host
)

// address gives the length of the web or mail address at the start of s, 0
// where there is none.
func address(s []byte) (int, addressKind) {
	for _, scheme := range [...]string{"https://", "http://", "ftp://", "www."} {
		if !bytes.HasPrefix(s, []byte(scheme)) {
			continue
		}
		n := webAddress(s, len(scheme))
		if scheme != "www." {
			return n, fullAddress
		}
		if n > 0 && bytes.IndexByte(s[4:n], '.') < 0 {
			n = 0
		}
		return n, bareAddress
	}
	return mailAddress(s), emailAddress
}

// webAddress gives the end of an address whose host starts at host.
func webAddress(s []byte, host int) int {
	end := host
	for end < len(s) {
		r, size := utf8.DecodeRune(s[end:])
		if endsAddress(r) {
			break
		}
		end += size
	}
	end = trimAddress(s, host, end)
	name := s[host:end]
	if i := bytes.IndexAny(name, "/?#:"); i >= 0 {
		name = name[:i]
	}
	if len(name) == 0 || !hostRune(name) || bytes.HasPrefix(name, []byte(".")) {
		return 0
	}
	if bytes.IndexByte(name, '.') <= 0 && !bytes.HasPrefix(name, []byte("localhost")) {
		return 0
	}
	return end
}

// hostRune tells whether name holds only what a host name may.
func hostRune(name []byte) bool {
	for _, r := range string(name) {
		if r != '.' && r != '-' && r != '_' && r != '@' && !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return false
		}
	}
	return true
}

// endsAddress tells whether r cannot stand in an address: spaces, controls,
// angle brackets, quotation marks, and the commas, stops and brackets of
// scripts in which an address has no business.
func endsAddress(r rune) bool {
	switch {
	case r <= ' ', r == '<', r == '>', r == '`', r == '|', r == 0x7F, r == utf8.RuneError:
		return true
	case r < 0x80:
		return false
	}
	switch r {
	case '،', '؛', '«', '»', '“', '”', '„', '‘', '’', '‹', '›', '…', '。', '，', '、', '；', '：', '！', '？', '（', '）',
		'「', '」', '『', '』', '《', '》', '【', '】', '·', '։', '׃', '।', '\u00A0', '\u00AD':
		return true
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D'
}

// trimAddress takes punctuation of the sentence off the end of an address. A
// bracket stays if it was opened in the address.
func trimAddress(s []byte, start, end int) int {
	surplus := func(open, close string) int {
		return bytes.Count(s[start:end], []byte(close)) - bytes.Count(s[start:end], []byte(open))
	}
	round, square, curly := surplus("(", ")"), surplus("[", "]"), surplus("{", "}")
	for end > start {
		r, size := utf8.DecodeLastRune(s[start:end])
		switch r {
		case '?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', '؟', '۔', '–', '—', '\u200C', '\u200D':
		case ')':
			if round--; round < 0 {
				return end
			}
		case ']':
			if square--; square < 0 {
				return end
			}
		case '}':
			if curly--; curly < 0 {
				return end
			}
		case ';':
			if i := bytes.LastIndexByte(s[max(start, end-32):end], '&'); i >= 0 && isName(s[max(start, end-32)+i+1:end-1]) {
				size = end - max(start, end-32) - i
			}
		default:
			return end
		}
		end -= size
	}
	return end
}

func isName(s []byte) bool {
	for _, c := range s {
		if !util.IsAlphaNumeric(c) {
			return false
		}
	}
	return len(s) > 0
}

// mailAddress gives the length of the mail address at the start of s.
func mailAddress(s []byte) int {
	at := 0
	for at < len(s) && at < 65 && (util.IsAlphaNumeric(s[at]) || bytes.IndexByte([]byte("._-+"), s[at]) >= 0) {
		at++
	}
	if at == 0 || at >= len(s) || s[at] != '@' || s[0] == '.' {
		return 0
	}
	end := at + 1
	for end < len(s) && end < at+255 && (util.IsAlphaNumeric(s[end]) || s[end] == '.' || s[end] == '-' || s[end] == '_') {
		end++
	}
	if c := s[end-1]; c == '-' || c == '_' {
		return 0
	}
	for s[end-1] == '.' {
		end--
	}
	if dot := bytes.IndexByte(s[at:end], '.'); dot < 2 {
		return 0
	}
	return end
}
