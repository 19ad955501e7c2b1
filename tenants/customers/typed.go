package customers

import (
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
)

// typed is a registration as somebody would type it: ReadRegistration of it is the same registration.
func (r Registration) typed() tenants.Typed {
	t := tenants.Typed{"tipo": string(r.Kind), "nome": r.Name, "fantasia": r.TradeName, "nascimento": day(r.Birth), "rg": r.RG, "rg_emissor": r.RGIssuer,
		"rg_emissao": day(r.RGIssued), "mae": r.Mother, "pai": r.Father, "estado_civil": r.Marital, "genero": r.Gender, "nacionalidade": r.Nationality,
		"ie": r.StateRegistration, "im": r.CityRegistration, "responsavel": r.Responsible, "observacoes": r.Notes, "alerta": r.Alert}
	if field := DocumentField(r.Kind); field == "cnpj" {
		t[field] = brazil.FormatCNPJ(r.Document)
	} else {
		t[field] = brazil.FormatCPF(r.Document)
	}
	for i, phone := range r.Phones[:min(len(r.Phones), mostPhones)] {
		t["telefone"+ordinal(i)] = brazil.FormatPhone(phone)
	}
	for i, email := range r.Emails[:min(len(r.Emails), mostEmails)] {
		t["email"+ordinal(i)] = email
	}
	if r.Origin != uuid.Nil {
		t["origem"] = r.Origin.String()
	}
	var groups []string
	for _, id := range r.Groups {
		groups = append(groups, id.String())
	}
	t["grupos"] = strings.Join(groups, ",")
	return t
}

// typedAddress is an address as somebody would type it.
func typedAddress(a *ent.Address) tenants.Typed {
	return tenants.Typed{"cep": brazil.FormatCEP(a.Cep), "logradouro": a.Street, "numero": a.HouseNumber, "complemento": a.Complement,
		"bairro": a.District, "cidade": a.City, "uf": a.Uf, "ibge": a.Ibge, "referencia": a.Landmark}
}

// day writes a day as people type it; nothing for none.
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.BR()
}
