package main

import (
	"bufio"
	"cmp"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mihbara/generator"
	"mihbara/generator/entity"
)

// importEntities reads the files one after the other.
func (c *call) importEntities(ctx context.Context, files []string, f *importFlags) error {
	filter, err := f.filter(c)
	if err != nil {
		return err
	}
	into, err := generator.NewImport(c.source, f.dry)
	if err != nil {
		return c.siteError(err)
	}
	defer into.Close()
	r := importer{call: c, into: into, filter: filter, dry: f.dry, progress: c.progress()}
	for _, name := range files {
		if err := r.file(ctx, name); err != nil {
			r.progress.end()
			return err
		}
	}
	r.progress.end()
	if c.json {
		return c.printJSON(map[string]int{"made": into.Made, "merged": into.Merged, "same": into.Same, "left": r.left})
	}
	c.printf("%s written, %d added to, %d with nothing to add\n", plural(into.Made, "file", "files"), into.Merged, into.Same)
	if r.left > 0 {
		c.printf("%s left out: of a type that is not wanted, with too few pages in Wikipedia and its sisters (--sitelinks %d), or without a name in a language of the site\n",
			plural(r.left, "item", "items"), filter.Sitelinks)
	}
	return nil
}

// An importer reads files of entities.
type importer struct {
	*call
	into     *generator.Import
	filter   entity.Filter
	dry      bool
	left     int // items that the filter left out
	progress *progress
}

func (r *importer) file(ctx context.Context, name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	base := strings.ToLower(name)
	var from io.Reader = in
	switch filepath.Ext(base) {
	case ".gz":
		if from, err = gzip.NewReader(bufio.NewReaderSize(in, 1<<20)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	case ".bz2":
		from = bzip2.NewReader(bufio.NewReaderSize(in, 1<<20))
	}
	base = strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), ".bz2")
	switch filepath.Ext(base) {
	case ".csv":
		return r.sheet(name, from, ',')
	case ".tsv":
		return r.sheet(name, from, '\t')
	case ".json":
		info, err := in.Stat()
		if err != nil {
			return err
		}
		return r.dump(ctx, name, from, info.Size())
	}
	return usagef("%s: it must be .csv, .tsv or the .json of a dump, which may be packed as .gz or .bz2", name)
}

func (r *importer) sheet(name string, from io.Reader, comma rune) error {
	problems, err := entity.ReadSheet(name, from, comma, r.into.Add)
	r.report(problems, true)
	return err
}

// A mark says how far a dump was read: so many lines of a file of this name and
// size, with this filter. It stands below .mihbara/, and is taken away at the end.
type mark struct {
	File   string `json:"file"`
	Size   int64  `json:"size"`
	Filter string `json:"filter"`
	Lines  int    `json:"lines"`
}

// markEach is after how many lines a mark is written: some seconds.
const markEach = 20_000

// longestLine bounds the memory that a line may take; items of the dump have some
// megabytes at most.
const longestLine = 64 << 20

// dump reads a dump of Wikidata line by line.
func (r *importer) dump(ctx context.Context, name string, from io.Reader, size int64) error {
	place := filepath.Join(r.source, ".mihbara", "import.json")
	now := mark{File: filepath.Base(name), Size: size, Filter: fmt.Sprint(r.filter)}
	skip := linesRead(place, now)
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 1<<20), longestLine)
	for lines.Scan() {
		if now.Lines++; now.Lines <= skip {
			r.progress.show("passing what was read before", now.Lines, skip)
			continue
		}
		e, err := entity.ReadItem(lines.Bytes(), r.filter)
		if err != nil {
			return usagef("%s:%d: %v", name, now.Lines, err)
		}
		switch {
		case e != nil:
			if err := r.into.Add(e); err != nil {
				return err
			}
		case len(lines.Bytes()) > len("[]"): // the dump's own brackets are lines too
			r.left++
		}
		if now.Lines%markEach == 0 {
			if err := cmp.Or(ctx.Err(), r.mark(place, now)); err != nil {
				return err
			}
		}
		r.progress.show("reading items", now.Lines, 0)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, now.Lines+1, err)
	}
	if r.dry {
		return nil
	}
	if err := os.Remove(place); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// linesRead gives how many lines an import that was cut off had read.
func linesRead(place string, now mark) int {
	var was mark
	data, err := os.ReadFile(place)
	if err != nil || json.Unmarshal(data, &was) != nil {
		return 0
	}
	lines := was.Lines
	if was.Lines = 0; was != now {
		return 0
	}
	return lines
}

// mark notes how far the dump was read; what came before is on the disk.
func (r *importer) mark(place string, now mark) error {
	if r.dry {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o777); err != nil {
		return err
	}
	data, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return os.WriteFile(place, data, 0o666)
}
