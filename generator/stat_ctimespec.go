//go:build darwin || netbsd || freebsd

package generator

import "syscall"

func changeTime(st *syscall.Stat_t) int64 { return st.Ctimespec.Nano() }
