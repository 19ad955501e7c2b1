package customers

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"enlace/tenants"
	"enlace/tenants/brazil"
)

// Looked is what the search of a CEP came to.
type Looked string

const (
	CEPFound   Looked = "found"   // the whole address
	CEPGeneral Looked = "general" // a whole town: street and district have to be typed
	CEPUnknown Looked = "unknown" // there is no such CEP, or nobody has heard of it yet
	CEPSilent  Looked = "silent"  // nobody answered: all of it has to be typed
)

// Kept is a field that the search would have filled otherwise and left as somebody had typed it.
type Kept struct{ Field, Says string }

// LookUp asks for the address of the CEP typed, whose fields' names all begin with prefix, and writes into t what it knows. It never overwrites
// what a person typed: only a field that is empty, or still holds what an earlier search had put there. What nobody could find keeps no one
// from typing it. It returns Invalid for what is no CEP. It looks at no database, so it cannot stand inside a transaction.
func LookUp(ctx context.Context, ceps brazil.Lookup, t tenants.Typed, prefix string) (Looked, []Kept, error) {
	cep, ok := brazil.CEP(t[prefix+"cep"])
	if !ok {
		return "", nil, tenants.Invalid(prefix+"cep", "cep")
	}
	found, err := brazil.Address{}, brazil.ErrNoCEPService
	if ceps != nil {
		found, err = ceps.Address(ctx, cep)
	}
	var kept []Kept
	if err == nil || foundBefore(t, prefix).CEP != cep { // silence about the CEP that was found before takes nothing back
		kept = fill(t, prefix, found)
	}
	t[prefix+"cep"] = brazil.FormatCEP(cep)
	switch {
	case errors.Is(err, brazil.ErrNoCEP):
		return CEPUnknown, nil, nil
	case err != nil:
		return CEPSilent, nil, nil
	case found.General():
		return CEPGeneral, kept, nil
	}
	return CEPFound, kept, nil
}

// foundField holds, beside the fields of an address, what the last search put into them.
const foundField = "cep_achado"

// fill writes what was found over what an earlier search had found: what belongs to another CEP goes, even if nothing takes its place.
func fill(t tenants.Typed, prefix string, found brazil.Address) (kept []Kept) {
	earlier := foundBefore(t, prefix)
	for _, field := range []struct{ name, was, is string }{
		{"logradouro", earlier.Street, found.Street},
		{"bairro", earlier.District, found.District},
		{"cidade", earlier.City, found.City},
		{"uf", earlier.State, found.State},
	} {
		name := prefix + field.name
		switch typed := strings.TrimSpace(t[name]); {
		case typed == "", typed == field.was:
			t[name] = field.is
		case field.is != "" && !strings.EqualFold(typed, field.is):
			kept = append(kept, Kept{name, field.is})
		}
	}
	// The code goes with the city, whoever wrote that.
	if t[prefix+"ibge"] == earlier.CityCode || t[prefix+"ibge"] == "" {
		t[prefix+"ibge"] = ""
		if strings.EqualFold(t[prefix+"cidade"], found.City) && strings.EqualFold(t[prefix+"uf"], found.State) {
			t[prefix+"ibge"] = found.CityCode
		}
	}
	delete(t, prefix+foundField)
	if found != (brazil.Address{}) {
		text, _ := json.Marshal(found) // a struct of strings always has one
		t[prefix+foundField] = string(text)
	}
	return kept
}

// foundBefore is what the last search found. It comes back with the form, so it is taken for nothing but that.
func foundBefore(t tenants.Typed, prefix string) (found brazil.Address) {
	_ = json.Unmarshal([]byte(t[prefix+foundField]), &found) // what cannot be read is nothing found
	return found
}
