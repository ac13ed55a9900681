package incremental

// A filter is a Bloom filter over hashes of groups: about ten bits a group and
// four probes, so that a group that was never looked up answers "maybe" in
// roughly one of a hundred cases. Its length is a power of two of bytes, at
// least eight.
type filter []byte

func newFilter(hashes []uint64) filter {
	size := 8
	for size*8 < len(hashes)*10 {
		size *= 2
	}
	f := make(filter, size)
	for _, h := range hashes {
		step, mask := h>>32|1, uint64(size*8-1)
		for i := range uint64(4) {
			bit := (h + i*step) & mask
			f[bit/8] |= 1 << (bit % 8)
		}
	}
	return f
}

// maybe tells whether the hash may have been put in; false is certain.
func (f filter) maybe(h uint64) bool {
	step, mask := h>>32|1, uint64(len(f)*8-1)
	for i := range uint64(4) {
		bit := (h + i*step) & mask
		if f[bit/8]&(1<<(bit%8)) == 0 {
			return false
		}
	}
	return true
}
