package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// A tree is what an output folder holds: files by their paths.
type tree map[string]stamp

// A stamp tells whether a file was written since.
type stamp struct {
	size  int64
	mtime time.Time
}

// look reads an output folder. What a program keeps for itself, in files with a
// leading dot, is no output.
func look(dir string) (tree, error) {
	t := tree{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") && p != dir {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		t[filepath.ToSlash(rel)] = stamp{info.Size(), info.ModTime()}
		return nil
	})
	if os.IsNotExist(err) {
		err = nil
	}
	return t, err
}

func (t tree) bytes() int64 {
	var n int64
	for _, s := range t {
		n += s.size
	}
	return n
}

// terms counts the pages of tags and entities, feeds and moved pages left out.
func (t tree) terms() int {
	n := 0
	for p := range t {
		if path.Base(p) != "index.html" {
			continue
		}
		fields := strings.Split(p, "/")
		if len(fields) >= 4 && (fields[1] == "tags" || fields[1] == "entities" || fields[1] == "names") && !strings.HasSuffix(p, "/page/1/index.html") {
			n++
		}
	}
	return n
}

// A Change counts the files that a build wrote or removed.
type Change struct {
	HTML    int `json:"html"`
	Feeds   int `json:"feeds"`
	Other   int `json:"other"`
	Removed int `json:"removed"`
}

// since compares with an earlier look at the same folder.
func (t tree) since(before tree) Change {
	var c Change
	for p, s := range t {
		old, ok := before[p]
		switch {
		case ok && old.size == s.size && old.mtime.Equal(s.mtime):
		case strings.HasSuffix(p, ".html"):
			c.HTML++
		case strings.HasSuffix(p, ".xml") && !strings.Contains(path.Base(p), "sitemap"), path.Base(p) == "feed.json":
			c.Feeds++
		default:
			c.Other++
		}
	}
	for p := range before {
		if _, ok := t[p]; !ok {
			c.Removed++
		}
	}
	return c
}
