package customers_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/customers"
)

// atlas knows three CEPs; of others it says nothing.
type atlas map[string]brazil.Address

func (a atlas) Address(_ context.Context, cep string) (brazil.Address, error) {
	found, there := a[cep]
	switch {
	case !there:
		return found, fmt.Errorf("%w: no network", brazil.ErrNoCEPService)
	case found == brazil.Address{}:
		return found, brazil.ErrNoCEP
	}
	return found, nil
}

var ceps = atlas{
	"66035145": {CEP: "66035145", Street: "Avenida Nazaré", District: "Nazaré", City: "Belém", State: "PA", CityCode: "1501402"},
	"69005070": {CEP: "69005070", Street: "Rua Ramos Ferreira", District: "Centro", City: "Manaus", State: "AM", CityCode: "1302603"},
	"87360000": {CEP: "87360000", City: "Goioerê", State: "PR"},
	"99999999": {},
}

// filled are the fields a search may fill, in order.
func filled(t tenants.Typed, prefix string) (all [5]string) {
	for i, field := range []string{"logradouro", "bairro", "cidade", "uf", "ibge"} {
		all[i] = t[prefix+field]
	}
	return all
}

func TestASearchFillsWhatNobodyTyped(t *testing.T) {
	belem := [5]string{"Avenida Nazaré", "Nazaré", "Belém", "PA", "1501402"}
	for name, c := range map[string]struct {
		typed  tenants.Typed
		looked customers.Looked
		want   [5]string
		kept   []customers.Kept
	}{
		"nothing typed":      {tenants.Typed{"cep": "66035145"}, customers.CEPFound, belem, nil},
		"typed alike":        {tenants.Typed{"cep": "66.035-145", "logradouro": "AVENIDA NAZARÉ", "uf": "pa"}, customers.CEPFound, [5]string{"AVENIDA NAZARÉ", "Nazaré", "Belém", "pa", "1501402"}, nil},
		"typed otherwise":    {tenants.Typed{"cep": "66035-145", "logradouro": "Travessa 14"}, customers.CEPFound, [5]string{"Travessa 14", "Nazaré", "Belém", "PA", "1501402"}, []customers.Kept{{Field: "logradouro", Says: "Avenida Nazaré"}}},
		"another city typed": {tenants.Typed{"cep": "66035-145", "cidade": "Ananindeua"}, customers.CEPFound, [5]string{"Avenida Nazaré", "Nazaré", "Ananindeua", "PA", ""}, []customers.Kept{{Field: "cidade", Says: "Belém"}}},
		"another code typed": {tenants.Typed{"cep": "66035-145", "ibge": "1500800"}, customers.CEPFound, [5]string{"Avenida Nazaré", "Nazaré", "Belém", "PA", "1500800"}, nil},
		"a whole town":       {tenants.Typed{"cep": "87360-000"}, customers.CEPGeneral, [5]string{"", "", "Goioerê", "PR", ""}, nil},
		"a whole town, with its street": {tenants.Typed{"cep": "87360-000", "logradouro": "Rua 1", "bairro": "Centro"}, customers.CEPGeneral,
			[5]string{"Rua 1", "Centro", "Goioerê", "PR", ""}, nil},
		"unknown":             {tenants.Typed{"cep": "99999-999", "cidade": "Belém"}, customers.CEPUnknown, [5]string{"", "", "Belém", "", ""}, nil},
		"nobody could say":    {tenants.Typed{"cep": "01001-000", "logradouro": "Praça da Sé"}, customers.CEPSilent, [5]string{"Praça da Sé"}, nil},
		"a stranger's memory": {tenants.Typed{"cep": "66035-145", "cep_achado": `{"Street":7}`, "logradouro": "Travessa 14"}, customers.CEPFound, [5]string{"Travessa 14", "Nazaré", "Belém", "PA", "1501402"}, []customers.Kept{{Field: "logradouro", Says: "Avenida Nazaré"}}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, prefix := range []string{"", "cobranca_"} {
				typed := tenants.Typed{"nome": "Ana", "numero": "500", "cobranca_numero": "500"}
				for field, value := range c.typed {
					typed[prefix+field] = value
				}
				looked, kept, err := customers.LookUp(context.Background(), ceps, typed, prefix)
				for i := range kept {
					kept[i].Field = kept[i].Field[len(prefix):]
				}
				if looked != c.looked || !slices.Equal(kept, c.kept) || err != nil || filled(typed, prefix) != c.want {
					t.Errorf("%s, %v, %v: %q", looked, kept, err, filled(typed, prefix))
				}
				if typed["nome"] != "Ana" || typed["numero"] != "500" || typed["cobranca_numero"] != "500" {
					t.Errorf("a field of no search was touched: %v", typed)
				}
			}
		})
	}
}

