package generator

import (
	"slices"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/recogniser"
)

// Suggest reads the articles of a site's folder and gives the names that its
// knowledge base does not know and at least so many articles have.
func Suggest(source string, least int) ([]recogniser.Candidate, error) {
	k, _, err := readKnowledge(source)
	if err != nil {
		return nil, err
	}
	var g recogniser.Gathering
	err = k.eachArticle(source, func(a *article.Article, path string, mentions []entity.Mention) {
		if r := recogniser.For(a.Language); r != nil {
			g.Add(path, a.Body.Text, a.Language, r.Suggestions(a.Body.Text, nil, mentions))
		}
	})
	if err != nil {
		return nil, err
	}
	return g.Candidates(least, slices.Concat(k.own, k.builtin)), nil
}
