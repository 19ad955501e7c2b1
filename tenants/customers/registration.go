package customers

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent/customer"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
)

// Registration is what is known of a customer (cadastro). A person (PF) has a CPF and a birth date, a company (PJ) a CNPJ, letters included.
type Registration struct {
	Kind                                customer.Kind
	Name, TradeName, Document           string
	Birth                               calendar.Date
	RG, RGIssuer                        string
	RGIssued                            calendar.Date
	Mother, Father, Marital, Gender     string
	Nationality                         string
	StateRegistration, CityRegistration string
	Responsible                         string
	Phones, Emails                      []string // E.164; addresses; the first is the main one
	Groups                              []uuid.UUID
	Origin                              uuid.UUID
	Notes, Alert                        string
}

// The most contacts a customer has of each kind.
const (
	mostPhones = 3
	mostEmails = 2
)

// ReadRegistration reads the step Cadastro. What is wrong with a field is noted in wrong.
func ReadRegistration(t tenants.Typed, today calendar.Date, wrong *tenants.Fields) Registration {
	r := Registration{
		Kind:   customer.Kind(t.Choice(wrong, "tipo", "pf", "pj")),
		Name:   name(t, wrong, "nome"),
		Origin: t.ID("origem"),
		Notes:  t.Lines(wrong, "observacoes"),
		Alert:  t.Lines(wrong, "alerta"),
	}
	if r.Name == "" {
		wrong.Add("nome", "required")
	}
	if r.Kind == customer.KindPj {
		readCompany(&r, t, wrong)
	} else {
		readPerson(&r, t, today, wrong)
	}
	for i := range mostPhones {
		field := "telefone" + ordinal(i)
		if typed := t.Text(wrong, field); typed != "" {
			phone, err := brazil.Phone(typed)
			if err != nil {
				wrong.Add(field, "phone")
			}
			r.Phones = append(r.Phones, phone)
		}
	}
	if len(r.Phones) == 0 {
		wrong.Add("telefone", "required")
	}
	for i := range mostEmails {
		if email := t.Email(wrong, "email"+ordinal(i)); email != "" {
			r.Emails = append(r.Emails, email)
		}
	}
	for _, typed := range strings.Fields(strings.ReplaceAll(t["grupos"], ",", " ")) {
		r.Groups = append(r.Groups, tenants.Typed{"grupo": typed}.ID("grupo"))
	}
	return r
}

// ordinal names the fields of a kind: telefone, telefone2, telefone3.
func ordinal(i int) string {
	if i == 0 {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// oldest is the age beyond which a birth date is a slip of the finger, in years.
const oldest = 120

func readPerson(r *Registration, t tenants.Typed, today calendar.Date, wrong *tenants.Fields) {
	r.Document = ReadDocument(r.Kind, t, wrong)
	r.Birth = t.RequiredDate(wrong, "nascimento")
	if !r.Birth.IsZero() && r.Birth.After(today) {
		wrong.Add("nascimento", "future")
	}
	if !r.Birth.IsZero() && (today.Year()-r.Birth.Year() > oldest) {
		wrong.Add("nascimento", "birth")
	}
	r.RG, r.RGIssuer, r.RGIssued = t.Printed(wrong, "rg"), t.Printed(wrong, "rg_emissor"), t.Date(wrong, "rg_emissao")
	r.Mother, r.Father = name(t, wrong, "mae"), name(t, wrong, "pai")
	switch {
	case r.RGIssued.IsZero():
	case r.RGIssued.After(today):
		wrong.Add("rg_emissao", "future")
	case r.RGIssued.Before(r.Birth):
		wrong.Add("rg_emissao", "before_birth")
	}
	r.Marital, r.Gender = oneOf(t, wrong, "estado_civil", MaritalStates), oneOf(t, wrong, "genero", Genders)
	r.Nationality = t.Printed(wrong, "nacionalidade")
}

// MaritalStates and Genders are the answers to these two questions; none is an answer too. views/words_states.go has their words.
var (
	MaritalStates = []string{"solteiro", "casado", "uniao_estavel", "separado", "divorciado", "viuvo"}
	Genders       = []string{"feminino", "masculino", "outro"}
)

func oneOf(t tenants.Typed, wrong *tenants.Fields, field string, values []string) string {
	if strings.TrimSpace(t[field]) == "" {
		return ""
	}
	return t.Choice(wrong, field, values...)
}

func readCompany(r *Registration, t tenants.Typed, wrong *tenants.Fields) {
	r.Document = ReadDocument(r.Kind, t, wrong)
	r.TradeName, r.Responsible = t.Printed(wrong, "fantasia"), name(t, wrong, "responsavel")
	r.StateRegistration, r.CityRegistration = strings.ToUpper(t.Printed(wrong, "ie")), t.Printed(wrong, "im")
}

func document(t tenants.Typed, wrong *tenants.Fields, field string, read func(string) (string, bool)) string {
	typed := t.Required(wrong, field)
	document, ok := read(typed)
	if typed != "" && !ok {
		wrong.Add(field, field)
	}
	return document
}

// ReadDocument reads the CPF or CNPJ of a customer.
func ReadDocument(k customer.Kind, t tenants.Typed, wrong *tenants.Fields) string {
	if k == customer.KindPj {
		return document(t, wrong, "cnpj", brazil.CNPJ)
	}
	return document(t, wrong, "cpf", brazil.CPF)
}

// DocumentField is the form field of the document of a kind.
func DocumentField(k customer.Kind) string {
	if k == customer.KindPj {
		return "cnpj"
	}
	return "cpf"
}
