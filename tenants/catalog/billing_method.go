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
	"enlace/tenants/staff"
)

// AddAgreement adds a convênio with a bank. It returns Invalid, naming the bank's own field, when no boleto could be made under the terms.
func (d Desk) AddAgreement(ctx context.Context, company uuid.UUID, name, bank string, terms boleto.Input, hybrid bool) (added *ent.BankAgreement, err error) {
	if _, err := boleto.Next(bank, terms, 0); err != nil {
		return nil, tenants.Invalid("terms", "bank_terms").With("reason", err.Error())
	}
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		added, err = c.BankAgreement.Create().SetCompanyID(company).SetName(name).SetBank(bank).SetTerms(terms).SetHybrid(hybrid).Save(ctx)
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

// configure runs a change of the ISP's settings, for those who may.
func (d Desk) configure(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		return do(ctx, c)
	})
}
