package brazil_test

import (
	"testing"

	"enlace/tenants/brazil"
)

func TestPlace(t *testing.T) {
	for typed, want := range map[string][2]string{"Belém/PA": {"Belém", "PA"}, " são  paulo / sp ": {"são paulo", "SP"}, "Biritiba-Mirim - SP": {"Biritiba-Mirim", "SP"}, "Palmas–TO": {"Palmas", "TO"},
		"Biritiba-Mirim": {}, "Belém": {}, "/PA": {}, "Belém/XX": {}, "": {}, "1501402": {}} {
		city, uf, ok := brazil.Place(typed)
		if ok != (want[1] != "") || ok && (city != want[0] || uf != want[1]) {
			t.Errorf("%q: %q, %q, %v", typed, city, uf, ok)
		}
	}
}
