package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strings"

	"mihbara/generator/page"
)

// A memoKey names a part of a page that depends on nothing but the frame: the
// same key gives the same bytes.
type memoKey struct {
	template string
	frame    *page.Frame
	book     *page.Phrasebook
	menu     string
}

// memoLimit bounds the memory of a set; beyond it everything is forgotten,
// which costs time and changes nothing.
const memoLimit = 1 << 10

// part runs a template on dot. If dot is the page's frame, it gives what it
// gave before; all else is drawn faster than it could be found again.
func (s *set) part(name string, dot any) (template.HTML, error) {
	// Relative links depend on the page.
	if dot != any(s.base.Frame) || s.base.Frame.RelativeURLs {
		return s.run(name, dot)
	}
	key := memoKey{name, s.base.Frame, s.book, s.menu}
	if html, ok := s.memo[key]; ok {
		return html, nil
	}
	html, err := s.run(name, dot)
	if err != nil {
		return "", err
	}
	if len(s.memo) >= memoLimit {
		clear(s.memo)
	}
	s.memo[key] = html
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
