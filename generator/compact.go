package generator

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
)

// A Compaction says what Compact did to one store.
type Compaction struct {
	Store   string `json:"store"`        // "build" or "preview"
	Before  int64  `json:"before_bytes"` // of its folder
	After   int64  `json:"after_bytes"`
	Dropped int    `json:"dropped"` // notes of questions that functions do not ask any more
}

// Compact makes the stores small: what nothing refers to is dropped, and the
// rest written anew. Builds afterwards do what they would have done. It fails
// before it does anything if another process holds a store.
func Compact(ctx context.Context, o Options) ([]Compaction, error) {
	o.sole = true
	var list []Compaction
	for _, store := range []string{buildStore, previewStore} {
		before, err := folderSize(storeFolder(&o, store))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil { // only to learn whether it is free
			err = withSite(o, store, func(*Site) error { return nil })
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Compaction{Store: store, Before: before})
	}
	for i := range list {
		if err := list[i].run(ctx, o); err != nil {
			return list[:i], err
		}
	}
	return list, nil
}

func (c *Compaction) run(ctx context.Context, o Options) error {
	err := withSite(o, c.Store, func(s *Site) (err error) {
		c.Dropped, err = s.engine.Compact(ctx)
		return err
	})
	if err == nil { // some of what the database no longer needs it deletes when it is opened
		err = withSite(o, c.Store, func(*Site) error { return nil })
	}
	if err != nil {
		return err
	}
	c.After, err = folderSize(storeFolder(&o, c.Store))
	return err
}

func storeFolder(o *Options, store string) string { return filepath.Join(o.Source, StoreDir, store) }

// folderSize sums the sizes of all files in a folder.
func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a table that is no longer needed
		}
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
