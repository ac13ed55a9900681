package generator

import (
	"fmt"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
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
	path, _ := incremental.Get(a, aspPath, id)
	sketch, _ := incremental.Get(a, aspSketch, path)
	links := archive.Relate(&neighbourhood{a}, p.Place, archive.ParseSketch(sketch))
	r := incremental.Result{Aspects: []incremental.Part{aspLinks.Of(links)}}
	if links.Parent != "" {
		r.Aspects = append(r.Aspects, aspParent.Of(string(links.Parent)))
		r.Rows = []incremental.Row{{Index: ixChild, Group: string(links.Parent), Sort: archive.Sort(p.Card), Key: id}}
	}
	return r, nil
}

// neighbourhood answers package archive over the engine.
type neighbourhood struct{ asker *incremental.Asker }

func (n *neighbourhood) group(topic archive.Topic, t lang.Tag) (incremental.Index, string) {
	if t == "" {
		return ixTopic, string(topic)
	}
	return ixList, string(t) + "/" + string(topic)
}

func (n *neighbourhood) Before(topic archive.Topic, t lang.Tag, sort string, limit int) []archive.Neighbour {
	index, group := n.group(topic, t)
	dated, _ := archive.Bounds()
	r := incremental.Range{From: dated, To: sort, Limit: limit, Reverse: true}
	if sort < dated {
		r = incremental.Range{From: dated, Limit: limit}
	}
	var out []archive.Neighbour
	for _, row := range n.asker.Rows(index, group, r) {
		language := t
		if t == "" {
			language = lang.Tag(row.Payload)
		}
		out = append(out, archive.Neighbour{ID: article.ID(row.Key), Sort: row.Sort, Language: language})
	}
	return out
}

func (n *neighbourhood) Magnitude(topic archive.Topic, t lang.Tag, sort string) int {
	index, group := n.group(topic, t)
	return n.asker.Magnitude(index, group, sort)
}

func (n *neighbourhood) Earliest(b archive.Band, sort string) (archive.Neighbour, archive.Sketch, bool) {
	rows := n.asker.Rows(ixBand, fmt.Sprintf("%x", b), incremental.Range{To: sort, Limit: 1})
	if len(rows) == 0 {
		return archive.Neighbour{}, nil, false
	}
	t, sketch := bandSketch(rows[0].Payload)
	return archive.Neighbour{ID: article.ID(rows[0].Key), Sort: rows[0].Sort, Language: t}, sketch, true
}
