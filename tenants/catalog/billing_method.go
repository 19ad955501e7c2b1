package catalog

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/pixkey"
	"enlace/tenants"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/pix"
)

// Agreement is a convênio to be added.
type Agreement struct {
	Company                   uuid.UUID
	Name                      string // as the ISP calls it
	Bank                      string // COMPE code, three digits
	Terms                     boleto.Input
	BranchDigit, AccountDigit string // which the bank's remessa asks besides, where it has them
}

// AddAgreement adds a convênio with a bank. It returns Invalid for terms under which no boleto can be numbered.
func (d Desk) AddAgreement(ctx context.Context, in Agreement) (added *ent.BankAgreement, err error) {
	if _, err := boleto.Next(in.Bank, in.Terms, 0); err != nil {
		return nil, tenants.Invalid("terms", "bank_terms").With("reason", err.Error())
	}
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		added, err = c.BankAgreement.Create().SetCompanyID(in.Company).SetName(in.Name).SetBank(in.Bank).SetTerms(in.Terms).
			SetBranchDigit(in.BranchDigit).SetAccountDigit(in.AccountDigit).Save(ctx)
		return err
	})
}

// AddPixKey adds a Pix key of a company. It returns Invalid for a key of no known kind, or a receiver's name or city that Pix cannot carry.
func (d Desk) AddPixKey(ctx context.Context, company uuid.UUID, key, name, city string) (added *ent.PixKey, err error) {
	normal, kind, err := pix.ParseKey(key)
	if err != nil {
		return nil, tenants.Invalid("key", "pix_key")
	}
	if _, err := pix.Build(pix.Code{Key: normal, Name: name, City: city}); err != nil {
		return nil, tenants.Invalid("name", "pix_receiver")
	}
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		added, err = c.PixKey.Create().SetCompanyID(company).SetKind(pixKinds[kind]).SetKey(normal).SetName(name).SetCity(city).Save(ctx)
		return err
	})
}

var pixKinds = map[pix.Kind]pixkey.Kind{
	pix.CPF: pixkey.KindCpf, pix.CNPJ: pixkey.KindCnpj, pix.Phone: pixkey.KindPhone, pix.Email: pixkey.KindEmail, pix.EVP: pixkey.KindEvp,
}

// Method is a way of collecting (forma de cobrança): boleto under an agreement, Pix alone, or at the counter.
type Method struct {
	Company   uuid.UUID
	Name      string
	Kind      billingmethod.Kind
	Agreement uuid.UUID // of a boleto
	PixKey    uuid.UUID // of a Pix, and of a boleto that carries the ISP's own
}

// AddMethod adds a way of collecting. It returns Invalid when a boleto names no agreement or a Pix no key.
func (d Desk) AddMethod(ctx context.Context, in Method) (added *ent.BillingMethod, err error) {
	switch {
	case in.Kind == billingmethod.KindBoleto && in.Agreement == uuid.Nil:
		return nil, tenants.Invalid("agreement_id", "required")
	case in.Kind == billingmethod.KindPix && in.PixKey == uuid.Nil:
		return nil, tenants.Invalid("pix_key_id", "required")
	}
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		create := c.BillingMethod.Create().SetCompanyID(in.Company).SetName(in.Name).SetKind(in.Kind)
		if in.Agreement != uuid.Nil {
			create.SetAgreementID(in.Agreement)
		}
		if in.PixKey != uuid.Nil {
			create.SetPixKeyID(in.PixKey)
		}
		added, err = create.Save(ctx)
		return err
	})
}

