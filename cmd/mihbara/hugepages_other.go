//go:build !linux

package main

// useHugePages does nothing: the system decides by itself.
func useHugePages() (stop func()) { return func() {} }
