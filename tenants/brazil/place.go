package brazil

import "strings"

// Place reads a city with its state, as people write it: Belém/PA, Belém - pa. The city is as it was typed, with single blanks; false means that no
// state stands at the end, or nothing before it. Whether there is such a city nobody here knows.
func Place(typed string) (city, uf string, ok bool) {
	at := strings.LastIndexAny(typed, "/-–")
	if at < 0 {
		return "", "", false
	}
	state, known := StateOf(strings.TrimLeft(typed[at:], "/-–"))
	city = strings.Join(strings.Fields(typed[:at]), " ")
	return city, state.UF, known && city != ""
}
