package brazil

import "strings"

// State is a unit of the federation.
type State struct {
	UF   string
	Name string
	Code string // IBGE's, two digits
	Zone string // IANA name of the time its capital keeps; Fernando de Noronha and the west of Amazonas keep their own
}

// States are the 26 states and the Federal District in the order of their UF.
var States = [27]State{
	{"AC", "Acre", "12", "America/Rio_Branco"},
	{"AL", "Alagoas", "27", "America/Maceio"},
	{"AM", "Amazonas", "13", "America/Manaus"},
	{"AP", "Amapá", "16", "America/Belem"},
	{"BA", "Bahia", "29", "America/Bahia"},
	{"CE", "Ceará", "23", "America/Fortaleza"},
	{"DF", "Distrito Federal", "53", "America/Sao_Paulo"},
	{"ES", "Espírito Santo", "32", "America/Sao_Paulo"},
	{"GO", "Goiás", "52", "America/Sao_Paulo"},
	{"MA", "Maranhão", "21", "America/Fortaleza"},
	{"MG", "Minas Gerais", "31", "America/Sao_Paulo"},
	{"MS", "Mato Grosso do Sul", "50", "America/Campo_Grande"},
	{"MT", "Mato Grosso", "51", "America/Cuiaba"},
	{"PA", "Pará", "15", "America/Belem"},
	{"PB", "Paraíba", "25", "America/Fortaleza"},
	{"PE", "Pernambuco", "26", "America/Recife"},
	{"PI", "Piauí", "22", "America/Fortaleza"},
	{"PR", "Paraná", "41", "America/Sao_Paulo"},
	{"RJ", "Rio de Janeiro", "33", "America/Sao_Paulo"},
	{"RN", "Rio Grande do Norte", "24", "America/Fortaleza"},
	{"RO", "Rondônia", "11", "America/Porto_Velho"},
	{"RR", "Roraima", "14", "America/Boa_Vista"},
	{"RS", "Rio Grande do Sul", "43", "America/Sao_Paulo"},
	{"SC", "Santa Catarina", "42", "America/Sao_Paulo"},
	{"SE", "Sergipe", "28", "America/Maceio"},
	{"SP", "São Paulo", "35", "America/Sao_Paulo"},
	{"TO", "Tocantins", "17", "America/Araguaina"},
}

// StateOf returns the state of a UF in either case, and false when there is none.
func StateOf(uf string) (State, bool) {
	for _, s := range States {
		if strings.EqualFold(s.UF, strings.TrimSpace(uf)) {
			return s, true
		}
	}
	return State{}, false
}

// CityCode reads IBGE's code of a city, 7 digits of which the first two are the state's, and false when it has not that shape.
// The last digit is a check digit, but nine cities carry a wrong one, so it proves nothing.
func CityCode(typed string) (string, bool) {
	s := strings.TrimSpace(typed)
	if len(s) != 7 || !allDigits(s) {
		return "", false
	}
	for _, state := range States {
		if s[:2] == state.Code {
			return s, true
		}
	}
	return "", false
}
