package recogniser

import "math/bits"

// The hash must be the same in every build of the program: which row of the
// weights a feature has follows from it.
const (
	hashStart = 0x9E3779B97F4A7C15
	hashStep  = 0xD6E8FEB86659FD93
)

func mix(h, x uint64) uint64 {
	high, low := bits.Mul64(h^x, hashStep)
	return high ^ low ^ h>>29
}

// hashWord hashes a word eight bytes at a time.
func hashWord(s string) uint64 {
	h := uint64(hashStart) ^ uint64(len(s))
	for ; len(s) >= 8; s = s[8:] {
		h = mix(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|
			uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
	}
	var rest uint64
	for i := range len(s) {
		rest |= uint64(s[i]) << (8 * i)
	}
	return mix(mix(h, rest), hashStep)
}

// hashFeature hashes a feature: which sort it is of, and what it says.
func hashFeature(sort uint8, s string) uint64 {
	return mix(hashWord(s), uint64(sort)+1)
}
