package entity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"mihbara/generator/lang"
)

// A Filter says which items of Wikidata are wanted.
type Filter struct {
	Types     []Type     // none: all
	Languages []lang.Tag // of names; an item without a label in any of them is left out
	Sitelinks int        // pages in Wikimedia projects that an item has at least
}

// classes are the classes of items that are taken, by the type that they make.
// Subclasses are not followed: the dump does not have them at hand.
var classes = map[string]Type{
	"Q5": Person,
	// cities, regions, waters
	"Q515": Place, "Q1549591": Place, "Q5119": Place, "Q3957": Place, "Q532": Place, "Q486972": Place, "Q1093829": Place, "Q6256": Place,
	"Q3624078": Place, "Q4022": Place, "Q23397": Place, "Q165": Place, "Q8502": Place, "Q23442": Place, "Q35657": Place,
	// bodies, companies, media, clubs
	"Q43229": Organisation, "Q7278": Organisation, "Q783794": Organisation, "Q4830453": Organisation, "Q891723": Organisation,
	"Q11032": Organisation, "Q192283": Organisation, "Q3918": Organisation, "Q476028": Organisation, "Q484652": Organisation,
	"Q163740": Organisation, "Q6881511": Organisation,
	// wars, earthquakes, elections
	"Q198": Event, "Q178561": Event, "Q7944": Event, "Q40231": Event,
}

// An item is what is read of a line of the dump.
type item struct {
	ID           string                `json:"id"`
	Labels       map[string]monoText   `json:"labels"`
	Descriptions map[string]monoText   `json:"descriptions"`
	Aliases      map[string][]monoText `json:"aliases"`
	Claims       struct {
		Instance []claim `json:"P31"`
	} `json:"claims"`
	Sitelinks map[string]json.RawMessage `json:"sitelinks"`
}

type monoText struct {
	Value string `json:"value"`
}

type claim struct {
	Mainsnak struct {
		Datavalue struct {
			Value json.RawMessage `json:"value"`
		} `json:"datavalue"`
	} `json:"mainsnak"`
}

// ReadItem reads one line of the JSON dump of Wikidata, "{…}," or a bracket; the
// entity is nil if the filter leaves it out.
func ReadItem(line []byte, f Filter) (*Entity, error) {
	line = bytes.TrimRight(bytes.TrimSpace(line), ",")
	if len(line) < 2 || !bytes.Contains(line, []byte(`"P31"`)) {
		return nil, nil
	}
	var x item
	if err := json.Unmarshal(line, &x); err != nil {
		return nil, fmt.Errorf("no item of Wikidata: %w", err)
	}
	kind := x.kind()
	if kind == "" || len(x.Sitelinks) < f.Sitelinks || len(f.Types) > 0 && !slices.Contains(f.Types, kind) {
		return nil, nil
	}
	e := &Entity{Type: kind, Wikidata: x.ID, Link: true, Labels: map[lang.Tag]string{}, Aliases: map[lang.Tag][]string{}, Notes: map[lang.Tag]string{}}
	for _, t := range f.Languages {
		label := x.Labels[wikiLanguage(t)].Value
		if label == "" {
			continue
		}
		e.Labels[t] = label
		for _, a := range x.Aliases[wikiLanguage(t)] {
			if a.Value != label && !slices.Contains(e.Aliases[t], a.Value) {
				e.Aliases[t] = append(e.Aliases[t], a.Value)
			}
		}
		if d := x.Descriptions[wikiLanguage(t)].Value; d != "" {
			e.Notes[t] = d
		}
	}
	if len(e.Labels) == 0 {
		return nil, nil
	}
	return e, nil
}

// kind gives the type of the first class that is taken.
func (x *item) kind() Type {
	for _, c := range x.Claims.Instance {
		var class struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(c.Mainsnak.Datavalue.Value, &class) == nil && classes[class.ID] != "" {
			return classes[class.ID]
		}
	}
	return ""
}

// wikiLanguage gives Wikidata's code of a language.
func wikiLanguage(t lang.Tag) string {
	switch t {
	case "zh-Hans":
		return "zh-hans"
	case "zh-Hant":
		return "zh-hant"
	}
	return string(t)
}
