package frontmatter

import (
	"encoding/json"
	"strings"
)

// Quote writes s as a value of YAML on one line. A JSON string is one.
func Quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic("a string that is not JSON: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}
