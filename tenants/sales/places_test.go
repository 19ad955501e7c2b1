package sales

import (
	"testing"

	"enlace/ent"
)

// A plan's cities are named as people write them, or by IBGE's codes; an address typed by hand has no code.
func TestAPlanIsSoldInItsCities(t *testing.T) {
	belem := town{"1501402", "Belém", "PA"}
	for _, c := range []struct {
		cities []string
		in     town
		want   bool
	}{
		{nil, belem, true},
		{[]string{"1501402"}, belem, true},
		{[]string{"1501402"}, town{"", "Belém", "PA"}, false},
		{[]string{"1302603", "BELEM/PA"}, town{"", "belém", "PA"}, true},
		{[]string{"Belém/AL"}, belem, false},
		{[]string{"Belém/PA"}, town{}, false},
	} {
		if got := soldIn(&ent.Plan{Cities: c.cities}, c.in); got != c.want {
			t.Errorf("%v in %+v: %v", c.cities, c.in, got)
		}
	}
}
