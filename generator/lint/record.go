package lint

import (
	"encoding/json"
	"slices"
	"strings"

	"mihbara/generator/lang"
)

// records calls f for each value of the page's structured data (JSON-LD) that
// could be read, with the element that holds it.
func (p *page) records(f func(n *node, value any)) {
	p.elements("script", func(n *node) {
		if !strings.EqualFold(n.get("type"), "application/ld+json") {
			return
		}
		var value any
		if json.Unmarshal([]byte(n.content()), &value) == nil {
			f(n, value)
		}
	})
}

// walk calls f for each object in value, the outer before the inner, and text for
// each string with the key that it stands under; keys come in the order of the
// alphabet.
func walk(value any, key string, object func(o map[string]any), text func(key, s string)) {
	switch v := value.(type) {
	case map[string]any:
		object(v)
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			walk(v[k], k, object, text)
		}
	case []any:
		for _, e := range v {
			walk(e, key, object, text)
		}
	case string:
		text(key, v)
	}
}

// articles are the types of schema.org whose text is in one language.
const articles = "Article NewsArticle BlogPosting Report ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ScholarlyArticle TechArticle LiveBlogPosting"

func recordsSayTheirLanguage(p *page, say say) {
	p.records(func(n *node, value any) {
		walk(value, "", func(o map[string]any) {
			kind, _ := o["@type"].(string)
			if kind == "" || !holds(articles, kind) {
				return
			}
			if o["headline"] == nil && o["articleBody"] == nil && o["name"] == nil {
				return // a reference to one
			}
			switch v := o["inLanguage"].(type) {
			case nil:
				say(n.offset, `add "inLanguage": "ar", say`, "the structured data of a %s does not say its language", kind)
			case string:
				if what, hint := tagFault(v); what != "" {
					say(n.offset, hint, "inLanguage %q %s", v, what)
					return
				}
				headline, _ := o["headline"].(string)
				t, err := lang.ParseTag(v)
				if found, sure := lang.Detect(headline); err == nil && sure && !strings.HasPrefix(string(found), "und") && lang.ScriptOf(found) != lang.ScriptOf(t) {
					say(n.offset, "write the language of the article, not that of the page or site", "inLanguage is %q, but the headline reads like %s: %s", v, found, cut(headline))
				}
			}
		}, func(string, string) {})
	})
}

// keyAttributes are those that programs sort, search or name files by.
var keyAttributes = []string{"data-sort", "data-sort-key", "data-search", "data-title", "data-name", "data-filter", "data-slug", "data-value", "data-key"}

// dataHoldsNoControls looks where nobody sees a control, but where it keeps two
// equal texts from being equal.
func dataHoldsNoControls(p *page, say say) {
	hidden := func(r rune) bool { return isControl(r) || r == 0x200B || r == 0xFEFF || r == 0x2060 }
	p.records(func(n *node, value any) {
		walk(value, "", func(map[string]any) {}, func(key, s string) {
			if i := firstWhere(s, hidden); i >= 0 {
				say(n.offset, "leave controls to the page; data holds the text alone", "the structured data holds %U in %s: %s", runeAt(s, i), key, cut(s))
			}
		})
	})
	p.elements("", func(n *node) {
		if name := strings.ToLower(n.get("name") + n.get("property")); n.name == "meta" && holds("keywords author news_keywords article:tag article:section article:author", name) {
			if i := firstWhere(n.get("content"), hidden); i >= 0 {
				say(n.offset, "leave it out", "the property %s holds %U", name, runeAt(n.get("content"), i))
			}
		}
		for _, key := range keyAttributes {
			if i := firstWhere(n.get(key), hidden); i >= 0 {
				say(n.offset, "leave it out", "%s holds %U, with which it equals no text that is typed", key, runeAt(n.get(key), i))
			}
		}
	})
}
