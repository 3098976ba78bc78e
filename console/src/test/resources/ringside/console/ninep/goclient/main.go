// What a test asks of a file server through a client that others wrote: 9fans.net/go/plan9/client.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"9fans.net/go/plan9"
	"9fans.net/go/plan9/client"
)

func check(what string, err error) {
	if err != nil {
		fmt.Printf("%s: %v\n", what, err)
		os.Exit(1)
	}
}

func refused(what string, err error) {
	if err == nil {
		fmt.Printf("%s: was not refused\n", what)
		os.Exit(1)
	}
	fmt.Printf("%s: %v\n", what, err)
}

func list(fs *client.Fsys, name string) {
	fid, err := fs.Open(name, plan9.OREAD)
	check("open "+name, err)
	dirs, err := fid.Dirreadall()
	check("list "+name, err)
	fid.Close()
	names := []string{}
	for _, dir := range dirs {
		names = append(names, fmt.Sprintf("%s %v %d %s", dir.Name, dir.Mode, dir.Length, dir.Uid))
	}
	fmt.Printf("%s: [%s]\n", name, strings.Join(names, ", "))
}

// numbers opens a file and reads lines with a number each, first a byte, and then to the end.
func numbers(fs *client.Fsys, name string) (all []uint64) {
	fid, err := fs.Open(name, plan9.OREAD)
	check("open "+name, err)
	first := make([]byte, 1)
	_, err = fid.Read(first)
	check("read "+name, err)
	rest, err := io.ReadAll(fid)
	check("read "+name, err)
	fid.Close()
	for _, line := range strings.SplitAfter(string(first)+string(rest), "\n") {
		if line != "" {
			var n uint64
			_, err = fmt.Sscanf(line, "%d\n", &n)
			check("scan "+name, err)
			all = append(all, n)
		}
	}
	return
}

func number(fs *client.Fsys, name string) uint64 {
	all := numbers(fs, name)
	if len(all) != 1 {
		check("one number in "+name, fmt.Errorf("%v", all))
	}
	return all[0]
}

func devices(fs *client.Fsys) {
	list(fs, "/dev")
	fmt.Println("ticks go on:", number(fs, "/dev/ticks") <= number(fs, "/dev/ticks"))
	fmt.Println("after 2000:", number(fs, "/dev/time") >= 946684800)
	fid, err := fs.Open("/dev/cons", plan9.OWRITE)
	check("open", err)
	n, err := fid.Write([]byte("a line that is longer than one message to the console\n\x00\x1b\xff\n"))
	check("write", err)
	fmt.Println("wrote", n)
	fid.Close()
	_, err = fs.Open("/dev/cons", plan9.OREAD)
	refused("reading what is written", err)
	_, err = fs.Open("/dev/ticks", plan9.OWRITE)
	refused("writing what is read", err)
	_, err = fs.Create("/dev/mine", plan9.OWRITE, 0644)
	refused("a device more", err)
	refused("a device less", fs.Remove("/dev/time"))

	list(fs, "/proc")
	fmt.Println("CPUs:", number(fs, "/proc/cpus"))
	fmt.Println("ticks since boot:", number(fs, "/dev/ticks") <= number(fs, "/proc/uptime"))
	empty := numbers(fs, "/proc/memory")
	fid, err = fs.Create("/words", plan9.OWRITE, 0644)
	check("create", err)
	_, err = fid.Write(bytes.Repeat([]byte("rabbit "), 300))
	check("write", err)
	fid.Close()
	full := numbers(fs, "/proc/memory")
	fmt.Println("memory:", len(full), full[0] == empty[0], full[0]%1024 == 0 && full[0] > 3<<20, empty[1], full[1])
	check("remove", fs.Remove("/words"))
	fmt.Println("memory behind it:", numbers(fs, "/proc/memory")[1])
	_, err = fs.Open("/proc/cpus", plan9.OWRITE)
	refused("writing what the machine is", err)
}

func main() {
	conn, err := client.Dial(os.Args[1], os.Args[2])
	check("dial", err)
	fs, err := conn.Attach(nil, "glenda", "")
	check("attach", err)
	if len(os.Args) > 3 {
		devices(fs)
		conn.Close()
		return
	}
	list(fs, "/")

	dir, err := fs.Create("/lib", plan9.OREAD, plan9.DMDIR|0755)
	check("mkdir", err)
	dir.Close()
	text := bytes.Repeat([]byte("rabbit "), 5000)
	fid, err := fs.Create("/lib/words", plan9.OWRITE, 0644)
	check("create", err)
	n, err := fid.Write(text)
	check("write", err)
	fmt.Println("wrote", n)
	fid.Close()
	list(fs, "/lib")

	fid, err = fs.Open("/lib/words", plan9.ORDWR)
	check("open", err)
	got, err := io.ReadAll(fid)
	check("read", err)
	fmt.Println("same:", bytes.Equal(got, text))
	_, err = fid.WriteAt([]byte("RABBIT"), 7)
	check("write at 7", err)
	part := make([]byte, 20)
	_, err = fid.ReadAt(part, 0)
	check("read at 0", err)
	fmt.Printf("%q\n", part)
	fid.Close()

	change := plan9.Dir{}
	change.Null()
	change.Name = "verbs"
	change.Length = 13
	check("wstat", fs.Wstat("/lib/words", &change))
	list(fs, "/lib")
	stat, err := fs.Stat("/lib/verbs")
	check("stat", err)
	fmt.Println(stat.Name, stat.Length, stat.Uid, stat.Gid, stat.Muid)

	_, err = fs.Open("/lib/words", plan9.OREAD)
	refused("the old name", err)
	refused("a directory with a file", fs.Remove("/lib"))
	_, err = fs.Create("/lib/a\nb", plan9.OREAD, 0644)
	refused("a bad name", err)
	for i := 0; i < 100; i++ {
		fid, err := fs.Create(fmt.Sprintf("/lib/file%03d", i), plan9.OWRITE, 0600)
		check("create many", err)
		fid.Close()
	}
	fid, err = fs.Open("/lib", plan9.OREAD)
	check("open", err)
	dirs, err := fid.Dirreadall()
	check("list many", err)
	fid.Close()
	fmt.Println("entries:", len(dirs))
	for _, dir := range dirs {
		check("remove", fs.Remove("/lib/"+dir.Name))
	}
	check("remove", fs.Remove("/lib"))
	list(fs, "/")
	conn.Close()
}
