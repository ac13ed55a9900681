package generator

import (
	"math/bits"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// Aspects of what an article has to do with earlier ones. The parent is an
// aspect of its own, because the story so far asks for nothing else.
var (
	aspLinks  = incremental.Aspect[archive.Links]{Stratum: "relate", Name: "links"}
	aspParent = incremental.Aspect[string]{Stratum: "relate", Name: "parent"}
)

func (s *Site) relate(a *incremental.Asker, id string) (incremental.Result, error) {
	p, ok := incremental.Get(a, aspPlace, id)
	if !ok {
		return incremental.Result{}, nil
	}
	related, _ := incremental.Get(a, aspRelated, configFile)
	n := &neighbourhood{asker: a}
	var sketch []byte
	if related.Duplicates {
		path, _ := incremental.Get(a, aspPath, id)
		sketch, _ = incremental.Get(a, aspSketch, path)
	}
	var terms archive.Terms
	if related.Stories && p.Card.Published.Set {
		terms = n.Terms(p.Card.ID)
	}
	links := archive.Relate(n, p.Place, archive.ParseSketch(sketch), terms, optionsOf(related))
	r := incremental.Result{Aspects: []incremental.Part{aspLinks.Of(links)}}
	if links.Parent != "" {
		r.Aspects = append(r.Aspects, aspParent.Of(string(links.Parent)))
		r.Rows = []incremental.Row{{Index: ixChild, Group: string(links.Parent), Sort: archive.Sort(p.Card), Key: id}}
	}
	return r, nil
}

func optionsOf(r site.Related) archive.Options {
	return archive.Options{NoStories: !r.Stories, NoDuplicates: !r.Duplicates, NoAbroad: !r.Abroad}
}

// neighbourhood answers package archive over the engine.
type neighbourhood struct {
	asker *incremental.Asker
	tags  []lang.Tag // of the rows so far
}

// tag gives the language that a payload names, without making it a string again.
func (n *neighbourhood) tag(payload []byte) lang.Tag {
	for _, t := range n.tags {
		if string(payload) == string(t) {
			return t
		}
	}
	t := lang.Tag(payload)
	n.tags = append(n.tags, t)
	return t
}

func (n *neighbourhood) group(topic archive.Topic, t lang.Tag) (incremental.Index, string) {
	if t == "" {
		return ixTopic, string(topic)
	}
	return ixList, string(t) + "/" + string(topic)
}

func (n *neighbourhood) Before(list []archive.Neighbour, topic archive.Topic, t lang.Tag, sort string, limit int) ([]archive.Neighbour, int) {
	index, group := n.group(topic, t)
	dated, _ := archive.Bounds()
	add := func(sort, key string, payload []byte, by incremental.Giver) {
		language := t
		if t == "" {
			language = n.tag(payload)
		}
		list = append(list, archive.Neighbour{ID: article.ID(key), Number: by.Number(), Sort: sort, Language: language})
	}
	if sort >= dated {
		magnitude := n.asker.Before(index, group, dated, sort, limit, add)
		return list, magnitude
	}
	before := len(list)
	n.asker.Each(index, group, incremental.Range{From: dated, Limit: limit}, add)
	return list, bits.Len(uint(len(list) - before))
}

// Sharing answers [archive.Neighbourhood].
func (n *neighbourhood) Sharing(list []archive.Neighbour, term archive.Term, from, to string, limit int) ([]archive.Neighbour, int) {
	magnitude := n.asker.Before(ixTerm, term.Group(), from, to, limit, func(sort, key string, payload []byte, by incremental.Giver) {
		list = append(list, archive.Neighbour{ID: article.ID(key), Number: by.Number(), Sort: sort, Language: n.tag(payload)})
	})
	return list, magnitude
}

// Terms answers [archive.Neighbourhood].
func (n *neighbourhood) Terms(id article.ID) archive.Terms {
	path, ok := incremental.Get(n.asker, aspPath, string(id))
	if !ok {
		return nil
	}
	terms, _ := incremental.Get(n.asker, aspTerms, path)
	return terms
}

// Earliest looks the band up: nearly all bands are the article's own, and a
// filter of eight costs less than eight questions.
func (n *neighbourhood) Earliest(b archive.Band, sort string) (archive.Neighbour, archive.Sketch, bool) {
	rows := n.asker.Lookup(ixBand, bandGroup(b))
	if len(rows) == 0 || rows[0].Sort >= sort {
		return archive.Neighbour{}, nil, false
	}
	t, sketch := bandSketch(rows[0].Payload)
	return archive.Neighbour{ID: article.ID(rows[0].Key), Sort: rows[0].Sort, Language: t}, sketch, true
}