func TestASecondSearchReplacesWhatTheFirstOneFound(t *testing.T) {
	typed := tenants.Typed{}
	look := func(cep string) [5]string {
		typed["cep"] = cep
		if _, _, err := customers.LookUp(context.Background(), ceps, typed, ""); err != nil {
			t.Fatal(err)
		}
		return filled(typed, "")
	}
	look("66035-145")
	if got := look("69005-070"); got != [5]string{"Rua Ramos Ferreira", "Centro", "Manaus", "AM", "1302603"} {
		t.Errorf("%q", got)
	}
	typed["bairro"] = "Praça 14"
	if got := look("66035-145"); got != [5]string{"Avenida Nazaré", "Praça 14", "Belém", "PA", "1501402"} {
		t.Errorf("a district typed in between: %q", got)
	}
	if got := look("87360-000"); got != [5]string{"", "Praça 14", "Goioerê", "PR", ""} {
		t.Errorf("a whole town: %q", got)
	}
	look("66035-145")
	if got := look("01001-000"); got != [5]string{"", "Praça 14", "", "", ""} {
		t.Errorf("what belongs to another CEP stayed: %q", got)
	}
	before := look("66035-145")
	gone := maps.Clone(ceps)
	delete(gone, "66035145")
	looked, _, err := customers.LookUp(context.Background(), gone, typed, "")
	if looked != customers.CEPSilent || err != nil || filled(typed, "") != before {
		t.Errorf("silence about the same CEP: %s, %v, %q", looked, err, filled(typed, ""))
	}
}

func TestWhatIsNoCEPIsRefusedAndWithoutServicesAllIsTyped(t *testing.T) {
	for _, cep := range []string{"", "6603514", "66035-14A", "00000-000"} {
		_, _, err := customers.LookUp(context.Background(), ceps, tenants.Typed{"cobranca_cep": cep}, "cobranca_")
		if fault := tenants.FaultOf(err); fault == nil || fault.Fields["cobranca_cep"] != "cep" {
			t.Errorf("%q: %v", cep, err)
		}
	}
	if looked, _, err := customers.LookUp(context.Background(), nil, tenants.Typed{"cep": "66035145"}, ""); looked != customers.CEPSilent || err != nil {
		t.Errorf("%s, %v", looked, err)
	}
}

func TestTheCodeOfACityIsThatOfTheCityTyped(t *testing.T) {
	typed := tenants.Typed{"cep": "66035-145", "numero": "500"}
	if _, _, err := customers.LookUp(context.Background(), ceps, typed, ""); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ city, uf, code, want, wrong string }{
		{"Belém", "PA", "1501402", "1501402", ""},
		{"Ananindeua", "PA", "1501402", "", ""},        // typed over the one that was found
		{"Ananindeua", "PA", "1500800", "1500800", ""}, // and its code, too
		{"Belém", "AM", "1501402", "1501402", "ibge"},
		{"Belém", "PA", "150140", "150140", "ibge"},
	} {
		typed["cidade"], typed["uf"], typed["ibge"] = c.city, c.uf, c.code
		var wrong tenants.Fields
		if a := customers.ReadAddress(typed, "", &wrong); a.IBGE != c.want || wrong["ibge"] != c.wrong {
			t.Errorf("%s, %s with %s: %q, %v", c.city, c.uf, c.code, a.IBGE, wrong)
		}
	}
}
