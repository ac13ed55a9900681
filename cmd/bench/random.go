package main

import "math"

// A random is a stream of numbers that its seed decides: SplitMix64. It is
// written out here, because the corpus must be the same with every version of
// Go.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	x := uint64(*r)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// below gives a number from 0 to n-1.
func (r *random) below(n int) int { return int(r.next() >> 33 % uint64(n)) }

// chance is true in so many of a thousand cases.
func (r *random) chance(perMille int) bool { return r.below(1000) < perMille }

// A zipf draws ranks, the first most often: rank k with weight 1/(k+1)^s. The
// weights are whole numbers, so that every machine draws the same.
type zipf []uint64

func newZipf(n int, s float64) zipf {
	z, sum := make(zipf, n), uint64(0)
	for k := range z {
		sum += uint64(math.Round(1e6 * math.Pow(float64(k+1), -s)))
		z[k] = sum
	}
	return z
}

func (z zipf) draw(r *random) int {
	x := r.next() >> 16 % z[len(z)-1]
	low, high := 0, len(z)-1
	for low < high {
		if m := (low + high) / 2; z[m] > x {
			high = m
		} else {
			low = m + 1
		}
	}
	return low
}
