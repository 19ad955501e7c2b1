package catalog

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/company"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/brazil/print"
	"enlace/tenants/files"
	"enlace/tenants/history"
)

// Company is a legal entity of the ISP (empresa).
type Company struct {
	Name, TradeName, CNPJ                                     string
	CEP, Street, Number, Complement, District, City, UF, IBGE string
	Phone, Email                                              string
	StateRegistration, CityRegistration                       string // IE, or ISENTO; IM
}

// readCompany reads the form of a company.
func readCompany(t tenants.Typed, wrong *tenants.Fields) Company {
	in := Company{Name: t.RequiredPrinted(wrong, "nome"), TradeName: t.Printed(wrong, "fantasia"), CNPJ: t.Required(wrong, "cnpj"),
		Street: t.RequiredPrinted(wrong, "logradouro"), Number: t.RequiredPrinted(wrong, "numero"), Complement: t.Printed(wrong, "complemento"),
		District: t.RequiredPrinted(wrong, "bairro"), City: t.RequiredPrinted(wrong, "cidade"), UF: strings.ToUpper(t.Required(wrong, "uf")), IBGE: t.Text(wrong, "ibge"),
		Email: t.Email(wrong, "email"), StateRegistration: t.Printed(wrong, "ie"), CityRegistration: t.Printed(wrong, "im")}
	var known bool
	if in.CNPJ, known = brazil.CNPJ(in.CNPJ); !known {
		wrong.Add("cnpj", "cnpj")
	}
	if in.CEP, known = brazil.CEP(t.Required(wrong, "cep")); !known {
		wrong.Add("cep", "cep")
	}
	state, known := brazil.StateOf(in.UF)
	if !known {
		wrong.Add("uf", "uf")
	}
	if _, shaped := brazil.CityCode(in.IBGE); in.IBGE != "" && (!shaped || !known || in.IBGE[:2] != state.Code) {
		wrong.Add("ibge", "ibge")
	}
	if typed := t.Text(wrong, "telefone"); typed != "" {
		var err error
		if in.Phone, err = brazil.Phone(typed); err != nil {
			wrong.Add("telefone", "phone")
		}
	}
	return in
}

var companies = Shelf{Subject: "company",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Company.Query().Order(company.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.Company) Row {
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: tenants.Typed{"fantasia": r.TradeName, "cnpj": brazil.FormatCNPJ(r.Cnpj), "ie": r.StateRegistration,
				"im": r.CityRegistration, "cep": brazil.FormatCEP(r.Cep), "logradouro": r.Street, "numero": r.HouseNumber, "complemento": r.Complement, "bairro": r.District,
				"cidade": r.City, "uf": r.Uf, "ibge": r.Ibge, "telefone": phoneTyped(r.Phone), "email": r.Email}}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		in := readCompany(row.Typed, &wrong)
		taken, err := c.Company.Query().Where(company.Cnpj(in.CNPJ), company.IDNEQ(row.ID)).Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			wrong.Add("cnpj", "cnpj_taken")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if fresh {
			return in.create(c).SetID(row.ID).Exec(ctx)
		}
		return c.Company.UpdateOneID(row.ID).SetName(in.Name).SetTradeName(in.TradeName).SetCnpj(in.CNPJ).SetStateRegistration(in.StateRegistration).
			SetCityRegistration(in.CityRegistration).SetCep(in.CEP).SetStreet(in.Street).SetHouseNumber(in.Number).SetComplement(in.Complement).
			SetDistrict(in.District).SetCity(in.City).SetUf(in.UF).SetIbge(in.IBGE).SetPhone(in.Phone).SetEmail(in.Email).Exec(ctx)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		used, err := c.BillingMethod.Query().Where(billingmethod.CompanyID(id), billingmethod.Active(true)).Exist(ctx)
		switch {
		case err != nil:
			return err
		case used && !active:
			return tenants.Conflict("company_in_use")
		}
		return c.Company.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

func phoneTyped(e164 string) string {
	if e164 == "" {
		return ""
	}
	return brazil.FormatPhone(e164)
}

func (in Company) create(c *ent.Client) *ent.CompanyCreate {
	return c.Company.Create().SetName(in.Name).SetTradeName(in.TradeName).SetCnpj(in.CNPJ).SetStateRegistration(in.StateRegistration).
		SetCityRegistration(in.CityRegistration).SetCep(in.CEP).SetStreet(in.Street).SetHouseNumber(in.Number).SetComplement(in.Complement).
		SetDistrict(in.District).SetCity(in.City).SetUf(in.UF).SetIbge(in.IBGE).SetPhone(in.Phone).SetEmail(in.Email)
}

// AddCompany adds a company. It returns Invalid for a wrong CNPJ.
func (d Desk) AddCompany(ctx context.Context, in Company) (added *ent.Company, err error) {
	var wrong tenants.Fields
	var ok bool
	in.CNPJ, ok = brazil.CNPJ(in.CNPJ)
	if !ok {
		wrong.Add("cnpj", "cnpj")
	}
	if strings.TrimSpace(in.Name) == "" {
		wrong.Add("name", "required")
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		added, err = in.create(c).Save(ctx)
		return err
	})
}

// SetLogo gives a company the picture its slips are signed with, a PNG or a JPEG; no content takes it away. It returns Invalid logo_size or
// logo_format for what cannot be printed, and NotFound.
func (d Desk) SetLogo(ctx context.Context, id uuid.UUID, name string, content []byte) error {
	if _, err := print.OpenLogo(content); len(content) > 0 && err != nil {
		if errors.Is(err, print.ErrLogoSize) {
			return tenants.Invalid("logo", "logo_size")
		}
		return tenants.Invalid("logo", "logo_format")
	}
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Company.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		change, event := row.Update().ClearLogoID(), "logo_removed"
		if len(content) > 0 {
			file, err := files.Put(ctx, c, d.DB.Now(), name, http.DetectContentType(content), content)
			if err != nil {
				return err
			}
			change, event = row.Update().SetLogoID(file.ID), "logo_set"
		}
		if err := change.Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "company", ID: id, Event: event, After: map[string]any{"name": row.Name}})
	})
}
