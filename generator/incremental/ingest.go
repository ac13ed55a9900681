package incremental

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tableBytes is about how large a table is that is ingested.
const tableBytes = 32 << 20

// ingest writes pairs, sorted by key and each key once, as whole tables that the
// database takes over. Written as batches, the same bytes would go into the log,
// into memory and into a table, and be sorted on the way, which took a tenth of
// a clean build.
//
// No table spans two of the letters that keys begin with: a table around the
// header's key would make the database empty its memory first.
func (s *store) ingest(pairs []pair) (err error) {
	var paths []string
	defer func() {
		for _, p := range paths { // the database has its own links to them
			if e := os.Remove(p); e != nil && !errors.Is(e, os.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	for len(pairs) > 0 {
		n, size := 0, 0
		for n < len(pairs) && size < tableBytes && pairs[n].key[0] == pairs[0].key[0] {
			size += len(pairs[n].key) + len(pairs[n].value)
			n++
		}
		p := filepath.Join(s.dir, fmt.Sprintf("ingest-%d", len(paths)))
		paths = append(paths, p)
		if err := s.writeTable(p, pairs[:n]); err != nil {
			return err
		}
		pairs = pairs[n:]
	}
	if len(paths) == 0 {
		return nil
	}
	return s.db.Ingest(context.Background(), paths)
}

func (s *store) writeTable(path string, pairs []pair) error {
	f, err := vfs.Default.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	w := sstable.NewWriter(objstorageprovider.NewFileWritable(f), s.options.MakeWriterOptions(0, s.db.TableFormat()))
	for _, p := range pairs {
		if p.set {
			err = w.Set(p.key, p.value)
		} else {
			err = w.Delete(p.key)
		}
		if err != nil {
			return errors.Join(err, w.Close())
		}
	}
	return w.Close()
}
