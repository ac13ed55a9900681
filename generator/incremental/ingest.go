package incremental

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tableBytes is about how large a table is that is ingested.
const tableBytes = 32 << 20

// ingest writes pairs, in the order of their keys and each key once, as whole
// tables that the database takes over. Written as batches, the same bytes would go into the log,
// into memory and into a table, and be sorted on the way, which took a tenth of
// a clean build.
//
// No table spans two of the letters that keys begin with: a table around the
// header's key would make the database empty its memory first.
func (s *store) ingest(pairs iter.Seq[pair]) (err error) {
	var paths []string
	var t *table
	defer func() {
		if t != nil {
			err = errors.Join(err, t.w.Close())
		}
		for _, p := range paths { // the database has its own links to them
			if e := os.Remove(p); e != nil && !errors.Is(e, os.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	for p := range pairs {
		if t != nil && (t.size > tableBytes || t.letter != p.key[0]) {
			w := t.w
			t = nil
			if err := w.Close(); err != nil {
				return err
			}
		}
		if t == nil {
			path := filepath.Join(s.dir, fmt.Sprintf("ingest-%d", len(paths)))
			paths = append(paths, path)
			if t, err = s.newTable(path, p.key[0]); err != nil {
				return err
			}
		}
		if err := t.add(p); err != nil {
			return err
		}
	}
	if t == nil {
		return nil
	}
	w := t.w
	t = nil
	if err := w.Close(); err != nil {
		return err
	}
	return s.db.Ingest(context.Background(), paths)
}

// A table is being written.
type table struct {
	w      *sstable.Writer
	letter byte
	size   int
}

func (s *store) newTable(path string, letter byte) (*table, error) {
	f, err := vfs.Default.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, err
	}
	return &table{sstable.NewWriter(objstorageprovider.NewFileWritable(f), s.options.MakeWriterOptions(0, s.db.TableFormat())), letter, 0}, nil
}

func (t *table) add(p pair) error {
	t.size += len(p.key) + len(p.value)
	if p.set {
		return t.w.Set(p.key, p.value)
	}
	return t.w.Delete(p.key)
}
