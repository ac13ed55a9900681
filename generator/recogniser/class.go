package recogniser

// A class is a coarse kind of word. Neighbours are judged together by their
// classes only, which are few enough for a table.
type class uint8

// The classes of marks come first, then those of words by what a list says of
// them, then those by shape. A word that begins with a capital is classCapital
// above its class.
const (
	classNumber class = class(marks) + iota
	classFunction
	classTitle
	classHead
	classTail
	classNation
	classGiven
	classFamily
	classPlace
	classBody
	classParticle
	classLetter // one letter
	classArticle
	classMixed
	classLatin // in a text of another script
	classShort
	classWord
	classShout // capitals only

	classCapital = 32
	classes      = 64
)

// classOf gives the class of a word: what the lists say goes before its shape.
func classOf(f flags, a *appearance) class {
	c := classWord
	switch {
	case a.digits == a.letters:
		return classNumber
	case a.foreign:
		c = classLatin
	case f&flagGiven != 0 && f&flagFunction == 0:
		c = classGiven
	case f&flagTitle != 0:
		c = classTitle
	case f&flagFunction != 0:
		c = classFunction
	case f&flagNation != 0:
		c = classNation
	case f&flagPlace != 0:
		c = classPlace
	case f&flagFamily != 0:
		c = classFamily
	case f&flagBody != 0:
		c = classBody
	case f&flagHead != 0:
		c = classHead
	case f&flagTail != 0:
		c = classTail
	case f&flagParticle != 0:
		c = classParticle
	case a.letters == 1:
		c = classLetter
	case a.digits > 0:
		c = classMixed
	case a.article:
		c = classArticle
	case a.caps:
		c = classShout
	case a.letters <= 3:
		c = classShort
	}
	if a.upper {
		c += classCapital
	}
	return c
}
