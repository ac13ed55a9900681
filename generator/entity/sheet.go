package entity

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

// ReadSheet reads entities from a spreadsheet as CSV, or TSV with a tab for
// comma. The first row names the columns: type, id, wikidata, weight; label.ar,
// alias.ar (several parted by |) and description.ar for any language; born, died,
// founded, ended, started and date. Each row is given to use; an error of use
// ends the reading. What is wrong with a row is a diagnostic, and the row is left
// out.
func ReadSheet(file string, r io.Reader, comma rune, use func(*Entity) error) ([]diag.Diagnostic, error) {
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord, c.LazyQuotes = comma, -1, true, true
	s := sheet{file: file}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return s.problems, nil
		}
		if err != nil {
			return s.problems, fmt.Errorf("%s: %w", file, err)
		}
		if s.line, _ = c.FieldPos(0); s.columns == nil {
			s.head(row)
			continue
		}
		if e := s.row(row); e != nil {
			if err := use(e); err != nil {
				return s.problems, err
			}
		}
	}
}

type sheet struct {
	file     string
	line     int
	columns  []column
	problems []diag.Diagnostic
}

// A column is what a cell below it says.
type column struct {
	name string
	tag  lang.Tag // of label, alias, description
}

func (s *sheet) warn(format string, args ...any) {
	s.problems = append(s.problems, diag.Warnf(diag.Position{File: s.file, Line: s.line}, format, args...))
}

func (s *sheet) head(row []string) {
	s.columns = make([]column, len(row))
	for i, cell := range row {
		name, suffix, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")), ".")
		col := column{name: strings.ToLower(name)}
		switch col.name {
		case "label", "alias", "description":
			tag, err := lang.ParseTag(suffix)
			if err != nil {
				s.warn("column %q: %v; write a language, such as %s.ar", cell, err, col.name)
				col.name = ""
			}
			col.tag = tag
		default:
			if name != "" && !slices.Contains(plainColumns, col.name) {
				s.warn("column %q is not known, and left out%s", cell, meantColumn(cell))
				col.name = ""
			}
		}
		s.columns[i] = col
	}
}

// plainColumns are the columns of no language.
var plainColumns = []string{"type", "id", "wikidata", "weight", "born", "died", "founded", "ended", "started", "date"}

// meantColumn guesses what a column was to be: the nearest name, or the label in a
// language.
func meantColumn(cell string) string {
	if t, err := lang.ParseTag(strings.TrimSpace(cell)); err == nil && slices.Contains(lang.Known(), t) {
		return diag.DidYouMean("label."+string(t), []string{"label." + string(t)})
	}
	return diag.DidYouMean(cell, plainColumns)
}

// row gives the entity of a row, nil if it has no type or no label.
func (s *sheet) row(row []string) *Entity {
	e := &Entity{Link: true, Labels: map[lang.Tag]string{}, Aliases: map[lang.Tag][]string{}, Notes: map[lang.Tag]string{}}
	for i, cell := range row[:min(len(row), len(s.columns))] {
		if cell = strings.TrimSpace(cell); cell != "" {
			s.cell(e, s.columns[i], strings.Clone(cell))
		}
	}
	if e.Type == "" || len(e.Labels) == 0 {
		s.warn("a row without a type (person, organisation, place or event) or without a label is left out")
		return nil
	}
	return e
}

func (s *sheet) cell(e *Entity, col column, cell string) {
	switch col.name {
	case "type":
		for _, t := range Types() {
			if strings.EqualFold(cell, string(t)) {
				e.Type = t
			}
		}
	case "id":
		e.ID = ID(cell)
	case "wikidata":
		if len(cell) > 1 && cell[0] == 'Q' && strings.Trim(cell[1:], "0123456789") == "" {
			e.Wikidata = cell
		} else {
			s.warn("%q is no Wikidata item such as Q794", cell)
		}
	case "weight":
		if _, err := fmt.Sscanf(cell, "%d", &e.Weight); err != nil || e.Weight < 0 || e.Weight > 10 {
			s.warn("weight must be a whole number from 0 to 10, not %q", cell)
			e.Weight = 0
		}
	case "label":
		e.Labels[col.tag] = cell
	case "alias":
		for name := range strings.SplitSeq(cell, "|") {
			if name = strings.TrimSpace(name); name != "" {
				e.Aliases[col.tag] = append(e.Aliases[col.tag], name)
			}
		}
	case "description":
		e.Notes[col.tag] = cell
	case "":
	default:
		e.Facts = append(e.Facts, Fact{col.name, cell})
	}
}
