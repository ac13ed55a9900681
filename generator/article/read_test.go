package article

import "testing"

func TestTextIsNormalised(t *testing.T) {
	a := parse(t, "content/fr/a.md", "---\ntitle: Le cafe\u0301 ﻻ\nauthor: Rene\u0301\ntags: [Te\u0301he\u0301ran]\nimage: cafe\u0301.png\n---\nLe cafe\u0301 et ﺑﻴﺮﻭﺕ ﷺ, `ﺑﻴﺮ`.\n", "")
	if a.Headline != "Le café لا" || a.Byline[0] != "René" || a.Tags[0] != "Téhéran" || a.Image != "café.png" || a.Body.Text != "Le café et بيروت ﷺ, ﺑﻴﺮ." {
		t.Errorf("%+q", []string{a.Headline, a.Byline[0], a.Tags[0], a.Image, a.Body.Text})
	}
}
