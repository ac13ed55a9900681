package page

// A Network is a picture of who an entity appears with, and which of these appear
// with each other: places on a ring around the middle. A theme draws it; all
// numbers are whole, so that the picture is the same on every machine.
type Network struct {
	Width, Height int
	Nodes         []Node // the entity itself first
	Lines         []Line // weaker ones first, so that strong ones lie above
}

// A Node is an entity of a network.
type Node struct {
	X, Y, R int
	LabelY  int // of the base line of its name
	Label   Text
	URL     string // "" for the entity itself
}

// A Line is between two nodes, the wider the more articles they share.
type Line struct {
	X1, Y1, X2, Y2 int
	Width          int
	Own            bool // one end is the entity itself
}

// NetworkOf is how many companions a network has at most.
const NetworkOf = 8

// How large a network is, and what it needs to be worth a picture.
const (
	networkWidth  = 360
	networkHeight = 250
	fewestNodes   = 4
	sharedByNodes = 2 // articles
	nodeRadius    = 7
	ownRadius     = 11
	labelGap      = 15
)

// ring gives the places of up to eight nodes, in thousandths of half the picture
// from its middle: for each number of nodes, each at the same angle from the next,
// the first on top.
var ring = [NetworkOf + 1][][2]int{
	4: {{0, -780}, {720, 0}, {0, 780}, {-720, 0}},
	5: {{0, -780}, {685, -241}, {423, 631}, {-423, 631}, {-685, -241}},
	6: {{0, -780}, {624, -390}, {624, 390}, {0, 780}, {-624, 390}, {-624, -390}},
	7: {{0, -780}, {563, -486}, {702, 174}, {312, 703}, {-312, 703}, {-702, 174}, {-563, -486}},
	8: {{0, -780}, {509, -552}, {720, 0}, {509, 552}, {0, 780}, {-509, 552}, {-720, 0}, {-509, -552}},
}

// networkOf makes the network of an entity; nil if too few entities share more than
// one article with it. Which gives the place in company, from 1, of each that the
// ties speak of, 0 if it is not there.
func networkOf(name Text, company []CompanyLink, which []int, ties []Tie) *Network {
	n := 0
	for n < min(len(company), NetworkOf) && company[n].Count >= sharedByNodes {
		n++
	}
	if n < fewestNodes {
		return nil
	}
	w := &Network{Width: networkWidth, Height: networkHeight}
	w.Nodes = append(w.Nodes, Node{X: networkWidth / 2, Y: networkHeight / 2, R: ownRadius, LabelY: networkHeight/2 + ownRadius + labelGap, Label: name})
	for i, c := range company[:n] {
		x, y := networkWidth/2+ring[n][i][0]*networkWidth/2000, networkHeight/2+ring[n][i][1]*networkHeight/2000
		w.Nodes = append(w.Nodes, Node{X: x, Y: y, R: nodeRadius, LabelY: y + nodeRadius + labelGap, Label: c.Text, URL: c.URL})
	}
	most := company[0].Count
	for _, t := range ties {
		if a, b := which[t.A], which[t.B]; a > 0 && b > 0 && a <= n && b <= n && t.Count >= sharedByNodes {
			w.line(a, b, t.Count, most)
		}
	}
	for i := n; i > 0; i-- {
		w.line(0, i, company[i-1].Count, most)
	}
	return w
}

// line joins two nodes that share so many articles.
func (w *Network) line(a, b, count, most int) {
	p, q := &w.Nodes[a], &w.Nodes[b]
	w.Lines = append(w.Lines, Line{X1: p.X, Y1: p.Y, X2: q.X, Y2: q.Y, Width: 1 + min(4, 4*count/max(1, most)), Own: a == 0})
}
