// Package recogniser finds names that no knowledge base holds.
//
// A [Recogniser] takes a plain text and its language and gives the persons,
// places and organisations that a statistical model sees in it. What it gives
// are suggestions: about one in five is wrong, so they may be shown and
// counted, and never linked as if an editor had said so. [Combine] lays them
// beside the mentions of package entity, which win.
//
//	text → token.go (words and marks) → word.go (what a word says, worked out
//	once) → decode.go (the best sequence of labels) → document.go (a name that is
//	sure in one place is looked for in the others) → names
//
// Six languages have a model of their own: ar en fa fr he ur. Others that are written
// in Latin, Cyrillic or Arabic letters share a joint one (joint.go), which was trained
// on text of several; [For] says which have none.
//
// The model is an averaged structured perceptron. spelling.go says which
// features a word has; each is hashed into a row of small weights, one a label
// (model.go). All features but two kinds belong to one word, wherever it stands.
// So a word is spelled out once, in its five roles (the word itself, the one
// before, after, two before, two after), and each occurrence costs five sums.
// The two kinds that look at neighbours together are tables over the few
// classes of class.go.
//
// trainer.go makes a model from annotated text, conll.go reads such text and
// score.go compares; cmd/recogniser is the command. data holds the weights and
// says in LICENCE.md what they were trained on; names holds word lists.
//
// Results depend on the text, its language and the embedded weights alone.
package recogniser
