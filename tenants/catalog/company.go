package catalog

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
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
}

// AddCompany adds a company. It returns Invalid for a wrong CNPJ.
func (d Desk) AddCompany(ctx context.Context, in Company) (added *ent.Company, err error) {
	var wrong tenants.Fields
	cnpj, ok := brazil.CNPJ(in.CNPJ)
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
		added, err = c.Company.Create().SetName(in.Name).SetTradeName(in.TradeName).SetCnpj(cnpj).SetCep(in.CEP).SetStreet(in.Street).
			SetHouseNumber(in.Number).SetComplement(in.Complement).SetDistrict(in.District).SetCity(in.City).SetUf(in.UF).SetIbge(in.IBGE).
			SetPhone(in.Phone).SetEmail(in.Email).Save(ctx)
		return err
	})
}

// SetLogo gives a company the picture its slips are signed with, a PNG or a JPEG; no content takes it away. It returns Invalid logo_size or
// logo_format for what cannot be printed, and NotFound.
func (d Desk) SetLogo(ctx context.Context, company uuid.UUID, name string, content []byte) error {
	if _, err := print.OpenLogo(content); len(content) > 0 && err != nil {
		if errors.Is(err, print.ErrLogoSize) {
			return tenants.Invalid("logo", "logo_size")
		}
		return tenants.Invalid("logo", "logo_format")
	}
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Company.Get(ctx, company)
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
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "company", ID: company, Event: event, After: map[string]any{"name": row.Name}})
	})
}
