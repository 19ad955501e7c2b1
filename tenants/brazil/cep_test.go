package brazil

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// answers are those of the two providers, as testdata/cep.json holds them.
type answers struct {
	ViaCEP struct {
		OK       json.RawMessage `json:"ok"`
		NotFound answer          `json:"not_found"`
	} `json:"viacep"`
	BrasilAPI struct {
		OK       json.RawMessage `json:"ok"`
		General  json.RawMessage `json:"cep_geral"`
		NotFound answer          `json:"not_found"`
		Bad      answer          `json:"bad"`
	} `json:"brasilapi_v2"`
}

type answer struct {
	Body json.RawMessage `json:"body"`
}

func TestCEP(t *testing.T) {
	for typed, want := range map[string]string{"69005-070": "69005070", " 69.005-070": "69005070", "01001000": "01001000", "00000-000": "", "6900507": "", "690050701": "", "6900507O": "", "31/02/2026": "", "": ""} {
		if got, ok := CEP(typed); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
	if got := FormatCEP("69005070"); got != "69005-070" {
		t.Error(got)
	}
	if got := FormatCEP("69005"); got != "69005" {
		t.Error(got)
	}
}

func TestProvidersOfCEP(t *testing.T) {
	var v answers
	load(t, "cep.json", &v)
	square := Address{"01001000", "Praça da Sé", "Sé", "São Paulo", "SP", "3550308"}
	if got, err := ParseViaCEP(v.ViaCEP.OK); got != square || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if square.General() {
		t.Error("the ending 000 of the Praça da Sé makes it no CEP geral")
	}
	// The fixture spells the code of the city as prose, "3550308 or null"; what is no code is left out.
	if got, err := ParseBrasilAPI(v.BrasilAPI.OK); (got != Address{"05010000", "Rua Caiubi", "Perdizes", "São Paulo", "SP", ""}) || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	got, err := ParseBrasilAPI(v.BrasilAPI.General)
	if (got != Address{CEP: "87360000", City: "Goioerê", State: "PR"}) || err != nil || !got.General() {
		t.Errorf("CEP geral: %+v, %v", got, err)
	}
	if got, err := ParseBrasilAPI([]byte(`{"cep":"01001000","state":"SP","ibge":{"state":"35","city":"3550308"}}`)); got.CityCode != "3550308" || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := ParseBrasilAPI([]byte(`{"cep":"01001000","state":"SP","ibge":{"state":"35","city":null}}`)); err != nil {
		t.Error(err)
	}
}

func TestUnknownCEP(t *testing.T) {
	var v answers
	load(t, "cep.json", &v)
	for _, body := range [][]byte{v.ViaCEP.NotFound.Body, []byte(`{"erro":true}`)} {
		if _, err := ParseViaCEP(body); !errors.Is(err, ErrNoCEP) {
			t.Errorf("%s: %v", body, err)
		}
	}
	for _, body := range [][]byte{v.BrasilAPI.NotFound.Body, v.BrasilAPI.Bad.Body} {
		if _, err := ParseBrasilAPI(body); !errors.Is(err, ErrNoCEP) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestProviderThatTalksNonsense(t *testing.T) {
	for _, body := range []string{"", "<html>502</html>", "null", "{}", "[]", `{"cep":"1","uf":"SP","state":"SP"}`, `{"cep":"01001-000","uf":"XX","state":"XX"}`, `{"cep":1}`} {
		for name, parse := range map[string]func([]byte) (Address, error){"ViaCEP": ParseViaCEP, "BrasilAPI": ParseBrasilAPI} {
			if got, err := parse([]byte(body)); !errors.Is(err, ErrNoCEPService) || got != (Address{}) {
				t.Errorf("%s %s: %+v, %v", name, body, got, err)
			}
		}
	}
	got, err := ParseViaCEP([]byte("{\"cep\":\"01001-000\",\"uf\":\"sp\",\"logradouro\":\" Rua\\n\\u0000 A \"}"))
	if got.Street != "Rua A" || got.State != "SP" || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzCEP(f *testing.F) {
	var v answers
	load(f, "cep.json", &v)
	for _, body := range []json.RawMessage{v.ViaCEP.OK, v.ViaCEP.NotFound.Body, v.BrasilAPI.OK, v.BrasilAPI.General, v.BrasilAPI.NotFound.Body} {
		f.Add([]byte(body))
	}
	f.Add([]byte("69005-070"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if cep, ok := CEP(string(body)); ok {
			if again, _ := CEP(FormatCEP(cep)); again != cep {
				t.Fatalf("%q is %s, and %s written out", body, cep, again)
			}
		}
		for _, parse := range []func([]byte) (Address, error){ParseViaCEP, ParseBrasilAPI} {
			a, err := parse(body)
			if err != nil {
				continue
			}
			if _, ok := StateOf(a.State); !ok || len(a.CEP) != 8 || strings.ContainsAny(a.Street+a.District+a.City, "\x00\r\n") {
				t.Fatalf("%q gives %+v", body, a)
			}
		}
	})
}
