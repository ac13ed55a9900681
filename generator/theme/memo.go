package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strings"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// A memoKey names a part of a page: its template, what it was given, and what
// its functions know. The same key gives the same bytes as long as the messages
// that it showed are the same.
type memoKey struct {
	template string
	dot      any
	frame    *page.Frame
	menu     string
}

type memoPart struct {
	html  template.HTML
	asked []answer
}

// An answer is a message that a part asked for.
type answer struct {
	key    string
	phrase page.Phrase
	ok     bool
}

// memoLimit bounds the memory of a set; beyond it everything is forgotten,
// which costs time and changes nothing.
const memoLimit = 1 << 14

// part runs a template on dot, or gives what it gave before. The messages it
// asked for are asked again either way, so that whoever notes questions sees
// them. What is given must not depend on the page except through dot.
func (s *set) part(name string, dot any) (template.HTML, error) {
	// Relative links depend on the page; what cannot be compared cannot be found again.
	if s.base.Frame.RelativeURLs || !keyed(dot) {
		return s.run(name, dot)
	}
	key := memoKey{name, dot, s.base.Frame, s.menu}
	if p, ok := s.memo[key]; ok && s.same(p.asked) {
		if s.asked != nil {
			*s.asked = append(*s.asked, p.asked...)
		}
		return p.html, nil
	}
	var asked []answer
	outer := s.asked
	s.asked = &asked
	html, err := s.run(name, dot)
	if s.asked = outer; outer != nil {
		*outer = append(*outer, asked...)
	}
	if err != nil {
		return "", err
	}
	if len(s.memo) >= memoLimit {
		clear(s.memo)
	}
	s.memo[key] = memoPart{html, asked}
	return html, nil
}

// each runs a template on every item of a list, as part does.
func (s *set) each(name string, list any) (template.HTML, error) {
	switch list := list.(type) {
	case []page.CardView:
		return eachOf(s, name, list)
	case []page.EntityItem:
		return eachOf(s, name, list)
	case []page.LanguageLink:
		return eachOf(s, name, list)
	case []page.MonthLink:
		return eachOf(s, name, list)
	case []page.NameLink:
		return eachOf(s, name, list)
	case []page.Crumb:
		return eachOf(s, name, list)
	}
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice {
		return "", fmt.Errorf("each: %T is no list", list)
	}
	all := make([]any, v.Len())
	for i := range all {
		all[i] = v.Index(i).Interface()
	}
	return eachOf(s, name, all)
}

func eachOf[T any](s *set, name string, list []T) (template.HTML, error) {
	var b strings.Builder
	for i := range list {
		html, err := s.part(name, list[i])
		if err != nil {
			return "", err
		}
		if b.Len() == 0 {
			b.Grow(len(html) * (len(list) + 1))
		}
		b.WriteString(string(html))
	}
	return template.HTML(b.String()), nil
}

func (s *set) same(asked []answer) bool {
	for _, a := range asked {
		if p, ok := s.q.Message(s.base.Language, a.key); p != a.phrase || ok != a.ok {
			return false
		}
	}
	return true
}

func (s *set) run(name string, dot any) (template.HTML, error) {
	var b *bytes.Buffer
	if n := len(s.buffers); n > 0 {
		b, s.buffers = s.buffers[n-1], s.buffers[:n-1]
		b.Reset()
	} else {
		b = &bytes.Buffer{}
	}
	var err error
	if !s.fast(b, name, dot) {
		b.Reset()
		err = s.t.ExecuteTemplate(b, name, dot)
	}
	html := template.HTML(b.String())
	s.buffers = append(s.buffers, b)
	return html, err
}

// keyed says whether dot can be a key: plain values without an interface
// inside, or a pointer to the frame, which never changes.
func keyed(dot any) bool {
	switch dot.(type) {
	case page.CardView, page.LanguageLink, page.EntityItem, page.Crumb, page.MonthLink, page.NameLink, *page.Frame, string, lang.Tag:
		return true
	case nil:
		return false
	}
	t := reflect.TypeOf(dot)
	return t.Kind() == reflect.Struct && t.Comparable()
}

// message asks for a message of the page's language and notes it for the part
// that is being drawn.
func (s *set) message(key string) (page.Phrase, bool) {
	p, ok := s.q.Message(s.base.Language, key)
	if s.asked != nil {
		*s.asked = append(*s.asked, answer{key, p, ok})
	}
	return p, ok
}
