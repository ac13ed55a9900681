package output

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
)

func TestAFullDiskLeavesNothingHalfWritten(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("a small disk can only be mounted by root:", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	f := open(t, dir)
	page := strings.Repeat("x", 7000)
	pages := map[string]string{}
	full := 0
	for i := range 200 {
		p := fmt.Sprintf("ar/%d/index.html", i)
		if _, err := f.Write(p, []byte(page)); err == nil {
			pages[p] = page
		} else if full++; !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
	}
	if full == 0 {
		t.Fatal("the disk was not full")
	}
	for p, text := range tree(t, dir) {
		if text != "/" && pages[p] != text {
			t.Errorf("%s holds %d bytes of a page that was not written", p, len(text))
		}
	}
	if err := f.Complete(); err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	f.Close()

	// Room again, half of the pages are wanted: all ends right.
	f = open(t, dir)
	want := map[string]string{"ar": "/"}
	if _, err := f.Prune(func(p string) bool { return strings.HasSuffix(p, "1/index.html") && pages[p] != "" }); err != nil {
		t.Fatal(err)
	}
	for p := range pages {
		if strings.HasSuffix(p, "1/index.html") {
			write(t, f, p, page)
			want[p], want[strings.TrimSuffix(p, "/index.html")] = page, "/"
		}
	}
	complete(t, f)
	same(t, dir, want)
}
