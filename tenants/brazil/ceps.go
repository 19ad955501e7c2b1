package brazil

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ParseAnswer reads an answer of any provider that is known, by its shape. It returns the errors of the others.
func ParseAnswer(body []byte) (Address, error) {
	found, err := ParseViaCEP(body)
	if errors.Is(err, ErrNoCEPService) {
		return ParseBrasilAPI(body)
	}
	return found, err
}

// ParseViaCEP reads an answer of viacep.com.br/ws/{cep}/json/. It returns ErrNoCEP for an unknown CEP, which the service reports with status 200,
// and an error that wraps ErrNoCEPService for an answer that cannot be read.
func ParseViaCEP(body []byte) (Address, error) {
	var answer struct {
		CEP        string
		Logradouro string
		Bairro     string
		Localidade string
		UF         string
		IBGE       string
		Erro       any // "true", and in older answers true
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return Address{}, fmt.Errorf("%w: ViaCEP: %w", ErrNoCEPService, err)
	}
	if answer.Erro == "true" || answer.Erro == true {
		return Address{}, ErrNoCEP
	}
	return checked(Address{answer.CEP, answer.Logradouro, answer.Bairro, answer.Localidade, answer.UF, answer.IBGE})
}

// ParseBrasilAPI reads an answer of brasilapi.com.br/api/cep/v2/{cep}. It returns ErrNoCEP for an unknown CEP,
// and an error that wraps ErrNoCEPService for an answer that cannot be read.
func ParseBrasilAPI(body []byte) (Address, error) {
	var answer struct {
		Name         string // of the error
		CEP          string
		Street       string // null for a CEP geral, as is the neighborhood
		Neighborhood string
		City         string
		State        string
		IBGE         struct{ City string }
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return Address{}, fmt.Errorf("%w: BrasilAPI: %w", ErrNoCEPService, err)
	}
	if answer.Name == "CepPromiseError" {
		return Address{}, ErrNoCEP
	}
	return checked(Address{answer.CEP, answer.Street, answer.Neighborhood, answer.City, answer.State, answer.IBGE.City})
}

// checked keeps what a stranger's answer may bring in: a CEP and a state that exist in shape, one line of text for each of the rest.
func checked(a Address) (Address, error) {
	cep, ok := CEP(a.CEP)
	if !ok {
		return Address{}, fmt.Errorf("%w: the answer holds no CEP", ErrNoCEPService)
	}
	state, ok := StateOf(a.State)
	if !ok {
		return Address{}, fmt.Errorf("%w: the answer holds no state", ErrNoCEPService)
	}
	code, _ := CityCode(a.CityCode)
	return Address{cep, oneLine(a.Street), oneLine(a.District), oneLine(a.City), state.UF, code}, nil
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\u00a0' }), " ")
}
