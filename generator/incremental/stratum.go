package incremental

// A Stratum is a keyed pure function. It is run for every group of the index
// Over that holds at least one row.
type Stratum struct {
	Name string
	Over Index
	// Feeds lists the indexes whose rows Run may give. A stratum may ask only
	// of indexes that no later stratum, nor it itself, feeds.
	Feeds []Index
	// Looks lists the indexes that Run reads with Lookup.
	Looks []Index
	// Asks lists indexes that Run will surely ask. They stay in memory until then,
	// where others are let go that no earlier stratum looks at. It need not be
	// whole: what is not in memory is read from the store.
	Asks []Index
	// Run works out the value for one group. It must depend on nothing but the
	// key, what the Asker answers and constants of the program. An error is a
	// fault of the machine and ends the build; what is wrong with the content
	// goes into Result.Messages.
	Run func(a *Asker, key string) (Result, error)
	// Remake, needed where Run gives parts that are NotStored, gives these again, as
	// Run did when it ran last. It may read what Run read.
	Remake func(a *Asker, key string) ([]Part, error)
	// Write, if set, receives the bytes of the file that Run gave with their hash
	// (XXH64), when they differ from the last ones for this key, whose hash is
	// previous, or were never written (previous is 0), or when the key was
	// forced. It may be called from several goroutines at once. When it has
	// returned nobody looks at data again, so that it may use the bytes for
	// something else.
	Write func(key string, data []byte, hash, previous uint64) error
	// Drop, if set, is told of keys whose file should no longer exist.
	Drop func(key string) error
}

// A Result is what a function gives for one key.
type Result struct {
	Aspects []Part
	Rows    []Row
	// Messages is what is to be told to people about this key: opaque to the
	// engine, kept with the value and told again by every later build.
	Messages []byte
	// File is the content of the file for this key, nil for none.
	File []byte
	// Kind, if set, names under what the function's time is counted.
	Kind string
}

// A Part is one aspect of a value. Those who ask for one aspect do not notice
// changes of the others.
type Part struct {
	Name   string
	Value  any
	remade bool
}

// NotStored gives the part with the mark that the store is to keep only a hash of
// its value, because that is large and easily made again: by [Stratum.Remake],
// when it is asked for and no longer in memory.
func (p Part) NotStored() Part {
	p.remade = true
	return p
}

// An Aspect addresses one aspect of the values of a stratum and says its type.
type Aspect[T any] struct {
	Stratum, Name string
	// Often says that many functions ask for the aspect of one key. What it
	// decodes to is then kept in memory, and all are given the same value.
	Often bool
}

// Of makes the Part that a function returns for this aspect.
func (p Aspect[T]) Of(value T) Part { return Part{Name: p.Name, Value: value} }
