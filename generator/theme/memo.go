package theme

import (
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

func (s *set) remember(key memoKey, html string) {
	if len(s.memo) >= memoLimit {
		clear(s.memo)
	}
	s.memo[key] = html
}

// part runs a template on dot. Programs do not come here: they remember what
// depends on the frame alone.
func (s *set) part(name string, dot any) (template.HTML, error) { return s.run(name, dot) }

// each runs a template on every item of a list, as part does.
func (s *set) each(name string, list any) (template.HTML, error) {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice {
		return "", fmt.Errorf("each: %T is no list", list)
	}
	var b strings.Builder
	for i := range v.Len() {
		html, err := s.run(name, v.Index(i).Interface())
		if err != nil {
			return "", err
		}
		b.WriteString(string(html))
	}
	return template.HTML(b.String()), nil
}

func (s *set) run(name string, dot any) (template.HTML, error) {
	var b strings.Builder
	err := s.t.ExecuteTemplate(&b, name, dot)
	return template.HTML(b.String()), err
}