var pixKeys = Shelf{Subject: "pix_key",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.PixKey.Query().Order(pixkey.ByKey()).All(ctx)
		return rowsOf(all, func(r *ent.PixKey) Row {
			return Row{ID: r.ID, Name: r.Key, Active: true, Typed: tenants.Typed{
				"empresa": r.CompanyID.String(), "chave_pix": r.Key, "tipo": string(r.Kind), "recebedor": r.Name, "cidade": r.City}}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		company, typed := row.Typed.RequiredID(&wrong, "empresa"), row.Typed.Required(&wrong, "chave_pix")
		name, city := row.Typed.Required(&wrong, "recebedor"), row.Typed.Required(&wrong, "cidade")
		key, kind, err := pix.ParseKey(typed)
		if typed != "" && err != nil {
			wrong.Add("chave_pix", "pix_key")
		}
		taken, err := c.PixKey.Query().Where(pixkey.Key(key), pixkey.IDNEQ(row.ID)).Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			wrong.Add("chave_pix", "pix_key_taken")
		}
		if _, err := pix.Build(pix.Code{Key: key, Name: name, City: city}); len(wrong) == 0 && err != nil {
			wrong.Add("recebedor", "pix_receiver")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if err := companyThere(ctx, c, company); err != nil {
			return err
		}
		if fresh {
			return c.PixKey.Create().SetID(row.ID).SetCompanyID(company).SetKind(pixKinds[kind]).SetKey(key).SetName(name).SetCity(city).Exec(ctx)
		}
		return c.PixKey.UpdateOneID(row.ID).SetCompanyID(company).SetKind(pixKinds[kind]).SetKey(key).SetName(name).SetCity(city).Exec(ctx)
	},
}

var methods = Shelf{Subject: "billing_method",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.BillingMethod.Query().Order(billingmethod.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.BillingMethod) Row {
			t := tenants.Typed{"empresa": r.CompanyID.String(), "tipo": string(r.Kind)}
			if r.AgreementID != nil {
				t["convenio"] = r.AgreementID.String()
			}
			if r.PixKeyID != nil {
				t["pix"] = r.PixKeyID.String()
			}
			if r.PspAccountID != nil {
				t["conta_pix"] = r.PspAccountID.String()
			}
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: t}
		}), err
	},
	keep: keepMethod,
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.BillingMethod.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

// keepMethod writes a way of collecting. Its kind stays once it is there: carnês and invoices have been made by it. What it collects by
// belongs to the company that is paid.
func keepMethod(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
	var wrong tenants.Fields
	name, company := row.Typed.RequiredPrinted(&wrong, "nome"), row.Typed.RequiredID(&wrong, "empresa")
	kind := billingmethod.Kind(row.Typed.Choice(&wrong, "tipo", "boleto", "pix", "counter"))
	agreement, key, account := row.Typed.ID("convenio"), row.Typed.ID("pix"), row.Typed.ID("conta_pix")
	switch kind {
	case billingmethod.KindBoleto:
		if agreement == uuid.Nil {
			wrong.Add("convenio", "required")
		}
	case billingmethod.KindPix:
		if agreement = uuid.Nil; key == uuid.Nil {
			wrong.Add("pix", "required")
		}
	case billingmethod.KindCounter:
		agreement, key, account = uuid.Nil, uuid.Nil, uuid.Nil
	}
	if !fresh {
		switch old, err := c.BillingMethod.Get(ctx, row.ID); {
		case err != nil:
			return err
		case old.Kind != kind:
			wrong.Add("tipo", "method_kind_stays")
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := companyThere(ctx, c, company); err != nil {
		return err
	}
	if agreement != uuid.Nil {
		switch its, err := c.BankAgreement.Get(ctx, agreement); {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case its.CompanyID != company:
			return tenants.Invalid("convenio", "another_company")
		}
	}
	if key != uuid.Nil {
		switch its, err := c.PixKey.Get(ctx, key); {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case its.CompanyID != company:
			return tenants.Invalid("pix", "another_company")
		}
	}
	if account != uuid.Nil {
		switch its, err := c.PspAccount.Get(ctx, account); {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case its.PixKeyID != key:
			return tenants.Invalid("conta_pix", "psp_another_key")
		}
	}
	if fresh {
		if err := c.BillingMethod.Create().SetID(row.ID).SetCompanyID(company).SetName(name).SetKind(kind).Exec(ctx); err != nil {
			return err
		}
	}
	change := c.BillingMethod.UpdateOneID(row.ID).SetCompanyID(company).SetName(name)
	if agreement != uuid.Nil {
		change.SetAgreementID(agreement)
	} else {
		change.ClearAgreementID()
	}
	if key != uuid.Nil {
		change.SetPixKeyID(key)
	} else {
		change.ClearPixKeyID()
	}
	if account != uuid.Nil {
		change.SetPspAccountID(account)
	} else {
		change.ClearPspAccountID()
	}
	return change.Exec(ctx)
}
