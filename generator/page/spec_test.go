package page

import (
	"testing"

	"mihbara/generator/record/recordtest"
)

func TestEveryFieldOfASpecSurvives(t *testing.T) {
	recordtest.EachField(func(name string, s Spec) { recordtest.Survives(t, name, s) })
}
