//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights of his own, as whom tests run the program
// where they themselves run as root, whom no permission stops.
const nobody = 65534

// asUser runs the test binary as mihbara, in a process of its own and with the
// rights of an ordinary user.
func asUser(t *testing.T, dir string, args ...string) ran {
	t.Helper()
	bin := filepath.Join(dir, "mihbara") // TestMain goes by the name
	if err := os.Link(os.Args[0], bin); err != nil && !errors.Is(err, os.ErrExist) {
		data, err := os.ReadFile(os.Args[0])
		if err == nil {
			err = os.WriteFile(bin, data, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	c := exec.CommandContext(t.Context(), bin, args...)
	c.Dir = dir
	var out, errOut bytes.Buffer
	c.Stdout, c.Stderr = &out, &errOut
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ran{c.ProcessState.ExitCode(), out.String(), errOut.String()}
}

// userSite makes a site that belongs to an ordinary user, in a folder beside
// which the program can stand.
func userSite(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = badSite(t, files)
	for _, p := range []string{filepath.Dir(dir), dir} { // the testing package keeps its folder to itself
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() == 0 {
		err := filepath.WalkDir(dir, func(p string, _ os.DirEntry, err error) error {
			if err == nil {
				err = os.Lchown(p, nobody, nobody)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func chmod(t *testing.T, mode os.FileMode, name string) {
	t.Helper()
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(name, 0o755) }) // so that it can be removed
}

func stands(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func TestWhatMayNotBeRead(t *testing.T) {
	dir := userSite(t, map[string]string{"content/en/secret.md": story("Secret", "", "x"), "content/en/closed/a.md": story("A", "", "x"), "seeds/secret.txt": "Words."})
	chmod(t, 0, filepath.Join(dir, "content/en/secret.md"))
	chmod(t, 0, filepath.Join(dir, "content/en/closed"))
	chmod(t, 0, filepath.Join(dir, "seeds/secret.txt"))
	r := asUser(t, dir, "build", "--source", dir, testNow)
	if r.code != exitProblems {
		t.Errorf("exit %d", r.code)
	}
	wants(t, r.errOut, "content/en/closed: cannot be read: permission denied — give the user\ncontent/en/secret.md: cannot be read: permission denied — give\nseeds/secret.txt: cannot be read: permission denied")
	if !stands(filepath.Join(dir, "public", goodPage)) {
		t.Error("the rest was not built")
	}
}

func TestSettingsThatMayNotBeRead(t *testing.T) {
	dir := userSite(t, nil)
	if r := asUser(t, dir, "build", "--source", dir, testNow); r.code != exitFine {
		t.Fatal(r)
	}
	before := tree(t, filepath.Join(dir, "public"))
	chmod(t, 0, filepath.Join(dir, "site.toml"))
	r := asUser(t, dir, "build", "--source", dir, testNow)
	if wants(t, r.errOut, "site.toml: cannot be read: permission denied"); r.code != exitProblems || !sameTree(before, tree(t, filepath.Join(dir, "public"))) {
		t.Errorf("exit %d; the output changed", r.code)
	}
}

func TestAnOutputThatMayNotBeWritten(t *testing.T) {
	dir := userSite(t, nil)
	out := filepath.Join(dir, "public")
	if err := os.Mkdir(out, 0o755); err != nil { // root's where root runs the test
		t.Fatal(err)
	}
	chmod(t, 0o555, out)
	r := asUser(t, dir, "build", "--source", dir, testNow)
	if wants(t, r.errOut, "public\npermission denied"); r.code != exitMachine {
		t.Errorf("exit %d", r.code)
	}
	if len(tree(t, out)) > 0 {
		t.Error("something was written")
	}
}

// TestASiteThatMayNotBeWritten: a checkout may be read-only; then there is no
// store, and everything is worked out each time.
func TestASiteThatMayNotBeWritten(t *testing.T) {
	dir := userSite(t, nil)
	out := filepath.Join(userSite(t, nil), "elsewhere")
	asUser(t, dir, "version") // puts the program there while it can
	chmod(t, 0o555, dir)
	for _, want := range []string{"written", "0 written"} {
		r := asUser(t, dir, "build", "--source", dir, "--out", out, testNow)
		if r.code != exitFine || !strings.Contains(r.out, want) || !stands(filepath.Join(out, goodPage)) {
			t.Errorf("exit %d: %s%s", r.code, r.out, r.errOut)
		}
		wants(t, r.errOut, ".mihbara")
	}
}

func TestLinksOutOfTheSiteAreRefused(t *testing.T) {
	outside := t.TempDir()
	writeFile(t, filepath.Join(outside, "secret.md"), story("Secret", "", "x"))
	dir := badSite(t, nil)
	for name, to := range map[string]string{
		"content/en/out.md": filepath.Join(outside, "secret.md"), "content/out": outside, "content/en/up.md": "../../../../../../../../etc/hostname",
		"content/en/nowhere.md": "nothing.md", "content/en/circle": "..", "content/en/inside.md": "2024/05/good.md",
	} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "content/en/pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	sum, said := build(t, exitProblems, "--source", dir)
	refused := "is a symbolic link that leads nowhere or out of the site's folder, and was refused"
	wants(t, said, "content/en/circle: is a symbolic link to a folder, and was refused\ncontent/en/nowhere.md: "+refused+"\ncontent/en/out.md: "+refused+
		"\ncontent/en/pipe.md: warning: is neither a file nor a folder\ncontent/en/up.md: "+refused+"\ncontent/out: "+refused)
	if sum.Articles != 2 || !stands(filepath.Join(dir, "public", goodPage)) {
		t.Errorf("%+v", sum)
	}
	for p, content := range tree(t, filepath.Join(dir, "public")) {
		if strings.Contains(content, "Secret") {
			t.Errorf("%s shows what is outside", p)
		}
	}
}

// TestAFullDisk fills a small file system of its own, which only root can
// mount.
func TestAFullDisk(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		files["content/en/n"+string(rune('a'+i%26))+string(rune('a'+i/26))+".md"] = story("N", "", strings.Repeat("A long sentence, to fill the disk. ", 2000))
	}
	dir := badSite(t, files)
	out := filepath.Join(dir, "public")
	if err := os.Mkdir(out, 0o777); err != nil {
		t.Fatal(err)
	}
	mount := func(options string) error {
		said, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", options, "tmpfs", out).CombinedOutput()
		if err != nil {
			t.Logf("%s", said)
		}
		return err
	}
	if err := mount("size=1m"); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() { exec.Command("umount", out).Run() })
	r := mihbara(t, "build", "--source", dir, testNow)
	if wants(t, r.errOut, "no space left on device"); r.code != exitMachine {
		t.Errorf("exit %d: %s%s", r.code, r.out, r.errOut)
	}
	for p, content := range tree(t, out) {
		if strings.HasSuffix(p, ".html") && !strings.HasSuffix(strings.TrimSpace(content), "</html>") {
			t.Errorf("%s is not whole", p)
		}
	}
	if err := mount("remount,size=64m"); err != nil {
		t.Fatal(err)
	}
	build(t, exitFine, "--source", dir)
	if r := mihbara(t, "build", "--verify", "--source", dir, testNow); r.code != exitFine {
		t.Errorf("with room again: %s", r.errOut)
	}
}

// TestAHugeArticle builds one of fifty megabytes, or of five where nothing must
// be proved.
func TestAHugeArticle(t *testing.T) {
	size := 5_000_000
	if os.Getenv("CI") == "true" {
		size = 50_000_000
	}
	paragraph := strings.Repeat("A sentence about Beirut and Damascus, again and again. ", 20) + "\n\n"
	dir := badSite(t, map[string]string{
		"content/en/big.md":  story("Big", "", strings.Repeat(paragraph, size/len(paragraph))),
		"seeds/one-line.txt": strings.Repeat("word ", size/10),
	})
	sum, said := build(t, exitFine, "--source", dir)
	if said != "" || sum.Articles != 3 {
		t.Errorf("%+v\n%s", sum, said)
	}
	page, err := os.ReadFile(filepath.Join(dir, "public/en/2024/05/02/big/index.html"))
	if err != nil || bytes.Count(page, []byte("again and again.")) < size/len(paragraph)*20 {
		t.Errorf("words are missing: %v", err)
	}
}
