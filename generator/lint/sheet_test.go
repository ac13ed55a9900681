package lint

import (
	"fmt"
	"strings"
	"testing"
)

func TestRulesOfASheet(t *testing.T) {
	css := `@charset "utf-8"; a, b { color: red; background: url("x;}y") }
@media (min-width: 10em) { .c { margin : 0 ; & .d { float:left } padding:1px } } e{} f{x:y`
	var got []string
	for _, r := range cssRules(css) {
		var d []string
		r.declared(func(property, value string, at int) {
			if !strings.HasPrefix(css[at:], property) {
				t.Errorf("%s is not at %d", property, at)
			}
			d = append(d, property+"="+value)
		})
		got = append(got, fmt.Sprint(r.selector, " ", d))
	}
	want := `a, b [color=red background=url("x;}y")] & .d [float=left] .c [margin=0 padding=1px] e []`
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}
