//go:build unix && !darwin && !netbsd && !freebsd

package generator

import "syscall"

func changeTime(st *syscall.Stat_t) int64 { return st.Ctim.Nano() }
